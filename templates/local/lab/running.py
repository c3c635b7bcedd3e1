"""A system that has been deployed: its clients, its workers, and its pipes, which moto keeps and does not run."""

import json
import os
import pathlib
import subprocess
import tempfile
import threading
import time

from .access import ACCOUNT


class Running:
    def __init__(self, lab, system, programs):
        self.lab, self.system, self.programs = lab, system, programs
        self.region = system.region
        self.outputs, self.workers, self.failed = {}, [], lab.failed
        self.ended = False

    def client(self, service, role=None):
        return self.lab.client(service, self.region, role)

    def begin(self):
        there = {gateway.api.name: gateway for gateway in self.lab.gateways.values() if gateway.region == self.region}
        self.gateways = {path: there[self.name(path)] for path in self.system.of("api")}
        if self.system.of("pipe"):
            threading.Thread(target=self.pipes, daemon=True).start()

    def stop(self):
        self.ended = True
        for _, process, _ in self.workers:
            process.terminate()
        for name, process, log in self.workers:
            self.lab.functions.codes.append((name, process.wait(30), pathlib.Path(log.name).read_text()))

    def name(self, path, **item):
        """The physical name of a resource, of one project or user if it has several."""
        name = self.system.resources[path]["name"].replace("$(account)", ACCOUNT).replace("$(region)", self.region)
        for key, value in item.items():
            name = name.replace(f"$({key})", value)
        return name

    def queue(self, path, **item):
        """Its URL."""
        return f"{self.lab.endpoint}/{ACCOUNT}/{self.name(path, **item)}"

    def machine(self, path):
        return f"arn:aws:states:{self.region}:{ACCOUNT}:stateMachine:{self.name(path)}"

    # --- executions

    def executions(self, path):
        found, more = [], {}
        while True:
            page = self.client("stepfunctions").list_executions(stateMachineArn=self.machine(path), **more)
            found += page["executions"]
            if "nextToken" not in page:
                return found
            more = {"nextToken": page["nextToken"]}

    def wait(self, execution, seconds=120):
        """The description of an execution once it has ended."""
        end = time.time() + seconds
        while True:
            found = self.client("stepfunctions").describe_execution(executionArn=execution)
            if found["status"] != "RUNNING" or time.time() > end:
                return found
            time.sleep(0.01)

    def history(self, execution):
        return self.client("stepfunctions").get_execution_history(executionArn=execution, maxResults=1000)["events"]

    def path(self, execution):
        """The names of the states that it entered, in order."""
        return [e["stateEnteredEventDetails"]["name"] for e in self.history(execution) if "stateEnteredEventDetails" in e]

    # --- workers

    def worker(self, path, *arguments, **variables):
        """Starts the process of a worker, with its role and its environment."""
        worker, role = self.system.resources[path], self.system.resources[f"{path}.role"]
        given = self.lab.process_variables(self.region, f"arn:aws:iam::{ACCOUNT}:role/{role['name']}", path)
        for name, (kind, value) in self.system.variables(worker).items():
            given[name] = f"arn:aws:states:{self.region}:{ACCOUNT}:stateMachine:{value}" if kind == "workflow" else value
        log = tempfile.NamedTemporaryFile(prefix=f"{path}-", suffix=".log")
        process = subprocess.Popen([self.programs[path], *arguments], env={**given, **variables}, stdout=log, stderr=subprocess.STDOUT)
        self.workers.append((path, process, log))
        return process

    def end_worker(self, process):
        """Ends one, as whoever runs containers does; what it said last is kept."""
        (ended,) = [one for one in self.workers if one[1] is process]
        process.terminate()
        process.wait(30)
        self.workers.remove(ended)

    # --- logs

    def logged(self, path):
        """(seconds, number, line) of what the function or the worker has printed."""
        if self.system.resources[path]["kind"] == "worker":
            for name, process, log in self.workers:
                if name == path:
                    for number, line in enumerate(pathlib.Path(log.name).read_text().splitlines()):
                        yield os.stat(log.name).st_mtime, (process.pid, number), line
            return
        group = self.system.resources.get(f"{path}.log", {"name": f"/aws/lambda/{self.name(path)}"})["name"]
        try:
            pages = self.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
            for event in (event for page in pages for event in page["events"]):
                yield event["timestamp"] / 1000, event["eventId"], event["message"].rstrip()
        except self.client("logs").exceptions.ResourceNotFoundException:
            return  # it has not been called

    # --- pipes

    def pipes(self):
        while not self.ended:
            moved = 0
            try:
                pipes = self.client("pipes")
                moved = sum(self.pump(pipes.describe_pipe(Name=self.name(path))) for path in self.system.of("pipe"))
            except Exception as why:  # noqa: BLE001 - whatever it is, somebody will look at it
                if not self.ended:
                    self.failed.append(("pipe", None, repr(why)))
            time.sleep(0 if moved else 0.02)

    def pump(self, pipe):
        """Takes one message, as the role of the pipe."""
        sqs = self.client("sqs", pipe["RoleArn"])
        queue = f"{self.lab.endpoint}/{ACCOUNT}/{pipe['Source'].rsplit(':', 1)[-1]}"
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=1).get("Messages", [])
        for message in messages:
            threading.Thread(target=self.start, args=(pipe, sqs, queue, message), daemon=True).start()
        return len(messages)

    def start(self, pipe, sqs, queue, message):
        """Starts the target with a message. What fails comes back, and goes to the dead letters in the end."""
        states = self.client("stepfunctions", pipe["RoleArn"])
        handle = {"QueueUrl": queue, "ReceiptHandle": message["ReceiptHandle"]}
        given = {"stateMachineArn": pipe["Target"], "input": json.dumps([json.loads(message["Body"])])}  # a batch of one
        try:
            if pipe["TargetParameters"]["StepFunctionStateMachineParameters"]["InvocationType"] == "FIRE_AND_FORGET":
                states.start_execution(**given)
            elif states.start_sync_execution(**given)["status"] != "SUCCEEDED":
                # A pipe leaves it, and the queue shows it again when its time is over; nobody waits for that here.
                self.client("sqs").change_message_visibility(**handle, VisibilityTimeout=0)
                return
            sqs.delete_message(**handle)
        except Exception as why:  # noqa: BLE001
            self.failed.append((pipe["Target"], message, repr(why)))
