"""KMS keys and aliases."""

from ..handler import Handler, Made, document, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, STRING, TAGS, pick


@handles("AWS::KMS::Key")
class Key(Handler):
    properties = {
        "Description": STRING,
        "Enabled": BOOLEAN,
        "EnableKeyRotation": BOOLEAN,
        "KeyPolicy": JSON,
        "KeySpec": STRING,
        "KeyUsage": STRING,
        "MultiRegion": BOOLEAN,
        "Origin": STRING,
        "PendingWindowInDays": INTEGER,
        "RotationPeriodInDays": INTEGER,
        "Tags": TAGS,
    }
    mutable = (
        "Description",
        "Enabled",
        "EnableKeyRotation",
        "KeyPolicy",
        "PendingWindowInDays",
        "RotationPeriodInDays",
        "Tags",
    )

    def create(self, at, p):
        kms = at.client("kms")
        # CloudFormation's default; moto would keep none.
        wanted = {
            "KeyUsage": "ENCRYPT_DECRYPT",
            **pick(p, "KeySpec", "KeyUsage", "Origin", "MultiRegion", "Description"),
        }
        if "KeyPolicy" in p:
            wanted["Policy"] = document(p["KeyPolicy"])
        key = kms.create_key(**wanted, Tags=_tags(p))["KeyMetadata"]
        at.exists(key["KeyId"])
        self._switches(kms, key["KeyId"], p)
        return Made(key["KeyId"], {"Arn": key["Arn"], "KeyId": key["KeyId"]})

    def update(self, at, made, old, new):
        kms, key = at.client("kms"), made.physical_id
        kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(new["KeyPolicy"]))
        kms.update_key_description(KeyId=key, Description=new.get("Description", ""))
        self._switches(kms, key, new)
        if stale_tags(old, new):
            kms.untag_resource(KeyId=key, TagKeys=stale_tags(old, new))
        if _tags(new):
            kms.tag_resource(KeyId=key, Tags=_tags(new))
        return made

    def _switches(self, kms, key, p):
        if p.get("EnableKeyRotation"):
            kms.enable_key_rotation(KeyId=key, **pick(p, "RotationPeriodInDays"))
        else:
            kms.disable_key_rotation(KeyId=key)
        (kms.enable_key if p.get("Enabled", True) else kms.disable_key)(KeyId=key)

    def delete(self, at, made, p):
        at.client("kms").schedule_key_deletion(
            KeyId=made.physical_id, PendingWindowInDays=p.get("PendingWindowInDays", 30)
        )


@handles("AWS::KMS::Alias")
class Alias(Handler):
    properties = {"AliasName": STRING, "TargetKeyId": STRING}
    required = ("AliasName", "TargetKeyId")
    mutable = ("TargetKeyId",)

    def create(self, at, p):
        at.client("kms").create_alias(AliasName=p["AliasName"], TargetKeyId=p["TargetKeyId"].split("/")[-1])
        return Made(p["AliasName"])

    def update(self, at, made, old, new):
        at.client("kms").update_alias(AliasName=made.physical_id, TargetKeyId=new["TargetKeyId"].split("/")[-1])
        return made

    def delete(self, at, made, p):
        at.client("kms").delete_alias(AliasName=made.physical_id)


def _tags(p):
    return [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in p.get("Tags", [])]
