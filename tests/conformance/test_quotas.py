"""What templates/kinds says of a field - the least, the most, the words, the characters of a name - is
what AWS says of the property that the field becomes: in CloudFormation's registry, as cfn-lint has it, and
in the models of the APIs, as botocore has them. A number of theirs that ours has not kept up with fails
here; where ours is another one on purpose, quotas.exceptions says why."""

import functools
import inspect
import json
import pathlib
import re
import string

import botocore.session
import cfnlint
import pytest
import yaml
from cfnlint.helpers import LIMITS
from cfnlint.rules.resources.lmbd.FunctionEnvironmentSize import FunctionEnvironmentSize
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

import harness

HERE = pathlib.Path(__file__).parent
EXCEPTIONS = dict((tuple(line.split(" ", 2)[:2]), line.split(" ", 2)[2])
                  for line in (HERE / "quotas.exceptions").read_text().splitlines() if line and not line.startswith("#"))


class Loader(yaml.CBaseLoader):
    """Every scalar as text, and !json and the like mean nothing."""


KINDS = {kind["kind"]: kind for kind in (yaml.load(path.read_text(), Loader)
                                         for path in sorted((harness.TOP / "templates/kinds").glob("*.yaml")))}
HOLE = re.compile(r"\$\(([\w.-]+)(?: \| (\w+))?\)")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "y": 365 * 86400}
BYTES = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
DIVIDE = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "milliseconds": 0.001,
          "bytes": 1, "megabytes": 1 << 20, "gigabytes": 1 << 30}


def number(text, word):
    """`12h` as the number that the filter `word` makes of it."""
    value, unit = re.fullmatch(r"([\d.]+)([A-Za-z%]*)", text).groups()
    return float(value) * {**SECONDS, **BYTES}.get(unit, 1) / DIVIDE.get(word, 1)


# --- ours: (path of the property, field, filter) for each hole that fills one ------------------------

def at(fields, path):
    """The declaration of a field by its path, or None."""
    first, _, rest = path.partition(".")
    field = fields.get(first)
    if field and rest and field.get("type") == "enum":  # what one of its words stands for has several parts
        words = list(field["values"].values()) if isinstance(field["values"], dict) else []
        return {**field, "values": [word[rest] for word in words]} if words and all(rest in word for word in words) else None
    return at(field.get("fields", {}), rest) if field and rest else field


def holes(node, fields, path=()):
    if isinstance(node, dict):
        loop = re.fullmatch(r"(\w+) in ([\w.-]+)", node.get("$for", ""))
        over = loop and at(fields, loop[2])
        if over and isinstance(over.get("of"), dict):
            inside = over["of"]
            fields = {**fields, loop[1]: {"fields": {"value": inside, "key": {"type": "id"}} if over["type"] == "map" else inside.get("fields", {})}}
        for key, inner in node.items():
            if not key.startswith("$"):
                yield from holes(inner, fields, (*path, key))
    elif isinstance(node, list):
        for inner in node:
            yield from holes(inner, fields, (*path, "*"))
    elif (hole := HOLE.fullmatch(node)):
        yield path, hole[1], at(fields, hole[1]), hole[2]


def filled(kind):
    """(type, path of the property, name and declaration of the field, filter) of a kind."""
    for part in kind.get("cloudformation", []):
        if part["Type"].startswith("AWS::"):  # not one that a spec names
            for found in holes(part.get("Properties", {}), kind.get("fields", {})):
                yield part["Type"], *found


def said_by(kind, hole, field):
    """(name, declaration) of the fields of a spec that say what a field is. What comes with other
    resources is told by those."""
    if kind.get("internal") != "true":
        return [(f"{kind['kind']}.{hole}", field)]
    found = []
    for maker in KINDS.values():
        for made in maker.get("makes", {}).values():
            given = HOLE.fullmatch(str(made.get(hole, ""))) if made["kind"] == kind["kind"] else None
            if given and at(maker["fields"], given[1]):
                found.append((f"{maker['kind']}.{given[1]}", at(maker["fields"], given[1])))
    return found


# --- theirs --------------------------------------------------------------------------------------------

def property_of(schema, node, path):
    """What the registry says of a property: all that its `$ref` and `allOf` say, in one."""
    while "$ref" in node:
        node = functools.reduce(lambda tree, word: tree[word], node["$ref"].removeprefix("#/").split("/"), schema)
    if not path:
        return node
    if path[0] == "*":
        return property_of(schema, node["items"], path[1:]) if "items" in node else {}
    for choice in (node, *node.get("oneOf", []), *node.get("anyOf", [])):
        if path[0] in choice.get("properties", {}):
            return property_of(schema, choice["properties"][path[0]], path[1:])
    return {}


