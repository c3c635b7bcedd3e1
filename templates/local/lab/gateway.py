"""API Gateway's front, which moto does not have: requests over HTTP become calls of a function, in the
format that it is given on AWS, and pages in browsers get their CORS headers."""

import base64
import http.server
import json
import re
import threading
import time
import urllib.parse
import uuid

from moto.apigatewayv2.models import Api

from .access import ACCOUNT
from .patching import patch


def matches(route, method, path):
    """The values of a route's `{names}`, or None."""
    wanted, _, pattern = route.partition(" ")
    parts = re.split(r"\{(\w+\+?)\}", pattern)  # text and names by turns
    regex = "".join(re.escape(p) if i % 2 == 0 else f"(?P<{p.rstrip('+')}>{'.+' if p.endswith('+') else '[^/]+'})" for i, p in enumerate(parts))
    found = re.fullmatch(regex, path) if wanted in (method, "ANY") else None
    return found.groupdict() if found else None


class Gateway:
    """The HTTP server of one of moto's APIs, as it is whenever it is asked."""

    def __init__(self, lab, api, region):
        self.lab, self.api, self.region = lab, api, region
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads, self.server.gateway = True, self
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.endpoint = f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def stage(self):
        """An API has one stage here."""
        return next(iter(self.api.stages), "$default")

    @property
    def prefix(self):
        return "" if self.stage == "$default" else f"/{self.stage}"

    @property
    def url(self):
        return self.endpoint + self.prefix

    def routes(self):
        """(route, the function that answers it), those without `{names}` first."""
        for route in sorted(self.api.routes.values(), key=lambda one: "{" in one.route_key):
            yield route.route_key, self.api.integrations[route.target.removeprefix("integrations/")].integration_uri

    def cors(self, headers, method):
        """The headers that CORS adds to an answer, and whether the request is only about them."""
        given, origin = self.api.cors_configuration or {}, headers.get("origin")
        if not origin or not {origin, "*"} & set(given.get("allowOrigins", [])):
            return {}, False
        found = {"access-control-allow-origin": origin}
        if given.get("allowCredentials"):
            found["access-control-allow-credentials"] = "true"
        if method != "OPTIONS" or "access-control-request-method" not in headers:
            return found, False
        found["access-control-allow-methods"] = ",".join(given.get("allowMethods", []))
        found["access-control-allow-headers"] = ",".join(given.get("allowHeaders", []))
        if "maxAge" in given:
            found["access-control-max-age"] = str(given["maxAge"])
        return found, True

    def answer(self, method, target, headers, body):
        """(status, headers, body) of a request."""
        path, _, query = target.partition("?")
        added, preflight = self.cors(headers, method)
        if preflight:
            return 204, added, b""
        inner = path.removeprefix(self.prefix)
        for route, function in self.routes():
            values = matches(route, method, inner)
            if values is not None and path.startswith(self.prefix):
                status, own, body = self.call(function, self.event(route, method, path, query, headers, body, values))
                return status, {**own, **added}, body
        return 404, added, b'{"message":"Not Found"}'

    def event(self, route, method, path, query, headers, body, values):
        now = time.time()
        pairs = urllib.parse.parse_qs(query, keep_blank_values=True)
        event = {
            "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": query, "headers": headers, "isBase64Encoded": False,
            "requestContext": {
                "accountId": ACCOUNT, "apiId": self.api.api_id, "routeKey": route, "stage": self.stage, "requestId": str(uuid.uuid4()),
                "domainName": self.endpoint.removeprefix("http://"), "timeEpoch": int(now * 1000),
                "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
                "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": headers.get("user-agent", "")}}}
        if pairs:
            event["queryStringParameters"] = {key: ",".join(value) for key, value in pairs.items()}
        if values:
            event["pathParameters"] = values
        if body:
            try:
                event["body"] = body.decode()
            except UnicodeDecodeError:
                event.update(body=base64.b64encode(body).decode(), isBase64Encoded=True)
        return event

    def call(self, function, event):
        answer = self.lab.client("lambda", self.region).invoke(FunctionName=function, Payload=json.dumps(event))
        told = json.loads(answer["Payload"].read() or b"null")
        if "FunctionError" in answer:
            return 500, {}, b'{"message":"Internal Server Error"}'
        if not isinstance(told, dict) or "statusCode" not in told:
            return 200, {"content-type": "application/json"}, json.dumps(told).encode()
        body = told.get("body", "").encode()
        return told["statusCode"], told.get("headers", {}), base64.b64decode(body) if told.get("isBase64Encoded") else body


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def handle_request(self):
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        status, own, text = self.server.gateway.answer(self.command, self.path, headers, body)
        self.send_response_only(status)
        for name, value in {**own, "content-length": str(len(text))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = handle_request


def install(lab):
    @patch(Api, "__init__", "35bac927", "nobody answers at the address that it gives an API")
    def init(original, self, region, *rest, **options):
        original(self, region, *rest, **options)
        lab.gateways[self.api_id] = Gateway(lab, self, region)
        self.api_endpoint = lab.gateways[self.api_id].endpoint
