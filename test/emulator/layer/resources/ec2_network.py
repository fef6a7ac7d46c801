"""VPC networking: VPCs, subnets, routes, network ACLs, endpoints and flow logs."""

from ..handler import Handler, Made, document, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, STRING, TAGS, pick


def tag_specification(kind, p):
    """The TagSpecifications argument of EC2's create calls."""
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": p["Tags"]}]} if p.get("Tags") else {}


def retag(ec2, resource, old, new):
    """Bring the tags of an EC2 resource to those of the new properties."""
    if stale_tags(old, new):
        ec2.delete_tags(Resources=[resource], Tags=[{"Key": key} for key in stale_tags(old, new)])
    if new.get("Tags"):
        ec2.create_tags(Resources=[resource], Tags=new["Tags"])


@handles("AWS::EC2::VPC")
class Vpc(Handler):
    properties = {
        "CidrBlock": STRING,
        "EnableDnsHostnames": BOOLEAN,
        "EnableDnsSupport": BOOLEAN,
        "InstanceTenancy": STRING,
        "Tags": TAGS,
    }
    required = ("CidrBlock",)
    mutable = ("EnableDnsHostnames", "EnableDnsSupport", "Tags")

    def create(self, at, p):
        ec2 = at.client("ec2")
        vpc = ec2.create_vpc(**pick(p, "CidrBlock", "InstanceTenancy"), **tag_specification("vpc", p))["Vpc"]
        vpc_id = at.exists(vpc["VpcId"])
        self._dns(ec2, vpc_id, p)
        mine = [{"Name": "vpc-id", "Values": [vpc_id]}]
        acl = ec2.describe_network_acls(Filters=[*mine, {"Name": "default", "Values": ["true"]}])["NetworkAcls"][0]
        group = ec2.describe_security_groups(Filters=[*mine, {"Name": "group-name", "Values": ["default"]}])[
            "SecurityGroups"
        ][0]
        return Made(
            vpc_id,
            {
                "VpcId": vpc_id,
                "CidrBlock": p["CidrBlock"],
                "CidrBlockAssociations": [block["AssociationId"] for block in vpc["CidrBlockAssociationSet"]],
                "DefaultNetworkAcl": acl["NetworkAclId"],
                "DefaultSecurityGroup": group["GroupId"],
                "Ipv6CidrBlocks": [],
            },
        )

    def update(self, at, made, old, new):
        self._dns(at.client("ec2"), made.physical_id, new)
        retag(at.client("ec2"), made.physical_id, old, new)
        return made

    def delete(self, at, made, p):
        at.client("ec2").delete_vpc(VpcId=made.physical_id)

    def _dns(self, ec2, vpc_id, p):
        ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsSupport={"Value": p.get("EnableDnsSupport", True)})
        ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsHostnames={"Value": p.get("EnableDnsHostnames", False)})


@handles("AWS::EC2::Subnet")
class Subnet(Handler):
    properties = {
        "AvailabilityZone": STRING,
        "AvailabilityZoneId": STRING,
        "CidrBlock": STRING,
        "MapPublicIpOnLaunch": BOOLEAN,
        "Tags": TAGS,
        "VpcId": STRING,
    }
    required = ("VpcId", "CidrBlock")
    mutable = ("MapPublicIpOnLaunch", "Tags")

    def create(self, at, p):
        ec2 = at.client("ec2")
        wanted = pick(p, "AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "VpcId")
        subnet = ec2.create_subnet(**wanted, **tag_specification("subnet", p))["Subnet"]
        subnet_id = at.exists(subnet["SubnetId"])
        ec2.modify_subnet_attribute(
            SubnetId=subnet_id, MapPublicIpOnLaunch={"Value": p.get("MapPublicIpOnLaunch", False)}
        )
        acls = ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet_id]}])[
            "NetworkAcls"
        ]
        association = next(a for acl in acls for a in acl["Associations"] if a["SubnetId"] == subnet_id)
        return Made(
            subnet_id,
            {
                "SubnetId": subnet_id,
                "VpcId": p["VpcId"],
                "CidrBlock": p["CidrBlock"],
                "AvailabilityZone": subnet["AvailabilityZone"],
                "AvailabilityZoneId": subnet["AvailabilityZoneId"],
                "NetworkAclAssociationId": association["NetworkAclAssociationId"],
                "Ipv6CidrBlocks": [],
            },
        )

    def update(self, at, made, old, new):
        ec2 = at.client("ec2")
        ec2.modify_subnet_attribute(
            SubnetId=made.physical_id, MapPublicIpOnLaunch={"Value": new.get("MapPublicIpOnLaunch", False)}
        )
        retag(ec2, made.physical_id, old, new)
        return made

    def delete(self, at, made, p):
        at.client("ec2").delete_subnet(SubnetId=made.physical_id)


