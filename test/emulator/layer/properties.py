"""Strictness: what a handler understands of a resource's properties, checked and converted before it runs.

A shape is STRING, INTEGER, NUMBER, BOOLEAN, JSON (an opaque document: a policy, a map of free names), a list holding
one shape, or a dict of named shapes. CloudFormation hands over "true" and "5" as readily as true and 5; boto3 does
not, so checking also converts.
"""

STRING, INTEGER, NUMBER, BOOLEAN, JSON = "string", "integer", "number", "boolean", "json"

TAGS = [{"Key": STRING, "Value": STRING}]


class NotUnderstood(Exception):
    """A property, or the form of its value, that no handler translates: the resource must fail, never be half made."""


def check(cfn_type, properties, shape):
    """`properties` converted to `shape`; raises NotUnderstood with the path of the first that does not fit."""
    return _check(cfn_type, "", properties, shape)


def _check(cfn_type, path, value, shape):
    if isinstance(shape, dict):
        _must(isinstance(value, dict), cfn_type, path, "an object", value)
        for name in value:
            if name not in shape:
                at = f"{path}.{name}" if path else name
                raise NotUnderstood(
                    f"Encountered unsupported property {at} of {cfn_type}: the emulator does not understand it"
                )
        return {
            name: _check(cfn_type, f"{path}.{name}" if path else name, item, shape[name])
            for name, item in value.items()
        }
    if isinstance(shape, list):
        _must(isinstance(value, list), cfn_type, path, "a list", value)
        return [_check(cfn_type, f"{path}[{i}]", item, shape[0]) for i, item in enumerate(value)]
    return _convert(cfn_type, path, value, shape)


def _convert(cfn_type, path, value, shape):
    if shape == JSON:
        return value
    _must(isinstance(value, (str, int, float, bool)), cfn_type, path, f"a {shape}", value)
    if shape == STRING:
        return str(value).lower() if isinstance(value, bool) else str(value)
    if shape == BOOLEAN:
        _must(str(value).lower() in ("true", "false"), cfn_type, path, "a boolean", value)
        return str(value).lower() == "true"
    try:
        return int(value) if shape == INTEGER else float(value)
    except ValueError:
        raise NotUnderstood(f"Property {path} of {cfn_type} must be a {shape}, not {value!r}") from None


def _must(fits, cfn_type, path, wanted, value):
    if not fits:
        raise NotUnderstood(f"Property {path or 'Properties'} of {cfn_type} must be {wanted}, not {value!r}")


def pick(properties, *names, **renamed):
    """The named properties that are present; `CfnName="apiName"` renames."""
    chosen = {name: properties[name] for name in names if name in properties}
    chosen.update({api: properties[cfn] for cfn, api in renamed.items() if cfn in properties})
    return chosen
