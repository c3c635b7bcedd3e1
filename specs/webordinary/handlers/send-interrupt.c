// send-interrupt.c - asks a container to stop what it does, because another thread has come.
#include "send-interrupt.gen.h"

bool handle_send_interrupt(WgContext *ctx, const SendInterruptInput *in, json_t **out) {
    const Job *job = &in->job;
    const char *user = wg_text(ctx, "%s#%s", job->projectId, job->userId);
    json_t *body =
        wg_own(ctx, json_pack("{s:s,s:s,s:s,s:s,s:s,s:I}", "type", "interrupt", "projectUserId",
                              user, "containerId", in->containerId, "newThreadId", job->threadId,
                              "messageId", job->messageId, "timestamp", (json_int_t)wg_now(ctx)));
    WgMessage message = {
        .body = wg_print(ctx, body).data,
        .attributes = {{"type", "interrupt"},
                       {"projectUserId", user},
                       {"newThreadId", job->threadId},
                       {"messageId", job->messageId}}
    };
    WgStatus status = interrupts_send(ctx, in->containerId, &message);
    if (status == WG_FAILED)
        return false;
    // A container that has just ended took its queue along: there is nothing left to interrupt.
    wg_log(ctx, WG_INFO, status == WG_OK ? "interrupted" : "has ended before", "containerId",
           in->containerId, "newThreadId", job->threadId, NULL);
    *out = json_pack("{s:b}", "sent", status == WG_OK);
    return true;
}
