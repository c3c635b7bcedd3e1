// wgen.c - a context: memory, errors, log lines and time.
#include "wgen_call.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct WgChunk {
    struct WgChunk *next;
    size_t used, size;
    _Alignas(max_align_t) char bytes[];
} WgChunk;

enum { CHUNK_SIZE = 16 << 10 };

// A handler that has no memory left can't say so to anybody: Lambda starts another one.
static void out_of_memory(void) {
    static const char line[] = "{\"level\":\"ERROR\",\"message\":\"out of memory\"}\n";
    ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
    (void)ignored;
    _exit(1);
}

void *wg_alloc(WgContext *ctx, size_t size) {
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size_t need = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    WgChunk *c = ctx->chunks;
    if (!c || c->size - c->used < need) {
        size_t room = need > CHUNK_SIZE / 4 ? need : CHUNK_SIZE;
        c = malloc(sizeof *c + room);
        if (!c)
            out_of_memory();
        c->used = 0;
        c->size = room;
        // A large piece gets a chunk of its own behind the one that is being filled.
        bool large = room != CHUNK_SIZE && ctx->chunks;
        c->next = large ? ctx->chunks->next : ctx->chunks;
        if (large)
            ctx->chunks->next = c;
        else
            ctx->chunks = c;
    }
    void *p = c->bytes + c->used;
    c->used += need;
    return memset(p, 0, need);
}

char *wg_copy(WgContext *ctx, const char *text, size_t size) {
    char *copy = wg_alloc(ctx, size + 1);
    if (size)
        memcpy(copy, text, size);
    return copy;
}

static char *vtext(WgContext *ctx, const char *fmt, va_list args) {
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *text = wg_alloc(ctx, size > 0 ? (size_t)size + 1 : 1);
    if (size > 0)
        vsnprintf(text, (size_t)size + 1, fmt, args);
    return text;
}

char *wg_text(WgContext *ctx, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    char *text = vtext(ctx, fmt, args);
    va_end(args);
    return text;
}

// The bytes of the character that `text` begins with, or 0 if it is not UTF-8 (RFC 3629).
static size_t character(const char *text) {
    const unsigned char *c = (const unsigned char *)text;
    size_t size = *c < 0x80 ? 1 : *c < 0xc2 ? 0 : *c < 0xe0 ? 2 : *c < 0xf0 ? 3 : *c < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < size; i++)
        if ((c[i] & 0xc0) != 0x80)
            return 0;
    bool bad = (*c == 0xe0 && c[1] < 0xa0) || (*c == 0xed && c[1] > 0x9f) ||
               (*c == 0xf0 && c[1] < 0x90) || (*c == 0xf4 && c[1] > 0x8f);
    return bad ? 0 : size;
}

// A copy in UTF-8, whatever `text` is, of at most `most` bytes.
static char *clean(WgContext *ctx, const char *text, size_t most) {
    char *copy = wg_copy(ctx, text, strlen(text));
    size_t size;
    for (char *c = copy; *c; c += size) {
        size = character(c);
        if (!size) {
            *c = '?';
            size = 1;
        }
        if ((size_t)(c - copy) + size > most)
            *c = '\0', size = 0;
    }
    return copy;
}

bool wg_fail(WgContext *ctx, const char *error, const char *fmt, ...) {
    enum { ERROR_MOST = 256, REASON_MOST = 32768 }; // what SendTaskFailure takes
    if (ctx->error)
        return false;
    va_list args;
    va_start(args, fmt);
    ctx->reason = clean(ctx, vtext(ctx, fmt, args), REASON_MOST);
    va_end(args);
    ctx->error = clean(ctx, error, ERROR_MOST);
    return false;
}

json_t *wg_own(WgContext *ctx, json_t *json) {
    if (!json)
        return NULL;
    if (!ctx->owned)
        ctx->owned = json_array();
    if (json_array_append_new(ctx->owned, json) != 0)
        out_of_memory();
    return json;
}

json_t *wg_parse(WgContext *ctx, WgBytes text) {
    return wg_own(ctx, json_loadb(text.data ? text.data : "", text.size, JSON_DECODE_ANY, NULL));
}

static int digits_of(double value) {
    enum { FEW = 15, ENOUGH = 17 };
    char text[40];
    int digits = FEW;
    while (digits < ENOUGH) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
        digits++;
    }
    return digits;
}

int wg_digits(const json_t *json) {
    int most = json_is_real(json) ? digits_of(json_real_value(json)) : 1, digits;
    const char *key;
    json_t *item;
    size_t i;
    json_array_foreach((json_t *)json, i, item) {
        digits = wg_digits(item);
        most = digits > most ? digits : most;
    }
    json_object_foreach((json_t *)json, key, item) {
        digits = wg_digits(item);
        most = digits > most ? digits : most;
    }
    return most;
}

