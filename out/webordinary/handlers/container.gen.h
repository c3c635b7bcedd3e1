// container.gen.h - what container of webordinary is given. Made by wgen from the spec;
// edit that. Yours is container.c.
#ifndef WG_CONTAINER_GEN_H
#define WG_CONTAINER_GEN_H

#include "types.gen.h"
#include "wgen_run.h"
#include "wgen_worker.h"

// The queue `input`, which it may: receive. Its name is in INPUT_QUEUE_NAME.
extern const WgQueue input_queue;
static inline WgStatus input_receive(WgContext *ctx, const char *project, const char *user, int wait_s, WgReceived *message) {
    return wg_queue_receive(ctx, &input_queue, (const char *const[]){ project, user, NULL}, wait_s, message);
}
static inline WgStatus input_done(WgContext *ctx, const char *project, const char *user, const WgReceived *message) {
    return wg_queue_done(ctx, &input_queue, (const char *const[]){ project, user, NULL}, message);
}

// The queue `interrupts`, which it may: manage, receive. Its name is in INTERRUPTS_QUEUE_NAME.
extern const WgQueue interrupts_queue;
static inline WgStatus interrupts_receive(WgContext *ctx, const char *containerId, int wait_s, WgReceived *message) {
    return wg_queue_receive(ctx, &interrupts_queue, (const char *const[]){ containerId, NULL}, wait_s, message);
}
static inline WgStatus interrupts_done(WgContext *ctx, const char *containerId, const WgReceived *message) {
    return wg_queue_done(ctx, &interrupts_queue, (const char *const[]){ containerId, NULL}, message);
}
static inline WgStatus interrupts_create(WgContext *ctx, const char *containerId) {
    return wg_queue_create(ctx, &interrupts_queue, (const char *const[]){ containerId, NULL});
}
static inline WgStatus interrupts_delete(WgContext *ctx, const char *containerId) {
    return wg_queue_delete(ctx, &interrupts_queue, (const char *const[]){ containerId, NULL});
}

// The workflow `email-processor`, which it may: answer. Its ARN is in EMAIL_PROCESSOR_ARN.
extern const WgWorkflow email_processor_workflow;

// Does the work of one message and puts the workflow's answer into `out`, a new reference. Ask
// wg_stop(ctx) often: it says when the work should end, and then return wg_fail(ctx, ...) with what
// the workflow is to catch. Heartbeats are sent meanwhile.
bool handle_container(WgContext *ctx, json_t *message, json_t **out);

#endif
