// Store.c - marks every record as stored by this execution. The object that the runtime writes is
// the store: under the execution's own key, for as long as the bucket keeps it.
#include "Store.gen.h"

#include "lib/records.h"

bool handle_store(WgContext *ctx, const WgStage *stage, json_t *in, json_t **out) {
    json_t *records = records_of(ctx, in), *record;
    size_t i;
    if (!records)
        return false;
    *out = json_deep_copy(records);
    json_array_foreach(*out, i, record) {
        json_object_set_new(record, "execution", json_string(stage->execution));
        json_object_set_new(record, "storedAt", json_integer(wg_now(ctx)));
    }
    records_log(ctx, stage->name, records, *out);
    return true;
}
