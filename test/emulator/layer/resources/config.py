"""AWS Config. Recorder, channel and rules are stored; nothing is recorded and no rule is ever evaluated."""

from ..handler import STORED, Handler, Made, handles
from ..properties import BOOLEAN, JSON, STRING, pick


def _lower(value):
    """Property names as the API writes them: `roleARN` aside, with a small first letter."""
    if isinstance(value, dict):
        return {name[0].lower() + name[1:]: _lower(item) for name, item in value.items()}
    return [_lower(item) for item in value] if isinstance(value, list) else value


@handles("AWS::Config::ConfigurationRecorder")
class ConfigurationRecorder(Handler):
    properties = {
        "Name": STRING,
        "RecordingGroup": {"AllSupported": BOOLEAN, "IncludeGlobalResourceTypes": BOOLEAN, "ResourceTypes": [STRING]},
        "RoleARN": STRING,
    }
    required = ("RoleARN",)
    mutable = ("RecordingGroup", "RoleARN")

    def create(self, at, p):
        return self._put(at, p, p.get("Name") or at.name(256))

    def update(self, at, made, old, new):
        return self._put(at, new, made.physical_id)

    def delete(self, at, made, p):
        at.client("config").delete_configuration_recorder(ConfigurationRecorderName=made.physical_id)

    def _put(self, at, p, name):
        recorder = {"name": name, "roleARN": p["RoleARN"]}
        if "RecordingGroup" in p:
            recorder["recordingGroup"] = _lower(p["RecordingGroup"])
        at.client("config").put_configuration_recorder(ConfigurationRecorder=recorder)
        return Made(name)


@handles("AWS::Config::DeliveryChannel")
class DeliveryChannel(Handler):
    properties = {
        "ConfigSnapshotDeliveryProperties": {"DeliveryFrequency": STRING},
        "Name": STRING,
        "S3BucketName": STRING,
        "S3KeyPrefix": STRING,
        "S3KmsKeyArn": STRING,
        "SnsTopicARN": STRING,
    }
    required = ("S3BucketName",)
    mutable = ("ConfigSnapshotDeliveryProperties", "S3BucketName", "S3KeyPrefix", "S3KmsKeyArn", "SnsTopicARN")

    def create(self, at, p):
        return self._put(at, p, p.get("Name") or at.name(256))

    def update(self, at, made, old, new):
        return self._put(at, new, made.physical_id)

    def delete(self, at, made, p):
        at.client("config").delete_delivery_channel(DeliveryChannelName=made.physical_id)

    def _put(self, at, p, name):
        rest = pick(
            p,
            S3BucketName="s3BucketName",
            S3KeyPrefix="s3KeyPrefix",
            S3KmsKeyArn="s3KmsKeyArn",
            SnsTopicARN="snsTopicARN",
        )
        if "ConfigSnapshotDeliveryProperties" in p:
            rest["configSnapshotDeliveryProperties"] = _lower(p["ConfigSnapshotDeliveryProperties"])
        at.client("config").put_delivery_channel(DeliveryChannel={"name": name, **rest})
        return Made(name)


@handles("AWS::Config::ConfigRule")
class ConfigRule(Handler):
    """Rules of AWS with parameters, and rules written in Guard. Only memory: moto knows no Guard."""

    properties = {
        "ConfigRuleName": STRING,
        "Description": STRING,
        "InputParameters": JSON,
        "MaximumExecutionFrequency": STRING,
        "Scope": {"ComplianceResourceTypes": [STRING], "ComplianceResourceId": STRING, "TagKey": STRING, "TagValue": STRING},
        "Source": {
            "CustomPolicyDetails": {"EnableDebugLogDelivery": BOOLEAN, "PolicyRuntime": STRING, "PolicyText": STRING},
            "Owner": STRING,
            "SourceDetails": [{"EventSource": STRING, "MaximumExecutionFrequency": STRING, "MessageType": STRING}],
            "SourceIdentifier": STRING,
        },
    }
    required = ("Source",)
    mutable = ("Description", "InputParameters", "MaximumExecutionFrequency", "Scope", "Source")
    standing = STORED

    def create(self, at, p):
        name = p.get("ConfigRuleName") or at.name(128)
        return Made(name, {"Arn": at.arn("config", f"config-rule/{name}"), "ConfigRuleId": f"config-rule-{name}"[:64]})

    def update(self, at, made, old, new):
        return made

    def delete(self, at, made, p):
        pass
