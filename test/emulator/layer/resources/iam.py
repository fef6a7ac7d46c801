"""IAM roles and policies. Stored and answered for, never enforced."""

from ..handler import Handler, Made, document, handles, stale_tags
from ..properties import INTEGER, JSON, STRING, TAGS, pick


@handles("AWS::IAM::Role")
class Role(Handler):
    properties = {
        "AssumeRolePolicyDocument": JSON,
        "Description": STRING,
        "ManagedPolicyArns": [STRING],
        "MaxSessionDuration": INTEGER,
        "Path": STRING,
        "PermissionsBoundary": STRING,
        "Policies": [{"PolicyDocument": JSON, "PolicyName": STRING}],
        "RoleName": STRING,
        "Tags": TAGS,
    }
    required = ("AssumeRolePolicyDocument",)
    mutable = (
        "AssumeRolePolicyDocument",
        "Description",
        "ManagedPolicyArns",
        "MaxSessionDuration",
        "PermissionsBoundary",
        "Policies",
        "Tags",
    )

    def create(self, at, p):
        iam, name = at.client("iam"), p.get("RoleName") or at.name(64)
        wanted = pick(p, "Description", "MaxSessionDuration", "Path", "PermissionsBoundary", "Tags")
        role = iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=document(p["AssumeRolePolicyDocument"]), **wanted
        )["Role"]
        at.exists(name)
        self._policies(iam, name, {}, p)
        return Made(name, {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def update(self, at, made, old, new):
        iam, name = at.client("iam"), made.physical_id
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=document(new["AssumeRolePolicyDocument"]))
        iam.update_role(
            RoleName=name,
            Description=new.get("Description", ""),
            MaxSessionDuration=new.get("MaxSessionDuration", 3600),
        )
        if "PermissionsBoundary" in new:
            iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=new["PermissionsBoundary"])
        elif "PermissionsBoundary" in old:
            iam.delete_role_permissions_boundary(RoleName=name)
        if stale_tags(old, new):
            iam.untag_role(RoleName=name, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            iam.tag_role(RoleName=name, Tags=new["Tags"])
        self._policies(iam, name, old, new)
        return made

    def delete(self, at, made, p):
        iam, name = at.client("iam"), made.physical_id
        for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
            iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
            iam.delete_role_policy(RoleName=name, PolicyName=policy)
        iam.delete_role(RoleName=name)

    def _policies(self, iam, name, old, p):
        wanted = {policy["PolicyName"]: policy["PolicyDocument"] for policy in p.get("Policies", [])}
        for policy in old.get("Policies", []):
            if policy["PolicyName"] not in wanted:
                iam.delete_role_policy(RoleName=name, PolicyName=policy["PolicyName"])
        for policy, body in wanted.items():
            iam.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=document(body))
        before, after = set(old.get("ManagedPolicyArns", [])), set(p.get("ManagedPolicyArns", []))
        for arn in sorted(before - after):
            iam.detach_role_policy(RoleName=name, PolicyArn=arn)
        for arn in sorted(after - before):
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)


@handles("AWS::IAM::Policy")
class Policy(Handler):
    properties = {"PolicyDocument": JSON, "PolicyName": STRING, "Roles": [STRING]}
    required = ("PolicyDocument", "PolicyName", "Roles")
    mutable = ("PolicyDocument", "Roles")

    def create(self, at, p):
        self._put(at, p)
        return Made(p["PolicyName"], {"Id": p["PolicyName"]})

    def update(self, at, made, old, new):
        for role in set(old["Roles"]) - set(new["Roles"]):
            at.client("iam").delete_role_policy(RoleName=role, PolicyName=made.physical_id)
        self._put(at, new)
        return made

    def delete(self, at, made, p):
        for role in p["Roles"]:
            at.client("iam").delete_role_policy(RoleName=role, PolicyName=made.physical_id)

    def _put(self, at, p):
        for role in p["Roles"]:
            at.client("iam").put_role_policy(
                RoleName=role, PolicyName=p["PolicyName"], PolicyDocument=document(p["PolicyDocument"])
            )


@handles("AWS::IAM::ManagedPolicy")
class ManagedPolicy(Handler):
    properties = {
        "Description": STRING,
        "ManagedPolicyName": STRING,
        "Path": STRING,
        "PolicyDocument": JSON,
        "Roles": [STRING],
    }
    required = ("PolicyDocument",)
    mutable = ("PolicyDocument", "Roles")

    def create(self, at, p):
        iam, name = at.client("iam"), p.get("ManagedPolicyName") or at.name(128)
        policy = iam.create_policy(
            PolicyName=name, PolicyDocument=document(p["PolicyDocument"]), **pick(p, "Description", "Path")
        )["Policy"]
        at.exists(policy["Arn"])
        for role in p.get("Roles", []):
            iam.attach_role_policy(RoleName=role, PolicyArn=policy["Arn"])
        return Made(policy["Arn"], {"PolicyArn": policy["Arn"], "PolicyId": policy["PolicyId"]})

    def update(self, at, made, old, new):
        iam, arn = at.client("iam"), made.physical_id
        if old["PolicyDocument"] != new["PolicyDocument"]:
            versions = [v for v in iam.list_policy_versions(PolicyArn=arn)["Versions"] if not v["IsDefaultVersion"]]
            if len(versions) >= 4:  # five at most
                iam.delete_policy_version(
                    PolicyArn=arn, VersionId=min(versions, key=lambda v: int(v["VersionId"][1:]))["VersionId"]
                )
            iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(new["PolicyDocument"]), SetAsDefault=True)
        before, after = set(old.get("Roles", [])), set(new.get("Roles", []))
        for role in before - after:
            iam.detach_role_policy(RoleName=role, PolicyArn=arn)
        for role in after - before:
            iam.attach_role_policy(RoleName=role, PolicyArn=arn)
        return made

    def delete(self, at, made, p):
        iam, arn = at.client("iam"), made.physical_id
        for role in iam.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"]:
            iam.detach_role_policy(RoleName=role["RoleName"], PolicyArn=arn)
        for version in iam.list_policy_versions(PolicyArn=arn)["Versions"]:
            if not version["IsDefaultVersion"]:
                iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
        iam.delete_policy(PolicyArn=arn)
