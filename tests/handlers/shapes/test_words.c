// Types that are no struct, and the parts of the runtime that stand alone.
#include "../expect.h"
#include "wgen_credentials.h"

static const char *digest(const char *text) {
    return wg_digest(&fake.context, (WgBytes){text, strlen(text)});
}

static const char *encoded(const char *text) {
    return wg_encode_base64(&fake.context, (WgBytes){text, strlen(text)}).data;
}

static const char *decoded(const char *text) {
    WgBytes out;
    bool ok = wg_decode_base64(&fake.context, (WgBytes){text, strlen(text)}, &out);
    return ok ? out.data : "refused";
}

static void hashes(void) { // FIPS 180-4's own examples
    begin();
    expect_text(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                __LINE__);
    expect_text(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                __LINE__);
    expect_text(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", __LINE__);
    char *million = wg_alloc(&fake.context, 1000001);
    memset(million, 'a', 1000000);
    expect_text(digest(million), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
                __LINE__);
}

static void base64(void) { // RFC 4648's own examples
    static const char *const pairs[][2] = {
        {"",       ""        },
        {"f",      "Zg=="    },
        {"fo",     "Zm8="    },
        {"foo",    "Zm9v"    },
        {"foob",   "Zm9vYg=="},
        {"fooba",  "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"}
    };
    begin();
    for (size_t i = 0; i < 7; i++) {
        expect_text(encoded(pairs[i][0]), pairs[i][1], __LINE__);
        expect_text(decoded(pairs[i][1]), pairs[i][0], __LINE__);
    }
    expect_text(decoded("Zm\r\n9v"), "foo", __LINE__);
    expect_text(decoded("Zm9v!"), "refused", __LINE__);
    expect_text(decoded("Z"), "refused", __LINE__);
    expect_text(decoded("Zg==Zg"), "refused", __LINE__);
}

static WgStatus get(long first, const char *body, long second) {
    static const WgBucket bucket = {"NAME"};
    WgBytes object;
    begin();
    wg_fake_expect(&fake, "GET a%20b/c", first, body);
    if (second)
        wg_fake_expect(&fake, "GET a%20b/c", second, "x");
    setenv("NAME", "with.dots", 1); // which fits no certificate
    return wg_bucket_get(&fake.context, &bucket, "a b/c", &object);
}

static void buckets(void) {
    expect(get(200, "x", 0) == WG_OK);
    expect_text(fake.calls[0].request.url, "https://s3.us-west-2.amazonaws.com/with.dots/a%20b/c",
                __LINE__);
    expect(get(404, "", 0) == WG_NONE && !fake.context.error);
    expect(get(403, "", 0) == WG_FAILED && fake.context.error);
    expect(get(0, "", 200) == WG_OK && fake.slept_ms > 0); // cut, and whole the second time
    expect(get(503, "", 200) == WG_OK);
    begin();
    setenv("NAME", "plain", 1);
    static const WgBucket bucket = {"NAME"};
    wg_fake_expect(&fake, "PUT ", 200, "");
    wg_bucket_put(&fake.context, &bucket, "k?&#", (WgBytes){"", 0}, "text/plain");
    expect(wg_fake_done(&fake));
    expect_text(fake.calls[0].request.url, "https://plain.s3.us-west-2.amazonaws.com/k%3F%26%23",
                __LINE__);
}

// Time that is left bounds what is tried.
static void deadlines(void) {
    static const WgWorkflow workflow = {"ARN"};
    begin();
    setenv("ARN", "arn", 1);
    fake.context.deadline_ms = fake.now_ms + 100;
    expect(wg_workflow_start(&fake.context, &workflow, NULL,
                             wg_own(&fake.context, json_object())) == WG_FAILED);
    expect(fake.count == 0); // too late to begin
    expect_error("ServiceUnavailable");
    begin();
    fake.context.deadline_ms = fake.now_ms + 700;
    for (int i = 0; i < 6; i++)
        wg_fake_expect(&fake, "StartExecution", 503, "");
    wg_workflow_start(&fake.context, &workflow, NULL, wg_own(&fake.context, json_object()));
    expect(fake.now_ms < fake.context.deadline_ms);
}

#define KEYS(name)                                                                                 \
    "{\"AccessKeyId\":\"" name "\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":"      \
                               "\"2023-11-14T23:13:20Z\"}" // an hour from begin()

static const char *key(WgKeyring *ring) {
    WgKeys keys;
    return wg_keys(&fake.context, ring, &keys) ? keys.key : "none";
}

// They are asked for again before they end, and not in between; without newer ones the old ones do.
static void keys_of_a_container(void) {
    WgKeyring ring = {0};
    begin();
    setenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/id", 1);
    setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "secret", 1);
    wg_fake_expect(&fake, "GET id", 200, KEYS("one"));
    wg_fake_expect(&fake, "GET id", 500, "");
    wg_fake_expect(&fake, "GET id", 200, KEYS("two"));
    expect_text(key(&ring), "one", __LINE__);
    expect_text(fake.calls[0].request.url, "http://169.254.170.2/v2/id", __LINE__);
    fake.now_ms += 54 * 60 * 1000;
    expect_text(key(&ring), "one", __LINE__);
    expect(fake.count == 1);
    fake.now_ms += 2 * 60 * 1000;
    expect_text(key(&ring), "one", __LINE__);
    expect(fake.count == 2);
    fake.now_ms += 60 * 1000;
    expect_text(key(&ring), "two", __LINE__);
    expect(wg_fake_done(&fake));
    wg_keyring_free(&ring);
    unsetenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    unsetenv("AWS_CONTAINER_AUTHORIZATION_TOKEN");
}

