// process-attachment.gen.c - process-attachment of webordinary as a program. Made by wgen from the spec;
// edit that.
#include "process-attachment.gen.h"

const WgBucket ses_emails_bucket = {.variable = "SES_EMAILS_BUCKET"};

static bool call(WgContext *ctx, const void *in, void *out) {
    return handle_process_attachment(ctx, (json_t *)in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "process-attachment",
    .system = "webordinary",
    .call = call,
};
