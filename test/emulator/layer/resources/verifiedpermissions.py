"""Verified Permissions policy stores and their policies: remembered only, no decision is made."""

import json
import uuid

from .. import store
from ..handler import all_but, handles
from ..properties import STRING, TAGS
from .remembered import Remembered

STORES = "AWS::VerifiedPermissions::PolicyStore"


@handles(STORES)
class PolicyStore(Remembered):
    properties = {
        "DeletionProtection": {"Mode": STRING},
        "Description": STRING,
        "Schema": {"CedarJson": STRING},
        "Tags": TAGS,
        "ValidationSettings": {"Mode": STRING},
    }
    required = ("ValidationSettings",)
    mutable = all_but(properties)

    def identify(self, at, p):
        json.loads(p.get("Schema", {}).get("CedarJson", "{}"))
        return uuid.uuid4().hex[:22]

    def attributes(self, at, identifier, p):
        arn = f"arn:aws:verifiedpermissions::{at.account}:policy-store/{identifier}"
        return {"Arn": arn, "PolicyStoreId": identifier}

    def delete(self, at, made, p):
        if p.get("DeletionProtection", {}).get("Mode") == "ENABLED":
            raise ValueError(f"InvalidStateException: policy store {made.physical_id} is protected from deletion")
        super().delete(at, made, p)


@handles("AWS::VerifiedPermissions::Policy")
class Policy(Remembered):
    properties = {"Definition": {"Static": {"Description": STRING, "Statement": STRING}}, "PolicyStoreId": STRING}
    required = ("Definition", "PolicyStoreId")
    mutable = ("Definition",)

    def identify(self, at, p):
        if p["PolicyStoreId"] not in store.records(at.environment, STORES):
            raise ValueError(f"ResourceNotFoundException: policy store {p['PolicyStoreId']} does not exist")
        return f"{uuid.uuid4().hex[:22]}|{p['PolicyStoreId']}"

    def attributes(self, at, identifier, p):
        return {"PolicyId": identifier.split("|")[0], "PolicyType": "STATIC"}
