// intake.gen.c - intake of webordinary as a program. Made by wgen from the spec;
// edit that.
#include "intake.gen.h"

const WgBucket ses_emails_bucket = {.variable = "SES_EMAILS_BUCKET"};

const WgWorkflow email_processor_workflow = {.variable = "EMAIL_PROCESSOR_ARN"};

const WgQueue input_queue = {
    .variable = "INPUT_QUEUE_NAME",
    .places = (const char *const[]){ "project", "user", NULL},
    .fifo = true,
};

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "intake",
    .system = "webordinary",
    .object = handle_intake,
};
