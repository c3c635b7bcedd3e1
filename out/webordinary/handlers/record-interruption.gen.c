// record-interruption.gen.c - record-interruption of webordinary as a program. Made by wgen from the spec;
// edit that.
#include "record-interruption.gen.h"

static const WgField RecordInterruptionInput_fields[] = {
    {"job", &Job_type, offsetof(RecordInterruptionInput, job), false},
    {"containerId", &wg_string_type, offsetof(RecordInterruptionInput, containerId), false},
    {NULL, NULL, 0, false},
};
static const WgType RecordInterruptionInput_type = {
    WG_KIND_STRUCT, sizeof(RecordInterruptionInput), NULL, RecordInterruptionInput_fields,
    sizeof RecordInterruptionInput_fields / sizeof *RecordInterruptionInput_fields - 1,
};

static const WgField InterruptionsItem_fields[] = {
    {"messageId", &wg_string_type, offsetof(InterruptionsItem, messageId), true},
    {"recordId", &wg_string_type, offsetof(InterruptionsItem, recordId), true},
    {"interruptedContainer", &wg_string_type, offsetof(InterruptionsItem, interruptedContainer), true},
    {"newThreadId", &wg_string_type, offsetof(InterruptionsItem, newThreadId), true},
    {"timestamp", &wg_time_type, offsetof(InterruptionsItem, timestamp), true},
    {"ttl", &wg_time_type, offsetof(InterruptionsItem, ttl), true},
    {NULL, NULL, 0, false},
};
static const WgType InterruptionsItem_type = {
    WG_KIND_STRUCT, sizeof(InterruptionsItem), NULL, InterruptionsItem_fields,
    sizeof InterruptionsItem_fields / sizeof *InterruptionsItem_fields - 1,
};

const WgTable interruptions_table = {
    .variable = "INTERRUPTIONS_TABLE",
    .item = &InterruptionsItem_type,
    .key = "messageId",
    .ttl = "ttl",
    .ttl_after = 2592000,
};

static bool call(WgContext *ctx, const void *in, void *out) {
    return handle_record_interruption(ctx, in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "record-interruption",
    .system = "webordinary",
    .input = &RecordInterruptionInput_type,
    .call = call,
};