static void keys_of_a_machine(void) {
    WgKeyring ring = {0};
    begin();
    wg_fake_expect(&fake, "PUT api/token", 200, "token");
    wg_fake_expect(&fake, "GET meta-data/iam/security-credentials/", 200, "role\n");
    wg_fake_expect(&fake, "GET meta-data/iam/security-credentials/role", 200, KEYS("machine"));
    expect_text(key(&ring), "machine", __LINE__);
    expect(wg_fake_done(&fake));
    wg_keyring_free(&ring);
    begin();
    wg_fake_expect(&fake, "PUT api/token", 0, "");
    expect_text(key(&ring), "none", __LINE__);
    begin();
    setenv("AWS_EC2_METADATA_DISABLED", "true", 1);
    expect_text(key(&ring), "none", __LINE__);
    expect(fake.count == 0);
    unsetenv("AWS_EC2_METADATA_DISABLED");
    setenv("AWS_ACCESS_KEY_ID", "lambda", 1);
    expect_text(key(&ring), "lambda", __LINE__);
    unsetenv("AWS_ACCESS_KEY_ID");
}

// What is put under a condition, by a try whose answer was lost: the next try finds its own item.
static void lost_answers(void) {
    static const WgField fields[] = {
        {"id",    &wg_string_type, 0, false},
        {"share", &wg_number_type, 8, false}
    };
    static const WgType type = {WG_KIND_STRUCT, 16, NULL, fields, 2};
    static const WgTable table = {.variable = "T", .item = &type, .key = "id"};
    static const char mine[] = "{\"__type\":\"x#ConditionalCheckFailedException\",\"Item\":"
                               "{\"id\":{\"S\":\"a\"},\"share\":{\"N\":\"0.1\"}}}";
    const struct {
        const char *id;
        double share;
    } item = {"a", 0.1};
    setenv("T", "table", 1);
    begin();
    wg_fake_expect(&fake, "PutItem", 0, "");
    wg_fake_expect(&fake, "PutItem", 400, mine);
    expect(wg_table_add(&fake.context, &table, &item) == WG_OK && wg_fake_done(&fake));
    expect_sent(0, "Item.share.N", "0.1");
    begin();
    wg_fake_expect(&fake, "PutItem", 500, "");
    wg_fake_expect(&fake, "PutItem", 400, REFUSED);
    expect(wg_table_add(&fake.context, &table, &item) == WG_REFUSED); // somebody else's
    begin();
    wg_fake_expect(&fake, "PutItem", 400, mine);
    expect(wg_table_add(&fake.context, &table, &item) == WG_REFUSED); // of another event
}

static void numbers(void) {
    static const char text[] = "[0.1,3,1e-7,9007199254740993,5.0,{\"x\":-2.5}]";
    begin();
    expect_text(
        wg_print(&fake.context, wg_parse(&fake.context, (WgBytes){text, strlen(text)})).data, text,
        __LINE__);
}

