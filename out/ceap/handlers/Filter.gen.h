// Filter.gen.h - what Filter of ceap is given. Made by wgen from the spec;
// edit that. Yours is Filter.c.
#ifndef WG_FILTER_GEN_H
#define WG_FILTER_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

// One stage of a workflow: `in` is what the stage before it wrote, or the message that began it all;
// what is put into `out` is written for the next. It need not know which those are.
bool handle_filter(WgContext *ctx, const WgStage *stage, json_t *in, json_t **out);

#endif
