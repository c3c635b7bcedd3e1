"""What libcurl signs, checked as AWS does: SigV4 recomputed from the bytes that came over the wire.
The handlers `intake` and `process-attachment` ask for objects with difficult names and put one.

usage: signed.py INTAKE PROCESS_ATTACHMENT"""
import hashlib
import hmac
import http.server
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse

KEY, SECRET, TOKEN = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "a+b/c=="
MAIL = (b"To: amelia.scott@w.com\r\nMessage-ID: <m1@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"a b.txt\"\r\n\r\n"
        + b"x" * 2000000 + b"\r\n--b--\r\n")
IDENTITY, ROLE = "eyJ.a+b/c_d-e=.f", "arn:aws:iam::123456789012:role/deep/container"
problems, seen, stored = [], [], {}


def verify(handler, body):
    """Why the request's signature is wrong, or None."""
    fields = dict(p.strip().split("=", 1) for p in
                  handler.headers["Authorization"].split(" ", 1)[1].split(","))
    scope = fields["Credential"].split("/")
    signed = fields["SignedHeaders"].split(";")
    missing = [h for h in signed if h not in handler.headers and h != "host"]
    if missing:
        return f"signed and not sent: {missing}"
    if handler.headers.get("X-Amz-Security-Token") != TOKEN or "x-amz-security-token" not in signed:
        return "the session's token is not signed"
    path = handler.path.split("?")[0]
    payload = hashlib.sha256(body).hexdigest()
    if scope[3] == "s3" and handler.headers.get("x-amz-content-sha256") != payload:
        return "x-amz-content-sha256 is not that of the body"
    canonical = "\n".join([handler.command, path, "",
                           *(f"{h}:{' '.join(handler.headers[h].split())}" for h in signed), "",
                           ";".join(signed), payload])
    text = "\n".join(["AWS4-HMAC-SHA256", handler.headers["X-Amz-Date"], "/".join(scope[1:]),
                      hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in scope[1:]:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    good = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return None if good == fields["Signature"] and scope[0] == KEY else "the signature is another"


class Aws(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if b"AssumeRole" in body:
            self.hand_out(urllib.parse.parse_qs(body.decode()))
            return
        problem = verify(self, body)
        what = self.headers.get("X-Amz-Target", f"{self.command} {self.path}")
        seen.append(what)
        if problem:
            problems.append(f"{what}: {problem}")
        status, answer = (403, b"") if problem else (200, b"{}")
        if self.command == "GET" and not problem:
            answer = MAIL
        if self.command == "PUT":
            stored[urllib.parse.unquote(self.path)] = body
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_PUT = do_POST = do_DELETE = handle_any

    def hand_out(self, form):
        """STS, which knows one identity; its answer is shaped as AWS's."""
        Keys.asked.append("sts")
        fine = "Authorization" not in self.headers and {name: value for name, (value,) in form.items()} == {
            "Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15", "RoleArn": ROLE, "RoleSessionName": "wgen", "WebIdentityToken": IDENTITY}
        answer = (f"""<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
<AssumedRoleUser><Arn>{ROLE}/wgen</Arn></AssumedRoleUser><Credentials><SessionToken>{TOKEN}</SessionToken><SecretAccessKey>{SECRET}</SecretAccessKey>
<Expiration>{Keys.ends}</Expiration><AccessKeyId>{KEY}</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"""
                  if fine else "<ErrorResponse><Error><Code>InvalidIdentityToken</Code></Error></ErrorResponse>").encode()
        self.send_response(200 if fine else 400)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


class Keys(Aws):
    """What hands out keys: a container's endpoint, and a machine's metadata."""
    asked, ends = [], "2999-01-01T00:00:00Z"

    def do_GET(self):
        path = self.path
        Keys.asked.append(path)
        allowed = self.headers.get("Authorization") == "first" if path == "/container" else self.headers.get("X-aws-ec2-metadata-token") == "session"
        body = b"role" if path.endswith("/") else json.dumps(
            {"AccessKeyId": KEY, "SecretAccessKey": SECRET, "Token": TOKEN, "Expiration": Keys.ends}).encode()
        self.reply(200 if allowed else 401, body)

    def do_PUT(self):
        Keys.asked.append(self.path)
        self.reply(200 if self.headers.get("X-aws-ec2-metadata-token-ttl-seconds") else 400, b"session")

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Runtime(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    events, posted = [], []

    def log_message(self, *_):
        pass

    def do_GET(self):
        body = Runtime.events.pop(0).encode() if Runtime.events else None
        self.send_response(200 if body else 500)
        self.send_header("Lambda-Runtime-Aws-Request-Id", "r-1")
        self.send_header("Lambda-Runtime-Trace-Id", "Root=1-5;Sampled=1")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Runtime.posted.append((self.path.rsplit("/", 1)[1], json.loads(body)))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()


def serve(handler, certificate=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # a client that does not trust us ends the connection
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"127.0.0.1:{server.server_address[1]}"


def run(program, aws, api, *events, **variables):
    Runtime.events, Runtime.posted = [json.dumps(e) for e in events], []
    env = dict(os.environ, AWS_LAMBDA_RUNTIME_API=api, AWS_ENDPOINT_URL=aws,
               AWS_REGION="us-west-2", AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=SECRET,
               AWS_SESSION_TOKEN=TOKEN, AWS_ACCOUNT_ID="123456789012", SES_EMAILS_BUCKET="mails", AWS_EC2_METADATA_DISABLED="false",
               EMAIL_PROCESSOR_ARN="arn:aws:states:us-west-2:123456789012:stateMachine:m",
               INPUT_QUEUE_NAME="webordinary-input-{project}-{user}.fifo")
    env.update(variables)
    subprocess.run([program], env=env, stdout=subprocess.DEVNULL, timeout=600, check=True)
    return Runtime.posted


def check_tls(event, api):
    """Over TLS it asks whom it trusts, and nobody else."""
    with tempfile.TemporaryDirectory() as folder:
        pem = folder + "/own.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", pem, "-out", folder + "/certificate.pem",
                        "-days", "2", "-subj", "/CN=own", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        with open(folder + "/certificate.pem") as certificate, open(pem, "a") as both:
            both.write(certificate.read())
        aws = "https://" + serve(Aws, pem)
        before = len(seen)
        refused = run(sys.argv[1], aws, api, event)
        strange = len(seen) != before
        trusted = run(sys.argv[1], aws, api, event, AWS_CA_BUNDLE=folder + "/certificate.pem")
    fine = not strange and refused[0][0] == "error" and trusted[0][0] == "response"
    if not fine:
        print("TLS:", strange, refused, trusted)
    return fine


def check_keys(events, aws, api):
    """Without keys in the environment, those that are handed out sign; they are asked for once."""
    none = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": ""}
    there, fine = "http://" + serve(Keys), True
    with tempfile.NamedTemporaryFile("w", suffix=".token") as token, tempfile.NamedTemporaryFile("w", suffix=".token") as identity:
        for file, text in ((token, "first\n"), (identity, IDENTITY)):
            file.write(text)
            file.flush()
        web = {"AWS_WEB_IDENTITY_TOKEN_FILE": identity.name, "AWS_ROLE_ARN": ROLE}
        for given, wanted in (
                ({**web, "AWS_CONTAINER_CREDENTIALS_FULL_URI": there + "/container"}, ["sts"]),
                ({"AWS_CONTAINER_CREDENTIALS_FULL_URI": there + "/container", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": token.name}, ["/container"]),
                ({"AWS_EC2_METADATA_SERVICE_ENDPOINT": there}, ["/latest/api/token", "/latest/meta-data/iam/security-credentials/",
                                                                "/latest/meta-data/iam/security-credentials/role"])):
            Keys.asked = []
            posted = run(sys.argv[1], aws, api, *events, **none, **given)
            if [what for what, _ in posted] != ["response"] * len(events) or Keys.asked != wanted:
                fine = False
                print("keys:", posted, Keys.asked)
        Keys.asked = []  # a role that is not given is no reason to be somebody else
        posted = run(sys.argv[1], aws, api, events[0], **none, **{**web, "AWS_ROLE_ARN": ROLE + "s"}, AWS_CONTAINER_CREDENTIALS_FULL_URI=there + "/container")
        if posted[0][0] != "error" or "there are no credentials" not in posted[0][1]["errorMessage"] or set(Keys.asked) != {"sts"}:
            fine = False
            print("no keys:", posted, Keys.asked)
    return fine


def main():
    aws, api = "http://" + serve(Aws), serve(Runtime)
    keys = ["plain", "a b+c@d=ü.eml", "%41", "a//b", "~!*'();:,$&#?[]", "日本語/é", "a.b-c_d~e", "x" * 900, "../up", "a/../b/./c"]
    records = [{"Records": [{"s3": {"bucket": {"name": "mails"}, "object": {
        "key": urllib.parse.quote_plus("emails/" + key, safe="/")}}}]} for key in keys]
    posted = run(sys.argv[1], aws, api, *records)
    passed = sum(what == "response" for what, _ in posted)
    for key, (what, answer) in zip(keys, posted):
        if what != "response":
            print(f"{key[:40]}: {answer}")
    wanted = [f"/mails/emails/{key}" for key in keys]
    got = [urllib.parse.unquote(what[4:]) for what in seen if what.startswith("GET ")]
    passed += got == wanted
    if got != wanted:
        print("asked for", got)
    posted = run(sys.argv[2], aws, api, {"bucket": "mails", "key": "emails/plain", "messageId": "m", "index": 0})
    whole = [body for body in stored.values()] == [b"x" * 2000000]
    passed += whole and posted[0][0] == "response"
    if not whole:
        print("stored", {k: len(v) for k, v in stored.items()}, posted)
    passed += check_tls(records[0], api)
    passed += check_keys(records[:2], aws, api)
    passed += not problems
    print("\n".join(problems))
    total = len(keys) + 5
    print(f"{passed} passed, {total - passed} failed")
    return passed != total


if __name__ == "__main__":
    sys.exit(main())
