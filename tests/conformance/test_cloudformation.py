"""cfn-lint, and AWS's own validator, which must not find more."""

from harness import JUDGES, run


def test_cfn_lint(system):
    templates = sorted(system.rglob("cloudformation/*.yaml"))
    done = run(JUDGES / "cfn-lint", "-c", "I", "--format", "parseable", "--", *templates)
    assert done.stdout == "" and done.returncode == 0, done.stdout + done.stderr
