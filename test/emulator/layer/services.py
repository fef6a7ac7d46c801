"""Read-back that moto lacks: what was set through a service API must be what the API answers afterwards.

Each function mends one service by replacing methods of moto's classes, and says what was wrong. Written against
moto 5.2.1; `install` refuses another version, because a silently missing method would make evidence of nothing.
"""

import functools
import json
import secrets
import threading

import moto
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult

from . import reads, store
from .environment import Environment

MOTO_VERSION = "5.2.1"


def install():
    """Mend all services; raises RuntimeError for a version of moto it was not written for."""
    if moto.__version__ != MOTO_VERSION:
        raise RuntimeError(f"moto {moto.__version__} is installed, the emulator needs moto {MOTO_VERSION}")
    for mend in (_kms, _s3, _s3control, _ec2, _rds, _dynamodb, _logs, _route53resolver, _cloudtrail, _organizations):
        mend()
    reads.install()


def _kms():
    """The rotation period is not kept; ReplicateKey of a single-Region key answers HTTP 500; key policies are stored,
    not enforced: moto reads them without their conditions, so that any conditional Deny of kms:* would lock everybody
    out."""
    import moto.kms.responses as responses
    from moto.kms.models import KmsBackend
    from moto.kms.responses import KmsResponse

    enable, replicate = KmsResponse.enable_key_rotation, KmsBackend.replicate_key

    def key(response):
        identifier = response._get_param("KeyId")
        response._validate_cmk_id(identifier)
        return response.kms_backend.keys[response.kms_backend.get_key_id(identifier)]

    def enable_key_rotation(self):
        answer = enable(self)
        key(self).rotation_period = self._get_param("RotationPeriodInDays") or 365
        return answer

    def get_key_rotation_status(self):
        found = key(self)
        answer = {"KeyId": found.id, "KeyRotationEnabled": found.key_rotation_status}
        if found.key_rotation_status:
            answer["RotationPeriodInDays"] = getattr(found, "rotation_period", 365)
        return json.dumps(answer)

    def replicate_key(self, key_id, replica_region):
        if not self.keys[self.get_key_id(key_id)].multi_region:
            raise JsonRESTError("UnsupportedOperationException", f"{key_id} is not a multi-region key.")
        return replicate(self, self.get_key_id(key_id), replica_region)

    responses.validate_policy = lambda key, action: None
    KmsResponse.enable_key_rotation = enable_key_rotation
    KmsResponse.get_key_rotation_status = get_key_rotation_status
    KmsBackend.replicate_key = replicate_key


def _s3():
    """GetBucketReplication drops most of a rule; destinations are not checked; bucket policies are evaluated without
    their conditions, so that a Deny on insecure transport would shut every bucket."""
    from moto.iam.access_control import PermissionResult
    from moto.s3 import responses
    from moto.s3.exceptions import InvalidRequest, MissingBucket, ReplicationConfigurationNotFoundError
    from moto.s3.models import FakeBucket, s3_backends

    FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL
    parse = responses.S3Response._replication_config_from_xml

    def bucket(name):
        """A bucket by name in any account: names are global, moto keeps buckets per account."""
        if name not in s3_backends.bucket_accounts:
            raise MissingBucket(bucket=name)
        partition, account = s3_backends.bucket_accounts[name]
        return s3_backends[account][partition].buckets[name]

    def replication_config_from_xml(self, xml):
        configuration = parse(self, xml)
        if not bucket(self.bucket_name).is_versioned:
            raise InvalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration")
        rules = configuration["Rule"] if isinstance(configuration["Rule"], list) else [configuration["Rule"]]
        for rule in rules:
            destination = rule["Destination"]["Bucket"].split(":::")[-1]
            if not bucket(destination).is_versioned:
                raise InvalidRequest("Destination bucket must have versioning enabled.")
        configuration["as_sent"] = xml if isinstance(xml, str) else xml.decode()
        return configuration

    def get_bucket_replication(self):
        self.data["Action"] = "GetBucketReplication"
        found = self.backend.get_bucket_replication(self.bucket_name)
        if not found:
            raise ReplicationConfigurationNotFoundError(bucket_name=self.bucket_name)
        return 200, {"Content-Type": "application/xml"}, found["as_sent"]

    responses.S3Response._replication_config_from_xml = replication_config_from_xml
    responses.S3Response.get_bucket_replication = get_bucket_replication


