"""asl-validator and statelint on every state machine."""

import re

from conftest import OUT
from harness import JUDGES, run


def test_definitions():
    """All at once: the validator takes a second to begin."""
    definitions = sorted(OUT.rglob("asl/*.asl.json"))
    assert len(definitions) > 20
    done = run(JUDGES / "asl-validator", *[word for path in definitions for word in ("--json-path", path)])
    assert done.returncode == 0, done.stdout + done.stderr


def test_definitions_say_no(tmp_path):
    """One that is bad among others."""
    (tmp_path / "bad.json").write_text('{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}')
    good = min(OUT.rglob("asl/*.asl.json"))
    done = run(JUDGES / "asl-validator", "--json-path", good, "--json-path", tmp_path / "bad.json", "--json-path", good)
    assert done.returncode == 1 and "bad.json" in done.stdout + done.stderr


# What statelint 3.1 does not know of the language yet.
UNKNOWN_TO_STATELINT = re.compile(r'Field "(Assign|Label|InputType|CSVHeaderLocation|CSVHeaders|CSVDelimiter|ManifestType|Transformation|WriterConfig)" not allowed')


def test_statelint(definition):
    # FLOAT: it wants 2.0 where JSON has one sort of number. URI: placeholders are ARNs once deployed.
    done = run(JUDGES / "statelint", "--ignore=FLOAT,URI", definition)
    said = [line for line in done.stdout.splitlines()[1:] if not UNKNOWN_TO_STATELINT.search(line)]
    assert said == [], done.stderr
