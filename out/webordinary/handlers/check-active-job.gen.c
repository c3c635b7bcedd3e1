// check-active-job.gen.c - check-active-job of webordinary as a program. Made by wgen from the spec;
// edit that.
#include "check-active-job.gen.h"

static const WgType CheckActiveJobOutput_containerId = { WG_KIND_OPTIONAL, sizeof(void *), &wg_string_type, NULL, 0};
static const WgField CheckActiveJobOutput_fields[] = {
    {"active", &wg_bool_type, offsetof(CheckActiveJobOutput, active), false},
    {"sameThread", &wg_bool_type, offsetof(CheckActiveJobOutput, sameThread), false},
    {"containerId", &CheckActiveJobOutput_containerId, offsetof(CheckActiveJobOutput, containerId), false},
    {NULL, NULL, 0, false},
};
static const WgType CheckActiveJobOutput_type = {
    WG_KIND_STRUCT, sizeof(CheckActiveJobOutput), NULL, CheckActiveJobOutput_fields,
    sizeof CheckActiveJobOutput_fields / sizeof *CheckActiveJobOutput_fields - 1,
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

static bool call(WgContext *ctx, const void *in, void *out) {
    return handle_check_active_job(ctx, in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "check-active-job",
    .system = "webordinary",
    .input = &Job_type,
    .output = &CheckActiveJobOutput_type,
    .call = call,
};