def _s3control():
    """Tags of an access point answer 404: the route does not allow for the slash in its ARN."""
    from moto.s3control import urls
    from moto.s3control.responses import S3ControlResponse

    urls.url_paths["{0}/v20180820/tags/(?P<arn>.+)$"] = S3ControlResponse.dispatch


def _ec2():
    """ModifyVpcEndpoint forgets private DNS and cannot reset the policy."""
    from moto.ec2.models.vpcs import VPCEndPoint
    from moto.ec2.responses.vpcs import VPCs

    modify = VPCs.modify_vpc_endpoint

    def modify_vpc_endpoint(self):
        answer = modify(self)
        endpoint = self.ec2_backend.describe_vpc_endpoints(vpc_end_point_ids=[self._get_param("VpcEndpointId")])[0]
        if self._get_param("PrivateDnsEnabled") is not None:
            endpoint.private_dns_enabled = self._get_param("PrivateDnsEnabled")
        if self._get_param("ResetPolicy"):
            endpoint.policy_document = json.dumps(VPCEndPoint.DEFAULT_POLICY)
        return answer

    VPCs.modify_vpc_endpoint = modify_vpc_endpoint


def _rds():
    """Every instance has the same resource id; Performance Insights and monitoring are dropped; automated backups
    are not replicated to another Region (they still are not, but the replication is recorded and answered for)."""
    from moto.rds.models import DBInstance, RDSBackend, rds_backends
    from moto.rds.responses import RDSResponse

    made, changed, listed = DBInstance.__init__, DBInstance.update, RDSBackend.describe_db_instance_automated_backups
    kept = {
        "enable_performance_insights": "performance_insights_enabled",
        "performance_insights_kms_key_id": "performance_insights_kms_key_id",
        "performance_insights_retention_period": "performance_insights_retention_period",
        "monitoring_interval": "monitoring_interval",
        "monitoring_role_arn": "monitoring_role_arn",
        "network_type": "network_type",
    }

    def keep(instance, settings):
        for name, attribute in kept.items():
            if settings.get(name) is not None:
                setattr(instance, attribute, settings[name])

    def init(self, *args, **settings):
        made(self, *args, **settings)
        self.dbi_resource_id = "db-" + "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(26))
        keep(self, settings)

    def update(self, **settings):
        changed(self, **{name: value for name, value in settings.items() if name not in kept})
        keep(self, settings)

    class Replicated:
        """An automated backup kept in another Region."""

        def __init__(self, source, region, account, retention, key):
            self.db_instance_arn = source.arn
            self.dbi_resource_id = source.dbi_resource_id
            self.region = source.region
            self.db_instance_identifier = source.db_instance_identifier
            self.status = "replicating"
            self.encrypted = source.storage_encrypted
            self.engine = source.engine
            self.backup_retention_period = retention
            self.kms_key_id = key
            self.db_instance_automated_backups_arn = (
                f"arn:aws:rds:{region}:{account}:auto-backup:ab-{source.dbi_resource_id[3:].lower()}"
            )

    def start_db_instance_automated_backups_replication(self):
        arn = self.params["SourceDBInstanceArn"]
        source = rds_backends[self.current_account][arn.split(":")[3]].databases[arn.split(":")[-1]]
        key = self.params.get("KmsKeyId")
        if source.storage_encrypted and not key:
            raise JsonRESTError(
                "InvalidParameterCombination", "KmsKeyId is required to replicate encrypted backups to another Region"
            )
        backup = Replicated(
            source, self.region, self.current_account, int(self.params.get("BackupRetentionPeriod", 7)), key
        )
        self.backend.__dict__.setdefault("replicated_backups", {})[arn] = backup
        source.db_instance_automated_backups_replications = [
            {"DBInstanceAutomatedBackupsArn": backup.db_instance_automated_backups_arn}
        ]
        return ActionResult({"DBInstanceAutomatedBackup": backup})

    def stop_db_instance_automated_backups_replication(self):
        arn = self.params["SourceDBInstanceArn"]
        backup = self.backend.__dict__.get("replicated_backups", {}).pop(arn)
        source = rds_backends[self.current_account][arn.split(":")[3]].databases.get(arn.split(":")[-1])
        if source:
            source.db_instance_automated_backups_replications = []
        return ActionResult({"DBInstanceAutomatedBackup": backup})

    def describe_db_instance_automated_backups(self, db_instance_identifier=None, **options):
        mine = self.__dict__.get("replicated_backups", {}).values()
        return listed(self, db_instance_identifier, **options) + [
            b for b in mine if db_instance_identifier in (None, b.db_instance_identifier)
        ]

    DBInstance.__init__ = init
    DBInstance.update = update
    RDSResponse.start_db_instance_automated_backups_replication = start_db_instance_automated_backups_replication
    RDSResponse.stop_db_instance_automated_backups_replication = stop_db_instance_automated_backups_replication
    RDSBackend.describe_db_instance_automated_backups = describe_db_instance_automated_backups


