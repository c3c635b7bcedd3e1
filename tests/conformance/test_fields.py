"""Every field of every kind is used by a small spec that the judges see; nested ones are fields too."""

import yaml

import harness

TEMPLATES = harness.TOP / "templates"


def load(path):
    """Every scalar as text: `on` is a key of ours, and `!block` means nothing here."""
    return yaml.load(path.read_text(), yaml.CBaseLoader)


KINDS = {kind["kind"]: kind for kind in map(load, sorted((TEMPLATES / "kinds").glob("*.yaml")))}
SECTIONS = {kind["section"]: name for name, kind in KINDS.items()}
COMMON = load(TEMPLATES / "language/common.yaml")["fields"]
STAGE = load(TEMPLATES / "language/stage.yaml")["fields"]
# Nothing is named like these in a spec.
COMPILED = {name: kind for name, kind in KINDS.items() if kind.get("internal") and name != "system"}


def shapes(field):
    """The declarations that a value of the field may fit."""
    return [field, *shapes(field["or"])] if "or" in field else [field]


def listed(value):
    return value if isinstance(value, list) else [value]


def declared(where, fields):
    """The path of each field, and of those in it."""
    for name, field in fields.items():
        if field.get("derived"):
            continue
        yield f"{where}.{name}"
        for shape in shapes(field):
            while isinstance(shape.get("of"), dict):
                shape = shape["of"]
            yield from declared(f"{where}.{name}", shape.get("fields", {}))


def used(where, fields, given):
    """The paths of the fields that `given`, a map of a spec, has; and of those in what it defines in place."""
    for name, value in given.items():
        if name in fields:
            yield f"{where}.{name}"
            for shape in shapes(fields[name]):
                yield from within(f"{where}.{name}", shape, value)


def within(where, shape, value):
    kind = shape["type"]
    if kind in ("list", "map") and isinstance(shape.get("of"), dict):
        if kind == "list":
            items = listed(value)
        else:
            items = list(value.values()) if isinstance(value, dict) else []
        for item in items:
            for inner in shapes(shape["of"]):
                yield from within(where, inner, item)
    elif kind == "object":
        if not isinstance(value, dict) and "shorthand" in shape:
            value = {shape["shorthand"]: value}
        if isinstance(value, dict):
            yield from used(where, shape["fields"], value)
    elif kind == "ref" and isinstance(value, dict):
        yield from used(where, shape.get("fields", {}), value)
        for name in listed(shape["to"]):
            yield from resource(name, value)
    elif kind == "stages" and isinstance(value, list):
        for stage in value:
            if isinstance(stage, dict):
                yield from used("stage", STAGE, stage)


def resource(name, given):
    kind = KINDS[name]
    if not isinstance(given, dict):
        given = {kind["shorthand"]: given} if "shorthand" in kind else {}
    yield from used(name, kind["fields"], given)
    yield from used("any", COMMON, given)


def of_spec(spec):
    yield from used("system", KINDS["system"]["fields"], spec)
    for part in (spec, *(spec.get("environments") or {}).values()):
        for section, things in (part or {}).items():
            if section in SECTIONS and isinstance(things, dict):
                for thing in things.values():
                    yield from resource(SECTIONS[section], thing)
        for name, fields in ((part or {}).get("defaults") or {}).items():
            if name in KINDS:
                yield from resource(name, fields)
    for blueprint in (spec.get("blueprints") or {}).values():
        yield from resource("workflow", blueprint)


def specs():
    """Our own small specs, in one file or several; the systems and the examples of kinds are judged as well."""
    folder = harness.TOP / "tests/conformance/specs"
    yield from map(load, sorted((*folder.glob("*.yaml"), *folder.glob("*/*.yaml"))))


def test_every_field_is_used():
    known = {*declared("any", COMMON), *declared("stage", STAGE)}
    for name, kind in KINDS.items():
        if name not in COMPILED:
            known |= set(declared(name, kind["fields"]))
    every = list(specs())
    seen = {path for spec in every for path in of_spec(spec)}
    assert len(every) >= 40
    assert len(known) > 400
    unused = sorted(known - seen)
    assert not unused, "\n".join(unused)
