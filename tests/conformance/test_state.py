"""Terraform's state: a plan twice over is no change, and an address never moves when something else comes, goes
or stands elsewhere. One system is deployed to the stand-in provider, edited, and deployed on the same states."""

import collections
import os

import harness
from harness import JUDGES, run

WGEN = harness.TOP / os.environ.get("BUILD", "build") / "wgen"
SPEC = """
system: town
region: eu-central-1
notify: {email: ops@example.com}
projects: {books: [ann, bob], cars: [cid]}
queues: {orders: {per: user, fifo: true, alarm: {depth: 5, each: true}}, jobs: {}}
tables: {seen: {key: id}}
functions: {take: {uses: {orders: receive, seen: [read, write]}}}
workflows: {pack: {stages: [{call: take}, {call: {id: wrap}}], trigger: {queue: jobs}}}
dashboards: {all: {}}
"""


def is_change(change):
    """The stand-in provider never says the `id` of what has no name: it stays open, and is no change."""
    before, after, unknown = change["before"], change["after"], change["after_unknown"]
    if change["actions"] != ["update"]:
        return change["actions"] not in (["no-op"], ["read"])
    return before != {**after, **{name: None for name in unknown if unknown[name] is True and before.get(name) is None}}


class Town:
    """The folder of a system, and beside it a copy of each of its root modules with its state."""

    def __init__(self, folder):
        self.folder, self.spec = folder, folder / "specs/town.yaml"
        self.spec.parent.mkdir()
        self.spec.write_text(SPEC)

    def edit(self, before, after):
        assert before in self.spec.read_text()
        self.spec.write_text(self.spec.read_text().replace(before, after))

    def deploy(self):
        """What was done to which address, of all that was not left as it is."""
        done = run(WGEN, "build", "--quiet", "-C", self.folder)
        assert done.returncode == 0, done.stdout + done.stderr
        changes = collections.defaultdict(list)
        for configuration in sorted((self.folder / "out/town/terraform").iterdir()):
            copy = harness.prepare(configuration, self.folder / "deployed")
            planned = [c for c in harness.plan_in(copy).get("resource_changes", []) if c["mode"] == "managed" and is_change(c["change"])]
            for change in planned:
                assert "previous_address" not in change
                changes["/".join(change["change"]["actions"])].append(change["address"])
            if not planned:
                continue
            done = run(JUDGES / "tofu", f"-chdir={copy}", "apply", "-input=false", "-no-color", "plan")
            assert done.returncode == 0, done.stdout + done.stderr
        return dict(changes)


def no_noise(town):
    assert town.deploy() == {}


def reordered(town):
    town.edit("books: [ann, bob], cars: [cid]", "cars: [cid], books: [bob, ann]")
    assert town.deploy() == {}


def user_added(town):
    town.edit("[bob, ann]", "[bob, ann, eve]")
    changes = town.deploy()
    assert all('["books/eve"]' in address for address in changes.pop("create"))
    assert changes == {"update": ["aws_iam_role_policy.take"]}  # who may take from hers as well


def workflow_added(town):
    town.edit("workflows: {", "workflows: {send: {stages: [{call: {id: stamp}}]}, ")
    changes = town.deploy()
    assert changes.pop("create")
    assert changes == {"update": ["aws_cloudwatch_dashboard.all"]}


def user_removed(town):
    town.edit("[bob, ann, eve]", "[ann, eve]")
    changes = town.deploy()
    assert all('["books/bob"]' in address for address in changes.pop("delete"))
    assert changes == {"update": ["aws_iam_role_policy.take"]}


def test_edits(tmp_path):
    """Each edit goes on with what the one before it left deployed."""
    town = Town(tmp_path)
    assert set(town.deploy()) == {"create"}
    for edit in (no_noise, reordered, user_added, workflow_added, user_removed):
        edit(town)