def _dynamodb():
    """UpdateTable ignores the encryption settings; a conditional write looks and writes in two steps, so that of two
    threads both may pass, while DynamoDB lets one."""
    from moto.dynamodb.responses import DynamoHandler

    writing = threading.Lock()

    def alone(write):
        @functools.wraps(write)
        def one_at_a_time(self):
            with writing:
                return write(self)

        return one_at_a_time

    for name in ("batch_write_item", "delete_item", "put_item", "transact_write_items", "update_item"):
        setattr(DynamoHandler, name, alone(getattr(DynamoHandler, name)))

    changed = DynamoHandler.update_table

    def update_table(self):
        if "SSESpecification" in self.body:
            table = self.dynamodb_backend.get_table(self.body["TableName"])
            table.sse_specification = self.body["SSESpecification"]
        return changed(self)

    DynamoHandler.update_table = update_table


def _logs():
    """Log groups have no deletion protection."""
    from moto.logs.exceptions import LogsClientError
    from moto.logs.models import LogGroup, LogsBackend
    from moto.logs.responses import LogsResponse

    create, described, delete = LogsResponse.create_log_group, LogGroup.to_describe_dict, LogsBackend.delete_log_group

    def create_log_group(self):
        answer = create(self)
        group = self.logs_backend.groups[self._get_param("logGroupName")]
        group.deletion_protection = bool(self._get_param("deletionProtectionEnabled"))
        group.log_group_class = self._get_param("logGroupClass") or "STANDARD"
        return answer

    def put_log_group_deletion_protection(self):
        name = self._get_param("logGroupIdentifier").split(":log-group:")[-1]
        self.logs_backend.groups[name].deletion_protection = bool(self._get_param("deletionProtectionEnabled"))
        return ""

    def to_describe_dict(self):
        extra = {"logGroupClass": getattr(self, "log_group_class", "STANDARD")}
        return {**described(self), **extra, "deletionProtectionEnabled": getattr(self, "deletion_protection", False)}

    def delete_log_group(self, log_group_name):
        if getattr(self.groups.get(log_group_name), "deletion_protection", False):
            raise LogsClientError("ValidationException", f"Log group {log_group_name} has deletion protection enabled")
        return delete(self, log_group_name)

    LogsResponse.create_log_group = create_log_group
    LogsResponse.put_log_group_deletion_protection = put_log_group_deletion_protection
    LogGroup.to_describe_dict = to_describe_dict
    LogsBackend.delete_log_group = delete_log_group


