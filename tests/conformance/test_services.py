"""What templates/ knows of the services that a workflow can call, against AWS's own models."""

import pathlib
import re

import botocore.session
import pytest
import yaml
from policy_sentry.querying.actions import get_action_data

import sdk

TEMPLATES = pathlib.Path(__file__).parents[2] / "templates"
SERVICES = [yaml.safe_load(path.read_text()) for path in sorted((TEMPLATES / "services").glob("*.yaml"))]
# The API that an integration stands for, where its name is another one.
MODELS = {"elasticmapreduce": "emr", "states": "stepfunctions"}
# Integrations whose requests are not those of an action of that name.
OWN = {"eks": ["runJob", "call"], "elasticmapreduce": ["createCluster", "terminateCluster", "addStep", "cancelStep",
       "setClusterTerminationProtection", "modifyInstanceFleetByName", "modifyInstanceGroupByName"], "apigateway": ["invoke"], "http": ["invoke"],
       "bedrock": ["invokeModel"], "s3": ["getObject", "putObject"]}


def test_sdk():
    written = {path.name: path.read_text() for path in (TEMPLATES / "sdk").iterdir()}
    known = dict(sdk.services())
    aged = [name for name in sorted(known.keys() | written.keys()) if known.get(name) != written.get(name)]
    assert aged == [], "run tests/conformance/sdk.py templates/sdk"


@pytest.mark.parametrize("service", SERVICES, ids=lambda s: s["service"])
def test_actions_exist(service):
    for action in service["actions"].values():
        for statement in action.get("needs", []) + action.get("sync", []):
            for name in statement["actions"]:
                prefix, _, word = name.partition(":")
                assert get_action_data(prefix, word), name


@pytest.mark.parametrize("service", SERVICES, ids=lambda s: s["service"])
def test_requires(service):
    name = service["service"]
    calls = {call: entry for call, entry in service["actions"].items() if call not in OWN.get(name, [])}
    if not calls:
        return
    model = botocore.session.get_session().get_service_model(MODELS.get(name, name))
    for call, entry in calls.items():
        shape = model.operation_model(call[0].upper() + call[1:]).input_shape
        wanted = {field[0].upper() + field[1:] for field in shape.required_members}
        said = set(entry.get("requires", []))
        missing = {field for field in wanted - said if not re.fullmatch("Client(Request)?Token", field)}  # it adds these
        assert not missing, f"{name}:{call} needs {sorted(missing)}"
        assert said <= {field[0].upper() + field[1:] for field in shape.members}, f"{name}:{call}"
