"""What a service insists on is there before what needs it: a permission before the notification that
AWS tries out, a log group before what writes to it. A name spelled out makes no order by itself."""

import json
import re

import cfn
import equal

# What AWS tries when it is told of it, by type: who is named in it, and what must allow that before.
ASKED = {
    "AWS::S3::Bucket": [(r'"Function"', "AWS::Lambda::Permission"), (r'"Queue"', "AWS::SQS::QueuePolicy"), (r'"Topic"', "AWS::SNS::TopicPolicy")],
    "AWS::SES::ReceiptRule": [(r'"S3Action"', "AWS::S3::BucketPolicy"), (r'"SNSAction"', "AWS::SNS::TopicPolicy"), (r'"LambdaAction"', "AWS::Lambda::Permission")],
    "AWS::SNS::Subscription": [(r'"lambda"', "AWS::Lambda::Permission")],
}
WRITERS = {"AWS::Lambda::Function", "AWS::ApiGatewayV2::Stage", "AWS::StepFunctions::StateMachine", "AWS::Pipes::Pipe"}
TRIED = {"aws_s3_bucket_notification", "aws_ses_receipt_rule"}


def named_in(node, names):
    """The logical ids that a resource waits for: by DependsOn, Ref, GetAtt and Sub."""
    text = json.dumps(node)
    words = set(re.findall(r'"(?:Ref|Fn::GetAtt)": \[?"(\w+)', text)) | set(re.findall(r"\$\{(\w+)[.}]", text))
    return (words | set(node.get("DependsOn", []))) & names


def waits(resources):
    """For each resource all that must be there before, directly or not."""
    before = {name: named_in(body, set(resources)) for name, body in resources.items()}
    grown = True
    while grown:
        grown = False
        for name, found in before.items():
            more = found.union(*(before[one] for one in found))
            grown, before[name] = grown or more != found, more
    return before


def test_asked(stack):
    """Whoever AWS asks has the policy by then."""
    resources = cfn.load(stack.template)["Resources"]
    before, wrong = waits(resources), []
    for name, body in resources.items():
        properties = json.dumps(body.get("Properties", {}))
        for key, kind in ASKED.get(body["Type"], []):
            there = [one for one, other in resources.items() if other["Type"] == kind]
            if re.search(key, properties) and there and not any(one in before[name] for one in there):
                wrong.append(f"{name} does not wait for a {kind}")
            if re.search(key, properties) and kind == "AWS::Lambda::Permission" and not there:
                wrong.append(f"nothing allows {name} its calls")
    assert not wrong


def test_logs_first(stack):
    """A log group that a service makes for itself has no retention, and is in the way of ours."""
    template = equal.deployed(stack)
    plain = cfn.load(stack.template)["Resources"]
    before = waits(plain)
    groups = {body["Properties"]["LogGroupName"]: name for name, body in plain.items()
              if body["Type"] == "AWS::Logs::LogGroup" and isinstance(body["Properties"]["LogGroupName"], str)}
    wrong = [f"{name} does not wait for {group}" for name, kind, properties in template.resources() if kind in WRITERS
             for group in groups if re.search(re.escape(group) + r'(:\*)?["\\]', json.dumps(properties)) and groups[group] not in before[name]]
    assert not wrong


def test_logs_first_in_terraform(stack):
    text = "\n".join(file.read_text() for file in sorted(stack.configuration.glob("*.tf")))
    blocks = re.findall(r'^resource "(\w+)" "(\w+)" \{\n(.*?)^\}', text, re.M | re.S)
    groups = [(name, *re.findall(r'^  name\s*= "([^"$]+)"$', body, re.M)) for kind, name, body in blocks if kind == "aws_cloudwatch_log_group"]
    writers = [(f"{kind}.{name}", body) for kind, name, body in blocks
               if kind in ("aws_lambda_function", "aws_apigatewayv2_stage", "aws_sfn_state_machine", "aws_pipes_pipe")]
    assert [f"{writer} does not wait for {named[0]}" for writer, body in writers for group, *named in groups
            if named and re.search(re.escape(named[0]) + r'(:\*)?"', body) and f"aws_cloudwatch_log_group.{group}" not in body] == []


def test_asked_in_terraform(stack):
    """What is tried has the policies of whoever is named in it before."""
    text = "\n".join(file.read_text() for file in sorted(stack.configuration.glob("*.tf")))
    blocks = re.findall(r'^resource "(\w+)" "(\w+)" \{\n(.*?)^\}', text, re.M | re.S)
    policies = {f"{kind}.{name}" for kind, name, _ in blocks}
    wrong = []
    for kind, name, body in blocks:
        for other, one in re.findall(r"\b(aws_(?:sqs_queue|sns_topic|lambda_function))\.(\w+)", body) if kind in TRIED else []:
            policy = f"{other}_policy.{one}"
            if policy in policies and policy not in body:
                wrong.append(f"{kind}.{name} does not wait for {policy}")
        if kind in TRIED and "aws_lambda_function" in body and "aws_lambda_permission" not in body:
            wrong.append(f"nothing allows {kind}.{name} its calls")
    assert not wrong
