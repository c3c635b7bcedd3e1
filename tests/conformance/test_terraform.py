"""tofu fmt, validate and plan, and the comparison of the plan with CloudFormation."""

import json
import re

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


def mocks(configuration):
    """A stand-in for the provider whose ARNs are ARNs: what it makes up else is a random word."""
    text = "".join(file.read_text() for file in sorted(configuration.glob("*.tf")))
    schema = harness.provider_schema()["resource_schemas"]
    yield 'mock_provider "aws" {'
    for kind in sorted(set(re.findall(r'^resource "(\w+)"', text, re.M))):
        arns = [name for name, one in schema[kind]["block"]["attributes"].items()
                if one.get("computed") and re.search("(^|_)arn$", name)]
        given = ", ".join(f'{name} = "arn:aws:service:us-east-1:123456789012:{kind}/mocked"' for name in arns)
        yield f'  mock_resource "{kind}" {{ defaults = {{ {given} }} }}'
    yield '  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }'
    yield '  mock_data "aws_partition" { defaults = { partition = "aws", dns_suffix = "amazonaws.com" } }'
    yield "}"


def is_argument(value):
    """Whether a value is an argument for all that the schema says: whether it is computed as well, the schema has lost."""
    found = re.fullmatch(r"(aws_\w+)\.\w+\.(\w+)", value)
    return found and "computed" not in harness.provider_schema()["resource_schemas"][found[1]]["block"]["attributes"][found[2]]


def checks(configuration):
    """Every output that a service makes up is there once all is applied."""
    file = configuration / "outputs.tf"
    text = file.read_text() if file.exists() else ""
    for name, value in re.findall(r'^output "(\w+)" \{\n.*?^  value += (.*?)$', text, re.M | re.S):
        if not is_argument(value):
            yield f'  assert {{\n    condition = output.{name} != null\n    error_message = "{name} is not told"\n  }}'


def mocked(configuration):
    """What `tofu test` says of a configuration that is applied to mocked values."""
    with harness.copied(configuration) as copy:
        given = [f"    {name} = {json.dumps(value)}" for name, value in harness.given_to(copy).items()]
        (copy / "wgen.tftest.hcl").write_text("\n".join([
            *mocks(copy), 'run "applied" {', "  variables {", *given, "  }", *checks(copy), "}", ""]))
        return run(JUDGES / "tofu", f"-chdir={copy}", "test", "-no-color")


def test_mocked(stack):
    done = mocked(stack.configuration)
    assert "1 passed, 0 failed" in done.stdout, done.stdout + done.stderr
