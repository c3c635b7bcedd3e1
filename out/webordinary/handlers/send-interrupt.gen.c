// send-interrupt.gen.c - send-interrupt of webordinary as a program. Made by wgen from the spec;
// edit that.
#include "send-interrupt.gen.h"

static const WgField SendInterruptInput_fields[] = {
    {"job", &Job_type, offsetof(SendInterruptInput, job), false},
    {"containerId", &wg_string_type, offsetof(SendInterruptInput, containerId), false},
    {NULL, NULL, 0, false},
};
static const WgType SendInterruptInput_type = {
    WG_KIND_STRUCT, sizeof(SendInterruptInput), NULL, SendInterruptInput_fields,
    sizeof SendInterruptInput_fields / sizeof *SendInterruptInput_fields - 1,
};

const WgQueue interrupts_queue = {
    .variable = "INTERRUPTS_QUEUE_NAME",
    .places = (const char *const[]){ "containerId", NULL},
    .made = "{\"attributes\":{\"VisibilityTimeout\":30,\"MessageRetentionPeriod\":345600,\"SqsManagedSseEnabled\":true,\"Policy\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"TlsOnly\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"arn:$(partition):sqs:us-west-2:$(account):webordinary-interrupts-$(containerId)\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}},\"tags\":{\"system\":\"webordinary\"}}",
};

static bool call(WgContext *ctx, const void *in, void *out) {
    return handle_send_interrupt(ctx, in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "send-interrupt",
    .system = "webordinary",
    .input = &SendInterruptInput_type,
    .call = call,
};