WgBytes wg_print(WgContext *ctx, const json_t *json) {
    size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION((size_t)wg_digits(json));
    size_t size = json_dumpb(json, NULL, 0, flags);
    char *text = wg_alloc(ctx, size + 1);
    json_dumpb(json, text, size, flags);
    return (WgBytes){text, size};
}

const char *wg_string(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

const char *wg_env(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

int64_t wg_now_ms(WgContext *ctx) {
    return ctx->runtime->clock_ms(ctx->runtime);
}

WgTime wg_now(WgContext *ctx) {
    return wg_now_ms(ctx) / 1000;
}

int64_t wg_left_ms(WgContext *ctx) {
    enum { UNBOUNDED_MS = 3600 * 1000 };
    return ctx->deadline_ms ? ctx->deadline_ms - wg_now_ms(ctx) : UNBOUNDED_MS;
}

void wg_sleep(WgContext *ctx, int64_t ms) {
    ctx->runtime->sleep_ms(ctx->runtime, ms);
}

const char *wg_stop(WgContext *ctx) {
    if (ctx->runtime->stop && atomic_load(ctx->runtime->stop))
        return "shutdown";
    return ctx->why_stop ? ctx->why_stop(ctx) : NULL;
}

uint64_t wg_random(WgContext *ctx) { // xorshift64*
    WgRuntime *r = ctx->runtime;
    r->random ^= r->random >> 12;
    r->random ^= r->random << 25;
    r->random ^= r->random >> 27;
    return r->random * 0x2545F4914F6CDD1DULL;
}

char *wg_unique(WgContext *ctx, const char *prefix) {
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    uint64_t bits = wg_random(ctx);
    char random[9] = {0};
    for (int i = 0; i < 8; i++, bits /= 36)
        random[i] = digits[bits % 36];
    return wg_text(ctx, "%s-%lld-%s", prefix, (long long)wg_now_ms(ctx), random);
}

char *wg_secret(WgContext *ctx) {
    uint64_t bits[2];
    if (getentropy(bits, sizeof bits) != 0)
        abort(); // the kernel has none: nothing that follows would be safe
    return wg_text(ctx, "%016llx%016llx", (unsigned long long)bits[0], (unsigned long long)bits[1]);
}

static void put_json_string(FILE *out, const char *text) {
    fputc('"', out);
    for (size_t size; *text; text += size) {
        unsigned char c = (unsigned char)*text;
        size = character(text);
        if (!size) {
            fputs("\\ufffd", out);
            size = 1;
        } else if (c == '"' || c == '\\') {
            fprintf(out, "\\%c", c);
        } else if (c < 0x20 || c == 0x7f) {
            fprintf(out, "\\u%04x", c);
        } else {
            fwrite(text, 1, size, out);
        }
    }
    fputc('"', out);
}

static void put_time(FILE *out, int64_t ms) {
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm = {0};
    char text[32];
    gmtime_r(&seconds, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
    fprintf(out, "\"time\":\"%s.%03dZ\"", text, (int)(ms % 1000));
}

void wg_log(WgContext *ctx, WgLevel level, const char *message, ...) {
    static const char *const levels[] = {"DEBUG", "INFO", "WARN", "ERROR"};
    FILE *out = ctx->runtime->log;
    if (!out)
        return;
    flockfile(out); // a worker has two threads
    fputc('{', out);
    put_time(out, wg_now_ms(ctx));
    fprintf(out, ",\"level\":\"%s\",\"message\":", levels[level]);
    put_json_string(out, message);
    const char *fixed[] = {"requestId", ctx->request_id, "traceId", ctx->trace_id};
    for (size_t i = 0; i < 4; i += 2) {
        if (fixed[i + 1]) {
            fprintf(out, ",\"%s\":", fixed[i]);
            put_json_string(out, fixed[i + 1]);
        }
    }
    va_list args;
    va_start(args, message);
    for (const char *key; (key = va_arg(args, const char *)) != NULL;) {
        const char *value = va_arg(args, const char *);
        fputc(',', out);
        put_json_string(out, key);
        fputc(':', out);
        put_json_string(out, value ? value : "");
    }
    va_end(args);
    fputs("}\n", out);
    fflush(out);
    funlockfile(out);
}

void wg_context_init(WgContext *ctx, WgRuntime *runtime) {
    *ctx = (WgContext){.runtime = runtime};
}

void wg_context_free(WgContext *ctx) {
    json_decref(ctx->owned);
    for (WgChunk *c = ctx->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    *ctx = (WgContext){.runtime = ctx->runtime};
}
