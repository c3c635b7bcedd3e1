"""moto's Lambda, with our own processes in it, and with the properties that its CloudFormation drops."""

import datetime
import json
import traceback

import flask
from moto.awslambda import models
from moto.events.models import Rule
from moto.glue.models import GlueBackend
from moto.s3 import notifications

from .patching import add, patch


def install(lab):
    @patch(flask.Flask, "handle_exception", "8388d689", "a mistake inside moto is a bare 500")
    def handle_exception(original, self, error):
        lab.failed.append(("moto", None, "".join(traceback.format_exception(error))))
        return original(self, error)

    @patch(models.LambdaFunction, "_invoke_lambda", "23ce7a8f", "it runs functions in Docker; here they are processes")
    def _invoke_lambda(original, self, event=None):
        self.logs_backend.ensure_log_group(self.logs_group_name)
        body = event if isinstance(event, (str, bytes)) else json.dumps(event or {})
        answer, logged = lab.functions.call(self, body.encode() if isinstance(body, str) else body)
        if logged:
            self.save_logs(logged)
        return answer.body.decode("utf-8", "replace"), answer.kind != "response", logged

    @patch(models.LambdaFunction, "create_from_cloudformation_json", "65dfaf5c", "it drops these properties")
    def create(original, cls, resource_name, cloudformation_json, account_id, region_name, **options):
        given = cloudformation_json["Properties"]
        function = original(cls, resource_name, cloudformation_json, account_id, region_name, **options)
        function.architectures = given.get("Architectures", function.architectures)
        function.tracing_config = given.get("TracingConfig", function.tracing_config)
        if "LogGroup" in given.get("LoggingConfig", {}):
            function.logs_group_name = given["LoggingConfig"]["LogGroup"]
        return function

    @patch(models.LambdaVersion, "create_from_cloudformation_json", "2d8cc47a", "it does not know its ARN")
    def create_version(original, cls, resource_name, cloudformation_json, account_id, region_name, **options):
        version = original(cls, resource_name, cloudformation_json, account_id, region_name, **options)
        function = models.get_backend(account_id, region_name).get_function(cloudformation_json["Properties"]["FunctionName"])
        version.arn = f"{function.function_arn.removesuffix(':$LATEST')}:{version.version}"
        return version

    @add(models.LambdaVersion, "has_cfn_attr", "a version has no attributes")
    @classmethod
    def has_cfn_attr(cls, attribute):
        return attribute in ("Version", "FunctionArn")

    @add(models.LambdaVersion, "get_cfn_attribute", "a version has no attributes")
    def get_cfn_attribute(self, attribute):
        return str(self.version) if attribute == "Version" else self.arn

    models.LambdaVersion.physical_resource_id = property(lambda self: self.arn)

    @patch(notifications, "_invoke_awslambda", "3e321d94", "it says nothing when the function fails")
    def notify(original, account_id, event_body, fn_arn, region_name):
        lab.deliver(fn_arn, event_body, region_name)

    @patch(notifications, "quote_plus", "89b8d947", "S3 leaves the slashes of a key as they are")
    def quote_key(original, key):
        return original(key, safe="/")

    @patch(GlueBackend, "start_job_run", "86006fa0", "a job is over at once, and has done nothing")
    def start_job_run(original, self, name, arguments, *rest, **options):
        lab.run_job(name, arguments or {}, self.region_name)
        return original(self, name, arguments, *rest, **options)

    @patch(Rule, "send_to_targets", "472e002e", "it knows no functions, workflows and topics as targets")
    def send_to_targets(original, self, original_event, transform_input=True):
        ours = [t for t in self.targets if t["Arn"].split(":")[2] in ("lambda", "states", "sns")]
        if ours and self.event_pattern.matches_event(original_event):
            event = dict(original_event)
            if isinstance(event.get("time"), (int, float)):
                event["time"] = datetime.datetime.fromtimestamp(event["time"], datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            for target in ours:
                lab.deliver(target["Arn"], event, self.region_name)
        others = [t for t in self.targets if t not in ours]
        if others:
            everything, self.targets = self.targets, others
            try:
                original(self, original_event, transform_input)
            finally:
                self.targets = everything
