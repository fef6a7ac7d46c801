"""EventBridge buses and rules. Patterns, targets and bus policies are stored; nothing sends events here."""

import json

from ..handler import Handler, Made, document, handles, stale_tags
from ..properties import INTEGER, JSON, STRING, TAGS, pick


@handles("AWS::Events::Rule")
class Rule(Handler):
    properties = {
        "Description": STRING,
        "EventBusName": STRING,
        "EventPattern": JSON,
        "Name": STRING,
        "RoleArn": STRING,
        "ScheduleExpression": STRING,
        "State": STRING,
        "Tags": TAGS,
        "Targets": [
            {
                "Arn": STRING,
                "DeadLetterConfig": {"Arn": STRING},
                "Id": STRING,
                "Input": STRING,
                "InputPath": STRING,
                "InputTransformer": {"InputPathsMap": JSON, "InputTemplate": STRING},
                "RetryPolicy": {"MaximumEventAgeInSeconds": INTEGER, "MaximumRetryAttempts": INTEGER},
                "RoleArn": STRING,
            }
        ],
    }
    mutable = ("Description", "EventPattern", "RoleArn", "ScheduleExpression", "State", "Tags", "Targets")

    def create(self, at, p):
        name = p.get("Name") or at.name(64)
        return self._put(at, {}, p, name, pick(p, "Tags"))

    def update(self, at, made, old, new):
        events, arn = at.client("events"), made.attributes["Arn"]
        if stale_tags(old, new):
            events.untag_resource(ResourceARN=arn, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            events.tag_resource(ResourceARN=arn, Tags=new["Tags"])
        return self._put(at, old, new, made.physical_id.split("|")[-1], {})

    def delete(self, at, made, p):
        events, name, bus = at.client("events"), made.physical_id.split("|")[-1], pick(p, "EventBusName")
        targets = [target["Id"] for target in p.get("Targets", [])]
        if targets:
            events.remove_targets(Rule=name, Ids=targets, **bus)
        events.delete_rule(Name=name, **bus)

    def _put(self, at, old, p, name, tags):
        events, bus = at.client("events"), pick(p, "EventBusName")
        wanted = pick(p, "Description", "RoleArn", "ScheduleExpression", "State")
        if "EventPattern" in p:
            wanted["EventPattern"] = json.dumps(p["EventPattern"])
        arn = events.put_rule(Name=name, **wanted, **bus, **tags)["RuleArn"]
        at.exists(name)
        kept = {target["Id"] for target in p.get("Targets", [])}
        gone = [target["Id"] for target in old.get("Targets", []) if target["Id"] not in kept]
        if gone:
            events.remove_targets(Rule=name, Ids=gone, **bus)
        if p.get("Targets"):
            events.put_targets(Rule=name, Targets=p["Targets"], **bus)
        physical = f"{p['EventBusName']}|{name}" if "EventBusName" in p else name
        return Made(physical, {"Arn": arn})


@handles("AWS::Events::EventBus")
class EventBus(Handler):
    properties = {
        "Description": STRING,
        "KmsKeyIdentifier": STRING,
        "Name": STRING,
        "Policy": JSON,
        "Tags": TAGS,
    }
    required = ("Name",)
    mutable = ("Policy", "Tags")

    def create(self, at, p):
        events, name = at.client("events"), p["Name"]
        made = events.create_event_bus(**pick(p, "Description", "KmsKeyIdentifier", "Name", "Tags"))
        at.exists(name)
        if "Policy" in p:
            events.put_permission(EventBusName=name, Policy=document(p["Policy"]))
        return Made(name, {"Arn": made["EventBusArn"], "Name": name})

    def update(self, at, made, old, new):
        events, arn = at.client("events"), made.attributes["Arn"]
        if "Policy" in new:
            events.put_permission(EventBusName=made.physical_id, Policy=document(new["Policy"]))
        elif "Policy" in old:
            events.remove_permission(EventBusName=made.physical_id, RemoveAllPermissions=True)
        if stale_tags(old, new):
            events.untag_resource(ResourceARN=arn, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            events.tag_resource(ResourceARN=arn, Tags=new["Tags"])
        return made

    def delete(self, at, made, p):
        at.client("events").delete_event_bus(Name=made.physical_id)
