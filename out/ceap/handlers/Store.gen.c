// Store.gen.c - Store of ceap as a program. Made by wgen from the spec;
// edit that.
#include "Store.gen.h"

static bool call(WgContext *ctx, const WgStage *stage, const void *in, void *out) {
    return handle_store(ctx, stage, (json_t *)in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "Store",
    .system = "ceap",
    .stage = call,
};
