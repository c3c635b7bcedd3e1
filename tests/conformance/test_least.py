"""Each role may do what is done with it, and nothing else: see least.py."""

import dataclasses
import functools
import re

import botocore.session
import pytest
import yaml

import harness
import least
from conftest import OUT, WORK

NAMES = sorted(path.name for path in (WORK / "dump").iterdir()) if WORK.exists() else []
MUTATED = ["accesses", "ceap", "function-canary", "function-trigger", "schedules", "webordinary", "worker-outside"]


@functools.cache
def systems(name):
    return list(least.systems(OUT / name))


@pytest.mark.parametrize("name", NAMES)
def test_every_call_is_allowed(name):
    assert [line for system in systems(name) for line in system.refused()] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_is(name):
    assert [line for system in systems(name) for line in system.idle()] == []


def test_there_are_enough():
    every = [system for name in NAMES for system in systems(name)]
    assert sum(len(system.roles) for system in every) > 100
    assert sum(len(grants) for system in every for grants in system.roles.values()) > 800
    assert len({call.action for system in every for calls in system.calls.values() for call in calls}) > 60


# --- these tests say no ---------------------------------------------------------------------------------------

def mutants(name, change):
    """(system, role) for each change that `change` makes of one grant of a role that wgen makes, while it is so."""
    for system in systems(name):
        for role in sorted(system.roles.keys() - system.own):
            grants = system.roles[role]
            for grant in grants:
                for instead in change(system, grant):
                    system.roles[role] = [new for one in grants for new in (instead if one is grant else [one])]
                    yield system, role, instead
            system.roles[role] = grants


@pytest.mark.parametrize("name", MUTATED)
def test_an_action_less_is_noticed(name):
    """Whatever is taken out of a policy, a call is refused."""
    unseen = [(role, mutant) for system, role, mutant in mutants(name, lambda *_: [[]]) if not system.refused(role)]
    assert unseen == []


@pytest.mark.parametrize("name", MUTATED)
def test_an_action_more_is_noticed(name):
    """Whatever is put beside something in a policy, nothing asks for it."""
    def more(system, grant):
        yield [grant, dataclasses.replace(grant, action="sqs:PurgeQueue")]
        if grant.resource != "*":
            yield [grant, dataclasses.replace(grant, resource=re.sub(":[^:]*$", ":elsewhere", grant.resource))]
    unseen = [(role, mutant) for system, role, mutant in mutants(name, more) if not list(system.idle(role))]
    assert unseen == []


@pytest.mark.parametrize("name", MUTATED)
def test_a_wider_resource_is_noticed(name):
    """Where a `*` would be about more of what the system has."""
    def wider(system, grant):
        wide = re.sub("[^:]*$", "*", grant.resource)
        if any(least.matches(arn, wide) and not least.matches(arn, grant.resource) for arn in system.arns):
            yield [dataclasses.replace(grant, resource=wide)]
    unseen = [(role, mutant) for system, role, mutant in mutants(name, wider) if not list(system.idle(role))]
    assert unseen == []


# --- the data says what there is --------------------------------------------------------------------------------

KINDS = [yaml.load(path.read_text(), yaml.CBaseLoader) for folder in ("templates/kinds", "tests/conformance/specs/own-kind/kinds")
         for path in sorted((harness.TOP / folder).glob("*.yaml"))]


def test_every_word_is_told_and_used():
    words = {(kind["kind"], word) for kind in KINDS for word in kind.get("grants", {})}
    assert {(kind, word) for kind, told in least.DATA["uses"].items() for word in told} == words
    seen = set()
    for name in NAMES:
        for dump in least.dumps(name):
            kinds = {one["path"]: one["kind"] for one in dump["resources"]}
            seen |= {(kinds[use["to"]], word) for one in dump["resources"] for use in one.get("uses", []) for word in use["as"]}
    assert words - seen == set(), "no spec uses these"


@functools.cache
def operations(service):
    name = {"states": "stepfunctions"}.get(service, service)
    return set(botocore.session.get_session().get_service_model(name).operation_names)


def test_operations_are_aws_s():
    told = {operation for words in least.DATA["uses"].values() for asked in words.values() for operation in asked}
    told -= set(least.DATA["no-operation"])
    assert {one for one in told if one.partition(":")[2] not in operations(one.partition(":")[0])} == set()


# --- what clients in C ask for -------------------------------------------------------------------------------------

SERVICE = {"bucket": "s3", "queue": "sqs", "table": "dynamodb", "workflow": "states"}
METHODS = {"GET": "GetObject", "PUT": "PutObject", "DELETE": "DeleteObject"}


@functools.cache
def bodies():
    """The functions of templates/runtime: name, text."""
    text = "".join(path.read_text() for path in sorted((harness.TOP / "templates/runtime").glob("*.c")))
    return dict(re.findall(r"^[A-Za-z][^;{}()]*?(\w+)\([^;{}]*\) \{\n(.*?)^\}", text, re.M | re.S))


def asked_by(function, service, seen=()):
    """The operations of a service that a function of the runtime asks for, itself or by others."""
    body = bodies().get(function, "")
    words = {word.rpartition(".")[2] for word in re.findall(r'"([A-Za-z0-9_]+\.[A-Z]\w+|[A-Z]\w+)"', body)}
    if service == "s3":
        words = {METHODS.get(word, word) for word in words}
    found = {f"{service}:{word}" for word in words & operations(service)}
    for called in set(re.findall(r"\b(\w+)\(", body)) - {function, "wg_call", *seen}:
        found |= asked_by(called, service, (*seen, function))
    return found


def sections(kind):
    """The functions of the runtime that each word gives a client: word, functions. Within two words, it takes both."""
    text = (harness.TOP / f"templates/handlers/client-{kind}.h.mustache").read_text()
    open_words, found = [], []
    for line in text.splitlines():
        if tag := re.fullmatch(r"\{\{([#/])can\.([\w-]+)\}\}", line):
            open_words = [*open_words, tag[2]] if tag[1] == "#" else open_words[:-1]
        found += [(tuple(open_words), name) for name in re.findall(r"\b(wg_\w+)\(", line)]
    return found


@pytest.mark.parametrize("kind", SERVICE)
def test_clients(kind):
    """What a client asks for, its words stand for; what words stand for beyond that is written down, with its reason."""
    told, beside = least.DATA["uses"][kind], least.DATA["beside"]
    by_word = {word: set() for word in told}
    for words, function in sections(kind):
        asked = asked_by(function, SERVICE[kind])
        assert asked and asked <= {operation for word in words for operation in told[word]}, (words, function, asked)
        for word in words:
            by_word[word] |= asked
    for word, operations_told in told.items():
        assert set(operations_told) - by_word[word] == set(beside.get(f"{kind}.{word}", {})), word


def test_workers():
    """A worker asks for what its words stand for: of its queues, and of the workflow that it answers."""
    words = {("queue", word) for field in ("serves", "listens") for word in least.DATA["worker"][field]}
    told = {operation for kind, word in words for operation in least.DATA["uses"][kind][word]}
    asked = {one for function in ("wg_serve", "wg_service_end") for one in asked_by(function, "sqs")}
    assert {"sqs:ReceiveMessage", "sqs:CreateQueue", "sqs:DeleteQueue"} <= asked <= told
    answers = {operation for word in least.DATA["worker"]["answers"] for operation in least.DATA["uses"]["workflow"][word]}
    assert asked_by("wg_serve", "states") <= answers