def registry(kind, path):
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
    said = property_of(schema, schema, path)
    return {"min": said.get("minimum"), "max": said.get("maximum"), "enum": said.get("enum"),
            "pattern": said.get("pattern"), "longest": said.get("maxLength")}


# The call of the API that makes a resource, where it is not Create and its name.
CALLS = {
    "AWS::StepFunctions::StateMachine": "stepfunctions.CreateStateMachine", "AWS::Logs::LogGroup": "logs.CreateLogGroup",
    "AWS::Events::Rule": "events.PutRule", "AWS::CloudWatch::Alarm": "cloudwatch.PutMetricAlarm",
    "AWS::CloudWatch::Dashboard": "cloudwatch.PutDashboard", "AWS::Lambda::Permission": "lambda.AddPermission",
    "AWS::Lambda::Url": "lambda.CreateFunctionUrlConfig", "AWS::StepFunctions::Activity": "stepfunctions.CreateActivity",
    "AWS::IAM::ManagedPolicy": "iam.CreatePolicy", "AWS::Athena::WorkGroup": "athena.CreateWorkGroup",
}
# Properties that the API has under another name.
RENAMED = {
    "FunctionName": "FunctionName", "StateMachineName": "name", "ManagedPolicyName": "PolicyName",
}


@functools.cache
def operation(kind):
    _, service, thing = kind.split("::")
    service, _, call = CALLS.get(kind, f"{service.lower()}.Create{thing}").partition(".")
    try:
        return botocore.session.get_session().get_service_model(service).operation_model(call).input_shape
    except Exception:  # noqa: BLE001, botocore has several for what it does not have
        return None


def api(kind, path):
    shape = operation(kind)
    for word in path:
        if shape is None:
            return {}
        if word == "*":
            shape = shape.member if shape.type_name == "list" else None
        else:
            names = {name.lower(): inner for name, inner in getattr(shape, "members", {}).items()}
            shape = names.get(RENAMED.get(word, word).lower()) or names.get(word.lower())
    if shape is None:
        return {}
    said, text = shape.metadata, shape.type_name == "string"
    return {"min": None if text else said.get("min"), "max": None if text else said.get("max"), "enum": said.get("enum"),
            "pattern": said.get("pattern"), "longest": said.get("max") if text else None}


# --- compared ------------------------------------------------------------------------------------------

def accepted(pattern):
    """The characters that a name may have, by its pattern; None if that cannot be told."""
    try:
        compiled = re.compile(pattern)
    except re.error:
        return None
    found = {c for c in string.printable if compiled.fullmatch(f"a{c}a")}
    return found if len(found) < 95 and "b" in found else None


def longest(field):
    """How many characters a text may have, or None."""
    if field["type"] == "id":
        return constant("limits.h", "LIMIT_NAME_BYTES")
    if "max" in field:
        return int(field["max"])
    lengths = range(1, 3000) if "pattern" in field else ()
    fits = [length for length in lengths if re.fullmatch(field["pattern"], "a" * length)]
    return fits[-1] if fits and fits[-1] < lengths[-1] else None


def complaints(name, field, word, said):
    """(what, complaint) where a field and what AWS says of its property are not the same."""
    if field["type"] in ("int", "duration", "size", "percent"):
        for what in ("min", "max"):
            if said.get(what) is not None:
                ours = number(field[what], word) if what in field else None
                if ours != said[what]:
                    yield what, f"{name}: {what} is {ours}, theirs {said[what]}"
    elif field["type"] == "enum" and said.get("enum"):
        values = field["values"]
        ours = set(values.values() if isinstance(values, dict) else values)
        theirs = set(map(str, said["enum"]))
        if all(isinstance(one, str) for one in ours) and ours != theirs:
            yield "words", f"{name}: without {sorted(theirs - ours)}; not theirs: {sorted(ours - theirs)}"
    elif field["type"] in ("string", "id") and said.get("longest") and not field.get("derived"):
        ours = longest(field)
        if ours != said["longest"] and not (field["type"] == "id" and ours < said["longest"]):
            yield "longest", f"{name}: at most {ours} characters, theirs {said['longest']}"


def complaints_of_name(kind, said):
    name = kind.get("name")
    if not name:
        return
    if said.get("longest") and int(name["max"]) != said["longest"]:
        yield "longest", f"its name: at most {name['max']} characters, theirs {said['longest']}"
    theirs = accepted(said["pattern"]) if said.get("pattern") else None
    ours = {c for c in string.printable if re.fullmatch(f"[{name['chars']}]", c)}
    if theirs is not None and ours != theirs:
        yield "characters", f"its name: without {''.join(sorted(theirs - ours))!r}; not theirs: {''.join(sorted(ours - theirs))!r}"


