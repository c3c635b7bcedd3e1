"""A runtime API that is slow, cut, huge and invalid. Each case is a script of answers to /next; the
handler must survive all of them, answer what can be answered, and never answer twice.

usage: hostile.py PROGRAM [WRAPPER...]"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

NEXT = "/2018-06-01/runtime/invocation/next"


def event(body=b'{"a": 1}', rid="r-1", status=200, extra=b"", length=None):
    """The bytes of one answer to /next."""
    if isinstance(body, str):
        body = body.encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
    if rid is not None:
        head += f"Lambda-Runtime-Aws-Request-Id: {rid}\r\n"
    head += f"Lambda-Runtime-Deadline-Ms: {int(time.time() * 1000) + 3000}\r\n"
    head += "Lambda-Runtime-Trace-Id: Root=1-2-3;Sampled=1\r\n"
    head += f"Content-Length: {len(body) if length is None else length}\r\n"
    return head.encode() + extra + b"\r\n" + body


STOP = event(b"{}", None, 500)


class Api:
    """Answers each /next with the next item of a script; an item is bytes, or a function(socket)."""

    def __init__(self, script, posts=None):
        self.script, self.at, self.posted = list(script), 0, []
        self.on_post = posts
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        data = b""
        try:
            while True:
                while b"\r\n\r\n" not in data:
                    more = client.recv(1 << 16)
                    if not more:
                        return
                    data += more
                head, data = data.split(b"\r\n\r\n", 1)
                size = re.search(rb"content-length: (\d+)", head, re.I)
                size = int(size.group(1)) if size else 0
                if b"100-continue" in head:
                    client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                while len(data) < size:
                    data += client.recv(1 << 20)
                body, data = data[:size], data[size:]
                line = head.split(b"\r\n", 1)[0].decode()
                if NEXT in line:
                    item = self.script[self.at] if self.at < len(self.script) else STOP
                    self.at += 1
                    if callable(item):
                        item(client)
                        return
                    client.sendall(item)
                else:
                    self.posted.append((line.split()[1], body, head))
                    answer = self.on_post(len(self.posted)) if self.on_post else None
                    if answer == "cut":
                        client.close()
                        return
                    client.sendall(answer or b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
        except OSError:
            pass


def run(script, posts=None, program=None, timeout=600, kill_after=None):
    api = Api(script, posts)
    env = dict(os.environ, AWS_LAMBDA_RUNTIME_API=f"127.0.0.1:{api.port}", AWS_REGION="us-west-2",
               ASAN_OPTIONS="exitcode=99", UBSAN_OPTIONS="halt_on_error=1:exitcode=98")
    child = subprocess.Popen(program, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    started = time.time()
    if kill_after:
        time.sleep(kill_after)
        child.send_signal(signal.SIGTERM)
        started = time.time()
    out = child.communicate(timeout=timeout)[0].decode(errors="replace")
    api.listener.close()
    return api, child.returncode, out, time.time() - started


def slowly(data, pause=0.01, step=7):
    def send(client):
        for i in range(0, len(data), step):
            client.sendall(data[i:i + step])
            time.sleep(pause)
        time.sleep(0.2)
        client.close()
    return send


def cut(data, at):
    def send(client):
        client.sendall(data[:at])
        client.close()
    return send


def huge(size):
    def send(client):
        client.sendall(event(b"", "r-huge", extra=b"", length=size))
        try:
            client.sendall(b'"' + b"x" * (1 << 20))
            for _ in range(size >> 20):
                client.sendall(b"x" * (1 << 20))
        except OSError:
            pass
        client.close()
    return send


def endless_headers(client):
    try:
        client.sendall(b"HTTP/1.1 200 OK\r\n")
        for i in range(100000):
            client.sendall(b"X-A%d: %s\r\n" % (i, b"y" * 1000))
    except OSError:
        pass
    client.close()


deep = b"[" * 100000 + b"]" * 100000
CASES = [
    ("echo", [event()], 0, ["response"]),
    ("three events, one connection", [event(rid=f"r-{i}") for i in range(3)], 0, ["response"] * 3),
    ("an error that was raised", [event('{"wish": "fail"}')], 0, ["error"]),
    ("a log line", [event('{"wish": "log"}')], 0, ["response"]),
    ("an answer that is too large", [event('{"wish": "huge"}')], 0, ["error"]),
    ("no JSON", [event("{nope")], 0, ["error"]),
    ("no body", [event("")], 0, ["error"]),
    ("bytes", [event(bytes(range(256)))], 0, ["error"]),
    ("not UTF-8", [event(b'"\xff\xfe"')], 0, ["error"]),
    ("a NUL in a string", [event(b'"a\\u0000b"')], 0, ["error"]),
    ("nested too deep", [event(deep)], 0, ["error"]),
    ("a number too large", [event("1e999999")], 0, ["error"]),
    ("an integer too large", [event("9" * 400)], 0, ["error"]),
    ("only a number", [event("5")], 0, ["response"]),
    ("null", [event("null")], 0, ["response"]),
    ("two values", [event("{} {}")], 0, ["error"]),
    ("6 MB", [event(b'{"a": "' + b"x" * 6000000 + b'"}')], 0, ["response"]),
    ("slow", [slowly(event(b'{"a": "slow"}')), event(rid="r-2")], 0, ["response"] * 2),
    ("huge", [huge(64 << 20), event()], 0, ["error", "response"]),
    ("a length that lies", [cut(event(b'{"a": 1}', length=500), 5000), event(rid="r-2")], 0,
     ["error", "response"]),
    ("endless headers", [endless_headers, event()], 0, ["response"]),
    ("no request id", [event(rid=None), event()], 0, ["response"]),
    ("an empty request id", [event(rid=""), event()], 0, ["response"]),
    ("a request id with a path", [event(rid="../../x"), event()], 0, ["response"]),
    ("a long request id", [event(rid="a" * 5000), event()], 0, ["response"]),
    ("a junk deadline", [event(extra=b"Lambda-Runtime-Deadline-Ms: junk\r\n")], 0, ["response"]),
    ("an old deadline", [event(extra=b"Lambda-Runtime-Deadline-Ms: 5\r\n")], 0, ["response"]),
    ("a redirect", [event(status=302, rid=None, extra=b"Location: http://127.0.0.1:1/\r\n"), event()],
     0, ["response"]),
    ("garbage", [cut(b"\x00\x01\x02\x03" * 100, 400), event()], 0, ["response"]),
    ("an old HTTP", [cut(b"SMTP ready\r\n", 100), event()], 0, ["response"]),
    ("busy for a while", [event(status=503, rid=None)] * 3 + [event()], 0, ["response"]),
    ("busy for ever", [event(status=503, rid=None)] * 50, 1, []),
    ("not allowed", [event(status=403, rid=None)], 1, []),
    ("told to end", [STOP], 0, []),
    ("gone", [cut(b"", 0)] * 50, 1, []),
    ("a broken chunk", [cut(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                            b"Lambda-Runtime-Aws-Request-Id: r-1\r\n\r\nZZ\r\n", 500), event(rid="r-2")], 0,
     ["error", "response"]),
]
whole = event(b'{"a": 1}')
head = whole.index(b"\r\n\r\n") + 4
rid_end = whole.index(b"r-1\r\n") + 5
for at in list(range(0, len(whole), 9)) + [head, len(whole) - 1]:
    # Once the id is known and the headers are over, the event is answered with an error.
    CASES.append((f"cut at {at}", [cut(whole, at), event(rid="r-2")], 0, None))


def main():
    program = sys.argv[2:] + [sys.argv[1]]
    failed = 0
    for name, script, code, posts in CASES:
        api, got, out, _ = run(script, program=program)
        what = [p[0].rsplit("/", 1)[1] for p in api.posted]
        ids = [p[0].rsplit("/", 2)[1] for p in api.posted]
        problem = None
        if got != code:
            problem = f"exit code {got}, not {code}"
        elif posts is not None and what != posts:
            problem = f"posted {what}, not {posts}"
        elif posts is None and what[-1:] != ["response"]:
            problem = f"posted {what}"
        elif len(set(ids)) != len(ids):
            problem = f"answered twice: {ids}"
        elif any(b"evil" in p[2].lower() for p in api.posted):
            problem = "a header was made of an error's text"
        for line in out.splitlines():
            try:
                json.loads(line)
            except ValueError:
                problem = problem or f"a line that is not JSON: {line[:200]}"
        if problem:
            failed += 1
            print(f"{name}: {problem}\n{out[:3000]}")

    # Answers that are cut are posted again, and a bounded number of times.
    api, got, out, _ = run([event()], lambda n: "cut" if n < 3 else None, program)
    if got != 0 or len(api.posted) != 3:
        failed, _ = failed + 1, print("cut answers:", got, len(api.posted))
    api, got, out, _ = run([event()] * 99, lambda n: "cut", program)
    if got != 1 or not 15 <= len(api.posted) <= 30:  # libcurl itself tries again on an old connection
        failed, _ = failed + 1, print("answers cut for ever:", got, len(api.posted))
    api, got, out, _ = run([event()], lambda n: b"HTTP/1.1 413 X\r\nContent-Length: 0\r\n\r\n", program)
    if got != 0 or len(api.posted) != 1:
        failed, _ = failed + 1, print("413:", got, len(api.posted))

    # SIGTERM while it waits.
    api, got, out, took = run([lambda client: time.sleep(10)], None, program, kill_after=3 if sys.argv[2:] else 0.5)
    slack = 10 if sys.argv[2:] else 1.5
    if got != 0 or took > slack:
        failed, _ = failed + 1, print("SIGTERM:", got, f"{took:.1f} s")
    total = len(CASES) + 4
    print(f"{total - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
