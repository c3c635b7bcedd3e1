// Score.c - gives every record a score from 0 to 1: more for a larger `value`, and always the same
// for the same one. A score that is there already is kept within its bounds.
#include "Score.gen.h"

#include "lib/records.h"

static const double half_way = 100.0; // the value that scores one half

static bool score(json_t *record) {
    const json_t *given = json_object_get(record, "score");
    double value = json_number_value(json_object_get(record, "value"));
    double result = value > 0 ? value / (value + half_way) : 0;
    if (json_is_number(given))
        result = json_number_value(given);
    result = result < 0 ? 0 : result > 1 ? 1 : result;
    json_object_set_new(record, "score", json_real(result));
    return true;
}

bool handle_score(WgContext *ctx, const WgStage *stage, json_t *in, json_t **out) {
    json_t *records = records_of(ctx, in);
    if (!records)
        return false;
    *out = records_keep(records, score);
    records_log(ctx, stage->name, records, *out);
    return true;
}
