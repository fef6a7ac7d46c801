"""Security groups and their rules."""

from ..handler import Handler, Made, handles
from ..properties import INTEGER, STRING, TAGS, pick
from .ec2_network import retag, tag_specification

_RANGE = {
    "CidrIp": STRING,
    "CidrIpv6": STRING,
    "Description": STRING,
    "FromPort": INTEGER,
    "IpProtocol": STRING,
    "ToPort": INTEGER,
}
_INGRESS = {**_RANGE, "SourcePrefixListId": STRING, "SourceSecurityGroupId": STRING}
_EGRESS = {**_RANGE, "DestinationPrefixListId": STRING, "DestinationSecurityGroupId": STRING}

# What a group allows outward when nothing is said.
_EVERYWHERE = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


def permission(rule):
    """One rule as the IpPermission of the EC2 API."""
    out = pick(rule, "IpProtocol", "FromPort", "ToPort")
    note = pick(rule, "Description")
    if "CidrIp" in rule:
        out["IpRanges"] = [{"CidrIp": rule["CidrIp"], **note}]
    if "CidrIpv6" in rule:
        out["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"], **note}]
    for name in ("SourcePrefixListId", "DestinationPrefixListId"):
        if name in rule:
            out["PrefixListIds"] = [{"PrefixListId": rule[name], **note}]
    for name in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
        if name in rule:
            out["UserIdGroupPairs"] = [{"GroupId": rule[name], **note}]
    return out


@handles("AWS::EC2::SecurityGroup")
class SecurityGroup(Handler):
    properties = {
        "GroupDescription": STRING,
        "GroupName": STRING,
        "SecurityGroupEgress": [_EGRESS],
        "SecurityGroupIngress": [_INGRESS],
        "Tags": TAGS,
        "VpcId": STRING,
    }
    required = ("GroupDescription", "VpcId")
    mutable = ("SecurityGroupEgress", "SecurityGroupIngress", "Tags")

    def create(self, at, p):
        ec2 = at.client("ec2")
        name = p.get("GroupName") or at.name(255)
        made = ec2.create_security_group(
            GroupName=name,
            Description=p["GroupDescription"],
            VpcId=p["VpcId"],
            **tag_specification("security-group", p),
        )
        group = at.exists(made["GroupId"])
        if "SecurityGroupEgress" in p:
            ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[_EVERYWHERE])
        self._authorize(ec2, group, p)
        return Made(group, {"GroupId": group, "Id": group, "VpcId": p["VpcId"]})

    def update(self, at, made, old, new):
        ec2, group = at.client("ec2"), made.physical_id
        if any(old.get(name) != new.get(name) for name in ("SecurityGroupEgress", "SecurityGroupIngress")):
            # What stands there may be half of an update that failed, or include rules of other resources: only take
            # away what this resource put there, and only if it is still there.
            self._revoke(ec2, group, old)
            if "SecurityGroupEgress" not in new:
                ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[_EVERYWHERE])
            self._authorize(ec2, group, new)
        retag(ec2, group, old, new)
        return made

    def delete(self, at, made, p):
        at.client("ec2").delete_security_group(GroupId=made.physical_id)

    def _revoke(self, ec2, group, p):
        egress = (
            [permission(rule) for rule in p["SecurityGroupEgress"]] if "SecurityGroupEgress" in p else [_EVERYWHERE]
        )
        ingress = [permission(rule) for rule in p.get("SecurityGroupIngress", [])]
        for revoke, rules in ((ec2.revoke_security_group_ingress, ingress), (ec2.revoke_security_group_egress, egress)):
            for rule in rules:
                try:
                    revoke(GroupId=group, IpPermissions=[rule])
                except ec2.exceptions.ClientError as problem:
                    if problem.response["Error"]["Code"] != "InvalidPermission.NotFound":
                        raise

    def _authorize(self, ec2, group, p):
        for rule in p.get("SecurityGroupIngress", []):
            ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission(rule)])
        for rule in p.get("SecurityGroupEgress", []):
            ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[permission(rule)])


class _Rule(Handler):
    """A rule outside its group; any change makes a new rule."""

    required = ("GroupId", "IpProtocol")
    direction = ""

    def create(self, at, p):
        authorize = getattr(at.client("ec2"), f"authorize_security_group_{self.direction}")
        answer = authorize(GroupId=p["GroupId"], IpPermissions=[permission(p)])
        rule = answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return Made(rule, {"Id": rule})

    def delete(self, at, made, p):
        getattr(at.client("ec2"), f"revoke_security_group_{self.direction}")(
            GroupId=p["GroupId"], IpPermissions=[permission(p)]
        )


@handles("AWS::EC2::SecurityGroupIngress")
class Ingress(_Rule):
    properties = {**_INGRESS, "GroupId": STRING}
    direction = "ingress"


@handles("AWS::EC2::SecurityGroupEgress")
class Egress(_Rule):
    properties = {**_EGRESS, "GroupId": STRING}
    direction = "egress"
