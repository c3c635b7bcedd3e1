"""Is all that the documents of the three systems name in both targets, as they say? systems/ holds the
lists, in CloudFormation's words; what Terraform plans is compared after translation to them."""

import itertools
import json
import pathlib
import re

import pytest
import yaml

import cfn
import equal
import harness

OUT = harness.TOP / "build/conformance/out"
LISTS = sorted((pathlib.Path(__file__).parent / "systems").glob("*.yaml"))


def filled(tree, name, value):
    return yaml.safe_load(re.sub(f"<{name}>", value, yaml.safe_dump(tree)))


def contract(path):
    """The list of a system, with each word of `for` in the place of its name. What is said of a stack
    twice is one list."""
    said = yaml.safe_load(path.read_text())
    for name, values in said.get("for", {}).items():
        for section, join in (("stacks", list.__add__), ("outputs", dict.__or__)):
            done = {}
            for key, body in said.get(section, {}).items():
                for value in values if f"<{name}>" in key else ["-"]:
                    (one, made), = filled({key: body}, name, value).items()
                    done[one] = join(done[one], made) if one in done else made
            said[section] = done
    return said


CONTRACTS = {path.stem: contract(path) for path in LISTS}
STACKS = {stack.name: stack for system in CONTRACTS for stack in harness.stacks(OUT / system)}


def canonical(tree):
    """A tree of either target with names and scalars in one spelling, and documents opened."""
    if isinstance(tree, str):
        opened = cfn.as_document(tree)
        return canonical(opened) if opened is not tree else tree
    if isinstance(tree, list):
        items = [canonical(one) for one in tree]
        pairs = items and all(isinstance(one, dict) and set(one) in ({"key", "value"}, {"name", "value"}) for one in items)
        return {equal.canonical(one.get("key", one.get("name"))): one["value"] for one in items} if pairs else items
    if isinstance(tree, dict):
        return {equal.canonical(str(key)): canonical(value) for key, value in tree.items()}
    return equal.scalar(tree)


def missing(wanted, found, path=""):
    """What of `wanted` is not in `found`. A list need only hold what is wanted, a scalar is a list of one."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key, value in wanted.items():
            yield from missing(value, found.get(key), f"{path}.{key}")
    elif isinstance(wanted, list):
        for one in wanted:
            if all(list(missing(one, other)) for other in (found if isinstance(found, list) else [found])):
                yield f"{path}: {json.dumps(one)} is not among {json.dumps(found)}"
    elif wanted != found:
        yield f"{path}: {json.dumps(found)} instead of {json.dumps(wanted)}"


def template_of(stack):
    """What CloudFormation makes of a stack: [(type, properties)], and its outputs."""
    template = equal.deployed(stack)
    return [(kind, canonical(properties)) for _, kind, properties in template.resources()], template.outputs()


def plan_of(stack):
    plan = harness.plan(stack.configuration)
    found = equal.planned(plan, harness.provider_schema())
    outputs = {name: body.get("value") for name, body in plan["planned_values"].get("outputs", {}).items()}
    return [(kind, canonical(equal.show(tree))) for kind, _, tree, _ in found], outputs


TARGETS = {"cloudformation": template_of, "terraform": plan_of}
EVERY = [(target, name) for name in itertools.chain(*(c["stacks"] for c in CONTRACTS.values())) for target in TARGETS]


def said_of(section, name):
    return next((c[section][name] for c in CONTRACTS.values() if name in c.get(section, {})), None)


@pytest.mark.parametrize("target,name", EVERY)
def test_says(target, name):
    """Each resource of the list is there, with its settings; each output has its name and value."""
    resources, outputs = TARGETS[target](STACKS[name])
    wrong = []
    for entry in said_of("stacks", name):
        (kind, settings), = entry.items()
        near = [list(missing(canonical(settings), properties)) for k, properties in resources if k == kind]
        if not near:
            wrong.append(f"there is no {kind}")
        elif [] not in near:
            wrong.append(f"{kind} {json.dumps(settings)}: " + "; ".join(min(near, key=len)))
    given = {equal.canonical(key): value for key, value in outputs.items()}
    for output, value in (said_of("outputs", name) or {}).items():
        if equal.canonical(output) not in given:
            wrong.append(f"there is no output {output}")
        elif value != "any" and given[equal.canonical(output)] not in (value, None):
            wrong.append(f"output {output}: {given[equal.canonical(output)]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("documented", CONTRACTS)
def test_no_more(documented):
    """There are as many of a type as the documents count."""
    kinds = [kind for stack in harness.stacks(OUT / documented) for kind, _ in template_of(stack)[0]]
    said = CONTRACTS[documented].get("exactly", {})
    assert {kind: kinds.count(kind) for kind in said} == said


@pytest.mark.parametrize("documented", CONTRACTS)
def test_files(documented):
    gone = [path for path in CONTRACTS[documented]["files"] if not (harness.TOP / path).is_file()]
    assert not gone


SAYS = [(path, text) for contract in CONTRACTS.values() for path, texts in contract["says"].items() for text in texts]


@pytest.mark.parametrize("path,text", SAYS)
def test_says_to_people(path, text):
    """The commands of the documents, with the names that they have here, and what only a deployment does.
    Pages fold long ones."""
    assert text in (harness.TOP / path).read_text().replace(" \\\n    ", " ")


@pytest.mark.parametrize("name,metrics", CONTRACTS["ceap"]["dashboards"].items())
def test_dashboards(name, metrics):
    (body,) = [json.dumps(p) for s in harness.stacks(OUT / "ceap") for kind, p in template_of(s)[0]
               if kind == "AWS::CloudWatch::Dashboard" and p["dashboardname"] == name]
    assert [metric for metric in metrics if metric not in body] == []


def test_environments():
    """Production differs from staging in what the document says, and in nothing else."""
    def of(env):
        template = json.dumps(cfn.load(STACKS[f"hybrid-ci-cd-{env}"].template)["Resources"])
        return {name: (body["Type"], body.get("Properties", {})) for name, body in json.loads(template.replace(env, "<env>")).items()}
    staging, production = of("staging"), of("production")
    found = {kind for name, (kind, _) in production.items() if name not in staging}
    found |= {kind for name, (kind, _) in staging.items() if name not in production}
    for name in staging.keys() & production.keys():
        (kind, a), (_, b) = staging[name], production[name]
        found |= {f"{kind} {key}" for key in a.keys() | b.keys() if a.get(key) != b.get(key)}
    assert sorted(found) == sorted(CONTRACTS["hybrid-ci-cd"]["differences"])


def test_variables():
    for env in ("staging", "production"):
        text = (STACKS[f"hybrid-ci-cd-{env}"].configuration / "variables.tf").read_text()
        declared = re.findall(r'^variable "(\w+)"', text, re.M)
        assert set(CONTRACTS["hybrid-ci-cd"]["variables"]) <= set(declared)
        assert "dynamodb_read_capacity" in declared or env == "staging"
        backend = (STACKS[f"hybrid-ci-cd-{env}"].configuration / "terraform.tf").read_text()
        assert re.search(rf'key\s*= "hybrid-ci-cd-{env}/terraform.tfstate"', backend)
        assert re.search(r'bucket\s*= "hybrid-ci-cd-terraform-state"', backend)
