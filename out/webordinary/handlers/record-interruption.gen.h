// record-interruption.gen.h - what record-interruption of webordinary is given. Made by wgen from the spec;
// edit that. Yours is record-interruption.c.
#ifndef WG_RECORD_INTERRUPTION_GEN_H
#define WG_RECORD_INTERRUPTION_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

typedef struct RecordInterruptionInput RecordInterruptionInput;
typedef struct InterruptionsItem InterruptionsItem;

struct RecordInterruptionInput {
    Job job;
    const char *containerId;
};

struct InterruptionsItem {
    const char *messageId;
    const char *recordId;
    const char *interruptedContainer;
    const char *newThreadId;
    WgTime timestamp;
    WgTime ttl;
};

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

// Handles one event. What is put into `out` must live as long as the event: wg_alloc, wg_text and
// wg_own see to that. On failure: return wg_fail(ctx, "NameOfTheError", "reason").
bool handle_record_interruption(WgContext *ctx, const RecordInterruptionInput *in, json_t **out);

#endif
