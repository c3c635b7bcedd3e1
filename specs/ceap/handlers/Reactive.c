// Reactive.c - says what is to be done about a record: those that score high are acted upon at
// once.
#include "Reactive.gen.h"

#include "lib/records.h"

static const double act_from = 0.5;

static bool react(json_t *record) {
    bool high = json_number_value(json_object_get(record, "score")) >= act_from;
    json_object_set_new(record, "action", json_string(high ? "notify" : "none"));
    return true;
}

bool handle_reactive(WgContext *ctx, const WgStage *stage, json_t *in, json_t **out) {
    json_t *records = records_of(ctx, in);
    if (!records)
        return false;
    *out = records_keep(records, react);
    records_log(ctx, stage->name, records, *out);
    return true;
}
