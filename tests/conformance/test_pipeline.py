"""wgen in a pipeline: its hooks as pre-commit runs them in a fresh clone, its action as a checker of actions
sees it, and what it prints for GitLab and for readers of JUnit."""

import json
import os
import shutil
import xml.etree.ElementTree

import jsonschema
import pytest

import harness
from harness import JUDGES, run

WGEN = harness.TOP / os.environ.get("BUILD", "build") / "wgen"
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array", "items": {
        "type": "object", "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1}, "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object", "required": ["path"], "properties": {
                    "path": {"type": "string", "pattern": "^(?![./])"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                    "positions": {"type": "object"}}}}}}


@pytest.fixture
def folder(tmp_path):
    """A repository with a system in it, and wgen's hooks in a repository of their own."""
    def git(*words, where):
        done = run("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main", *words, cwd=where)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()
    hooks, first, clone = (tmp_path / name for name in ("hooks", "first", "clone"))
    for where in (hooks, first):
        where.mkdir()
        git("init", "-q", where=where)
    shutil.copy(harness.TOP / ".pre-commit-hooks.yaml", hooks)
    git("add", ".", where=hooks)
    git("commit", "-q", "-m", "hooks", where=hooks)
    (first / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {git('rev-parse', 'HEAD', where=hooks)}\n"
        "    hooks: [{id: wgen-check}, {id: wgen-build}]\n")
    assert run(WGEN, "init", "shop", "-q", cwd=first).returncode == 0
    assert run(WGEN, "build", "-q", cwd=first).returncode == 0
    git("add", ".", where=first)
    git("commit", "-q", "-m", "shop", where=first)
    git("clone", "-q", first, clone, where=tmp_path)
    return clone


def commit_hooks(folder):
    """What pre-commit says of what is staged in `folder`."""
    harness.needs(JUDGES / "pre-commit")
    run("git", "add", "--all", cwd=folder)
    path = {**harness.ENVIRONMENT, "PATH": f"{WGEN.parent}:{harness.ENVIRONMENT['PATH']}", "PRE_COMMIT_HOME": str(folder / "../home")}
    return harness.subprocess.run([JUDGES / "pre-commit", "run", "--color=never", "--all-files"],
                                  cwd=folder, env=path, capture_output=True, text=True)


def test_hooks_are_a_manifest():
    done = run(JUDGES / "pre-commit", "validate-manifest", harness.TOP / ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


def test_a_fresh_clone_passes(folder):
    done = commit_hooks(folder)
    assert done.returncode == 0 and done.stdout.count("Passed") == 2, done.stdout + done.stderr


def test_a_mistake_is_shown(folder):
    spec = folder / "specs/shop.yaml"
    spec.write_text(spec.read_text().replace("visibility:", "visibilty:"))
    done = commit_hooks(folder)
    assert done.returncode == 1 and "unknown key `visibilty`" in done.stdout, done.stdout + done.stderr


def test_what_was_not_built_is_shown(folder):
    spec = folder / "specs/shop.yaml"
    spec.write_text(spec.read_text().replace("visibility: 3m", "visibility: 4m"))
    done = commit_hooks(folder)
    assert done.returncode == 1 and "is not what its spec says" in done.stdout, done.stdout + done.stderr
    assert run(WGEN, "build", "-q", cwd=folder).returncode == 0
    done = commit_hooks(folder)
    assert done.returncode == 0, done.stdout


def test_the_action():
    action = harness.TOP / "action.yml"
    done = run(JUDGES / "zizmor", "--offline", "--quiet", "--color=never", "--no-progress", action)
    assert done.returncode == 0, done.stdout + done.stderr


def mistakes(format):
    specs = sorted((harness.TOP / "tests/errors").glob("*.yaml"))[:40]
    done = run(WGEN, "check", "--format", format, "--max-errors", "0", *(spec.name for spec in specs), cwd=specs[0].parent)
    assert done.returncode == 1
    return done.stdout


def test_gitlab():
    report = json.loads(mistakes("gitlab"))
    jsonschema.Draft7Validator(GITLAB).validate(report)
    assert len(report) > 30
    prints = [one["fingerprint"] for one in report]
    assert len(set(prints)) == len(prints)


def test_junit():
    root = xml.etree.ElementTree.fromstring(mistakes("junit"))
    suites = [root] if root.tag == "testsuite" else root.findall("testsuite")
    assert suites
    for suite in suites:
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == sum(case.find("failure") is not None for case in cases) > 30
        assert all(case.get("name") and case.get("classname") for case in cases)
        assert all(failure.get("message") for failure in suite.iter("failure"))
