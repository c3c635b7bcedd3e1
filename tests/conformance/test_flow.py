"""An interpreter of the States Language starts what wgen accepts: every definition of tests/flow/roundtrip, which is
what wgen makes of its own spec again."""

import contextlib
import pathlib
import time

import boto3
import pytest
from moto import mock_aws
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor

HERE = pathlib.Path(__file__).parent
DEFINITIONS = sorted((HERE.parent / "flow" / "roundtrip").glob("*.json"))
ROLE = "arn:aws:iam::123456789012:role/workflow"
# What the interpreter does not support: a definition's name, and what it lacks.
UNSUPPORTED = dict(
    line.split(" ", 1) for line in (HERE / "flow.unsupported").read_text().splitlines() if line and not line.startswith("#")
)


@pytest.fixture(scope="module")
def client():
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        yield boto3.client(
            "stepfunctions", region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test"
        )


def running(client, arn):
    try:
        return client.describe_execution(executionArn=arn)["status"] == "RUNNING"
    except TypeError:  # what came out of it is no JSON to the emulator
        return False


def start(client, name, text):
    Preprocessor._query_language_per_scope.clear()  # a definition that it refused has left its language there
    made = client.create_state_machine(name=name, definition=text, roleArn=ROLE)
    run = client.start_execution(stateMachineArn=made["stateMachineArn"], name="once", input="{}")
    with contextlib.suppress(AttributeError):  # it has ended by itself
        client.stop_execution(executionArn=run["executionArn"])
    # It reads the definition on a thread of its own, into that same place.
    until = time.monotonic() + 5
    while running(client, run["executionArn"]) and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_starts(client, path):
    if path.stem not in UNSUPPORTED:
        start(client, path.stem, path.read_text())
        return
    with pytest.raises(Exception):  # noqa: B017, it raises whatever comes up; once it does not, the line can go
        start(client, path.stem, path.read_text())


def test_unsupported():
    assert set(UNSUPPORTED) <= {path.stem for path in DEFINITIONS}
