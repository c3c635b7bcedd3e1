// wgen_run.h - between generated code, the loops that call it, and tests: what a function is, and
// what stands between it and the world.
#ifndef WGEN_RUN_H
#define WGEN_RUN_H

#include "wgen_aws.h"

#include <stdatomic.h>
#include <stdio.h>

// An object that was put into a bucket.
typedef struct WgObject {
    const char *bucket, *key; // the key as it is, and not as events spell it
    const char *event;        // ObjectCreated:Put
    const char *etag;
    int64_t size;
} WgObject;

typedef struct WgHttpRequest {
    const char *method, *path; // without the stage's prefix
    WgBytes body;
    json_t *json;                         // the body, if it is JSON; else NULL
    json_t *query, *headers, *parameters; // strings; names of headers in lower case
    const char *source_ip;
} WgHttpRequest;
typedef struct WgHttpResponse {
    int status; // 200 unless set
    json_t *json;
    WgBytes body;             // instead of `json`
    const char *content_type; // application/json unless set
    json_t *headers;          // more of them; may be NULL
} WgHttpResponse;

// A stage of a workflow with storage. The state machine hands over where its data is:
//   {"stage": "Filter", "execution": "NAME", "bucket": "BUCKET",
//    "input": "executions/NAME/ETL/output.json", "output": "executions/NAME/Filter/output.json",
//    "message": {...}}
// `input` is absent for the first stage, which gets the message itself. The stage answers with
// {"bucket", "key", "size", "items"}: `items` if its output is a list.
typedef struct WgStage {
    const char *name, *execution, *bucket;
    const char *input, *output; // keys; `input` is NULL for the first stage
} WgStage;

typedef struct WgRoute {
    const char *method, *path; // /orders/{id}
    bool (*call)(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response);
} WgRoute;

// What generated code says of one function; of the calls, the first that is set is the one.
typedef struct WgFunction {
    const char *name, *system;
    const WgType *input, *output; // NULL: any JSON, as a json_t
    bool (*call)(WgContext *ctx, const void *input, void *output);
    bool (*object)(WgContext *ctx, const WgObject *object);     // for each of an event
    bool (*message)(WgContext *ctx, const WgReceived *message); // the same; what fails is retried
    bool (*stage)(WgContext *ctx, const WgStage *stage, const void *input, void *output);
    const WgRoute *routes;
    size_t route_count;
} WgFunction;

typedef struct WgRequest {
    const char *method, *url;
    const char *service;        // whose request it is, to sign it; NULL: not signed
    const char *const *headers; // "Name: value"; NULL ends
    WgBytes body;
    bool is_far;        // it is not signed, and goes to no place on this machine
    int64_t timeout_ms; // 0: none
    size_t most;        // bytes of an answer
} WgRequest;
typedef struct WgResponse {
    long status; // 0: there was no answer
    WgBytes body;
    const char *problem;                                         // why there was none
    const char *request_id, *trace_id, *deadline, *function_arn; // of the runtime API; or NULL
} WgResponse;

// What a function stands on. Tests put their own `send` here and need no network.
typedef struct WgRuntime {
    const WgFunction *function;
    void (*send)(WgContext *ctx, const WgRequest *request, WgResponse *response);
    void *sender; // of `send`
    int64_t (*clock_ms)(struct WgRuntime *runtime);
    void (*sleep_ms)(struct WgRuntime *runtime, int64_t ms);
    uint64_t random;
    FILE *log;
    atomic_bool *stop; // set when the process is told to end
} WgRuntime;

struct WgContext {
    WgRuntime *runtime;
    const char *request_id, *trace_id;
    int64_t deadline_ms; // 0: none
    const char *error, *reason;
    struct WgChunk *chunks;
    json_t *owned; // a list
    json_t *event; // what is being handled
    const char *(*why_stop)(WgContext *ctx);
    void *user;  // of why_stop
    bool hasty;  // its requests are cut short when the runtime is told to stop
    bool unsure; // of the last call: a try of it that nobody answered may have been carried out
};

void wg_runtime_init(WgRuntime *runtime, const WgFunction *function); // with libcurl
void wg_runtime_free(WgRuntime *runtime);
void wg_context_init(WgContext *ctx, WgRuntime *runtime);
void wg_context_free(WgContext *ctx);

// Handles one event. The answer, or NULL with ctx->error and ctx->reason set; owned by `ctx`.
json_t *wg_handle(WgContext *ctx, json_t *event);

int wg_lambda(const WgFunction *function); // the loop of a Lambda function; its exit code

#endif
