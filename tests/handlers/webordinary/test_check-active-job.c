// No job, one of this thread, one of another, one whose time is over.
#include "../expect.h"

#define JOB                                                                                        \
    "{\"projectId\":\"amelia\",\"userId\":\"scott\",\"threadId\":\"t1\",\"messageId\":\"m1\","     \
    "\"attachments\":[]}"
#define ITEM(thread, until)                                                                        \
    "{\"Item\":{\"projectUserId\":{\"S\":\"amelia#scott\"},\"containerId\":{\"S\":\"c9\"},"        \
    "\"threadId\":{\"S\":\"" thread "\"},\"expiresAt\":{\"N\":\"" until "\"}}}"

static const json_t *ask(const char *answer) {
    begin();
    wg_fake_expect(&fake, "GetItem", 200, answer);
    return wg_fake_event(&fake, JOB);
}

int main(void) {
    setenv("ACTIVE_JOBS_TABLE", "webordinary-active-jobs", 1);
    const json_t *out = ask("{}");
    expect(wg_fake_done(&fake));
    expect_sent(0, "TableName", "webordinary-active-jobs");
    expect_sent(0, "Key.projectUserId.S", "amelia#scott");
    expect_sent(0, "ConsistentRead", "true");
    expect_at(out, "active", "false");
    expect_at(out, "containerId", "");

    out = ask(ITEM("t1", "1700000001"));
    expect_at(out, "active", "true");
    expect_at(out, "sameThread", "true");
    expect_at(out, "containerId", "c9");

    out = ask(ITEM("t2", "1700000001"));
    expect_at(out, "active", "true");
    expect_at(out, "sameThread", "false");
    expect_at(out, "containerId", "c9");

    out = ask(ITEM("t2", "1700000000")); // to the second
    expect_at(out, "active", "false");

    out =
        ask("{\"Item\":{\"projectUserId\":{\"S\":\"amelia#scott\"}}}"); // damaged: no time, no job
    expect_at(out, "active", "false");

    begin(); // a throttle is waited out
    wg_fake_expect(&fake, "GetItem", 400,
                   "{\"__type\":\"x#ProvisionedThroughputExceededException\"}");
    wg_fake_expect(&fake, "GetItem", 500, "");
    wg_fake_expect(&fake, "GetItem", 200, "{}");
    out = wg_fake_event(&fake, JOB);
    expect(out && wg_fake_done(&fake) && fake.slept_ms > 0);

    begin(); // and given up in the end
    for (int i = 0; i < 6; i++)
        wg_fake_expect(&fake, "GetItem", 503, "");
    expect(!wg_fake_event(&fake, JOB) && wg_fake_done(&fake));

    begin(); // what is not allowed is not tried again
    wg_fake_expect(&fake, "GetItem", 400, DENIED);
    expect(!wg_fake_event(&fake, JOB) && wg_fake_done(&fake));
    expect_error("AccessDeniedException");

    const char *wrong[] = {"{}",
                           "[]",
                           "5",
                           "null",
                           "{\"projectId\":5}",
                           "{\"projectId\":\"a\",\"userId\":\"b\",\"threadId\":\"c\",\"messageId\":"
                           "\"d\",\"attachments\":{}}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        begin();
        expect(!wg_fake_event(&fake, wrong[i]));
        expect_error("InvalidInput");
    }
    return report();
}
