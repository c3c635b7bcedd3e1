// intake.gen.h - what intake of webordinary is given. Made by wgen from the spec;
// edit that. Yours is intake.c.
#ifndef WG_INTAKE_GEN_H
#define WG_INTAKE_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

// The bucket `ses-emails`, which it may: read. Its name is in SES_EMAILS_BUCKET.
extern const WgBucket ses_emails_bucket;
static inline WgStatus ses_emails_get(WgContext *ctx, const char *key, WgBytes *object) {
    return wg_bucket_get(ctx, &ses_emails_bucket, key, object);
}

// The workflow `email-processor`, which it may: start. Its ARN is in EMAIL_PROCESSOR_ARN.
extern const WgWorkflow email_processor_workflow;
// WG_REFUSED: there has been an execution of that name. `name` may be NULL.
static inline WgStatus email_processor_start(WgContext *ctx, const char *name, json_t *input) {
    return wg_workflow_start(ctx, &email_processor_workflow, name, input);
}

// The queue `input`, which it may: find. Its name is in INPUT_QUEUE_NAME.
extern const WgQueue input_queue;
static inline WgStatus input_find(WgContext *ctx, const char *project, const char *user) { // WG_NONE: there is none
    return wg_queue_find(ctx, &input_queue, (const char *const[]){ project, user, NULL});
}

// Handles one object that an event of a bucket tells of.
// On failure: return wg_fail(ctx, "NameOfTheError", "reason").
bool handle_intake(WgContext *ctx, const WgObject *object);

#endif
