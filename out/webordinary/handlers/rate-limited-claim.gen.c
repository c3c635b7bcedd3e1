// rate-limited-claim.gen.c - rate-limited-claim of webordinary as a program. Made by wgen from the spec;
// edit that.
#include "rate-limited-claim.gen.h"

static const WgField RateLimitedClaimOutput_fields[] = {
    {"containerId", &wg_string_type, offsetof(RateLimitedClaimOutput, containerId), false},
    {"projectUserId", &wg_string_type, offsetof(RateLimitedClaimOutput, projectUserId), false},
    {NULL, NULL, 0, false},
};
static const WgType RateLimitedClaimOutput_type = {
    WG_KIND_STRUCT, sizeof(RateLimitedClaimOutput), NULL, RateLimitedClaimOutput_fields,
    sizeof RateLimitedClaimOutput_fields / sizeof *RateLimitedClaimOutput_fields - 1,
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

const WgTable active_jobs_table = {
    .variable = "ACTIVE_JOBS_TABLE",
    .item = &ActiveJobsItem_type,
    .key = "projectUserId",
    .ttl = "expiresAt",
    .ttl_after = 3600,
};

const WgQueue interrupts_queue = {
    .variable = "INTERRUPTS_QUEUE_NAME",
    .places = (const char *const[]){ "containerId", NULL},
    .made = "{\"attributes\":{\"VisibilityTimeout\":30,\"MessageRetentionPeriod\":345600,\"SqsManagedSseEnabled\":true,\"Policy\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"TlsOnly\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"arn:$(partition):sqs:us-west-2:$(account):webordinary-interrupts-$(containerId)\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}},\"tags\":{\"system\":\"webordinary\"}}",
};

static bool call(WgContext *ctx, const void *in, void *out) {
    return handle_rate_limited_claim(ctx, in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "rate-limited-claim",
    .system = "webordinary",
    .input = &Job_type,
    .output = &RateLimitedClaimOutput_type,
    .call = call,
};
