"""Step Functions state machines. Executions start and take task tokens; no state is run."""

import json

from ..handler import Handler, Made, all_but, handles
from ..properties import BOOLEAN, JSON, STRING, TAGS


@handles("AWS::StepFunctions::StateMachine")
class StateMachine(Handler):
    properties = {
        "Definition": JSON,
        "DefinitionString": STRING,
        "LoggingConfiguration": {
            "Destinations": [{"CloudWatchLogsLogGroup": {"LogGroupArn": STRING}}],
            "IncludeExecutionData": BOOLEAN,
            "Level": STRING,
        },
        "RoleArn": STRING,
        "StateMachineName": STRING,
        "StateMachineType": STRING,
        "Tags": TAGS,
        "TracingConfiguration": {"Enabled": BOOLEAN},
    }
    required = ("RoleArn",)
    mutable = all_but(properties, "StateMachineName", "StateMachineType")

    def create(self, at, p):
        name = p.get("StateMachineName") or at.name(80)
        made = at.client("stepfunctions").create_state_machine(
            name=name,
            type=p.get("StateMachineType", "STANDARD"),
            tags=[{"key": tag["Key"], "value": tag["Value"]} for tag in p.get("Tags", [])],
            **self._body(p),
        )
        arn = made["stateMachineArn"]
        at.exists(arn)
        return Made(arn, {"Arn": arn, "Name": name})

    def update(self, at, made, old, new):
        at.client("stepfunctions").update_state_machine(stateMachineArn=made.physical_id, **self._body(new))
        return made

    def delete(self, at, made, p):
        at.client("stepfunctions").delete_state_machine(stateMachineArn=made.physical_id)

    def _body(self, p):
        definition = p["DefinitionString"] if "DefinitionString" in p else json.dumps(p["Definition"])
        json.loads(definition)
        body = {"definition": definition, "roleArn": p["RoleArn"]}
        if "LoggingConfiguration" in p:
            logging = p["LoggingConfiguration"]
            body["loggingConfiguration"] = {
                "level": logging.get("Level", "OFF"),
                "includeExecutionData": logging.get("IncludeExecutionData", False),
                "destinations": [
                    {"cloudWatchLogsLogGroup": {"logGroupArn": d["CloudWatchLogsLogGroup"]["LogGroupArn"]}}
                    for d in logging.get("Destinations", [])
                ],
            }
        return body
