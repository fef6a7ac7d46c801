"""Stacks and their life: create, update, roll back, delete.

An operation runs to its end inside the request that starts it. The real service answers at once and works on; here
the first poll of the command line already sees the final state, which saves a polling interval per stack.
"""

import sys
import threading
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from . import stack_policy
from . import template as templates
from .environment import Environment
from .handler import At, Made, handler_of
from .intrinsics import Scope, Unresolvable, resolve_dynamic
from .properties import NotUnderstood, check
from .template import Malformed

IMMUTABLE_STATES = (
    "REVIEW_IN_PROGRESS",
    "ROLLBACK_COMPLETE",
    "ROLLBACK_FAILED",
    "DELETE_FAILED",
    "UPDATE_ROLLBACK_FAILED",
    "CREATE_FAILED",
)


class Refused(Exception):
    """An operation that CloudFormation refuses; nothing has changed."""


class Failed(Exception):
    """A resource operation failed; the stack has to roll back."""

    def __init__(self, logical_id, reason):
        super().__init__(reason)
        self.logical_id = logical_id


def now():
    return datetime.now(timezone.utc)


@dataclass
class Resource:
    """A resource of a stack as it stands. `effective` are its resolved properties, dynamic references unread."""

    logical_id: str
    type: str
    made: Made
    effective: dict
    document: dict
    status: str = "CREATE_COMPLETE"
    changed: datetime = field(default_factory=now)

    @property
    def physical_id(self):
        return self.made.physical_id

    @property
    def attributes(self):
        return self.made.attributes


@dataclass
class Desired:
    """What an operation shall make of a stack: checked template, parameter values and stack tags."""

    body: str
    template: dict
    values: dict
    tags: dict


class Stack:
    def __init__(self, environment, name, tags, status):
        self.environment = environment
        self.name = name
        self.id = environment.arn("cloudformation", f"stack/{name}/{uuid.uuid4()}")
        self.tags = tags
        self.status = status
        self.status_reason = None
        self.body = "{}"
        self.template = {"Resources": {}}
        self.values = {}
        self.parameters = {}
        self.resources = {}  # logical id → Resource, in order of creation
        self.outputs = {}
        self.exports = {}
        self.imports = set()
        self.events = []
        self.change_sets = {}
        self.capabilities = []
        self.role = None
        self.protected = False
        self.policy = None
        self.created = now()
        self.updated = None
        self.deleted = None
        self.lock = threading.RLock()

    def event(self, logical_id, physical_id, cfn_type, status, reason=None):
        # Readers sort by milliseconds: no two events of a stack may share one.
        at = now() if not self.events else max(now(), self.events[-1]["Timestamp"] + timedelta(milliseconds=1))
        self.events.append(
            {
                "StackId": self.id,
                "StackName": self.name,
                "EventId": str(uuid.uuid4()),
                "LogicalResourceId": logical_id,
                "PhysicalResourceId": physical_id,
                "ResourceType": cfn_type,
                "ResourceStatus": status,
                "ResourceStatusReason": reason,
                "Timestamp": at,
            }
        )

    def becomes(self, status, reason=None):
        """Move the stack to a status and record it as an event."""
        self.status, self.status_reason = status, reason
        self.event(self.name, self.id, "AWS::CloudFormation::Stack", status, reason)


