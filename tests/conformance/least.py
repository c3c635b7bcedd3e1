"""Least privilege, from both ends: what the policies of each role allow, and the calls that are made with it.
The policies are read from templates. The calls are told by what is deployed (a pipe polls its source, a function
writes its log), by the definitions of workflows, by what the C of templates/runtime asks, and by the `uses` of the
spec, whose words calls.yaml spells out as operations of AWS's APIs. Nothing of this is what the compiler has for it."""

import dataclasses
import fnmatch
import functools
import json
import re

import yaml

import cfn
import equal
import harness
import sdk
from conftest import WORK

HERE = harness.pathlib.Path(__file__).parent
DATA = yaml.safe_load((HERE / "calls.yaml").read_text())
ANY = object()  # what only the run knows


@dataclasses.dataclass(frozen=True)
class Grant:
    action: str
    resource: str
    condition: str = ""  # as JSON


@dataclasses.dataclass(frozen=True)
class Call:
    action: str
    resource: object
    why: str
    context: tuple = ()  # pairs of a condition's key and its value


def listed(value):
    return value if isinstance(value, list) else [value]


@functools.cache
def compiled(pattern):
    return re.compile(fnmatch.translate(pattern.replace("[", "[[]")))


def matches(text, pattern):
    """As IAM has it: `*` and `?` stand for anything."""
    return text == pattern or compiled(pattern).match(text) is not None


def context_holds(condition, context):
    """Whether a condition holds of a request. One of another sort does not."""
    for operator, keys in json.loads(condition or "{}").items():
        known = operator in ("StringEquals", "ForAnyValue:StringEquals", "StringLike")
        for key, wanted in keys.items():
            if not known or not any(name == key and matches(value, one) for name, value in context for one in listed(wanted)):
                return False
    return True


def allows(grant, call):
    """As IAM evaluates it: actions have no case."""
    if not matches(call.action.lower(), grant.action.lower()):
        return False
    return call.resource is ANY or (matches(call.resource, grant.resource) and context_holds(grant.condition, call.context))


# --- what roles allow ---------------------------------------------------------------------------------------

def grants_of(document):
    for statement in listed(document["Statement"]):
        assert statement["Effect"] == "Allow" and "NotAction" not in statement and "NotResource" not in statement
        condition = json.dumps(statement["Condition"], sort_keys=True) if "Condition" in statement else ""
        for action in listed(statement["Action"]):
            for resource in listed(statement["Resource"]):
                yield Grant(action, str(resource), condition)


def roles(templates):
    """The grants of each role, by its ARN; in managed policies too."""
    found = {}
    for region, template in templates:
        resources = list(template.resources())
        managed = {equal.identity(region, kind, None, p): p["PolicyDocument"] for _, kind, p in resources if kind == "AWS::IAM::ManagedPolicy"}
        for _, kind, p in resources:
            if kind == "AWS::IAM::Role":
                documents = [policy["PolicyDocument"] for policy in p.get("Policies", [])]
                documents += [managed[arn] for arn in p.get("ManagedPolicyArns", []) if arn in managed]
                found[equal.identity(region, kind, "Arn", p)] = [g for d in documents for g in grants_of(d)]
    return found


# --- what is called, and by whom: (role, call) ----------------------------------------------------------------

@functools.cache
def actions(operation):
    """What IAM asks for an operation, where that is not the action of its name: sdk.py has it."""
    service, _, name = operation.partition(":")
    needs = sdk.NEEDS.get(DATA["sdk"].get(service, service), {}).get(name[0].lower() + name[1:], [name])
    return [f"{service}:{one}" for one in needs]


def calls(why, operation, *resources, context=()):
    for action in actions(operation):
        for resource in resources:
            yield Call(action, resource, f"{why}: {operation}", tuple(context))


def polls(why, queue):
    """Lambda developer guide, Configuring SQS; EventBridge user guide, Permissions for Amazon SQS."""
    for operation in ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes"):
        yield from calls(why, f"sqs:{operation}", queue)


def logs(why, region, group):
    for operation in ("CreateLogStream", "PutLogEvents"):
        yield from calls(why, f"logs:{operation}", f"arn:aws:logs:{region}:{cfn.ACCOUNT}:log-group:{group}:log-stream:one")


