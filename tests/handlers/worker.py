"""The worker against a small SQS and Step Functions: it works, is interrupted, comes too late, is told
to end, is given nonsense, is throttled.

usage: worker.py PROGRAM"""
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time

JOB = {"projectId": "amelia", "userId": "scott", "threadId": "t1", "messageId": "m1",
       "claim": {"containerId": "container-1-a", "projectUserId": "amelia#scott"}}


class Service:
    def __init__(self, messages, interrupt_after=None, heartbeat=None, throttle=0):
        self.messages = list(messages)
        self.interrupt_after, self.heartbeat, self.throttle = interrupt_after, heartbeat, throttle
        self.calls, self.lock = [], threading.Lock()
        self.started = None
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                what = self.headers["X-Amz-Target"].split(".")[1]
                assert "Credential=AKID/" in self.headers["Authorization"]
                assert self.headers["X-Amz-Security-Token"] == "token"
                status, answer = service.answer(what, body)
                text = json.dumps(answer).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except OSError:
                    pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a worker that ends cuts its connections
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, what, body):
        with self.lock:
            self.calls.append((what, body))
            if self.throttle:
                self.throttle -= 1
                return 400, {"__type": "com.amazonaws.sqs#RequestThrottled"}
            if what == "ReceiveMessage":
                return 200, self.receive(body)
            if what == "SendTaskHeartbeat" and self.heartbeat:
                return 400, {"__type": self.heartbeat}
        return 200, {}

    def receive(self, body):
        name = body["QueueUrl"].rsplit("/", 1)[1]
        if name == "webordinary-input-amelia-scott.fifo":
            if self.messages:
                self.started = time.time()
                text = self.messages.pop(0)
                return {"Messages": [{"MessageId": "1", "ReceiptHandle": "r", "Body": text}]}
        else:
            assert name == "webordinary-interrupts-container-1-a", name
            if self.interrupt_after is not None and time.time() - self.started > self.interrupt_after:
                self.interrupt_after = None
                return {"Messages": [{"MessageId": "2", "ReceiptHandle": "i", "Body": "{}"}]}
        self.lock.release()
        time.sleep(0.1)
        self.lock.acquire()
        return {}

    def saw(self, what):
        with self.lock:
            return [body for name, body in self.calls if name == what]


def message(**job):
    return json.dumps({"taskToken": "T", "job": dict(JOB, **job)})


