"""An emulator with nothing in it, in a process of its own: prints where it is, and ends with its input."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "templates/local"))

import lab  # noqa: E402
from moto.server import DomainDispatcherApplication  # noqa: E402

dispatch = DomainDispatcherApplication.__call__


def health(self, environ, start_response):
    """It says what LocalStack says."""
    if environ["PATH_INFO"] != "/_localstack/health":
        return dispatch(self, environ, start_response)
    start_response("200 OK", [("Content-Type", "application/json")])
    return [b'{"services": {"s3": "running"}}']


def main():
    DomainDispatcherApplication.__call__, lab.Lab.key = health, "test"  # as LocalStack has it
    made = lab.Lab(lambda what, seconds: max(seconds, 300) if what == "function" else seconds)
    print(made.endpoint, flush=True)
    sys.stdin.read()
    for failed in [*made.failed, *made.refused]:
        print(failed, flush=True)
    made.stop()


if __name__ == "__main__":
    main()
