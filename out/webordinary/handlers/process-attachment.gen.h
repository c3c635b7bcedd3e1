// process-attachment.gen.h - what process-attachment of webordinary is given. Made by wgen from the spec;
// edit that. Yours is process-attachment.c.
#ifndef WG_PROCESS_ATTACHMENT_GEN_H
#define WG_PROCESS_ATTACHMENT_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

// The bucket `ses-emails`, which it may: read, write. Its name is in SES_EMAILS_BUCKET.
extern const WgBucket ses_emails_bucket;
static inline WgStatus ses_emails_get(WgContext *ctx, const char *key, WgBytes *object) {
    return wg_bucket_get(ctx, &ses_emails_bucket, key, object);
}
static inline WgStatus ses_emails_put(WgContext *ctx, const char *key, WgBytes object, const char *content_type) {
    return wg_bucket_put(ctx, &ses_emails_bucket, key, object, content_type);
}

// Handles one event. What is put into `out` must live as long as the event: wg_alloc, wg_text and
// wg_own see to that. On failure: return wg_fail(ctx, "NameOfTheError", "reason").
bool handle_process_attachment(WgContext *ctx, json_t *in, json_t **out);

#endif
