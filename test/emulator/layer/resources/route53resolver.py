"""Route 53 Resolver: DNS firewall and query logging. moto knows query logging; the firewall is only remembered here."""

import hashlib
import uuid

from .. import store
from ..handler import STORED, Handler, Made, handles, stale_tags
from ..properties import INTEGER, STRING, TAGS, pick

LISTS, GROUPS, ASSOCIATIONS = "FirewallDomainLists", "FirewallRuleGroups", "FirewallRuleGroupAssociations"
CONFIGS = "FirewallConfigs"


def _id(prefix):
    return f"rslvr-{prefix}-{uuid.uuid4().hex[:17]}"


def _require(at, kind, identifier):
    if identifier not in store.records(at.environment, kind):
        raise ValueError(f"ResourceNotFoundException: {identifier} does not exist in {kind}")


@handles("AWS::Route53Resolver::FirewallDomainList")
class FirewallDomainList(Handler):
    properties = {"Domains": [STRING], "Name": STRING, "Tags": TAGS}
    mutable = ("Domains", "Tags")
    standing = STORED

    def create(self, at, p):
        identifier = _id("fdl")
        arn = at.arn("route53resolver", f"firewall-domain-list/{identifier}")
        name = p.get("Name") or at.name(64)
        store.records(at.environment, LISTS)[identifier] = {
            "Id": identifier,
            "Arn": arn,
            "Name": name,
            "Status": "COMPLETE",
            **self._body(p),
        }
        return Made(
            identifier,
            {"Arn": arn, "Id": identifier, "DomainCount": str(len(p.get("Domains", []))), "Status": "COMPLETE"},
        )

    def update(self, at, made, old, new):
        store.records(at.environment, LISTS)[made.physical_id].update(self._body(new))
        return Made(made.physical_id, {**made.attributes, "DomainCount": str(len(new.get("Domains", [])))})

    def delete(self, at, made, p):
        for group in store.records(at.environment, GROUPS).values():
            if any(rule.get("FirewallDomainListId") == made.physical_id for rule in group["FirewallRules"]):
                raise ValueError(f"ConflictException: {made.physical_id} is in use by {group['Id']}")
        store.records(at.environment, LISTS).pop(made.physical_id, None)

    def _body(self, p):
        return {"Domains": p.get("Domains", []), "Tags": p.get("Tags", [])}


_RULE = {
    "Action": STRING,
    "BlockOverrideDnsType": STRING,
    "BlockOverrideDomain": STRING,
    "BlockOverrideTtl": INTEGER,
    "BlockResponse": STRING,
    "ConfidenceThreshold": STRING,
    "DnsThreatProtection": STRING,
    "FirewallDomainListId": STRING,
    "FirewallDomainRedirectionAction": STRING,
    "Priority": INTEGER,
    "Qtype": STRING,
}


@handles("AWS::Route53Resolver::FirewallRuleGroup")
class FirewallRuleGroup(Handler):
    properties = {"FirewallRules": [_RULE], "Name": STRING, "Tags": TAGS}
    mutable = ("FirewallRules", "Tags")
    standing = STORED

    def create(self, at, p):
        self._check(at, p)
        identifier = _id("frg")
        arn = at.arn("route53resolver", f"firewall-rule-group/{identifier}")
        record = {
            "Id": identifier,
            "Arn": arn,
            "Name": p.get("Name") or at.name(64),
            "Status": "COMPLETE",
            "ShareStatus": "NOT_SHARED",
        }
        store.records(at.environment, GROUPS)[identifier] = {**record, "OwnerId": at.account, **self._body(p)}
        count = str(len(p.get("FirewallRules", [])))
        return Made(
            identifier,
            {
                "Arn": arn,
                "Id": identifier,
                "OwnerId": at.account,
                "RuleCount": count,
                "ShareStatus": "NOT_SHARED",
                "Status": "COMPLETE",
            },
        )

    def update(self, at, made, old, new):
        self._check(at, new)
        store.records(at.environment, GROUPS)[made.physical_id].update(self._body(new))
        return Made(made.physical_id, {**made.attributes, "RuleCount": str(len(new.get("FirewallRules", [])))})

    def delete(self, at, made, p):
        for association in store.records(at.environment, ASSOCIATIONS).values():
            if association["FirewallRuleGroupId"] == made.physical_id:
                raise ValueError(f"ConflictException: {made.physical_id} is associated with {association['VpcId']}")
        store.records(at.environment, GROUPS).pop(made.physical_id, None)

    def _check(self, at, p):
        priorities = [rule["Priority"] for rule in p.get("FirewallRules", [])]
        if len(priorities) != len(set(priorities)):
            raise ValueError("ValidationException: rules of one group must have different priorities")
        for rule in p.get("FirewallRules", []):
            if "FirewallDomainListId" in rule:
                _require(at, LISTS, rule["FirewallDomainListId"])

    def _body(self, p):
        return {"FirewallRules": p.get("FirewallRules", []), "Tags": p.get("Tags", [])}


