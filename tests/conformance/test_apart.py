"""The comparison of both targets says no to kinds whose two sides do not say the same: each row breaks one side of
a kind in templates/kinds, the other one stays, and the spec that uses it is built and planned with that."""

import os

import pytest

import equal
import harness
from conftest import WORK

WGEN = harness.TOP / os.environ.get("BUILD", "build") / "wgen"
# What is done to a side of a kind, in which spec that shows, and the property (or type) that is told of.
MISTAKES = [
    ("CloudFormation lacks a property", "queue", "cloudformation", "      MessageRetentionPeriod: $(retention | seconds)\n", "", "queue-every-field", "messageretentionperiod"),
    ("Terraform lacks an argument", "queue", "terraform", "      delay_seconds: $(delay | seconds)\n", "", "queue-every-field", "delayseconds"),
    ("Terraform has another value", "function", "terraform", "memory_size: $(memory | megabytes)", "memory_size: 256", "function-every-field", "memorysize"),
    ("CloudFormation has another unit", "queue", "cloudformation", "VisibilityTimeout: $(visibility | seconds)", "VisibilityTimeout: $(visibility | minutes)", "queue-every-field", "visibilitytimeout"),
    ("CloudFormation lacks a resource", "function", "cloudformation", "    $if: url\n", "    $if: not url\n", "function-every-field", "AWS::Lambda::Url"),
    ("Terraform lacks a resource", "queue", "terraform", "  - part: policy\n    $if: statements\n", "  - part: policy\n    $if: not statements\n", "queue-plain", "AWS::SQS::QueuePolicy"),
    ("Terraform lacks a piece of a resource", "bucket", "terraform", "    $if: versions\n", "    $if: not versions\n", "bucket-plain", "versioningconfiguration"),
    ("an item of a list is gone", "table", "cloudformation", "        - {$if: sort, AttributeName: $(sort), KeyType: RANGE}\n", "", "table-every-field", "keyschema"),
    ("an item of a list is another", "bucket", "cloudformation", 'AllowedHeaders: ["*"]', 'AllowedHeaders: ["x-id"]', "bucket-every-field", "corsconfiguration"),
    ("a document says something else", "role", "terraform", "Action: sts:AssumeRole", "Action: sts:TagSession", "schedules", "assumerolepolicydocument"),
    ("a reference is to something else", "pipe", "terraform", "source: $(source.arn)", "source: $(role.arn)", "pipe-filtered", "source"),
    ("a name is another one", "log", "cloudformation", "LogGroupName: $(self.name)", "LogGroupName: $(self.name)-2", "log-groups", "loggroupname"),
    ("tags are not there", "topic", "cloudformation", "    tags: list\n", "", "topic-plain", "tags"),
    ("one side turns something on", "table", "terraform", "deletion_protection_enabled: $(protection)", "deletion_protection_enabled: true", "table-every-field", "deletionprotectionenabled"),
]


def broken(kind, side, old, new):
    """The text of a kind with one side changed, at the first place."""
    text = (harness.TOP / f"templates/kinds/{kind}.yaml").read_text()
    before, mark, body = text.partition(f"\n{side}:\n")
    assert old in body, f"{kind} has no {old!r} in {side}"
    return before + mark + body.replace(old, new, 1)


def apart(folder, name, *options):
    """What is not the same in the stacks of a spec, built below a folder."""
    done = harness.run(WGEN, "build", "--quiet", "-C", folder, *options, WORK / "specs" / f"{name}.yaml")
    assert done.returncode == 0, done.stderr
    return [line for stack in harness.stacks(folder / "out")
            for line in equal.compare(equal.deployed(stack), harness.plan(stack.configuration), harness.provider_schema())]


@pytest.mark.parametrize("kind,side,old,new,name,told", [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_says_no(tmp_path, kind, side, old, new, name, told):
    kinds = tmp_path / "kinds"
    kinds.mkdir()
    (kinds / f"{kind}.yaml").write_text(broken(kind, side, old, new))
    found = apart(tmp_path, name, "--templates", tmp_path)
    assert [line for line in found if told in line], found
