// The document's requests and answers, word for word, and what it does not say.
#include "../expect.h"

#define STORED(id, user, until)                                                                    \
    "{\"session_id\":{\"S\":\"" id "\"},\"user_id\":{\"S\":\"" user                                \
    "\"},\"provider\":{\"S\":\"google\"},\"created_at\":{\"N\":\"1700000000\"},\"expires_at\":{"   \
    "\"N\":\"" until "\"}}"
#define ITEM(until) "{\"Item\":" STORED("s1", "user123", until) "}"
#define LATER "1700086400"

static json_t *request(const char *method, const char *path, const char *body, const char *bearer) {
    json_t *event =
        json_pack("{s:s,s:{s:s,s:{s:s,s:s,s:s}},s:{s:s},s:s}", "rawPath", path, "requestContext",
                  "stage", "staging", "http", "method", method, "path", path, "sourceIp", "1.2.3.4",
                  "headers", "Authorization", bearer, "body", body);
    char *text = json_dumps(event, 0);
    json_t *answer = wg_fake_event(&fake, text);
    free(text);
    json_decref(event);
    return answer;
}

static void health(void) {
    begin();
    const json_t *out = request("GET", "/staging/health", "", "");
    expect_at(out, "statusCode", "200");
    expect_at(out, "body", "{\"status\":\"healthy\",\"version\":\"0.1.0\"}");
    expect_at(out, "headers.content-type", "application/json");
    expect_at(request("GET", "/health", "", ""), "statusCode", "200");
    expect_at(request("POST", "/health", "", ""), "statusCode", "405");
    expect_at(request("GET", "/", "", ""), "statusCode", "404");
    expect_at(request("GET", "/staging/health/x", "", ""), "body", "{\"message\":\"Not Found\"}");
    expect_at(request("GET", "/stagingX/health", "", ""), "statusCode", "404");
    expect(wg_fake_done(&fake));
}

static void create(void) {
    begin();
    wg_fake_expect(&fake, "PutItem", 200, "{}");
    const json_t *out = request("POST", "/staging/auth/session",
                                "{\"user_id\": \"user123\", \"provider\": \"google\", "
                                "\"oauth_tokens\": {\"access_token\": \"test_token\"}, "
                                "\"user_info\": {\"email\": \"user@example.com\"}}",
                                "");
    expect_at(out, "statusCode", "200");
    const json_t *body = wg_parse(&fake.context, (WgBytes){wg_fake_at(&fake, out, "body"),
                                                           strlen(wg_fake_at(&fake, out, "body"))});
    expect(strlen(wg_fake_at(&fake, body, "session_id")) == 32);
    expect_at(body, "user_id", "user123");
    expect_at(body, "expires_at", LATER);
    expect_sent(0, "Item.session_id.S", wg_fake_at(&fake, body, "session_id"));
    expect_sent(0, "Item.expires_at.N", LATER); // a time to live: seconds, and in the future
    expect_sent(0, "ConditionExpression", "attribute_not_exists(#session_id)");
    expect(!strstr(fake.calls[0].request.body.data, "test_token")); // tokens are not stored
    const char *wrong[] = {"",
                           "{}",
                           "[]",
                           "{nope",
                           "{\"user_id\":5,\"provider\":\"google\"}",
                           "{\"user_id\":\"u\"}",
                           "{\"user_id\":\"\",\"provider\":\"google\"}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        begin();
        expect_at(request("POST", "/auth/session", wrong[i], ""), "statusCode", "400");
        expect(wg_fake_done(&fake));
    }
    begin();
    wg_fake_expect(&fake, "PutItem", 400, DENIED); // the reason is for the log
    out = request("POST", "/auth/session", "{\"user_id\":\"u\",\"provider\":\"g\"}", "");
    expect_at(out, "statusCode", "500");
    expect_at(out, "body", "{\"message\":\"Internal Server Error\"}");
}

static void validate(void) {
    begin();
    wg_fake_expect(&fake, "GetItem", 200, ITEM(LATER));
    const json_t *out = request("POST", "/auth/validate", "{\"session_id\": \"s1\"}", "");
    expect_at(
        out, "body",
        "{\"valid\":true,\"user_id\":\"user123\",\"provider\":\"google\",\"expires_at\":" LATER
        "}");
    begin(); // it has expired, and DynamoDB has not come to it yet
    wg_fake_expect(&fake, "GetItem", 200, ITEM("1700000000"));
    expect_at(request("POST", "/auth/validate", "{\"session_id\":\"s1\"}", ""), "body",
              "{\"valid\":false}");
    begin();
    wg_fake_expect(&fake, "GetItem", 200, "{}");
    expect_at(request("POST", "/auth/validate", "{\"session_id\":\"s1\"}", ""), "body",
              "{\"valid\":false}");
    begin();
    expect_at(request("POST", "/auth/validate", "{}", ""), "statusCode", "400");
}

