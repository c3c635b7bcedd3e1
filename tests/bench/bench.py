"""bench.py - measures wgen against what its output costs to write, and against peers.

    tests/bench/run                        everything; writes tests/bench/README.md
    tests/bench/run --no-peers             wgen alone; the report keeps what it says of peers
    tests/bench/run --no-peers --print     the same, to the terminal
    tests/bench/run --sizes 1x1,1000x50    other sizes; the report is not written then

What is compared runs in the same rounds, A B C A B C, on tmpfs; medians of whole processes.
"""
import argparse
import math
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import peers
import work

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SIZES = [(1, 1), (1000, 50), (10000, 200), (100000, 2000)]


class Clock:
    """Runs commands and remembers what each run cost, by the name of what is measured."""

    def __init__(self, build):
        self.program = build / "bench/clock"
        self.runs = {}

    def run(self, name, command, cwd, env=None):
        result = cwd / "clock"
        subprocess.run([self.program, result, *command], cwd=cwd, check=True, stdout=subprocess.DEVNULL, env=env)
        wall, cpu, kilobytes = map(int, result.read_text().split())
        self.runs.setdefault(name, []).append((wall / 1000, cpu / 1000, kilobytes / 1024))

    def median(self, name, what=0):
        return statistics.median(run[what] for run in self.runs[name])


def remove(folder, *names):
    for name in names:
        shutil.rmtree(folder / name, ignore_errors=True)


class Size:
    """A folder on tmpfs in which one size of the work is built, again and again."""

    def __init__(self, clock, build, folder, users, workflows, own_words=False):
        self.clock, self.folder = clock, folder
        self.wgen, self.floor = build / "release/wgen", build / "bench/floor"
        self.plain = work.spec(users, workflows, own_words=own_words)
        one = [("p00000", "added")]
        self.with_one = work.spec(users, workflows, one, own_words)
        folder.mkdir()
        self.write(self.plain)
        self.build()
        whole = folder / "whole"
        whole.mkdir()
        for name in ("out", "bench"):
            shutil.copytree(folder / name, whole / name)
        subprocess.run([self.floor, "pack", whole, folder / "pack"], check=True)
        files = [path for path in whole.rglob("*") if path.is_file()]
        self.files, self.bytes = len(files), sum(path.stat().st_size for path in files)
        remove(folder, "whole")
        self.resources = count_resources(folder / "out")

    def write(self, text):
        (self.folder / "bench.yaml").write_text(text)

    def build(self, *args):
        subprocess.run([self.wgen, "build", "-q", "bench.yaml", *args], cwd=self.folder, check=True)

    def round(self):
        def wgen(name, *args):
            self.clock.run(name, [self.wgen, "build", "-q", "bench.yaml", *args], self.folder)
        remove(self.folder, "out", "bench", "floor")
        wgen("full")
        self.clock.run("floor", [self.floor, "write", "pack", "floor"], self.folder)
        wgen("same")
        self.clock.run("read", [self.floor, "read", "pack", "floor"], self.folder)
        wgen("check", "--check")
        self.write(self.with_one)
        wgen("one")
        self.write(self.plain)
        self.build()


def count_resources(out):
    """How many CloudFormation resources there are of each type."""
    counts = {}
    for path in (out / "bench/cloudformation").glob("*.yaml"):
        for kind in re.findall(r"^    Type: (AWS::\S+)$", path.read_text(), re.M):
            counts[kind] = counts.get(kind, 0) + 1
    return counts


def measure(build, scratch, size, rounds, own_words=False):
    clock = Clock(build)
    folder = scratch / (f"{size[0]}-{size[1]}" + ("-own" if own_words else ""))
    at = Size(clock, build, folder, *size, own_words=own_words)
    for _ in range(rounds):
        at.round()
    shutil.rmtree(folder)
    return at


def wanted_of_peers(build, scratch, size):
    """What wgen makes for a size, less what it makes once for a system."""
    counts = [measure(build, scratch, at, 0).resources for at in ((1, 1), (2, 2), size)]
    wanted = {kind: number - 2 * counts[0].get(kind, 0) + counts[1].get(kind, 0) for kind, number in counts[2].items()}
    return {kind: number for kind, number in wanted.items() if number}


def against_peers(build, scratch, size, rounds):
    """A row for each peer, beside wgen in the same rounds."""
    folder, said = peers.install()
    own = scratch / f"peers-{size[0]}-{size[1]}"
    own.mkdir()
    ready, missing = peers.prepare(folder, own, work.peers_json(*size), wanted_of_peers(build, scratch, size))
    clock, wgen = Clock(build), build / "release/wgen"
    (own / "bench.yaml").write_text(work.spec(*size))
    for _ in range(rounds):
        remove(own, "out", "bench")
        clock.run("wgen, all four outputs, all checks", [wgen, "build", "-q", "bench.yaml"], own)
        for name, (command, env) in ready.items():
            remove(own, "out")
            (own / "out").mkdir()
            clock.run(name, command, own, env)
    shutil.rmtree(own)
    first = next(iter(clock.runs))
    rows = [[name, ms(clock.median(name)), ms(clock.median(name, 1)), f"{clock.median(name) / clock.median(first):.1f}",
             f"{clock.median(name, 1) / clock.median(first, 1):.1f}", f"{clock.median(name, 2):.0f}"] for name in clock.runs]
    return table([f"{size[0]:,}, {size[1]:,}", "ms", "cpu ms", "times wgen", "by cpu", "peak MB"], rows) + \
        "".join(f"\n{line}\n" for line in said + missing)