def interfaces(why, region, config):
    """Lambda developer guide, Giving functions access to resources in a VPC. Subnets may be another account's."""
    here = f"arn:aws:ec2:{region}:{cfn.ACCOUNT}"
    shared = [f"arn:aws:ec2:{region}:999999999999:subnet/{one}" for one in config["SubnetIds"]]
    shared += [f"arn:aws:ec2:{region}:999999999999:security-group/{one}" for one in config["SecurityGroupIds"]]
    yield from calls(why, "ec2:CreateNetworkInterface", f"{here}:network-interface/eni-1", *shared)
    for operation in ("DeleteNetworkInterface", "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"):
        yield from calls(why, f"ec2:{operation}", f"{here}:network-interface/eni-1")
    for operation in ("DescribeNetworkInterfaces", "DescribeSubnets"):
        yield from calls(why, f"ec2:{operation}", "*")


class Deployed:
    """The stacks of one system in one environment, and who calls what because they are deployed."""

    def __init__(self, stacks):
        self.templates = [(stack.region, equal.deployed(stack)) for stack in stacks]
        self.all = [(region, name, kind, p, template) for region, template in self.templates for name, kind, p in template.resources()]
        self.functions = {equal.identity(region, kind, "Arn", p): p["Role"] for region, _, kind, p, _ in self.all if kind == "AWS::Lambda::Function"}

    def calls(self):
        for region, name, kind, p, template in self.all:
            of = getattr(self, kind.replace("::", "_"), None)
            if of:
                yield from of(name, p, region, template)

    def AWS_Lambda_Function(self, name, p, region, _):
        for one in logs(f"{name} writes its log", region, p["LoggingConfig"]["LogGroup"]):
            yield p["Role"], one
        if p.get("TracingConfig"):
            for operation in ("PutTraceSegments", "PutTelemetryRecords"):
                yield from ((p["Role"], one) for one in calls(f"{name} is traced", f"xray:{operation}", "*"))

        if p.get("VpcConfig"):
            yield from ((p["Role"], one) for one in interfaces(f"{name} is in a network", region, p["VpcConfig"]))

    def AWS_Lambda_EventSourceMapping(self, name, p, *_):
        for arn, role in self.functions.items():
            if p["FunctionName"] in (arn, arn.rpartition(":")[2]) or p["FunctionName"].startswith(arn + ":"):
                yield from ((role, one) for one in polls(name, p["EventSourceArn"]))

    def AWS_Lambda_EventInvokeConfig(self, name, p, *_):
        role = next(role for arn, role in self.functions.items() if p["FunctionName"] in (arn, arn.rpartition(":")[2]))
        for one in calls(name, "sqs:SendMessage", p["DestinationConfig"]["OnFailure"]["Destination"]):
            yield role, one

    def AWS_Pipes_Pipe(self, name, p, *_):
        asks = p["TargetParameters"]["StepFunctionStateMachineParameters"]["InvocationType"]
        start = {"FIRE_AND_FORGET": "StartExecution", "REQUEST_RESPONSE": "StartSyncExecution"}[asks]
        for one in (*polls(name, p["Source"]), *calls(name, f"states:{start}", p["Target"])):
            yield p["RoleArn"], one

    def AWS_Scheduler_Schedule(self, name, p, *_):
        yield from self.target(name, p["Target"])

    def AWS_Events_Rule(self, name, p, *_):
        for target in p["Targets"]:
            if "RoleArn" in target:
                yield from self.target(name, target)

    def target(self, name, target):
        operation = "states:StartExecution" if ":states:" in target["Arn"] else "lambda:Invoke"
        yield from ((target["RoleArn"], one) for one in calls(name, operation, target["Arn"]))

    def AWS_Glue_Job(self, name, p, region, _):
        given = p.get("DefaultArguments", {})
        found = [*calls(name, "s3:GetObject", p["Command"]["ScriptLocation"].replace("s3://", "arn:aws:s3:::"))]
        if "--continuous-log-logGroup" in given:
            found += logs(name, region, given["--continuous-log-logGroup"])
        for group in ("output", "error"):  # Glue developer guide, Logging: what a job prints, which groups Glue makes
            found += logs(name, region, f"/aws-glue/jobs/{group}")
            found += calls(name, "logs:CreateLogGroup", f"arn:aws:logs:{region}:{cfn.ACCOUNT}:log-group:/aws-glue/jobs/{group}:*")
        if "--enable-metrics" in given or "--enable-observability-metrics" in given:
            found += calls(name, "cloudwatch:PutMetricData", "*", context=[("cloudwatch:namespace", "Glue")])
        yield from ((p["Role"], one) for one in found)

    def AWS_CodeDeploy_DeploymentGroup(self, name, p, region, template):
        """CodeDeploy user guide, AWSCodeDeployRoleForLambdaLimited; Lambda developer guide, resources of its actions."""
        for alias, body in template.text["Resources"].items():
            if body["Type"] == "AWS::Lambda::Alias" and p["DeploymentGroupName"] in json.dumps(template.resolve(body.get("UpdatePolicy", {}))):
                function = f"arn:aws:lambda:{region}:{cfn.ACCOUNT}:function:{template.of(alias)['FunctionName']}"
                found = [*calls(name, "lambda:GetAlias", function), *calls(name, "lambda:UpdateAlias", function),
                         *calls(name, "lambda:GetProvisionedConcurrencyConfig", f"{function}:{template.of(alias)['Name']}")]
                if p.get("AlarmConfiguration", {}).get("Alarms"):  # those of a list are asked for as all of them
                    found += calls(name, "cloudwatch:DescribeAlarms", f"arn:aws:cloudwatch:{region}:{cfn.ACCOUNT}:alarm:*")
                yield from ((p["ServiceRoleArn"], one) for one in found)

    def AWS_StepFunctions_StateMachine(self, name, p, region, _):
        found = []
        if p.get("LoggingConfiguration"):  # Step Functions developer guide, Using CloudWatch Logs
            for operation in DATA["log-delivery"]:
                found += calls(f"{name} writes its log", f"logs:{operation}", "*")
        if p.get("TracingConfiguration"):  # the same, X-Ray
            for operation in DATA["tracing"]:
                found += calls(f"{name} is traced", f"xray:{operation}", "*")
        definition = cfn.as_document(p["DefinitionString"])
        for state in tasks(definition):
            found += of_state(name, state, region)
        if '"DISTRIBUTED"' in json.dumps(definition):
            for action in DISTRIBUTED:
                found.append(Call(action, ANY, f"{name} maps"))
        yield from ((p["RoleArn"], one) for one in found)


