"""The CloudFormation API, as far as the CDK command line and an attestation use it, in front of the engine."""

import re
import uuid
from urllib.parse import unquote, urlparse

from moto.cloudformation import urls
from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.core.responses import ActionResult, BaseResponse, EmptyResult

from .engine import IMMUTABLE_STATES, Refused, Stacks, now
from .environment import Environment
from .intrinsics import Unresolvable
from .template import Malformed, read

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."

stacks = Stacks()


class ChangeSetNotFound(CloudFormationError):
    code = "ChangeSetNotFound"


class InvalidChangeSetStatus(CloudFormationError):
    code = "InvalidChangeSetStatus"


class AlreadyExists(CloudFormationError):
    code = "AlreadyExistsException"


def install():
    """Put this API in the place of moto's."""
    urls.url_paths.clear()
    urls.url_paths["{0}/$"] = CloudFormationApi.dispatch


class CloudFormationApi(BaseResponse):
    def __init__(self):
        super().__init__(service_name="cloudformation")
        self.automated_parameter_parsing = True

    def call_action(self):
        try:
            return super().call_action()
        except NotImplementedError as problem:
            return self._refuse(f"the emulator has no {problem}")

    @property
    def environment(self):
        return Environment(self.current_account, self.region)

    # -- stacks ----------------------------------------------------------------------------------------------------

    def create_stack(self):
        name = self._get_param("StackName")
        if name in stacks.region(self.environment):
            raise AlreadyExists(f"Stack [{name}] already exists")
        self._no_unsupported_options()
        body, tags = self._template_body(None), self._tags({})
        stack = stacks.add(self.environment, name, tags, "CREATE_IN_PROGRESS")
        try:
            desired = self._desired(stack, body, tags)
        except ValidationError:
            stacks.region(self.environment).pop(name)
            raise
        stack.protected = bool(self._get_param("EnableTerminationProtection", False))
        stack.policy = self._get_param("StackPolicyBody")
        self._carry(stack)
        stacks.create(stack, desired, bool(self._get_param("RetainExceptOnCreate", False)))
        return ActionResult({"StackId": stack.id})

    def update_stack(self):
        stack = self._stack()
        self._no_unsupported_options()
        self._must_be_updatable(stack)
        desired = self._desired(stack, self._template_body(stack), self._tags(stack.tags))
        changes = self._differences(stack, desired)
        if stacks.unchanged(stack, desired, changes):
            raise ValidationError(message="No updates are to be performed.")
        self._carry(stack)
        stacks.update(stack, desired, bool(self._get_param("RetainExceptOnCreate", False)))
        return ActionResult({"StackId": stack.id})

    def delete_stack(self):
        try:
            stack = stacks.find(self.environment, self._get_param("StackName"))
            stacks.delete(stack, self._get_param("RetainResources", []))
        except Refused as refusal:
            if "does not exist" not in str(refusal):
                raise ValidationError(message=str(refusal)) from None
        return EmptyResult()

    def describe_stacks(self):
        name = self._get_param("StackName")
        found = [self._stack()] if name else list(stacks.region(self.environment).values())
        return ActionResult({"Stacks": [_described(stack) for stack in found]})

    def list_stacks(self):
        wanted = self._get_param("StackStatusFilter", [])
        mine = [s for s in stacks.gone.values() if s.environment == self.environment] + list(
            stacks.region(self.environment).values()
        )
        return ActionResult({"StackSummaries": [_summary(s) for s in mine if not wanted or s.status in wanted]})

    def describe_stack_events(self):
        stack = self._stack("Stack [{}] does not exist")
        return ActionResult({"StackEvents": list(reversed(stack.events))})

    def describe_events(self):
        # Operation-level events exist for early validation and hooks: neither is emulated, so there are none.
        return ActionResult({"OperationEvents": []})

    def list_stack_sets(self):
        # Nothing here can make one, so there is none.
        return ActionResult({"Summaries": []})

    def list_stack_resources(self):
        return ActionResult(
            {"StackResourceSummaries": [_resource(self._stack(), r) for r in self._stack().resources.values()]}
        )

    def describe_stack_resources(self):
        wanted, physical = self._get_param("LogicalResourceId"), self._get_param("PhysicalResourceId")
        if self._get_param("StackName"):
            stack = self._stack()
        else:
            mine = stacks.region(self.environment).values()
            owners = [s for s in mine if any(r.physical_id == physical for r in s.resources.values())]
            if not owners:
                raise ValidationError(message=f"Stack for {physical} does not exist")
            stack = owners[0]
        common = {"StackName": stack.name, "StackId": stack.id}
        found = [r for r in stack.resources.values() if wanted in (None, r.logical_id)]
        return ActionResult(
            {"StackResources": [{**_resource(stack, r), **common, "Timestamp": r.changed} for r in found]}
        )

    def describe_stack_resource(self):
        stack, wanted = self._stack(), self._get_param("LogicalResourceId")
        if wanted not in stack.resources:
            raise ValidationError(message=f"Resource {wanted} does not exist for stack {stack.name}")
        found = _resource(stack, stack.resources[wanted])
        return ActionResult({"StackResourceDetail": {**found, "StackName": stack.name, "StackId": stack.id}})

    def get_template(self):
        name = self._get_param("ChangeSetName")
        body = self._change_set()["desired"].body if name else self._stack().body
        return ActionResult({"TemplateBody": body, "StagesAvailable": ["Original", "Processed"]})

    def get_template_summary(self):
        named = self._get_param("StackName")
        template = self._stack().template if named else self._read(self._template_body(None))
        parameters = [
            {
                "ParameterKey": key,
                "DefaultValue": str(value["Default"]) if "Default" in value else None,
                "ParameterType": value.get("Type", "String"),
                "NoEcho": bool(value.get("NoEcho", False)),
                "Description": value.get("Description"),
            }
            for key, value in template.get("Parameters", {}).items()
        ]
        types = sorted({resource["Type"] for resource in template["Resources"].values()})
        return ActionResult(
            {
                "Parameters": parameters,
                "ResourceTypes": types,
                "Description": template.get("Description"),
                "Version": "2010-09-09",
            }
        )

    def validate_template(self):
        template = self._read(self._template_body(None))
        return ActionResult({"Parameters": [], "Description": template.get("Description")})

    def update_termination_protection(self):
        stack = self._stack()
        stack.protected = bool(self._get_param("EnableTerminationProtection"))
        return ActionResult({"StackId": stack.id})

    def set_stack_policy(self):
        stack = self._stack()
        body = self._get_param("StackPolicyBody")
        if body is None:
            body = self._fetch(self._get_param("StackPolicyURL"))
        stack.policy = body
        return EmptyResult()

    def get_stack_policy(self):
        return ActionResult({"StackPolicyBody": self._stack().policy})

    def list_exports(self):
        found = [
            {"ExportingStackId": s.id, "Name": n, "Value": v}
            for s in stacks.region(self.environment).values()
            for n, v in s.exports.items()
        ]
        return ActionResult({"Exports": found})

    def list_imports(self):
        name = self._get_param("ExportName")
        users = [s.name for s in stacks.region(self.environment).values() if name in s.imports]
        if not users:
            raise ValidationError(message=f"Export '{name}' is not imported by any stack.")
        return ActionResult({"Imports": users})

    # -- change sets -----------------------------------------------------------------------------------------------

    def create_change_set(self):
        kind, name = self._get_param("ChangeSetType", "UPDATE"), self._get_param("ChangeSetName")
        if kind not in ("CREATE", "UPDATE"):
            raise ValidationError(message=f"the emulator does not support change sets of type {kind}")
        self._no_unsupported_options()
        stack, is_new = self._stack_for(kind)
        try:
            desired = self._desired(stack, self._template_body(stack), self._tags(stack.tags))
            changes = self._differences(stack, desired)
        except ValidationError:
            if is_new:
                stacks.region(self.environment).pop(stack.name)
            raise
        empty = kind == "UPDATE" and stacks.unchanged(stack, desired, changes)
        change_set = {
            "id": self.environment.arn("cloudformation", f"changeSet/{name}/{uuid.uuid4()}"),
            "name": name,
            "kind": kind,
            "desired": desired,
            "changes": changes,
            "created": now(),
            "status": "FAILED" if empty else "CREATE_COMPLETE",
            "reason": NO_CHANGES if empty else None,
            "execution": "UNAVAILABLE" if empty else "AVAILABLE",
            "description": self._get_param("Description"),
            "capabilities": self._get_param("Capabilities", []),
            "role": self._get_param("RoleARN"),
        }
        stack.change_sets[name] = change_set
        return ActionResult({"Id": change_set["id"], "StackId": stack.id})

    def describe_change_set(self):
        stack, c = self._stack_of_change_set(), self._change_set()
        return ActionResult(
            {
                "ChangeSetName": c["name"],
                "ChangeSetId": c["id"],
                "StackId": stack.id,
                "StackName": stack.name,
                "Description": c["description"],
                "CreationTime": c["created"],
                "ExecutionStatus": c["execution"],
                "Status": c["status"],
                "StatusReason": c["reason"],
                "Capabilities": c["capabilities"],
                "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in c["desired"].values.items()],
                "Tags": _tag_list(c["desired"].tags),
                "Changes": [
                    {"Type": "Resource", "ResourceChange": _resource_change(change)} for change in c["changes"]
                ],
                "IncludeNestedStacks": False,
            }
        )

    def list_change_sets(self):
        stack = self._stack()
        found = [
            {
                "StackId": stack.id,
                "StackName": stack.name,
                "ChangeSetId": c["id"],
                "ChangeSetName": c["name"],
                "ExecutionStatus": c["execution"],
                "Status": c["status"],
                "StatusReason": c["reason"],
                "CreationTime": c["created"],
            }
            for c in stack.change_sets.values()
        ]
        return ActionResult({"Summaries": found})

    def delete_change_set(self):
        stack, name = self._stack_of_change_set(), self._get_param("ChangeSetName")
        for key in [key for key, c in stack.change_sets.items() if name in (c["id"], key)]:
            del stack.change_sets[key]
        return EmptyResult()

    def execute_change_set(self):
        stack, c = self._stack_of_change_set(), self._change_set()
        if self._get_param("DisableRollback"):
            raise ValidationError(message="the emulator always rolls back: DisableRollback is not supported")
        if c["execution"] != "AVAILABLE":
            raise InvalidChangeSetStatus(
                f"ChangeSet [{c['id']}] cannot be executed in its current status of [{c['status']}]"
            )
        stack.change_sets.clear()  # executing one change set makes the others obsolete
        stack.role, stack.capabilities = c["role"], c["capabilities"]
        operation = stacks.create if c["kind"] == "CREATE" else stacks.update
        operation(stack, c["desired"], bool(self._get_param("RetainExceptOnCreate", False)))
        return EmptyResult()

    # -- reading the request ---------------------------------------------------------------------------------------

    def _stack(self, message="Stack with id {} does not exist"):
        try:
            return stacks.find(self.environment, self._get_param("StackName"), message)
        except Refused as refusal:
            raise ValidationError(message=str(refusal)) from None

    def _stack_for(self, kind):
        """The stack a change set is made for, and whether it only exists for this change set."""
        name = self._get_param("StackName")
        found = next((s for s in stacks.region(self.environment).values() if name in (s.name, s.id)), None)
        if kind == "UPDATE":
            stack = self._stack()
            self._must_be_updatable(stack)
            return stack, False
        if found is None:
            self._role()
            stack = stacks.add(self.environment, name, {}, "REVIEW_IN_PROGRESS")
            stack.becomes("REVIEW_IN_PROGRESS", "User Initiated")
            return stack, True
        if found.status != "REVIEW_IN_PROGRESS":
            raise ValidationError(
                message=f"Stack [{name}] already exists and cannot be created again with the changeSet "
                f"[{self._get_param('ChangeSetName')}]."
            )
        return found, False

    def _stack_of_change_set(self):
        arn, name = self._get_param("ChangeSetName"), self._get_param("StackName")
        if name:
            return self._stack()
        for stack in stacks.region(self.environment).values():
            if any(arn == c["id"] for c in stack.change_sets.values()):
                return stack
        raise ChangeSetNotFound(f"ChangeSet [{arn}] does not exist")

    def _change_set(self):
        name = self._get_param("ChangeSetName")
        for c in self._stack_of_change_set().change_sets.values():
            if name in (c["name"], c["id"]):
                return c
        raise ChangeSetNotFound(f"ChangeSet [{name}] does not exist")

    def _must_be_updatable(self, stack):
        if stack.status in IMMUTABLE_STATES or stack.deleted:
            raise ValidationError(message=f"Stack:{stack.id} is in {stack.status} state and can not be updated.")

    def _no_unsupported_options(self):
        if self._get_param("DisableRollback") or self._get_param("OnFailure", "ROLLBACK") != "ROLLBACK":
            raise ValidationError(
                message="the emulator always rolls back: DisableRollback and OnFailure are not supported"
            )
        # ImportExistingResources only permits an import (bootstrap always sends it): here a name that is taken fails.
        if self._get_param("ResourcesToImport"):
            raise ValidationError(message="the emulator does not import existing resources")

    def _tags(self, previous):
        given = self._get_param("Tags")
        return dict(previous) if given is None else {tag["Key"]: tag["Value"] for tag in given}

    def _desired(self, stack, body, tags):
        self._role()
        try:
            return stacks.desired(stack, body, self._get_param("Parameters", []), tags)
        except (Malformed, Unresolvable) as problem:
            raise ValidationError(message=str(problem)) from None

    def _differences(self, stack, desired):
        try:
            return stacks.differences(stack, desired)
        except (Malformed, Unresolvable) as problem:
            raise ValidationError(message=str(problem)) from None

    def _carry(self, stack):
        stack.role, stack.capabilities = self._get_param("RoleARN"), self._get_param("Capabilities", [])

    def _role(self):
        """The service role must exist: an account that is not bootstrapped has none."""
        arn = self._get_param("RoleARN")
        if not arn:
            return
        try:
            Environment(arn.split(":")[4], self.region).client("iam").get_role(RoleName=arn.split("/")[-1])
        except Exception:
            raise ValidationError(message=f"Role {arn} is invalid or cannot be assumed") from None

    def _read(self, body):
        try:
            return read(body)
        except Malformed as problem:
            raise ValidationError(message=str(problem)) from None

    def _template_body(self, stack):
        body, url = self._get_param("TemplateBody"), self._get_param("TemplateURL")
        if self._get_param("UsePreviousTemplate") and stack is not None:
            return stack.body
        if bool(body) == bool(url):
            raise ValidationError(message="Either Template URL or Template Body must be specified.")
        return body or self._fetch(url)

    def _fetch(self, url):
        """Text of an object named by an S3 URL, path style at any host or virtual-hosted style at amazonaws.com."""
        parsed = urlparse(url)
        hosted = re.match(r"(.+)\.s3[.-][^/]*amazonaws\.com$", parsed.hostname or "")
        path = unquote(parsed.path).lstrip("/")
        bucket, key = (hosted[1], path) if hosted else path.split("/", 1)
        try:
            return self.environment.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()
        except Exception as problem:
            raise ValidationError(message=f"S3 error: {problem}") from None

    def _refuse(self, message):
        status, headers, body = self.serialized(ActionResult(ValidationError(message=message)))
        return int(status), {**headers, "status": str(status)}, body


