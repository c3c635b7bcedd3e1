"""What `wgen local` can be asked: up, down, status, send, run, logs."""

import difflib
import json
import os
import pathlib
import time
import traceback
import uuid

from . import model
from .access import ACCOUNT
from .programs import Programs
from .runtime import DoesNotCompile
from .trace import Trace

SHOWN = ("api", "workflow", "queue", "topic", "bucket", "table", "function", "worker")
MANY = 8  # instances that are listed one by one


class Mistake(Exception):
    """What the user got wrong, and how to do it."""


class Deployed:
    """A system that is up."""

    def __init__(self, service, spec, environment, folder, wgen):
        self.spec, self.environment = spec, environment
        self.system = model.read(wgen, folder, spec, environment)
        self.programs = Programs(self.system, pathlib.Path(folder, "build/handlers", self.system.name))
        self.made = self.templates()
        self.running = service.lab.deploy(self.system, self.programs)
        self.workers = {}

    def templates(self):
        return {p.name: p.read_bytes() for p in sorted((self.system.folder / "cloudformation").iterdir())}

    def start_workers(self):
        """Those that are not there, or whose program is another by now."""
        for path, worker in self.system.of("worker").items():
            program = self.programs[path]
            built = os.stat(program).st_mtime_ns
            serves = worker["fields"].get("serves", "")[2:-1]
            for item in self.system.items(serves)[:MANY] if serves in self.system.resources else [{}]:
                key = (path, *item.values())
                old, when = self.workers.get(key, (None, None))
                if old and old.poll() is None and when == built:
                    continue
                if old:
                    self.running.end_worker(old)
                self.workers[key] = (self.running.worker(path, *item.values()), built)

    def instances(self, path):
        """(what it is called here, its physical name) of each."""
        for item in self.system.items(path):
            yield "/".join((path, *item.values())), self.running.name(path, **item), item, path

    def all(self):
        """Those of everything that people ask for by name."""
        return [one for path, resource in self.system.resources.items() if resource["kind"] in SHOWN for one in self.instances(path)]


def find(service, name):
    """(system, path, item, what stands behind it) of `PATH[/PROJECT[/USER]]`, a physical name, or either behind `SYSTEM/`."""
    found = []
    for deployed in service.systems.values():
        rest = name.removeprefix(deployed.system.name + "/")
        for called, physical, item, path in deployed.all():
            for one in (called, physical):
                if rest == one or rest.startswith(one + "/"):
                    found.append((len(one), deployed, path, item, rest[len(one) + 1:]))
    longest = max((one[0] for one in found), default=0)
    found = [one[1:] for one in found if one[0] == longest]
    if not found:
        near = difflib.get_close_matches(name, [one[0] for deployed in service.systems.values() for one in deployed.all()], 1)
        raise Mistake(f"nothing that is up is called `{name}`", f"did you mean `{near[0]}`?" if near else "`wgen local status` lists what is there")
    if len({one[0].system.name for one in found}) > 1:
        raise Mistake(f"`{name}` is in several systems: {', '.join(one[0].system.name for one in found)}", f"say SYSTEM/{name}")
    return found[0]


def kind(deployed, path):
    return deployed.system.resources[path]["kind"]


def up(service, request, talk):
    """What could not be made as a whole is not left half made: if nothing else is up, all of it goes."""
    try:
        make(service, request, talk)
    except (Mistake, DoesNotCompile, BrokenPipeError, ConnectionResetError):
        raise
    except Exception as why:  # noqa: BLE001 - whatever it is, somebody waits for an answer
        traceback.print_exc()
        first = "" if not service.systems else "`wgen local down` first: what was made before that is still there; "
        talk.put({"err": f"error: {why}\nhelp: {first}mend it, then `wgen local up` again; {os.getcwd()}/log says more"})
        if not service.systems:
            service.end()
        return 4
    return 0


def make(service, request, talk):
    with service.changing:
        for spec in request["specs"]:
            environment = choose(request, spec)
            if (spec, environment) in service.systems:
                again(service.systems[spec, environment], talk)
                continue
            deployed = Deployed(service, spec, environment, request["folder"], request["wgen"])
            service.systems[spec, environment] = deployed
            deployed.start_workers()
            if not request["quiet"]:
                describe(service, deployed, talk)


