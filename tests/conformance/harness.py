"""What the judges have in common: where things are, what wgen wrote, and how to plan it."""

import contextlib
import dataclasses
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
JUDGES = TOP / "build/judges"
ENVIRONMENT = {
    **os.environ, "PATH": f"{JUDGES}:{os.environ['PATH']}", "TF_CLI_CONFIG_FILE": str(JUDGES / "tofurc"),
    "AWS_EC2_METADATA_DISABLED": "true",
    "PYTHONHASHSEED": "0",  # a judge in Python goes through its sets in one order
}


def needs(judge):
    """Skips a test whose judge no registry gave."""
    if not judge.exists():
        pytest.skip(f"{judge.name} is not here")


def run(*command, **options):
    if isinstance(command[0], pathlib.Path) and command[0].parent == JUDGES:
        needs(command[0])
    if command[0] == JUDGES / "tofu":
        needs(JUDGES / "terraform-provider-aws")
        needs(JUDGES / "schema.json")
    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, text=True, env=ENVIRONMENT, **options)


@dataclasses.dataclass(frozen=True)
class Stack:
    """One stack as wgen wrote it."""
    folder: pathlib.Path  # out/SYSTEM or out/SYSTEM/env/ENV
    name: str

    @property
    def template(self):
        return self.folder / "cloudformation" / f"{self.name}.yaml"

    @property
    def configuration(self):
        return self.folder / "terraform" / self.name

    @property
    def region(self):
        text = (self.configuration / "terraform.tf").read_text()
        said = re.search(r'^provider "aws" \{\n  region = "(.*)"', text, re.M)
        return said[1] if said else "us-east-1"  # as the stand-in provider has it

    def __str__(self):
        return f"{self.folder.name}/{self.name}"


def stacks(out):
    """Every stack below the folder `out`."""
    return [Stack(template.parent.parent, template.stem) for template in sorted(out.rglob("cloudformation/*.yaml"))]


def variables_of(configuration):
    """The variables without a default, and their types."""
    text = "".join(file.read_text() for file in sorted(configuration.glob("*.tf")))
    found = {}
    for name, body in re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', text, re.M | re.S):
        if not re.search(r"^  default\s*=", body, re.M):
            found[name] = re.search(r"^  type\s*=\s*(.*)$", body, re.M)[1]
    return found


def given_to(configuration):
    """Something for each variable that must be given."""
    texts = {"string": "given-{}", "number": 7, "list(string)": ["given-{}"]}
    return {name: json.loads(json.dumps(texts[kind]).replace("{}", name.replace("_", "-")))
            for name, kind in variables_of(configuration).items()}


def prepare(configuration, folder):
    """A copy of a configuration, below a folder that may have its state already. Where its state would be is
    left out: a backend has to be there for a plan."""
    copy = pathlib.Path(folder) / "terraform" / configuration.name
    shutil.copytree(configuration, copy, dirs_exist_ok=True)
    if not (copy.parents[1] / "asl").exists():
        (copy.parents[1] / "asl").symlink_to(configuration.parents[1] / "asl")
    for file in copy.glob("*.tf"):
        file.write_text(re.sub(r'\n  backend "\w+" \{\n.*?\n  \}\n', "\n", file.read_text(), flags=re.S))
    return copy


def plan_in(copy):
    """What would change there, as `tofu show -json` tells it; the plan is the file `plan` of it."""
    given = [f"-var={name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in given_to(copy).items()]
    done = run(JUDGES / "tofu", f"-chdir={copy}", "plan", "-input=false", "-no-color", "-lock=false", "-out=plan", *given)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(run(JUDGES / "tofu", f"-chdir={copy}", "show", "-json", "plan").stdout)


@contextlib.contextmanager
def copied(configuration):
    """A copy of a configuration that can be planned anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        yield prepare(configuration, folder)


def digest(configuration):
    """What a plan of a configuration depends on, beside what it is planned with."""
    files = sorted((*configuration.glob("*.tf"), *configuration.glob("*.json"), *configuration.parents[1].glob("asl/*")))
    return hashlib.sha256(b"".join(file.name.encode() + b"\0" + file.read_bytes() for file in files)).hexdigest()[:20]


def plan(configuration):
    """Several tests ask for the plan of one configuration: whoever is first leaves it for the others."""
    kept = TOP / "build/conformance/plans" / f"{digest(configuration)}.json"
    if not kept.exists():
        with copied(configuration) as copy:
            made = plan_in(copy)
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(made))
        new.replace(kept)
    return json.loads(kept.read_text())


@functools.cache
def provider_schema():
    """The AWS provider's schema."""
    needs(JUDGES / "schema.json")
    (schema,) = json.loads((JUDGES / "schema.json").read_text())["provider_schemas"].values()
    return schema
