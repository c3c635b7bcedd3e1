"""What moto's CloudFormation drops of buckets, tables and keys."""

import json

from moto.cloudformation import parsing
from moto.dynamodb.models import dynamodb_backends, table
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.kms import models as kms
from moto.s3 import models as s3

from .patching import patch, patch_source

NOTIFICATIONS = (("LambdaConfigurations", "CloudFunctionConfiguration", "Function", "CloudFunction"),
                 ("QueueConfigurations", "QueueConfiguration", "Queue", "Queue"),
                 ("TopicConfigurations", "TopicConfiguration", "Topic", "Topic"))


def notification(given):
    """A NotificationConfiguration as moto keeps it."""
    def one(entry, theirs, ours):
        rules = entry.get("Filter", {}).get("S3Key", {}).get("Rules", [])
        kept = {"S3Key": {"FilterRule": [{"Name": r["Name"].lower(), "Value": r["Value"]} for r in rules]}} if rules else None
        return {ours: entry[theirs], "Event": [entry["Event"]], "Filter": kept}

    found = {name: [one(entry, theirs, ours) for entry in given.get(section, [])] for section, name, theirs, ours in NOTIFICATIONS}
    return {**found, "EventBridgeConfiguration": {} if "EventBridgeConfiguration" in given else None}


class Text:
    """string.Template would make `$$` one `$`, and `$$.Task.Token` something else."""

    def __init__(self, text):
        self.text = text

    def safe_substitute(self, **names):
        for name, value in names.items():
            self.text = self.text.replace("${%s}" % name, value)
        return self.text


def install(lab):
    @patch(s3.FakeBucket, "create_from_cloudformation_json", "7e5138dc", "it drops these properties")
    def create_bucket(original, cls, resource_name, cloudformation_json, account_id, region_name, **options):
        given = cloudformation_json.get("Properties", {})
        bucket = original(cls, resource_name, cloudformation_json, account_id, region_name, **options)
        if "NotificationConfiguration" in given:
            bucket.set_notification_configuration(notification(given["NotificationConfiguration"]))
        if "VersioningConfiguration" in given:
            bucket.versioning_status = given["VersioningConfiguration"]["Status"]
        return bucket

    @patch(s3.FakeBucket, "get_permission", "7571412a", "it knows no conditions, and takes `encrypted connections only` for `never`")
    def permission(original, self, action, resource):
        statements = json.loads(self.policy)["Statement"] if self.policy else []
        kept = [s for s in statements if "aws:SecureTransport" not in json.dumps(s.get("Condition", {}))]
        if not kept:
            return PermissionResult.NEUTRAL
        return IAMPolicy(json.dumps({"Version": "2012-10-17", "Statement": kept})).is_action_permitted(action, resource)

    @patch(table.Table, "create_from_cloudformation_json", "2ade8494", "it drops these properties")
    def create_table(original, cls, resource_name, cloudformation_json, account_id, region_name, **options):
        given = cloudformation_json["Properties"]
        made = original(cls, resource_name, cloudformation_json, account_id, region_name, **options)
        backend = dynamodb_backends[account_id][region_name]
        if "TimeToLiveSpecification" in given:
            backend.update_time_to_live(made.name, given["TimeToLiveSpecification"])
        if "PointInTimeRecoverySpecification" in given:
            backend.update_continuous_backups(made.name, given["PointInTimeRecoverySpecification"])
        return made

    @patch(kms.Key, "create_from_cloudformation_json", "e3409ffb", "it takes tags as its API spells them, not CloudFormation")
    def create_key(original, cls, resource_name, cloudformation_json, account_id, region_name, **options):
        given = {**cloudformation_json["Properties"]}
        given["Tags"] = [{"TagKey": t["Key"], "TagValue": t["Value"]} for t in given.get("Tags", [])]
        return original(cls, resource_name, {**cloudformation_json, "Properties": given}, account_id, region_name, **options)

    parsing.Text = Text
    patch_source(parsing, "clean_json", "9fbe5ded", "string.Template(template)", "Text(template)", "Fn::Sub with a list loses dollar signs")
