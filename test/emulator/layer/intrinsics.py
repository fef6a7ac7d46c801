"""Intrinsic functions, conditions and dynamic references of a template."""

import base64
import ipaddress
import json
import re

from .environment import PARTITION, Environment

NO_VALUE = object()
_SUBSTITUTION = re.compile(r"\$\{(!?)([^}]*)\}")
_DYNAMIC = re.compile(r"\{\{resolve:(secretsmanager|ssm|ssm-secure):(.+?)\}\}")
_CONDITIONS = ("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", "Fn::Contains", "Condition")


class Unresolvable(Exception):
    """A reference that has no value: a clear reason for the resource that holds it."""


def intrinsic(value):
    """Name of the intrinsic function `value` is a call of, or None."""
    if isinstance(value, dict) and len(value) == 1:
        (name,) = value
        if name == "Ref" or name.startswith("Fn::"):
            return name
    return None


def references(value):
    """Logical ids and parameter names that `value` refers to, by Ref, Fn::GetAtt and Fn::Sub."""
    name = intrinsic(value)
    if name == "Ref":
        return {value["Ref"]}
    if name == "Fn::GetAtt":
        target = value["Fn::GetAtt"]
        return {target.split(".")[0] if isinstance(target, str) else target[0]}
    found = set()
    if name == "Fn::Sub":
        body = value["Fn::Sub"]
        text, own = (body, {}) if isinstance(body, str) else body
        found |= {v.split(".")[0] for literal, v in _SUBSTITUTION.findall(text) if not literal and v not in own}
        value = own
    if isinstance(value, dict):
        for item in value.values():
            found |= references(item)
    elif isinstance(value, list):
        for item in value:
            found |= references(item)
    return found


