"""What is neither a template nor a definition: scripts, images, pipelines, prose, schemas; and that a
template means the same in both versions of YAML."""

import collections
import html
import json
import pathlib
import re
import shutil

import cmarkgfm
import jsonschema
import pytest
import yaml

import harness
from conftest import OUT, WORK
from core import kind_of, read
from harness import JUDGES, run

WGEN = harness.TOP / harness.os.environ.get("BUILD", "build") / "wgen"


def different(*patterns):
    """Files of that name below OUT, of each text one."""
    found = {}
    for pattern in patterns:
        for path in sorted(OUT.rglob(pattern)):
            found.setdefault(path.read_bytes(), path)
    return sorted(found.values())


def clean(*command):
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_shellcheck():
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not here")
    scripts = different("*.sh")
    assert scripts
    clean("shellcheck", *scripts)


def test_hadolint():
    files = different("*Dockerfile")
    assert files
    clean(JUDGES / "hadolint", *files)


# --- YAML

def scalars(node):
    if isinstance(node, yaml.ScalarNode):
        yield node
    for inner in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for one in inner if isinstance(inner, tuple) else (inner,):
            yield from scalars(one)


def read_apart(text):
    """The plain scalars that YAML 1.1 and 1.2 take for different things."""
    for node in scalars(yaml.compose(text, yaml.CSafeLoader)):
        if not node.style and not node.tag.startswith("!"):
            new = kind_of(node)
            old = node.tag.rpartition(":")[2]
            if new != old or new == "int" and re.match(r"[-+]?0[0-9]", node.value):
                yield f"line {node.start_mark.line + 1}: {node.value}: {old} in 1.1, {new} in 1.2"


def test_yaml():
    for path in different("cloudformation/*.yaml"):
        assert list(read_apart(path.read_text())) == [], path


@pytest.mark.parametrize("scalar", ["yes", "off", "1_000", "010", "0o10", "1:30", "2024-01-01", "=", "1e3"])
def test_yaml_says_no(scalar):
    assert list(read_apart(f"a: [{scalar}]"))


# --- prose

def anchors(page):
    """The anchors that GitHub gives to the headings of a page."""
    times = collections.Counter()
    for heading in re.findall(r"<h[1-6]>(.*?)</h[1-6]>", page, re.S):
        text = html.unescape(re.sub(r"<[^>]*>", "", heading)).lower().strip()
        name = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        yield name if not times[name] else f"{name}-{times[name]}"
        times[name] += 1


def pages():
    for top in (harness.TOP, OUT):
        for path in top.rglob("*.md") if top == OUT else (harness.TOP / line for line in
                                                          run("git", "ls-files", "*.md", cwd=top).stdout.splitlines()):
            yield path


def broken(paths):
    """The links of these pages that lead nowhere."""
    known = {path: cmarkgfm.github_flavored_markdown_to_html(path.read_text()) for path in paths}
    for path, page in known.items():
        for link in map(html.unescape, re.findall(r'<(?:a|img)[^>]* (?:href|src)="([^"]*)"', page)):
            file, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            to = (path.parent / file).resolve() if file else path
            if not to.exists():
                yield f"{path}: {link}: there is no such file"
            elif anchor and anchor not in anchors(known.get(to) or cmarkgfm.github_flavored_markdown_to_html(to.read_text())):
                yield f"{path}: {link}: there is no such heading"


def test_links():
    found = list(pages())
    assert len(found) > 20
    assert list(broken(found)) == []


@pytest.mark.parametrize("link", ["[x](nowhere.md)", "[x](#nowhere)", "[x](other.md#nowhere)", "![x](nowhere.png)"])
def test_links_say_no(link, tmp_path):
    (tmp_path / "page.md").write_text(f"# Here\n\n[a](#here) [b](other.md#there) {link}\n")
    (tmp_path / "other.md").write_text("# There\n")
    assert len(list(broken([tmp_path / "page.md"]))) == 1


# --- JSON

@pytest.fixture(scope="module")
def schema():
    return json.loads(run(WGEN, "schema").stdout)


def test_schema(schema):
    jsonschema.Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("spec", sorted((WORK / "specs").glob("*.yaml")), ids=lambda path: path.stem)
def test_specs_fit_the_schema(spec, schema):
    if (spec.with_suffix("") / "kinds").is_dir():
        schema = json.loads(run(WGEN, "schema", "--templates", spec.with_suffix("")).stdout)
    given = read(yaml.compose(spec.read_text(), yaml.CSafeLoader))
    said = [f"{'.'.join(map(str, e.path))}: {e.message[:200]}" for e in jsonschema.Draft7Validator(schema).iter_errors(given)]
    assert said == []


@pytest.mark.parametrize("spec", ["queues: {a: {visibilty: 1m}}", "queues: {a: {delay: soon}}", "queue: {}", "functions: {f: {memory: [1]}}"])
def test_schema_says_no(spec, schema):
    assert list(jsonschema.Draft7Validator(schema).iter_errors(read(yaml.compose(f"system: demo\n{spec}\n", yaml.CSafeLoader))))


def test_sarif():
    schema = JUDGES / "sarif-2.1.0-rtm.5.json"
    harness.needs(schema)
    specs = sorted((harness.TOP / "tests/errors").glob("*.yaml"))[:40]
    log = json.loads(run(WGEN, "check", "--format", "sarif", *specs).stdout)
    assert len(log["runs"][0]["results"]) > 30
    judge = jsonschema.Draft7Validator(json.loads(schema.read_text()))
    assert [e.message[:200] for e in judge.iter_errors(log)] == []
    del log["runs"][0]["results"][0]["message"]
    assert not judge.is_valid(log)


def test_definitions_are_json(definition):
    def once(pairs):
        assert len({key for key, _ in pairs}) == len(pairs)
        return dict(pairs)
    json.loads(definition.read_text(), object_pairs_hook=once)
