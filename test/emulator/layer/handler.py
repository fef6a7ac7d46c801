"""What one resource type knows: its properties, how it is made, changed in place and removed."""

import json
import secrets
import string
from dataclasses import dataclass, field

from .environment import Environment

REGISTRY = {}

# Where the truth about a resource lives, per type; printed by --list-types and in README.md.
MOTO = "moto"  # the service API answers for it
PARTLY = "partly stored"  # the service API answers, some properties are only kept by this layer
STORED = "stored"  # no API behind it: the layer only remembers it


class _Everything:
    """A set that holds every property name."""

    def __contains__(self, name):
        return True


EVERYTHING = _Everything()


@dataclass
class Made:
    """A resource as it stands: what Ref and Fn::GetAtt answer."""

    physical_id: str
    attributes: dict = field(default_factory=dict)


@dataclass
class At:
    """Where and for whom a handler works: the environment, and the resource's place in its stack."""

    environment: Environment
    stack_name: str
    stack_id: str
    logical_id: str
    type: str
    born: str = ""

    @property
    def account(self):
        return self.environment.account

    @property
    def region(self):
        return self.environment.region

    def client(self, service, region=None):
        return self.environment.client(service, region)

    def arn(self, service, resource):
        return self.environment.arn(service, resource)

    def exists(self, physical_id):
        """Say as early as possible that the resource exists, so that a failure half way still removes it."""
        self.born = physical_id
        return physical_id

    def name(self, limit=128, lower=False):
        """A generated physical name in CloudFormation's form, `<stack>-<logical id>-<random>`, cut to the limit."""
        alphabet = string.ascii_uppercase + string.digits
        tail = "".join(secrets.choice(alphabet) for _ in range(12))
        room = limit - len(tail) - 2
        logical = self.logical_id[: room // 2]
        name = f"{self.stack_name[: room - len(logical)]}-{logical}-{tail}"
        return name.lower() if lower else name


class Handler:
    """Base of all types. A change to a property outside `mutable` replaces the resource.

    `properties` is the complete shape the handler understands (see properties.py). `standing` says how real it is.
    `tags` names the property that receives stack tags, if the type has one in list form.
    """

    type = ""
    properties = {}
    required = ()
    mutable = ()
    tags = "Tags"
    standing = MOTO
    default_deletion = "Delete"

    def create(self, at, p):
        """Make the resource from checked properties `p`; returns Made. Anything raised fails the resource."""
        raise NotImplementedError

    def update(self, at, made, old, new):
        """Apply the `mutable` properties in place; returns the Made that replaces `made`."""
        raise NotImplementedError

    def delete(self, at, made, p):
        raise NotImplementedError

    def snapshot(self, at, made, p):
        """Keep a copy before deletion, for DeletionPolicy Snapshot."""
        raise ValueError(f"{self.type} cannot be deleted with policy Snapshot")


def all_but(properties, *fixed):
    """Names of the properties except `fixed`, for `mutable`."""
    return tuple(name for name in properties if name not in fixed)


def handles(cfn_type):
    """Class decorator: registers the handler of one CloudFormation type."""

    def register(cls):
        cls.type = cfn_type
        if "Tags" not in cls.properties:
            cls.tags = None
        REGISTRY[cfn_type] = cls()
        return cls

    return register


def handler_of(cfn_type):
    """The handler of a type; custom resources share one. None for a type the layer does not know."""
    if cfn_type.startswith("Custom::"):
        return REGISTRY["AWS::CloudFormation::CustomResource"]
    return REGISTRY.get(cfn_type)


def document(value):
    """A policy document as the JSON text the service APIs take."""
    return value if isinstance(value, str) else json.dumps(value)


def stale_tags(old, new):
    """Tag keys that an update has to remove."""
    kept = {t["Key"] for t in new.get("Tags", [])}
    return [t["Key"] for t in old.get("Tags", []) if t["Key"] not in kept]
