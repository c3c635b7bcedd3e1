"""Are a template and a configuration the same? Terraform's plan is said in CloudFormation's words, as
equal/types.yaml has them, and compared property by property."""

import functools
import json
import pathlib
import re

import yaml

import cfn
import harness

HERE = pathlib.Path(__file__).parent
TYPES = yaml.safe_load((HERE / "equal/types.yaml").read_text())
DIFFERENCES = yaml.safe_load((HERE / "equal/differences.yaml").read_text())
KNOWN = json.loads((HERE / "terraform/provider/aws.json").read_text())
MAIN = {row["is"]: name for name, row in TYPES.items() if "is" in row}
IGNORED = {"id", "region", "tags", "timeouts"}  # `tags_all` has the tags


def canonical(name):
    return name.replace("_", "").replace("-", "").lower()


# --- what Ref and Fn::GetAtt give --------------------------------------------------------------

def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def argument(kind, properties, name):
    """What `name`, an argument of the Terraform type `kind`, is among CloudFormation's properties."""
    path = TYPES[kind].get("as", {}).get(name, name)
    node = properties
    for word in (path if isinstance(path, str) else path[0]).split("."):
        node = next((v for k, v in (node or {}).items() if canonical(k) == canonical(word)), None)
    return node


def given(kind, attribute, properties, region):
    """The attribute of a resource, made as the stand-in provider makes it."""
    value = argument(kind, properties, attribute)
    pattern = KNOWN.get(kind, {}).get("gives", {}).get(attribute)
    if pattern is None:
        assert value is not None, f"what is `{attribute}` of {kind}? Say so in terraform/provider/aws.json"
        return value

    def fill(match):
        word, prefix = match[1], match[2]
        if word == "region":
            return region
        if word == "account":
            return cfn.ACCOUNT
        if word == "id":
            return cfn.made_up_id(kind, *(argument(kind, properties, a) for a in ("name", "api_id", "route_key", "description")))
        return str(argument(kind, properties, word) or "").removeprefix(prefix or "")

    return re.sub(r"\{(\w+)(?:/([^}]*))?\}", fill, pattern)


def identity(region, kind, attribute, properties):
    if kind == "AWS::Lambda::Version":  # has no counterpart
        return "1" if attribute == "Version" else None
    main = MAIN[kind]
    row = TYPES[main]
    name = row["ref"] if attribute is None else row.get("get", {}).get(attribute, snake(attribute))
    name, plus, rest = name.partition(" + ")
    return given(main, name, properties, region) + (rest if plus else "")


def deployed(stack):
    """The template of a stack, with the parameters that its configuration is planned with."""
    template = cfn.Template(stack.template, stack.region, functools.partial(identity, stack.region))
    given = {canonical(name): value for name, value in harness.given_to(stack.configuration).items()}
    template.parameters = {name: given.get(canonical(name), value) for name, value in template.parameters.items()}
    return template


# --- Terraform's values in CloudFormation's words ----------------------------------------------

class Document:
    """A value that is compared as it stands."""

    def __init__(self, value):
        self.value = cfn.as_document(value)


class Items(dict):
    """A list in the making: its elements by what they are called."""

    def list(self):
        keys = sorted(self, key=int) if all(str(key).isdigit() for key in self) else self
        return [self[key] for key in keys]


def put(tree, path, value):
    """Puts `value` into `tree` at `path`: names, and (index,) for what is in a list."""
    for here, after in zip(path, [*path[1:], None]):
        key = here[0] if isinstance(here, tuple) else here
        if after is None:
            tree[key] = value
        else:
            tree = tree.setdefault(key, Items() if isinstance(after, tuple) else {})


def function_arn(values, arguments, region):
    """The ARN of the function that these arguments name."""
    words = [values[a] for a in arguments if values.get(a)]
    return ":".join(words if words[0].startswith("arn:") else [f"arn:aws:lambda:{region}:{cfn.ACCOUNT}:function", *words])


