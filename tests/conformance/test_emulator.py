"""The emulator creates every stack; what it does not know is written down in emulator.unknown."""

import json
import pathlib

import pytest

import harness
from harness import JUDGES, run

HERE = pathlib.Path(__file__).parent
LISTED = dict(line.split(" ", 1) for line in (HERE / "emulator.unknown").read_text().splitlines() if line and not line.startswith("#"))
UNKNOWN = {name for name in LISTED if "::" in name}  # types that it passes over
REFUSED = LISTED.keys() - UNKNOWN  # systems that it does not create


@pytest.mark.long
def test_created():
    harness.needs(JUDGES / "python")
    done = run(JUDGES / "python", "-W", "ignore", HERE / "emulate.py")
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
    systems = said["systems"]
    assert len(systems) > 80
    assert {name: why for name, why in systems.items() if isinstance(why, str) and name not in REFUSED} == {}
    assert {name for name, why in systems.items() if isinstance(why, str)} == REFUSED, "these are created now"
    assert {kind for lacking in systems.values() if isinstance(lacking, list) for kind in lacking} <= UNKNOWN
    assert set(said["unknown"]) == UNKNOWN
