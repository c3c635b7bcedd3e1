"""The pages beside a system, as somebody on call meets them: commands that a shell takes as they stand, and
names that CloudFormation asks for when it imports what is there already."""

import re
import shutil

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from conftest import OUT
from harness import run


def pages(name):
    found = sorted(OUT.rglob(f"docs/{name}.md"))
    assert found
    return found


def test_commands_can_be_pasted(tmp_path):
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not here")
    script = tmp_path / "page.sh"
    for page in pages("runbook"):
        blocks = re.findall(r"^```sh\n(.*?)^```$", page.read_text(), re.M | re.S)
        assert blocks, page
        # One after the other, as they are read: what the first one sets, the others use.
        script.write_text("#!/bin/bash\n" + "".join(blocks))
        # SC2034: a page may have no use for $region
        done = run("shellcheck", "--exclude=SC2034", script)
        assert done.returncode == 0, f"{page}: {done.stdout}"


def test_no_page_has_a_part_without_words():
    for page in pages("*"):
        text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
        assert not re.search(r"\{\{|\(null\)|``", text), page
        said = re.sub(r"`[^`\n]*`", "", text)  # YAML stands in code
        assert not re.search(r"\}\}(?!\"?\])", said), page


def test_what_is_imported_is_known_by_that():
    """Of each row of the table: `BY` is what identifies a resource of `TYPE`."""
    kinds = set()
    for page in pages("runbook"):
        for kind, by in re.findall(r"^\| .* \| (AWS::\S+) \| \S+ \| (\w+) \|$", page.read_text(), re.M):
            kinds.add((kind, by))
    assert len(kinds) >= 9, kinds
    wrong = {(kind, by): schema["primaryIdentifier"] for kind, by in kinds
             for schema in [PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema]
             if schema["primaryIdentifier"] != [f"/properties/{by}"]}
    assert not wrong
