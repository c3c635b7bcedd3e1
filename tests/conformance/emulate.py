"""emulate.py - creates every stack that wgen wrote in moto, with what `wgen local` adds to it; a process
of its own, since that changes moto for good. Prints JSON: what each system lacks (types, or why it is
not created), and the types that moto has not."""

import contextlib
import json
import sys

import yaml

import equal
import harness

sys.path.insert(0, str(harness.TOP / "templates/local"))
import lab as emulator  # noqa: E402
from moto.cloudformation import parsing  # noqa: E402

OUT = harness.TOP / "build/conformance/out"


def in_order(system):
    """The stacks of a system, as a deployment creates them."""
    return sorted(harness.stacks(system), key=lambda stack: (not stack.name.endswith("-foundation"), stack.name))


def given(stack):
    """A value for each parameter without a default, of the type that the configuration says."""
    words = {name.replace("_", ""): value for name, value in harness.given_to(stack.configuration).items()}
    parameters = yaml.load(stack.template.read_text(), yaml.CSafeLoader).get("Parameters", {})
    values = {name: words.get(name.lower(), "given") for name, body in parameters.items() if "Default" not in body}
    return {name: ",".join(value) if isinstance(value, list) else str(value) for name, value in values.items()}


def code(lab, parameters):
    """The packages that the functions of a stack are made of."""
    s3 = lab.client("s3", "us-east-1")
    for bucket in {value for name, value in parameters.items() if name.endswith("Bucket")}:
        with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
            s3.create_bucket(Bucket=bucket)


def create(lab, stack):
    """The types of a stack of which nothing was made."""
    parameters = given(stack)
    code(lab, parameters)
    lab.create(stack.name, stack.region, stack.template.read_text(), parameters)
    made = lab.client("cloudformation", stack.region).list_stack_resources(StackName=stack.name)["StackResourceSummaries"]
    names = {one["LogicalResourceId"] for one in made}
    return {kind for name, kind, _ in equal.deployed(stack).resources() if name not in names}


def lacks(lab, system):
    try:
        return sorted(set().union(*(create(lab, stack) for stack in in_order(system))))
    except Exception as why:  # noqa: BLE001, whatever it is, the emulator does not create it
        return str(why) or repr(why)


def main():
    lab = emulator.Lab()
    known = {model.cloudformation_type() for model in parsing.get_model_list()}
    used = {body["Type"] for stack in harness.stacks(OUT)
            for body in yaml.load(stack.template.read_text(), yaml.CSafeLoader)["Resources"].values()}
    systems = sorted(folder for folder in OUT.iterdir() if (folder / "manifest").is_file())
    said = {"systems": {system.name: lacks(lab, system) for system in systems}, "unknown": sorted(used - known)}
    lab.stop()
    print(json.dumps(said))


main()
