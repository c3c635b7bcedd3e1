"""An emulator with nothing in it, in a process of its own: prints where it is, and ends with its input."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "templates/local"))

import lab  # noqa: E402


def main():
    made = lab.Lab(lambda what, seconds: max(seconds, 300) if what == "function" else seconds)
    print(made.endpoint, flush=True)
    sys.stdin.read()
    for failed in [*made.failed, *made.refused]:
        print(failed, flush=True)
    made.stop()


if __name__ == "__main__":
    main()
