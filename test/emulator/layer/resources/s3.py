"""S3 buckets, their policies, and access points."""

from ..environment import PARTITION
from ..handler import Handler, Made, all_but, document, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, STRING, TAGS, pick

_STATUS = {"Status": STRING}
_PUBLIC_ACCESS = {
    "BlockPublicAcls": BOOLEAN,
    "BlockPublicPolicy": BOOLEAN,
    "IgnorePublicAcls": BOOLEAN,
    "RestrictPublicBuckets": BOOLEAN,
}
_TRANSITION = {"StorageClass": STRING, "TransitionInDays": INTEGER}
_LIFECYCLE_RULE = {
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": INTEGER},
    "ExpirationInDays": INTEGER,
    "ExpiredObjectDeleteMarker": BOOLEAN,
    "Id": STRING,
    "NoncurrentVersionExpiration": {"NewerNoncurrentVersions": INTEGER, "NoncurrentDays": INTEGER},
    "NoncurrentVersionTransitions": [{"StorageClass": STRING, "TransitionInDays": INTEGER}],
    "Prefix": STRING,
    "Status": STRING,
    "Transitions": [_TRANSITION],
}
_REPLICATION_RULE = {
    "DeleteMarkerReplication": _STATUS,
    "Destination": {
        "AccessControlTranslation": {"Owner": STRING},
        "Account": STRING,
        "Bucket": STRING,
        "EncryptionConfiguration": {"ReplicaKmsKeyID": STRING},
        "Metrics": {"EventThreshold": {"Minutes": INTEGER}, "Status": STRING},
        "ReplicationTime": {"Status": STRING, "Time": {"Minutes": INTEGER}},
        "StorageClass": STRING,
    },
    "Filter": {"Prefix": STRING, "TagFilter": {"Key": STRING, "Value": STRING}},
    "Id": STRING,
    "Prefix": STRING,
    "Priority": INTEGER,
    "SourceSelectionCriteria": {"ReplicaModifications": _STATUS, "SseKmsEncryptedObjects": _STATUS},
    "Status": STRING,
}


