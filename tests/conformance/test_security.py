"""checkov on both targets: nothing fails but what checkov.skip has a reason for."""

import json
import pathlib
import shutil

import pytest

import harness
from conftest import OUT
from harness import JUDGES, run

HERE = pathlib.Path(__file__).parent


def skips(target):
    """The pairs of system (or None) and id that may fail on a target."""
    found = set()
    for line in (HERE / "checkov.skip").read_text().splitlines():
        if line and not line.startswith("#"):
            where, check, reason = line.split(" ", 2)
            on, _, system = where.partition("/")
            assert reason.strip()
            if on in ("both", target):
                found.add((system or None, check))
    return found


def system_of(stack):
    return stack.folder.relative_to(OUT).parts[0]


def verdicts(target, paths):
    """What checkov says of each template or configuration: [{errors, passed, failed}]."""
    harness.needs(JUDGES / "checkov")
    python = (JUDGES / "checkov").resolve().parent / "python"
    done = run(python, HERE / "ask_checkov.py", target, *paths)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout).values())


@pytest.mark.long
@pytest.mark.parametrize("target", ["cloudformation", "terraform"])
def test_checkov(target):
    stacks = harness.stacks(OUT)
    said = dict(zip(stacks, verdicts(target, [s.template if target == "cloudformation" else s.configuration for s in stacks])))
    assert [stack for stack, s in said.items() if s["errors"]] == [] and sum(s["passed"] for s in said.values()) > 100
    failed = {(system_of(stack), check, resource) for stack, s in said.items() for check, resource in s["failed"]}
    allowed = skips(target)
    assert sorted(f for f in failed if not {(f[0], f[1]), (None, f[1])} & allowed) == []
    assert sorted(a[1] for a in allowed if a[1] not in {f[1] for f in failed}) == [], "nothing fails these any more"


def test_wherever_it_is(tmp_path):
    """checkov looks for keys in paths as well, and this one has the shape of one."""
    template = OUT / "code-elsewhere/cloudformation/code-elsewhere.yaml"
    copy = tmp_path / f"-{'a' * 40}-" / template.name
    copy.parent.mkdir()
    shutil.copy(template, copy)
    here, there = verdicts("cloudformation", [template, copy])
    assert here == there
