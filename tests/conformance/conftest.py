"""Every judge is asked about every stack that wgen writes for specs/ and for the small specs here."""

import collections

import harness

WORK = harness.TOP / "build/conformance"
OUT = WORK / "out"


def pytest_generate_tests(metafunc):
    if "stack" in metafunc.fixturenames:
        stacks = harness.stacks(OUT)
        metafunc.parametrize("stack", stacks, ids=map(str, stacks))
    if "definition" in metafunc.fixturenames:
        files = sorted(OUT.rglob("asl/*.asl.json"))
        metafunc.parametrize("definition", files, ids=[str(file.relative_to(OUT)) for file in files])
    if "said" in metafunc.fixturenames:
        said = sorted((WORK / "said").iterdir())
        metafunc.parametrize("said", said, ids=[file.name for file in said])
    if "system" in metafunc.fixturenames:
        systems = sorted(folder for folder in OUT.iterdir() if (folder / "manifest").is_file())
        metafunc.parametrize("system", systems, ids=[folder.name for folder in systems])


def pytest_configure(config):
    config.addinivalue_line("markers", "long: takes a minute; others are done beside it, so it begins first")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_unconfigure(config):
    """The last lines are those that tests/run.sh reads."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and not hasattr(config, "workerinput"):
        reasons = collections.Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reporter.stats.get("skipped", []))
        for reason, times in sorted(reasons.items()):
            print(f"skipped: {reason}: {times} tests")
        count = {word: len(reporter.stats.get(word, [])) for word in ("passed", "failed", "error", "skipped")}
        print(f"{count['passed']} passed, {count['failed'] + count['error']} failed, {count['skipped']} skipped")