# --- what the states of a workflow call ---------------------------------------------------------------------

def tasks(node):
    """Whatever has a Resource: tasks, and what reads and writes for a map."""
    if isinstance(node, dict):
        if isinstance(node.get("Resource"), str):
            yield node
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        yield from tasks(inner)


# The parameter that names what a call is about, and the kind of that.
ABOUT = {"sqs": ("QueueUrl", "queue"), "sns": ("TopicArn", "topic"), "dynamodb": ("TableName", "table"),
         "lambda": ("FunctionName", "function"), "glue": ("JobName", "job"), "states": ("StateMachineArn", "workflow")}
SERVICES = {data["service"]: data["actions"] for data in
            (yaml.load(path.read_text(), yaml.CBaseLoader) for path in sorted((harness.TOP / "templates/services").glob("*.yaml")))}
# Developer guide, IAM policies for Distributed Map.
DISTRIBUTED = ("states:StartExecution", "states:DescribeExecution", "states:StopExecution", "states:RedriveExecution")


class Pattern(str):
    """The ARN of something that only the run knows all of: `*` where it does not."""


def given_to(state):
    given = state.get("Parameters", state.get("Arguments"))
    return given if isinstance(given, dict) else {}


def about(state, parameter, kind, region):
    """The thing that a parameter of a state names: an ARN, a Pattern of it, or ANY."""
    value = given_to(state).get(parameter)
    if value is None:  # States.Format('https://.../{}', $.user)
        told = re.match(r"States\.Format\('([^']*)'", given_to(state).get(f"{parameter}.$", ""))
        value = told[1].replace("{}", "*") if told else None
    if not isinstance(value, str) or value.startswith("{%"):
        return ANY
    if not value.startswith("arn:"):
        value = DATA["arns"][kind].format(region=region, account=cfn.ACCOUNT, name=value.rpartition("/")[2])
    return Pattern(value) if "*" in value else value


