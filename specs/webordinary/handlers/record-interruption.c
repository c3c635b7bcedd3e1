// record-interruption.c - keeps for 30 days which container was interrupted, and by which thread.
#include "record-interruption.gen.h"

bool handle_record_interruption(WgContext *ctx, const RecordInterruptionInput *in, json_t **out) {
    InterruptionsItem record = {.messageId = in->job.messageId,
                                .recordId = wg_unique(ctx, "interruption"),
                                .interruptedContainer = in->containerId,
                                .newThreadId = in->job.threadId,
                                .timestamp = wg_now(ctx)}; // ttl is set as the spec says
    if (interruptions_put(ctx, &record, NULL) != WG_OK)
        return false;
    *out = json_pack("{s:s}", "recordId", record.recordId);
    return true;
}
