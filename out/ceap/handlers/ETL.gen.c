// ETL.gen.c - ETL of ceap as a program. Made by wgen from the spec;
// edit that.
#include "ETL.gen.h"

static bool call(WgContext *ctx, const WgStage *stage, const void *in, void *out) {
    return handle_etl(ctx, stage, (json_t *)in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "ETL",
    .system = "ceap",
    .stage = call,
};
