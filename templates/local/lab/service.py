"""The process behind `wgen local`: one emulator with the systems of a folder, asked over a socket in
the folder that it is started with. One line of JSON is a request, the lines of its answer are
{"out": TEXT}, {"err": TEXT} and, as the last, {"exit": CODE}.

usage: service.py STATE FOLDER"""

import json
import os
import select
import signal
import socketserver
import sys
import threading
import traceback

from . import Lab
from .commands import ACTIONS, Mistake
from .runtime import DoesNotCompile


class Talk(socketserver.StreamRequestHandler):
    """One request."""

    def put(self, told):
        self.wfile.write(json.dumps(told).encode() + b"\n")

    def say(self, text=""):
        self.put({"out": text})

    def is_gone(self):
        """Whether nobody listens any more."""
        ready, _, _ = select.select([self.connection], [], [], 0)
        return bool(ready)  # nothing follows a request but the end

    def handle(self):
        try:
            line = self.rfile.readline()
            if not line:  # somebody looked whether we are here
                return
            request = json.loads(line)
            self.put({"exit": ACTIONS[request["action"]](self.server, request, self) or 0})
        except (BrokenPipeError, ConnectionResetError):
            return
        except Mistake as why:
            self.put({"err": f"error: {why.args[0]}\nhelp: {why.args[1]}"})
            self.put({"exit": 2})
        except DoesNotCompile as why:
            self.put({"err": f"error: {why}"})
            self.put({"exit": 1})
        except BaseException as why:  # noqa: BLE001 - whatever it is, somebody waits for an answer
            traceback.print_exc()
            self.put({"err": f"error: {why}\nhelp: {os.getcwd()}/log says more"})
            self.put({"exit": 4})
        finally:
            if self.server.ended.is_set():
                self.server.over.set()


class Service(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, folder):
        self.folder = folder
        if os.path.exists("socket"):  # of one that was killed
            os.unlink("socket")
        self.lab, self.systems = Lab(), {}
        self.ended, self.over = threading.Event(), threading.Event()  # nothing runs any more; and that has been said
        self.changing = threading.Lock()
        super().__init__("socket", Talk)
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        """Workers are started again when their program is another, or they have ended."""
        said = None
        while not self.ended.wait(1):
            if not os.path.isdir(self.folder):  # nobody can ask any more
                self.end()
                self.over.set()
                return
            try:
                with self.changing:
                    for deployed in self.systems.values():
                        deployed.start_workers()
                said = None
            except DoesNotCompile as why:
                if said != str(why):
                    said = str(why)
                    self.lab.failed.append(("compiler", None, said))

    def end(self):
        """Stops the systems; what ended badly."""
        with self.changing:
            if self.ended.is_set():
                return []
            self.ended.set()
            if os.path.exists("socket"):
                os.unlink("socket")
            return [f"{name}: exit status {code}" for name, code, _ in self.lab.stop() if code not in (0, -signal.SIGTERM)]


def main():
    os.chdir(sys.argv[1])
    service = Service(sys.argv[2])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=lambda: (service.end(), service.over.set())).start())
    threading.Thread(target=service.serve_forever, daemon=True).start()
    service.over.wait()


if __name__ == "__main__":
    main()
