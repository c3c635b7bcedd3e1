"""CloudFormation templates as they are once deployed: parameters, references and conditions resolved."""

import hashlib
import json
import re

import yaml

ACCOUNT = "123456789012"
ABSENT = object()


def load(path):
    return yaml.load(path.read_text(), yaml.CSafeLoader)


class Template:
    """A template deployed to `region`. `identity(type, attribute, properties)` is what Ref (attribute
    None) or Fn::GetAtt give of a resource."""

    def __init__(self, path, region, identity):
        self.text = load(path)
        self.identity = identity
        self.pseudo = {
            "AWS::AccountId": ACCOUNT, "AWS::Partition": "aws", "AWS::Region": region,
            "AWS::URLSuffix": "amazonaws.com", "AWS::StackName": path.stem, "AWS::NoValue": ABSENT,
        }
        self.parameters = {name: p.get("Default") for name, p in self.text.get("Parameters", {}).items()}
        self.properties = {}

    def resources(self):
        """(logical id, type, resolved properties) of each resource that is made."""
        for name, body in self.text["Resources"].items():
            if self.condition(body.get("Condition")):
                yield name, body["Type"], self.of(name)

    def outputs(self):
        return {
            name: self.resolve(body["Value"])
            for name, body in self.text.get("Outputs", {}).items() if self.condition(body.get("Condition"))
        }

    def of(self, name):
        if name not in self.properties:
            self.properties[name] = self.resolve(self.text["Resources"][name].get("Properties", {}))
        return self.properties[name]

    def condition(self, name):
        return name is None or self.test(self.text["Conditions"][name])

    def test(self, node):
        (function, given), = node.items()
        if function == "Condition":
            return self.condition(given)
        if function == "Fn::Equals":
            return self.resolve(given[0]) == self.resolve(given[1])
        if function == "Fn::Not":
            return not self.test(given[0])
        return (all if function == "Fn::And" else any)(self.test(one) for one in given)

    def ref(self, name):
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.parameters:
            value = self.parameters[name]
            kind = self.text["Parameters"][name]["Type"]
            return value.split(",") if kind == "CommaDelimitedList" and isinstance(value, str) else value
        return self.identity(self.text["Resources"][name]["Type"], None, self.of(name))

    def attribute(self, name, attribute):
        return self.identity(self.text["Resources"][name]["Type"], attribute, self.of(name))

    def substitute(self, given):
        text, names = (given, {}) if isinstance(given, str) else given
        names = {key: self.resolve(value) for key, value in names.items()}

        def fill(match):
            name = match[1]
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in names:
                return str(names[name])
            first, dot, rest = name.partition(".")
            return str(self.attribute(first, rest) if dot else self.ref(name))

        return re.sub(r"\$\{([^}]*)\}", fill, text)

    def resolve(self, node):
        if isinstance(node, list):
            return [value for value in map(self.resolve, node) if value is not ABSENT]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (function, given), = node.items()
            if function == "Ref":
                return self.ref(given)
            if function == "Fn::GetAtt":
                return self.attribute(*(given.split(".", 1) if isinstance(given, str) else given))
            if function == "Fn::Sub":
                return self.substitute(given)
            if function == "Fn::If":
                return self.resolve(given[1] if self.condition(given[0]) else given[2])
            if function == "Fn::Join":
                return given[0].join(str(value) for value in self.resolve(given[1]))
            if function == "Fn::Select":
                return self.resolve(given[1])[int(given[0])]
            if function == "Fn::Split":
                return self.resolve(given[1]).split(given[0])
            if function.startswith("Fn::"):
                raise NotImplementedError(function)
        resolved = {key: self.resolve(value) for key, value in node.items()}
        return {key: value for key, value in resolved.items() if value is not ABSENT}


def made_up_id(kind, *texts):
    """The `{id}` of the stand-in provider."""
    return hashlib.sha256((kind + "\0" + "".join(text or "" for text in texts)).encode()).hexdigest()[:10]


def as_document(value):
    """A value that may be the text of a JSON document, as the document."""
    if isinstance(value, str) and value[:1] in "{[":
        try:
            return json.loads(value)
        except ValueError:
            pass
    return value
