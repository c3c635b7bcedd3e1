"""prove.py PACKAGE.zip ARCH - starts a package as Lambda does, through qemu-user if this machine has
another processor, with a runtime API of its own; one event must be answered or refused by name."""
import http.server
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

EMULATORS = {"arm64": ("aarch64", "qemu-aarch64-static"), "x86_64": ("x86_64", "qemu-x86_64-static")}
posted = []
asked = threading.Event()
answered = threading.Event()


class Api(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if asked.is_set():
            self.reply(500)
            return
        asked.set()
        self.reply(200, b"{}", Lambda_Runtime_Aws_Request_Id="r-1",
                   Lambda_Runtime_Deadline_Ms=str(int(time.time() * 1000) + 30000))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        posted.append((self.path.rsplit("/", 1)[1], json.loads(body)))
        self.reply(202)
        answered.set()


def main():
    package, arch = sys.argv[1:3]
    machine, emulator = EMULATORS[arch]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as root:
        with zipfile.ZipFile(package) as z:
            for info in z.infolist():
                os.chmod(z.extract(info, root), (info.external_attr >> 16) & 0o777)
        env = {"PATH": os.environ["PATH"], "LAMBDA_TASK_ROOT": root, "AWS_REGION": "us-west-2",
               "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_address[1]}"}
        if platform.machine() != machine:
            env["WG_EMULATOR"] = emulator
        started = time.time()
        child = subprocess.Popen([root + "/bootstrap"], env=env)
        asked.wait(60)
        ready = time.time() - started
        code = child.wait(60)
    size = os.path.getsize(package) / 1e6
    fine = code == 0 and len(posted) == 1
    what = f"{posted[0][0]} {json.dumps(posted[0][1])[:120]}" if posted else "no answer"
    print(f"{os.path.basename(package)}: {size:.1f} MB, {arch}, asked after {ready * 1000:.0f} ms: {what}")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
