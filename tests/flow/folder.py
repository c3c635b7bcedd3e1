#!/usr/bin/env python3
"""folder.py FOLDER... - other people's state machines: imports every definition below FOLDER, builds
the spec, and says how many came back equal, in how many lines, and without raw ASL. Definitions
below a folder called `invalid` must be refused. `--show` prints what was said about each failure."""
import json
import os
import statistics
import subprocess
import sys
import tempfile

WGEN = os.path.join(os.environ.get("BUILD", "build"), "wgen")


def run(*args):
    done = subprocess.run([WGEN, *args], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def find(folder, suffix):
    return sorted(
        os.path.join(base, name)
        for base, _, names in os.walk(folder)
        for name in names
        if name.endswith(suffix)
    )


def only_stages(spec):
    return any(line.lstrip("- {").startswith("asl:") for line in spec.splitlines())


def round_trip(path):
    """What went wrong, what was said of it, and the ratio of lines."""
    with tempfile.TemporaryDirectory() as tmp:
        spec, out = os.path.join(tmp, "imported"), os.path.join(tmp, "out")
        code, said = run("import", "asl", path, "--to", spec)
        if code:
            return "refused", said, None
        text = "".join(open(f).read() for f in find(spec, ".yaml"))
        try:
            original = json.load(open(path))
        except ValueError as wrong:
            return "no JSON", str(wrong), None
        ratio = len(text.splitlines()) / len(json.dumps(original, indent=2).splitlines())
        code, said = run("build", spec, "--out", out)
        if code:
            return "not built", said + text, ratio
        made = [f for f in find(out, ".asl.json")]
        if len(made) != 1 or json.load(open(made[0])) != original:
            return "different", text, ratio
        return ("raw ASL" if only_stages(text) else None), text, ratio


def main():
    show = "--show" in sys.argv
    totals, ratios, bad = {}, [], 0
    for folder in [a for a in sys.argv[1:] if not a.startswith("-")]:
        for path in find(folder, ".json"):
            invalid = "/invalid/" in path
            problem, said, ratio = round_trip(path)
            result = "valid: " + (problem or "equal")
            if invalid:
                result = "invalid: " + ("refused" if problem == "refused" else "accepted")
            elif ratio is not None:
                ratios.append(ratio)
            totals[result] = totals.get(result, 0) + 1
            wrong = result not in ("valid: equal", "invalid: refused")
            bad += wrong
            if wrong or (show and invalid):
                print(f"{result:18} {path}")
                if show:
                    print("    " + said.replace("\n", "\n    "))
    for result, count in sorted(totals.items()):
        share = count / sum(n for r, n in totals.items() if r.split(":")[0] == result.split(":")[0])
        print(f"{result:18} {count:5} {share:6.1%}")
    if ratios:
        print(f"lines of spec for a line of ASL: median {statistics.median(ratios):.2f}")
    return bad > 0


sys.exit(main())
