"""DynamoDB tables."""

from ..handler import Handler, Made, document, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, STRING, TAGS, pick

_KEYS = [{"AttributeName": STRING, "KeyType": STRING}]
_PROJECTION = {"NonKeyAttributes": [STRING], "ProjectionType": STRING}
_THROUGHPUT = {"ReadCapacityUnits": INTEGER, "WriteCapacityUnits": INTEGER}


@handles("AWS::DynamoDB::Table")
class Table(Handler):
    properties = {
        "AttributeDefinitions": [{"AttributeName": STRING, "AttributeType": STRING}],
        "BillingMode": STRING,
        "DeletionProtectionEnabled": BOOLEAN,
        "GlobalSecondaryIndexes": [
            {"IndexName": STRING, "KeySchema": _KEYS, "Projection": _PROJECTION, "ProvisionedThroughput": _THROUGHPUT}
        ],
        "KeySchema": _KEYS,
        "LocalSecondaryIndexes": [{"IndexName": STRING, "KeySchema": _KEYS, "Projection": _PROJECTION}],
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": BOOLEAN, "RecoveryPeriodInDays": INTEGER},
        "ProvisionedThroughput": _THROUGHPUT,
        "ResourcePolicy": {"PolicyDocument": JSON},
        "SSESpecification": {"KMSMasterKeyId": STRING, "SSEEnabled": BOOLEAN, "SSEType": STRING},
        "StreamSpecification": {"ResourcePolicy": {"PolicyDocument": JSON}, "StreamViewType": STRING},
        "TableClass": STRING,
        "TableName": STRING,
        "Tags": TAGS,
        "TimeToLiveSpecification": {"AttributeName": STRING, "Enabled": BOOLEAN},
    }
    required = ("KeySchema",)
    mutable = (
        "BillingMode",
        "DeletionProtectionEnabled",
        "PointInTimeRecoverySpecification",
        "ProvisionedThroughput",
        "ResourcePolicy",
        "SSESpecification",
        "Tags",
        "TimeToLiveSpecification",
    )

    def create(self, at, p):
        ddb, name = at.client("dynamodb"), p.get("TableName") or at.name(255)
        names = (
            "AttributeDefinitions",
            "BillingMode",
            "DeletionProtectionEnabled",
            "GlobalSecondaryIndexes",
            "KeySchema",
        )
        wanted = pick(p, *names, "LocalSecondaryIndexes", "ProvisionedThroughput", "TableClass", "Tags")
        if "StreamSpecification" in p:
            wanted["StreamSpecification"] = {"StreamEnabled": True, **pick(p["StreamSpecification"], "StreamViewType")}
        if "SSESpecification" in p:
            wanted["SSESpecification"] = _encryption(p["SSESpecification"])
        table = ddb.create_table(TableName=name, **wanted)["TableDescription"]
        at.exists(name)
        self._settings(ddb, name, table["TableArn"], {}, p)
        attributes = {"Arn": table["TableArn"]}
        if "LatestStreamArn" in table:
            attributes["StreamArn"] = table["LatestStreamArn"]
            if "ResourcePolicy" in p["StreamSpecification"]:
                policy = p["StreamSpecification"]["ResourcePolicy"]["PolicyDocument"]
                ddb.put_resource_policy(ResourceArn=table["LatestStreamArn"], Policy=document(policy))
        return Made(name, attributes)

    def update(self, at, made, old, new):
        ddb, name = at.client("dynamodb"), made.physical_id
        wanted = pick(new, "BillingMode", "ProvisionedThroughput")
        wanted["DeletionProtectionEnabled"] = new.get("DeletionProtectionEnabled", False)
        if old.get("SSESpecification") != new.get("SSESpecification"):
            wanted["SSESpecification"] = _encryption(new.get("SSESpecification", {"SSEEnabled": False}))
        ddb.update_table(TableName=name, **wanted)
        self._settings(ddb, name, made.attributes["Arn"], old, new)
        if stale_tags(old, new):
            ddb.untag_resource(ResourceArn=made.attributes["Arn"], TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            ddb.tag_resource(ResourceArn=made.attributes["Arn"], Tags=new["Tags"])
        return made

    def delete(self, at, made, p):
        at.client("dynamodb").delete_table(TableName=made.physical_id)

    def _settings(self, ddb, name, arn, old, p):
        if old.get("PointInTimeRecoverySpecification") != p.get("PointInTimeRecoverySpecification"):
            recovery = p.get("PointInTimeRecoverySpecification", {"PointInTimeRecoveryEnabled": False})
            ddb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=recovery)
        if old.get("TimeToLiveSpecification") != p.get("TimeToLiveSpecification"):
            expiry = p.get("TimeToLiveSpecification") or {**old["TimeToLiveSpecification"], "Enabled": False}
            ddb.update_time_to_live(TableName=name, TimeToLiveSpecification=expiry)
        if "ResourcePolicy" in p:
            ddb.put_resource_policy(ResourceArn=arn, Policy=document(p["ResourcePolicy"]["PolicyDocument"]))
        elif "ResourcePolicy" in old:
            ddb.delete_resource_policy(ResourceArn=arn)


def _encryption(value):
    return pick(value, "KMSMasterKeyId", "SSEType", SSEEnabled="Enabled")
