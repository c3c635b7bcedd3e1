// container.c - the worker of one user: here the conversation would be had. Until somebody writes
// it, this is the part that is the same for all: it works in small steps, and ends when it is told
// to.
#include "container.gen.h"

#include <string.h>

// How long the work takes; a message may say (`work`, in milliseconds), as tests do.
static int64_t work_ms(const json_t *job) {
    const json_t *given = json_object_get(job, "work");
    return json_is_integer(given) ? json_integer_value(given) : 0;
}

bool handle_container(WgContext *ctx, json_t *message, json_t **out) {
    enum { STEP_MS = 50 };
    json_t *job = json_object_get(message, "job");
    const json_t *claim = json_object_get(job, "claim");
    int64_t until = wg_now_ms(ctx) + work_ms(job);
    wg_log(ctx, WG_INFO, "working", "messageId", wg_string(job, "messageId"), "threadId",
           wg_string(job, "threadId"), "containerId", wg_string(claim, "containerId"), NULL);
    while (wg_now_ms(ctx) < until) {
        const char *why = wg_stop(ctx);
        if (why && strcmp(why, "interrupted") == 0)
            return wg_fail(ctx, "Interrupted", "another thread of this user came first");
        if (why)
            return wg_fail(ctx, "Stopped", "%s", why);
        wg_sleep(ctx, STEP_MS);
    }
    *out = json_pack("{s:s,s:s}", "messageId", wg_string(job, "messageId"), "containerId",
                     wg_string(claim, "containerId"));
    return true;
}