def version_of_node():
    """How fast a machine is, is said by what a program takes that everybody knows."""
    if not shutil.which("node"):
        return None
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()


def commands(build, scratch, rounds):
    """The commands that people wait for, on the systems of specs/."""
    clock = Clock(build)
    folder = scratch / "specs"
    folder.mkdir()
    shutil.copytree(ROOT / "specs", folder / "specs")
    wgen = build / "release/wgen"
    (folder / "bench.yaml").write_text(work.spec(10, 300, own_words=True))
    lines = len((folder / "bench.yaml").read_text().splitlines())
    yardstick = version_of_node()
    for _ in range(rounds):
        remove(folder, "out")
        clock.run("wgen build specs/", [wgen, "build", "-q", "specs"], folder)
        clock.run("wgen build specs/, again", [wgen, "build", "-q", "specs"], folder)
        clock.run("wgen check specs/", [wgen, "check", "-q", "specs"], folder)
        for system in sorted(path.name for path in (folder / "specs").glob("*.yaml")):
            clock.run(f"wgen check specs/{system}", [wgen, "check", "-q", f"specs/{system}"], folder)
        clock.run(f"wgen check, {lines:,} lines of 300 workflows", [wgen, "check", "-q", "bench.yaml"], folder)
        clock.run("wgen --help", [wgen, "--help"], folder)
        if yardstick:
            clock.run(f"node -e 0, of Node {yardstick}", ["node", "-e", "0"], folder)
    return clock


def ms(value):
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def wgen_tables(sizes, measured):
    rows, again, memory = [], [], []
    for label, at in zip(sizes, measured):
        m = at.clock.median
        rows.append([label, f"{sum(at.resources.values()):,}", f"{at.files:,}", f"{at.bytes / 1e6:.1f}", ms(m("full")),
                     ms(m("floor")), f"{m('full') / m('floor'):.1f}", f"{m('full', 1) / m('floor', 1):.1f}",
                     f"{m('full', 2):.0f}"])
        again.append([label, ms(m("read")), ms(m("same")), f"{m('same') / m('read'):.1f}", ms(m("check")),
                      f"{m('check') / m('read'):.1f}", ms(m("one")), f"1/{m('full') / m('one'):.1f}",
                      f"1/{m('full', 1) / m('one', 1):.1f}"])
    return (table(["users, workflows", "resources", "files", "MB", "build ms", "floor ms", "build / floor",
                   "by cpu", "peak MB"], rows) + "\n" +
            table(["users, workflows", "read + compare ms", "unchanged build ms", "ratio", "`--check` ms", "ratio",
                   "one user added ms", "of a full build", "by cpu"], again))


def growth(sizes, measured):
    small, large = (dict(zip(sizes, measured)).get(size) for size in SIZES[2:])
    if not small or not large:
        return ""
    full = [at.clock.median("full", 1) for at in (small, large)]
    return f"\nGrowth from (10,000, 200) to (100,000, 2,000), by cpu: exponent {math.log10(full[1] / full[0]):.2f}.\n"


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    cores = len(re.findall(r"^processor", pathlib.Path("/proc/cpuinfo").read_text(), re.M))
    load = pathlib.Path("/proc/loadavg").read_text().split()[0]
    return f"{cores} cores ({model[1] if model else platform.machine()}), Linux {platform.release()}, load {load}"


def put_report(part, text):
    """Puts `text` in place of a part of the report."""
    path = HERE / "README.md"
    start, end = f"<!-- {part} -->\n", f"<!-- end of {part} -->"
    before, rest = path.read_text().split(start)
    path.write_text(before + start + text + end + rest.split(end)[1])


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--build", type=pathlib.Path, required=True)
    args.add_argument("--sizes", help="such as 1x1,1000x50")
    args.add_argument("--rounds", type=int, default=7)
    args.add_argument("--no-peers", action="store_true", help="wgen alone")
    args.add_argument("--print", action="store_true", help="to the terminal, and write no report")
    args = args.parse_args()
    build = args.build.resolve()
    sizes = [tuple(map(int, size.split("x"))) for size in args.sizes.split(",")] if args.sizes else SIZES
    shm = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=shm) as scratch:
        scratch = pathlib.Path(scratch)
        measured = [measure(build, scratch, size, args.rounds) for size in sizes]
        text = machine() + f"; medians of {args.rounds} rounds.\n\n"
        text += wgen_tables([f"{n:,}, {w:,}" for n, w in sizes], measured) + growth(sizes, measured)
        if not args.sizes:
            own = measure(build, scratch, (1000, 200), args.rounds, own_words=True)
            text += "\nEvery workflow in words of its own, none a copy of another:\n\n"
            text += wgen_tables(["1,000, 200"], [own])
        beside = "" if args.no_peers else machine() + ".\n"
        for size in [] if args.no_peers else sizes if args.sizes else [(1000, 50), (10000, 200)]:
            beside += "\n" + against_peers(build, scratch, size, min(args.rounds, 5))
        times = commands(build, scratch, 3 * args.rounds)
        text += "\n" + table(["command", "ms", "cpu ms", "peak MB"],
                             [[f"`{name}`", ms(times.median(name)), ms(times.median(name, 1)),
                               f"{times.median(name, 2):.0f}"] for name in times.runs])
    if args.print or args.sizes:
        print(text + "\n" + beside)
    else:
        put_report("measured", text)
        if beside:
            put_report("peers", beside)
    return 0


sys.exit(main())
