"""The AWS CLI for scripts that call it often: `aws.py serve` imports it once, and becomes it in a new
process whenever `aws.py SOCKET ARGUMENT...` asks, with the files, folder and environment of who asks."""

import array
import json
import os
import signal
import socket
import sys
import traceback


def ask(path, arguments):
    """The exit code of the AWS CLI with these arguments."""
    with socket.socket(socket.AF_UNIX) as there:
        there.connect(path)
        files = array.array("i", [0, 1, 2])
        there.sendmsg([json.dumps([arguments, os.getcwd(), dict(os.environ)]).encode() + b"\n"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
        return int(there.recv(16) or b"1")


def become(there, driver):
    """Is the AWS CLI for one call."""
    data, files, *_ = socket.recv_fds(there, 1 << 20, 3)
    while not data.endswith(b"\n"):
        data += there.recv(1 << 20)
    arguments, folder, environment = json.loads(data)
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.chdir(folder)
    data_path = os.environ["AWS_DATA_PATH"]  # which it sets when it is imported
    os.environ.clear()
    os.environ.update(environment, AWS_DATA_PATH=data_path)
    sys.argv = ["aws", *arguments]
    code = 255
    try:
        code = driver.main() or 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - this process has nobody else to tell
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        there.send(str(code).encode())
        os._exit(0)


def serve(path):
    from awscli import clidriver  # which takes most of the time that a call takes

    clidriver.create_clidriver()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    listener.settimeout(1)
    parent = os.getppid()
    print("ready", flush=True)
    while os.getppid() == parent:  # or nobody is left to ask
        try:
            there, _ = listener.accept()
        except TimeoutError:
            continue
        there.setblocking(True)
        if os.fork() == 0:
            become(there, clidriver)
        there.close()


if __name__ == "__main__":
    sys.exit(serve(sys.argv[2]) if sys.argv[1] == "serve" else ask(sys.argv[1], sys.argv[2:]))
