"""Signing profiles: remembered only, nothing is signed."""

from ..handler import handles
from ..properties import INTEGER, STRING, TAGS
from .remembered import Remembered


@handles("AWS::Signer::SigningProfile")
class SigningProfile(Remembered):
    properties = {
        "PlatformId": STRING,
        "ProfileName": STRING,
        "SignatureValidityPeriod": {"Type": STRING, "Value": INTEGER},
        "Tags": TAGS,
    }
    required = ("PlatformId",)
    mutable = ("Tags",)

    def identify(self, at, p):
        return p.get("ProfileName") or at.name(64).replace("-", "_")

    def attributes(self, at, identifier, p):
        arn = at.arn("signer", f"/signing-profiles/{identifier}")
        version = "1"
        return {
            "Arn": arn,
            "ProfileName": identifier,
            "ProfileVersion": version,
            "ProfileVersionArn": f"{arn}/{version}",
        }
