"""Who may do what: every call is signed, and allowed by the policies of the role that makes it."""

import fnmatch
import json
import urllib.parse

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import AccessDeniedError, JsonRESTError
from moto.iam.models import iam_backends
from moto.s3.exceptions import S3AccessDeniedError
from moto.sts.models import sts_backends

from .patching import patch

ACCOUNT = "123456789012"
# What a call is called in a policy, where that is not its own name.
ACTIONS = {"lambda:Invoke": "lambda:InvokeFunction", "s3:ListObjectsV2": "s3:ListBucket", "s3:ListObjects": "s3:ListBucket",
           "s3:HeadObject": "s3:GetObject", "sqs:SendMessageBatch": "sqs:SendMessage", "sqs:DeleteMessageBatch": "sqs:DeleteMessage"}
# The parameters that name the resource of a call, and its ARN.
RESOURCES = {
    "dynamodb": (("TableName", "arn:aws:dynamodb:{region}:{account}:table/{value}"),),
    "glue": (("JobName", "arn:aws:glue:{region}:{account}:job/{value}"),),
    "sns": (("TopicArn", "{value}"),),
    "sqs": (("QueueUrl", "arn:aws:sqs:{region}:{account}:{last}"), ("QueueName", "arn:aws:sqs:{region}:{account}:{value}")),
    "states": (("stateMachineArn", "{value}"), ("executionArn", "{value}")),
}
# Calls with a task token are about the machine that gave it.
BY_TOKEN = ("states:SendTaskSuccess", "states:SendTaskFailure", "states:SendTaskHeartbeat")


class Refused(Exception):
    pass


def parameters(request):
    text = request.raw_body.decode("utf-8", "replace") if isinstance(request.raw_body, (bytes, bytearray)) else str(request.raw_body or "")
    try:
        found = json.loads(text)
        return found if isinstance(found, dict) else {}
    except ValueError:
        return {key: values[0] for key, values in urllib.parse.parse_qs(text).items()}


def resource_of(request, service, region, fallback):
    if service == "s3":
        return fallback
    if service == "lambda":
        name = urllib.parse.unquote(urllib.parse.urlparse(request.uri).path).split("/functions/")[-1].split("/")[0]
        return name if name.startswith("arn:") else f"arn:aws:lambda:{region}:{ACCOUNT}:function:{name}"
    given = parameters(request)
    for name, pattern in RESOURCES.get(service, ()):
        if name in given:
            return pattern.format(region=region, account=ACCOUNT, value=given[name], last=given[name].rsplit("/", 1)[-1])
    return "*"


def signature(request, role, region, service):
    """What the signature should be, over the headers that say they are signed."""
    headers = HTTPHeaders()
    for name in request.headers["Authorization"].split("SignedHeaders=")[1].split(",")[0].split(";"):
        headers[name] = request.headers.get(name) or ""
    again = AWSRequest(method=request.method, url=request.uri, data=request.raw_body or b"", headers=dict(headers))
    again.context["timestamp"] = request.headers.get("X-Amz-Date")
    signer = (S3SigV4Auth if service == "s3" else SigV4Auth)(Credentials(role.access_key_id, role.secret_access_key), service, region)
    signer.headers_to_sign = lambda _: headers  # botocore itself never signs some of them
    return signer.signature(signer.string_to_sign(again, signer.canonical_request(again)), again)


def policies(role_arn):
    backend, name = iam_backends[ACCOUNT]["aws"], role_arn.split("/")[-1]
    for policy in backend.list_role_policies(name):
        found = backend.get_role_policy(name, policy)
        document = found[1] if isinstance(found, tuple) else found
        document = getattr(document, "policy_document", document)
        yield document if isinstance(document, dict) else json.loads(document)


def listed(value):
    return value if isinstance(value, list) else [value]


def allows(document, action, resource):
    """Whether a policy allows it. Conditions hold: what they ask for the emulator does not have."""
    return any(
        statement["Effect"] == "Allow"
        and any(fnmatch.fnmatchcase(action.lower(), one.lower()) for one in listed(statement["Action"]))
        and (resource == "*" and action in BY_TOKEN or any(fnmatch.fnmatchcase(resource, one) for one in listed(statement["Resource"])))
        for statement in listed(document["Statement"]))


def check(request, lab, fallback):
    authorization = request.headers.get("Authorization") or ""
    if "Credential=" not in authorization:
        return
    key, _, region, service, *_ = authorization.split("Credential=")[1].split(",")[0].split("/")
    if key == lab.key:  # whoever tests or develops
        return
    action = request._get_action()
    name = f"{service}:{action[0] if isinstance(action, list) else action}"
    name = ACTIONS.get(name, name)
    resource = resource_of(request, service, region, fallback)
    role = next((r for r in sts_backends[ACCOUNT]["aws"].assumed_roles if r.access_key_id == key), None)
    who = role and role.role_arn
    try:
        if role is None:
            raise Refused(f"the access key {key} is nobody's")
        if request.headers.get("X-Amz-Security-Token") != role.session_token:
            raise Refused("the session token is missing or wrong")
        if signature(request, role, region, service) != authorization.split("Signature=")[1].split(",")[0].strip():
            raise Refused("the signature does not match")
        if not any(allows(document, name, resource) for document in policies(who)):
            raise Refused("no policy of its role allows it")
    except Refused as why:
        lab.refused.append((who, name, resource, str(why)))
        if service == "s3":
            raise S3AccessDeniedError() from why
        if request.headers.get("X-Amz-Target"):
            error = JsonRESTError("AccessDeniedException", f"{who} may not {name} on {resource}: {why}")
            error.code = 400
            raise error from why
        raise AccessDeniedError(user_arn=str(who), action=name) from why
    lab.used.add((who, name, resource))


def install(lab):
    @patch(ActionAuthenticatorMixin, "_authenticate_and_authorize_action", "f8cfc029",
           "it knows no resource of a call but S3's, and cannot read policies that CloudFormation made")
    def authorize(original, self, iam_request_cls, resource="*"):
        check(self, lab, resource)
