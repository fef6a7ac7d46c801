"""RDS instances with their subnet and parameter groups."""

from ..handler import PARTLY, Handler, Made, all_but, handles, stale_tags
from ..properties import BOOLEAN, INTEGER, JSON, STRING, TAGS, pick

DEFAULT_PORTS = {"postgres": 5432, "mysql": 3306, "mariadb": 3306}


def retag(rds, arn, old, new):
    if stale_tags(old, new):
        rds.remove_tags_from_resource(ResourceName=arn, TagKeys=stale_tags(old, new))
    if new.get("Tags"):
        rds.add_tags_to_resource(ResourceName=arn, Tags=new["Tags"])


@handles("AWS::RDS::DBSubnetGroup")
class DbSubnetGroup(Handler):
    properties = {"DBSubnetGroupDescription": STRING, "DBSubnetGroupName": STRING, "SubnetIds": [STRING], "Tags": TAGS}
    required = ("DBSubnetGroupDescription", "SubnetIds")
    mutable = ("DBSubnetGroupDescription", "SubnetIds", "Tags")

    def create(self, at, p):
        name = (p.get("DBSubnetGroupName") or at.name(255)).lower()
        wanted = pick(p, "DBSubnetGroupDescription", "SubnetIds", "Tags")
        at.client("rds").create_db_subnet_group(DBSubnetGroupName=name, **wanted)
        return Made(name)

    def update(self, at, made, old, new):
        rds, wanted = at.client("rds"), pick(new, "DBSubnetGroupDescription", "SubnetIds")
        rds.modify_db_subnet_group(DBSubnetGroupName=made.physical_id, **wanted)
        retag(rds, at.arn("rds", f"subgrp:{made.physical_id}"), old, new)
        return made

    def delete(self, at, made, p):
        at.client("rds").delete_db_subnet_group(DBSubnetGroupName=made.physical_id)


@handles("AWS::RDS::DBParameterGroup")
class DbParameterGroup(Handler):
    properties = {
        "DBParameterGroupName": STRING,
        "Description": STRING,
        "Family": STRING,
        "Parameters": JSON,
        "Tags": TAGS,
    }
    required = ("Description", "Family")
    mutable = ("Parameters", "Tags")

    def create(self, at, p):
        rds, name = at.client("rds"), (p.get("DBParameterGroupName") or at.name(255)).lower()
        rds.create_db_parameter_group(
            DBParameterGroupName=name,
            DBParameterGroupFamily=p["Family"],
            Description=p["Description"],
            **pick(p, "Tags"),
        )
        at.exists(name)
        self._parameters(rds, name, {}, p)
        return Made(name, {"DBParameterGroupName": name})

    def update(self, at, made, old, new):
        rds = at.client("rds")
        self._parameters(rds, made.physical_id, old, new)
        retag(rds, at.arn("rds", f"pg:{made.physical_id}"), old, new)
        return made

    def delete(self, at, made, p):
        at.client("rds").delete_db_parameter_group(DBParameterGroupName=made.physical_id)

    def _parameters(self, rds, name, old, p):
        wanted = {key: str(value) for key, value in p.get("Parameters", {}).items()}
        if set(old.get("Parameters", {})) - set(wanted):
            raise ValueError(
                "the emulator cannot reset parameters to their defaults"
            )  # moto has no ResetDBParameterGroup
        items = [
            {"ParameterName": key, "ParameterValue": value, "ApplyMethod": "pending-reboot"}
            for key, value in wanted.items()
        ]
        for start in range(0, len(items), 20):  # twenty at most in one call
            rds.modify_db_parameter_group(DBParameterGroupName=name, Parameters=items[start : start + 20])


