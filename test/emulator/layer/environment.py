"""An environment is one account in one Region, and the boto3 clients that act in it."""

import threading
from dataclasses import dataclass
from functools import cache

import boto3
from botocore.config import Config

# The account moto gives to callers whose credentials it did not issue. MOTO_ACCOUNT_ID would change it, but it also
# pins every caller to one account, so the server refuses to start with it.
BASE_ACCOUNT = "123456789012"
PARTITION = "aws"

_DUMMY = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
_lock = threading.RLock()
_endpoint = ""


def serve_from(url):
    """Tell the layer where its own server answers; must be called once, before any client is used."""
    global _endpoint
    _endpoint = url


def endpoint():
    """URL of this server, without a trailing slash."""
    return _endpoint


@cache
def credentials(account):
    """Keyword arguments of a boto3 session acting in `account`: moto maps an assumed role to the role's account."""
    if account == BASE_ACCOUNT:
        return dict(_DUMMY)
    sts = _session().client("sts", region_name="eu-west-1", endpoint_url=_endpoint, **_DUMMY)
    role = f"arn:{PARTITION}:iam::{account}:role/cloudformation-layer"
    issued = sts.assume_role(RoleArn=role, RoleSessionName="cloudformation-layer")["Credentials"]
    return {
        "aws_access_key_id": issued["AccessKeyId"],
        "aws_secret_access_key": issued["SecretAccessKey"],
        "aws_session_token": issued["SessionToken"],
    }


@cache
def _session():
    """One session for all accounts: it keeps the service models, which are slow to read."""
    return boto3.session.Session()


@cache
def _client(service, region, account):
    config = Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"})
    client = _session().client(
        service, region_name=region, endpoint_url=_endpoint, config=config, **credentials(account)
    )
    if service == "s3control":
        client.meta.events.register("before-send.s3-control", lambda request, **_: _without_account(request, account))
    return client


def _without_account(request, account):
    """S3 Control puts the account in front of the host name: 127.0.0.1 has no such names."""
    request.url = request.url.replace(f"//{account}.", "//", 1)


@dataclass(frozen=True)
class Environment:
    """One account in one Region."""

    account: str
    region: str

    def client(self, service, region=None):
        """A boto3 client of `service`, in this account and (unless given) this Region."""
        with _lock:  # boto3 sessions are not safe to build from several threads
            return _client(service, region or self.region, self.account)

    def arn(self, service, resource):
        return f"arn:{PARTITION}:{service}:{self.region}:{self.account}:{resource}"
