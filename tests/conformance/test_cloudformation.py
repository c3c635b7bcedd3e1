"""cfn-lint, and AWS's own validator, which must not find more."""

import equal
import harness
from harness import JUDGES, run


def test_cfn_lint(system):
    templates = sorted(system.rglob("cloudformation/*.yaml"))
    done = run(JUDGES / "cfn-lint", "-c", "I", "--format", "parseable", "--", *templates)
    assert done.stdout == "" and done.returncode == 0, done.stdout + done.stderr


def test_pipes(system):
    """A pipe asks for an answer where the workflow is express, and only there: no linter looks."""
    resources = [one for stack in harness.stacks(system) for one in equal.deployed(stack).resources()]
    types = {p["StateMachineName"]: p["StateMachineType"] for _, kind, p in resources if kind == "AWS::StepFunctions::StateMachine"}
    for _, kind, p in resources:
        if kind == "AWS::Pipes::Pipe":
            asks = p["TargetParameters"]["StepFunctionStateMachineParameters"]["InvocationType"]
            assert asks == {"STANDARD": "FIRE_AND_FORGET", "EXPRESS": "REQUEST_RESPONSE"}[types[p["Target"].rpartition(":")[2]]]
