"""deploy.sh as it is generated, with the AWS CLI as it is released, on an emulator that has nothing yet."""

import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import zipfile

import boto3
import pytest
from botocore.config import Config

from conftest import TOP, WORK, build, read

HERE = pathlib.Path(__file__).resolve().parent
HOST = platform.machine().replace("aarch64", "arm64")
JUDGES = TOP / "build/judges"
ENVIRONMENTS = {"hybrid-ci-cd": "staging"}


class Account:
    """An AWS account in which nothing has been deployed, and a machine with the AWS CLI."""

    def __init__(self, folder):
        self.folder, self.bin = folder, folder / "bin"
        self.bin.mkdir()
        self.emulator = subprocess.Popen([sys.executable, HERE / "emulator.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.cli = subprocess.Popen([sys.executable, HERE / "aws.py", "serve", folder / "cli"], stdout=subprocess.PIPE, text=True)
        # CloudWatch's telemetry has no emulator: what is asked of it is kept.
        self.program("aws", f'[ "$1" != observabilityadmin ] || {{ echo "$2" >>{folder}/telemetry; exit; }}\nexec {sys.executable} -IS {HERE}/aws.py {folder}/cli "$@"')
        self.program("docker", f'echo "$*" >>{folder}/docker; [ "$1" != login ] || cat >/dev/null')
        self.endpoint = self.emulator.stdout.readline().strip()
        assert self.cli.stdout.readline() == "ready\n"
        nothing = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true", "NO_PROXY": "*", "no_proxy": "*"}
        self.variables = {**{k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PYTHON"))}, **nothing, "AWS_ENDPOINT_URL": self.endpoint,
                          "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "PATH": f"{self.bin}:{os.environ['PATH']}"}

    def program(self, name, text):
        (self.bin / name).write_text(f"#!/bin/sh\n{text}\n")
        (self.bin / name).chmod(0o755)

    def client(self, service, region):
        return boto3.client(service, region_name=region, endpoint_url=self.endpoint, aws_access_key_id="test", aws_secret_access_key="test",
                            config=Config(inject_host_prefix=False))

    def stacks(self, region):
        return {s["StackName"]: s["StackStatus"] for s in self.client("cloudformation", region).describe_stacks()["Stacks"]}

    def end(self):
        """What has gone wrong in the emulator."""
        self.cli.kill()
        self.cli.wait()
        return self.emulator.communicate("", timeout=60)[0]


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    made = Account(tmp_path_factory.mktemp("account"))
    yield made
    assert made.end() == ""


class Project:
    """A folder with one system, and its packages for this machine."""

    def __init__(self, account, folder, system):
        self.account, self.folder, self.system = account, folder, system
        for name in (f"specs/{system}.yaml", f"specs/{system}", f"out/{system}"):
            copy = shutil.copytree if (WORK / name).is_dir() else shutil.copy
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy(WORK / name, folder / name)
        build(read(system, ENVIRONMENTS.get(system, "")), folder / "build")  # what is not edited is not compiled again

    def packages(self):
        build = self.folder / "build"
        subprocess.run(["make", "-s", "-C", self.folder / "out" / self.system / "handlers", f"BUILD={build}", f"PACKAGE_ARCH={HOST}", "package"], check=True)
        return build / "package" / HOST

    def programs(self):
        """The same, as small as this machine lets them be: it has the libraries."""
        build = self.folder / "build"
        subprocess.run(["make", "-s", "-j2", "-C", self.folder / "out" / self.system / "handlers", f"BUILD={build}"], check=True)
        (build / "zips").mkdir(exist_ok=True)
        for program in (build / HOST).iterdir():
            if program.is_file() and os.access(program, os.X_OK):
                with zipfile.ZipFile(build / "zips" / f"{program.name}.zip", "w") as archive:
                    archive.write(program, "bootstrap")
        return build / "zips"

    def deploy(self, *arguments, code=0, target="cloudformation", **variables):
        """What `make -C deploy` says."""
        done = subprocess.run(["make", "-s", "-C", self.folder / "out" / self.system / "deploy", *arguments], text=True, capture_output=True, timeout=900,
                              env={**self.account.variables, "TARGET": target, **variables})
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def sessions(account, tmp_path_factory):
    return Project(account, tmp_path_factory.mktemp("sessions"), "hybrid-ci-cd")


def version(account):
    alias = account.client("lambda", "us-east-1").get_alias(FunctionName="hybrid-ci-cd-staging", Name="live")
    return alias["FunctionVersion"]


def test_a_plan_changes_nothing(account, sessions):
    said = sessions.deploy("plan", "ENV=staging", PACKAGES="nowhere")
    assert re.search(r"hybrid-ci-cd-staging:\n  Add +", said) and "AWS::DynamoDB::Table" in said
    assert account.stacks("us-east-1") == {}
    assert account.client("s3", "us-east-1").list_buckets()["Buckets"] == []


def test_a_release_another_one_and_back(account, sessions):
    """Each answers for itself: what runs is what was uploaded."""
    packages = str(sessions.packages())

    def release(command, **variables):
        said = sessions.deploy(command, "ENV=staging", **{"PACKAGES": packages, **variables})
        return said, json.loads(re.search(r'^\{"status".*\}$', said, re.M)[0])
    said, answer = release("deploy")
    assert "uploading api.zip" in said and answer == {"status": "healthy", "version": "0.1.0"}
    assert set(account.stacks("us-east-1").values()) == {"CREATE_COMPLETE"} and version(account) == "1"

    said, _ = release("deploy")
    assert "hybrid-ci-cd-staging: as it was deployed" in said and "uploading" not in said
    said, _ = release("deploy", FORCE="1")
    assert "hybrid-ci-cd-staging: nothing changes" in said and version(account) == "1"

    handler = sessions.folder / "specs/hybrid-ci-cd/handlers/api.c"
    handler.write_text(handler.read_text().replace('"healthy"', '"very healthy"'))
    said, answer = release("deploy", PACKAGES=str(sessions.programs()))
    assert "uploading api.zip" in said and re.search(r"Modify +FunctionApiVersion", said) and answer["status"] == "very healthy"
    assert version(account) == "2"

    said, answer = release("rollback")
    assert "back from release" in said and "uploading" not in said and answer["status"] == "healthy"
    assert len(sessions.deploy("releases", "ENV=staging").split()) == 1


@pytest.fixture(scope="module")
def tofu(tmp_path_factory):
    """OpenTofu with the stand-in for the AWS provider, where `make conformance` has made them."""
    if not (JUDGES / "tofu").exists() or not (JUDGES / "terraform-provider-aws").exists():
        pytest.skip("OpenTofu is not here; `make conformance` makes it")
    folder = tmp_path_factory.mktemp("tofu")
    mirror = folder / "mirror/registry.opentofu.org/hashicorp/aws/6.0.0" / f"linux_{platform.machine().replace('x86_64', 'amd64').replace('aarch64', 'arm64')}"
    mirror.mkdir(parents=True)
    for name in ("terraform-provider-aws", "schema.json"):
        shutil.copy(JUDGES / name, mirror)
    (folder / "rc").write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{folder}/mirror"\n  }}\n}}\n')
    return {"TERRAFORM": str(JUDGES / "tofu"), "TF_CLI_CONFIG_FILE": str(folder / "rc"), "target": "terraform"}


def test_the_same_with_terraform(account, sessions, tofu):
    """Its state is in the bucket of the spec. The stand-in makes nothing: what it would have made is there from before."""
    s3 = account.client("s3", "us-east-1")
    s3.create_bucket(Bucket="hybrid-ci-cd-terraform-state")
    packages = str(sessions.programs())
    said = sessions.deploy("plan", "ENV=staging", PACKAGES=packages, **tofu)
    assert "to add, 0 to change, 0 to destroy" in said and "Apply complete" not in said
    said = sessions.deploy("deploy", "ENV=staging", PACKAGES=packages, **tofu)
    assert said.count("Apply complete! Resources: ") == 2 and '{"status":"healthy"' in said
    assert {o["Key"] for o in s3.list_objects_v2(Bucket="hybrid-ci-cd-terraform-state")["Contents"]} == {
        "hybrid-ci-cd-staging/terraform.tfstate", "hybrid-ci-cd-staging/hybrid-ci-cd-staging-foundation.tfstate"}
    said = sessions.deploy("deploy", "ENV=staging", PACKAGES=packages, **tofu)
    assert "hybrid-ci-cd-staging: as it was deployed" in said and "Apply complete" not in said
    assert len(sessions.deploy("releases", "ENV=staging").split()) == 2 and version(account) == "3"
    account.client("lambda", "us-east-1").update_alias(FunctionName="hybrid-ci-cd-staging", Name="live", FunctionVersion="2")  # which has its code
    said = sessions.deploy("rollback", "ENV=staging", PACKAGES=packages, **tofu)
    assert "live goes back from version 2 to 3" in said and "Apply complete! Resources: " in said and version(account) == "3"
    assert len(sessions.deploy("releases", "ENV=staging").split()) == 1


def test_localstack_is_an_aws_to_deploy_to(account, tmp_path):
    """Where something answers as LocalStack does, `wgen local up` deploys there."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/tiny.yaml").write_text("system: tiny\nregion: eu-west-1\nenvironments: {test: {}, live: {}}\nqueues: {jobs: {}}\n")

    def up(*arguments, code=0, **variables):
        done = subprocess.run([os.environ["WGEN"], "local", "up", "tiny", *arguments], cwd=tmp_path, text=True, capture_output=True, timeout=600,
                              env={**account.variables, "LOCALSTACK_HOST": account.endpoint.removeprefix("http://"), "AWS_ENDPOINT_URL": "http://127.0.0.1:1", **variables})
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr
    assert "has no environment `moon`" in up("--env", "moon", code=2)
    said = up("--env", "live")
    assert "tiny live is up on LocalStack" in said and f"export AWS_ENDPOINT_URL={account.endpoint} " in said
    assert account.stacks("eu-west-1") == {"tiny-live": "CREATE_COMPLETE"}
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python3").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (tmp_path / "bin/python3").chmod(0o755)
    assert "the AWS CLI, which deploys to it, is not here" in up(code=4, PATH=str(tmp_path / "bin"))


@pytest.mark.parametrize("system, region, stacks", [("webordinary", "us-west-2", 4), ("ceap", "us-east-1", 4)])
def test_all_stacks_of_a_system(account, tmp_path, system, region, stacks):
    """In their order, with what CloudFormation can't do around them; a second time nothing is left to do."""
    project = Project(account, tmp_path, system)
    packages = str(project.programs())
    before = account.stacks(region)
    project.deploy("deploy", PACKAGES=packages)
    made = {name: status for name, status in account.stacks(region).items() if name not in before}
    assert len(made) == stacks and set(made.values()) == {"CREATE_COMPLETE"}
    said = project.deploy("deploy", PACKAGES=packages)
    assert said.count("as it was deployed") == stacks and "uploading" not in said
    if "observabilityadmin" in (project.folder / "out" / system / "deploy/settings.sh").read_text():  # its alarms over many ask for tags
        assert "start-telemetry-enrichment" in (account.folder / "telemetry").read_text().split()