def choose(request, spec):
    """The environment that was asked for, or the first of those that there are."""
    there = [one.get("environment", "") for one in model.dumps(request["wgen"], request["folder"], spec, "expand")]
    if request["env"] and request["env"] not in there:
        raise Mistake(f"`{spec}` has no environment `{request['env']}`", f"it has {', '.join(filter(None, there)) or 'none'}")
    return request["env"] or there[0]


def again(deployed, talk):
    """It is up already: its handlers are compiled if they have changed."""
    deployed.programs.fresh()
    deployed.start_workers()
    if deployed.templates() != deployed.made:
        talk.say(f"{deployed.system.name} is up as it was before its spec changed: `wgen local down` first")
    else:
        talk.say(f"{deployed.system.name} is up")


def describe(service, deployed, talk):
    system, running = deployed.system, deployed.running
    talk.say(f"{system.name}{' ' + system.environment if system.environment else ''} is up at {service.lab.endpoint}, in {system.region}")
    talk.say(f"\n  export AWS_ENDPOINT_URL={service.lab.endpoint} AWS_REGION={system.region} \\\n"
             f"    AWS_ACCESS_KEY_ID={service.lab.key} AWS_SECRET_ACCESS_KEY={service.lab.key}\n")
    for sort in SHOWN:
        for path in system.of(sort):
            if system.resources[path].get("per") == "runtime":
                continue
            instances = list(deployed.instances(path))
            for called, name, *_ in instances[:MANY]:
                talk.say(f"  {sort:9} {called:28} {running.gateways[path].url if sort == 'api' else name}")
            if len(instances) > MANY:
                talk.say(f"  {'':9} and {len(instances) - MANY} more")
    for sort in sorted({sort for stack, sort in service.lab.unknown if stack in system.stacks}):
        talk.say(f"  missing   the emulator has no {sort}")


def down(service, request, talk):
    names = [" ".join(filter(None, (d.system.name, d.environment))) for d in service.systems.values()]
    for bad in service.end():
        talk.put({"err": bad})
    talk.say(f"{', '.join(names) or 'nothing'} {'are' if len(names) > 1 else 'is'} down")


def status(service, request, talk):
    for deployed in service.systems.values():
        describe(service, deployed, talk)
        count(service, deployed, talk)
    for who, _, why in service.lab.failed:
        talk.say(f"  failed    {who}: {' '.join(str(why).split())[-400:]}")
    for who, action, resource, why in service.lab.refused:
        talk.say(f"  refused   {who} may not {action} on {resource}: {why}")


