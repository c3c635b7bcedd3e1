"""The session service answers over HTTP as its document says, in both environments."""

import json
import urllib.error
import urllib.request
import time

import pytest

VERSION = "0.1.0"
BODY = {"user_id": "user123", "provider": "google", "oauth_tokens": {"access_token": "test_token"}, "user_info": {"email": "user@example.com"}}


@pytest.fixture(scope="module", params=["staging", "production"])
def api(request, deploy):
    return deploy("hybrid-ci-cd", request.param)


def ask(api, method, path, body=None, **headers):
    """(status, headers, body) of a request."""
    given = urllib.request.Request(api.gateways["main"].url + path, method=method, data=body if body is None or isinstance(body, bytes) else json.dumps(body).encode(),
                                   headers={"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}})
    try:
        with urllib.request.urlopen(given, timeout=600) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, dict(answer.headers), answer.read()


def session(api, **more):
    status, _, body = ask(api, "POST", "/auth/session", {**BODY, **more})
    assert status == 200, body
    return json.loads(body)


def bearer(one):
    return {"Authorization": f"Bearer {one['session_id']}"}


def test_health_word_for_word(api):
    status, headers, body = ask(api, "GET", "/health")
    assert (status, body) == (200, b'{"status":"healthy","version":"%s"}' % VERSION.encode())
    assert headers["content-type"] == "application/json"


def test_a_session_is_created_and_valid(api):
    one = session(api)
    assert one["user_id"] == "user123" and one["expires_at"] - one["created_at"] == 24 * 3600
    status, _, body = ask(api, "POST", "/auth/validate", {"session_id": one["session_id"]})
    assert status == 200 and body.startswith(b'{"valid":true,"user_id":"user123",')
    assert json.loads(ask(api, "POST", "/auth/validate", {"session_id": "nobody's"})[2]) == {"valid": False}


def test_tokens_are_not_stored(api):
    one = session(api)
    item = api.client("dynamodb").get_item(TableName=api.name("sessions"), Key={"session_id": {"S": one["session_id"]}})["Item"]
    assert "test_token" not in json.dumps(item) and "user@example.com" not in json.dumps(item)
    assert abs(int(item["expires_at"]["N"]) - time.time() - 24 * 3600) < 60
    logged = [e["message"] for e in api.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{api.name('api')}")["events"]]
    assert logged and "test_token" not in "".join(logged)


def test_an_expired_session_is_not_valid(api):
    one = session(api)
    api.client("dynamodb").update_item(
        TableName=api.name("sessions"), Key={"session_id": {"S": one["session_id"]}}, UpdateExpression="SET expires_at = :then",
        ExpressionAttributeValues={":then": {"N": str(int(time.time()) - 1)}})
    assert json.loads(ask(api, "POST", "/auth/validate", {"session_id": one["session_id"]})[2]) == {"valid": False}
    assert ask(api, "GET", "/auth/sessions", **bearer(one))[0] == 401


def test_sessions_of_a_user_and_force_logout(api):
    mine, other = [session(api, user_id="ann") for _ in range(3)], session(api, user_id="bob")
    status, _, body = ask(api, "GET", "/auth/sessions", **bearer(mine[0]))
    listed = json.loads(body)
    assert status == 200 and {s["session_id"] for s in listed["sessions"]} == {s["session_id"] for s in mine}
    assert ask(api, "GET", "/auth/sessions?user_id=bob", **bearer(mine[0]))[0] == 403
    assert json.loads(ask(api, "DELETE", "/auth/sessions", **bearer(mine[0]))[2]) == {"user_id": "ann", "deleted": 3}
    for one in mine:
        assert json.loads(ask(api, "POST", "/auth/validate", {"session_id": one["session_id"]})[2]) == {"valid": False}
    assert json.loads(ask(api, "POST", "/auth/validate", {"session_id": other["session_id"]})[2])["valid"] is True


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"user_id": 7, "provider": "google"}', b'{"user_id": "u"}'])
def test_bad_requests(api, body):
    status, _, text = ask(api, "POST", "/auth/session", body)
    assert status == 400 and "message" in json.loads(text)


def test_what_is_not_there(api):
    assert ask(api, "GET", "/nowhere")[0] == 404
    assert ask(api, "GET", "/auth/sessions")[0] == 401


def test_cors(api):
    origin = {"Origin": "https://localhost:3000"}
    status, headers, _ = ask(api, "OPTIONS", "/auth/session", **origin, Access_Control_Request_Method="POST")
    assert status == 204 and headers["access-control-allow-origin"] == origin["Origin"] and "POST" in headers["access-control-allow-methods"]
    assert ask(api, "GET", "/health", **origin)[1]["access-control-allow-origin"] == origin["Origin"]
    assert "access-control-allow-origin" not in ask(api, "GET", "/health", Origin="https://evil.example")[1]
