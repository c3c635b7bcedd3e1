// wgen_lambda.c - the loop of a Lambda function: next event, handle it, answer or error, again.
#include "wgen_call.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    EVENT_BYTES = 32 << 20, // Lambda sends 6 MB; more is not Lambda
    ANSWER_BYTES = 6291556, // what Lambda takes
    POST_MS = 10000,
    POST_TRIES = 3,
    MISSES = 5, // in a row, before we give up
    MISS_DELAY_MS = 20
};

static atomic_bool stopping; // lock-free, and so fit for a signal handler

static void on_signal(int signal) {
    (void)signal;
    atomic_store(&stopping, true);
}

static void catch_signals(void) {
    struct sigaction action = {.sa_handler = on_signal}; // no SA_RESTART: it wakes who waits
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static char *api_url(WgContext *ctx, const char *path) {
    return wg_text(ctx, "http://%s/2018-06-01/runtime/%s", wg_env("AWS_LAMBDA_RUNTIME_API"), path);
}

// It goes into a URL, so it may hold nothing else than ids do.
static bool is_request_id(const char *id) {
    size_t size =
        id ? strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") : 0;
    return size > 0 && size <= 128 && !id[size];
}

// Whether the answer is out, one way or the other.
static bool post(WgContext *ctx, const char *what, WgBytes body, const char *error) {
    const char *headers[] = {
        "Content-Type: application/json",
        error ? wg_text(ctx, "Lambda-Runtime-Function-Error-Type: %s", error) : NULL, NULL};
    WgRequest q = {
        .method = "POST", .headers = headers, .body = body, .timeout_ms = POST_MS, .most = 1 << 16};
    q.url = api_url(ctx, wg_text(ctx, "invocation/%s/%s", ctx->request_id, what));
    WgResponse res = {0};
    for (int i = 0; i < POST_TRIES; i++) {
        ctx->runtime->send(ctx, &q, &res);
        if (res.status)
            break;
    }
    if (res.status < 200 || res.status > 299)
        wg_log(ctx, WG_ERROR, "the runtime API did not take it", "what", what, "status",
               wg_text(ctx, "%ld", res.status), "problem", res.problem, NULL);
    return res.status != 0;
}

// An error's name becomes a header, so it is one line of printable text.
static const char *header_word(WgContext *ctx, const char *error) {
    char *word = wg_copy(ctx, error, strlen(error));
    for (char *c = word; *c; c++)
        if (*c < ' ' || *c > '~')
            *c = '_';
    return word;
}

static bool post_error(WgContext *ctx) {
    wg_log(ctx, WG_ERROR, "failed", "errorType", ctx->error, "errorMessage", ctx->reason, NULL);
    json_t *json = json_pack("{s:s,s:s,s:[]}", "errorMessage", ctx->reason, "errorType", ctx->error,
                             "stackTrace");
    wg_own(ctx, json);
    return post(ctx, "error", wg_print(ctx, json), header_word(ctx, ctx->error));
}

static bool answer_event(WgContext *ctx, const WgResponse *next) {
    json_error_t where;
    ctx->request_id = next->request_id;
    ctx->trace_id = next->trace_id;
    ctx->deadline_ms = next->deadline ? strtoll(next->deadline, NULL, 10) : 0;
    if (ctx->trace_id)
        setenv("_X_AMZN_TRACE_ID", ctx->trace_id, 1);
    else
        unsetenv("_X_AMZN_TRACE_ID"); // that was of the event before
    const json_t *answer = NULL;
    json_t *event = json_loadb(next->body.data ? next->body.data : "", next->body.size,
                               JSON_DECODE_ANY, &where);
    wg_own(ctx, event);
    if (next->problem)
        wg_fail(ctx, "EventUnreadable", "%s", next->problem);
    else if (!event)
        wg_fail(ctx, "InvalidInput", "the event is not JSON: %s", where.text);
    else
        answer = wg_handle(ctx, event);
    WgBytes text = {0};
    if (answer)
        text = wg_print(ctx, answer);
    if (text.size > ANSWER_BYTES)
        wg_fail(ctx, "ResponseTooLarge", "%zu bytes, %d are the most", text.size, ANSWER_BYTES);
    return ctx->error ? post_error(ctx) : post(ctx, "response", text, NULL);
}

typedef enum Step { STEP_DONE, STEP_MISSED, STEP_END, STEP_BROKEN } Step;

// One turn of the loop: the runtime API may be slow, cut, or mad, and we are not.
static Step step(WgRuntime *runtime) {
    WgContext ctx;
    WgResponse next = {0};
    wg_context_init(&ctx, runtime);
    WgRequest q = {.method = "GET", .url = api_url(&ctx, "invocation/next"), .most = EVENT_BYTES};
    runtime->send(&ctx, &q, &next);
    Step result = STEP_MISSED;
    if (atomic_load(&stopping) || next.status == 500) // 500: the API wants us to end
        result = STEP_END;
    else if ((next.status == 200 || next.problem) && is_request_id(next.request_id))
        result = answer_event(&ctx, &next) ? STEP_DONE : STEP_MISSED;
    else if (next.status >= 400 && next.status < 500)
        result = STEP_BROKEN;
    if (result == STEP_MISSED)
        wg_log(&ctx, WG_ERROR, "no event", "status", wg_text(&ctx, "%ld", next.status), "problem",
               next.problem, NULL);
    wg_context_free(&ctx);
    return result;
}

int wg_lambda(const WgFunction *function) {
    WgRuntime runtime;
    setvbuf(stdout, NULL, _IOLBF, 1 << 16); // a log line that waits in a buffer is lost in a crash
    if (!*wg_env("AWS_LAMBDA_RUNTIME_API")) {
        fputs("AWS_LAMBDA_RUNTIME_API is not set: this program is started by Lambda\n", stderr);
        return 2;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    wg_runtime_init(&runtime, function);
    runtime.stop = &stopping;
    catch_signals();
    Step result = STEP_DONE;
    int misses = 0;
    while (result != STEP_END && result != STEP_BROKEN && misses < MISSES) {
        result = step(&runtime);
        misses = result == STEP_MISSED ? misses + 1 : 0;
        if (misses)
            runtime.sleep_ms(&runtime, (int64_t)MISS_DELAY_MS << misses);
    }
    wg_runtime_free(&runtime);
    curl_global_cleanup();
    return result == STEP_END ? 0 : 1;
}
