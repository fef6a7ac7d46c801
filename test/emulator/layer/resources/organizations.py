"""Organization policies (SCP, RCP). Stored and attached, never enforced."""

from ..handler import Handler, Made, document, handles, stale_tags
from ..properties import JSON, STRING, TAGS


@handles("AWS::Organizations::Policy")
class Policy(Handler):
    properties = {
        "Content": JSON,
        "Description": STRING,
        "Name": STRING,
        "Tags": TAGS,
        "TargetIds": [STRING],
        "Type": STRING,
    }
    required = ("Content", "Name", "Type")
    mutable = ("Content", "Description", "Name", "Tags", "TargetIds")

    def create(self, at, p):
        org = at.client("organizations")
        made = org.create_policy(
            Name=p["Name"],
            Type=p["Type"],
            Content=document(p["Content"]),
            Description=p.get("Description", ""),
            Tags=p.get("Tags", []),
        )
        policy = made["Policy"]["PolicySummary"]
        at.exists(policy["Id"])
        for target in p.get("TargetIds", []):
            org.attach_policy(PolicyId=policy["Id"], TargetId=target)
        return Made(policy["Id"], {"Arn": policy["Arn"], "Id": policy["Id"], "AwsManaged": "false"})

    def update(self, at, made, old, new):
        org, policy = at.client("organizations"), made.physical_id
        org.update_policy(
            PolicyId=policy, Name=new["Name"], Content=document(new["Content"]), Description=new.get("Description", "")
        )
        before, after = set(old.get("TargetIds", [])), set(new.get("TargetIds", []))
        for target in before - after:
            org.detach_policy(PolicyId=policy, TargetId=target)
        for target in after - before:
            org.attach_policy(PolicyId=policy, TargetId=target)
        if stale_tags(old, new):
            org.untag_resource(ResourceId=policy, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            org.tag_resource(ResourceId=policy, Tags=new["Tags"])
        return made

    def delete(self, at, made, p):
        org = at.client("organizations")
        for target in org.list_targets_for_policy(PolicyId=made.physical_id)["Targets"]:
            org.detach_policy(PolicyId=made.physical_id, TargetId=target["TargetId"])
        org.delete_policy(PolicyId=made.physical_id)
