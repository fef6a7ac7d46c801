"""Read-only calls that an attestation makes and moto does not answer, or answers for the wrong Region.

Of what `_NONE` lists nothing can be made here, so "there is none" is the true answer. Everything else says what was wrong.
"""

import json
import threading

from moto.core.responses import ActionResult


def install():
    for mend in (_none, _delegation, _inventories, _backup, _kinesis_destinations, _access_points, _automated_backups):
        mend()


def _none():
    """Lists of things that nothing in this emulator can make."""
    from moto.ec2.responses import EC2Response
    from moto.ecr.responses import ECRResponse
    from moto.events.responses import EventsHandler
    from moto.logs.responses import LogsResponse
    from moto.rds.responses import RDSResponse
    from moto.ssm.responses import SimpleSystemManagerResponse

    empty = (
        (ECRResponse, "describe_pull_through_cache_rules", "pullThroughCacheRules"),
        (EventsHandler, "list_endpoints", "Endpoints"),
        (LogsResponse, "describe_account_policies", "accountPolicies"),
        (SimpleSystemManagerResponse, "list_associations", "Associations"),
        (SimpleSystemManagerResponse, "list_resource_data_sync", "ResourceDataSyncItems"),
    )
    for response, method, field in empty:
        _answer(response, method, lambda self, field=field: json.dumps({field: []}))
    _answer(RDSResponse, "describe_integrations", lambda self: ActionResult({"Integrations": []}))
    for method, field in (
        ("describe_client_vpn_endpoints", "clientVpnEndpoint"),
        ("describe_instance_connect_endpoints", "instanceConnectEndpointSet"),
        ("describe_traffic_mirror_sessions", "trafficMirrorSessionSet"),
        ("describe_transit_gateway_peering_attachments", "transitGatewayPeeringAttachments"),
        ("describe_vpc_endpoint_service_configurations", "serviceConfigurationSet"),
    ):
        name = "".join(part.capitalize() for part in method.split("_"))
        text = f"<{name}Response xmlns='http://ec2.amazonaws.com/doc/2016-11-15/'><{field}/></{name}Response>"
        _answer(EC2Response, method, lambda self, text=text: text)


def _delegation():
    """Nobody is delegated anything in this organization."""
    from moto.core.exceptions import JsonRESTError
    from moto.organizations.responses import OrganizationsResponse

    def describe_resource_policy(self):
        raise JsonRESTError("ResourcePolicyNotFoundException", "We can't find a resource policy.")

    _answer(OrganizationsResponse, "describe_resource_policy", describe_resource_policy)


def _answer(response, method, answer):
    """Only where moto has no answer of its own: an upgrade that brings one is to be used."""
    if not hasattr(response, method):
        setattr(response, method, answer)


def _backup():
    """ListCopyJobs, and what can be set on a vault, have no route; nothing here copies a recovery point."""
    from moto.backup import urls
    from moto.backup.responses import BackupResponse

    def none(request, full_url, headers):
        return 200, {"Content-Type": "application/json"}, json.dumps({"CopyJobs": []})

    urls.url_paths["{0}/copy-jobs/?$"] = none
    urls.url_paths.setdefault("{0}/backup-vaults/?$", BackupResponse.dispatch)


def _inventories():
    """Taking an inventory configuration off a bucket deletes the bucket."""
    from moto.s3.responses import S3Response

    delete = S3Response._bucket_response_delete

    def bucket_response_delete(self, bucket_name, querystring):
        if "inventory" not in querystring:
            return delete(self, bucket_name, querystring)
        self.backend.get_bucket(bucket_name).inventory_configs.pop(querystring["id"][0], None)
        return 204, {}, ""

    S3Response._bucket_response_delete = bucket_response_delete


def _kinesis_destinations():
    """DescribeKinesisStreamingDestination is not there; a table never has one here."""
    from moto.dynamodb.responses import DynamoHandler

    def describe_kinesis_streaming_destination(self):
        return json.dumps({"TableName": self.body["TableName"], "KinesisDataStreamDestinations": []})

    _answer(DynamoHandler, "describe_kinesis_streaming_destination", describe_kinesis_streaming_destination)


def _access_points():
    """Access points are kept once for all Regions, with us-east-1 in every ARN; in AWS each belongs to one Region."""
    from moto.s3control.models import S3ControlBackend
    from moto.s3control.responses import S3ControlResponse

    create, listed = S3ControlResponse.create_access_point, S3ControlResponse.list_access_points
    made, points = S3ControlBackend.create_access_point, S3ControlBackend.list_access_points
    # Requests are answered in threads: a Region kept for all of them would be that of whoever asked last.
    asked = threading.local()

    def within(call):
        def of_region(self):
            asked.region = self.region
            return call(self)

        return of_region

    def create_access_point(self, *args, **options):
        point = made(self, *args, **options)
        point.region = asked.region
        point.arn = point.arn.replace(":us-east-1:", f":{point.region}:")
        return point

    def list_access_points(self, *args, **options):
        page, token = points(self, *args, **options)
        return [p for p in page if getattr(p, "region", None) == asked.region], token

    S3ControlResponse.create_access_point = within(create)
    S3ControlResponse.list_access_points = within(listed)
    S3ControlBackend.create_access_point = create_access_point
    S3ControlBackend.list_access_points = list_access_points


def _automated_backups():
    """Automated backups in their own Region do not say of which instance they are."""
    from moto.rds.models import DBInstanceAutomatedBackup

    def instance(self):
        return self.backend.databases.get(self.db_instance_identifier)

    DBInstanceAutomatedBackup.db_instance_arn = property(lambda self: getattr(instance(self), "arn", None))
    DBInstanceAutomatedBackup.dbi_resource_id = property(lambda self: getattr(instance(self), "dbi_resource_id", None))
    DBInstanceAutomatedBackup.region = property(lambda self: self.backend.region_name)