class Translation:
    """One resource of a plan as (path, value) pairs of CloudFormation."""

    def __init__(self, kind, schema, address):
        self.kind, self.address = kind, address
        self.block = schema["resource_schemas"][kind]["block"]
        self.names = TYPES[kind].get("as", {})
        self.pairs, self.sets = [], set()

    def renamed(self, words):
        """The target paths for the source path `words`, by its longest prefix that `as` has."""
        for length in range(len(words), 0, -1):
            source = ".".join(words[:length])
            if source in self.names:
                found = self.names[source]
                return [(t, words[length:]) for t in ([found] if isinstance(found, str) else found)]
        return [("", words)]

    def emit(self, words, indices, siblings, value, unordered):
        for target, rest in self.renamed(words):
            target, _, constant = target.partition("=")
            remaining = list(indices)
            path = []
            for word in [w for w in target.split(".") if w] + rest:
                name, _, index = word.partition("[")
                if name.startswith("<"):
                    name, index = siblings[name.strip("<>")], ""
                path.append(canonical(name))
                if index:
                    token = index.rstrip("]")
                    if token == "":
                        path.append((remaining.pop(0),))
                    elif token == "+":
                        path.append((self.address,))
                    elif token.startswith("@"):
                        path.append((int(siblings[token[1:]]),))
                    else:
                        path.append((token,))
            if unordered:
                self.sets.add(tuple(p for p in path if isinstance(p, str)))
            self.pairs.append((path, constant if constant else value))

    def walk(self, block, values, words=(), indices=()):
        for name, value in sorted(values.items()):
            here = [*words, name]
            if value in (None, "", [], {}) or name in IGNORED and not words:
                continue
            attribute = block.get("attributes", {}).get(name)
            if attribute and attribute.get("computed") and not attribute.get("optional"):
                continue
            if f"{self.kind}.{name}" in DIFFERENCES["terraform"] and not words:
                continue
            if attribute:
                kind = attribute["type"]
                if name == "tags_all":
                    here = ["tags"]
                if isinstance(value, list) and ".".join(here) + "[]" in self.names:
                    for i, one in enumerate(value):
                        self.emit([*words, name + "[]"], [*indices, i], values, one, kind[0] == "set")
                else:
                    self.emit(here, indices, values, value if isinstance(value, (bool, int, float)) else Document(value),
                              kind[0] == "set" if isinstance(kind, list) else False)
                continue
            nested = block["block_types"][name]
            for i, one in enumerate(value):
                many = nested.get("max_items") != 1 or ".".join([*words, name + "[]"]) in self.names
                inner = [*words, name + "[]"] if many else here
                if many and nested["nesting_mode"] == "set":
                    for target, rest in self.renamed(inner):
                        self.sets.add(tuple(canonical(re.sub(r"\[.*", "", w)) for w in [*target.split("."), *rest] if w))
                self.walk(nested["block"], one, inner, [*indices, i] if many else indices)


def planned(plan, schema):
    """The resources of a plan in CloudFormation's words: [(type, address, tree, sets)]."""
    found, pieces = [], []
    for resource in plan["planned_values"].get("root_module", {}).get("resources", []):
        if resource["mode"] != "managed":
            continue
        kind, values = resource["type"], resource["values"]
        assert kind in TYPES, f"equal/types.yaml does not know {kind}"
        t = Translation(kind, schema, resource["address"])
        names = TYPES[kind].get("function", [])
        if names:
            values = {key: value for key, value in values.items() if key not in names[1:]}
            values[names[0]] = function_arn(resource["values"], names, resource["values"]["region"])
        t.walk(t.block, values)
        row = TYPES[kind]
        if "is" in row:
            found.append([row["is"], resource["address"], values, t.pairs, set(t.sets)])
        else:
            pieces.append((row, values, t))
    for row, values, t in pieces:
        mine, theirs = row["by"].split("=")
        owners = [f for f in found if f[0] == row["within"] and f[2].get(theirs) == values[mine]]
        assert len(owners) == 1, f"{t.address} belongs to {len(owners)} resources of type {row['within']}"
        owners[0][3].extend(t.pairs)
        owners[0][4].update(t.sets)
    for kind, address, _, pairs, sets in found:
        tree = {}
        for path, value in pairs:
            put(tree, path, value)
        yield kind, address, tree, sets