@handles("AWS::Route53Resolver::FirewallRuleGroupAssociation")
class FirewallRuleGroupAssociation(Handler):
    properties = {
        "FirewallRuleGroupId": STRING,
        "MutationProtection": STRING,
        "Name": STRING,
        "Priority": INTEGER,
        "Tags": TAGS,
        "VpcId": STRING,
    }
    required = ("FirewallRuleGroupId", "Priority", "VpcId")
    mutable = ("MutationProtection", "Name", "Priority", "Tags")
    standing = STORED

    def create(self, at, p):
        _require(at, GROUPS, p["FirewallRuleGroupId"])
        at.client("ec2").describe_vpcs(VpcIds=[p["VpcId"]])
        identifier = _id("frgassoc")
        arn = at.arn("route53resolver", f"firewall-rule-group-association/{identifier}")
        record = {"Id": identifier, "Arn": arn, **pick(p, "FirewallRuleGroupId", "VpcId"), "Status": "COMPLETE"}
        store.records(at.environment, ASSOCIATIONS)[identifier] = {**record, **self._body(at, p)}
        return Made(identifier, {"Arn": arn, "Id": identifier, "Status": "COMPLETE"})

    def update(self, at, made, old, new):
        store.records(at.environment, ASSOCIATIONS)[made.physical_id].update(self._body(at, new))
        return made

    def delete(self, at, made, p):
        # As in the service: a protected association must be unprotected by an update first.
        if p.get("MutationProtection") == "ENABLED":
            raise ValueError(f"ValidationException: {made.physical_id} has mutation protection enabled")
        store.records(at.environment, ASSOCIATIONS).pop(made.physical_id, None)

    def _body(self, at, p):
        protection = p.get("MutationProtection", "DISABLED")
        return {
            "Name": p.get("Name", at.logical_id),
            "Priority": p["Priority"],
            "MutationProtection": protection,
            "Tags": p.get("Tags", []),
        }


@handles("AWS::Route53Resolver::FirewallConfig")
class FirewallConfig(Handler):
    """A setting of a VPC rather than a thing: deleting it brings back the default, to fail closed."""

    properties = {"FirewallFailOpen": STRING, "ResourceId": STRING}
    required = ("ResourceId",)
    mutable = ("FirewallFailOpen",)
    standing = STORED

    def create(self, at, p):
        at.client("ec2").describe_vpcs(VpcIds=[p["ResourceId"]])
        identifier = _id("fc")
        store.records(at.environment, CONFIGS)[p["ResourceId"]] = {
            "Id": identifier,
            "OwnerId": at.account,
            **self._body(p),
        }
        return Made(identifier, {"Id": identifier, "OwnerId": at.account})

    def update(self, at, made, old, new):
        store.records(at.environment, CONFIGS)[new["ResourceId"]].update(self._body(new))
        return made

    def delete(self, at, made, p):
        store.records(at.environment, CONFIGS).pop(p["ResourceId"], None)

    def _body(self, p):
        return {"ResourceId": p["ResourceId"], "FirewallFailOpen": p.get("FirewallFailOpen", "DISABLED")}


@handles("AWS::Route53Resolver::ResolverQueryLoggingConfig")
class ResolverQueryLoggingConfig(Handler):
    properties = {"DestinationArn": STRING, "Name": STRING, "Tags": TAGS}
    mutable = ("Tags",)

    def create(self, at, p):
        name = p.get("Name") or at.name(64)
        request = hashlib.sha256(f"{at.stack_id}{at.logical_id}{name}".encode()).hexdigest()
        found = at.client("route53resolver").create_resolver_query_log_config(
            Name=name, DestinationArn=p["DestinationArn"], CreatorRequestId=request, **pick(p, "Tags")
        )["ResolverQueryLogConfig"]
        attributes = {
            key: str(found[key])
            for key in ("Arn", "Id", "OwnerId", "Status", "ShareStatus", "CreatorRequestId", "CreationTime")
            if key in found
        }
        return Made(found["Id"], {**attributes, "AssociationCount": "0"})

    def update(self, at, made, old, new):
        resolver, arn = at.client("route53resolver"), made.attributes["Arn"]
        if stale_tags(old, new):
            resolver.untag_resource(ResourceArn=arn, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            resolver.tag_resource(ResourceArn=arn, Tags=new["Tags"])
        return made

    def delete(self, at, made, p):
        at.client("route53resolver").delete_resolver_query_log_config(ResolverQueryLogConfigId=made.physical_id)


@handles("AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation")
class ResolverQueryLoggingConfigAssociation(Handler):
    properties = {"ResolverQueryLogConfigId": STRING, "ResourceId": STRING}
    required = ("ResolverQueryLogConfigId", "ResourceId")

    def create(self, at, p):
        found = at.client("route53resolver").associate_resolver_query_log_config(**p)[
            "ResolverQueryLogConfigAssociation"
        ]
        return Made(found["Id"], {"Id": found["Id"], "Status": found["Status"]})

    def delete(self, at, made, p):
        at.client("route53resolver").disassociate_resolver_query_log_config(**p)