def run(program, service, until, seconds=60):
    """Runs the worker until `until(service)`, then tells it to end."""
    env = dict(os.environ, AWS_ENDPOINT_URL=f"http://127.0.0.1:{service.server.server_address[1]}",
               AWS_REGION="us-west-2", AWS_ACCESS_KEY_ID="AKID", AWS_SECRET_ACCESS_KEY="s",
               AWS_SESSION_TOKEN="token", AWS_ACCOUNT_ID="123456789012",
               INPUT_QUEUE_NAME="webordinary-input-{project}-{user}.fifo",
               INTERRUPTS_QUEUE_NAME="webordinary-interrupts-{containerId}",
               TSAN_OPTIONS="exitcode=66")
    child = subprocess.Popen([program, "amelia", "scott"], env=env, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
    end = time.time() + seconds
    while time.time() < end and not until(service) and child.poll() is None:
        time.sleep(0.02)
    child.send_signal(signal.SIGTERM)
    out = child.communicate(timeout=600)[0].decode()
    service.server.shutdown()
    return child.returncode, out


passed = failed = 0


def check(what, condition, out):
    global passed, failed
    passed += bool(condition)
    failed += not condition
    if not condition:
        print(f"not so: {what}\n{out[:2000]}")


def main():
    program = sys.argv[1]
    s = Service([message()])
    code, out = run(program, s, lambda s: s.saw("DeleteQueue"))
    made = s.saw("CreateQueue")
    check("exit", code == 0, out)
    check("success", [b["taskToken"] for b in s.saw("SendTaskSuccess")] == ["T"], out)
    check("answer", json.loads(s.saw("SendTaskSuccess")[0]["output"])["messageId"] == "m1", out)
    check("one queue", [b["QueueName"] for b in made] == ["webordinary-interrupts-container-1-a"], out)
    check("encrypted", made[0]["Attributes"]["SqsManagedSseEnabled"] == "true", out)
    check("policy", "aws:SecureTransport" in made[0]["Attributes"]["Policy"], out)
    check("tags", made[0]["tags"]["system"] == "webordinary", out)
    check("taken off", len(s.saw("DeleteMessage")) == 1, out)
    check("heartbeat", s.saw("SendTaskHeartbeat"), out)
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    check("one id for what the queue has, one for what the job is about",
          {line["requestId"] for line in lines if "requestId" in line} == {"1"} and
          {line["messageId"] for line in lines if "messageId" in line} == {"m1"}, out)
    check("nothing is wrong", '"WARN"' not in out and '"ERROR"' not in out, out)
    order = [c[0] for c in s.calls]
    check("the queue is there before the work",
          order.index("CreateQueue") < order.index("SendTaskSuccess"), out)
    check("gone when idle", len(s.saw("DeleteQueue")) == 1, out)

    s = Service([message(work=6000)], interrupt_after=0.3)
    code, out = run(program, s, lambda s: len(s.saw("DeleteMessage")) > 1)
    check("interrupted", [b["error"] for b in s.saw("SendTaskFailure")] == ["Interrupted"], out)
    check("interrupted soon", time.time() - s.started < 5, out)
    check("both taken off", {b["ReceiptHandle"] for b in s.saw("DeleteMessage")} == {"r", "i"}, out)
    check("exit", code == 0, out)

    s = Service([message(work=6000)], heartbeat="com.amazonaws.states#TaskTimedOut")
    code, out = run(program, s, lambda s: s.saw("DeleteMessage"))
    check("too late: no work", not s.saw("CreateQueue") and not s.saw("SendTaskSuccess"), out)
    check("too late: taken off", len(s.saw("DeleteMessage")) == 1, out)

    s = Service([message(work=20000)])
    code, out = run(program, s, lambda s: s.saw("SetQueueAttributes") and s.saw("ChangeMessageVisibility"))
    check("told to end: exit", code == 0, out)
    held = [b["VisibilityTimeout"] for b in s.saw("ChangeMessageVisibility")]
    check("held while it works", held[:-1] and all(60 <= one <= 1800 for one in held[:-1]), out)
    check("handed back", held[-1] == 0, out)
    check("not answered", not s.saw("SendTaskFailure") and not s.saw("SendTaskSuccess"), out)
    check("not taken off", not s.saw("DeleteMessage"), out)
    check("its queue is gone", len(s.saw("DeleteQueue")) == 1, out)

    s = Service(["{nope", "{}", json.dumps({"taskToken": "T", "job": {}}), message()])
    code, out = run(program, s, lambda s: s.saw("SendTaskSuccess") and s.saw("DeleteQueue"))
    check("nonsense is left alone", len(s.saw("DeleteMessage")) == 2, out)
    check("no container: failed by name",
          [b["error"] for b in s.saw("SendTaskFailure")] == ["InvalidMessage"], out)
    check("and goes on", len(s.saw("SendTaskSuccess")) == 1, out)

    two = message(claim={"containerId": "container-1-a"})
    s = Service([message(), two])
    code, out = run(program, s, lambda s: s.saw("DeleteQueue"))
    check("one container, one queue", len(s.saw("DeleteQueue")) == 1, out)
    check("two answers", len(s.saw("SendTaskSuccess")) == 2, out)

    s = Service([message()], throttle=3)
    code, out = run(program, s, lambda s: s.saw("DeleteQueue"))
    check("throttled and done", len(s.saw("SendTaskSuccess")) == 1 and code == 0, out)

    env = {"PATH": os.environ["PATH"]}
    code = subprocess.run([program], env=env, stderr=subprocess.DEVNULL).returncode
    check("without a user", code == 2, "")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
