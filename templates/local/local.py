"""What `wgen local` does on this side: it installs, starts and asks the process that runs the systems
of a folder (lab/service.py). Python's own library is enough for it."""

import argparse
import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time

import localstack

HERE = pathlib.Path(__file__).resolve().parent
CACHE = HERE.parent
DEBIAN = "gcc make libcurl4-openssl-dev libjansson-dev python3-venv"
HEADERS = b"#include <curl/curl.h>\n#include <jansson.h>\n"


def end(message, help_text="", code=4):
    print(f"error: {message}" + (f"\nhelp: {help_text}" if help_text else ""), file=sys.stderr)
    sys.exit(code)


# --- what it needs

def environment():
    """The folder of Python's packages, which has a name of its own for each choice of them."""
    wanted = (HERE / "requirements.txt").read_bytes() + sys.version.encode()
    return CACHE / f"python-{hashlib.sha256(wanted).hexdigest()[:12]}"


def is_set_up():
    return (environment() / ".made").exists()


def setup(given):
    """Installs the emulator, and says what is missing to compile handlers."""
    folder = environment()
    CACHE.mkdir(parents=True, exist_ok=True)
    lock = open(CACHE / "setup.lock", "w")  # held to the end of this process
    fcntl.flock(lock, fcntl.LOCK_EX)
    if not is_set_up():
        shutil.rmtree(folder, ignore_errors=True)
        said = None if given.verbose else subprocess.PIPE
        python = folder / "bin/python"
        for command in ([sys.executable, "-m", "venv", folder],
                        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", HERE / "requirements.txt"]):
            done = subprocess.run(command, stdout=said, stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                print(done.stdout or "", end="", file=sys.stderr)
                end(f"`{' '.join(map(str, command[:4]))} ...` failed", f"on Debian: apt-get install {DEBIAN}")
        (folder / ".made").touch()
    compiler = shutil.which("cc") and subprocess.run(["cc", "-E", "-"], input=HEADERS, capture_output=True)
    if not compiler or compiler.returncode != 0 or not shutil.which("make"):
        end("handlers cannot be compiled here: they need a C compiler, make, libcurl and jansson", f"on Debian: apt-get install {DEBIAN}")
    if not given.quiet:
        print(f"ready: the emulator is in {folder}")
    return 0


# --- the process that runs the systems of this folder

def state():
    here = os.getcwd()
    return CACHE / "running" / f"{os.path.basename(here) or 'root'}-{hashlib.sha256(here.encode()).hexdigest()[:12]}"


def connect():
    """A connection to it, or None. The path of a socket may have 107 bytes: it is reached by its folder."""
    here, folder = os.getcwd(), state()
    if not folder.is_dir():
        return None
    try:
        os.chdir(folder)
        there = socket.socket(socket.AF_UNIX)
        there.connect("socket")
        return there
    except OSError:
        return None
    finally:
        os.chdir(here)


def start():
    folder = state()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([environment() / "bin/python", "-m", "lab.service", folder, os.getcwd()], env={**variables, "PYTHONPATH": str(HERE)},
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    while process.poll() is None:
        there = connect()
        if there:
            return there
        time.sleep(0.05)
    end(f"the emulator did not start\n{(folder / 'log').read_text()[-4000:]}")


def ask(there, request):
    """Prints what is answered; the exit code."""
    with there, there.makefile("rw", encoding="utf-8") as stream:
        json.dump(request, stream)
        stream.write("\n")
        stream.flush()
        for line in stream:
            told = json.loads(line)
            if "exit" in told:
                return told["exit"]
            print(told.get("out", told.get("err")), file=sys.stdout if "out" in told else sys.stderr, flush=True)
    end("the emulator has ended", f"its last words are in {state() / 'log'}")


# --- the actions

def specs(given):
    """The specs that are meant: by name, by path, or all."""
    if not given.args:
        return sorted(str(p) for p in pathlib.Path("specs").glob("*.yaml")) or ["specs"]
    name = given.args[0]
    found = [p for p in (name, f"specs/{name}.yaml", f"specs/{name}") if os.path.exists(p)]
    return found[:1] or end(f"there is no system `{name}`", "say the name of a file in specs/, or a path", 2)


def up(given):
    wanted, there = specs(given), localstack.endpoint()
    if not there and not is_set_up():
        end("the emulator is not installed", "`wgen local setup` does that, from PyPI; it takes 180 MB")
    for spec in wanted:
        built = subprocess.run([given.wgen, "build", *(["--quiet"] if given.quiet else []), "--", spec])
        if built.returncode != 0:
            return built.returncode
    if there:
        return max(localstack.deploy(given, spec, there, end) for spec in wanted)
    there = connect() or start()
    return ask(there, request(given, specs=wanted))


def request(given, **more):
    return {**{key: value for key, value in vars(given).items() if value is not None}, "folder": os.getcwd(), **more}


def read(path):
    """A file, or standard input if nobody would have to type it."""
    try:
        if path and path != "-":
            return pathlib.Path(path).read_bytes().decode("utf-8", "surrogateescape")
        if path is None and sys.stdin.isatty():
            return None
        return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    except OSError as why:
        end(f"cannot read `{path}`: {why.strerror}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wgen")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--env", default="")
    parser.add_argument("--input")
    parser.add_argument("--follow", action="store_true")
    parser.add_argument("action")
    parser.add_argument("args", nargs="*")
    given = parser.parse_args()
    if given.action in ("setup", "up"):
        return {"setup": setup, "up": up}[given.action](given)
    there = connect()
    if not there:
        if given.action in ("down", "status"):
            print("nothing is up")
            return 0
        end("nothing is up here", "`wgen local up SYSTEM` starts it")
    more = {}
    if given.action == "send":
        more["text"] = read(given.args[1] if len(given.args) > 1 else None)
        if more["text"] is None:
            end("there is nothing to send", "name a file, or give it on standard input", 2)
    if given.action == "run":
        more["text"] = read(given.input) if given.input else "{}"
    code = ask(there, request(given, **more))
    if given.action == "down":
        shutil.rmtree(state(), ignore_errors=True)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(130)
