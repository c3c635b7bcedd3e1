// records.c - lists of records.
#include "records.h"

#include <string.h>

// A pipe hands over what the queue knows of a message; its text is the `body`.
static json_t *unwrap(WgContext *ctx, json_t *in) {
    const char *body = json_string_value(json_object_get(in, "body"));
    bool is_message = body && json_object_get(in, "messageId");
    if (!is_message)
        return in;
    json_t *inner = wg_parse(ctx, (WgBytes){body, strlen(body)});
    if (!inner)
        wg_fail(ctx, "InvalidRecords", "the body of message %s is not JSON",
                wg_string(in, "messageId"));
    return inner;
}

json_t *records_of(WgContext *ctx, json_t *in) {
    json_t *record;
    size_t i;
    in = unwrap(ctx, in);
    if (!in)
        return NULL;
    if (json_is_array(json_object_get(in, "records")))
        in = json_object_get(in, "records");
    if (json_is_null(in) || (json_is_object(in) && json_object_size(in) == 0))
        return wg_own(ctx, json_array()); // a stream that has nothing yet
    if (json_is_object(in))
        return wg_own(ctx, json_pack("[O]", in));
    json_array_foreach(in, i, record) {
        if (!json_is_object(record)) {
            wg_fail(ctx, "InvalidRecords", "record %zu is no object", i);
            return NULL;
        }
    }
    if (!json_is_array(in))
        wg_fail(ctx, "InvalidRecords", "neither a list of records nor one");
    return json_is_array(in) ? in : NULL;
}

json_t *records_keep(json_t *records, bool (*keep)(json_t *record)) {
    json_t *kept = json_array(), *record;
    size_t i;
    json_array_foreach(records, i, record) {
        json_t *copy = json_deep_copy(record);
        if (keep(copy))
            json_array_append_new(kept, copy);
        else
            json_decref(copy);
    }
    return kept;
}

void records_log(WgContext *ctx, const char *stage, const json_t *before, const json_t *after) {
    wg_log(ctx, WG_INFO, "stage done", "stage", stage, "in",
           wg_text(ctx, "%zu", json_array_size(before)), "out",
           wg_text(ctx, "%zu", json_array_size(after)), NULL);
}
