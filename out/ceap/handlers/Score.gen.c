// Score.gen.c - Score of ceap as a program. Made by wgen from the spec;
// edit that.
#include "Score.gen.h"

static bool call(WgContext *ctx, const WgStage *stage, const void *in, void *out) {
    return handle_score(ctx, stage, (json_t *)in, out);
}

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "Score",
    .system = "ceap",
    .stage = call,
};
