// Reactive.gen.c - Reactive of ceap as a program. Made by wgen from the spec;
// edit that.
#include "Reactive.gen.h"

static bool call(WgContext *ctx, const WgStage *stage, const void *in, void *out) {
    return handle_reactive(ctx, stage, (json_t *)in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "Reactive",
    .system = "ceap",
    .stage = call,
};
