// wgen_worker.c - a worker: one thread works, another one sends heartbeats and listens. They share
// three flags and nothing else; each has a runtime, and so connections, of its own.
#include "wgen_worker.h"

#include "wgen_call.h"

#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { LISTEN_S = 5, PAUSE_MS = 200, WAIT_S = 10, FAILURE_PAUSE_MS = 2000, HELD_FOR = 3 };

static atomic_bool stopping;

typedef struct Pulse {
    WgService *service;
    const WgReceived *message;
    const char *token;
    atomic_bool over; // the work is done
    atomic_bool interrupted, expired;
} Pulse;

static void on_signal(int signal) {
    (void)signal;
    atomic_store(&stopping, true);
}

// The workflow learns that somebody works, and the queue that the message is still somebody's: if
// we die, it is another one's soon, however long its queue would hide it.
static void beat(WgContext *ctx, Pulse *p) {
    const WgService *s = p->service;
    if (wg_token_heartbeat(ctx, p->token) == WG_NONE)
        atomic_store(&p->expired, true);
    else if (!ctx->error && !atomic_load(&p->over))
        wg_queue_hold(ctx, s->worker->serves, s->values, p->message,
                      HELD_FOR * s->worker->heartbeat_s);
    if (ctx->error && !atomic_load(&p->over)) // it was cut short, because none is needed
        wg_log(ctx, WG_WARN, "no heartbeat", "errorType", ctx->error, "errorMessage", ctx->reason,
               NULL);
}

static void hear(WgContext *ctx, Pulse *p) {
    WgService *s = p->service;
    const char *const *values = (const char *const *)s->listening;
    WgReceived message;
    if (!s->listening[0]) {
        s->pulse->sleep_ms(s->pulse, PAUSE_MS);
        return;
    }
    WgStatus status = wg_queue_receive(ctx, s->worker->listens, values, LISTEN_S, &message);
    if (status == WG_OK) {
        atomic_store(&p->interrupted, true);
        wg_log(ctx, WG_INFO, "interrupted", "message", message.body, NULL);
        wg_queue_done(ctx, s->worker->listens, values, &message);
    } else { // a queue that is gone answers at once
        s->pulse->sleep_ms(s->pulse, PAUSE_MS);
    }
}

static void *run_pulse(void *user) {
    Pulse *p = user;
    int64_t next = 0;
    while (!atomic_load(&p->over) && !atomic_load(&p->expired)) {
        WgContext ctx;
        wg_context_init(&ctx, p->service->pulse);
        ctx.hasty = true;
        if (wg_now(&ctx) >= next) {
            beat(&ctx, p);
            next = wg_now(&ctx) + p->service->worker->heartbeat_s;
        }
        ctx.error = ctx.reason = NULL;
        if (!atomic_load(&p->over))
            hear(&ctx, p);
        wg_context_free(&ctx);
    }
    return NULL;
}

static const char *why_stop(WgContext *ctx) {
    Pulse *p = ctx->user;
    return atomic_load(&p->interrupted) ? "interrupted"
           : atomic_load(&p->expired)   ? "expired"
                                        : NULL;
}

// What a message calls `name`, wherever in it that is.
static const char *find_value(const json_t *message, const char *name) {
    const char *found = json_string_value(json_object_get(message, name)), *key;
    json_t *value;
    if (!found) {
        json_object_foreach((json_t *)message, key, value) {
            found = json_is_object(value) ? find_value(value, name) : NULL;
            if (found)
                break;
        }
    }
    return found;
}

static void forget_listening(WgService *s) {
    for (size_t i = 0; i < sizeof s->listening / sizeof *s->listening; i++) {
        free(s->listening[i]);
        s->listening[i] = NULL;
    }
}

static void stop_listening(WgContext *ctx, WgService *s) {
    if (!s->listening[0])
        return;
    wg_queue_delete(ctx, s->worker->listens, (const char *const *)s->listening);
    ctx->error = ctx->reason = NULL; // it will be swept
    forget_listening(s);
}

// Makes the queue that `message` says, unless it is there. False after wg_fail.
static bool start_listening(WgContext *ctx, WgService *s, const json_t *message) {
    enum { MOST = sizeof s->listening / sizeof *s->listening - 1 };
    const WgQueue *queue = s->worker->listens;
    const char *values[MOST] = {0};
    bool same = true;
    size_t count = 0;
    for (; queue && queue->places[count] && count < MOST; count++) {
        values[count] = find_value(message, queue->places[count]);
        if (!values[count])
            return wg_fail(ctx, "InvalidMessage", "there is no %s in it", queue->places[count]);
        same = same && s->listening[count] && strcmp(s->listening[count], values[count]) == 0;
    }
    if (!queue)
        return true;
    if (!same)
        stop_listening(ctx, s);
    if (wg_queue_create(ctx, queue, values) == WG_FAILED)
        return false;
    for (size_t i = 0; i < count && !same; i++)
        s->listening[i] = strdup(values[i]);
    return true;
}

static bool is_shut_down(WgContext *ctx) {
    const char *why = wg_stop(ctx);
    return why && strcmp(why, "shutdown") == 0;
}

