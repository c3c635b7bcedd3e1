"""checkov on both targets: nothing fails but what checkov.skip has a reason for."""

import json
import pathlib

import pytest

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


@pytest.mark.parametrize("target", ["cloudformation", "terraform"])
def test_checkov(target):
    done = run(JUDGES / "checkov", "--quiet", "--compact", "-o", "json", "--skip-download", "--framework", target, "-d", OUT)
    report = json.loads(done.stdout)
    assert report["summary"]["parsing_errors"] == 0 and report["summary"]["passed"] > 100
    failed = {(check["file_path"].split("/")[1], check["check_id"], check["resource"]) for check in report["results"]["failed_checks"]}
    allowed = skips(target)
    assert sorted(f for f in failed if not {(f[0], f[1]), (None, f[1])} & allowed) == []
    assert sorted(a[1] for a in allowed if a[1] not in {f[1] for f in failed}) == [], "nothing fails these any more"
