"""Stack policies: which updates of which resources are allowed. Unlike other policies here, these are enforced."""

import fnmatch
import json


class Denied(Exception):
    """The stack policy does not allow an update."""


def permit(policy, action, logical_id, cfn_type):
    """Raise Denied unless `policy` (JSON text or None) allows `action` on the resource.

    A stack without a policy allows everything; with one, what no statement allows is denied. Statements with
    NotAction, NotResource or a condition other than on ResourceType count as denying: never allow what is not read.
    """
    if not policy:
        return
    allowed = False
    for statement in json.loads(policy).get("Statement", []):
        if not _applies(statement, action, f"LogicalResourceId/{logical_id}", cfn_type):
            continue
        if statement.get("Effect") != "Allow":
            raise Denied(f"Action denied by stack policy: Statement does not allow {action} on {logical_id}")
        allowed = True
    if not allowed:
        raise Denied(f"Action not allowed by stack policy: no statement allows {action} on {logical_id}")


def _applies(statement, action, resource, cfn_type):
    if set(statement) - {"Effect", "Action", "Principal", "Resource", "Condition", "Sid"}:
        return statement.get("Effect") != "Allow"
    if not _matches(statement.get("Action", []), action) or not _matches(statement.get("Resource", []), resource):
        return False
    for operator, keys in statement.get("Condition", {}).items():
        if operator not in ("StringEquals", "StringLike") or set(keys) != {"ResourceType"}:
            return statement.get("Effect") != "Allow"
        if not _matches(keys["ResourceType"], cfn_type):
            return False
    return True


def _matches(patterns, value):
    return any(
        fnmatch.fnmatchcase(value, pattern) for pattern in ([patterns] if isinstance(patterns, str) else patterns)
    )
