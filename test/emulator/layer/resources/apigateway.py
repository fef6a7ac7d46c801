"""REST APIs: stored with their methods, authorisers and stages. No call is routed to a function."""

from ..handler import PARTLY, Handler, Made, document, handles
from ..properties import BOOLEAN, INTEGER, JSON, NUMBER, STRING, TAGS
from .remembered import Remembered


@handles("AWS::ApiGateway::RestApi")
class RestApi(Handler):
    properties = {
        "Description": STRING,
        "EndpointConfiguration": {"Types": [STRING], "VpcEndpointIds": [STRING]},
        "Name": STRING,
        "Policy": JSON,
        "Tags": TAGS,
    }
    mutable = ("Policy",)
    # moto takes no VPC endpoint ids; the template keeps them.
    standing = PARTLY

    def create(self, at, p):
        api = at.client("apigateway")
        endpoint = p.get("EndpointConfiguration", {})
        made = api.create_rest_api(
            name=p.get("Name") or at.name(),
            description=p.get("Description", ""),
            endpointConfiguration={"types": endpoint.get("Types", ["EDGE"])},
            policy=document(p.get("Policy", {})),
            tags={tag["Key"]: tag["Value"] for tag in p.get("Tags", [])},
        )
        identifier = at.exists(made["id"])
        root = api.get_resources(restApiId=identifier)["items"][0]["id"]
        return Made(identifier, {"RestApiId": identifier, "RootResourceId": root})

    def update(self, at, made, old, new):
        operation = {"op": "replace", "path": "/policy", "value": document(new.get("Policy", {}))}
        at.client("apigateway").update_rest_api(restApiId=made.physical_id, patchOperations=[operation])
        return made

    def delete(self, at, made, p):
        at.client("apigateway").delete_rest_api(restApiId=made.physical_id)


@handles("AWS::ApiGateway::Resource")
class Resource(Handler):
    properties = {"ParentId": STRING, "PathPart": STRING, "RestApiId": STRING}
    required = ("ParentId", "PathPart", "RestApiId")

    def create(self, at, p):
        made = at.client("apigateway").create_resource(
            restApiId=p["RestApiId"], parentId=p["ParentId"], pathPart=p["PathPart"]
        )
        return Made(at.exists(made["id"]), {"ResourceId": made["id"]})

    def delete(self, at, made, p):
        at.client("apigateway").delete_resource(restApiId=p["RestApiId"], resourceId=made.physical_id)


@handles("AWS::ApiGateway::Authorizer")
class Authorizer(Handler):
    properties = {
        "AuthorizerResultTtlInSeconds": INTEGER,
        "AuthorizerUri": STRING,
        "IdentitySource": STRING,
        "Name": STRING,
        "RestApiId": STRING,
        "Type": STRING,
    }
    required = ("Name", "RestApiId", "Type")

    def create(self, at, p):
        made = at.client("apigateway").create_authorizer(
            restApiId=p["RestApiId"],
            name=p["Name"],
            type=p["Type"],
            authorizerUri=p["AuthorizerUri"],
            identitySource=p["IdentitySource"],
            authorizerResultTtlInSeconds=p.get("AuthorizerResultTtlInSeconds", 300),
        )
        return Made(at.exists(made["id"]), {"AuthorizerId": made["id"]})

    def delete(self, at, made, p):
        at.client("apigateway").delete_authorizer(restApiId=p["RestApiId"], authorizerId=made.physical_id)


@handles("AWS::ApiGateway::Method")
class Method(Handler):
    properties = {
        "AuthorizationType": STRING,
        "AuthorizerId": STRING,
        "HttpMethod": STRING,
        "Integration": {"IntegrationHttpMethod": STRING, "Type": STRING, "Uri": STRING},
        "ResourceId": STRING,
        "RestApiId": STRING,
    }
    required = ("AuthorizationType", "HttpMethod", "ResourceId", "RestApiId")

    def create(self, at, p):
        api, place = at.client("apigateway"), self._place(p)
        at.exists(f"{p['RestApiId']}|{p['ResourceId']}|{p['HttpMethod']}")
        api.put_method(**place, authorizationType=p["AuthorizationType"], authorizerId=p.get("AuthorizerId", ""))
        if "Integration" in p:
            integration = p["Integration"]
            api.put_integration(
                **place,
                type=integration["Type"],
                integrationHttpMethod=integration["IntegrationHttpMethod"],
                uri=integration["Uri"],
            )
        return Made(at.born)

    def delete(self, at, made, p):
        at.client("apigateway").delete_method(**self._place(p))

    def _place(self, p):
        return {"restApiId": p["RestApiId"], "resourceId": p["ResourceId"], "httpMethod": p["HttpMethod"]}


@handles("AWS::ApiGateway::Deployment")
class Deployment(Handler):
    properties = {"Description": STRING, "RestApiId": STRING}
    required = ("RestApiId",)

    def create(self, at, p):
        made = at.client("apigateway").create_deployment(
            restApiId=p["RestApiId"], description=p.get("Description", "")
        )
        return Made(at.exists(made["id"]), {"DeploymentId": made["id"]})

    def delete(self, at, made, p):
        at.client("apigateway").delete_deployment(restApiId=p["RestApiId"], deploymentId=made.physical_id)


@handles("AWS::ApiGateway::Stage")
class Stage(Handler):
    properties = {
        "AccessLogSetting": {"DestinationArn": STRING, "Format": STRING},
        "DeploymentId": STRING,
        "MethodSettings": [
            {
                "DataTraceEnabled": BOOLEAN,
                "HttpMethod": STRING,
                "ResourcePath": STRING,
                "ThrottlingBurstLimit": INTEGER,
                "ThrottlingRateLimit": NUMBER,
            }
        ],
        "RestApiId": STRING,
        "StageName": STRING,
        "Tags": TAGS,
    }
    required = ("RestApiId", "StageName")
    mutable = ("DeploymentId",)
    standing = PARTLY

    def create(self, at, p):
        at.client("apigateway").create_stage(
            restApiId=p["RestApiId"],
            stageName=p["StageName"],
            deploymentId=p["DeploymentId"],
            tags={tag["Key"]: tag["Value"] for tag in p.get("Tags", [])},
        )
        return Made(at.exists(p["StageName"]))

    def update(self, at, made, old, new):
        operation = {"op": "replace", "path": "/deploymentId", "value": new["DeploymentId"]}
        at.client("apigateway").update_stage(
            restApiId=new["RestApiId"], stageName=new["StageName"], patchOperations=[operation]
        )
        return made

    def delete(self, at, made, p):
        at.client("apigateway").delete_stage(restApiId=p["RestApiId"], stageName=made.physical_id)


@handles("AWS::ApiGateway::Account")
class Account(Remembered):
    properties = {"CloudWatchRoleArn": STRING}
    mutable = ("CloudWatchRoleArn",)
