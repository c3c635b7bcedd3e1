"""Types that moto's CloudFormation does not know, made through its own services."""

import copy
import json

from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel

KEPT = []  # moto knows its models by weak references


def pick(given, *names):
    return {name: given[name] for name in names if name in given}


def without(given, *names):
    return {name: value for name, value in given.items() if name not in names}


def shaped(value, shape):
    """A value as botocore wants it; CloudFormation takes 50 for "50", and one thing for a list of it."""
    if shape.type_name == "structure" and isinstance(value, dict):
        return {key: shaped(inner, shape.members[key]) if key in shape.members else inner for key, inner in value.items()}
    if shape.type_name == "list":
        return [shaped(inner, shape.member) for inner in (value if isinstance(value, list) else [value])]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: shaped(inner, shape.value) for key, inner in value.items()}
    if shape.type_name == "string":
        return json.dumps(value) if isinstance(value, (dict, list)) else str(value)
    if shape.type_name in ("integer", "long"):
        return int(value)
    return value


class Client:
    """A boto client whose calls take what CloudFormation takes."""

    def __init__(self, client):
        self.client = client

    def __getattr__(self, name):
        model = self.client.meta.service_model.operation_model(self.client.meta.method_to_api_mapping[name])
        return lambda **given: getattr(self.client, name)(**shaped(given, model.input_shape))


