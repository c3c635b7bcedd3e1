// ETL.c - makes records of a message: every one gets an `id`, what is null goes, text loses the
// space around it.
#include "ETL.gen.h"

#include "lib/records.h"

#include <string.h>

static json_t *trimmed(const char *text) {
    size_t from = strspn(text, " \t\r\n"), to = strlen(text);
    while (to > from && strchr(" \t\r\n", text[to - 1]))
        to--;
    return json_stringn(text + from, to - from);
}

static json_t *clean(json_t *record) {
    json_t *out = json_object(), *value;
    const char *key;
    json_object_foreach(record, key, value) {
        if (json_is_string(value))
            json_object_set_new(out, key, trimmed(json_string_value(value)));
        else if (!json_is_null(value))
            json_object_set(out, key, value);
    }
    return out;
}

// One that has no name is named after what it says, so that it has the same name the next time.
static void identify(WgContext *ctx, json_t *record) {
    json_t *id = json_object_get(record, "id");
    if (json_is_string(id))
        return;
    const char *name =
        id ? wg_print(ctx, id).data : wg_copy(ctx, wg_digest(ctx, wg_print(ctx, record)), 32);
    json_object_set_new(record, "id", json_string(name));
}

bool handle_etl(WgContext *ctx, const WgStage *stage, json_t *in, json_t **out) {
    json_t *records = records_of(ctx, in), *record;
    size_t i;
    if (!records)
        return false;
    *out = json_array();
    json_array_foreach(records, i, record) {
        json_t *cleaned = clean(record);
        identify(ctx, cleaned);
        json_array_append_new(*out, cleaned);
    }
    records_log(ctx, stage->name, records, *out);
    return true;
}
