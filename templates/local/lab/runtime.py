"""Execution environments of functions: a process each, and the Lambda runtime API that it asks."""

import dataclasses
import http.server
import json
import os
import queue
import signal
import socket
import subprocess
import tempfile
import threading
import time
import uuid

from .packages import Packages

NEXT = "/2018-06-01/runtime/invocation/next"
INIT_ERROR = "/2018-06-01/runtime/init/error"
TRACE = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0"


@dataclasses.dataclass(frozen=True)
class Answer:
    """How a call ended: `kind` is response, error, timeout or exit."""
    kind: str
    body: bytes


class DoesNotCompile(Exception):
    """A program cannot be made of its sources as they are now."""


def error(kind, error_type, message):
    return Answer(kind, json.dumps({"errorType": error_type, "errorMessage": message}).encode())


class Handler(http.server.BaseHTTPRequestHandler):
    """The runtime API of one environment."""
    protocol_version = "HTTP/1.1"  # the connection is kept
    disable_nagle_algorithm = True  # or every answer waits for an acknowledgement, 40 ms each
    wbufsize = -1

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def do_GET(self):
        environment = self.server.environment
        call = environment.calls.get() if self.path == NEXT else None
        if call is None:  # it is being shut down
            self.close_connection = True
            self.answer(500)
            return
        request, body, deadline, arn = call
        self.answer(200, body, [
            ("Lambda-Runtime-Aws-Request-Id", request), ("Lambda-Runtime-Deadline-Ms", str(deadline)),
            ("Lambda-Runtime-Invoked-Function-Arn", arn), ("Lambda-Runtime-Trace-Id", TRACE)])

    def do_POST(self):
        environment = self.server.environment
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == INIT_ERROR:
            environment.answers.put((None, Answer("error", body)))
        else:
            *_, request, kind = self.path.split("/")
            environment.answers.put((request, Answer(kind, body)))
        self.answer(202, b'{"status":"OK"}')


class Environment:
    """One process. It handles one event at a time, as Lambda's do."""

    def __init__(self, command, variables, folder):
        self.calls, self.answers = queue.Queue(), queue.Queue()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads, self.server.environment, self.ended = True, self, False
        threading.Thread(target=self.serve, daemon=True).start()
        self.log, self.read = tempfile.TemporaryFile(), 0
        address = f"127.0.0.1:{self.server.server_address[1]}"
        self.process = subprocess.Popen(
            command, env={**variables, "AWS_LAMBDA_RUNTIME_API": address}, cwd=folder, stdout=self.log,
            stderr=subprocess.STDOUT, start_new_session=True)

    def serve(self):
        """Waits for connections, and for nothing else: a crowd of processes that looks about would take all the time."""
        while not self.ended:
            self.server.handle_request()
        self.server.server_close()

    def logged(self):
        """What has been printed since it was asked last."""
        self.log.seek(self.read)
        text = self.log.read()
        self.read += len(text)
        return text.decode("utf-8", "replace")

    def call(self, event, seconds, arn):
        request = str(uuid.uuid4())
        end = time.time() + seconds
        self.calls.put((request, event, int(end * 1000), arn))
        while True:
            try:
                whose, answer = self.answers.get(timeout=max(0.001, min(0.05, end - time.time())))
                if whose in (request, None):
                    return answer
            except queue.Empty:
                code = self.process.poll()
                if code is not None and self.answers.empty():
                    how = f"signal: {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
                    return error("exit", "Runtime.ExitError", f"RequestId: {request} Error: Runtime exited with error: {how}")
                if time.time() >= end:
                    return error("timeout", "Sandbox.Timedout", f"RequestId: {request} Error: Task timed out after {seconds:.2f} seconds")

    def stop(self, kill=False):
        """Ends the process as Lambda does, and returns its exit status."""
        if kill:
            self.process.kill()
        self.calls.put(None)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.ended = True
        socket.create_connection(self.server.server_address).close()  # which it is waiting for
        return self.process.returncode


class Functions:
    """The environments of all functions: those that are idle are used again."""

    def __init__(self, variables, clock):
        self.variables = variables  # (function) -> the environment variables of its process
        self.clock = clock
        self.programs = {}  # a function's name -> the programs of its system, and its name there
        self.packages = Packages()
        self.idle, self.lock = {}, threading.Lock()
        self.calls = []  # (function, event, Answer, seconds)
        self.codes = []  # exit status and last words of each process that has ended

    def program(self, function):
        """The path of what a function runs, and variables that it needs beside its own."""
        if function.function_name not in self.programs:
            return self.packages.bootstrap(function)
        programs, name = self.programs[function.function_name]
        return programs[name], {}

    def call(self, function, event):
        """(the answer, what was logged) of a call of moto's `function`."""
        try:
            program, more = self.program(function)
        except DoesNotCompile as why:
            return error("error", "DoesNotCompile", str(why)), str(why)
        key = (function.function_name, os.stat(program).st_mtime_ns)  # a program that was built again is another
        with self.lock:
            idle = self.idle.setdefault(key, [])
            environment = idle.pop() if idle else None
            old = [k for k in self.idle if k[0] == key[0] and k != key]
            outdated = [one for k in old for one in self.idle.pop(k)]
        for one in outdated:
            self.codes.append((function.function_name, one.stop(), one.logged()))
        environment = environment or Environment([program], {**self.variables(function), **more}, os.path.dirname(program))
        start = time.perf_counter()
        answer = environment.call(event, self.clock("function", float(function.timeout or 3)), function.function_arn)
        self.calls.append((function.function_name, event, answer, time.perf_counter() - start))
        text = environment.logged()
        if answer.kind in ("response", "error"):
            with self.lock:
                self.idle.setdefault(key, []).append(environment)
        else:
            environment.stop(kill=True)
        return answer, text

    def stop(self):
        with self.lock:
            all_of_them = [(key[0], e) for key, idle in self.idle.items() for e in idle]
            self.idle = {}
        for name, environment in all_of_them:
            self.codes.append((name, environment.stop(), environment.logged()))