@handles("AWS::RDS::DBInstance")
class DbInstance(Handler):
    properties = {
        "AllocatedStorage": INTEGER,
        "AllowMajorVersionUpgrade": BOOLEAN,
        "AutoMinorVersionUpgrade": BOOLEAN,
        "AutomaticBackupReplicationKmsKeyId": STRING,
        "AutomaticBackupReplicationRegion": STRING,
        "AutomaticBackupReplicationRetentionPeriod": INTEGER,
        "AvailabilityZone": STRING,
        "BackupRetentionPeriod": INTEGER,
        "CACertificateIdentifier": STRING,
        "CopyTagsToSnapshot": BOOLEAN,
        "DBInstanceClass": STRING,
        "DBInstanceIdentifier": STRING,
        "DBName": STRING,
        "DBParameterGroupName": STRING,
        "DBSubnetGroupName": STRING,
        "DeleteAutomatedBackups": BOOLEAN,
        "DeletionProtection": BOOLEAN,
        "EnableCloudwatchLogsExports": [STRING],
        "EnableIAMDatabaseAuthentication": BOOLEAN,
        "EnablePerformanceInsights": BOOLEAN,
        "Engine": STRING,
        "EngineVersion": STRING,
        "Iops": INTEGER,
        "KmsKeyId": STRING,
        "LicenseModel": STRING,
        "ManageMasterUserPassword": BOOLEAN,
        "MasterUserPassword": STRING,
        "MasterUsername": STRING,
        "MasterUserSecret": {"KmsKeyId": STRING},
        "MaxAllocatedStorage": INTEGER,
        "MonitoringInterval": INTEGER,
        "MonitoringRoleArn": STRING,
        "MultiAZ": BOOLEAN,
        "NetworkType": STRING,
        "PerformanceInsightsKMSKeyId": STRING,
        "PerformanceInsightsRetentionPeriod": INTEGER,
        "Port": INTEGER,
        "PreferredBackupWindow": STRING,
        "PreferredMaintenanceWindow": STRING,
        "PubliclyAccessible": BOOLEAN,
        "StorageEncrypted": BOOLEAN,
        "StorageThroughput": INTEGER,
        "StorageType": STRING,
        "Tags": TAGS,
        "VPCSecurityGroups": [STRING],
    }
    required = ("DBInstanceClass",)
    # What the service cannot change in place.
    _fixed = (
        "AvailabilityZone",
        "DBInstanceIdentifier",
        "DBName",
        "DBSubnetGroupName",
        "Engine",
        "KmsKeyId",
        "MasterUsername",
        "NetworkType",
        "PerformanceInsightsKMSKeyId",
        "Port",
        "StorageEncrypted",
    )
    mutable = all_but(properties, *_fixed)
    standing = PARTLY
    default_deletion = "Snapshot"

    _not_sent = (
        "AutomaticBackupReplicationKmsKeyId",
        "AutomaticBackupReplicationRegion",
        "AutomaticBackupReplicationRetentionPeriod",
    )
    _renamed = {"VPCSecurityGroups": "VpcSecurityGroupIds"}

    def create(self, at, p):
        rds, name = at.client("rds"), (p.get("DBInstanceIdentifier") or at.name(63)).lower()
        wanted = self._wanted(p, ("AllowMajorVersionUpgrade", "DBInstanceIdentifier", "DeleteAutomatedBackups"))
        wanted.setdefault("Port", DEFAULT_PORTS.get(p.get("Engine"), 5432))
        rds.create_db_instance(DBInstanceIdentifier=name, **wanted)
        at.exists(name)
        self._replication(at, name, {}, p)
        return self._made(rds, name)

    def update(self, at, made, old, new):
        rds, name = at.client("rds"), made.physical_id
        not_in_modify = (*self._fixed, "Tags", "EnableCloudwatchLogsExports", "DeleteAutomatedBackups")
        wanted = self._wanted(new, not_in_modify)
        before, after = set(old.get("EnableCloudwatchLogsExports", [])), set(new.get("EnableCloudwatchLogsExports", []))
        if before != after:
            logs = {"EnableLogTypes": sorted(after - before), "DisableLogTypes": sorted(before - after)}
            wanted["CloudwatchLogsExportConfiguration"] = {key: value for key, value in logs.items() if value}
        rds.modify_db_instance(DBInstanceIdentifier=name, ApplyImmediately=True, **wanted)
        retag(rds, at.arn("rds", f"db:{name}"), old, new)
        self._replication(at, name, old, new)
        return self._made(rds, name)

    def delete(self, at, made, p):
        at.client("rds").delete_db_instance(DBInstanceIdentifier=made.physical_id, SkipFinalSnapshot=True)
        self._replication(at, made.physical_id, p, {})

    def snapshot(self, at, made, p):
        copy = f"{made.physical_id[:40]}-snapshot-{at.name(20, lower=True)[-12:]}"
        at.client("rds").create_db_snapshot(DBInstanceIdentifier=made.physical_id, DBSnapshotIdentifier=copy)

    def _wanted(self, p, left_out):
        wanted = {
            self._renamed.get(key, key): value
            for key, value in p.items()
            if key not in (*left_out, *self._not_sent, "MasterUserSecret")
        }
        if "KmsKeyId" in p.get("MasterUserSecret", {}):
            wanted["MasterUserSecretKmsKeyId"] = p["MasterUserSecret"]["KmsKeyId"]
        return wanted

    def _made(self, rds, name):
        db = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]
        attributes = {
            "DBInstanceArn": db["DBInstanceArn"],
            "DbiResourceId": db["DbiResourceId"],
            "Endpoint.Address": db["Endpoint"]["Address"],
            "Endpoint.HostedZoneId": db["Endpoint"].get("HostedZoneId", ""),
            "Endpoint.Port": str(db["Endpoint"]["Port"]),
        }
        if db.get("MasterUserSecret"):
            attributes["MasterUserSecret.SecretArn"] = db["MasterUserSecret"]["SecretArn"]
        return Made(name, attributes)

    def _replication(self, at, name, old, p):
        """Copies of automated backups in another Region: started and stopped there, from the instance's ARN."""
        key = (
            "AutomaticBackupReplicationRegion",
            "AutomaticBackupReplicationKmsKeyId",
            "AutomaticBackupReplicationRetentionPeriod",
        )
        before, after = [old.get(k) for k in key], [p.get(k) for k in key]
        arn = at.arn("rds", f"db:{name}")
        if before == after:
            return
        if before[0]:
            at.client("rds", before[0]).stop_db_instance_automated_backups_replication(SourceDBInstanceArn=arn)
        if after[0]:
            extra = {"KmsKeyId": after[1]} if after[1] else {}
            retention = after[2] or p.get("BackupRetentionPeriod", 7)
            at.client("rds", after[0]).start_db_instance_automated_backups_replication(
                SourceDBInstanceArn=arn, BackupRetentionPeriod=retention, **extra
            )
