"""CloudWatch Logs: groups, metric filters, resource policies."""

from ..handler import PARTLY, Handler, Made, document, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, NUMBER, STRING, TAGS, pick


@handles("AWS::Logs::LogGroup")
class LogGroup(Handler):
    properties = {
        "DeletionProtectionEnabled": BOOLEAN,
        "KmsKeyId": STRING,
        "LogGroupClass": STRING,
        "LogGroupName": STRING,
        "RetentionInDays": INTEGER,
        "Tags": TAGS,
    }
    mutable = ("DeletionProtectionEnabled", "KmsKeyId", "RetentionInDays", "Tags")
    standing = PARTLY

    def create(self, at, p):
        logs, name = at.client("logs"), p.get("LogGroupName") or at.name(512)
        wanted = pick(
            p, DeletionProtectionEnabled="deletionProtectionEnabled", KmsKeyId="kmsKeyId", LogGroupClass="logGroupClass"
        )
        logs.create_log_group(logGroupName=name, tags={tag["Key"]: tag["Value"] for tag in p.get("Tags", [])}, **wanted)
        at.exists(name)
        if "RetentionInDays" in p:
            logs.put_retention_policy(logGroupName=name, retentionInDays=p["RetentionInDays"])
        return Made(name, {"Arn": at.arn("logs", f"log-group:{name}:*")})

    def update(self, at, made, old, new):
        logs, name = at.client("logs"), made.physical_id
        if "RetentionInDays" in new:
            logs.put_retention_policy(logGroupName=name, retentionInDays=new["RetentionInDays"])
        elif "RetentionInDays" in old:
            logs.delete_retention_policy(logGroupName=name)
        if old.get("DeletionProtectionEnabled", False) != new.get("DeletionProtectionEnabled", False):
            wish = new.get("DeletionProtectionEnabled", False)
            logs.put_log_group_deletion_protection(logGroupIdentifier=name, deletionProtectionEnabled=wish)
        if "KmsKeyId" in new and old.get("KmsKeyId") != new["KmsKeyId"]:
            logs.associate_kms_key(logGroupName=name, kmsKeyId=new["KmsKeyId"])
        elif "KmsKeyId" in old and "KmsKeyId" not in new:
            logs.disassociate_kms_key(logGroupName=name)
        arn = at.arn("logs", f"log-group:{name}")
        if stale_tags(old, new):
            logs.untag_resource(resourceArn=arn, tagKeys=stale_tags(old, new))
        if new.get("Tags"):
            logs.tag_resource(resourceArn=arn, tags={tag["Key"]: tag["Value"] for tag in new["Tags"]})
        return made

    def delete(self, at, made, p):
        at.client("logs").delete_log_group(logGroupName=made.physical_id)


@handles("AWS::Logs::MetricFilter")
class MetricFilter(Handler):
    properties = {
        "FilterName": STRING,
        "FilterPattern": STRING,
        "LogGroupName": STRING,
        "MetricTransformations": [
            {
                "DefaultValue": NUMBER,
                "Dimensions": [{"Key": STRING, "Value": STRING}],
                "MetricName": STRING,
                "MetricNamespace": STRING,
                "MetricValue": STRING,
                "Unit": STRING,
            }
        ],
    }
    required = ("FilterPattern", "LogGroupName", "MetricTransformations")
    mutable = ("FilterPattern", "MetricTransformations")

    def create(self, at, p):
        return self._put(at, p, p.get("FilterName") or at.name(512))

    def update(self, at, made, old, new):
        return self._put(at, new, made.physical_id)

    def delete(self, at, made, p):
        at.client("logs").delete_metric_filter(logGroupName=p["LogGroupName"], filterName=made.physical_id)

    def _put(self, at, p, name):
        renamed = {
            "MetricName": "metricName",
            "MetricNamespace": "metricNamespace",
            "MetricValue": "metricValue",
            "DefaultValue": "defaultValue",
            "Unit": "unit",
        }
        transformations = []
        for transformation in p["MetricTransformations"]:
            one = pick(transformation, **renamed)
            if "Dimensions" in transformation:
                one["dimensions"] = {d["Key"]: d["Value"] for d in transformation["Dimensions"]}
            transformations.append(one)
        at.client("logs").put_metric_filter(
            logGroupName=p["LogGroupName"],
            filterName=name,
            filterPattern=p["FilterPattern"],
            metricTransformations=transformations,
        )
        return Made(name)


@handles("AWS::Logs::ResourcePolicy")
class ResourcePolicy(Handler):
    properties = {"PolicyDocument": JSON, "PolicyName": STRING}
    required = ("PolicyDocument", "PolicyName")
    mutable = ("PolicyDocument",)

    def create(self, at, p):
        at.client("logs").put_resource_policy(policyName=p["PolicyName"], policyDocument=document(p["PolicyDocument"]))
        return Made(p["PolicyName"])

    def update(self, at, made, old, new):
        return self.create(at, new)

    def delete(self, at, made, p):
        at.client("logs").delete_resource_policy(policyName=made.physical_id)