@handles("AWS::S3::Bucket")
class Bucket(Handler):
    properties = {
        "AccessControl": STRING,
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [
                {
                    "BucketKeyEnabled": BOOLEAN,
                    "ServerSideEncryptionByDefault": {"KMSMasterKeyID": STRING, "SSEAlgorithm": STRING},
                }
            ]
        },
        "BucketName": STRING,
        "LifecycleConfiguration": {"Rules": [_LIFECYCLE_RULE]},
        "LoggingConfiguration": {"DestinationBucketName": STRING, "LogFilePrefix": STRING},
        "NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": BOOLEAN}},
        "ObjectLockConfiguration": {
            "ObjectLockEnabled": STRING,
            "Rule": {"DefaultRetention": {"Days": INTEGER, "Mode": STRING, "Years": INTEGER}},
        },
        "ObjectLockEnabled": BOOLEAN,
        "OwnershipControls": {"Rules": [{"ObjectOwnership": STRING}]},
        "PublicAccessBlockConfiguration": _PUBLIC_ACCESS,
        "ReplicationConfiguration": {"Role": STRING, "Rules": [_REPLICATION_RULE]},
        "Tags": TAGS,
        "VersioningConfiguration": _STATUS,
    }
    mutable = all_but(properties, "BucketName", "ObjectLockEnabled")

    def create(self, at, p):
        s3, name = at.client("s3"), p.get("BucketName") or at.name(63, lower=True)
        wanted = {}
        if at.region != "us-east-1":
            wanted["CreateBucketConfiguration"] = {"LocationConstraint": at.region}
        if p.get("ObjectLockEnabled"):
            wanted["ObjectLockEnabledForBucket"] = True
        s3.create_bucket(Bucket=name, **wanted)
        at.exists(name)
        self._configure(s3, name, {}, p)
        return Made(
            name,
            {
                "Arn": f"arn:{PARTITION}:s3:::{name}",
                "DomainName": f"{name}.s3.amazonaws.com",
                "DualStackDomainName": f"{name}.s3.dualstack.{at.region}.amazonaws.com",
                "RegionalDomainName": f"{name}.s3.{at.region}.amazonaws.com",
            },
        )

    def update(self, at, made, old, new):
        self._configure(at.client("s3"), made.physical_id, old, new)
        return made

    def delete(self, at, made, p):
        at.client("s3").delete_bucket(Bucket=made.physical_id)

    def _configure(self, s3, name, old, p):
        if p.get("AccessControl", "Private") != "Private":
            raise ValueError("the emulator only understands AccessControl Private")
        # Versioning first: replication and object lock need it.
        if "VersioningConfiguration" in p:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=p["VersioningConfiguration"])
        elif "VersioningConfiguration" in old:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
        for prop, put, drop in (
            ("BucketEncryption", self._encryption, s3.delete_bucket_encryption),
            ("PublicAccessBlockConfiguration", self._public_access, s3.delete_public_access_block),
            ("OwnershipControls", self._ownership, s3.delete_bucket_ownership_controls),
            ("ObjectLockConfiguration", self._object_lock, None),
            ("LifecycleConfiguration", self._lifecycle, s3.delete_bucket_lifecycle),
            (
                "LoggingConfiguration",
                self._logging,
                lambda Bucket: s3.put_bucket_logging(Bucket=Bucket, BucketLoggingStatus={}),
            ),
            (
                "NotificationConfiguration",
                self._notification,
                lambda Bucket: s3.put_bucket_notification_configuration(Bucket=Bucket, NotificationConfiguration={}),
            ),
            ("Tags", self._tags, s3.delete_bucket_tagging),
            ("ReplicationConfiguration", self._replication, s3.delete_bucket_replication),
        ):
            if prop in p:
                put(s3, name, p[prop])
            elif prop in old:
                if drop is None:
                    raise ValueError(f"{prop} cannot be removed from a bucket")
                drop(Bucket=name)

    def _encryption(self, s3, name, value):
        rules = [
            pick(rule, "BucketKeyEnabled", ServerSideEncryptionByDefault="ApplyServerSideEncryptionByDefault")
            for rule in value["ServerSideEncryptionConfiguration"]
        ]
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules})

    def _public_access(self, s3, name, value):
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=value)

    def _ownership(self, s3, name, value):
        s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=value)

    def _object_lock(self, s3, name, value):
        s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=value)

    def _lifecycle(self, s3, name, value):
        rules = [_lifecycle_rule(rule, index) for index, rule in enumerate(value["Rules"])]
        s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})

    def _logging(self, s3, name, value):
        target = {
            "TargetBucket": value.get("DestinationBucketName", name),
            "TargetPrefix": value.get("LogFilePrefix", ""),
        }
        s3.put_bucket_logging(Bucket=name, BucketLoggingStatus={"LoggingEnabled": target})

    def _notification(self, s3, name, value):
        enabled = value.get("EventBridgeConfiguration", {}).get("EventBridgeEnabled")
        s3.put_bucket_notification_configuration(
            Bucket=name, NotificationConfiguration={"EventBridgeConfiguration": {}} if enabled else {}
        )

    def _tags(self, s3, name, value):
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": value})

    def _replication(self, s3, name, value):
        rules = [_replication_rule(rule) for rule in value["Rules"]]
        s3.put_bucket_replication(Bucket=name, ReplicationConfiguration={"Role": value["Role"], "Rules": rules})