class Scope:
    """Everything a template's functions can see: one stack at one moment of its deployment.

    `resources` maps logical ids to objects with `physical_id` and `attributes`; `stacks` answers for other stacks:
    `.export(environment, name)` and `.output(environment, stack_name, output_name)` return a value or raise.
    """

    def __init__(self, template, parameters, environment, stack_name, stack_id, resources, stacks):
        self.template = template
        self.parameters = parameters
        self.environment = environment
        self.resources = resources
        self.stacks = stacks
        self.imported = set()
        self._decided = {}
        self.pseudo = {
            "AWS::AccountId": environment.account,
            "AWS::Region": environment.region,
            "AWS::Partition": PARTITION,
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::StackName": stack_name,
            "AWS::StackId": stack_id,
            "AWS::NotificationARNs": [],
            "AWS::NoValue": NO_VALUE,
        }

    def resolve(self, value):
        """`value` with every function evaluated; raises Unresolvable with a reason."""
        name = intrinsic(value)
        if name:
            return self._call(name, value[name])
        if isinstance(value, dict):
            pairs = ((key, self.resolve(item)) for key, item in value.items())
            return {key: item for key, item in pairs if item is not NO_VALUE}
        if isinstance(value, list):
            return [item for item in map(self.resolve, value) if item is not NO_VALUE]
        return value

    def holds(self, condition):
        """Whether a named condition of the template is true."""
        if condition not in self._decided:
            conditions = self.template.get("Conditions", {})
            if condition not in conditions:
                raise Unresolvable(f"Template error: unresolved condition dependency {condition}")
            self._decided[condition] = self.decide(conditions[condition])
        return self._decided[condition]

    def decide(self, value):
        """Evaluate a condition expression or a rule's assertion."""
        if not isinstance(value, dict) or len(value) != 1:
            raise Unresolvable(f"Template error: {value!r} is no condition")
        ((name, body),) = value.items()
        if name not in _CONDITIONS:
            raise Unresolvable(f"Template error: {name} is not understood as a condition")
        if name == "Condition":
            return self.holds(body)
        if name == "Fn::And":
            return all([self.decide(item) for item in body])
        if name == "Fn::Or":
            return any([self.decide(item) for item in body])
        if name == "Fn::Not":
            return not self.decide(body[0])
        left, right = self.resolve(body[0]), self.resolve(body[1])
        return right in left if name == "Fn::Contains" else left == right

    def _call(self, name, body):
        function = _FUNCTIONS.get(name)
        if function is None:
            raise Unresolvable(f"Template error: {name} is not understood by the emulator")
        return function(self, body)

    def _ref(self, name):
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        if name in self.resources:
            return self.resources[name].physical_id
        raise Unresolvable(f"Unresolved resource dependency [{name}]")

    def _get_att(self, body):
        logical_id, attribute = body.split(".", 1) if isinstance(body, str) else (body[0], self.resolve(body[1]))
        if logical_id not in self.resources:
            raise Unresolvable(f"Unresolved resource dependency [{logical_id}]")
        attributes = self.resources[logical_id].attributes
        if attribute not in attributes:
            kind = self.template["Resources"].get(logical_id, {}).get("Type", "its type")
            raise Unresolvable(
                f"Requested attribute {attribute} of {logical_id} does not exist for {kind} in the emulator"
            )
        return attributes[attribute]

    def _sub(self, body):
        text, own = (body, {}) if isinstance(body, str) else body
        own = {key: self.resolve(item) for key, item in own.items()}

        def one(match):
            literal, name = match.groups()
            if literal:
                return "${" + name + "}"
            if name in own:
                return str(own[name])
            return str(self._get_att(name) if "." in name else self._ref(name))

        return _SUBSTITUTION.sub(one, text)

    def _join(self, body):
        parts = self.resolve(body[1])
        if not isinstance(parts, list):
            raise Unresolvable("Template error: Fn::Join needs a list")
        return body[0].join(str(part) for part in parts)

    def _select(self, body):
        index, items = int(self.resolve(body[0])), self.resolve(body[1])
        if not isinstance(items, list) or not 0 <= index < len(items):
            raise Unresolvable(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
        return items[index]

    def _find_in_map(self, body):
        name, top, second = (self.resolve(part) for part in body[:3])
        found = self.template.get("Mappings", {}).get(name, {}).get(top, {})
        if second in found:
            return found[second]
        if len(body) > 3 and "DefaultValue" in body[3]:
            return self.resolve(body[3]["DefaultValue"])
        raise Unresolvable(f"Template error: Unable to get mapping for {name}::{top}::{second}")

    def _get_azs(self, body):
        region = self.resolve(body) or self.environment.region
        zones = self.environment.client("ec2", region).describe_availability_zones()["AvailabilityZones"]
        return [zone["ZoneName"] for zone in zones]

    def _import_value(self, body):
        name = self.resolve(body)
        value = self.stacks.export(self.environment, name)
        self.imported.add(name)
        return value

    def _get_stack_output(self, body):
        """A weak reference: the value another stack's output has now. With RoleArn, in that role's account."""
        body = self.resolve(body)
        extra = set(body) - {"StackName", "OutputName", "Region", "RoleArn"}
        if extra or not {"StackName", "OutputName"} <= set(body):
            raise Unresolvable(
                f"Template error: Fn::GetStackOutput takes StackName, OutputName, Region, RoleArn, not {sorted(body)}"
            )
        account = self.environment.account
        if "RoleArn" in body:
            account = self.stacks.account_of_role(body["RoleArn"])
        there = Environment(account, body.get("Region", self.environment.region))
        return self.stacks.output(there, body["StackName"], body["OutputName"])

    def _cidr(self, body):
        block, count = self.resolve(body[0]), int(self.resolve(body[1]))
        network = ipaddress.ip_network(block)
        bits = int(self.resolve(body[2])) if len(body) > 2 else (8 if network.version == 4 else 64)
        found = []
        for subnet in network.subnets(new_prefix=network.max_prefixlen - bits):
            if len(found) == count:
                return found
            found.append(str(subnet))
        if len(found) < count:
            raise Unresolvable(f"Template error: Fn::Cidr cannot cut {count} blocks out of {block}")
        return found


_FUNCTIONS = {
    "Ref": Scope._ref,
    "Fn::GetAtt": Scope._get_att,
    "Fn::Sub": Scope._sub,
    "Fn::Join": Scope._join,
    "Fn::Select": Scope._select,
    "Fn::Split": lambda scope, body: scope.resolve(body[1]).split(body[0]),
    "Fn::If": lambda scope, body: scope.resolve(body[1] if scope.holds(body[0]) else body[2]),
    "Fn::FindInMap": Scope._find_in_map,
    "Fn::GetAZs": Scope._get_azs,
    "Fn::ImportValue": Scope._import_value,
    "Fn::GetStackOutput": Scope._get_stack_output,
    "Fn::Base64": lambda scope, body: base64.b64encode(str(scope.resolve(body)).encode()).decode(),
    "Fn::Cidr": Scope._cidr,
}


def resolve_dynamic(environment, value):
    """`value` with `{{resolve:...}}` references read from Secrets Manager and Parameter Store."""
    if isinstance(value, dict):
        return {key: resolve_dynamic(environment, item) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve_dynamic(environment, item) for item in value]
    if not isinstance(value, str) or "{{resolve:" not in value:
        return value
    return _DYNAMIC.sub(lambda match: _read(environment, match[1], match[2]), value)


def _read(environment, service, reference):

    if service != "secretsmanager":
        answer = environment.client("ssm").get_parameter(
            Name=reference.split(":")[0], WithDecryption=service == "ssm-secure"
        )
        return answer["Parameter"]["Value"]
    # secret-id:SecretString:json-key:version-stage:version-id, where the id may be an ARN and the rest may be missing
    secret, _, rest = reference.partition(":SecretString")
    text = environment.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"]
    key = rest.lstrip(":").split(":")[0]
    return str(json.loads(text)[key]) if key else text
