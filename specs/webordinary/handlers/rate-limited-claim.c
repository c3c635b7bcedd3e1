// rate-limited-claim.c - makes this message's thread the active job of its user. That succeeds when
// there is no job, when its time is over, when it is of the same thread (its time is renewed), or
// when it belongs to exactly the container that has just been interrupted.
#include "rate-limited-claim.gen.h"

#include <string.h>

static bool answer(WgContext *ctx, const ActiveJobsItem *job, const char *what,
                   RateLimitedClaimOutput *out) {
    out->containerId = job->containerId;
    out->projectUserId = job->projectUserId;
    wg_log(ctx, WG_INFO, what, "projectUserId", job->projectUserId, "containerId", job->containerId,
           "threadId", job->threadId, NULL);
    return true;
}

// The same thread's job gets more time, and keeps its container.
static WgStatus renew(WgContext *ctx, const char *user, const char *thread, ActiveJobsItem *job) {
    WgTime now = wg_now(ctx);
    WgWhen same = {
        .expression = "#threadId = :thread AND #expiresAt > :now",
        .values = {{":thread", thread, 0},
                   {":now", NULL, now},
                   {":until", NULL, now + ACTIVE_JOBS_SECONDS}}
    };
    *job = (ActiveJobsItem){.projectUserId = user};
    return active_jobs_update(ctx, job, "SET #expiresAt = :until", &same);
}

static WgStatus claim(WgContext *ctx, const char *interrupted, const ActiveJobsItem *job) {
    WgWhen is_free = {.expression = "attribute_not_exists(#projectUserId) OR #expiresAt <= :now",
                      .values = {{":now", NULL, wg_now(ctx)}}};
    if (*interrupted) {
        is_free.expression = "attribute_not_exists(#projectUserId) OR #expiresAt <= :now OR "
                             "#containerId = :interrupted";
        is_free.values[1] = (WgValue){":interrupted", interrupted, 0};
    }
    return active_jobs_put(ctx, job, &is_free);
}

// The container that was found busy with another thread, and interrupted.
static const char *interrupted_container(WgContext *ctx) {
    const json_t *active = json_object_get(wg_event(ctx), "active");
    bool other = json_is_true(json_object_get(active, "active")) &&
                 !json_is_true(json_object_get(active, "sameThread"));
    return other ? wg_string(active, "containerId") : "";
}

bool handle_rate_limited_claim(WgContext *ctx, const Job *in, RateLimitedClaimOutput *out) {
    const char *user = wg_text(ctx, "%s#%s", in->projectId, in->userId);
    ActiveJobsItem job;
    WgStatus status = renew(ctx, user, in->threadId, &job);
    if (status == WG_OK)
        return answer(ctx, &job, "renewed", out);
    if (status == WG_FAILED)
        return false;
    job = (ActiveJobsItem){.projectUserId = user,
                           .containerId = wg_unique(ctx, "container"),
                           .threadId = in->threadId,
                           .claimedAt = wg_now(ctx)}; // expiresAt is set as the spec says
    status = claim(ctx, interrupted_container(ctx), &job);
    if (status == WG_FAILED)
        return false;
    if (status == WG_REFUSED)
        return wg_fail(ctx, JOB_ALREADY_CLAIMED, "%s is busy with another thread", user);
    // Its queue is there before its container is, so that an interrupt waits for it. One that comes
    // sooner finds none, and its thread takes the claim over all the same.
    if (interrupts_create(ctx, job.containerId) == WG_FAILED)
        return false;
    return answer(ctx, &job, "claimed", out);
}
