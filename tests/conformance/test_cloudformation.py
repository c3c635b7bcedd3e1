"""cfn-lint, and AWS's own validator, which must not find more."""

from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner
from cloudformation_validate import CelEngine

import equal
import harness
from conftest import OUT

def lint(*templates):
    """What cfn-lint says, as its command would with informational rules: that takes two seconds to begin."""
    return [str(match) for match in Runner(ConfigMixIn(["-c", "I", "--", *map(str, templates)])).run()]


def test_cfn_lint(system):
    templates = sorted(system.rglob("cloudformation/*.yaml"))
    assert templates
    assert lint(*templates) == []


def test_cfn_lint_says_no(tmp_path):
    """An error, and what is information only."""
    (tmp_path / "t.yaml").write_text("Resources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySecond: 1}}}\n")
    said = "".join(lint(tmp_path / "t.yaml"))
    assert "E3002" in said and "I3011" in said and "I3013" in said


def test_pipes(system):
    """A pipe asks for an answer where the workflow is express, and only there: no linter looks."""
    resources = [one for stack in harness.stacks(system) for one in equal.deployed(stack).resources()]
    types = {p["StateMachineName"]: p["StateMachineType"] for _, kind, p in resources if kind == "AWS::StepFunctions::StateMachine"}
    for _, kind, p in resources:
        if kind == "AWS::Pipes::Pipe":
            asks = p["TargetParameters"]["StepFunctionStateMachineParameters"]["InvocationType"]
            assert asks == {"STANDARD": "FIRE_AND_FORGET", "EXPRESS": "REQUEST_RESPONSE"}[types[p["Target"].rpartition(":")[2]]]


# What AWS's validator says and is no mistake, each with its reason. Each is still said of some stack.
NO_MISTAKES = {
    "I9001": "says of every property that names a thing that another name is another thing",
    "I4010": "asks for metadata that tells tools what a resource is for; the spec does",
    "I9040": "asks for tags of dashboards, which the type has got since; the AWS provider has none",
    "W9002": "wants a reference where an ARN is spelled from a name, so that a bucket and its permission are no circle",
}


def test_validate():
    engine = CelEngine()
    found = [(stack, d.rule_id, d.message) for stack in harness.stacks(OUT) for d in engine.validate_template(str(stack.template)).diagnostics]
    assert [f"{stack}: {rule}: {message}" for stack, rule, message in found if rule not in NO_MISTAKES] == []
    assert NO_MISTAKES.keys() == {rule for _, rule, _ in found}


def test_validate_says_no():
    bad = b"Resources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySecond: 1}}}"
    assert [d for d in CelEngine().validate_template(bad).diagnostics if d.rule_id not in NO_MISTAKES]
