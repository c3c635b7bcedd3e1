"""A system as it runs, on one machine: moto in the place of AWS, the compiled handlers behind the
Lambda runtime API, every call signed and checked against the policies that wgen wrote."""

import io
import json
import logging
import os
import pathlib
import platform
import re
import subprocess
import threading
import warnings
import zipfile

# Before boto3 and moto are imported, which read it.
os.environ.update(AWS_ACCESS_KEY_ID="local", AWS_SECRET_ACCESS_KEY="local", AWS_EC2_METADATA_DISABLED="true",
                  MOTO_EC2_LOAD_DEFAULT_AMIS="false", VALIDATE_LAMBDA_S3="false", NO_PROXY="*", no_proxy="*")

import boto3  # noqa: E402
import yaml  # noqa: E402
from botocore.config import Config  # noqa: E402
from moto.core.config import default_user_config  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402
from moto.sts.models import sts_backends  # noqa: E402

from . import access, expressions, functions, gateway, resources, runtime, storage, updates, workflows  # noqa: E402
from .running import Running  # noqa: E402

ACCOUNT = access.ACCOUNT


class Lab:
    """One emulator. `clock(what, seconds)` is how long a timeout, heartbeat, wait or retry takes."""

    key = "local"  # the access key of whoever tests or develops: it may do everything
    installed = False

    def __init__(self, clock=lambda what, seconds: seconds):
        self.clock = clock
        self.functions = runtime.Functions(self.variables, clock)
        self.used, self.refused, self.failed, self.unknown, self.express = set(), [], [], [], []
        self.jobs, self.gateways = {}, {}
        self.running, self.clients, self.lock = [], {}, threading.RLock()
        default_user_config["stepfunctions"]["execute_state_machine"] = True
        for noisy in ("werkzeug", "moto.stepfunctions"):  # what fails is in the history, or in `failed`
            logging.getLogger(noisy).setLevel(logging.CRITICAL)
        assert not Lab.installed, "moto can be changed once only"
        Lab.installed = True
        for part in (functions, gateway, storage, workflows, expressions, resources, updates, access):
            part.install(self)
        self.server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.endpoint = f"http://{host}:{port}"
        os.environ["MOTO_PORT"] = str(port)

    # --- clients and roles

    def session(self, role, name):
        """The credentials of a role, or of whoever may do everything."""
        if role is None:
            return {"aws_access_key_id": self.key, "aws_secret_access_key": self.key}
        made = sts_backends[ACCOUNT]["aws"].assume_role("us-east-1", name, role, None, 3600, None)
        return {"aws_access_key_id": made.access_key_id, "aws_secret_access_key": made.secret_access_key,
                "aws_session_token": made.session_token}

    def client(self, service, region, role=None):
        with self.lock:
            key = (service, region, role)
            if key not in self.clients:
                self.clients[key] = boto3.session.Session().client(
                    service, region_name=region, endpoint_url=self.endpoint, **self.session(role, "lab"),
                    config=Config(s3={"addressing_style": "path"}, inject_host_prefix=False, retries={"total_max_attempts": 1},
                                  read_timeout=900, max_pool_connections=64))
            return self.clients[key]

    def process_variables(self, region, role, name):
        session = self.session(role, name)
        return {
            "PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8", "TZ": ":UTC", "AWS_REGION": region, "AWS_DEFAULT_REGION": region,
            "AWS_ACCESS_KEY_ID": session["aws_access_key_id"], "AWS_SECRET_ACCESS_KEY": session["aws_secret_access_key"],
            "AWS_SESSION_TOKEN": session["aws_session_token"], "AWS_ENDPOINT_URL": self.endpoint, "AWS_ACCOUNT_ID": ACCOUNT,
            "ASAN_OPTIONS": "exitcode=99:detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1"}

    def variables(self, function):
        """The environment of a function's process, as Lambda makes it."""
        return {
            **self.process_variables(function.region, function.role, function.function_name),
            "_HANDLER": function.handler or "", "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name, "AWS_LAMBDA_FUNCTION_VERSION": str(function.version),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size), "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            **{name: str(value) for name, value in function.environment_vars.items()}}

    @staticmethod
    def answer(value):
        """What a function that is not there would answer."""
        return runtime.Answer("response", json.dumps(value).encode()), ""

    @staticmethod
    def error(name, message):
        """How a function would fail."""
        return runtime.error("error", name, message), ""

    # --- deploying

    def create(self, name, region, template, parameters):
        """Creates a stack and returns its outputs."""
        client = self.client("cloudformation", region)
        asked = yaml.safe_load(template).get("Parameters", {})
        given = [{"ParameterKey": key, "ParameterValue": parameters.get(key, "local")}
                 for key, one in asked.items() if key in parameters or "Default" not in one]
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            client.create_stack(StackName=name, TemplateBody=template, Parameters=given, Capabilities=["CAPABILITY_NAMED_IAM"])
        for message in map(str, (warning.message for warning in said)):
            if "not supported by moto" in message:
                self.unknown.append((name, re.search(r"AWS::[\w:]+", message)[0]))
        (stack,) = client.describe_stacks(StackName=name)["Stacks"]
        if stack["StackStatus"] != "CREATE_COMPLETE":
            raise RuntimeError(f"{name}: {stack['StackStatus']} {stack.get('StackStatusReason', '')}")
        return {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])}

    def deploy(self, system, programs):
        """Deploys every stack of a system. `programs` has its programs, by the id of their function."""
        names = list(programs)  # all are compiled before anything is made
        running = Running(self, system, programs)
        code = f"local-code-{system.name}-{system.environment or 'only'}"
        s3 = running.client("s3")
        s3.create_bucket(Bucket=code, **({} if system.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": system.region}}))
        for name in names:  # moto keeps code; what runs is the program
            s3.put_object(Bucket=code, Key=f"{system.name}/local/{name}.zip", Body=empty_zip())
        for path, one in system.of("function").items():
            self.functions.programs[one["name"]] = (programs, path.rsplit(".", 1)[-1])
        for stack in system.stacks:
            file = system.folder / "cloudformation" / f"{stack}.yaml"
            if file.exists():
                running.outputs.update(self.create(stack, system.region, file.read_text(), {"CodeBucket": code, "Release": "local"}))
        running.begin()
        self.running.append(running)
        return running

    def deliver(self, arn, event, region):
        """An event for the target of a rule, a bucket or a pipe, which nobody waits for."""
        body = json.dumps(event)
        try:
            service = arn.split(":")[2]
            if service == "lambda":
                answer = self.client("lambda", region).invoke(FunctionName=arn, Payload=body)
                if "FunctionError" in answer:
                    raise RuntimeError(answer["Payload"].read().decode())
            elif service == "states":
                self.client("stepfunctions", region).start_execution(stateMachineArn=arn, input=body)
            else:
                self.client("sns", region).publish(TopicArn=arn, Message=body)
        except Exception as why:  # noqa: BLE001 - whatever it is, somebody will look at it
            self.failed.append((arn, event, str(why)))

    def run_job(self, name, arguments, region):
        """There is no Spark here: a job is the function in `jobs`, or hands on what it is given."""
        if name in self.jobs:
            self.jobs[name](arguments)
        elif "--input" in arguments:
            s3, bucket = self.client("s3", region), arguments["--bucket"]
            body = s3.get_object(Bucket=bucket, Key=arguments["--input"])["Body"].read()
            s3.put_object(Bucket=bucket, Key=arguments["--output"], Body=body)

    def stop(self):
        """Ends everything, and returns the exit status and last words of each process."""
        for running in self.running:
            running.stop()
        self.functions.stop()
        self.server.stop()
        return self.functions.codes


def empty_zip():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("bootstrap", "")
    return data.getvalue()


def build(system, folder, flags=()):
    """Compiles the handlers of a system into `folder`; its programs, by the id of their function or worker."""
    if not system.handlers.exists():  # it has neither
        return {}
    done = subprocess.run(["make", "-s", "-j2", "-C", system.handlers, f"SOURCES={system.sources}", f"BUILD={folder}", *flags], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"the handlers of {system.name} do not compile\n{done.stderr or done.stdout}")
    programs = pathlib.Path(folder) / platform.machine().replace("aarch64", "arm64")
    return {p.name: str(p) for p in programs.iterdir() if p.is_file() and os.access(p, os.X_OK)}
