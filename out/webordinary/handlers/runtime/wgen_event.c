// wgen_event.c - from an event to the user's functions and back: any JSON, objects of a bucket,
// messages of a queue, stages of a workflow, requests over HTTP.
#include "wgen_call.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char input_error[] = "InvalidInput", output_error[] = "InvalidOutput";

// Calls with typed or untyped data. The answer, owned by `ctx`, or NULL.
static json_t *call_typed(WgContext *ctx, json_t *event, const WgStage *stage) {
    const WgFunction *f = ctx->runtime->function;
    const void *input = event;
    json_t *json = NULL;
    void *output = &json;
    if (f->input) {
        void *in = wg_alloc(ctx, f->input->size);
        if (!wg_read(ctx, f->input, event, in, input_error))
            return NULL;
        input = in;
    }
    if (f->output)
        output = wg_alloc(ctx, f->output->size);
    bool ok = stage ? f->stage(ctx, stage, input, output) : f->call(ctx, input, output);
    wg_own(ctx, json);
    if (!ok) {
        wg_fail(ctx, "Failed", "the handler gave no reason");
        return NULL;
    }
    if (f->output)
        return wg_own(ctx, wg_write(ctx, f->output, output, output_error));
    return json ? json : wg_own(ctx, json_null());
}

static int hex_digit(char c) {
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;
    return at ? (int)(at - digits) : -1;
}

// Keys in events are spelled as in a form: + is a space, %XX a byte.
static char *decode_key(WgContext *ctx, const char *key) {
    char *out = wg_alloc(ctx, strlen(key) + 1), *to = out;
    for (const char *c = key; *c; c++) {
        int high = *c == '%' ? hex_digit(c[1]) : -1;
        int low = high >= 0 ? hex_digit(c[2]) : -1;
        if (low >= 0) {
            *to++ = (char)(high << 4 | low);
            c += 2;
        } else {
            *to++ = *c == '+' ? ' ' : *c;
        }
    }
    return out;
}

static json_t *handle_objects(WgContext *ctx, json_t *event) {
    const json_t *records = json_object_get(event, "Records");
    json_t *record;
    size_t i;
    json_array_foreach((json_t *)records, i, record) {
        const json_t *s3 = json_object_get(record, "s3"), *object = json_object_get(s3, "object");
        WgObject o = {.bucket = wg_string(json_object_get(s3, "bucket"), "name"),
                      .key = decode_key(ctx, wg_string(object, "key")),
                      .event = wg_string(record, "eventName"),
                      .etag = wg_string(object, "eTag"),
                      .size = json_integer_value(json_object_get(object, "size"))};
        if (!*o.bucket || !*o.key) {
            wg_fail(ctx, input_error, "record %zu is of no object", i);
            return NULL;
        }
        if (!ctx->runtime->function->object(ctx, &o))
            return NULL;
    }
    return wg_own(ctx, json_null());
}

// Only what failed comes again. In a FIFO queue, so does all that stands behind it; and so does
// what there is no time for, or else Lambda would end this process and all of the batch would come
// again.
static json_t *handle_messages(WgContext *ctx, json_t *event) {
    enum { LAST_MS = 500 };
    json_t *failed = json_array(), *answer = json_pack("{s:o}", "batchItemFailures", failed);
    const json_t *records = json_object_get(event, "Records");
    json_t *record;
    bool blocked = false;
    size_t i;
    wg_own(ctx, answer);
    json_array_foreach((json_t *)records, i, record) {
        const json_t *attributes = json_object_get(record, "attributes");
        const char *count = wg_string(attributes, "ApproximateReceiveCount");
        const char *source = wg_string(record, "eventSourceARN");
        WgReceived m = {.id = wg_string(record, "messageId"),
                        .body = wg_string(record, "body"),
                        .receipt = wg_string(record, "receiptHandle"),
                        .group = wg_string(attributes, "MessageGroupId"),
                        .times = *count ? strtoll(count, NULL, 10) : 1};
        if (!blocked && wg_left_ms(ctx) < LAST_MS) {
            wg_log(ctx, WG_WARN, "no time is left for what is behind", "messageId", m.id, NULL);
            blocked = true;
        }
        if (!blocked && ctx->runtime->function->message(ctx, &m) && !ctx->error)
            continue;
        if (!blocked)
            wg_log(ctx, WG_ERROR, "message failed", "messageId", m.id, "errorType", ctx->error,
                   "errorMessage", ctx->reason, NULL);
        ctx->error = ctx->reason = NULL;
        size_t size = strlen(source);
        blocked = blocked || (size > 5 && strcmp(source + size - 5, ".fifo") == 0);
        json_array_append_new(failed, json_pack("{s:s}", "itemIdentifier", m.id));
    }
    return answer;
}

