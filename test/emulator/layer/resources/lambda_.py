"""Lambda functions and permissions. Functions are stored; only custom-resource handlers run (custom_resource.py)."""

import io
import uuid
import zipfile

from ..handler import PARTLY, Handler, Made, all_but, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, STRING, TAGS, pick
from .remembered import Remembered


@handles("AWS::Lambda::Function")
class Function(Handler):
    properties = {
        "Architectures": [STRING],
        "CodeSigningConfigArn": STRING,
        "Code": {"S3Bucket": STRING, "S3Key": STRING, "S3ObjectVersion": STRING, "ZipFile": STRING},
        "DeadLetterConfig": {"TargetArn": STRING},
        "Description": STRING,
        "Environment": {"Variables": JSON},
        "EphemeralStorage": {"Size": INTEGER},
        "FunctionName": STRING,
        "Handler": STRING,
        "KmsKeyArn": STRING,
        "Layers": [STRING],
        "LoggingConfig": {
            "ApplicationLogLevel": STRING,
            "LogFormat": STRING,
            "LogGroup": STRING,
            "SystemLogLevel": STRING,
        },
        "MemorySize": INTEGER,
        "PackageType": STRING,
        "ReservedConcurrentExecutions": INTEGER,
        "Role": STRING,
        "Runtime": STRING,
        "Tags": TAGS,
        "Timeout": INTEGER,
        "TracingConfig": {"Mode": STRING},
        "VpcConfig": {"Ipv6AllowedForDualStack": BOOLEAN, "SecurityGroupIds": [STRING], "SubnetIds": [STRING]},
    }
    required = ("Code", "Role")
    # The configuration of signatures is only kept: nothing is signed, and unsigned code is taken.
    standing = PARTLY
    mutable = all_but(properties, "FunctionName", "PackageType")
    _configuration = (
        "DeadLetterConfig",
        "Description",
        "Environment",
        "EphemeralStorage",
        "Handler",
        "Layers",
        "LoggingConfig",
        "MemorySize",
        "Role",
        "Runtime",
        "Timeout",
        "TracingConfig",
        "VpcConfig",
    )

    def create(self, at, p):
        functions, name = at.client("lambda"), p.get("FunctionName") or at.name(64)
        wanted = pick(p, *self._configuration, "Architectures", "PackageType", KmsKeyArn="KMSKeyArn")
        tags = {tag["Key"]: tag["Value"] for tag in p.get("Tags", [])}
        made = functions.create_function(FunctionName=name, Code=self._code(p), Tags=tags, **wanted)
        at.exists(name)
        self._concurrency(functions, name, {}, p)
        return Made(name, {"Arn": made["FunctionArn"]})

    def update(self, at, made, old, new):
        functions, name = at.client("lambda"), made.physical_id
        functions.update_function_configuration(
            FunctionName=name, **pick(new, *self._configuration, KmsKeyArn="KMSKeyArn")
        )
        if old["Code"] != new["Code"] or old.get("Architectures") != new.get("Architectures"):
            functions.update_function_code(FunctionName=name, **self._code(new), **pick(new, "Architectures"))
        self._concurrency(functions, name, old, new)
        arn = made.attributes["Arn"]
        if stale_tags(old, new):
            functions.untag_resource(Resource=arn, TagKeys=stale_tags(old, new))
        if new.get("Tags"):
            functions.tag_resource(Resource=arn, Tags={tag["Key"]: tag["Value"] for tag in new["Tags"]})
        return made

    def delete(self, at, made, p):
        at.client("lambda").delete_function(FunctionName=made.physical_id)

    def _code(self, p):
        if "ZipFile" not in p["Code"]:
            return p["Code"]
        # Inline source: CloudFormation wraps it into index.js or index.py.
        file = "index.py" if p.get("Runtime", "").startswith("python") else "index.js"
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(file, p["Code"]["ZipFile"])
        return {"ZipFile": buffer.getvalue()}

    def _concurrency(self, functions, name, old, p):
        if "ReservedConcurrentExecutions" in p:
            functions.put_function_concurrency(
                FunctionName=name, ReservedConcurrentExecutions=p["ReservedConcurrentExecutions"]
            )
        elif "ReservedConcurrentExecutions" in old:
            functions.delete_function_concurrency(FunctionName=name)


@handles("AWS::Lambda::Permission")
class Permission(Handler):
    properties = {
        "Action": STRING,
        "EventSourceToken": STRING,
        "FunctionName": STRING,
        "Principal": STRING,
        "PrincipalOrgID": STRING,
        "SourceAccount": STRING,
        "SourceArn": STRING,
    }
    required = ("Action", "FunctionName", "Principal")

    def create(self, at, p):
        statement = at.name(100)
        at.client("lambda").add_permission(StatementId=statement, **p)
        return Made(statement, {"Id": statement})

    def delete(self, at, made, p):
        at.client("lambda").remove_permission(FunctionName=p["FunctionName"], StatementId=made.physical_id)


@handles("AWS::Lambda::CodeSigningConfig")
class CodeSigningConfig(Remembered):
    properties = {
        "AllowedPublishers": {"SigningProfileVersionArns": [STRING]},
        "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": STRING},
        "Description": STRING,
        "Tags": TAGS,
    }
    required = ("AllowedPublishers",)
    mutable = all_but(properties)

    def identify(self, at, p):
        return at.arn("lambda", f"code-signing-config:csc-{uuid.uuid4().hex[:17]}")

    def attributes(self, at, identifier, p):
        return {"CodeSigningConfigArn": identifier, "CodeSigningConfigId": identifier.split(":")[-1]}


@handles("AWS::Lambda::EventInvokeConfig")
class EventInvokeConfig(Remembered):
    properties = {
        "DestinationConfig": {"OnFailure": {"Destination": STRING}, "OnSuccess": {"Destination": STRING}},
        "FunctionName": STRING,
        "MaximumEventAgeInSeconds": INTEGER,
        "MaximumRetryAttempts": INTEGER,
        "Qualifier": STRING,
    }
    required = ("FunctionName", "Qualifier")
    mutable = all_but(properties, "FunctionName", "Qualifier")

    def identify(self, at, p):
        return f"{p['FunctionName']}|{p['Qualifier']}"
