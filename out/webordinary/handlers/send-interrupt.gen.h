// send-interrupt.gen.h - what send-interrupt of webordinary is given. Made by wgen from the spec;
// edit that. Yours is send-interrupt.c.
#ifndef WG_SEND_INTERRUPT_GEN_H
#define WG_SEND_INTERRUPT_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

typedef struct SendInterruptInput SendInterruptInput;

struct SendInterruptInput {
    Job job;
    const char *containerId;
};

// The queue `interrupts`, which it may: send. Its name is in INTERRUPTS_QUEUE_NAME.
extern const WgQueue interrupts_queue;
static inline WgStatus interrupts_send(WgContext *ctx, const char *containerId, const WgMessage *message) {
    return wg_queue_send(ctx, &interrupts_queue, (const char *const[]){ containerId, NULL}, message);
}

// Handles one event. What is put into `out` must live as long as the event: wg_alloc, wg_text and
// wg_own see to that. On failure: return wg_fail(ctx, "NameOfTheError", "reason").
bool handle_send_interrupt(WgContext *ctx, const SendInterruptInput *in, json_t **out);

#endif
