// echo.c - the smallest handler there is, for tests of the loop: it gives back what it gets.
#include "wgen_run.h"

#include <string.h>
#include <unistd.h>

static bool echo(WgContext *ctx, const void *input, void *output) {
    json_t *event = (json_t *)input;
    const char *wish = wg_string(event, "wish");
    if (strcmp(wish, "fail") == 0)
        return wg_fail(ctx, "Wished", "because %s", "it was asked for\r\nX-Evil: 1");
    if (strcmp(wish, "huge") == 0)
        event = wg_own(ctx, json_string(memset(wg_alloc(ctx, 7000001), 'x', 7000000)));
    if (strcmp(wish, "log") == 0)
        wg_log(ctx, WG_INFO, "a \"line\"\n", "left",
               wg_text(ctx, "%lld", (long long)wg_left_ms(ctx)), NULL);
    *(json_t **)output = json_incref(event);
    return true;
}

const WgFunction wg_function = {.name = "echo", .system = "test", .call = echo};