static json_t *read_stage_input(WgContext *ctx, const WgStage *stage, json_t *event) {
    WgBytes object;
    if (!stage->input)
        return json_object_get(event, "message");
    WgStatus status = wg_object_get(ctx, stage->bucket, stage->input, &object);
    if (status == WG_NONE)
        wg_fail(ctx, "StageInputMissing", "there is no %s in %s", stage->input, stage->bucket);
    if (status != WG_OK)
        return NULL;
    json_t *input = wg_parse(ctx, object);
    if (!input)
        wg_fail(ctx, input_error, "%s in %s is not JSON", stage->input, stage->bucket);
    return input;
}

static json_t *handle_stage(WgContext *ctx, json_t *event) {
    WgStage stage = {.name = wg_string(event, "stage"),
                     .execution = wg_string(event, "execution"),
                     .bucket = wg_string(event, "bucket"),
                     .input = json_string_value(json_object_get(event, "input")),
                     .output = wg_string(event, "output")};
    if (!*stage.bucket || !*stage.output) {
        wg_fail(ctx, input_error, "a stage must be told its `bucket` and `output`");
        return NULL;
    }
    json_t *input = read_stage_input(ctx, &stage, event);
    if (ctx->error)
        return NULL;
    json_t *output = call_typed(ctx, input ? input : wg_own(ctx, json_null()), &stage);
    if (!output)
        return NULL;
    WgBytes text = wg_print(ctx, output);
    if (wg_object_put(ctx, stage.bucket, stage.output, text, "application/json") != WG_OK)
        return NULL;
    json_t *answer = json_pack("{s:s,s:s,s:I}", "bucket", stage.bucket, "key", stage.output, "size",
                               (json_int_t)text.size);
    if (json_is_array(output))
        json_object_set_new(answer, "items", json_integer((json_int_t)json_array_size(output)));
    return wg_own(ctx, answer);
}

// The path without the stage that an API's URL begins with.
static const char *without_stage(const char *path, const char *stage) {
    size_t size = strlen(stage);
    bool has = size && path[0] == '/' && strncmp(path + 1, stage, size) == 0 &&
               (path[size + 1] == '/' || !path[size + 1]);
    const char *rest = has ? path + size + 1 : path;
    return *rest ? rest : "/";
}

// Whether `path` fits `pattern`, whose {names} go into `parameters`. {name+} is all that is left:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
static bool fits(WgContext *ctx, const char *pattern, const char *path, json_t *parameters) {
    while (*pattern && *path) {
        size_t want = strcspn(pattern + 1, "/") + 1, have = strcspn(path + 1, "/") + 1;
        bool open = pattern[1] == '{' && want > 2 && pattern[want - 1] == '}';
        bool rest = open && want > 3 && pattern[want - 2] == '+';
        have = rest ? strlen(path) : have;
        if (open && (rest || have > 1)) {
            const char *name = wg_copy(ctx, pattern + 2, want - 3 - rest);
            json_object_set_new(parameters, name, json_stringn(path + 1, have - 1));
        } else if (want != have || strncmp(pattern, path, want) != 0) {
            return false;
        }
        pattern += want;
        path += have;
    }
    return !*pattern && !*path;
}

static json_t *lower_names(WgContext *ctx, const json_t *headers) {
    json_t *lower = wg_own(ctx, json_object()), *value;
    const char *name;
    json_object_foreach((json_t *)headers, name, value) {
        char *copy = wg_copy(ctx, name, strlen(name));
        for (char *c = copy; *c; c++)
            *c = (char)tolower((unsigned char)*c);
        json_object_set(lower, copy, value);
    }
    return lower;
}