def lower(value):
    """Keys as the younger APIs spell them."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: lower(inner) for key, inner in value.items()}
    return [lower(inner) for inner in value] if isinstance(value, list) else value


def alias(given, client):
    made = client("lambda").create_alias(**pick(given, "FunctionName", "Name", "FunctionVersion"))
    return made["AliasArn"], {"AliasArn": made["AliasArn"]}


def function_url(given, client):
    made = client("lambda").create_function_url_config(FunctionName=given["TargetFunctionArn"], **pick(given, "AuthType", "Qualifier"))
    return made["FunctionArn"], {"FunctionUrl": made["FunctionUrl"], "FunctionArn": made["FunctionArn"]}


def invoke_config(given, client):
    client("lambda").put_function_event_invoke_config(**given)
    return given["FunctionName"] + "|" + given["Qualifier"], {}


def queue_policy(given, client):
    for queue in given["Queues"]:
        client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(given["PolicyDocument"])})
    return given["Queues"][0] + "|policy", {}


def bucket_policy(given, client):
    client("s3").put_bucket_policy(Bucket=given["Bucket"], Policy=json.dumps(given["PolicyDocument"]))
    return given["Bucket"], {}


def topic_policy(given, client):
    for topic in given["Topics"]:
        client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(given["PolicyDocument"]))
    return given["Topics"][0] + "|policy", {}


def subscription(given, client):
    attributes = {"RawMessageDelivery": "true"} if given.get("RawMessageDelivery") else {}
    made = client("sns").subscribe(**pick(given, "TopicArn", "Protocol", "Endpoint"), Attributes=attributes, ReturnSubscriptionArn=True)
    return made["SubscriptionArn"], {}


def pipe(given, client):
    made = client("pipes").create_pipe(**given)
    return given["Name"], {"Arn": made["Arn"]}


def job(given, client):
    client("glue").create_job(**given)
    return given["Name"], {}


def database(given, client):
    client("glue").create_database(DatabaseInput=given["DatabaseInput"])
    return given["DatabaseInput"]["Name"], {}


def glue_table(given, client):
    client("glue").create_table(DatabaseName=given["DatabaseName"], TableInput=given["TableInput"])
    return given["TableInput"]["Name"], {}


def alarm(given, client):
    client("cloudwatch").put_metric_alarm(**given)
    (found,) = client("cloudwatch").describe_alarms(AlarmNames=[given["AlarmName"]])["MetricAlarms"]
    return given["AlarmName"], {"Arn": found["AlarmArn"]}


def rule_set(given, client):
    client("ses").create_receipt_rule_set(RuleSetName=given["RuleSetName"])
    return given["RuleSetName"], {}


def mail_rule(given, client):
    client("ses").create_receipt_rule(**given)
    return given["Rule"]["Name"], {}


def schedule(given, client):
    made = client("scheduler").create_schedule(**given)
    return given["Name"], {"Arn": made["ScheduleArn"]}


def budget(given, client):
    client("budgets").create_budget(AccountId="123456789012", Budget=without(given["Budget"], "CostFilters"))
    return given["Budget"]["BudgetName"], {}


def scalable_target(given, client):
    client("application-autoscaling").register_scalable_target(**without(given, "Tags"))
    return "|".join((given["ResourceId"], given["ScalableDimension"], given["ServiceNamespace"])), {}


def scaling_policy(given, client):
    resource, dimension, namespace = given["ScalingTargetId"].split("|")
    client("application-autoscaling").put_scaling_policy(
        **without(given, "ScalingTargetId"), ResourceId=resource, ScalableDimension=dimension, ServiceNamespace=namespace)
    return given["PolicyName"], {}


def http_api(given, client):
    made = client("apigatewayv2").create_api(**given)
    return made["ApiId"], {"ApiEndpoint": made["ApiEndpoint"], "ApiId": made["ApiId"]}


def api_part(what, answer):
    def make(given, client):
        return getattr(client("apigatewayv2"), f"create_{what}")(**given)[answer], {}
    return make


def deployment_application(given, client):
    client("codedeploy").create_application(applicationName=given["ApplicationName"], computePlatform=given["ComputePlatform"])
    return given["ApplicationName"], {}


def deployment_group(given, client):
    client("codedeploy").create_deployment_group(**lower(pick(
        given, "ApplicationName", "DeploymentGroupName", "ServiceRoleArn", "DeploymentConfigName")))
    return given["DeploymentGroupName"], {}


def parameter(given, client):
    client("ssm").put_parameter(**pick(given, "Name", "Type", "Value"))
    return given["Name"], {}


def moved_alias(given, client):
    client("lambda").update_alias(**pick(given, "FunctionName", "Name", "FunctionVersion"))


# What can be done to one that is there, beside leaving it alone.
CHANGES = {"AWS::Lambda::Alias": moved_alias}

# type: how it is made, its attributes
TYPES = {
    "AWS::ApiGatewayV2::Api": (http_api, ("ApiEndpoint", "ApiId")),
    "AWS::ApiGatewayV2::Integration": (api_part("integration", "IntegrationId"), ()),
    "AWS::ApiGatewayV2::Route": (api_part("route", "RouteId"), ()),
    "AWS::ApiGatewayV2::Stage": (api_part("stage", "StageName"), ()),
    "AWS::ApplicationAutoScaling::ScalableTarget": (scalable_target, ()),
    "AWS::ApplicationAutoScaling::ScalingPolicy": (scaling_policy, ()),
    "AWS::Budgets::Budget": (budget, ()),
    "AWS::CloudWatch::Alarm": (alarm, ("Arn",)),
    "AWS::CodeDeploy::Application": (deployment_application, ()),
    "AWS::CodeDeploy::DeploymentGroup": (deployment_group, ()),
    "AWS::Glue::Database": (database, ()),
    "AWS::Glue::Job": (job, ()),
    "AWS::Glue::Table": (glue_table, ()),
    "AWS::Lambda::Alias": (alias, ("AliasArn",)),
    "AWS::Lambda::EventInvokeConfig": (invoke_config, ()),
    "AWS::Lambda::Url": (function_url, ("FunctionUrl", "FunctionArn")),
    "AWS::Pipes::Pipe": (pipe, ("Arn",)),
    "AWS::S3::BucketPolicy": (bucket_policy, ()),
    "AWS::SES::ReceiptRule": (mail_rule, ()),
    "AWS::SES::ReceiptRuleSet": (rule_set, ()),
    "AWS::SNS::Subscription": (subscription, ()),
    "AWS::SNS::TopicPolicy": (topic_policy, ()),
    "AWS::SQS::QueuePolicy": (queue_policy, ()),
    "AWS::Scheduler::Schedule": (schedule, ("Arn",)),
}


def model(lab, name, make, attributes):
    class Model(CloudFormationModel):
        __module__ = "moto.cloudformation.extra"  # its second word is the service, for moto

        def __init__(self, physical, values):
            self.physical, self.values = physical, values

        @staticmethod
        def cloudformation_name_type():
            return ""

        @staticmethod
        def cloudformation_type():
            return name

        @classmethod
        def has_cfn_attr(cls, attribute):
            return attribute in attributes

        def get_cfn_attribute(self, attribute):
            return self.values[attribute]

        @property
        def physical_resource_id(self):
            return self.physical

        @classmethod
        def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **options):
            given = copy.deepcopy(cloudformation_json.get("Properties", {}))
            return cls(*make(given, lambda service: Client(lab.client(service, region_name))))

        @classmethod
        def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
            if name in CHANGES:
                CHANGES[name](copy.deepcopy(cloudformation_json["Properties"]), lambda service: Client(lab.client(service, region_name)))
            return original_resource

        @classmethod
        def delete_from_cloudformation_json(cls, *_, **__):
            pass

    Model.__name__ = name.replace("::", "_")
    KEPT.append(Model)


def install(lab):
    known = {m.cloudformation_type() for m in parsing.get_model_list()}
    for name, (make, attributes) in TYPES.items():
        assert name not in known, f"moto knows {name} now"
        model(lab, name, make, attributes)
    for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
        cached.cache_clear()
