// handle-timeout.gen.h - what handle-timeout of webordinary is given. Made by wgen from the spec;
// edit that. Yours is handle-timeout.c.
#ifndef WG_HANDLE_TIMEOUT_GEN_H
#define WG_HANDLE_TIMEOUT_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

typedef struct HandleTimeoutInput HandleTimeoutInput;
typedef struct ActiveJobsItem ActiveJobsItem;
typedef struct InterruptionsItem InterruptionsItem;

struct HandleTimeoutInput {
    Job job;
    const char *containerId;
    const char *reason;
};

struct ActiveJobsItem {
    const char *projectUserId;
    const char *containerId;
    const char *threadId;
    WgTime claimedAt;
    WgTime expiresAt;
};

struct InterruptionsItem {
    const char *messageId;
    const char *recordId;
    const char *interruptedContainer;
    const char *newThreadId;
    WgTime timestamp;
    WgTime ttl;
};

// The table `active-jobs`, which it may: write. Its name is in ACTIVE_JOBS_TABLE.
extern const WgTable active_jobs_table;
static inline WgStatus active_jobs_put(WgContext *ctx, const ActiveJobsItem *item, const WgWhen *when) {
    return wg_table_put(ctx, &active_jobs_table, item, when);
}
static inline WgStatus active_jobs_add(WgContext *ctx, const ActiveJobsItem *item) { // if it is new
    return wg_table_add(ctx, &active_jobs_table, item);
}
static inline WgStatus active_jobs_update(WgContext *ctx, ActiveJobsItem *item, const char *change, const WgWhen *when) {
    return wg_table_update(ctx, &active_jobs_table, item, change, when);
}
static inline WgStatus active_jobs_delete(WgContext *ctx, const ActiveJobsItem *item, const WgWhen *when) {
    return wg_table_delete(ctx, &active_jobs_table, item, when);
}
enum { ACTIVE_JOBS_SECONDS = 3600 }; // that an item lives, as the spec has it

// The table `interruptions`, which it may: write. Its name is in INTERRUPTIONS_TABLE.
extern const WgTable interruptions_table;
static inline WgStatus interruptions_put(WgContext *ctx, const InterruptionsItem *item, const WgWhen *when) {
    return wg_table_put(ctx, &interruptions_table, item, when);
}
static inline WgStatus interruptions_add(WgContext *ctx, const InterruptionsItem *item) { // if it is new
    return wg_table_add(ctx, &interruptions_table, item);
}
static inline WgStatus interruptions_update(WgContext *ctx, InterruptionsItem *item, const char *change, const WgWhen *when) {
    return wg_table_update(ctx, &interruptions_table, item, change, when);
}
static inline WgStatus interruptions_delete(WgContext *ctx, const InterruptionsItem *item, const WgWhen *when) {
    return wg_table_delete(ctx, &interruptions_table, item, when);
}
enum { INTERRUPTIONS_SECONDS = 2592000 }; // that an item lives, as the spec has it

// The queue `dlq`, which it may: send. Its name is in DLQ_QUEUE_NAME.
extern const WgQueue dlq_queue;
static inline WgStatus dlq_send(WgContext *ctx, const char *project, const char *user, const WgMessage *message) {
    return wg_queue_send(ctx, &dlq_queue, (const char *const[]){ project, user, NULL}, message);
}

// The queue `interrupts`, which it may: manage. Its name is in INTERRUPTS_QUEUE_NAME.
extern const WgQueue interrupts_queue;
static inline WgStatus interrupts_create(WgContext *ctx, const char *containerId) {
    return wg_queue_create(ctx, &interrupts_queue, (const char *const[]){ containerId, NULL});
}
static inline WgStatus interrupts_delete(WgContext *ctx, const char *containerId) {
    return wg_queue_delete(ctx, &interrupts_queue, (const char *const[]){ containerId, NULL});
}

// Handles one event. What is put into `out` must live as long as the event: wg_alloc, wg_text and
// wg_own see to that. On failure: return wg_fail(ctx, "NameOfTheError", "reason").
bool handle_handle_timeout(WgContext *ctx, const HandleTimeoutInput *in, json_t **out);

#endif
