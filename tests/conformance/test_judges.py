"""The judges can say no: each mistake that is put into good output here is found."""

import copy
import shutil

import pytest

import equal
import harness
import test_terraform
from conftest import OUT
from harness import JUDGES, run

MISTAKES = {  # in terraform/function-every-field/main.tf
    "an argument that is not there": ("memory_size ", "memory_sizes"),
    "a block that is not there": ("tracing_config {", "tracing {") ,
    "a string for a number": ("= 10\n", '= "ten"\n'),
    "a list for a string": ('"bootstrap"', '["bootstrap"]'),
    "a required argument is missing": ("  role          = aws_iam_role.web.arn\n", ""),
    "an argument that AWS decides": ('function_name = "function-every-field-web"', 'function_name = "function-every-field-web"\n  qualified_arn = "x"'),
    "a resource that is not there": ("aws_iam_role.take.arn", "aws_iam_role.taken.arn"),
    "an attribute that is not there": ("aws_iam_role.take.arn", "aws_iam_role.take.arm"),
    "a type that is not there": ('"aws_lambda_function_url"', '"aws_lambda_function_link"'),
    "two of one name": ('resource "aws_iam_role" "scan"', 'resource "aws_iam_role" "take"'),
    "a text that is no ARN": ("on_failure {\n", "on_failure {\n      # "),
    "two ways to say where the code is": ("= var.code_bucket\n", '= "bucket"\n  image_uri = "a/b:c"\n'),
}


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(OUT / "function-every-field/terraform/function-every-field", tmp_path / "root")
    return tmp_path / "root"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_tofu_says_no(mistake, copied):
    old, new = MISTAKES[mistake]
    text = (copied / "main.tf").read_text()
    assert old in text
    (copied / "main.tf").write_text(text.replace(old, new, 1))
    assert run(JUDGES / "tofu", f"-chdir={copied}", "validate").returncode == 1


def test_tofu_fmt_says_no(copied):
    text = (copied / "main.tf").read_text()
    (copied / "main.tf").write_text(text.replace("  role          = ", "  role = ", 1))
    assert run(JUDGES / "tofu", "fmt", "-check", copied).returncode != 0


def test_tofu_plan_says_no(copied):
    """What only a plan sees: a text with nothing in it where something is to be."""
    assert run(JUDGES / "tofu", f"-chdir={copied}", "validate").returncode == 0
    (copied / "more.tf").write_text('output "none" {\n  value = "${element([for one in [1] : one if one > 1], 0)}"\n}\n')
    done = run(JUDGES / "tofu", f"-chdir={copied}", "plan", "-input=false", "-lock=false", *[f"-var={n}={v}" for n, v in harness.given_to(copied).items()])
    assert done.returncode != 0 and "element" in done.stderr, done.stdout + done.stderr


def test_tofu_test_says_no(copied):
    outputs = (copied / "outputs.tf").read_text() if (copied / "outputs.tf").exists() else ""
    (copied / "outputs.tf").write_text(outputs + '\noutput "nothing" {\n  value = null\n}\n')
    done = test_terraform.mocked(copied)
    assert "0 passed, 1 failed" in done.stdout and "nothing is not told" in done.stdout + done.stderr, done.stdout + done.stderr


def leaves(node, path=()):
    """The path of every scalar, and of what holds some."""
    if path:
        yield path
    if isinstance(node, dict) and len(node) == 1 and next(iter(node)) in ("Ref", "Fn::GetAtt", "Fn::Sub", "Fn::If"):
        return
    for key, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from leaves(inner, (*path, key))


@pytest.mark.parametrize("name", ["queue-every-field", "function-canary", "bucket-events", "table-every-field", "mail-in", "api-every-field"])
@pytest.mark.parametrize("how", ["changed", "removed"])
def test_comparison_says_no(name, how):
    (stack,) = [s for s in harness.stacks(OUT / name) if s.name == name]
    plan, schema = harness.plan(stack.configuration), harness.provider_schema()
    template = equal.deployed(stack)
    good = len(list(equal.compare(template, plan, schema)))

    def noticed():
        try:
            return len(list(equal.compare(template, plan, schema))) > good
        except Exception:  # what refers to it makes no sense any more
            return True

    unseen = []
    for logical_id, body in list(template.text["Resources"].items()):
        if body["Type"] in equal.DIFFERENCES["cloudformation"]:
            continue
        for path in leaves(body.get("Properties", {})):
            broken = copy.deepcopy(body)
            node = broken["Properties"]
            for key in path[:-1]:
                node = node[key]
            if how == "changed":
                node[path[-1]] = "something else"
            else:
                del node[path[-1]]
            template.text["Resources"][logical_id], template.properties = broken, {}
            if not noticed():
                unseen.append(f"{logical_id}: {path}")
        template.text["Resources"][logical_id] = body
    assert unseen == []


BAD = {  # what each judge must refuse: its command, the name of the file, the text
    "cfn-lint": (["cfn-lint", "-c", "I", "--"], "t.yaml", "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySecond: 1}}}\n"),
    "asl-validator": (["asl-validator", "--json-path"], "m.json", '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}'),
    "statelint": (["statelint"], "m.json", '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}'),
    "actionlint": (["actionlint"], "w.yml", "on: push\njobs: {a: {runs-on: ubuntu-latest, stepps: [{run: 'true'}]}}\n"),
    "zizmor": (["zizmor", "--offline", "--no-progress"], "w.yml", "on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
               "      - run: echo ${{ github.event.issue.title }}\n"),
    "hadolint": (["hadolint"], "Dockerfile", "FROM debian\nRUN cd /tmp\n"),
    "shellcheck": (["shellcheck"], "s.sh", "#!/bin/sh\nrm $1\n"),
}


@pytest.mark.parametrize("judge", BAD)
def test_says_no(judge, tmp_path):
    (name, *words), file, text = BAD[judge]
    if name == "shellcheck":
        if not shutil.which(name):
            pytest.skip("shellcheck is not here")
    else:
        name = JUDGES / name
    folder = tmp_path / ".github/workflows" if file.endswith(".yml") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text)
    done = run(name, *words, folder / file)
    if judge == "statelint":  # says it, and exits with 0 or 1
        assert len(done.stdout.splitlines()) > 1
    else:
        assert done.returncode not in (0, 127), done.stdout + done.stderr
