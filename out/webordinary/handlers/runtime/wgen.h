// wgen.h - what a handler is written against: its context, memory, errors, log lines and JSON.
// What it may use of AWS is in wgen_aws.h, and typed for each function in its own NAME.gen.h.
#ifndef WGEN_H
#define WGEN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WG_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

typedef int64_t WgTime; // seconds since 1970: what a table's time to live wants

// An optional number: absent unless `has`.
typedef struct WgOptInt {
    bool has;
    int64_t value;
} WgOptInt;
typedef struct WgOptNumber {
    bool has;
    double value;
} WgOptNumber;
typedef struct WgOptBool {
    bool has, value;
} WgOptBool;

typedef struct WgBytes {
    const char *data; // with a NUL behind it
    size_t size;
} WgBytes;

// One event while it is handled. Whatever it hands out lives until the event is over.
typedef struct WgContext WgContext;

// How a call went. After WG_FAILED the error is set, and a handler can just return false.
typedef enum WgStatus {
    WG_OK,
    WG_NONE,    // what was asked for is not there
    WG_REFUSED, // the condition did not hold, or the name is taken
    WG_FAILED
} WgStatus;

// Says why the event could not be handled, and returns false. `error` is the name that a workflow
// catches. A second error does not replace the first.
bool wg_fail(WgContext *ctx, const char *error, const char *fmt, ...) WG_PRINTF(3, 4);

// One line of JSON with the request's id, its trace and these pairs of strings; NULL ends them.
typedef enum WgLevel { WG_DEBUG, WG_INFO, WG_WARN, WG_ERROR } WgLevel;
void wg_log(WgContext *ctx, WgLevel level, const char *message, ...) __attribute__((sentinel));

void *wg_alloc(WgContext *ctx, size_t size); // zeroed; it cannot fail
char *wg_text(WgContext *ctx, const char *fmt, ...) WG_PRINTF(2, 3);
char *wg_copy(WgContext *ctx, const char *text, size_t size); // with a NUL behind it
json_t *wg_own(WgContext *ctx, json_t *json);                 // given back when the event is over
json_t *wg_parse(WgContext *ctx, WgBytes text);               // NULL: not JSON; owned
WgBytes wg_print(WgContext *ctx, const json_t *json);         // on one line
const char *wg_string(const json_t *object, const char *key); // "" if it has no such string

json_t *wg_event(WgContext *ctx);     // all that the handler was called with
const char *wg_env(const char *name); // "" if it is not set
WgTime wg_now(WgContext *ctx);
int64_t wg_now_ms(WgContext *ctx);
int64_t wg_left_ms(WgContext *ctx); // until the event must have been handled
void wg_sleep(WgContext *ctx, int64_t ms);
// A name that no other has: PREFIX-{milliseconds}-{random}, lower case and digits.
char *wg_unique(WgContext *ctx, const char *prefix);
char *wg_secret(WgContext *ctx); // 32 hexadecimal digits that nobody can guess
// SHA-256 of some bytes as 64 hexadecimal digits: a name for a thing that repeats.
char *wg_digest(WgContext *ctx, WgBytes bytes);
bool wg_decode_base64(WgContext *ctx, WgBytes text, WgBytes *out); // ignores line ends
WgBytes wg_encode_base64(WgContext *ctx, WgBytes bytes);

// Of a worker: why what it is doing should end now, or NULL. Ask often.
const char *wg_stop(WgContext *ctx); // "interrupted", "shutdown", "expired"

#endif
