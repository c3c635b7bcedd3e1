// handle-timeout.c - a container did not answer, or said that it failed: its job is cleaned up, the
// fact is recorded, and the original message goes to the user's dead-letter queue with the reason.
// Each step may be done twice; the message is sent last, so that a step that fails is tried again.
#include "handle-timeout.gen.h"

// A job that is another container's by now is left alone.
static WgStatus clean_up(WgContext *ctx, const Job *job, const char *container) {
    ActiveJobsItem item = {.projectUserId = wg_text(ctx, "%s#%s", job->projectId, job->userId)};
    WgWhen mine = {.expression = "#containerId = :container",
                   .values = {{":container", container, 0}}};
    WgStatus status = active_jobs_delete(ctx, &item, &mine);
    if (status == WG_REFUSED)
        wg_log(ctx, WG_INFO, "the job is gone, or another container's", "projectUserId",
               item.projectUserId, "containerId", container, NULL);
    return status;
}

// The message may have a record already, of the container that it interrupted: that stays.
static WgStatus record(WgContext *ctx, const HandleTimeoutInput *in) {
    WgTime now = wg_now(ctx);
    InterruptionsItem item = {.messageId = in->job.messageId};
    WgWhen values = {
        .values = {{":record", wg_unique(ctx, "timeout"), 0},
                   {":container", in->containerId, 0},
                   {":thread", in->job.threadId, 0},
                   {":reason", in->reason, 0},
                   {":now", NULL, now},
                   {":until", NULL, now + INTERRUPTIONS_SECONDS}}
    };
    return interruptions_update(
        ctx, &item,
        "SET #recordId = if_not_exists(#recordId, :record), "
        "#interruptedContainer = if_not_exists(#interruptedContainer, :container), "
        "#newThreadId = if_not_exists(#newThreadId, :thread), "
        "#timestamp = if_not_exists(#timestamp, :now), #timedOutContainer = :container, "
        "#timedOutAt = :now, #reason = :reason, #ttl = :until",
        &values);
}

static WgStatus send_to_dlq(WgContext *ctx, const HandleTimeoutInput *in) {
    const Job *job = &in->job;
    json_t *original = json_object_get(wg_event(ctx), "job"); // with what the type does not name
    json_t *body =
        wg_own(ctx, json_pack("{s:O,s:s,s:s,s:I}", "job", original, "containerId", in->containerId,
                              "reason", in->reason, "failedAt", (json_int_t)wg_now(ctx)));
    WgMessage message = {
        .body = wg_print(ctx, body).data,
        .attributes = {{"reason", in->reason},
                       {"messageId", job->messageId},
                       {"threadId", job->threadId},
                       {"containerId", in->containerId}}
    };
    WgStatus status = dlq_send(ctx, job->projectId, job->userId, &message);
    if (status == WG_NONE)
        wg_fail(ctx, "QueueMissing", "%s.%s has no dead-letter queue", job->projectId, job->userId);
    return status;
}

// A container that has died leaves its queue behind; one that lives is told by its heartbeat.
static void sweep(WgContext *ctx, const char *container) {
    if (interrupts_delete(ctx, container) == WG_OK)
        wg_log(ctx, WG_INFO, "swept", "containerId", container, NULL);
}

bool handle_handle_timeout(WgContext *ctx, const HandleTimeoutInput *in, json_t **out) {
    if (clean_up(ctx, &in->job, in->containerId) == WG_FAILED)
        return false;
    sweep(ctx, in->containerId);
    if (ctx->error)
        return false;
    if (record(ctx, in) != WG_OK || send_to_dlq(ctx, in) != WG_OK)
        return false;
    wg_log(ctx, WG_WARN, "timed out", "messageId", in->job.messageId, "containerId",
           in->containerId, "reason", in->reason, NULL);
    *out = json_pack("{s:s,s:s}", "messageId", in->job.messageId, "reason", in->reason);
    return true;
}