@handles("AWS::EC2::RouteTable")
class RouteTable(Handler):
    properties = {"Tags": TAGS, "VpcId": STRING}
    required = ("VpcId",)
    mutable = ("Tags",)

    def create(self, at, p):
        table = at.client("ec2").create_route_table(VpcId=p["VpcId"], **tag_specification("route-table", p))[
            "RouteTable"
        ]
        return Made(table["RouteTableId"], {"RouteTableId": table["RouteTableId"]})

    def update(self, at, made, old, new):
        retag(at.client("ec2"), made.physical_id, old, new)
        return made

    def delete(self, at, made, p):
        at.client("ec2").delete_route_table(RouteTableId=made.physical_id)


@handles("AWS::EC2::SubnetRouteTableAssociation")
class SubnetRouteTableAssociation(Handler):
    properties = {"RouteTableId": STRING, "SubnetId": STRING}
    required = ("RouteTableId", "SubnetId")

    def create(self, at, p):
        made = at.client("ec2").associate_route_table(RouteTableId=p["RouteTableId"], SubnetId=p["SubnetId"])
        return Made(made["AssociationId"], {"Id": made["AssociationId"]})

    def delete(self, at, made, p):
        at.client("ec2").disassociate_route_table(AssociationId=made.physical_id)


@handles("AWS::EC2::NetworkAcl")
class NetworkAcl(Handler):
    properties = {"Tags": TAGS, "VpcId": STRING}
    required = ("VpcId",)
    mutable = ("Tags",)

    def create(self, at, p):
        acl = at.client("ec2").create_network_acl(VpcId=p["VpcId"], **tag_specification("network-acl", p))["NetworkAcl"]
        return Made(acl["NetworkAclId"], {"Id": acl["NetworkAclId"]})

    def update(self, at, made, old, new):
        retag(at.client("ec2"), made.physical_id, old, new)
        return made

    def delete(self, at, made, p):
        at.client("ec2").delete_network_acl(NetworkAclId=made.physical_id)


@handles("AWS::EC2::NetworkAclEntry")
class NetworkAclEntry(Handler):
    properties = {
        "CidrBlock": STRING,
        "Egress": BOOLEAN,
        "Icmp": {"Code": INTEGER, "Type": INTEGER},
        "Ipv6CidrBlock": STRING,
        "NetworkAclId": STRING,
        "PortRange": {"From": INTEGER, "To": INTEGER},
        "Protocol": STRING,
        "RuleAction": STRING,
        "RuleNumber": INTEGER,
    }
    required = ("NetworkAclId", "Protocol", "RuleAction", "RuleNumber")
    mutable = ("CidrBlock", "Icmp", "Ipv6CidrBlock", "PortRange", "Protocol", "RuleAction")

    def create(self, at, p):
        at.client("ec2").create_network_acl_entry(**self._entry(p))
        return Made(f"{p['NetworkAclId']}|{p['RuleNumber']}|{'egress' if p.get('Egress') else 'ingress'}")

    def update(self, at, made, old, new):
        at.client("ec2").replace_network_acl_entry(**self._entry(new))
        return made

    def delete(self, at, made, p):
        at.client("ec2").delete_network_acl_entry(
            NetworkAclId=p["NetworkAclId"], RuleNumber=p["RuleNumber"], Egress=p.get("Egress", False)
        )

    def _entry(self, p):
        names = ("NetworkAclId", "RuleNumber", "RuleAction", "CidrBlock", "Ipv6CidrBlock", "PortRange", "Protocol")
        return {**pick(p, *names, Icmp="IcmpTypeCode"), "Egress": p.get("Egress", False)}


@handles("AWS::EC2::SubnetNetworkAclAssociation")
class SubnetNetworkAclAssociation(Handler):
    properties = {"NetworkAclId": STRING, "SubnetId": STRING}
    required = ("NetworkAclId", "SubnetId")

    def create(self, at, p):
        association = self._move(at, p["SubnetId"], p["NetworkAclId"])
        return Made(association, {"AssociationId": association})

    def delete(self, at, made, p):
        # A subnet always has one: it falls back to the default ACL of its VPC.
        ec2 = at.client("ec2")
        subnet = ec2.describe_subnets(SubnetIds=[p["SubnetId"]])["Subnets"][0]
        filters = [{"Name": "vpc-id", "Values": [subnet["VpcId"]]}, {"Name": "default", "Values": ["true"]}]
        self._move(at, p["SubnetId"], ec2.describe_network_acls(Filters=filters)["NetworkAcls"][0]["NetworkAclId"])

    def _move(self, at, subnet, acl):
        ec2 = at.client("ec2")
        acls = ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])["NetworkAcls"]
        current = next(a for found in acls for a in found["Associations"] if a["SubnetId"] == subnet)
        return ec2.replace_network_acl_association(AssociationId=current["NetworkAclAssociationId"], NetworkAclId=acl)[
            "NewAssociationId"
        ]