class Stacks:
    """All stacks of all environments."""

    def __init__(self):
        self.live = {}  # (account, region) → name → Stack
        self.gone = {}  # stack id → Stack

    # -- finding ---------------------------------------------------------------------------------------------------

    def region(self, environment):
        return self.live.setdefault((environment.account, environment.region), {})

    def find(self, environment, name_or_id, message="Stack with id {} does not exist"):
        """A stack by name, or by id also after its deletion; raises Refused."""
        for stack in self.region(environment).values():
            if name_or_id in (stack.name, stack.id):
                return stack
        if name_or_id in self.gone:
            return self.gone[name_or_id]
        raise Refused(message.format(name_or_id))

    def export(self, environment, name):
        for stack in self.region(environment).values():
            if name in stack.exports:
                return stack.exports[name]
        raise Unresolvable(f"No export named {name} found.")

    def output(self, environment, stack_name, output_name):
        """The present value of another stack's output, for Fn::GetStackOutput."""
        where = f"{environment.account}/{environment.region}"
        stack = self.region(environment).get(stack_name)
        if stack is None or stack.status == "REVIEW_IN_PROGRESS":
            raise Unresolvable(f"Fn::GetStackOutput: stack {stack_name} does not exist in {where}")
        if output_name not in stack.outputs:
            raise Unresolvable(f"Fn::GetStackOutput: stack {stack_name} in {where} has no output {output_name}")
        return stack.outputs[output_name]["value"]

    def account_of_role(self, role_arn):
        """The account of an existing role, for references into another account; raises Unresolvable."""
        account, name = role_arn.split(":")[4], role_arn.split("/")[-1]
        try:
            Environment(account, "us-east-1").client("iam").get_role(RoleName=name)
        except Exception as problem:
            raise Unresolvable(f"Fn::GetStackOutput cannot assume {role_arn}: {problem}") from None
        return account

    def importers(self, stack, export):
        return [
            other.name
            for other in self.region(stack.environment).values()
            if export in other.imports and other is not stack
        ]

    def add(self, environment, name, tags, status):
        stack = Stack(environment, name, tags, status)
        self.region(environment)[name] = stack
        return stack

    def forget(self, stack):
        """Move a deleted stack out of the way of its name; it can still be described by id."""
        stack.deleted = now()
        self.region(stack.environment).pop(stack.name, None)
        self.gone[stack.id] = stack

    # -- checking --------------------------------------------------------------------------------------------------

    def desired(self, stack, body, given, tags):
        """Read and check what an operation asks for; raises Malformed or Unresolvable before anything is made."""
        template = templates.read(body)
        templates.refuse_unknown(template)
        values = templates.parameter_values(template, given, stack.values, stack.environment)
        desired = Desired(body, template, values, tags)
        scope = self.scope(stack, desired, {})
        templates.check_rules(template, scope)
        resources = templates.active(template, scope)
        templates.ordered(resources)
        return desired

    def scope(self, stack, desired, resources):
        parameters = templates.resolved_parameters(desired.template, desired.values, stack.environment)
        return Scope(desired.template, parameters, stack.environment, stack.name, stack.id, resources, self)

    def differences(self, stack, desired):
        """What a change set lists: dicts with action, logical_id, type, physical_id, replacement, properties, scope.

        A value that depends on a resource still to be made is unknown here and counts as changed.
        """
        changes, future = [], dict(stack.resources)
        scope = self.scope(stack, desired, future)
        resources = templates.active(desired.template, scope)
        for logical_id in templates.ordered(resources):
            document = resources[logical_id]
            handler, old = handler_of(document["Type"]), stack.resources.get(logical_id)
            if old is None or old.type != document["Type"]:
                changes.append(_change("Add", logical_id, document["Type"], None, None, []))
                future.pop(logical_id, None)
                continue
            try:
                new = effective(handler, scope, document, desired.tags)
                names = changed(old.effective, new)
            except Unresolvable:
                before = old.document.get("Properties", {})
                names = [
                    n
                    for n in {**before, **document.get("Properties", {})}
                    if _differs(n, before, document.get("Properties", {}), scope)
                ]
            metadata = ["Metadata"] if old.document.get("Metadata") != document.get("Metadata") else []
            if names:
                replaced = any(name not in handler.mutable for name in names)
                changes.append(
                    _change("Modify", logical_id, old.type, old.physical_id, "True" if replaced else "False", names)
                )
                if replaced:
                    future.pop(logical_id)
            elif metadata:
                changes.append(_change("Modify", logical_id, old.type, old.physical_id, "False", [], metadata))
        for logical_id, old in stack.resources.items():
            if logical_id not in resources or resources[logical_id]["Type"] != old.type:
                changes.append(_change("Remove", logical_id, old.type, old.physical_id, None, []))
        return changes

    def unchanged(self, stack, desired, changes):
        """Whether an operation would do nothing at all, outputs and tags included."""
        same = {k: v for k, v in desired.template.items() if k != "Description"} == {
            k: v for k, v in stack.template.items() if k != "Description"
        }
        return not changes and same and desired.values == stack.values and desired.tags == stack.tags

    # -- operations ------------------------------------------------------------------------------------------------

    def create(self, stack, desired, retain_except_on_create=False):
        with stack.lock:
            stack.becomes("CREATE_IN_PROGRESS", "User Initiated")
            undo = Undo(stack, retain_except_on_create)
            try:
                self._reach(stack, desired, undo)
            except Failed as failure:
                stack.becomes(
                    "ROLLBACK_IN_PROGRESS",
                    f"The following resource(s) failed to create: [{failure.logical_id}]. Rollback requested by user.",
                )
                problems = undo.run()
                stack.outputs, stack.exports, stack.imports = {}, {}, set()
                stack.body, stack.template, stack.values = desired.body, desired.template, desired.values
                stack.becomes("ROLLBACK_FAILED" if problems else "ROLLBACK_COMPLETE", problems)
                return
            stack.becomes("CREATE_COMPLETE")

    def update(self, stack, desired, retain_except_on_create=False):
        with stack.lock:
            stack.updated = now()
            stack.becomes("UPDATE_IN_PROGRESS", "User Initiated")
            undo = Undo(stack, retain_except_on_create)
            try:
                cleanup = self._reach(stack, desired, undo)
            except Failed as failure:
                stack.becomes(
                    "UPDATE_ROLLBACK_IN_PROGRESS",
                    f"The following resource(s) failed to update: [{failure.logical_id}].",
                )
                problems = undo.run()
                stack.becomes("UPDATE_ROLLBACK_FAILED" if problems else "UPDATE_ROLLBACK_COMPLETE", problems)
                return
            if cleanup:
                stack.becomes("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
            for old, policy in cleanup:
                # The service also finishes an update whose cleanup failed: the leftover is only visible as an event.
                self._remove(stack, old, policy)
            stack.becomes("UPDATE_COMPLETE")

    def delete(self, stack, retain=()):
        """Delete a stack; raises Refused when it is protected or an export is in use."""
        with stack.lock:
            if stack.deleted:
                return
            if stack.protected:
                raise Refused(f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
            for export in stack.exports:
                users = self.importers(stack, export)
                if users:
                    raise Refused(f"Export {export} cannot be deleted as it is in use by {', '.join(users)}")
            stack.becomes("DELETE_IN_PROGRESS", "User Initiated")
            failed = []
            for old in reversed(list(stack.resources.values())):
                policy = "Retain" if old.logical_id in retain else deletion_policy(old)
                if self._remove(stack, old, policy):
                    stack.resources.pop(old.logical_id)
                else:
                    failed.append(old.logical_id)
            if failed:
                stack.becomes("DELETE_FAILED", f"The following resource(s) failed to delete: [{', '.join(failed)}]. ")
                return
            stack.outputs, stack.exports, stack.imports = {}, {}, set()
            stack.becomes("DELETE_COMPLETE")
            self.forget(stack)

    # -- steps -----------------------------------------------------------------------------------------------------

    def _reach(self, stack, desired, undo):
        """Bring resources and outputs to what is desired; returns what is left to remove, as (Resource, policy)."""
        resources = dict(stack.resources)
        try:  # checked before, but parameters of Parameter Store may have gone in the meantime
            scope = self.scope(stack, desired, resources)
            documents = templates.active(desired.template, scope)
        except (Malformed, Unresolvable) as problem:
            raise Failed(stack.name, str(problem)) from problem
        created, leftover = list(stack.resources), []
        for logical_id in templates.ordered(documents):
            document, old = documents[logical_id], resources.get(logical_id)
            try:
                new, is_changed = self._one(stack, scope, desired, logical_id, document, old, undo)
            except Failed:
                raise
            except Exception as problem:  # whatever went wrong, the stack must roll back and say so
                verb = "CREATE" if old is None else "UPDATE"
                reason = (
                    f"{problem}"
                    if isinstance(problem, (Unresolvable, NotUnderstood, Refused, stack_policy.Denied))
                    else f"{type(problem).__name__}: {problem}"
                )
                stack.event(logical_id, old.physical_id if old else "", document["Type"], f"{verb}_FAILED", reason)
                print(
                    f"[{stack.name}/{logical_id}] {document['Type']} {verb}_FAILED: {reason}",
                    file=sys.stderr,
                    flush=True,
                )
                raise Failed(logical_id, reason) from problem
            if old is not None and is_changed == "replaced":
                leftover.append((old, old.document.get("UpdateReplacePolicy", "Delete")))
                resources.pop(logical_id)  # so that the order of creation is kept
            resources[logical_id] = new
        for logical_id, old in stack.resources.items():
            if logical_id not in documents:
                leftover.append((old, deletion_policy(old)))
                resources.pop(logical_id)
        try:
            outputs, exports = self._outputs(stack, scope, desired)
            for old, _ in leftover:
                if old.logical_id not in documents:
                    stack_policy.permit(stack.policy, "Update:Delete", old.logical_id, old.type)
        except (Unresolvable, Refused, stack_policy.Denied) as problem:
            stack.event(
                stack.name,
                stack.id,
                "AWS::CloudFormation::Stack",
                "UPDATE_FAILED" if stack.resources else "CREATE_FAILED",
                str(problem),
            )
            raise Failed(stack.name, str(problem)) from problem
        stack.resources, stack.outputs, stack.exports, stack.imports = resources, outputs, exports, scope.imported
        stack.body, stack.template, stack.values, stack.tags = (
            desired.body,
            desired.template,
            desired.values,
            desired.tags,
        )
        stack.parameters = scope.parameters
        return sorted(leftover, key=lambda pair: -created.index(pair[0].logical_id))

    def _one(self, stack, scope, desired, logical_id, document, old, undo):
        """Create, update, replace or leave one resource; returns (Resource, None | "changed" | "replaced")."""
        handler = handler_of(document["Type"])
        if old is not None and old.type != document["Type"]:
            raise Refused(
                f"Update of resource type is not permitted. The new template modifies resource type of {logical_id}"
            )
        wanted = effective(handler, scope, document, desired.tags)
        if old is not None:
            names = changed(old.effective, wanted)
            if not names:
                return replace(old, document=document), None
            replaced = any(name not in handler.mutable for name in names)
            stack_policy.permit(stack.policy, "Update:Replace" if replaced else "Update:Modify", logical_id, old.type)
            if not replaced:
                return self._update(stack, handler, logical_id, document, old, wanted, undo), "changed"
        verb = "CREATE" if old is None else "UPDATE"
        at = _at(stack, logical_id, document["Type"])
        reason = (
            None
            if old is None
            else "Requested update requires the creation of a new physical resource; hence creating one."
        )
        stack.event(logical_id, old.physical_id if old else "", document["Type"], f"{verb}_IN_PROGRESS", reason)
        p = checked(handler, at, wanted)
        half = Resource(logical_id, document["Type"], Made(""), wanted, document)
        undo.created(half, at)
        half.made = handler.create(at, p)
        stack.event(logical_id, half.physical_id, half.type, f"{verb}_COMPLETE")
        return half, "replaced"

    def _update(self, stack, handler, logical_id, document, old, wanted, undo):
        at = _at(stack, logical_id, old.type)
        stack.event(logical_id, old.physical_id, old.type, "UPDATE_IN_PROGRESS")
        before, after = checked(handler, at, old.effective), checked(handler, at, wanted)
        undo.updated(old, at, before, after)
        made = handler.update(at, old.made, before, after)
        stack.event(logical_id, made.physical_id, old.type, "UPDATE_COMPLETE")
        return Resource(logical_id, old.type, made, wanted, document, "UPDATE_COMPLETE")

    def _outputs(self, stack, scope, desired):
        outputs, exports = {}, {}
        for key, output in desired.template.get("Outputs", {}).items():
            if "Condition" in output and not scope.holds(output["Condition"]):
                continue
            value = scope.resolve(output["Value"])
            if not isinstance(value, (str, int, float, bool)):
                raise Unresolvable(
                    f"Template format error: Output {key} is malformed: its value must be a string, not {value!r}"
                )
            outputs[key] = {"value": str(value), "description": output.get("Description"), "export": None}
            if "Export" in output:
                name = scope.resolve(output["Export"]["Name"])
                outputs[key]["export"], exports[name] = name, str(value)
        for name in exports:
            for other in self.region(stack.environment).values():
                if other is not stack and name in other.exports:
                    raise Refused(
                        f"Export with name {name} is already exported by stack {other.name}. Rollback requested."
                    )
        for name, value in stack.exports.items():
            users = self.importers(stack, name)
            if users and exports.get(name) != value:
                verb = "updated" if name in exports else "deleted"
                raise Refused(f"Export {name} cannot be {verb} as it is in use by {', '.join(users)}")
        return outputs, exports

    def _remove(self, stack, old, policy):
        """Remove one resource under its deletion policy; True unless it failed."""
        if policy in ("Retain", "RetainExceptOnCreate"):
            stack.event(old.logical_id, old.physical_id, old.type, "DELETE_SKIPPED")
            return True
        return not _delete(stack, _at(stack, old.logical_id, old.type), old, policy)


class Undo:
    """What has been done so far in an operation, to be taken back in reverse order."""

    def __init__(self, stack, retain_except_on_create):
        self.stack = stack
        self.retain_except_on_create = retain_except_on_create
        self.steps = []

    def created(self, resource, at):
        self.steps.append(lambda: self._uncreate(resource, at))

    def updated(self, old, at, before, after):
        self.steps.append(lambda: self._restore(old, at, before, after))

    def run(self):
        """Take everything back; returns the problems as text, or None."""
        problems = [problem for problem in (step() for step in reversed(self.steps)) if problem]
        return "; ".join(problems) or None

    def _uncreate(self, resource, at):
        if not resource.physical_id:
            if not at.born:
                return None  # it failed before anything existed
            resource.made = Made(at.born)
        # RetainExceptOnCreate is made for this moment; plain Retain keeps even what a failed creation left behind.
        if resource.document.get("DeletionPolicy") == "Retain" and not self.retain_except_on_create:
            self.stack.event(resource.logical_id, resource.physical_id, resource.type, "DELETE_SKIPPED")
            return None
        return _delete(self.stack, at, resource, "Delete")

    def _restore(self, old, at, before, after):
        self.stack.event(old.logical_id, old.physical_id, old.type, "UPDATE_IN_PROGRESS")
        try:
            handler_of(old.type).update(at, old.made, after, before)
        except Exception as problem:
            self.stack.event(old.logical_id, old.physical_id, old.type, "UPDATE_FAILED", str(problem))
            return f"{old.logical_id}: {problem}"
        self.stack.event(old.logical_id, old.physical_id, old.type, "UPDATE_COMPLETE")
        return None


def effective(handler, scope, document, stack_tags):
    """A resource's resolved properties with the stack's tags under its own."""
    found = scope.resolve(document.get("Properties", {}))
    if handler.tags and stack_tags:
        own = {tag["Key"]: tag["Value"] for tag in found.get(handler.tags, [])}
        merged = {**stack_tags, **own}
        found = {**found, handler.tags: [{"Key": key, "Value": value} for key, value in sorted(merged.items())]}
    return found


def changed(old, new):
    """Names of the top-level properties whose value differs."""
    return sorted(name for name in {**old, **new} if old.get(name, _absent) != new.get(name, _absent))


def checked(handler, at, wanted):
    """Properties converted for the handler, with dynamic references read; raises NotUnderstood."""
    shape = handler.properties
    p = check(at.type, resolve_dynamic(at.environment, wanted), shape)
    missing = [name for name in handler.required if name not in p]
    if missing:
        raise NotUnderstood(
            f"Properties validation failed for resource {at.logical_id}: required key {missing} not found"
        )
    return p


def deletion_policy(resource):
    return resource.document.get("DeletionPolicy", handler_of(resource.type).default_deletion)


_absent = object()


def _differs(name, before, after, scope):
    if before.get(name, _absent) != after.get(name, _absent):
        return True
    try:
        scope.resolve(after[name])
        return False
    except Unresolvable:
        return True


def _at(stack, logical_id, cfn_type):
    return At(stack.environment, stack.name, stack.id, logical_id, cfn_type)


def _delete(stack, at, old, policy):
    """Delete one resource; returns a problem as text, or None. What is already gone is deleted."""
    stack.event(old.logical_id, old.physical_id, old.type, "DELETE_IN_PROGRESS")
    handler = handler_of(old.type)
    try:
        # Dynamic references stay unread: what they named may be gone already, and no deletion needs their value.
        p = check(old.type, old.effective, handler.properties)
        if policy == "Snapshot":
            handler.snapshot(at, old.made, p)
        handler.delete(at, old.made, p)
    except Exception as problem:
        if not _is_gone(problem):
            stack.event(old.logical_id, old.physical_id, old.type, "DELETE_FAILED", str(problem))
            print(f"[{stack.name}/{old.logical_id}] {old.type} DELETE_FAILED: {problem}", file=sys.stderr, flush=True)
            return f"{old.logical_id}: {problem}"
    stack.event(old.logical_id, old.physical_id, old.type, "DELETE_COMPLETE")
    return None


def _is_gone(problem):
    code = getattr(problem, "response", {}).get("Error", {}).get("Code", "")
    return code.endswith(
        ("NotFound", "NotFoundException", "NotFoundFault", "NoSuchEntity", "NoSuchBucket", "DoesNotExist")
    )


def _change(action, logical_id, cfn_type, physical_id, replacement, names, scope=None):
    return {
        "action": action,
        "logical_id": logical_id,
        "type": cfn_type,
        "physical_id": physical_id,
        "replacement": replacement,
        "properties": names,
        "scope": scope or (["Properties"] if names else []),
    }
