// What is recorded, and for how long.
#include "../expect.h"

int main(void) {
    setenv("INTERRUPTIONS_TABLE", "interruptions", 1);
    begin();
    wg_fake_expect(&fake, "PutItem", 200, "{}");
    const json_t *out = wg_fake_event(
        &fake, "{\"job\":{\"projectId\":\"amelia\",\"userId\":\"scott\",\"threadId\":\"t1\","
               "\"messageId\":\"m1\",\"attachments\":[]},\"containerId\":\"c9\"}");
    expect(out && wg_fake_done(&fake));
    expect_sent(0, "Item.messageId.S", "m1");
    expect_sent(0, "Item.interruptedContainer.S", "c9");
    expect_sent(0, "Item.newThreadId.S", "t1");
    expect_sent(0, "Item.timestamp.N", "1700000000");
    expect_sent(0, "Item.ttl.N", "1702592000"); // 30 days
    expect_sent(0, "Item.recordId.S", wg_fake_at(&fake, out, "recordId"));
    expect(strncmp(wg_fake_at(&fake, out, "recordId"), "interruption-", 13) == 0);
    return report();
}
