"""moto, with what `wgen local` adds to it, creates every stack; what it does not know is written down."""

import contextlib
import pathlib
import sys

import pytest
import yaml

import equal
import harness
from conftest import OUT

sys.path.insert(0, str(harness.TOP / "templates/local"))
import lab as emulator  # noqa: E402
from lab import access  # noqa: E402
from moto.cloudformation import parsing  # noqa: E402

HERE = pathlib.Path(__file__).parent
LISTED = dict(line.split(" ", 1) for line in (HERE / "emulator.unknown").read_text().splitlines() if line and not line.startswith("#"))
UNKNOWN = {name for name in LISTED if "::" in name}  # types that it passes over
REFUSED = LISTED.keys() - UNKNOWN  # systems that it does not create
USED = {body["Type"] for stack in harness.stacks(OUT)
        for body in yaml.load(stack.template.read_text(), yaml.CSafeLoader)["Resources"].values()}


@pytest.fixture(scope="module")
def lab():
    made = emulator.Lab()
    yield made
    made.stop()


def in_order(system):
    """The stacks of a system in an environment, as a deployment creates them."""
    stacks = harness.stacks(system)
    return sorted(stacks, key=lambda stack: (not stack.name.endswith("-foundation"), stack.name))


def given(stack):
    """A value for each parameter without a default, of the type that the configuration says."""
    words = {name.replace("_", ""): value for name, value in harness.given_to(stack.configuration).items()}
    parameters = yaml.load(stack.template.read_text(), yaml.CSafeLoader).get("Parameters", {})
    values = {name: words.get(name.lower(), "given") for name, body in parameters.items() if "Default" not in body}
    return {name: ",".join(value) if isinstance(value, list) else str(value) for name, value in values.items()}


def code(lab, stack, parameters):
    """The packages that the functions of a stack are made of."""
    s3 = lab.client("s3", "us-east-1")
    for bucket in {value for name, value in parameters.items() if name.endswith("Bucket")}:
        with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
            s3.create_bucket(Bucket=bucket)


def create(lab, stack):
    parameters = given(stack)
    code(lab, stack, parameters)
    lab.create(stack.name, stack.region, stack.template.read_text(), parameters)
    made = lab.client("cloudformation", stack.region).list_stack_resources(StackName=stack.name)["StackResourceSummaries"]
    wanted = {name: kind for name, kind, _ in equal.deployed(stack).resources()}
    assert {kind for name, kind in wanted.items() if name not in {one["LogicalResourceId"] for one in made}} <= UNKNOWN


def test_created(lab, system):
    if system.name in REFUSED:
        with pytest.raises(Exception):  # noqa: B017, whatever it is; once it does not, the line can go
            for stack in in_order(system):
                create(lab, stack)
        return
    for stack in in_order(system):
        create(lab, stack)


def test_unknown(lab):
    """The list is of types that we write and the emulator has not, and of no others."""
    known = {model.cloudformation_type() for model in parsing.get_model_list()}
    assert {path.parent.name for path in OUT.glob("*/manifest")} >= REFUSED
    assert UNKNOWN == USED - known
