// handle-timeout.gen.c - handle-timeout of webordinary as a program. Made by wgen from the spec;
// edit that.
#include "handle-timeout.gen.h"

static const WgField HandleTimeoutInput_fields[] = {
    {"job", &Job_type, offsetof(HandleTimeoutInput, job), false},
    {"containerId", &wg_string_type, offsetof(HandleTimeoutInput, containerId), false},
    {"reason", &wg_string_type, offsetof(HandleTimeoutInput, reason), false},
    {NULL, NULL, 0, false},
};
static const WgType HandleTimeoutInput_type = {
    WG_KIND_STRUCT, sizeof(HandleTimeoutInput), NULL, HandleTimeoutInput_fields,
    sizeof HandleTimeoutInput_fields / sizeof *HandleTimeoutInput_fields - 1,
};

static const WgField ActiveJobsItem_fields[] = {
    {"projectUserId", &wg_string_type, offsetof(ActiveJobsItem, projectUserId), true},
    {"containerId", &wg_string_type, offsetof(ActiveJobsItem, containerId), true},
    {"threadId", &wg_string_type, offsetof(ActiveJobsItem, threadId), true},
    {"claimedAt", &wg_time_type, offsetof(ActiveJobsItem, claimedAt), true},
    {"expiresAt", &wg_time_type, offsetof(ActiveJobsItem, expiresAt), true},
    {NULL, NULL, 0, false},
};
static const WgType ActiveJobsItem_type = {
    WG_KIND_STRUCT, sizeof(ActiveJobsItem), NULL, ActiveJobsItem_fields,
    sizeof ActiveJobsItem_fields / sizeof *ActiveJobsItem_fields - 1,
};

static const WgField InterruptionsItem_fields[] = {
    {"messageId", &wg_string_type, offsetof(InterruptionsItem, messageId), true},
    {"recordId", &wg_string_type, offsetof(InterruptionsItem, recordId), true},
    {"interruptedContainer", &wg_string_type, offsetof(InterruptionsItem, interruptedContainer), true},
    {"newThreadId", &wg_string_type, offsetof(InterruptionsItem, newThreadId), true},
    {"timestamp", &wg_time_type, offsetof(InterruptionsItem, timestamp), true},
    {"ttl", &wg_time_type, offsetof(InterruptionsItem, ttl), true},
    {NULL, NULL, 0, false},
};
static const WgType InterruptionsItem_type = {
    WG_KIND_STRUCT, sizeof(InterruptionsItem), NULL, InterruptionsItem_fields,
    sizeof InterruptionsItem_fields / sizeof *InterruptionsItem_fields - 1,
};

const WgTable active_jobs_table = {
    .variable = "ACTIVE_JOBS_TABLE",
    .item = &ActiveJobsItem_type,
    .key = "projectUserId",
    .ttl = "expiresAt",
    .ttl_after = 3600,
};

const WgTable interruptions_table = {
    .variable = "INTERRUPTIONS_TABLE",
    .item = &InterruptionsItem_type,
    .key = "messageId",
    .ttl = "ttl",
    .ttl_after = 2592000,
};

const WgQueue dlq_queue = {
    .variable = "DLQ_QUEUE_NAME",
    .places = (const char *const[]){ "project", "user", NULL},
};

const WgQueue interrupts_queue = {
    .variable = "INTERRUPTS_QUEUE_NAME",
    .places = (const char *const[]){ "containerId", NULL},
    .made = "{\"attributes\":{\"VisibilityTimeout\":30,\"MessageRetentionPeriod\":345600,\"SqsManagedSseEnabled\":true,\"Policy\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"TlsOnly\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"arn:$(partition):sqs:us-west-2:$(account):webordinary-interrupts-$(containerId)\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}},\"tags\":{\"system\":\"webordinary\"}}",
};

static bool call(WgContext *ctx, const void *in, void *out) {
    return handle_handle_timeout(ctx, in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "handle-timeout",
    .system = "webordinary",
    .input = &HandleTimeoutInput_type,
    .call = call,
};
