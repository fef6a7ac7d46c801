"""Lambda-backed custom resources: the function's own code runs in a Node.js child process, against this server."""

import io
import json
import os
import subprocess
import tempfile
import uuid
import zipfile
from pathlib import Path

from ..environment import credentials, endpoint
from ..handler import EVERYTHING, Handler, Made, handles
from ..properties import JSON

# Handlers expect the AWS SDK of the Lambda runtime: here it is the project's own.
NODE_MODULES = Path(__file__).parents[4] / "node_modules"
RUNNER = Path(__file__).parent.parent / "custom-resource-runner.cjs"
ANSWER = "@@ANSWER@@"
TIMEOUT_SECONDS = 120


@handles("AWS::CloudFormation::CustomResource")
class CustomResource(Handler):
    """Also answers for every Custom:: type. What such a type means is its handler's business: all properties pass."""

    properties = JSON
    required = ("ServiceToken",)
    mutable = EVERYTHING

    def create(self, at, p):
        return self._made(at, self._run(at, "Create", p))

    def update(self, at, made, old, new):
        answer = self._run(
            at, "Update", new, {"PhysicalResourceId": made.physical_id, "OldResourceProperties": _texts(old)}
        )
        return self._made(at, answer, made)

    def delete(self, at, made, p):
        self._run(at, "Delete", p, {"PhysicalResourceId": made.physical_id})

    def _made(self, at, answer, before=None):
        physical = answer.get("PhysicalResourceId") or (before.physical_id if before else at.logical_id)
        return Made(physical, dict(_flat(answer.get("Data") or {})))

    def _run(self, at, request, p, more=None):
        configuration = at.client("lambda").get_function(FunctionName=p["ServiceToken"])["Configuration"]
        if not configuration.get("Runtime", "").startswith("nodejs"):
            raise ValueError(f"the emulator only runs Node.js custom resources, not {configuration.get('Runtime')}")
        event = {
            "RequestType": request,
            "ServiceToken": p["ServiceToken"],
            "ResponseURL": "https://cloudformation-response.invalid/answer",
            "StackId": at.stack_id,
            "RequestId": str(uuid.uuid4()),
            "LogicalResourceId": at.logical_id,
            "ResourceType": at.type,
            "ResourceProperties": _texts(p),
            **(more or {}),
        }
        with tempfile.TemporaryDirectory(prefix="custom-resource-") as folder:
            zipfile.ZipFile(io.BytesIO(_code(at, configuration["FunctionName"]))).extractall(folder)
            answer = self._node(at, configuration, event, folder)
        if answer["Status"] != "SUCCESS":
            raise ValueError(
                f"Received response status [FAILED] from custom resource. Message returned: {answer.get('Reason', '')}"
            )
        return answer

    def _node(self, at, configuration, event, folder):
        work = json.dumps({"event": event, "handler": configuration["Handler"], "folder": folder, "answer": ANSWER})
        variables = _variables(at, configuration)
        command = ["node", str(RUNNER)]
        done = subprocess.run(
            command, input=work, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, env=variables, check=False
        )
        _, found, text = done.stdout.rpartition(ANSWER)
        if not found:
            raise ValueError(f"Custom resource gave no answer: {done.stderr.strip()[-600:] or 'no output'}")
        return json.loads(text)


def _variables(at, configuration):
    """The child's environment: the function's variables and its account's credentials, nothing of the caller's AWS."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    session = credentials(at.account)
    own = {key: str(value) for key, value in configuration.get("Environment", {}).get("Variables", {}).items()}
    return {
        **kept,
        **own,
        "NODE_PATH": os.environ.get("NODE_PATH", str(NODE_MODULES)),
        "AWS_ENDPOINT_URL": endpoint(),
        "AWS_REGION": at.region,
        "AWS_ACCESS_KEY_ID": session["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": session["aws_secret_access_key"],
        **({"AWS_SESSION_TOKEN": session["aws_session_token"]} if "aws_session_token" in session else {}),
        "AWS_LAMBDA_FUNCTION_NAME": configuration["FunctionName"],
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def _code(at, name):
    """The function's archive. The API only gives a link to a bucket of AWS, so it is taken from moto's memory."""
    from moto.awslambda import lambda_backends

    return lambda_backends[at.account][at.region].get_function(name).code_bytes


def _texts(value):
    """CloudFormation hands every scalar to a custom resource as text."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _flat(data, prefix=""):
    for key, value in data.items():
        yield f"{prefix}{key}", value
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
