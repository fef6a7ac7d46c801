"""AWS::CDK::Metadata: usage analytics, nothing to make."""

from ..handler import STORED, Handler, Made, handles
from ..properties import STRING


@handles("AWS::CDK::Metadata")
class Metadata(Handler):
    properties = {"Analytics": STRING}
    mutable = ("Analytics",)
    standing = STORED

    def create(self, at, p):
        return Made(at.logical_id)

    def update(self, at, made, old, new):
        return made

    def delete(self, at, made, p):
        pass
