// Batches: only what failed comes again; in a FIFO queue, so does what stands behind it.
#include "../expect.h"

#define RECORD(id, body, queue)                                                                    \
    "{\"messageId\":\"" id "\",\"body\":\"" body                                                   \
    "\",\"receiptHandle\":\"r\",\"eventSourceARN\":\"arn:aws:sqs:r:1:" queue                       \
    "\",\"attributes\":{\"ApproximateReceiveCount\":\"2\",\"MessageGroupId\":\"g\"}}"
#define BATCH(queue)                                                                               \
    "{\"Records\":[" RECORD("1", "ok", queue) "," RECORD("2", "bad", queue) "," RECORD(            \
        "3", "ok", queue) "," RECORD("4", "bad", queue) "]}"

// What Step Functions would not take is told it, and in as many bytes as it takes.
static void tokens(void) {
    static char big[300001];
    memset(big, 'x', sizeof big - 1);
    begin();
    wg_fake_expect(&fake, "SendTaskFailure", 200, "{}");
    json_t *out = json_string(big);
    expect(wg_token_succeed(&fake.context, "T", out) == WG_OK && wg_fake_done(&fake));
    json_decref(out);
    expect_sent(0, "error", "ResponseTooLarge");
    expect_sent(0, "cause", "300002 bytes, 262144 are the most");
    begin();
    wg_fake_expect(&fake, "SendTaskFailure", 200, "{}");
    memcpy(big + 255, "\xc3\xa9", 2); // half of it would be the last byte
    expect(wg_token_fail(&fake.context, "T", big, NULL) == WG_OK);
    expect(strlen(wg_fake_sent(&fake, 0, "error")) == 255);
    expect_sent(0, "cause", "");
}

int main(void) {
    tokens();
    begin();
    const json_t *out = wg_fake_event(&fake, BATCH("work"));
    expect_at(out, "batchItemFailures", "[{\"itemIdentifier\":\"2\"},{\"itemIdentifier\":\"4\"}]");
    expect(!fake.context.error);
    begin();
    out = wg_fake_event(&fake, BATCH("work.fifo"));
    expect_at(out, "batchItemFailures",
              "[{\"itemIdentifier\":\"2\"},{\"itemIdentifier\":\"3\"},{\"itemIdentifier\":\"4\"}]");
    begin();
    fake.context.deadline_ms = fake.now_ms + 100; // too late to begin: all of it comes again
    expect_at(wg_fake_event(&fake, "{\"Records\":[" RECORD("1", "ok", "work") "]}"),
              "batchItemFailures", "[{\"itemIdentifier\":\"1\"}]");
    begin(); // whose fault it is comes again, and nothing else
    expect_at(wg_fake_event(&fake, "{\"Records\":[" RECORD("1", "odd", "work") "," RECORD(
                                       "2", "ok", "work") "]}"),
              "batchItemFailures", "[{\"itemIdentifier\":\"1\"}]");
    begin();
    expect_at(wg_fake_event(&fake, "{\"Records\":[]}"), "batchItemFailures", "[]");
    begin();
    expect_at(wg_fake_event(&fake, "{}"), "batchItemFailures", "[]");
    return report();
}