static void list_and_end(void) {
    begin();
    wg_fake_expect(&fake, "GetItem", 200, ITEM(LATER));
    wg_fake_expect(
        &fake, "Query", 200,
        "{\"Items\":[" STORED("s1", "user123", LATER) "],\"LastEvaluatedKey\":{\"k\":1}}");
    wg_fake_expect(&fake, "Query", 200,
                   "{\"Items\":[" STORED("s2", "user123", LATER) "," STORED("old", "user123",
                                                                            "1600000000") "]}");
    const json_t *out = request("GET", "/auth/sessions", "", "Bearer s1");
    expect(wg_fake_done(&fake));
    expect_sent(1, "IndexName", "by-user");
    expect_sent(1, "ExpressionAttributeValues.:value.S", "user123");
    expect_sent(2, "ExclusiveStartKey.k", "1");
    const char *text = wg_fake_at(&fake, out, "body");
    const json_t *body = wg_parse(&fake.context, (WgBytes){text, strlen(text)});
    expect_at(body, "sessions.0.session_id", "s1");
    expect_at(body, "sessions.0.current", "true");
    expect_at(body, "sessions.1.session_id", "s2");
    expect_at(body, "sessions.1.current", "false");
    expect(json_array_size(json_object_get(body, "sessions")) == 2);

    begin(); // force logout: all of them, and the one that the index does not know yet
    wg_fake_expect(&fake, "GetItem", 200, ITEM(LATER));
    wg_fake_expect(&fake, "Query", 200, "{\"Items\":[" STORED("s2", "user123", LATER) "]}");
    wg_fake_expect(&fake, "DeleteItem", 200, "{}");
    wg_fake_expect(&fake, "DeleteItem", 200, "{}");
    out = request("DELETE", "/auth/sessions", "", "Bearer s1");
    expect(wg_fake_done(&fake));
    expect_at(out, "body", "{\"user_id\":\"user123\",\"deleted\":2}");
    expect_sent(2, "Key.session_id.S", "s2");
    expect_sent(3, "Key.session_id.S", "s1");

    const char *wrong[] = {"", "Bearer ", "Basic s1"};
    for (size_t i = 0; i < 3; i++) {
        begin();
        expect_at(request("DELETE", "/auth/sessions", "", wrong[i]), "statusCode", "401");
        expect(wg_fake_done(&fake));
    }
    begin();
    wg_fake_expect(&fake, "GetItem", 200, "{}");
    expect_at(request("GET", "/auth/sessions", "", "Bearer s9"), "statusCode", "401");
}

// More than are read at once: the caller stays logged in, to ask again.
static void many_to_end(void) {
    enum { MOST = 50 };
    begin();
    const char *items = STORED("s1", "user123", LATER);
    for (int i = 1; i < MOST; i++)
        items = wg_text(&fake.context,
                        "%s,{\"session_id\":{\"S\":\"o%d\"},\"user_id\":{\"S\":\"user123\"}}",
                        items, i);
    const char *answer =
        wg_text(&fake.context, "{\"Items\":[%s],\"LastEvaluatedKey\":{\"k\":1}}", items);
    wg_fake_expect(&fake, "GetItem", 200, ITEM(LATER));
    wg_fake_expect(&fake, "Query", 200, answer);
    for (int i = 1; i < MOST; i++)
        wg_fake_expect(&fake, "DeleteItem", 200, "{}");
    const json_t *out = request("DELETE", "/auth/sessions", "", "Bearer s1");
    expect(wg_fake_done(&fake));
    expect_at(out, "body", "{\"user_id\":\"user123\",\"deleted\":49,\"more\":true}");
}

int main(void) {
    setenv("SESSIONS_TABLE", "sessions", 1);
    health();
    create();
    validate();
    list_and_end();
    many_to_end();
    begin();
    expect(!wg_fake_event(&fake, "{}")); // no HTTP
    return report();
}