# -- writing the answer ------------------------------------------------------------------------------------------------


def _tag_list(tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _summary(stack):
    return {
        "StackId": stack.id,
        "StackName": stack.name,
        "TemplateDescription": stack.template.get("Description"),
        "CreationTime": stack.created,
        "LastUpdatedTime": stack.updated,
        "DeletionTime": stack.deleted,
        "StackStatus": stack.status,
        "StackStatusReason": stack.status_reason,
    }


def _described(stack):
    hidden = {key for key, declaration in stack.template.get("Parameters", {}).items() if declaration.get("NoEcho")}
    return {
        **_summary(stack),
        "Description": stack.template.get("Description"),
        "Parameters": [
            {"ParameterKey": k, "ParameterValue": "****" if k in hidden else v} for k, v in stack.values.items()
        ],
        "Outputs": [
            {"OutputKey": key, "OutputValue": o["value"], "Description": o["description"], "ExportName": o["export"]}
            for key, o in stack.outputs.items()
        ],
        "Tags": _tag_list(stack.tags),
        "Capabilities": stack.capabilities,
        "RoleARN": stack.role,
        "DisableRollback": False,
        "NotificationARNs": [],
        "EnableTerminationProtection": stack.protected,
    }


def _resource(stack, resource):
    return {
        "LogicalResourceId": resource.logical_id,
        "PhysicalResourceId": resource.physical_id,
        "ResourceType": resource.type,
        "ResourceStatus": resource.status,
        "LastUpdatedTimestamp": resource.changed,
    }


def _resource_change(change):
    replaced = change["replacement"]
    details = [
        {
            "Target": {
                "Attribute": "Properties",
                "Name": name,
                "RequiresRecreation": "Always" if replaced == "True" else "Never",
            },
            "Evaluation": "Static",
            "ChangeSource": "DirectModification",
        }
        for name in change["properties"]
    ]
    return {
        "Action": change["action"],
        "LogicalResourceId": change["logical_id"],
        "PhysicalResourceId": change["physical_id"],
        "ResourceType": change["type"],
        "Replacement": replaced,
        "Scope": change["scope"],
        "Details": details,
    }
