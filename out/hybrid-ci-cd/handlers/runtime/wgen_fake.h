// wgen_fake.h - for tests of handlers: instead of AWS, a script. Each call is checked off against
// the next line of it, and kept for the test to look at.
#ifndef WGEN_FAKE_H
#define WGEN_FAKE_H

#include "wgen_run.h"

enum { WG_FAKE_CALLS = 64 };

typedef struct WgFakeCall {
    const char *what; // "PutItem", or "PUT key" of an object; what was expected
    long status;      // and what is answered
    const char *body;
    WgRequest request; // what came
    json_t *json;      // and its body, if it was JSON
} WgFakeCall;

typedef struct WgFake {
    WgRuntime runtime;
    WgContext context; // of the whole test
    WgFakeCall calls[WG_FAKE_CALLS];
    size_t expected, count;
    int64_t now_ms, slept_ms;
    char problem[256]; // a call that was not expected; empty: none
} WgFake;

void wg_fake_init(WgFake *fake, const WgFunction *function);
void wg_fake_free(WgFake *fake);
// The next call is `what`, and is answered so.
void wg_fake_expect(WgFake *fake, const char *what, long status, const char *body);
// Handles an event. The answer, or NULL; then fake->context has the error.
json_t *wg_fake_event(WgFake *fake, const char *event);
// Whether all that was expected has come, and nothing else.
bool wg_fake_done(const WgFake *fake);
// Of a call: what is at `path` (`Item.threadId.S`) of its JSON, as text; "" if there is nothing.
const char *wg_fake_sent(WgFake *fake, size_t call, const char *path);
const char *wg_fake_at(WgFake *fake, const json_t *json, const char *path);

#endif
