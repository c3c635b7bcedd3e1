// take.c - gives back what it is given, so that a test sees reading and printing at once.
#include "take.gen.h"

#include <string.h>

_Static_assert(sizeof(TakeInput) == sizeof(TakeOutput), "the same fields, and so the same struct");

bool handle_take(WgContext *ctx, const TakeInput *in, TakeOutput *out) {
    if (in->count == 13)
        return wg_fail(ctx, TOO_MUCH, "%s %s", in->int_, NOT_ENOUGH);
    memcpy(out, in, sizeof *out);
    return true;
}
