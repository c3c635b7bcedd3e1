"""LocalStack, where it answers: an AWS to deploy to, as deploy.sh does, and with its own ways to be looked
into. What runs there is what would run on AWS: packages and images."""

import http.client
import json
import os
import shutil
import subprocess
import urllib.request


def endpoint():
    """Where it answers, or None. Its own tools read LOCALSTACK_HOST; if that is empty, nobody is asked."""
    host = os.environ.get("LOCALSTACK_HOST", "localhost:4566")
    if not host:
        return None
    url = f"http://{host if ':' in host else host + ':4566'}"
    try:
        there = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with there.open(url + "/_localstack/health", timeout=1) as answer:
            return url if "services" in json.load(answer) else None
    except (OSError, ValueError, http.client.HTTPException):
        return None


def described(wgen, spec):
    """(system, its environments) of a spec."""
    text = subprocess.run([wgen, "build", "--quiet", "--dump", "expand", "--", spec], check=True, capture_output=True, text=True).stdout
    decoder, found = json.JSONDecoder(), []
    while text.strip():
        one, end = decoder.raw_decode(text.lstrip())
        found.append(one)
        text = text.lstrip()[end:]
    return found[0]["system"], [one["environment"] for one in found if one.get("environment")]


def deploy(given, spec, url, end):
    """Deploys a system and prints how to reach it; the exit code."""
    if not shutil.which("aws"):
        end(f"LocalStack answers at {url}, and the AWS CLI, which deploys to it, is not here",
            "install it; or set LOCALSTACK_HOST to nothing, to run the system on wgen's own emulator")
    system, environments = described(given.wgen, spec)
    if given.env and given.env not in environments:
        end(f"`{spec}` has no environment `{given.env}`", f"it has {', '.join(environments) or 'none'}", 2)
    environment = [given.env or environments[0]] if environments else []
    variables = {**os.environ, "AWS_ENDPOINT_URL": url, "TARGET": "cloudformation", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    variables.pop("AWS_SESSION_TOKEN", None)
    done = subprocess.run(["sh", f"out/{system}/deploy/deploy.sh", "deploy", *environment], env=variables)
    if done.returncode == 0 and not given.quiet:
        print(f"{' '.join([system, *environment])} is up on LocalStack\n\n"
              f"  export AWS_ENDPOINT_URL={url} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test\n\n"
              "The AWS CLI and LocalStack's own tools show what is there; workers are not started.")
    return done.returncode
