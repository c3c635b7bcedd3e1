// batch.c - fails for messages that say so.
#include "batch.gen.h"

#include <string.h>

bool handle_batch(WgContext *ctx, const WgReceived *message) {
    if (strstr(message->body, "odd")) // a fault that was met on the way, and not looked at
        wg_fail(ctx, "Odd", "message %s", message->id);
    return !strstr(message->body, "bad") || wg_fail(ctx, "Bad", "message %s", message->id);
}
