#!/usr/bin/env python3
"""A local AWS for real `cdk deploy` runs: moto's services behind the CloudFormation layer in layer/.

    server.py [--port N] (--exit-with-stdin | --detach-safe) [--organization JSON]
    server.py --list-types

Prints one line of JSON, {"url", "moto", "pid"}, when it answers; listens on the loopback interface only.
--list-types prints, for each CloudFormation type, the properties it understands, and exits.
"""

import argparse
import json
import os
import signal
import sys

# Nothing of the caller's AWS or proxy settings may steer the clients of the layer: they only talk to this server.
for _name in list(os.environ):
    if _name.startswith("AWS_") or _name.upper() in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        del os.environ[_name]
os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull, AWS_EC2_METADATA_DISABLED="true")

# The bootstrap roles attach AWS's managed policies; moto only has them when asked for, before it is imported.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"


def main(arguments):
    options = _options(arguments)
    if options.list_types:
        print(json.dumps(_types(), sort_keys=True))
        return 0
    if "MOTO_ACCOUNT_ID" in os.environ:
        print("MOTO_ACCOUNT_ID is set: it would put every caller into one account. Unset it.", file=sys.stderr)
        return 2

    import logging

    import moto
    from layer import api, environment, organization, resources, services  # noqa: F401
    from moto.server import ThreadedMotoServer

    services.install()
    api.install()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", options.port, verbose=False)
    server.start()
    url = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    environment.serve_from(url)
    if options.organization:
        organization.found(json.loads(options.organization))
    print(json.dumps({"url": url, "moto": moto.__version__, "pid": os.getpid()}), flush=True)
    _wait(options.exit_with_stdin)
    os._exit(0)  # the server's threads have nothing to save


def _options(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0 (default): any free port")
    parser.add_argument(
        "--exit-with-stdin", action="store_true", help="stop when standard input ends: the parent is gone"
    )
    parser.add_argument("--detach-safe", action="store_true", help="never touch standard input; stop on SIGTERM")
    parser.add_argument(
        "--organization", metavar="JSON", help='{"management": account, "root"?: id, "units"?: [id], "accounts"?: [id]}'
    )
    parser.add_argument("--list-types", action="store_true")
    return parser.parse_args(arguments)


def _wait(for_stdin):
    # Straight out of the handler: there is nothing to save, and an event set here could wait for its own lock.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    signal.signal(signal.SIGINT, lambda *_: os._exit(0))
    if not for_stdin:
        while True:
            signal.pause()
    while sys.stdin.buffer.read(4096):
        pass


def _types():
    from layer import resources  # noqa: F401
    from layer.handler import REGISTRY

    return {
        name: {"properties": handler.properties, "standing": handler.standing} for name, handler in REGISTRY.items()
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
