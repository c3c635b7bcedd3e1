"""Documents as YAML 1.2 has them, by its core schema; PyYAML alone reads YAML 1.1."""

import re

import yaml

CORE = {  # the scalars that YAML 1.2 reads as something else than text
    "null": r"null|Null|NULL|~|", "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}


def kind_of(node):
    """What YAML 1.2 takes a plain scalar for."""
    return next((name for name, pattern in CORE.items() if re.fullmatch(pattern, node.value)), "str")


def entries(node):
    """The entries of a map, whose keys differ."""
    made = {}
    for key, value in node.value:
        if key.value in made:
            raise yaml.constructor.ConstructorError(None, None, f"`{key.value}` is there twice", key.start_mark)
        made[key.value] = read(value)
    return made


def read(node):
    """The value of a node, as YAML 1.2 has it."""
    if isinstance(node, yaml.MappingNode):
        return entries(node)
    if isinstance(node, yaml.SequenceNode):
        return [read(value) for value in node.value]
    kind = kind_of(node) if not node.style else "str"
    convert = {"null": lambda _: None, "bool": lambda text: text.lower() == "true", "int": lambda text: int(text, 0),
               "float": float, "str": str}
    return convert[kind](node.value)