def count(service, deployed, talk):
    """What has happened: executions, messages that wait, calls, processes."""
    running = deployed.running
    for path in deployed.system.of("workflow"):
        states = [one["status"] for one in running.executions(path)] + [
            getattr(one.exec_status, "value", one.exec_status) for one in service.lab.express
            if one.state_machine.name == running.name(path)]
        told = ", ".join(f"{states.count(s)} {s.lower()}" for s in sorted(set(states))) or "no executions"
        talk.say(f"  {path}: {told}")
    for path in deployed.system.of("queue"):
        if deployed.system.resources[path].get("per") == "runtime":
            continue
        for called, _, item, _ in deployed.instances(path):
            about = running.client("sqs").get_queue_attributes(QueueUrl=running.queue(path, **item), AttributeNames=["All"])["Attributes"]
            waiting, taken = (int(about[key]) for key in ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"))
            if waiting or taken:
                talk.say(f"  {called}: {waiting} waiting, {taken} being worked on")
    for path in deployed.system.of("function"):
        calls = [c for c in list(service.lab.functions.calls) if c[0] == running.name(path)]
        if calls:
            bad = sum(c[2].kind != "response" for c in calls)
            talk.say(f"  {path}: {len(calls)} calls, {bad} failed")
    for key, (process, _) in deployed.workers.items():
        talk.say(f"  {'/'.join(key)}: " + (f"process {process.pid}" if process.poll() is None else f"ended with {process.returncode}"))


def send(service, request, talk):
    deployed, path, item, rest = find(service, request["args"][0])
    deployed.programs.fresh()
    running, text = deployed.running, request["text"]
    sort, name = kind(deployed, path), running.name(path, **item)
    if sort == "queue":
        fifo = {"MessageGroupId": "local", "MessageDeduplicationId": str(uuid.uuid4())} if name.endswith(".fifo") else {}
        sent = running.client("sqs").send_message(QueueUrl=running.queue(path, **item), MessageBody=text, **fifo)
        talk.say(f"message {sent['MessageId']} is in {name}")
    elif sort == "topic":
        arn = f"arn:aws:sns:{running.region}:{ACCOUNT}:{name}"
        talk.say(f"message {running.client('sns').publish(TopicArn=arn, Message=text)['MessageId']} went to {name}")
    elif sort == "bucket":
        key = rest or os.path.basename(request["args"][1] if len(request["args"]) > 1 else "") or str(uuid.uuid4())
        before = len(service.lab.failed)
        running.client("s3").put_object(Bucket=name, Key=key, Body=text.encode("utf-8", "surrogateescape"))
        talk.say(f"{key} is in {name}")
        for _, _, why in service.lab.failed[before:]:
            talk.put({"err": f"error: {why}"})
        return 1 if len(service.lab.failed) > before else 0
    elif sort == "function":
        answer = running.client("lambda").invoke(FunctionName=name, Payload=text)
        talk.say(answer["Payload"].read().decode())
        return 1 if "FunctionError" in answer else 0
    elif sort == "workflow":
        started = running.client("stepfunctions").start_execution(stateMachineArn=running.machine(path), input=given(deployed, path, text))
        talk.say(f"started {started['executionArn']}")
    else:
        raise Mistake(f"nothing can be sent to a {sort}", f"`curl {running.gateways[path].url}/...` asks an API" if sort == "api" else
                      "send to a queue, a topic, a bucket, a function or a workflow")
    return 0


def given(deployed, path, text):
    """The input of an execution: a pipe hands over a list of one."""
    try:
        value = json.loads(text)
    except ValueError as why:
        raise Mistake(f"the input is not JSON: {why}", "an execution is started with JSON, such as {}") from why
    fed = any(f"$({path})" in json.dumps(pipe["fields"]) for pipe in deployed.system.of("pipe").values())
    return json.dumps([value] if fed else value)


def run(service, request, talk):
    """Starts a workflow and follows it. An express one is shown once it has ended, as it has no history while it runs."""
    deployed, path, _, _ = find(service, request["args"][0])
    if kind(deployed, path) != "workflow":
        raise Mistake(f"`{path}` is a {kind(deployed, path)}, and no workflow", "`wgen local send` is for what is not")
    deployed.programs.fresh()
    running, text = deployed.running, given(deployed, path, request["text"])
    client, machine = running.client("stepfunctions"), running.machine(path)
    trace = Trace(talk.say, 0 if request["verbose"] else 300)
    if deployed.system.resources[path]["fields"]["type"].get("standard"):
        execution = client.start_execution(stateMachineArn=machine, input=text)["executionArn"]
        while "status" not in trace.result and not talk.is_gone():
            trace.take(running.history(execution))
            time.sleep(0.02)
        if "status" not in trace.result:
            return 1
    else:
        name = str(uuid.uuid4())
        client.start_sync_execution(stateMachineArn=machine, name=name, input=text)
        (execution,) = [one for one in service.lab.express if one.name == name]
        trace.take(execution.history())
    return 0 if trace.finish() else 1


def logs(service, request, talk):
    """What functions and workers have printed, oldest first."""
    only = None
    if request["args"]:
        deployed, path, _, _ = find(service, request["args"][0])
        only = (deployed, path)
    seen = set()
    while True:
        lines = []
        for deployed in service.systems.values():
            for path in [*deployed.system.of("function"), *deployed.system.of("worker")]:
                if only in (None, (deployed, path)):
                    lines += [(when, path, number, text) for when, number, text in deployed.running.logged(path)]
        for when, path, number, text in sorted(lines, key=lambda line: line[0]):  # the order of a second is that of its source
            if (path, number) not in seen:
                seen.add((path, number))
                talk.say(f"{time.strftime('%H:%M:%S', time.localtime(when))} {path}: {text}")
        if not request["follow"] or talk.is_gone():
            return 0
        time.sleep(0.3)


ACTIONS = {"up": up, "down": down, "status": status, "send": send, "run": run, "logs": logs}
