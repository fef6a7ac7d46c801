"""EventBridge pipes: remembered only, nothing moves through them."""

from ..handler import all_but, handles
from ..properties import INTEGER, JSON, STRING
from .remembered import Remembered


@handles("AWS::Pipes::Pipe")
class Pipe(Remembered):
    properties = {
        "Description": STRING,
        "Name": STRING,
        "RoleArn": STRING,
        "Source": STRING,
        "SourceParameters": {"SqsQueueParameters": {"BatchSize": INTEGER}},
        "Tags": JSON,
        "Target": STRING,
        "TargetParameters": {
            "EventBridgeEventBusParameters": {"DetailType": STRING, "Source": STRING},
            "InputTemplate": STRING,
        },
    }
    required = ("RoleArn", "Source", "Target")
    mutable = all_but(properties, "Name", "Source")

    def identify(self, at, p):
        return p.get("Name") or at.name(64)

    def attributes(self, at, identifier, p):
        return {"Arn": at.arn("pipes", f"pipe/{identifier}"), "CurrentState": "RUNNING"}


# Tags are a map here: stack tags are not passed on.
Pipe.tags = None