// A request that is sent twice is one execution, and one delivery.
static void once(void) {
    static const WgWorkflow workflow = {"ARN"};
    static const WgQueue queue = {.variable = "Q", .fifo = true};
    WgReceived message;
    begin();
    setenv("ARN", "arn", 1);
    setenv("Q", "q.fifo", 1);
    for (int i = 0; i < 2; i++)
        wg_fake_expect(&fake, "StartExecution", i ? 200 : 0, "{}");
    for (int i = 0; i < 2; i++)
        wg_fake_expect(&fake, "ReceiveMessage", i ? 200 : 0, "{}");
    wg_workflow_start(&fake.context, &workflow, NULL, wg_own(&fake.context, json_object()));
    expect(wg_queue_receive(&fake.context, &queue, NULL, 0, &message) == WG_NONE);
    expect(wg_fake_done(&fake));
    expect(strlen(wg_fake_sent(&fake, 0, "name")) == 32);
    expect_sent(1, "name", wg_fake_sent(&fake, 0, "name"));
    expect(strlen(wg_fake_sent(&fake, 2, "ReceiveRequestAttemptId")) == 32);
    expect_sent(3, "ReceiveRequestAttemptId", wg_fake_sent(&fake, 2, "ReceiveRequestAttemptId"));
}

// An error goes into JSON, a header and a workflow: it is UTF-8, and no longer than those take.
static void reasons(void) {
    begin();
    wg_fail(&fake.context, "Bad\xff", "%s", "caf\xc3\xa9 \xc3 \xed\xa0\x80 \xf0\x9f\x98\x80");
    expect_text(fake.context.error, "Bad?", __LINE__);
    expect_text(fake.context.reason, "caf\xc3\xa9 ? ??? \xf0\x9f\x98\x80", __LINE__);
    begin();
    char *text = wg_alloc(&fake.context, 40001);
    for (size_t i = 0; i < 40000; i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    wg_fail(&fake.context, "Long", "x%s", text);
    expect(strlen(fake.context.reason) == 32767);
}

static void sweep(void) {
    static const char *const places[] = {"containerId", NULL};
    static const WgQueue queue = {.variable = "Q", .places = places};
    size_t swept = 0;
    begin();
    setenv("Q", "app-interrupts-{containerId}", 1);
    wg_fake_expect(&fake, "ListQueues", 200, "{\"QueueUrls\":[\"u/1\",\"u/2\",\"u/3\"]}");
    wg_fake_expect(&fake, "GetQueueAttributes", 200,
                   "{\"Attributes\":{\"LastModifiedTimestamp\":\"1699990000\"}}");
    wg_fake_expect(&fake, "DeleteQueue", 200, "{}");
    wg_fake_expect(&fake, "GetQueueAttributes", 200,
                   "{\"Attributes\":{\"LastModifiedTimestamp\":\"1699999999\"}}");
    wg_fake_expect(&fake, "GetQueueAttributes", 400, NO_QUEUE); // gone meanwhile
    expect(wg_queue_sweep(&fake.context, &queue, 3600, &swept) == WG_OK && wg_fake_done(&fake));
    expect(swept == 1);
    expect_sent(0, "QueueNamePrefix", "app-interrupts-");
    expect_sent(2, "QueueUrl", "u/1");
    begin();
    setenv("Q", "{containerId}", 1); // would sweep everything there is
    expect(wg_queue_sweep(&fake.context, &queue, 3600, &swept) == WG_FAILED && fake.count == 0);
}

int main(void) {
    begin();
    expect_at(wg_fake_event(&fake, "[\"ab\",\"\",\"c\"]"), "", "3");
    begin();
    expect(!wg_fake_event(&fake, "[5]"));
    expect_text(fake.context.reason, "`[0]` must be a string", __LINE__);
    begin();
    expect(!wg_fake_event(&fake, "{}"));
    expect_text(fake.context.reason, "`it` must be a list", __LINE__);
    hashes();
    base64();
    buckets();
    deadlines();
    keys_of_a_container();
    keys_of_a_machine();
    lost_answers();
    numbers();
    once();
    reasons();
    sweep();
    return report();
}
