// Batches: only what failed comes again; in a FIFO queue, so does what stands behind it.
#include "../expect.h"

#define RECORD(id, body, queue)                                                                    \
    "{\"messageId\":\"" id "\",\"body\":\"" body                                                   \
    "\",\"receiptHandle\":\"r\",\"eventSourceARN\":\"arn:aws:sqs:r:1:" queue                       \
    "\",\"attributes\":{\"ApproximateReceiveCount\":\"2\",\"MessageGroupId\":\"g\"}}"
#define BATCH(queue)                                                                               \
    "{\"Records\":[" RECORD("1", "ok", queue) "," RECORD("2", "bad", queue) "," RECORD(            \
        "3", "ok", queue) "," RECORD("4", "bad", queue) "]}"

int main(void) {
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
    begin();
    expect_at(wg_fake_event(&fake, "{\"Records\":[]}"), "batchItemFailures", "[]");
    begin();
    expect_at(wg_fake_event(&fake, "{}"), "batchItemFailures", "[]");
    return report();
}
