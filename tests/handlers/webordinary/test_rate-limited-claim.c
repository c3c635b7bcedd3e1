// A claim: free, expired, of the same thread, taken over from exactly one container, lost.
#include "../expect.h"

#define FIELDS                                                                                     \
    "{\"projectId\":\"amelia\",\"userId\":\"scott\",\"threadId\":\"t1\",\"messageId\":\"m1\","     \
    "\"attachments\":[]"
#define FREE FIELDS "}"
#define BUSY                                                                                       \
    FIELDS ",\"active\":{\"active\":true,\"sameThread\":false,\"containerId\":\"container-1-"      \
           "old\"}}"

static void refused_then(const char *put_answer, long status) {
    begin();
    wg_fake_expect(&fake, "UpdateItem", 400, REFUSED); // no job of this thread to renew
    wg_fake_expect(&fake, "PutItem", status, put_answer);
}

int main(void) {
    setenv("ACTIVE_JOBS_TABLE", "jobs", 1);
    setenv("INTERRUPTS_QUEUE_NAME", "webordinary-interrupts-{containerId}", 1);

    refused_then("{}", 200);
    wg_fake_expect(&fake, "CreateQueue", 200, "{\"QueueUrl\":\"u\"}");
    wg_fake_expect(&fake, "SetQueueAttributes", 200, "{}");
    const json_t *out = wg_fake_event(&fake, FREE);
    const char *container = wg_fake_at(&fake, out, "containerId");
    expect(out && wg_fake_done(&fake));
    expect_at(out, "projectUserId", "amelia#scott");
    expect(strncmp(container, "container-1700000000000-", 24) == 0 && strlen(container) == 32);
    expect_sent(1, "Item.projectUserId.S", "amelia#scott");
    expect_sent(1, "Item.containerId.S", container);
    expect_sent(1, "Item.threadId.S", "t1");
    expect_sent(1, "Item.claimedAt.N", "1700000000");
    expect_sent(1, "Item.expiresAt.N", "1700003600"); // an hour, in epoch seconds
    expect_sent(1, "ConditionExpression",
                "attribute_not_exists(#projectUserId) OR #expiresAt <= :now");
    expect_sent(1, "ExpressionAttributeNames.#expiresAt", "expiresAt");
    expect_sent(1, "ExpressionAttributeValues.:now.N", "1700000000");
    expect_sent(2, "QueueName", wg_text(&fake.context, "webordinary-interrupts-%s", container));
    expect_sent(2, "Attributes.SqsManagedSseEnabled", "true");
    expect(strstr(wg_fake_sent(&fake, 2, "Attributes.Policy"), "aws:SecureTransport"));
    expect(strstr(wg_fake_sent(&fake, 2, "Attributes.Policy"), container));
    expect(strstr(wg_fake_sent(&fake, 2, "Attributes.Policy"), ":123456789012:"));
    expect_sent(2, "tags.system", "webordinary");

    begin(); // the same thread: its time is renewed, its container stays
    wg_fake_expect(
        &fake, "UpdateItem", 200,
        "{\"Attributes\":{\"projectUserId\":{\"S\":\"amelia#scott\"},\"containerId\":{"
        "\"S\":\"c9\"},\"threadId\":{\"S\":\"t1\"},\"expiresAt\":{\"N\":\"1700003600\"}}}");
    out = wg_fake_event(&fake, FREE);
    expect(out && wg_fake_done(&fake));
    expect_at(out, "containerId", "c9");
    expect_sent(0, "ConditionExpression", "#threadId = :thread AND #expiresAt > :now");
    expect_sent(0, "ExpressionAttributeValues.:until.N", "1700003600");
    expect_sent(0, "ExpressionAttributeValues.:thread.S", "t1");

    refused_then("{}", 200); // interrupted: only from that container
    wg_fake_expect(&fake, "CreateQueue", 200, "{}");
    wg_fake_expect(&fake, "SetQueueAttributes", 200, "{}");
    expect(wg_fake_event(&fake, BUSY) && wg_fake_done(&fake));
    expect_sent(1, "ExpressionAttributeValues.:interrupted.S", "container-1-old");
    expect(strstr(wg_fake_sent(&fake, 1, "ConditionExpression"), "#containerId = :interrupted"));

    refused_then(REFUSED, 400); // the race is lost: an error that the workflow retries
    expect(!wg_fake_event(&fake, BUSY) && wg_fake_done(&fake));
    expect_error("JobAlreadyClaimed");

    refused_then(REFUSED, 400); // a job of the same thread is nobody's to interrupt
    expect(!wg_fake_event(&fake, FIELDS ",\"active\":{\"active\":true,\"sameThread\":true,"
                                        "\"containerId\":\"c9\"}}"));
    expect_sent(1, "ExpressionAttributeValues.:interrupted.S", "");

    refused_then("{}", 200); // without its queue a container could not be interrupted
    wg_fake_expect(&fake, "CreateQueue", 400, DENIED);
    expect(!wg_fake_event(&fake, FREE));
    expect_error("AccessDeniedException");

    unsetenv("ACTIVE_JOBS_TABLE");
    begin();
    expect(!wg_fake_event(&fake, FREE) && wg_fake_done(&fake));
    expect_error("Misconfigured");
    return report();
}
