"""templates/replaces.yaml is what CloudFormation's registry says, as cfn-lint has it: what a change makes anew,
and which property is a thing's own name. Every type that a template of out/ or of a spec here has is in it."""

import re

import pytest
import yaml
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

import harness

RULES = yaml.safe_load((harness.TOP / "templates/replaces.yaml").read_text())


def schema(kind):
    return PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema


def made_anew_for(kind):
    said = schema(kind)
    return {path.removeprefix("/properties/") for word in ("createOnlyProperties", "conditionalCreateOnlyProperties")
            for path in said.get(word, [])}


@pytest.mark.parametrize("kind", [kind for kind in RULES["replaces"] if kind != "AWS::Budgets::Budget"])
def test_replaces(kind):
    assert set(RULES["replaces"][kind]) == made_anew_for(kind)


@pytest.mark.parametrize("kind", RULES["named"])
def test_named(kind):
    assert RULES["named"][kind].split("/")[0] in schema(kind)["properties"]
    assert RULES["named"][kind] in made_anew_for(kind) | set(RULES["replaces"].get(kind, []))


def test_all_types():
    found = {kind for path in (harness.TOP / "out").rglob("cloudformation/*.yaml")
             for kind in re.findall(r"^    Type: (AWS::\S+)$", path.read_text(), re.M)}
    assert found and found - set(RULES["replaces"]) == set()
