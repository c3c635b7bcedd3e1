"""Specs with one mistake each: what a hand does to a key, a word, a name or a value. Each knows where the
mistake stands, so that a message can be asked whether it points there."""

import dataclasses
import random

import yaml

LETTERS = "abcdefghijklmnopqrstuvwxyz-"


@dataclasses.dataclass
class Mutant:
    """`text` is `right` with `new` in place of `old`."""
    sort: str
    spec: object  # the path of the spec that it was made of
    right: str  # the text without the mistake
    text: str
    start: tuple  # line and column of the mistake, from 1
    end: tuple
    old: str
    new: str

    def __str__(self):
        return f"{self.spec.name}:{self.start[0]}:{self.start[1]}: {self.old!r} -> {self.new!r}"


class Language:
    """What a JSON Schema says of a place in a document."""

    def __init__(self, schema):
        self.schema = schema

    def shapes(self, *schemas):
        """Everything that may hold at one place: references followed, alternatives side by side."""
        found = []
        for schema in schemas:
            if "$ref" in schema:
                found += self.shapes(self.at(schema["$ref"]))
            else:
                found.append(schema)
                for word in ("anyOf", "allOf"):
                    found += self.shapes(*schema.get(word, ()))
        return found

    def at(self, pointer):
        place = self.schema
        for word in pointer.split("/")[1:]:
            place = place[word]
        return place

    def below(self, shapes, key):
        """The shapes of the value of `key`, and whether the language knows that key."""
        own = [shape["properties"][key] for shape in shapes if key in shape.get("properties", ())]
        others = [shape["additionalProperties"] for shape in shapes if isinstance(shape.get("additionalProperties"), dict)]
        return self.shapes(*(own or others)), bool(own)

    def items(self, shapes):
        return self.shapes(*(shape["items"] for shape in shapes if "items" in shape), *(
            shape for shape in shapes if shape.get("type") == "object"))  # a single one stands for a list of it


def mistyped(word, random):
    """A word with one slip in it: a letter left out, doubled, exchanged with the next one, or another one."""
    at = random.randrange(len(word))
    slips = [word[:at] + word[at + 1:], word[:at] + random.choice(LETTERS) + word[at + 1:],
             word[:at] + word[at] + word[at:], word[:at] + word[at + 1:at + 2] + word[at:at + 1] + word[at + 2:]]
    return random.choice(slips)


def types_of(shape):
    if "type" in shape:
        return [shape["type"]] if isinstance(shape["type"], str) else shape["type"]
    return ["string"] if "enum" in shape else [] if shape.keys() & {"anyOf", "allOf", "required"} else ["any"]


class Mutator:
    def __init__(self, path, language, seed, slips):
        self.path, self.language, self.slips = path, language, slips
        self.random = random.Random(f"{seed} {path.name}")
        self.text = path.read_text()
        self.mutants, self.names = [], set()
        root = yaml.compose(self.text, yaml.CSafeLoader)
        for key, section in root.value:
            if isinstance(section, yaml.MappingNode) and key.value != "names":
                self.names |= {name.value for name, _ in section.value}
        self.walk(root, language.shapes(language.schema))

    def put(self, sort, node, new, at=None):
        start, end = node.start_mark, node.end_mark
        self.mutants.append(Mutant(sort, self.path, self.text, self.text[:start.index] + new + self.text[end.index:],
                                   (start.line + 1, start.column + 1), (end.line + 1, end.column + 1),
                                   self.text[start.index:end.index], new))

    def slip(self, sort, node, known):
        for _ in range(self.slips):
            new = mistyped(node.value, self.random)
            if new and new not in known and not new.startswith("-"):
                self.put(sort, node, new)

    def walk(self, node, shapes, key=None):
        if isinstance(node, yaml.MappingNode):
            self.walk_map(node, shapes)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self.walk(item, self.language.items(shapes), key)
        else:
            self.walk_scalar(node, shapes, key)

    def walk_map(self, node, shapes):
        keys = {name for shape in shapes for name in shape.get("properties", ())}
        closed = shapes and all("properties" in shape for shape in shapes if shape.get("type") == "object")
        for key, value in node.value:
            inner, known = self.language.below(shapes, key.value)
            if known and closed and not key.style and len(key.value) > 3:
                self.slip("key", key, keys)
            if known and inner:
                self.retype(value, inner)
            self.walk(value, inner, key.value)
        if node.flow_style is False and node.value and closed:
            self.twice(node)

    def twice(self, node):
        """A key of a block that is written once more, below it."""
        key, value = node.value[-1]
        if isinstance(value, yaml.ScalarNode) and value.style not in ("|", ">") and value.start_mark.line == key.start_mark.line:
            after = sum(len(text) + 1 for text in self.text.split("\n")[:key.start_mark.line + 1])
            again = " " * key.start_mark.column + f"{key.value}: {self.text[value.start_mark.index:value.end_mark.index]}\n"
            row = key.start_mark.line + 2
            self.mutants.append(Mutant("twice", self.path, self.text, self.text[:after] + again + self.text[after:],
                                       (row, key.start_mark.column + 1), (row, len(again)), "", again))

    def retype(self, value, shapes):
        """A value of another type than any that may be there."""
        types = {word for shape in shapes for word in types_of(shape)}
        if "any" in types or value.start_mark.line != value.end_mark.line:
            return
        if "object" not in types:
            self.put("map", value, "{oops: 1}")
        if "array" not in types and "object" not in types:
            self.put("list", value, "[oops, 2]")
        if types <= {"object", "null", "array"}:
            self.put("text", value, "oops!")

    def walk_scalar(self, node, shapes, key):
        if node.style or not node.value or key is None:
            return
        words = {str(word) for shape in shapes for word in shape.get("enum", ())}
        if node.value in words:
            self.slip("word", node, words)
        elif node.value in self.names and key not in ("system", "name", "doc", "id", "description") and len(node.value) > 3:
            self.slip("name", node, self.names)


def mutants(paths, schema, slips=3, seed=1):
    """All that can be made of these specs, in an order that a part of them can be taken from."""
    made = []
    for path in paths:
        made += Mutator(path, Language(schema), seed, slips).mutants
    random.Random(seed).shuffle(made)
    return made