def _lifecycle_rule(rule, index):
    out = {
        "ID": rule.get("Id", f"rule-{index}"),
        "Status": rule["Status"],
        "Filter": {"Prefix": rule.get("Prefix", "")},
    }
    out.update(pick(rule, "AbortIncompleteMultipartUpload", "NoncurrentVersionExpiration"))
    expiration = pick(rule, "ExpiredObjectDeleteMarker", ExpirationInDays="Days")
    if expiration:
        out["Expiration"] = expiration
    if "Transitions" in rule:
        out["Transitions"] = [pick(t, "StorageClass", TransitionInDays="Days") for t in rule["Transitions"]]
    if "NoncurrentVersionTransitions" in rule:
        out["NoncurrentVersionTransitions"] = [
            pick(t, "StorageClass", TransitionInDays="NoncurrentDays") for t in rule["NoncurrentVersionTransitions"]
        ]
    return out


def _replication_rule(rule):
    names = ("Priority", "Status", "Prefix", "Destination", "DeleteMarkerReplication", "SourceSelectionCriteria")
    out = pick(rule, *names, Id="ID")
    if "Filter" in rule:
        out["Filter"] = pick(rule["Filter"], "Prefix", TagFilter="Tag")
    return out


@handles("AWS::S3::BucketPolicy")
class BucketPolicy(Handler):
    properties = {"Bucket": STRING, "PolicyDocument": JSON}
    required = ("Bucket", "PolicyDocument")
    mutable = ("PolicyDocument",)

    def create(self, at, p):
        at.client("s3").put_bucket_policy(Bucket=p["Bucket"], Policy=document(p["PolicyDocument"]))
        return Made(p["Bucket"])

    def update(self, at, made, old, new):
        return self.create(at, new)

    def delete(self, at, made, p):
        at.client("s3").delete_bucket_policy(Bucket=p["Bucket"])


@handles("AWS::S3::AccessPoint")
class AccessPoint(Handler):
    properties = {
        "Bucket": STRING,
        "BucketAccountId": STRING,
        "Name": STRING,
        "Policy": JSON,
        "PublicAccessBlockConfiguration": _PUBLIC_ACCESS,
        "Tags": TAGS,
        "VpcConfiguration": {"VpcId": STRING},
    }
    required = ("Bucket",)
    mutable = ("Policy", "Tags")

    def create(self, at, p):
        control, name = at.client("s3control"), p.get("Name") or at.name(50, lower=True)
        # The owner is checked by the service; moto's access points know no foreign buckets.
        if p.get("BucketAccountId", at.account) != at.account:
            raise ValueError("the emulator only understands access points to buckets of the same account")
        wanted = pick(p, "Bucket", "VpcConfiguration", "PublicAccessBlockConfiguration")
        found = control.create_access_point(AccountId=at.account, Name=name, **wanted)
        at.exists(name)
        self._policy(control, at, name, {}, p)
        self._tags(control, at, found["AccessPointArn"], {}, p)
        origin = "VPC" if "VpcConfiguration" in p else "Internet"
        return Made(
            name, {"Name": name, "Arn": found["AccessPointArn"], "Alias": found["Alias"], "NetworkOrigin": origin}
        )

    def update(self, at, made, old, new):
        self._policy(at.client("s3control"), at, made.physical_id, old, new)
        self._tags(at.client("s3control"), at, made.attributes["Arn"], old, new)
        return made

    def delete(self, at, made, p):
        at.client("s3control").delete_access_point(AccountId=at.account, Name=made.physical_id)

    def _policy(self, control, at, name, old, p):
        if "Policy" in p:
            control.put_access_point_policy(AccountId=at.account, Name=name, Policy=document(p["Policy"]))
        elif "Policy" in old:
            control.delete_access_point_policy(AccountId=at.account, Name=name)

    def _tags(self, control, at, arn, old, p):
        if stale_tags(old, p):
            control.untag_resource(AccountId=at.account, ResourceArn=arn, TagKeys=stale_tags(old, p))
        if p.get("Tags"):
            control.tag_resource(AccountId=at.account, ResourceArn=arn, Tags=p["Tags"])