def _route53resolver():
    """Query logging can neither be removed nor tagged. The DNS firewall is missing: its records can be read."""
    from moto.route53resolver.exceptions import ResourceNotFoundException
    from moto.route53resolver.models import Route53ResolverBackend
    from moto.route53resolver.responses import Route53ResolverResponse as Response

    from .resources.route53resolver import ASSOCIATIONS, CONFIGS, GROUPS, LISTS

    matched = Route53ResolverBackend._matched_arn

    def matched_arn(self, resource_arn):
        if resource_arn not in [config.arn for config in self.resolver_query_log_configs.values()]:
            matched(self, resource_arn)

    def disassociate_resolver_query_log_config(self):
        backend = self.route53resolver_backend
        config, vpc = self._get_param("ResolverQueryLogConfigId"), self._get_param("ResourceId")
        for identifier, found in list(backend.resolver_query_log_config_associations.items()):
            if (found.resolver_query_log_config_id, found.resource_id) == (config, vpc):
                backend.resolver_query_log_configs[config].association_count -= 1
                return json.dumps(
                    {
                        "ResolverQueryLogConfigAssociation": backend.resolver_query_log_config_associations.pop(
                            identifier
                        ).description()
                    }
                )
        raise ResourceNotFoundException(f"{config} is not associated with {vpc}")

    def delete_resolver_query_log_config(self):
        backend, identifier = self.route53resolver_backend, self._get_param("ResolverQueryLogConfigId")
        config = backend.get_resolver_query_log_config(identifier)
        if config.association_count:
            raise JsonRESTError(
                "InvalidRequestException", f"{identifier} is associated with {config.association_count} VPC(s)"
            )
        return json.dumps({"ResolverQueryLogConfig": backend.resolver_query_log_configs.pop(identifier).description()})

    def records(response, kind):
        return store.records(Environment(response.current_account, response.region), kind)

    def one(response, kind, parameter):
        identifier = response._get_param(parameter)
        if identifier not in records(response, kind):
            raise ResourceNotFoundException(f"{identifier} does not exist")
        return records(response, kind)[identifier]

    def without(record, *names):
        return {key: value for key, value in record.items() if key not in (*names, "Tags")}

    def domain_list(response):
        found = one(response, LISTS, "FirewallDomainListId")
        return {"FirewallDomainList": {**without(found, "Domains"), "DomainCount": len(found["Domains"])}}

    def rule_group(response):
        found = one(response, GROUPS, "FirewallRuleGroupId")
        return {"FirewallRuleGroup": {**without(found, "FirewallRules"), "RuleCount": len(found["FirewallRules"])}}

    def rules(response):
        group = one(response, GROUPS, "FirewallRuleGroupId")
        return {"FirewallRules": [{"FirewallRuleGroupId": group["Id"], **rule} for rule in group["FirewallRules"]]}

    def associations(response):
        vpc = response._get_param("VpcId")
        found = [without(each) for each in records(response, ASSOCIATIONS).values() if vpc in (None, each["VpcId"])]
        return {"FirewallRuleGroupAssociations": found}

    def listed(kind, *hidden):
        return lambda response: {kind: [without(each, *hidden) for each in records(response, kind).values()]}

    readers = {
        "get_firewall_config": lambda response: {"FirewallConfig": one(response, CONFIGS, "ResourceId")},
        "get_firewall_domain_list": domain_list,
        "get_firewall_rule_group": rule_group,
        "get_firewall_rule_group_association": lambda response: {
            "FirewallRuleGroupAssociation": without(one(response, ASSOCIATIONS, "FirewallRuleGroupAssociationId"))
        },
        "list_firewall_configs": listed(CONFIGS),
        "list_firewall_domain_lists": listed(LISTS, "Domains", "Status"),
        "list_firewall_domains": lambda response: {"Domains": one(response, LISTS, "FirewallDomainListId")["Domains"]},
        "list_firewall_rule_group_associations": associations,
        "list_firewall_rule_groups": listed(GROUPS, "FirewallRules", "Status"),
        "list_firewall_rules": rules,
    }

    def answering(reader):
        return lambda response: json.dumps(reader(response))

    for name, reader in readers.items():
        setattr(Response, name, answering(reader))
    Route53ResolverBackend._matched_arn = matched_arn
    Response.disassociate_resolver_query_log_config = disassociate_resolver_query_log_config
    Response.delete_resolver_query_log_config = delete_resolver_query_log_config


def _cloudtrail():
    """LookupEvents is missing; the CDK command line asks after a failed deployment. Nothing is ever recorded."""
    from moto.cloudtrail.responses import CloudTrailResponse

    CloudTrailResponse.lookup_events = lambda self: json.dumps({"Events": []})


def _organizations():
    """Declarative policies for EC2 are refused as a type that does not exist."""
    from moto.organizations.models import FakePolicy, FakeRoot

    declarative = "DECLARATIVE_POLICY_EC2"
    init = FakePolicy.__init__
    for supporting in (FakePolicy, FakeRoot):
        supporting.SUPPORTED_POLICY_TYPES.append(declarative)

    def __init__(self, organization, **kwargs):
        try:
            init(self, organization, **kwargs)
        except NotImplementedError:
            if kwargs.get("Type") != declarative:
                raise
            self._arn_format = "arn:{0}:organizations::{1}:policy/{2}/declarative_policy_ec2/{3}"

    FakePolicy.__init__ = __init__
