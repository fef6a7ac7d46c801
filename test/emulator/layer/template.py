"""A template as data: read, checked for what the engine understands, its parameters and its order of work."""

import json

import yaml

from .handler import handler_of
from .intrinsics import references

_SECTIONS = {
    "AWSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Parameters",
    "Mappings",
    "Conditions",
    "Rules",
    "Resources",
    "Outputs",
}
_RESOURCE_KEYS = {"Type", "Properties", "DependsOn", "Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy"}
_POLICIES = {
    "DeletionPolicy": {"Delete", "Retain", "RetainExceptOnCreate", "Snapshot"},
    "UpdateReplacePolicy": {"Delete", "Retain", "Snapshot"},
}


class Malformed(Exception):
    """The template cannot be deployed at all; nothing has been made."""


def read(body):
    """A template from JSON or YAML text. Short YAML tags (`!Sub`) are not read: synth and bootstrap write none."""
    try:
        found = json.loads(body)
    except ValueError:
        try:
            found = yaml.safe_load(body)
        except yaml.YAMLError as problem:
            raise Malformed(f"Template format error: {problem}") from None
    if not isinstance(found, dict) or not isinstance(found.get("Resources"), dict) or not found["Resources"]:
        raise Malformed("Template format error: At least one Resources member must be defined.")
    return found


def refuse_unknown(template):
    """Raise Malformed for every section, resource attribute or type that the layer does not understand."""
    unknown = sorted(set(template) - _SECTIONS)
    if unknown:
        raise Malformed(f"Template format error: the emulator does not understand the section(s) {unknown}")
    types = set()
    for logical_id, resource in template["Resources"].items():
        cfn_type = resource.get("Type", "")
        if handler_of(cfn_type) is None:
            types.add(cfn_type)
        extra = sorted(set(resource) - _RESOURCE_KEYS)
        if extra:
            raise Malformed(f"Template format error: the emulator does not understand {extra} of resource {logical_id}")
        for key, allowed in _POLICIES.items():
            if resource.get(key, "Delete") not in allowed:
                raise Malformed(f"Template format error: Unrecognized {key} {resource[key]} for resource {logical_id}")
    if types:
        raise Malformed(
            f"Template format error: Unrecognized resource types: [{', '.join(sorted(types))}]: "
            "the emulator has no handler for them"
        )


def parameter_values(template, given, previous, environment):
    """Parameter name → value, from the caller, the stack's previous values and the defaults; raises Malformed.

    `given` is the API's list of ParameterKey with ParameterValue or UsePreviousValue.
    """
    declared = template.get("Parameters", {})
    values = {}
    for item in given:
        key = item["ParameterKey"]
        if key not in declared:
            raise Malformed(f"Parameters: [{key}] do not exist in the template")
        if item.get("UsePreviousValue"):
            if key in previous:
                values[key] = previous[key]
        else:
            values[key] = item.get("ParameterValue", "")
    for key, declaration in declared.items():
        if key not in values:
            if "Default" not in declaration:
                raise Malformed(f"Parameters: [{key}] must have values")
            values[key] = str(declaration["Default"])
        allowed = declaration.get("AllowedValues")
        if allowed and values[key] not in [str(value) for value in allowed]:
            raise Malformed(f"Template error: Parameter '{key}' must be one of AllowedValues")
    return values


def resolved_parameters(template, values, environment):
    """Values as Ref answers them: lists split, Parameter Store names read."""
    resolved = {}
    for key, value in values.items():
        kind = template["Parameters"][key].get("Type", "String")
        if kind.startswith("AWS::SSM::Parameter::Value<"):
            try:
                resolved[key] = environment.client("ssm").get_parameter(Name=value)["Parameter"]["Value"]
            except Exception as problem:
                raise Malformed(
                    f"Unable to fetch parameters [{value}] from parameter store for this account: {problem}"
                ) from None
        elif kind == "CommaDelimitedList" or kind.startswith("List<"):
            resolved[key] = [item.strip() for item in value.split(",")]
        else:
            resolved[key] = value
    return resolved


def check_rules(template, scope):
    """Raise Malformed where an assertion of the Rules section does not hold."""
    for name, rule in template.get("Rules", {}).items():
        if "RuleCondition" in rule and not scope.decide(rule["RuleCondition"]):
            continue
        for assertion in rule.get("Assertions", []):
            if not scope.decide(assertion["Assert"]):
                raise Malformed(
                    f"Template error: rule {name}: {assertion.get('AssertDescription', 'assertion does not hold')}"
                )


def active(template, scope):
    """The resources whose condition holds, in template order."""
    return {lid: r for lid, r in template["Resources"].items() if "Condition" not in r or scope.holds(r["Condition"])}


def ordered(resources):
    """Logical ids in an order in which each stands after what it needs; raises Malformed on a circle."""
    needs = {}
    for logical_id, resource in resources.items():
        depends = resource.get("DependsOn", [])
        wanted = references(resource.get("Properties", {})) | set([depends] if isinstance(depends, str) else depends)
        needs[logical_id] = [other for other in resources if other in wanted]
    order, state = [], {}

    def visit(logical_id, path):
        if state.get(logical_id) == "done":
            return
        if state.get(logical_id) == "open":
            raise Malformed(f"Circular dependency between resources: [{', '.join(path)}]")
        state[logical_id] = "open"
        for other in needs[logical_id]:
            visit(other, [*path, other])
        state[logical_id] = "done"
        order.append(logical_id)

    for logical_id in resources:
        visit(logical_id, [logical_id])
    return order