def on(text, state, service, region):
    """What IAM looks at, as templates/services says it: a parameter, or an ARN with the names of parameters in it."""
    parameter, kind = ABOUT.get(service, (None, None))
    main = about(state, parameter, kind, region) if parameter else ANY
    if text == parameter:
        return main
    known = {"partition": "aws", "region": region, "account": cfn.ACCOUNT}
    if main is not ANY:
        known[parameter] = main.rpartition(":")[2]
    holes = re.findall(r"\$\((\w+)\)", text)
    return re.sub(r"\$\((\w+)\)", lambda hole: known[hole[1]], text) if ":" in text and set(holes) <= known.keys() else ANY


def of_service(name, form, state, region, why):
    """A call of an optimised integration. What it takes is in templates/services, with its source."""
    service, _, call = name.partition(":")
    entry = SERVICES[service][call]
    said = [*entry.get("needs", []), *(entry.get("sync", []) if form.startswith("sync") else [])]
    for one in said:
        if "if" not in one or one["if"] in given_to(state):
            context = tuple((key, value) for keys in one.get("condition", {}).values() for key, value in keys.items())
            yield from (Call(action, on(text, state, service, region), why, context) for action in one["actions"] for text in one["on"])
    if entry.get("passes-role"):
        yield Call("iam:PassRole", ANY, why)


def of_sdk(name, why):
    """A call of the SDK; IAM's name of the service is what sdk.py finds."""
    service, _, call = name.partition(":")
    iam = yaml.safe_load((harness.TOP / f"templates/sdk/{service}.yaml").read_text())["iam"]
    for action in sdk.NEEDS.get(service, {}).get(call, [call[0].upper() + call[1:]]) or []:
        yield Call(f"{iam}:{action}", ANY, why)


def of_state(machine, state, region):
    resource = state["Resource"]
    why = f"{machine}: {resource}"
    name, _, form = resource.partition("states:::")[2].partition(".")
    if "Credentials" in state:  # whoever that is calls, and has to be allowed it
        return [Call("sts:AssumeRole", state["Credentials"].get("RoleArn", ANY), why)]
    if ":lambda:" in resource.partition("states:::")[0]:
        return [Call("lambda:InvokeFunction", resource, why)]
    if name.startswith("aws-sdk:"):
        return list(of_sdk(name.removeprefix("aws-sdk:"), why))
    return list(of_service(name, form, state, region, why)) if name else []


# --- what code calls: functions, jobs and workers, by the words of the spec ----------------------------------

