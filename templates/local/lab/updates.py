"""Stacks that are deployed again: moto sees only what the template itself says otherwise."""

import json

from moto.awslambda import models
from moto.cloudformation.models import ChangeSet
from moto.cloudformation.parsing import ResourceMap

from .patching import add, patch


def mentions(tree, names):
    """Whether a resource has an attribute of one of these."""
    if isinstance(tree, dict):
        given = tree.get("Fn::GetAtt")
        if given and (given[0] if isinstance(given, list) else given.split(".")[0]) in names:
            return True
        return any(mentions(inner, names) for inner in tree.values())
    return isinstance(tree, list) and any(mentions(inner, names) for inner in tree)


def install(lab):
    @patch(ChangeSet, "diff", "6970930e", "a change set knows nothing of parameters")
    def diff(original, self):
        self.stack.resource_map.wanted = self.parameters
        try:
            return original(self)
        finally:
            self.stack.resource_map.wanted = None

    @patch(ChangeSet, "apply", "1644afa9", "the stack does not remember what it is now")
    def apply(original, self):
        original(self)
        self.stack.template, self.stack.parameters = self.template, self.parameters

    @patch(ResourceMap, "build_resource_diff", "d42fee28", "it sees no parameter in Fn::Sub, and nothing that follows from a new version")
    def build_resource_diff(original, self, other_template, parameters=None):
        given, new = parameters or getattr(self, "wanted", None) or {}, other_template["Resources"]
        found = original(self, other_template, given)
        holes = [f"${{{name}}}" for name, value in given.items() if self.input_parameters.get(name) != value]
        kept = [name for name in new if name not in found["Modify"] + found["Add"]]
        found["Modify"] += [name for name in kept if any(hole in json.dumps(new[name]) for hole in holes)]
        versions = {name for name in found["Modify"] if new[name]["Type"] == "AWS::Lambda::Version"}
        found["Modify"] += [name for name in kept if name not in found["Modify"] and mentions(new[name], versions)]
        found["Modify"].sort(key=list(new).index)
        return found

    @add(models.LambdaVersion, "update_from_cloudformation_json", "a version cannot be another one")
    @classmethod
    def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        return cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name)