def compared():
    """(kind.field, what, complaint) for all of them, and how many properties had something to compare."""
    found, times = [], 0
    for name, kind in KINDS.items():
        for resource, path, hole, field, word in filled(kind):
            for said in (registry(resource, path), api(resource, path)):
                times += any(value is not None for value in said.values())
                if hole == "self.name":
                    found += [(f"{name}.name", *one) for one in complaints_of_name(kind, said)]
                elif field:
                    found += [(where, *one) for where, said_there in said_by(kind, hole, field)
                              for one in complaints(f"{resource} {'.'.join(path)}", said_there, word, said)]
    return found, times


def test_kinds():
    found, times = compared()
    assert times > 100
    unexplained = [f"{field} {what}: {text}" for field, what, text in found if (field, what) not in EXCEPTIONS]
    assert not unexplained, "\n".join(unexplained)
    assert set(EXCEPTIONS) - {(field, what) for field, what, _ in found} == set(), "these are the same now"


# --- what is a number in compiler/ ---------------------------------------------------------------------

def source(file):
    return (harness.TOP / "compiler" / file).read_text()


def constant(file, name):
    return int(re.search(rf"\b{name} = (\d+)", source(file))[1])


def member(service, shape, which="max"):
    return botocore.session.get_session().get_service_model(service).shape_for(shape).metadata[which]


@pytest.mark.parametrize("file,name,service,shape", [
    ("asl_graph.c", "NAME_MOST", "stepfunctions", "TestStateStateName"),
    ("asl_map.c", "BYTES_MOST", "stepfunctions", "SensitiveData"),
    ("flow_text.c", "DEFINITION_BYTES", "stepfunctions", "Definition"),
    ("quota_event.c", "INPUT_BYTES", "stepfunctions", "SensitiveData"),
    ("quota_pattern.c", "PATTERN_CHARACTERS", "pipes", "EventPattern"),
    ("quota_own.c", "DIMENSIONS", "cloudwatch", "Dimensions"),
    ("quota.c", "TAG_KEY", "iam", "tagKeyType"),
    ("quota.c", "TAGS", "iam", "tagListType"),
])
def test_models(file, name, service, shape):
    assert constant(file, name) == member(service, shape)


def test_reserved_variables():
    """The variables that Lambda sets itself, as cfn-lint knows them."""
    body = re.search(r"is_reserved\(.*?\{\n(.*?)\n\}", source("quota.c"), re.S)[1]
    data = pathlib.Path(cfnlint.__file__).parent / "data/schemas/extensions/aws_lambda_function/environment_variable_keys.json"
    assert set(re.findall(r'"(\w+)"', body)) == set(json.loads(data.read_text())["propertyNames"]["not"]["enum"])


def test_environment():
    theirs = re.search(r"max_size = (\d+)", inspect.getsource(FunctionEnvironmentSize))
    assert constant("quota.c", "ENVIRONMENT_BYTES") == int(theirs[1])


def test_templates():
    assert constant("place.h", "STACK_MOST") == 0.9 * LIMITS["Resources"]["number"]
    assert constant("emit.h", "PARAMS_MOST") == LIMITS["Parameters"]["number"]
    assert constant("emit_cfn.c", "OUTPUTS_MOST") == LIMITS["Outputs"]["number"]
    assert constant("emit_cfn.c", "BYTES_MOST") == LIMITS["template"]["body"]


def test_pauses():
    data = pathlib.Path(cfnlint.__file__).parent / "data/schemas/other/step_functions/statemachine.json"
    wait = json.loads(data.read_text())["definitions"]["wait"]["properties"]["Seconds"]
    assert constant("asl_check.c", "SECONDS_MOST") == wait["maximum"]


def test_says_no():
    """A number that has aged is noticed."""
    said = {"min": 0, "max": 43200, "enum": ["A", "B"], "longest": 80}
    visibility = KINDS["queue"]["fields"]["visibility"]
    assert not list(complaints("visibility", visibility, "seconds", said))
    assert list(complaints("visibility", {**visibility, "max": "11h"}, "seconds", said))
    assert list(complaints("words", {"type": "enum", "values": {"a": "A"}}, None, said))
    assert list(complaints_of_name(KINDS["queue"], {"longest": 81}))
    assert list(complaints_of_name(KINDS["queue"], {"pattern": "[a-z]+"}))


def test_regions():
    """Those of botocore, and no others: templates/regions.yaml is of the day that it says."""
    data = json.loads((pathlib.Path(botocore.__file__).parent / "data/partitions.json").read_text())
    theirs = {name for partition in data["partitions"] for name in partition["regions"] if not name.endswith("-global")}
    ours = yaml.safe_load((harness.TOP / "templates/regions.yaml").read_text())["regions"]
    assert sorted(theirs) == ours
