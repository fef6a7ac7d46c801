"""An organization with agreed ids, so that policies can be attached to what a configuration names."""

from moto.organizations import organizations_backends

from .environment import PARTITION, Environment


def found(wish):
    """Make an organization. `wish`: management (account), root, units, accounts (ids, all but management optional)."""
    management = wish["management"]
    org = Environment(management, "us-east-1").client("organizations")
    org.create_organization(FeatureSet="ALL")
    backend = organizations_backends[management][PARTITION]
    if "root" in wish:
        backend.org.root_id = backend.ou[0].id = wish["root"]
        backend.accounts[0].parent_id = wish["root"]
    root = backend.ou[0].id
    for unit in wish.get("units", []):
        made = org.create_organizational_unit(ParentId=root, Name=unit)["OrganizationalUnit"]
        backend.get_organizational_unit_by_id(made["Id"]).id = unit
    for account in wish.get("accounts", []):
        org.create_account(AccountName=account, Email=f"{account}@example.com")
        backend.accounts[-1].id = account
    for kind in (
        "SERVICE_CONTROL_POLICY",
        "RESOURCE_CONTROL_POLICY",
        "DECLARATIVE_POLICY_EC2",
        "AISERVICES_OPT_OUT_POLICY",
    ):
        if kind not in [policy["Type"] for policy in backend.ou[0].policy_types]:
            org.enable_policy_type(RootId=root, PolicyType=kind)
