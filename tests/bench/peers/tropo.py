"""troposphere: tropo.py WORK.json OUT"""
import json
import os
import sys

from troposphere import GetAtt, Ref, Sub, Template
from troposphere.awslambda import Code, Environment, Function, LoggingConfig
from troposphere.cloudwatch import Alarm, MetricDimension
from troposphere.iam import Policy, Role
from troposphere.logs import LogGroup
from troposphere.pipes import Pipe
from troposphere.s3 import (Bucket, BucketEncryption, BucketPolicy, PublicAccessBlockConfiguration,
                            ServerSideEncryptionByDefault, ServerSideEncryptionRule)
from troposphere.sqs import Queue, RedrivePolicy
from troposphere.stepfunctions import (CloudWatchLogsLogGroup, LogDestination, LoggingConfiguration, StateMachine)

work = json.load(open(sys.argv[1]))
out = sys.argv[2]
os.makedirs(out, exist_ok=True)
app = work["app"]


def role(name, service, *statements):
    return Role(name, AssumeRolePolicyDocument={"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": service + ".amazonaws.com"}, "Action": "sts:AssumeRole"}]},
        Policies=[Policy(PolicyName="access", PolicyDocument={"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": actions, "Resource": on} for actions, on in statements]})])


def add_set(t, s):
    i, name = s["project"] + s["user"], f"{app}-input-{s['project']}-{s['user']}"
    dead = t.add_resource(Queue(i + "Dead", QueueName=name + "-dead.fifo", FifoQueue=True, MessageRetentionPeriod=1209600))
    t.add_resource(Queue(i + "In", QueueName=name + ".fifo", FifoQueue=True, ContentBasedDeduplication=True,
                         VisibilityTimeout=s["visibility"],
                         RedrivePolicy=RedrivePolicy(deadLetterTargetArn=GetAtt(dead, "Arn"), maxReceiveCount=s["after"])))
    t.add_resource(Alarm(i + "Alarm", AlarmName=name + "-depth", Namespace="AWS/SQS",
                         MetricName="ApproximateNumberOfMessagesVisible",
                         Dimensions=[MetricDimension(Name="QueueName", Value=GetAtt(dead, "QueueName"))],
                         Statistic="Maximum", Period=300, EvaluationPeriods=1, Threshold=0,
                         ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching"))


def add_workflow(t, w):
    n, steps, name = w["name"], w["steps"], f"{app}-{w['name']}"
    dead = t.add_resource(Queue(n + "Dead", QueueName=name + "-dead"))
    queue = t.add_resource(Queue(n + "Queue", QueueName=name,
                                 RedrivePolicy=RedrivePolicy(deadLetterTargetArn=GetAtt(dead, "Arn"), maxReceiveCount=3)))
    bucket = t.add_resource(Bucket(
        n + "Bucket",
        BucketEncryption=BucketEncryption(ServerSideEncryptionConfiguration=[ServerSideEncryptionRule(
            ServerSideEncryptionByDefault=ServerSideEncryptionByDefault(SSEAlgorithm="AES256"))]),
        PublicAccessBlockConfiguration=PublicAccessBlockConfiguration(
            BlockPublicAcls=True, BlockPublicPolicy=True, IgnorePublicAcls=True, RestrictPublicBuckets=True)))
    t.add_resource(BucketPolicy(n + "BucketPolicy", Bucket=Ref(bucket), PolicyDocument={"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": GetAtt(bucket, "Arn"),
         "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}))
    states, functions = {}, []
    for k, s in enumerate(steps):
        i, function = n + s["name"], f"{name}-{s['name']}"
        log = t.add_resource(LogGroup(i + "Log", LogGroupName="/aws/lambda/" + function, RetentionInDays=30))
        own = t.add_resource(role(i + "Role", "lambda", (["logs:CreateLogStream", "logs:PutLogEvents"], GetAtt(log, "Arn")),
                                  (["s3:GetObject", "s3:PutObject"], Sub("${%sBucket.Arn}/*" % n))))
        functions.append(t.add_resource(Function(
            i, FunctionName=function, Runtime="provided.al2023", Handler="bootstrap", Architectures=["arm64"],
            Code=Code(S3Bucket="code", S3Key=s["name"] + ".zip"), MemorySize=s["memory"], Timeout=s["timeout"],
            Role=GetAtt(own, "Arn"), LoggingConfig=LoggingConfig(LogGroup=Ref(log)),
            Environment=Environment(Variables={"BUCKET": Ref(bucket)}))))
        state = states[s["name"]] = {"Type": "Task", "Resource": "${%sArn}" % s["name"], "Retry": [
            {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 3, "BackoffRate": 2}]}
        state.update({"Next": steps[k + 1]["name"]} if k + 1 < len(steps) else {"End": True})
    log = t.add_resource(LogGroup(n + "Log", LogGroupName="/aws/vendedlogs/states/" + name, RetentionInDays=30))
    own = t.add_resource(role(n + "Role", "states", (["lambda:InvokeFunction"], [GetAtt(f, "Arn") for f in functions])))
    machine = t.add_resource(StateMachine(
        n + "Machine", StateMachineName=name, RoleArn=GetAtt(own, "Arn"),
        LoggingConfiguration=LoggingConfiguration(Level="ERROR", Destinations=[
            LogDestination(CloudWatchLogsLogGroup=CloudWatchLogsLogGroup(LogGroupArn=GetAtt(log, "Arn")))]),
        Definition={"StartAt": steps[0]["name"], "States": states},
        DefinitionSubstitutions={s["name"] + "Arn": GetAtt(f, "Arn") for s, f in zip(steps, functions)}))
    own = t.add_resource(role(n + "PipeRole", "pipes", (["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                                                         GetAtt(queue, "Arn")), (["states:StartExecution"], Ref(machine))))
    t.add_resource(Pipe(n + "Pipe", Name=name, RoleArn=GetAtt(own, "Arn"), Source=GetAtt(queue, "Arn"), Target=Ref(machine)))


for key, add in (("sets", add_set), ("workflows", add_workflow)):
    size = work[key + "_per_stack"]
    for at in range(0, len(work[key]), size):
        t = Template()
        t.set_version("2010-09-09")
        for one in work[key][at:at + size]:
            add(t, one)
        with open(f"{out}/{key}-{at // size}.json", "w") as f:
            f.write(t.to_json(indent=1))
