// work.c - yours: wgen has made it once and does not touch it again. When the spec changes, the
// compiler says here what no longer fits.
#include "work.gen.h"

bool handle_work(WgContext *ctx, const WgReceived *message) {
    return wg_fail(ctx, "NotWritten", "work is still a skeleton: %s", message->id);
}