static bool read_http(WgContext *ctx, json_t *event, WgHttpRequest *r) {
    const json_t *context = json_object_get(event, "requestContext");
    const json_t *http = json_object_get(context, "http");
    const char *path = wg_string(event, "rawPath");
    const char *body = wg_string(event, "body");
    *r = (WgHttpRequest){
        .method = wg_string(http, "method"), .body = {body, strlen(body)}
    };
    if (!*r->method)
        r->method = wg_string(event, "httpMethod"); // the events of a REST API
    r->path = without_stage(*path ? path : wg_string(event, "path"), wg_string(context, "stage"));
    r->query = json_object_get(event, "queryStringParameters");
    r->headers = lower_names(ctx, json_object_get(event, "headers"));
    r->parameters = wg_own(ctx, json_object());
    r->source_ip = wg_string(http, "sourceIp");
    if (json_is_true(json_object_get(event, "isBase64Encoded")) &&
        !wg_decode_base64(ctx, r->body, &r->body))
        return wg_fail(ctx, input_error, "the body is not base64");
    r->json = wg_parse(ctx, r->body);
    return *r->method ? true : wg_fail(ctx, input_error, "the event is no HTTP request");
}

static json_t *write_http(WgContext *ctx, const WgHttpResponse *r) {
    WgBytes body = r->json ? wg_print(ctx, r->json) : r->body;
    json_t *text = json_stringn(body.data ? body.data : "", body.size);
    json_t *headers = json_object(), *answer = json_object();
    if (!text) {
        text = json_string(wg_encode_base64(ctx, body).data);
        json_object_set_new(answer, "isBase64Encoded", json_true());
    }
    if (body.size)
        json_object_set_new(headers, "content-type",
                            json_string(r->content_type ? r->content_type : "application/json"));
    json_object_update(headers, r->headers);
    json_object_set_new(answer, "statusCode", json_integer(r->status ? r->status : 200));
    json_object_set_new(answer, "headers", headers);
    json_object_set_new(answer, "body", text);
    return wg_own(ctx, answer);
}

static void say(WgContext *ctx, WgHttpResponse *response, int status, const char *message) {
    *response = (WgHttpResponse){.status = status};
    response->json = wg_own(ctx, json_pack("{s:s}", "message", message));
}

static json_t *handle_http(WgContext *ctx, json_t *event) {
    const WgFunction *f = ctx->runtime->function;
    WgHttpRequest request;
    WgHttpResponse response = {0};
    if (!read_http(ctx, event, &request))
        return NULL;
    bool known = false;
    for (size_t i = 0; i < f->route_count; i++) {
        const WgRoute *route = &f->routes[i];
        json_object_clear(request.parameters);
        if (!fits(ctx, route->path, request.path, request.parameters))
            continue;
        known = true;
        if (strcmp(route->method, request.method) != 0 && strcmp(route->method, "ANY") != 0)
            continue;
        if (route->call(ctx, &request, &response) && !ctx->error)
            return write_http(ctx, &response);
        // The reason is for the log; a stranger is told that it was not him.
        wg_log(ctx, WG_ERROR, "request failed", "path", request.path, "errorType", ctx->error,
               "errorMessage", ctx->reason, NULL);
        ctx->error = ctx->reason = NULL;
        say(ctx, &response, 500, "Internal Server Error");
        return write_http(ctx, &response);
    }
    say(ctx, &response, known ? 405 : 404, known ? "Method Not Allowed" : "Not Found");
    return write_http(ctx, &response);
}

json_t *wg_event(WgContext *ctx) {
    return ctx->event;
}

json_t *wg_handle(WgContext *ctx, json_t *event) {
    const WgFunction *f = ctx->runtime->function;
    ctx->event = event;
    json_t *answer = f->routes    ? handle_http(ctx, event)
                     : f->object  ? handle_objects(ctx, event)
                     : f->message ? handle_messages(ctx, event)
                     : f->stage   ? handle_stage(ctx, event)
                                  : call_typed(ctx, event, NULL);
    if (!answer)
        wg_fail(ctx, "Failed", "the handler gave no reason");
    return ctx->error ? NULL : answer;
}
