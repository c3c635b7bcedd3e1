// The message with its attributes; a container that is gone.
#include "../expect.h"

#define EVENT(container)                                                                           \
    "{\"job\":{\"projectId\":\"amelia\",\"userId\":\"scott\",\"threadId\":\"t1\",\"messageId\":"   \
    "\"m1\",\"attachments\":[]},\"containerId\":\"" container "\"}"

int main(void) {
    setenv("INTERRUPTS_QUEUE_NAME", "webordinary-interrupts-{containerId}", 1);
    begin();
    wg_fake_expect(&fake, "SendMessage", 200, "{\"MessageId\":\"1\"}");
    const json_t *out = wg_fake_event(&fake, EVENT("container-1-a"));
    expect(out && wg_fake_done(&fake));
    expect_at(out, "sent", "true");
    expect_sent(
        0, "QueueUrl",
        "https://sqs.us-west-2.amazonaws.com/123456789012/webordinary-interrupts-container-1-a");
    expect_sent(0, "MessageAttributes.type.StringValue", "interrupt");
    expect_sent(0, "MessageAttributes.newThreadId.StringValue", "t1");
    expect_sent(0, "MessageAttributes.projectUserId.StringValue", "amelia#scott");
    const json_t *body = json_loads(wg_fake_sent(&fake, 0, "MessageBody"), 0, NULL);
    expect_at(body, "containerId", "container-1-a");
    expect_at(body, "messageId", "m1");
    json_decref((json_t *)body);

    begin();
    wg_fake_expect(&fake, "SendMessage", 400, NO_QUEUE);
    out = wg_fake_event(&fake, EVENT("container-1-a"));
    expect(out && wg_fake_done(&fake));
    expect_at(out, "sent", "false");

    const char *wrong[] = {EVENT("../x"), EVENT(""), EVENT("a b"), EVENT("a/b"), EVENT("{x}")};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        begin(); // what goes into a URL is a word
        expect(!wg_fake_event(&fake, wrong[i]) && wg_fake_done(&fake));
        expect_error("InvalidName");
    }
    return report();
}