class Model:
    """A system in one environment, as the compiler has it before it grants anything: what there is, and the `uses`."""

    def __init__(self, dump, region):
        self.region = region
        self.items = [item.split("/") for item in dump["items"]]
        self.resources = {one["path"]: one for one in dump["resources"]}

    def instances(self, one):
        """Each instance of a resource as (project, user, its name)."""
        per = one.get("per", "none")
        items = {"none": [("", "")], "runtime": [("", "")], "user": self.items, "project": sorted({(p, "") for p, _ in self.items})}[per]
        for project, user in items:
            yield project, user, self.name(one.get("name", ""), project, user)

    def name(self, pattern, project, user):
        known = {"project": project, "user": user, "account": cfn.ACCOUNT, "region": self.region}
        return re.sub(r"\$\(([\w.-]+)\)", lambda hole: known.get(hole[1], "made-up"), pattern)

    def arn(self, one, name):
        existing = one["fields"].get("existing", "")
        if existing.startswith("arn:"):
            return existing
        arn = DATA["arns"][one["kind"]].format(region=self.region, account=cfn.ACCOUNT, name=existing or name)
        return f"{arn}:{one['fields']['alias']}" if one["kind"] == "function" and "alias" in one["fields"] else arn

    def arns(self):
        """Every ARN of something that can be used."""
        for one in self.resources.values():
            if one["kind"] in DATA["arns"]:
                for project, user, name in self.instances(one):
                    yield one, project, user, name, self.arn(one, name)

    def patterns(self):
        """The ARNs of the instances of each resource, by the pattern that they have in common."""
        found = {}
        for one, _, _, _, arn in self.arns():
            names = re.sub(r"\$\((project|user)\)", "*", one.get("name", ""))
            found.setdefault(self.arn(one, self.name(names, "", "")), []).append(arn)
        return found

    def keys(self):
        """The alias of the customer key of each thing that is encrypted with one, by its ARN."""
        for one, _, _, _, arn in self.arns():
            path = str(one["fields"].get("key-arn", one["fields"].get("key", "")))
            key = self.resources.get(path[2:-1]) if path.startswith("$(") else None
            if key and one["kind"] != "log":  # a log is encrypted by CloudWatch itself
                yield arn, key["fields"].get("existing", key["name"])

    def role(self, owner, project, user):
        (role,) = [one for one in self.resources.values() if one["kind"] == "role" and one.get("owner") == owner["path"]]
        return f"arn:aws:iam::{cfn.ACCOUNT}:role/{self.name(role['name'], project, user)}"

    def uses(self, owner):
        """(path, word) for each word of the `uses` that a spec has for something; and what a worker is told to do."""
        if owner["kind"] == "worker":
            for field, words in DATA["worker"].items():
                if field in owner["fields"]:
                    yield from ((owner["fields"][field][2:-1], word) for word in words)
        written = owner.get("uses", [])[-len(owner["fields"].get("uses", {})) or len(owner.get("uses", [])):]
        yield from ((use["to"], word) for use in written for word in use["as"])

    def told(self, node):
        """The actions that stages are given in so many words."""
        if isinstance(node, dict) and "needs" in node:
            yield from (action for one in listed(node["needs"]) for action in listed(one["actions"]))
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from self.told(inner)

    def calls(self):
        for owner in self.resources.values():
            if owner["kind"] == "workflow":
                for action in self.told(owner["fields"].get("stages", [])):
                    yield self.role(owner, "", ""), Call(action, ANY, f"{owner['path']} says so")
            if owner["kind"] not in ("function", "job", "worker"):
                continue
            for path, word in self.uses(owner):
                for project, user, _ in self.instances(owner) if owner["kind"] != "worker" else [("", "", "")]:
                    role = self.role(owner, project, user)
                    yield from ((role, one) for one in self.used(owner, self.resources[path], word, project, user))

    def used(self, owner, to, word, project, user):
        """What somebody of a project (or of all: "") does with those of a thing that are theirs."""
        for its_project, its_user, name in self.instances(to):
            if (project and its_project and project != its_project) or (user and its_user and user != its_user):
                continue
            arn = self.arn(to, name)
            for operation, resources in DATA["uses"][to["kind"]][word].items():
                for resource in resources:
                    if "{index}" in resource and not to["fields"].get("indexes"):
                        continue
                    on = resource.format(arn=arn, index=f"{arn}/index/any", name=name, region=self.region, account=cfn.ACCOUNT,
                                         execution=arn.replace(":stateMachine:", ":execution:") + ":any")
                    context = [("kms:ResourceAliases", name)] if to["kind"] == "key" else []
                    yield from calls(f"{owner['path']} may {word} {to['path']}", operation, on, context=context)


def stored(deployed):
    """What functions and jobs read and write that a workflow hands its data to, by the definition."""
    functions = deployed.functions
    jobs = {p["Name"]: p["Role"] for _, _, kind, p, _ in deployed.all if kind == "AWS::Glue::Job"}
    for _, name, kind, p, _ in deployed.all:
        for state in tasks(cfn.as_document(p["DefinitionString"])) if kind == "AWS::StepFunctions::StateMachine" else ():
            given = state.get("Parameters", state.get("Arguments"))
            given = given if isinstance(given, dict) else {}
            role = functions.get(":".join(state["Resource"].split(":")[:7])) or jobs.get(given.get("JobName"))
            given = given.get("Arguments", given)
            given = {key.lstrip("-"): value for key, value in given.items()} if isinstance(given, dict) else {}
            for key, operation in (("input.$", "s3:GetObject"), ("output.$", "s3:PutObject")):
                path = re.match(r"States\.Format\('([^']*)'", str(given.get(key, "")))
                if role and path and "bucket" in given and "stage" in given:
                    for one in calls(f"a stage of {name}", operation, f"arn:aws:s3:::{given['bucket']}/{path[1].format('run')}"):
                        yield role, one


