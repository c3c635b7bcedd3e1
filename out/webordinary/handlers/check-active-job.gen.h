// check-active-job.gen.h - what check-active-job of webordinary is given. Made by wgen from the spec;
// edit that. Yours is check-active-job.c.
#ifndef WG_CHECK_ACTIVE_JOB_GEN_H
#define WG_CHECK_ACTIVE_JOB_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

typedef struct CheckActiveJobOutput CheckActiveJobOutput;
typedef struct ActiveJobsItem ActiveJobsItem;

struct CheckActiveJobOutput {
    bool active;
    bool sameThread;
    const char *containerId;
};

struct ActiveJobsItem {
    const char *projectUserId;
    const char *containerId;
    const char *threadId;
    WgTime claimedAt;
    WgTime expiresAt;
};

// The table `active-jobs`, which it may: read. Its name is in ACTIVE_JOBS_TABLE.
extern const WgTable active_jobs_table;
static inline WgStatus active_jobs_get(WgContext *ctx, const char *projectUserId, ActiveJobsItem *item) {
    *item = (ActiveJobsItem){.projectUserId = projectUserId};
    return wg_table_get(ctx, &active_jobs_table, item);
}
enum { ACTIVE_JOBS_SECONDS = 3600 }; // that an item lives, as the spec has it

// Handles one event. What is put into `out` must live as long as the event: wg_alloc, wg_text and
// wg_own see to that. On failure: return wg_fail(ctx, "NameOfTheError", "reason").
bool handle_check_active_job(WgContext *ctx, const Job *in, CheckActiveJobOutput *out);

#endif
