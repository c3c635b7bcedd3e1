// wgen_fake.c - a script instead of AWS.
#include "wgen_fake.h"

#include <stdlib.h>
#include <string.h>

static const char *header(const WgRequest *q, const char *name) {
    size_t size = strlen(name);
    for (size_t i = 0; q->headers && q->headers[i]; i++)
        if (strncmp(q->headers[i], name, size) == 0)
            return q->headers[i] + size;
    return NULL;
}

// DynamoDB_20120810.PutItem is PutItem; an object is its method and its key.
static const char *name_of(WgContext *ctx, const WgRequest *q) {
    const char *target = header(q, "X-Amz-Target: ");
    const char *dot = target ? strrchr(target, '.') : NULL;
    const char *path = strstr(q->url, "://");
    path = path ? strchr(path + 3, '/') : NULL;
    const char *key = path ? strchr(path + 1, '/') : NULL; // behind the bucket
    return dot ? dot + 1 : wg_text(ctx, "%s %s", q->method, key ? key + 1 : "");
}

static void fake_send(WgContext *ctx, const WgRequest *q, WgResponse *response) {
    WgFake *f = ctx->runtime->sender;
    const char *name = name_of(&f->context, q);
    *response = (WgResponse){0};
    WgFakeCall *c = f->count < f->expected ? &f->calls[f->count] : NULL;
    f->count++;
    if (!c || strcmp(c->what, name) != 0) {
        if (!*f->problem)
            snprintf(f->problem, sizeof f->problem, "call %zu is %s and not %s", f->count, name,
                     c ? c->what : "nothing");
        response->status = 400;
        return;
    }
    c->request = *q;
    c->request.url = wg_copy(&f->context, q->url, strlen(q->url));
    c->request.body.data = wg_copy(&f->context, q->body.data, q->body.size);
    c->json = wg_parse(&f->context, c->request.body);
    response->status = c->status;
    response->body = (WgBytes){wg_copy(ctx, c->body, strlen(c->body)), strlen(c->body)};
}

static int64_t fake_clock(WgRuntime *runtime) {
    return ((WgFake *)runtime->sender)->now_ms;
}

static void fake_sleep(WgRuntime *runtime, int64_t ms) {
    WgFake *f = runtime->sender;
    f->now_ms += ms;
    f->slept_ms += ms;
}

void wg_fake_init(WgFake *f, const WgFunction *function) {
    memset(f, 0, sizeof *f);
    f->now_ms = 1700000000000;
    f->runtime = (WgRuntime){.function = function,
                             .send = fake_send,
                             .sender = f,
                             .clock_ms = fake_clock,
                             .sleep_ms = fake_sleep,
                             .random = 1};
    wg_context_init(&f->context, &f->runtime);
    setenv("AWS_REGION", "us-west-2", 1);
    setenv("AWS_ACCOUNT_ID", "123456789012", 1);
    unsetenv("AWS_ENDPOINT_URL");
}

void wg_fake_free(WgFake *f) {
    wg_context_free(&f->context);
}

void wg_fake_expect(WgFake *f, const char *what, long status, const char *body) {
    if (f->expected < WG_FAKE_CALLS)
        f->calls[f->expected++] = (WgFakeCall){.what = what, .status = status, .body = body};
}

json_t *wg_fake_event(WgFake *f, const char *event) {
    json_error_t where;
    json_t *json = json_loads(event, JSON_DECODE_ANY, &where);
    f->context.error = f->context.reason = NULL;
    if (!json) {
        snprintf(f->problem, sizeof f->problem, "the test's event is not JSON: %s", where.text);
        return NULL;
    }
    return wg_handle(&f->context, wg_own(&f->context, json));
}

bool wg_fake_done(const WgFake *f) {
    return !*f->problem && f->count == f->expected;
}

const char *wg_fake_at(WgFake *f, const json_t *json, const char *path) {
    char *copy = wg_copy(&f->context, path, strlen(path)), *save = NULL;
    for (char *word = strtok_r(copy, ".", &save); word && json; word = strtok_r(NULL, ".", &save))
        json = json_is_array(json) ? json_array_get(json, strtoul(word, NULL, 10))
                                   : json_object_get(json, word);
    if (json_is_string(json))
        return json_string_value(json);
    return json ? wg_print(&f->context, json).data : "";
}

const char *wg_fake_sent(WgFake *f, size_t call, const char *path) {
    return call < f->count && call < WG_FAKE_CALLS ? wg_fake_at(f, f->calls[call].json, path) : "";
}