static void answer(WgContext *ctx, WgService *s, const WgReceived *message, const char *token,
                   bool ok, json_t *out) {
    const char *why = wg_stop(ctx), *error = ctx->error, *reason = ctx->reason;
    ctx->error = ctx->reason = NULL;
    if (!ok && is_shut_down(ctx)) { // another worker goes on, with this token
        wg_log(ctx, WG_INFO, "handed back", NULL);
        wg_queue_hold(ctx, s->worker->serves, s->values, message, 0);
        return;
    }
    if (!ok && !error) {
        bool interrupted = why && strcmp(why, "interrupted") == 0;
        error = interrupted ? "Interrupted" : "Failed";
        reason = interrupted ? "another message came first" : "the handler gave no reason";
    }
    WgStatus status =
        ok ? wg_token_succeed(ctx, token, out) : wg_token_fail(ctx, token, error, reason);
    wg_log(ctx, status == WG_FAILED ? WG_ERROR : WG_INFO, ok ? "succeeded" : "failed", "errorType",
           error, "errorMessage", reason, "heard", status == WG_OK ? "yes" : "no", NULL);
    if (status != WG_FAILED)
        wg_queue_done(ctx, s->worker->serves, s->values, message);
}

static void work(WgContext *ctx, WgService *s, const WgReceived *message, json_t *body,
                 const char *token) {
    atomic_bool *told = s->pulse->stop;
    Pulse pulse = {.service = s, .message = message, .token = token};
    pthread_t thread;
    json_t *out = NULL;
    s->pulse->stop = &pulse.over;
    ctx->why_stop = why_stop;
    ctx->user = &pulse;
    bool beats = pthread_create(&thread, NULL, run_pulse, &pulse) == 0;
    bool ok = beats && s->worker->call(ctx, body, &out);
    wg_own(ctx, out);
    atomic_store(&pulse.over, true);
    bool returned = !ok && is_shut_down(ctx);
    if (beats && returned) // or it would hold what is handed back
        pthread_join(thread, NULL);
    answer(ctx, s, message, token, ok, out);
    if (beats && !returned)
        pthread_join(thread, NULL);
    s->pulse->stop = told;
}

WgStatus wg_serve(WgService *s) {
    WgContext ctx;
    WgReceived message = {0};
    wg_context_init(&ctx, s->runtime);
    WgStatus status = wg_queue_receive(&ctx, s->worker->serves, s->values, s->wait_s, &message);
    if (status == WG_NONE)
        stop_listening(&ctx, s); // nobody can mean us any more
    if (status == WG_OK) {
        json_t *body = wg_parse(&ctx, (WgBytes){message.body, strlen(message.body)});
        const char *token = wg_string(body, "taskToken");
        ctx.request_id = message.id;
        if (!*token) // it comes again, and goes to the dead letters in the end
            wg_log(&ctx, WG_ERROR, "a message without `taskToken`", NULL);
        else if (wg_token_heartbeat(&ctx, token) == WG_NONE || ctx.error ||
                 !start_listening(&ctx, s, body))
            answer(&ctx, s, &message, token, false, NULL);
        else
            work(&ctx, s, &message, body, token);
    }
    if (status == WG_FAILED)
        wg_log(&ctx, WG_ERROR, "no message", "errorType", ctx.error, "errorMessage", ctx.reason,
               NULL);
    wg_context_free(&ctx);
    return status;
}

void wg_service_end(WgService *s) {
    WgContext ctx;
    wg_context_init(&ctx, s->runtime);
    stop_listening(&ctx, s);
    wg_context_free(&ctx);
}

// `amelia scott`, `amelia/scott`, or PROJECT_ID and USER_ID. NULL: there are too few.
static const char **read_values(int argc, char **argv, const WgQueue *queue, const char **values,
                                size_t most) {
    size_t want = 0, have = 0;
    while (queue->places[want])
        want++;
    char *save, *text = argc == 2 ? argv[1] : NULL;
    for (char *v = text ? strtok_r(text, "/", &save) : NULL; v && have < most;
         v = strtok_r(NULL, "/", &save))
        values[have++] = v;
    for (int i = 1; i < argc && !text && have < most; i++)
        values[have++] = argv[i];
    const char *variables[] = {"PROJECT_ID", "USER_ID"};
    for (size_t i = have; i < 2 && have == i && *wg_env(variables[i]); i++)
        values[have++] = wg_env(variables[i]);
    return have >= want ? values : NULL;
}

int wg_worker(const WgWorker *worker, int argc, char **argv) {
    const char *values[5] = {0};
    WgFunction none = {.name = worker->name};
    WgRuntime runtime, pulse;
    setvbuf(stdout, NULL, _IOLBF, 1 << 16);
    if (!read_values(argc, argv, worker->serves, values, 4)) {
        fprintf(stderr, "usage: %s PROJECT USER (or PROJECT_ID and USER_ID in the environment)\n",
                worker->name);
        return 2;
    }
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    wg_runtime_init(&runtime, &none);
    wg_runtime_init(&pulse, &none);
    runtime.stop = &stopping;
    pulse.stop = &stopping;
    WgService service = {.worker = worker, .runtime = &runtime, .pulse = &pulse};
    service.values = values;
    service.wait_s = WAIT_S;
    while (!atomic_load(&stopping))
        if (wg_serve(&service) == WG_FAILED && !atomic_load(&stopping))
            runtime.sleep_ms(&runtime, FAILURE_PAUSE_MS);
    wg_service_end(&service);
    wg_runtime_free(&runtime);
    wg_runtime_free(&pulse);
    curl_global_cleanup();
    return 0;
}