@handles("AWS::EC2::VPCEndpoint")
class VpcEndpoint(Handler):
    properties = {
        "IpAddressType": STRING,
        "PolicyDocument": JSON,
        "PrivateDnsEnabled": BOOLEAN,
        "RouteTableIds": [STRING],
        "SecurityGroupIds": [STRING],
        "ServiceName": STRING,
        "SubnetIds": [STRING],
        "Tags": TAGS,
        "VpcEndpointType": STRING,
        "VpcId": STRING,
    }
    required = ("ServiceName", "VpcId")
    mutable = ("PolicyDocument", "PrivateDnsEnabled", "RouteTableIds", "SecurityGroupIds", "SubnetIds", "Tags")

    def create(self, at, p):
        names = (
            "IpAddressType",
            "PrivateDnsEnabled",
            "RouteTableIds",
            "SecurityGroupIds",
            "ServiceName",
            "SubnetIds",
            "VpcEndpointType",
            "VpcId",
        )
        wanted = pick(p, *names)
        if "PolicyDocument" in p:
            wanted["PolicyDocument"] = document(p["PolicyDocument"])
        found = at.client("ec2").create_vpc_endpoint(**wanted, **tag_specification("vpc-endpoint", p))["VpcEndpoint"]
        return Made(
            found["VpcEndpointId"],
            {
                "Id": found["VpcEndpointId"],
                "CreationTimestamp": str(found.get("CreationTimestamp", "")),
                "DnsEntries": [
                    f"{entry.get('HostedZoneId', '')}:{entry.get('DnsName', '')}"
                    for entry in found.get("DnsEntries", [])
                ],
                "NetworkInterfaceIds": found.get("NetworkInterfaceIds", []),
            },
        )

    def update(self, at, made, old, new):
        ec2 = at.client("ec2")
        wanted = pick(new, "PrivateDnsEnabled")
        if "PolicyDocument" in new:
            wanted["PolicyDocument"] = document(new["PolicyDocument"])
        else:
            wanted["ResetPolicy"] = True
        for prop in ("RouteTableIds", "SubnetIds", "SecurityGroupIds"):
            before, after = set(old.get(prop, [])), set(new.get(prop, []))
            if after - before:
                wanted[f"Add{prop}"] = sorted(after - before)
            if before - after:
                wanted[f"Remove{prop}"] = sorted(before - after)
        ec2.modify_vpc_endpoint(VpcEndpointId=made.physical_id, **wanted)
        retag(ec2, made.physical_id, old, new)
        return made

    def delete(self, at, made, p):
        at.client("ec2").delete_vpc_endpoints(VpcEndpointIds=[made.physical_id])


@handles("AWS::EC2::FlowLog")
class FlowLog(Handler):
    properties = {
        "DeliverLogsPermissionArn": STRING,
        "DestinationOptions": {"FileFormat": STRING, "HiveCompatiblePartitions": BOOLEAN, "PerHourPartition": BOOLEAN},
        "LogDestination": STRING,
        "LogDestinationType": STRING,
        "LogFormat": STRING,
        "LogGroupName": STRING,
        "MaxAggregationInterval": INTEGER,
        "ResourceId": STRING,
        "ResourceType": STRING,
        "Tags": TAGS,
        "TrafficType": STRING,
    }
    required = ("ResourceId", "ResourceType")
    mutable = ("Tags",)

    def create(self, at, p):
        names = (
            "DeliverLogsPermissionArn",
            "DestinationOptions",
            "LogDestination",
            "LogDestinationType",
            "LogFormat",
            "LogGroupName",
        )
        wanted = pick(p, *names, "MaxAggregationInterval", "ResourceType", "TrafficType")
        answer = at.client("ec2").create_flow_logs(
            ResourceIds=[p["ResourceId"]], **wanted, **tag_specification("vpc-flow-log", p)
        )
        if answer.get("Unsuccessful"):
            raise ValueError(answer["Unsuccessful"][0]["Error"]["Message"])
        return Made(answer["FlowLogIds"][0], {"Id": answer["FlowLogIds"][0]})

    def update(self, at, made, old, new):
        retag(at.client("ec2"), made.physical_id, old, new)
        return made

    def delete(self, at, made, p):
        at.client("ec2").delete_flow_logs(FlowLogIds=[made.physical_id])
