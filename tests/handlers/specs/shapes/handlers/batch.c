// batch.c - fails for messages that say so.
#include "batch.gen.h"

#include <string.h>

bool handle_batch(WgContext *ctx, const WgReceived *message) {
    return !strstr(message->body, "bad") || wg_fail(ctx, "Bad", "message %s", message->id);
}
