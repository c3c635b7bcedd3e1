// Cleaned up, recorded, sent: in this order, and the message whole.
#include "../expect.h"

#define EVENT                                                                                      \
    "{\"job\":{\"projectId\":\"amelia\",\"userId\":\"scott\",\"threadId\":\"t1\",\"messageId\":"   \
    "\"m1\",\"attachments\":[],\"subject\":\"more\"},\"containerId\":\"c9\",\"reason\":\"States."  \
    "HeartbeatTimeout\"}"

static void steps(long delete_status, const char *delete_answer) {
    begin();
    wg_fake_expect(&fake, "DeleteItem", delete_status, delete_answer);
    wg_fake_expect(&fake, "DeleteQueue", 200, "{}");
    wg_fake_expect(&fake, "UpdateItem", 200,
                   "{\"Attributes\":{\"messageId\":{\"S\":\"m1\"},\"timedOutAt\":{\"N\":\"1\"}}}");
}

int main(void) {
    setenv("ACTIVE_JOBS_TABLE", "jobs", 1);
    setenv("INTERRUPTIONS_TABLE", "interruptions", 1);
    setenv("INTERRUPTS_QUEUE_NAME", "webordinary-interrupts-{containerId}", 1);
    setenv("DLQ_QUEUE_NAME", "webordinary-dlq-{project}-{user}", 1);

    steps(200, "{}");
    wg_fake_expect(&fake, "SendMessage", 200, "{}");
    expect(wg_fake_event(&fake, EVENT) && wg_fake_done(&fake));
    expect_sent(0, "Key.projectUserId.S", "amelia#scott");
    expect_sent(0, "ConditionExpression", "#containerId = :container");
    expect_sent(0, "ExpressionAttributeValues.:container.S", "c9");
    expect_sent(1, "QueueUrl",
                "https://sqs.us-west-2.amazonaws.com/123456789012/webordinary-interrupts-c9");
    expect_sent(2, "Key.messageId.S", "m1");
    expect_sent(2, "ExpressionAttributeValues.:reason.S", "States.HeartbeatTimeout");
    expect_sent(2, "ExpressionAttributeValues.:until.N", "1702592000");
    expect(strstr(wg_fake_sent(&fake, 2, "UpdateExpression"),
                  "#recordId = if_not_exists(#recordId, :record)"));
    expect_sent(3, "QueueUrl",
                "https://sqs.us-west-2.amazonaws.com/123456789012/webordinary-dlq-amelia-scott");
    expect_sent(3, "MessageAttributes.reason.StringValue", "States.HeartbeatTimeout");
    expect_sent(3, "MessageGroupId", ""); // it is no FIFO queue
    json_t *body = json_loads(wg_fake_sent(&fake, 3, "MessageBody"), 0, NULL);
    expect_at(body, "job.messageId", "m1");
    expect_at(body, "job.subject", "more"); // what no type names is not lost
    expect_at(body, "reason", "States.HeartbeatTimeout");
    json_decref(body);

    steps(400, REFUSED); // another container's by now: that job is left alone
    wg_fake_expect(&fake, "SendMessage", 200, "{}");
    expect(wg_fake_event(&fake, EVENT) && wg_fake_done(&fake));

    steps(200, "{}");
    wg_fake_expect(&fake, "SendMessage", 400, NO_QUEUE);
    expect(!wg_fake_event(&fake, EVENT) && wg_fake_done(&fake));
    expect_error("QueueMissing");

    begin(); // its queue is gone already
    wg_fake_expect(&fake, "DeleteItem", 200, "{}");
    wg_fake_expect(&fake, "DeleteQueue", 400, NO_QUEUE);
    wg_fake_expect(&fake, "UpdateItem", 200, "{\"Attributes\":{}}");
    wg_fake_expect(&fake, "SendMessage", 200, "{}");
    expect(wg_fake_event(&fake, EVENT) && wg_fake_done(&fake));

    begin(); // nothing is sent before it is cleaned up
    wg_fake_expect(&fake, "DeleteItem", 400, DENIED);
    expect(!wg_fake_event(&fake, EVENT) && wg_fake_done(&fake));
    return report();
}
