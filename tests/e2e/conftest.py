"""One emulator for all scenarios of a process; time is short in it, where a scenario says so."""

import fcntl
import os
import pathlib
import shutil
import sys
import time

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
WORK = TOP / "build/e2e"
sys.path.insert(0, str(TOP / "templates/local"))

import lab  # noqa: E402
from lab import model  # noqa: E402


# Two of these run at once: those that take longest come first.
LONGEST = ("test_deploy", "test_webordinary", "test_local")


class Clock:
    """How long things take: `clock.most[what]` is the longest. A slow machine is no reason for a
    function to run out of time."""

    def __init__(self):
        self.most = {}

    def __call__(self, what, seconds):
        return max(seconds, 300) if what == "function" else min(seconds, self.most.get(what, seconds))


@pytest.fixture(scope="session")
def clock():
    return Clock()


@pytest.fixture(scope="session")
def the_lab(clock):
    made = lab.Lab(clock)
    yield made
    bad = [(name, code, said[-2000:]) for name, code, said in made.stop() if code != 0]
    assert bad == [], "a process ended with a bad exit status"


def build(system, copy=None):
    """The programs of a system, compiled once for all scenarios; `copy` is a folder that gets all that was made of them."""
    folder = WORK / "handlers" / system.name
    with open(WORK / f"{system.name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        programs = lab.build(system, folder)
        if copy:
            shutil.copytree(folder, copy)
            now = time.time()
            for made in copy.rglob("*"):
                os.utime(made, (now, now))  # all at once: nothing in it is older than what it was made of
    return programs


def read(name, environment=""):
    return model.read(os.environ["WGEN"], WORK, f"specs/{name}.yaml", environment)


@pytest.fixture(scope="session")
def deploy(the_lab):
    """Builds and deploys a system, in one environment."""
    def deployed(name, environment=""):
        system = read(name, environment)
        return the_lab.deploy(system, build(system))
    return deployed


@pytest.fixture(autouse=True)
def in_order(clock, the_lab):
    """Nothing is refused or fails unseen, and time is as long as the spec says, unless a test says otherwise."""
    clock.most = {"retry": 0.05}
    before = len(the_lab.refused), len(the_lab.failed)
    yield
    refused, failed = the_lab.refused[before[0]:], the_lab.failed[before[1]:]
    the_lab.failed[before[1]:] = []
    assert refused == []
    assert failed == []


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


def pytest_unconfigure(config):
    """The last line is the one that tests/run.sh reads."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        count = {word: len(reporter.stats.get(word, [])) for word in ("passed", "failed", "error", "skipped")}
        print(f"{count['passed']} passed, {count['failed'] + count['error']} failed, {count['skipped']} skipped")
