"""tofu fmt, validate and plan, and the comparison of the plan with CloudFormation."""

import json

import equal
import harness
from harness import JUDGES, run


def test_formatted(system):
    done = run(JUDGES / "tofu", "fmt", "-check", "-diff", "-recursive", system)
    assert done.returncode == 0, done.stdout


def test_valid(stack):
    done = run(JUDGES / "tofu", f"-chdir={stack.configuration}", "validate", "-json")
    said = json.loads(done.stdout)["diagnostics"]
    assert [d for d in said if d["summary"] != "Provider development overrides are in effect"] == []


def test_equal(stack):
    found = list(equal.compare(equal.deployed(stack), harness.plan(stack.configuration), harness.provider_schema()))
    assert not found, "\n".join(found)
