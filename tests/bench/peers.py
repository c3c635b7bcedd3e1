"""peers.py - other tools on the same work: how each is run, and whether it made the same resources."""
import json
import os
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent / "peers"

# What CloudFormation's resources are in Terraform. A role's policy is a resource of its own there.
TERRAFORM = {
    "AWS::SQS::Queue": "aws_sqs_queue", "AWS::CloudWatch::Alarm": "aws_cloudwatch_metric_alarm",
    "AWS::Lambda::Function": "aws_lambda_function", "AWS::Logs::LogGroup": "aws_cloudwatch_log_group",
    "AWS::IAM::Role": "aws_iam_role", "AWS::S3::Bucket": "aws_s3_bucket", "AWS::S3::BucketPolicy": "aws_s3_bucket_policy",
    "AWS::StepFunctions::StateMachine": "aws_sfn_state_machine", "AWS::Pipes::Pipe": "aws_pipes_pipe",
}


def install():
    """The folder that the peers are in, and what was said about those that are not."""
    cache = os.environ.get("WGEN_CACHE") or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "wgen"
    folder = pathlib.Path(cache) / "bench"
    said = subprocess.run([HERE / "install.sh", folder], check=True, capture_output=True, text=True).stdout
    return folder, said.splitlines()


def peers(folder, work, out):
    """Name -> command, environment, what it has to be there for that."""
    python, node = folder / "python/bin/python", folder / "node/node_modules"
    js = {"NODE_PATH": str(node)}
    return {
        "MiniJinja, all four outputs, no checks": ([python, HERE / "text.py", "minijinja", work, out], {}, python),
        "Jinja2, all four outputs, no checks": ([python, HERE / "text.py", "jinja2", work, out], {}, python),
        "troposphere": ([python, HERE / "tropo.py", work, out], {}, python),
        "go-jsonnet": ([folder / "go/jsonnet", "-c", "-m", out, "--ext-code-file", f"work={work}", HERE / "work.jsonnet"], {},
                       folder / "go/jsonnet"),
        "CUE": ([folder / "go/cue", "export", HERE / "work.cue", work, "-e", "out", "--out", "json", "-f", "-o", out / "all.json"], {},
                folder / "go/cue"),
        "CDK L1, its validation off": (["node", HERE / "cdk.js", work, out], {**js, "CDK_VALIDATION": "false"}, node / "aws-cdk-lib"),
        "cdktn": (["node", HERE / "cdktn.js", work, out], js, node / "cdktn"),
    }


def count(out):
    """How many resources there are of each type; Terraform's by CloudFormation's names."""
    counts = {}

    def add(kind, number=1):
        counts[kind] = counts.get(kind, 0) + number
    for path in out.rglob("*"):
        if path.suffix == ".yaml":
            for kind in re.findall(r"^    Type: (AWS::\S+)$", path.read_text(), re.M):
                add(kind)
        elif path.name == "cdk.tf.json":
            resources = json.loads(path.read_text())["resource"]
            for kind, name in TERRAFORM.items():
                add(kind, len(resources.get(name, {})))
        elif path.name.endswith(".template.json") or (path.suffix == ".json" and not path.name.endswith((".asl.json", ".assets.json"))):
            document = json.loads(path.read_text())
            templates = [document] if "Resources" in document else document.values() if path.name == "all.json" else []
            for template in templates:
                for resource in template["Resources"].values():
                    add(resource["Type"])
    return {kind: number for kind, number in counts.items() if number and kind != "AWS::CDK::Metadata"}


def prepare(folder, scratch, text, wanted):
    """The peers that are installed and make what is wanted: name -> (command, environment)."""
    work, out = scratch / "work.json", scratch / "out"
    work.write_text(text)
    ready, said = {}, []
    for name, (command, extra, needs) in peers(folder, work, out).items():
        if not needs.exists() or (command[0] == "node" and not shutil.which("node")):
            said.append(f"{name}: not installed")
            continue
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        env = {**os.environ, **extra}
        run = subprocess.run(command, cwd=scratch, env=env, capture_output=True, text=True)
        made = count(out) if run.returncode == 0 else run.stderr.strip().splitlines()[-1:]
        if made != wanted:
            said.append(f"{name}: does not make the same resources: {made}")
            continue
        ready[name] = (command, env)
    return ready, said
