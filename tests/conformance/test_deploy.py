"""What deploys: the scripts, and the pipelines of GitHub."""

import shutil

import pytest

from conftest import OUT
from harness import JUDGES, run

PIPELINES = sorted(OUT.glob("*/ci/*.yml"))
SCRIPTS = sorted([*OUT.glob("**/deploy/*.sh")])


def ident(path):
    return str(path.relative_to(OUT))


def test_there_are_some():
    assert PIPELINES and SCRIPTS


@pytest.mark.parametrize("path", PIPELINES, ids=ident)
def test_actionlint(path):
    done = run(JUDGES / "actionlint", "-no-color", str(path))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", PIPELINES, ids=ident)
def test_zizmor(path):
    done = run(JUDGES / "zizmor", "--offline", "--persona=pedantic", "--no-progress", str(path))
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not here")
@pytest.mark.parametrize("path", SCRIPTS, ids=ident)
def test_shellcheck(path):
    done = run("shellcheck", "-s", "sh", str(path))
    assert done.returncode == 0, done.stdout
