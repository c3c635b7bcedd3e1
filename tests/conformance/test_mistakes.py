"""What wgen says of specs with one mistake each: that it sees it, points at it, and does not say more than
that; that what it mends is mended; and that an editor, which has the JSON Schema only, says the same.

`WGEN_MUTANTS=20000 tests/conformance/run -k mistakes` looks at so many instead of a sample."""

import collections
import concurrent.futures
import dataclasses
import json
import os
import shutil

import jsonschema
import pytest
import yaml

import core
import harness
import mutants
from conftest import WORK
from harness import run

pytestmark = pytest.mark.long
WGEN = harness.TOP / os.environ.get("BUILD", "build") / "wgen"
COUNT = int(os.environ.get("WGEN_MUTANTS", 600))
SLIPS = 3 + COUNT // 1200  # so many at each place, to have enough of them
# Sorts of mistakes that a schema cannot know: names of things, which it takes for text.
NAMES = {"name"}
# What may be anything, and happens to be called as something that is there.
FREE = {"branch", "run", "label", "Source"}


@dataclasses.dataclass
class Answer:
    errors: list
    fixed: list  # errors behind `--fix --unsafe-fixes`
    text: str  # the spec, as that left it
    again: str  # and as it is left by a second time


def ask(folder, mutant):
    folder.mkdir()
    spec = folder / mutant.spec.name
    spec.write_text(mutant.text)
    beside = mutant.spec.with_suffix("")
    if beside.is_dir():
        shutil.copytree(beside, folder / beside.name)

    def errors(*options):
        done = run(WGEN, "check", "--format", "json", "--max-errors", "0", *options, spec.name, cwd=folder)
        assert done.returncode in (0, 1), (mutant, done.returncode, done.stderr)
        return [d for d in json.loads(done.stdout)["diagnostics"] if d["severity"] == "error"]
    found = errors()
    if not any(fix["applicability"] in ("safe", "unsafe") for d in found for fix in d["fixes"]):
        return Answer(found, None, None, None)
    fixed = errors("--fix", "--unsafe-fixes")
    text = spec.read_text()
    errors("--fix", "--unsafe-fixes")
    return Answer(found, errors(), text, spec.read_text())


@pytest.fixture(scope="module")
def schema():
    return json.loads(run(WGEN, "schema").stdout)


@pytest.fixture(scope="module")
def answers(schema, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutants")
    specs = [spec for spec in sorted((WORK / "specs").glob("*.yaml")) if not (spec.with_suffix("") / "kinds").is_dir()]
    made = mutants.mutants(specs, schema, SLIPS)[:COUNT]
    assert len(made) == COUNT
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = list(pool.map(ask, (folder / str(i) for i in range(COUNT)), made))
    return list(zip(made, said))


def is_free(mutant):
    """Whether what was changed may be called anything."""
    line = mutant.text.split("\n")[mutant.start[0] - 1][:mutant.start[1] - 1]
    return mutant.sort == "name" and any(line.rstrip(" ").endswith(f"{key}:") for key in FREE)


def points_at(mutant, diagnostic):
    start = diagnostic["range"]["start"]
    return mutant.start <= (start["line"], start["column"]) < mutant.end


def test_mistakes_are_seen_where_they_are(answers):
    missed = [(str(mutant), [d["summary"] for d in answer.errors]) for mutant, answer in answers
              if not is_free(mutant) and not any(points_at(mutant, d) for d in answer.errors)]
    assert missed == []


def test_mistakes_are_said_once(answers):
    counts = sorted(len(answer.errors) for _, answer in answers if answer.errors)
    assert counts[len(counts) // 2] == 1
    assert counts[len(counts) * 95 // 100] <= 2, collections.Counter(counts)


def test_every_error_has_a_place(answers):
    for mutant, answer in answers:
        for d in answer.errors:
            assert d["file"] == mutant.spec.name and d["range"]["start"]["line"] > 0, d


def test_fixes_hold(answers):
    """A second time changes nothing, and what is fixed is not reported again. Lines without the mistake stay."""
    tried = 0
    for mutant, answer in answers:
        if answer.text is None:
            continue
        tried += 1
        assert answer.again == answer.text, mutant
        places = {(d["code"], d["summary"]) for d in answer.errors if d["fixes"]}
        assert not places & {(d["code"], d["summary"]) for d in answer.fixed}, mutant
        before, after = mutant.text.split("\n"), answer.text.split("\n")
        lines = {edit["range"]["start"]["line"] for d in answer.errors for fix in d["fixes"] for edit in fix["edits"]}
        assert len(before) == len(after), mutant
        assert [line for n, line in enumerate(before, 1) if n not in lines] == \
            [line for n, line in enumerate(after, 1) if n not in lines], mutant
    assert tried > COUNT // 3


def test_a_fix_is_what_was_meant(answers):
    """Of slips of the hand that have a fix, nearly all are as they were before."""
    fixed = [(mutant, answer) for mutant, answer in answers if answer.text and mutant.sort in ("key", "word", "name")]
    right = sum(answer.text == mutant.right for mutant, answer in fixed)
    assert right >= len(fixed) * 0.97, f"{right} of {len(fixed)}"


def test_the_schema_says_the_same(answers, schema):
    families = {rule.stem: yaml.safe_load(rule.read_text())["family"]
                for rule in (harness.TOP / "templates/rules").glob("*.yaml")}
    judge = jsonschema.Draft7Validator(schema)
    asked = [(mutant, answer) for mutant, answer in answers if mutant.sort not in NAMES]
    apart = []
    for mutant, answer in asked:
        ours = any(families[d["code"]] in ("schema", "syntax") for d in answer.errors)
        try:
            theirs = not judge.is_valid(core.read(yaml.compose(mutant.text, yaml.CSafeLoader)))
        except yaml.YAMLError:
            theirs = True
        if ours != theirs:
            apart.append((str(mutant)[:200], [d["summary"] for d in answer.errors]))
    assert len(apart) <= len(asked) * 0.01, apart