# --- comparing -----------------------------------------------------------------------------------

def scalar(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def plain(value):
    """Scalars as text, and a list of keys and values as the map that it is."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return scalar(value)


def as_map(value):
    if isinstance(value, list) and value and all(isinstance(v, dict) and set(v) in ({"Key", "Value"}, {"Name", "Value"}) for v in value):
        return {v.get("Key", v.get("Name")): v["Value"] for v in value}
    return value


def differences(tf, cf, sets, path=()):
    """Yields (path, what Terraform says, what CloudFormation says) where they differ."""
    if isinstance(tf, Document):
        mine, theirs = plain(tf.value), plain(cfn.as_document(cf))
        if isinstance(mine, dict):
            theirs = plain(as_map(cf) if isinstance(cf, list) else cfn.as_document(cf))
        if isinstance(mine, list) and isinstance(theirs, list) and path in sets:
            mine, theirs = sorted(mine, key=json.dumps), sorted(theirs, key=json.dumps)
        if mine != theirs:
            yield path, mine, theirs
    elif isinstance(tf, Items):
        mine, theirs = tf.list(), cf if isinstance(cf, list) else [] if cf is None else [cf]
        if len(mine) != len(theirs):
            yield path, [show(one) for one in mine], cf
        elif path in sets or not all(str(key).isdigit() for key in tf):
            left = list(theirs)
            for one in mine:
                match = next((t for t in left if not list(differences(one, t, sets, path))), None)
                if match is None:
                    yield path, show(one), left
                    return
                left.remove(match)
        else:
            for one, other in zip(mine, theirs):
                yield from differences(one, other, sets, path)
    elif isinstance(tf, dict):
        theirs = {canonical(key): value for key, value in cf.items()} if isinstance(cf, dict) else {}
        for key in sorted(set(tf) | set(theirs)):
            if key not in tf:
                yield (*path, key), None, theirs[key]
            elif key not in theirs:
                yield (*path, key), show(tf[key]), None
            else:
                yield from differences(tf[key], theirs[key], sets, (*path, key))
    elif scalar(tf) != scalar(cf):
        yield path, tf, cf


def show(tree):
    if isinstance(tree, Document):
        return tree.value
    if isinstance(tree, Items):
        return [show(one) for one in tree.list()]
    if isinstance(tree, dict):
        return {key: show(value) for key, value in tree.items()}
    return tree


def compare(template, plan, schema):
    """What is not the same, one line each."""
    left = [(name, kind, properties) for name, kind, properties in template.resources() if kind not in DIFFERENCES["cloudformation"]]
    unmatched = []
    for kind, address, tree, sets in planned(plan, schema):
        same = next((one for one in left if one[1] == kind and not list(differences(tree, one[2], sets))), None)
        if same:
            left.remove(same)
        else:
            unmatched.append((kind, address, tree, sets))
    for kind, address, tree, sets in unmatched:
        candidates = [(list(differences(tree, properties, sets)), name, properties) for name, k, properties in left if k == kind]
        if not candidates:
            yield f"{address}: no {kind} is left for it in the template"
            continue
        found, name, properties = min(candidates, key=lambda c: len(c[0]))
        left.remove((name, kind, properties))
        for path, mine, theirs in found:
            yield f"{address} / {name}: {'.'.join(path)}: Terraform {json.dumps(mine)}, CloudFormation {json.dumps(theirs)}"
    for name, kind, _ in left:
        yield f"{name} ({kind}): nothing is like it in the plan"