# --- put together -------------------------------------------------------------------------------------------

class System:
    """Both ends of one system in one environment."""

    def __init__(self, stacks, dump):
        deployed, model = Deployed(stacks), Model(dump, stacks[0].region)
        self.roles = roles(deployed.templates)
        self.own = {p for path in model.resources.values() if path["kind"] == "role" and "owner" not in path
                    for p in [f"arn:aws:iam::{cfn.ACCOUNT}:role/{model.name(path['name'], '', '')}"]}
        found = [*deployed.calls(), *stored(deployed), *model.calls()]
        self.region = model.region
        self.arns = {arn for *_, arn in model.arns()}
        self.patterns = model.patterns()
        found = [(role, one) for role, call in found for one in self.each(call)]
        self.calls = {}
        for role, call in [*found, *self.of_keys(found, dict(model.keys()))]:
            self.calls.setdefault(role, []).append(call)

    def each(self, call):
        """A call about a pattern, as one about each thing that it is about."""
        if not isinstance(call.resource, Pattern):
            return [call]
        return [dataclasses.replace(call, resource=arn) for arn in self.patterns[call.resource]]

    def of_keys(self, found, keys):
        for role, call in found:
            if call.resource is ANY:
                continue
            alias = keys.get(call.resource) or next((a for arn, a in keys.items() if call.resource.startswith((arn + "/"))), None)
            for action in DATA["keys"].get(call.action, []) if alias else ():
                key = alias if alias.startswith("arn:") else DATA["arns"]["key"].format(region=self.region, account=cfn.ACCOUNT)
                yield role, Call(action, key, f"{call.why}, with its key", (("kms:ResourceAliases", alias),))

    def refused(self, *roles):
        """Calls of these roles, or of all, that no policy allows."""
        return [f"{role.rpartition('/')[2]}: {call.action} on {'?' if call.resource is ANY else call.resource}: {call.why}"
                for role in roles or sorted(self.calls.keys() - self.own) for call in self.calls[role]
                if not any(allows(grant, call) for grant in self.roles.get(role, []))]

    def idle(self, *roles):
        """What could be taken out of the policies of these roles, or of all, without a call being refused; and what is
        allowed about other things."""
        for role in roles or sorted(self.roles.keys() - self.own):
            grants, mine = self.roles[role], self.calls.get(role, [])
            able = [(call, [grant for grant in grants if allows(grant, call)]) for call in mine]
            for grant in grants:
                name = f"{role.rpartition('/')[2]}: {grant.action} on {grant.resource}"
                asked = [call for call, allowing in able if grant in allowing]
                if not any(allowing == [grant] or call.resource is ANY and grant in allowing for call, allowing in able):
                    yield f"{name}: nothing needs it"
                elif others := self.others(grant, asked):
                    yield f"{name}: it is also about {others[0]}"

    def others(self, grant, asked):
        """What a grant is about that nobody asks for."""
        if any(call.resource is ANY or call.resource == grant.resource for call in asked):
            return []  # nobody knows of which, or of all
        found = {arn for arn in self.arns if matches(arn, grant.resource)} - {call.resource for call in asked}
        return sorted(found)


def dumps(name):
    """What the compiler has of a system, for each environment: `run` has it written."""
    text, decoder, at = (WORK / "dump" / name).read_text(), json.JSONDecoder(), 0
    while text[at:].strip():
        dump, length = decoder.raw_decode(text[at:].lstrip())
        at = len(text) - len(text[at:].lstrip()) + length
        yield dump


def systems(folder):
    """The system in a folder of outputs, for each environment."""
    for dump in dumps(folder.name):
        at = folder / "env" / dump["environment"] if "environment" in dump else folder
        yield System([stack for stack in harness.stacks(folder) if stack.folder == at], dump)
