// check-active-job.c - is the container of this user busy, and with which thread? A job whose time
// is over is none: DynamoDB removes it when it comes to it.
#include "check-active-job.gen.h"

#include <string.h>

bool handle_check_active_job(WgContext *ctx, const Job *in, CheckActiveJobOutput *out) {
    ActiveJobsItem job;
    const char *user = wg_text(ctx, "%s#%s", in->projectId, in->userId);
    WgStatus status = active_jobs_get(ctx, user, &job);
    if (status == WG_FAILED)
        return false;
    if (status == WG_NONE || job.expiresAt <= wg_now(ctx))
        return true; // not active
    out->active = true;
    out->sameThread = job.threadId && strcmp(job.threadId, in->threadId) == 0;
    out->containerId = job.containerId;
    return true;
}
