// wgen_bucket.c - objects of S3 buckets, and what a workflow is told.
#include "wgen_call.h"

#include <stdlib.h>
#include <string.h>

enum { MEGABYTE = 1 << 20, UNKNOWN_MEMORY_MB = 1024 };

// A name with dots fits no certificate, and an emulator has one host for all.
static char *url_of(WgContext *ctx, const char *bucket, const char *key) {
    bool custom;
    const char *endpoint = wg_endpoint(ctx, "s3", &custom), *path = wg_encode_url(ctx, key);
    if (custom || strchr(bucket, '.'))
        return wg_text(ctx, "%s/%s/%s", endpoint, bucket, path);
    return wg_text(ctx, "https://%s.%s/%s", bucket, endpoint + strlen("https://"), path);
}

static WgStatus send_object(WgContext *ctx, const char *method, const char *bucket, const char *key,
                            WgBytes body, const char *content_type, WgBytes *answer) {
    const char *headers[] = {
        wg_text(ctx, "x-amz-content-sha256: %s", wg_digest(ctx, body)), // curl does not add it
        content_type ? wg_text(ctx, "Content-Type: %s", content_type) : NULL, NULL};
    int64_t memory = strtoll(wg_env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NULL, 10);
    WgRequest q = {.method = method, .service = "s3", .headers = headers, .body = body};
    q.url = url_of(ctx, bucket, key);
    q.most = (size_t)(memory > 0 ? memory : UNKNOWN_MEMORY_MB) * MEGABYTE / 4;
    q.timeout_ms = wg_left_ms(ctx);
    WgResponse res;
    wg_send_retried(ctx, q, &res);
    if (res.status == 200 || res.status == 204) {
        if (answer)
            *answer = res.body.data ? res.body : (WgBytes){"", 0};
        return WG_OK;
    }
    if (res.status == 404)
        return WG_NONE;
    wg_fail(ctx, "StorageFailed", "%s of %s in %s: status %ld%s%s", method, key, bucket, res.status,
            res.problem ? ", " : "", res.problem ? res.problem : "");
    return WG_FAILED;
}

WgStatus wg_object_get(WgContext *ctx, const char *bucket, const char *key, WgBytes *object) {
    return send_object(ctx, "GET", bucket, key, (WgBytes){0}, NULL, object);
}

WgStatus wg_object_put(WgContext *ctx, const char *bucket, const char *key, WgBytes object,
                       const char *content_type) {
    if (!object.data)
        object.data = "";
    return send_object(ctx, "PUT", bucket, key, object, content_type, NULL);
}

WgStatus wg_bucket_get(WgContext *ctx, const WgBucket *bucket, const char *key, WgBytes *object) {
    const char *name = wg_required(ctx, bucket->variable);
    return name ? wg_object_get(ctx, name, key, object) : WG_FAILED;
}

WgStatus wg_bucket_put(WgContext *ctx, const WgBucket *bucket, const char *key, WgBytes object,
                       const char *content_type) {
    const char *name = wg_required(ctx, bucket->variable);
    return name ? wg_object_put(ctx, name, key, object, content_type) : WG_FAILED;
}

WgStatus wg_bucket_delete(WgContext *ctx, const WgBucket *bucket, const char *key) {
    const char *name = wg_required(ctx, bucket->variable);
    return name ? send_object(ctx, "DELETE", name, key, (WgBytes){0}, NULL, NULL) : WG_FAILED;
}

WgStatus wg_workflow_start(WgContext *ctx, const WgWorkflow *workflow, const char *name,
                           json_t *input) {
    const char *arn = wg_required(ctx, workflow->variable), *fault;
    if (!arn)
        return WG_FAILED;
    json_t *request =
        json_pack("{s:s,s:s}", "stateMachineArn", arn, "input", wg_print(ctx, input).data);
    // With a name, one that is started twice because an answer was lost is started once.
    json_object_set_new(request, "name", json_string(name ? name : wg_secret(ctx)));
    WgStatus status =
        wg_call(ctx, "states", "AWSStepFunctions.StartExecution", request, NULL, &fault);
    if (!fault)
        return status;
    if (strcmp(fault, "ExecutionAlreadyExists") == 0)
        return WG_REFUSED;
    wg_fail(ctx, fault, "the workflow could not be started");
    return WG_FAILED;
}

static WgStatus answer_token(WgContext *ctx, const char *operation, json_t *request) {
    const char *target = wg_text(ctx, "AWSStepFunctions.%s", operation), *fault;
    WgStatus status = wg_call(ctx, "states", target, request, NULL, &fault);
    if (!fault)
        return status;
    if (strcmp(fault, "TaskTimedOut") == 0 || strcmp(fault, "TaskDoesNotExist") == 0 ||
        strcmp(fault, "InvalidToken") == 0)
        return WG_NONE;
    wg_fail(ctx, fault, "%s was refused", operation);
    return WG_FAILED;
}

// Step Functions API, SendTaskSuccess and SendTaskFailure: what is longer is refused, and the
// workflow would wait for its timeout.
enum { OUTPUT_BYTES = 262144, ERROR_BYTES = 256, CAUSE_BYTES = 32768 };

// At most so many bytes of a text, and no half of a character.
static const char *beginning(WgContext *ctx, const char *text, size_t most) {
    size_t size = text ? strlen(text) : 0;
    if (size <= most)
        return text ? text : "";
    while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    return wg_text(ctx, "%.*s", (int)most, text);
}

WgStatus wg_token_succeed(WgContext *ctx, const char *token, json_t *output) {
    const char *text = output ? wg_print(ctx, output).data : "{}";
    if (strlen(text) > OUTPUT_BYTES)
        return wg_token_fail(
            ctx, token, "ResponseTooLarge",
            wg_text(ctx, "%zu bytes, %d are the most", strlen(text), OUTPUT_BYTES));
    return answer_token(ctx, "SendTaskSuccess",
                        json_pack("{s:s,s:s}", "taskToken", token, "output", text));
}

WgStatus wg_token_fail(WgContext *ctx, const char *token, const char *error, const char *cause) {
    return answer_token(ctx, "SendTaskFailure",
                        json_pack("{s:s,s:s,s:s}", "taskToken", token, "error",
                                  beginning(ctx, error, ERROR_BYTES), "cause",
                                  beginning(ctx, cause, CAUSE_BYTES)));
}

WgStatus wg_token_heartbeat(WgContext *ctx, const char *token) {
    return answer_token(ctx, "SendTaskHeartbeat", json_pack("{s:s}", "taskToken", token));
}
