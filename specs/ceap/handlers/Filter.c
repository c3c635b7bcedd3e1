// Filter.c - leaves out what is deleted or inactive, and of records with one id all but the last.
#include "Filter.gen.h"

#include "lib/records.h"

static bool is_live(json_t *record) {
    return !json_is_true(json_object_get(record, "deleted")) &&
           !json_is_false(json_object_get(record, "active"));
}

bool handle_filter(WgContext *ctx, const WgStage *stage, json_t *in, json_t **out) {
    json_t *records = records_of(ctx, in), *record;
    size_t i;
    if (!records)
        return false;
    json_t *live = wg_own(ctx, records_keep(records, is_live));
    json_t *last = wg_own(ctx, json_object()); // in the order in which ids came first
    *out = json_array();
    json_array_foreach(live, i, record) {
        const char *id = wg_string(record, "id");
        if (*id)
            json_object_set(last, id, record);
        else
            json_array_append(*out, record);
    }
    const char *id;
    json_object_foreach(last, id, record) json_array_append(*out, record);
    records_log(ctx, stage->name, records, *out);
    return true;
}
