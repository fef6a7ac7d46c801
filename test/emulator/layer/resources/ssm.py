"""Parameter Store parameters."""

from ..handler import Handler, Made, handles
from ..properties import JSON, STRING, pick


@handles("AWS::SSM::Parameter")
class Parameter(Handler):
    properties = {
        "AllowedPattern": STRING,
        "DataType": STRING,
        "Description": STRING,
        "Name": STRING,
        "Tags": JSON,
        "Tier": STRING,
        "Type": STRING,
        "Value": STRING,
    }
    required = ("Type", "Value")
    mutable = ("AllowedPattern", "Description", "Tags", "Tier", "Type", "Value")
    # Tags are a map here, unlike in the other types: stack tags are not passed on.

    def create(self, at, p):
        name = p.get("Name") or f"CFN-{at.name(128)}"
        tags = [{"Key": key, "Value": value} for key, value in p.get("Tags", {}).items()]
        at.client("ssm").put_parameter(Name=name, **self._body(p), **({"Tags": tags} if tags else {}))
        return Made(name, {"Type": p["Type"], "Value": p["Value"]})

    def update(self, at, made, old, new):
        ssm, name = at.client("ssm"), made.physical_id
        ssm.put_parameter(Name=name, Overwrite=True, **self._body(new))
        stale = [key for key in old.get("Tags", {}) if key not in new.get("Tags", {})]
        if stale:
            ssm.remove_tags_from_resource(ResourceType="Parameter", ResourceId=name, TagKeys=stale)
        if new.get("Tags"):
            ssm.add_tags_to_resource(
                ResourceType="Parameter", ResourceId=name, Tags=[{"Key": k, "Value": v} for k, v in new["Tags"].items()]
            )
        return Made(name, {"Type": new["Type"], "Value": new["Value"]})

    def delete(self, at, made, p):
        at.client("ssm").delete_parameter(Name=made.physical_id)

    def _body(self, p):
        return pick(p, "AllowedPattern", "DataType", "Description", "Tier", "Type", "Value")


Parameter.tags = None
