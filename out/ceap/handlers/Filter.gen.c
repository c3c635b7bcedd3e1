// Filter.gen.c - Filter of ceap as a program. Made by wgen from the spec;
// edit that.
#include "Filter.gen.h"

static bool call(WgContext *ctx, const WgStage *stage, const void *in, void *out) {
    return handle_filter(ctx, stage, (json_t *)in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "Filter",
    .system = "ceap",
    .stage = call,
};
