// rate-limited-claim.gen.h - what rate-limited-claim of webordinary is given. Made by wgen from the spec;
// edit that. Yours is rate-limited-claim.c.
#ifndef WG_RATE_LIMITED_CLAIM_GEN_H
#define WG_RATE_LIMITED_CLAIM_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

#define JOB_ALREADY_CLAIMED "JobAlreadyClaimed" // an error that a workflow can catch

typedef struct RateLimitedClaimOutput RateLimitedClaimOutput;
typedef struct ActiveJobsItem ActiveJobsItem;

struct RateLimitedClaimOutput {
    const char *containerId;
    const char *projectUserId;
};

struct ActiveJobsItem {
    const char *projectUserId;
    const char *containerId;
    const char *threadId;
    WgTime claimedAt;
    WgTime expiresAt;
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
bool handle_rate_limited_claim(WgContext *ctx, const Job *in, RateLimitedClaimOutput *out);

#endif
