"""What wgen says of a system: `wgen build --dump expand` and `--dump place`."""

import dataclasses
import json
import pathlib
import re
import subprocess

SUFFIX = {"queue": "QUEUE_NAME", "table": "TABLE", "bucket": "BUCKET", "topic": "TOPIC_ARN", "workflow": "ARN", "function": "FUNCTION"}


def pascal(words):
    return "".join(word[0].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", words) if word)


@dataclasses.dataclass
class System:
    """A system in one environment."""
    name: str
    environment: str  # empty: it has none
    folder: pathlib.Path  # with cloudformation/ in it
    handlers: pathlib.Path
    sources: pathlib.Path
    stacks: list  # names, in the order of deployment
    resources: dict  # by path
    region: str
    users: dict  # of each project

    def of(self, kind):
        return {path: r for path, r in self.resources.items() if r["kind"] == kind}

    def items(self, path):
        """What a resource has an instance for: [{}] if it is one."""
        per = self.resources[path].get("per")
        if per == "user":
            return [{"project": project, "user": user} for project, users in self.users.items() for user in users]
        return [{"project": project} for project in self.users] if per == "project" else [{}]

    def variables(self, worker):
        """The environment variables of a worker, from what it serves, listens to and answers."""
        found = {}
        for field in ("serves", "listens", "answers"):
            reference = worker["fields"].get(field)
            if reference:
                path = reference[2:-1]
                target = self.resources[path]
                name = re.sub(r"\$\((?:\w+\.)?(\w+)\)", r"{\1}", target["name"])
                found[f"{path.upper().replace('-', '_').replace('.', '_')}_{SUFFIX[target['kind']]}"] = (target["kind"], name)
        return found


def dumps(wgen, root, spec, step):
    """What a step made of each environment."""
    text = subprocess.run([wgen, "build", "--quiet", "-C", root, "--dump", step, spec], check=True, capture_output=True, text=True).stdout
    decoder, found = json.JSONDecoder(), []
    while text.strip():
        one, end = decoder.raw_decode(text.lstrip())
        found.append(one)
        text = text.lstrip()[end:]
    return found


def users_of(spec, environment):
    """The users of each project, as an environment has them."""
    found = spec.get("projects") or {}
    changed = ((spec.get("environments") or {}).get(environment) or {}).get("projects") or {}
    found = {**(found if isinstance(found, dict) else {name: [] for name in found}), **(changed if isinstance(changed, dict) else {})}
    return {name: list(users or []) for name, users in found.items()}


def read(wgen, root, spec, environment="", out="out"):
    """The system that the file or folder `spec`, below `root`, describes."""
    root = pathlib.Path(root).resolve()
    expanded = {one.get("environment", ""): one for one in dumps(wgen, root, spec, "expand")}
    placed = {one.get("environment", ""): one for one in dumps(wgen, root, spec, "place")}
    if environment not in expanded:
        raise SystemExit(f"{spec} has these environments: {', '.join(sorted(expanded)) or 'none'}")
    name, spec_read = expanded[environment]["system"], dumps(wgen, root, spec, "read")[0]
    folder = root / out / name
    stacks, waiting = [], {s["name"]: s["after"] for s in placed[environment]["stacks"]}
    while waiting:  # each after those that it needs
        ready = [s for s, after in waiting.items() if not set(after) & set(waiting)]
        stacks += ready
        for stack in ready:
            del waiting[stack]
    return System(name, environment, folder / "env" / environment if environment else folder, folder / "handlers",
                  root / "specs" / name / "handlers", stacks, {r["path"]: r for r in expanded[environment]["resources"]},
                  spec_read.get("region", "us-east-1"), users_of(spec_read, environment))
