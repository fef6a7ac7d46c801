"""Secrets and their resource policies."""

import json

from ..handler import Handler, Made, document, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, STRING, TAGS, pick


@handles("AWS::SecretsManager::Secret")
class Secret(Handler):
    properties = {
        "Description": STRING,
        "GenerateSecretString": {
            "ExcludeCharacters": STRING,
            "ExcludeLowercase": BOOLEAN,
            "ExcludeNumbers": BOOLEAN,
            "ExcludePunctuation": BOOLEAN,
            "ExcludeUppercase": BOOLEAN,
            "GenerateStringKey": STRING,
            "IncludeSpace": BOOLEAN,
            "PasswordLength": INTEGER,
            "RequireEachIncludedType": BOOLEAN,
            "SecretStringTemplate": STRING,
        },
        "KmsKeyId": STRING,
        "Name": STRING,
        "SecretString": STRING,
        "Tags": TAGS,
    }
    mutable = ("Description", "GenerateSecretString", "KmsKeyId", "SecretString", "Tags")

    def create(self, at, p):
        secrets, name = at.client("secretsmanager"), p.get("Name") or at.name(512)
        made = secrets.create_secret(
            Name=name, SecretString=self._value(secrets, p), **pick(p, "Description", "KmsKeyId", "Tags")
        )
        return Made(made["ARN"], {"Id": made["ARN"]})

    def update(self, at, made, old, new):
        secrets, arn = at.client("secretsmanager"), made.physical_id
        wanted = {"Description": new.get("Description", ""), **pick(new, "KmsKeyId")}
        if "KmsKeyId" in old and "KmsKeyId" not in new:
            wanted["KmsKeyId"] = "alias/aws/secretsmanager"
        if any(old.get(name) != new.get(name) for name in ("SecretString", "GenerateSecretString")):
            wanted["SecretString"] = self._value(secrets, new)
        secrets.update_secret(SecretId=arn, **wanted)
        if stale_tags(old, new):
            secrets.untag_resource(SecretId=arn, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            secrets.tag_resource(SecretId=arn, Tags=new["Tags"])
        return made

    def delete(self, at, made, p):
        at.client("secretsmanager").delete_secret(SecretId=made.physical_id, ForceDeleteWithoutRecovery=True)

    def _value(self, secrets, p):
        wish = p.get("GenerateSecretString")
        if wish is None:
            return p.get("SecretString", "")
        options = {
            key: value for key, value in wish.items() if key not in ("GenerateStringKey", "SecretStringTemplate")
        }
        password = secrets.get_random_password(**options)["RandomPassword"]
        if "GenerateStringKey" not in wish:
            return password
        return json.dumps({**json.loads(wish["SecretStringTemplate"]), wish["GenerateStringKey"]: password})


@handles("AWS::SecretsManager::ResourcePolicy")
class ResourcePolicy(Handler):
    properties = {"BlockPublicPolicy": BOOLEAN, "ResourcePolicy": JSON, "SecretId": STRING}
    required = ("ResourcePolicy", "SecretId")
    mutable = ("BlockPublicPolicy", "ResourcePolicy")

    def create(self, at, p):
        wanted = pick(p, "BlockPublicPolicy", "SecretId")
        at.client("secretsmanager").put_resource_policy(ResourcePolicy=document(p["ResourcePolicy"]), **wanted)
        return Made(p["SecretId"], {"Id": p["SecretId"]})

    def update(self, at, made, old, new):
        return self.create(at, new)

    def delete(self, at, made, p):
        at.client("secretsmanager").delete_resource_policy(SecretId=p["SecretId"])


@handles("AWS::SecretsManager::SecretTargetAttachment")
class SecretTargetAttachment(Handler):
    """Adds the target's connection fields to the secret, as the service does."""

    properties = {"SecretId": STRING, "TargetId": STRING, "TargetType": STRING}
    required = ("SecretId", "TargetId", "TargetType")

    def create(self, at, p):
        if p["TargetType"] != "AWS::RDS::DBInstance":
            raise ValueError(f"the emulator cannot attach a secret to {p['TargetType']}")
        secrets = at.client("secretsmanager")
        db = at.client("rds").describe_db_instances(DBInstanceIdentifier=p["TargetId"])["DBInstances"][0]
        value = json.loads(secrets.get_secret_value(SecretId=p["SecretId"])["SecretString"])
        value.update(
            engine=db["Engine"],
            host=db["Endpoint"]["Address"],
            port=db["Endpoint"]["Port"],
            dbInstanceIdentifier=p["TargetId"],
        )
        if db.get("DBName"):
            value["dbname"] = db["DBName"]
        secrets.put_secret_value(SecretId=p["SecretId"], SecretString=json.dumps(value))
        return Made(p["SecretId"], {"Id": p["SecretId"]})

    def delete(self, at, made, p):
        secrets = at.client("secretsmanager")
        value = json.loads(secrets.get_secret_value(SecretId=p["SecretId"])["SecretString"])
        kept = {
            key: item
            for key, item in value.items()
            if key not in ("engine", "host", "port", "dbInstanceIdentifier", "dbname")
        }
        secrets.put_secret_value(SecretId=p["SecretId"], SecretString=json.dumps(kept))
