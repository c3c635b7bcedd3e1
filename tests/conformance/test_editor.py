"""What an editor makes of a spec: the YAML language server that editors use, told of the schema by the first
line that `wgen init` writes."""

import os
import re

import pytest

import editor
import harness
from conftest import WORK
from harness import JUDGES, run

WGEN = harness.TOP / os.environ.get("BUILD", "build") / "wgen"
MODELINE = "# yaml-language-server: $schema=./.wgen/schema.json\n"
SYSTEM = MODELINE + "system: shop\n"


@pytest.fixture(scope="module")
def server():
    harness.needs(JUDGES / "yaml-language-server")
    return JUDGES / "yaml-language-server"


@pytest.fixture(scope="module")
def spec(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editor")
    assert run(WGEN, "init", "shop", cwd=folder).returncode == 0
    return folder / "specs/shop.yaml"


@pytest.fixture(scope="module")
def edit(server, spec):
    with editor.Editor(["node", server, "--stdio"], spec.parent) as one:
        yield one


def test_what_init_writes_is_right(edit, spec):
    assert spec.read_text().startswith(MODELINE)
    assert edit.open(spec, spec.read_text()) == []


@pytest.mark.parametrize("name", ["ceap", "hybrid-ci-cd", "webordinary"])
def test_systems_are_right(edit, spec, name):
    assert edit.open(spec, MODELINE + (harness.TOP / f"specs/{name}.yaml").read_text()) == []


# The mistake stands between the marks.
@pytest.mark.parametrize("text, says", [
    ("«quees»: {orders: {}}", "quees is not allowed"),
    ("queues: {orders: {«visibilty»: 2m}}", "visibilty is not allowed"),
    ("tables:\n  carts: {key: id, billing: «provisionde»}", '"on-demand", "provisioned"'),
    ("topics: {news: {fifo: «maybe»}}", "boolean"),
    ("queues: {orders: {visibility: «soon»}}", "pattern"),
    ("tables:\n  «carts»: {ttl: x}", 'Missing property "key"'),
    ("workflows:\n  ship:\n    stages:\n      - {call: pack, retry: {every: 2s, «atempts»: 3}}", "atempts is not allowed"),
    ("environments: {production: {approval: «requird»}}", "required"),
    ("defaults: {«tabel»: {ephemeral: true}}", "tabel is not allowed"),
    ("queues:\n  orders: {}\n  «orders»: {}", "unique"),
])
def test_mistakes(edit, spec, text, says):
    said = edit.open(spec, SYSTEM + re.sub("[«»]", "", text) + "\n")
    before = SYSTEM + text[:text.index("«")]
    place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
    assert [(d["range"]["start"], says in d["message"]) for d in said if d["range"]["start"] == place] == [(place, True)], said
    assert len(said) == 1 or says == "unique", said


@pytest.mark.parametrize("text, doc", [
    ("que|ues: {orders: {}}", "delivers each message at least once"),
    ("queues: {orders: {vis|ibility: 2m}}", "stays hidden"),
    ("queues: {orders: {dead-let|ter: {after: 2}}}", "could not be handled"),
    ("queues: {orders: {dead-letter: {aft|er: 2}}}", "before it is moved"),
    ("queues: {orders: {dead-letter: {reten|tion: 2d}}}", "is kept"),
    ("workflows: {ship: {ty|pe: standard, stages: [{call: pack}]}}", "Standard runs up to a year"),
    ("tables: {carts: {key: id, bil|ling: on-demand}}", "Pay for each request"),
    ("functions: {bill: {timeo|ut: 3m}}", "How long one call may take"),
    ("functions: {bill: {trigger: {que|ue: orders}}}", "it is called with"),
    ("workflows: {ship: {stages: [{call: pack, ret|ry: {attempts: 3}}]}}", "tried again"),
])
def test_hover(edit, spec, text, doc):
    shown = edit.at("hover", spec, SYSTEM + text + "\n")["contents"]["value"]
    assert doc in shown and "||" not in shown, shown


@pytest.mark.parametrize("text, offers", [
    ("|", {"queues", "functions", "workflows", "environments"}),
    ("tables:\n  carts:\n    key: id\n    |", {"ttl", "billing", "recovery"}),
    ("tables:\n  carts:\n    key: id\n    billing: |", {"on-demand", "provisioned"}),
    ("workflows:\n  ship:\n    stages:\n      - |", {"call", "send", "choose", "each"}),
    ("functions:\n  bill:\n    trigger:\n      |", {"queue", "batch"}),
    ("defaults:\n  |", {"queue", "function"}),
])
def test_completion(edit, spec, text, offers):
    items = {item["label"]: item for item in edit.at("completion", spec, SYSTEM + text + "\n")["items"]}
    assert offers <= set(items), sorted(items)
    if "ttl" in offers:
        assert "key" not in items  # it is there already
        assert all(item.get("documentation") for item in items.values())
