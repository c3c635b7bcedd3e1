// wgen_queue.c - SQS queues: those that are deployed, and those that come and go at run time.
#include "wgen_call.h"

#include <stdlib.h>
#include <string.h>

static const char in_names[] = "{}", in_json[] = "$()";

static const char *hole_of(WgContext *ctx, const char *format, const char *place) {
    size_t open = strlen(format) - 1;
    return wg_text(ctx, "%.*s%s%s", (int)open, format, place, format + open);
}

// `pattern` with each of `places` replaced; `format` says how a place is written in it.
static char *fill(WgContext *ctx, const char *pattern, const char *format,
                  const char *const *places, const char *const *values) {
    char *text = wg_copy(ctx, pattern, strlen(pattern));
    for (size_t i = 0; places && places[i]; i++) {
        const char *hole = hole_of(ctx, format, places[i]);
        for (char *at; (at = strstr(text, hole)) != NULL;)
            text = wg_text(ctx, "%.*s%s%s", (int)(at - text), text, values[i], at + strlen(hole));
    }
    return text;
}

// What goes into a name comes from a message, as a rule: it may be a word, and nothing else.
static bool is_word(const char *text) {
    size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return size > 0 && text[size] == '\0';
}

char *wg_queue_name(WgContext *ctx, const WgQueue *queue, const char *const *values) {
    const char *pattern = wg_required(ctx, queue->variable);
    for (size_t i = 0; pattern && queue->places && queue->places[i]; i++) {
        bool asked = strstr(pattern, hole_of(ctx, in_names, queue->places[i])) != NULL;
        if (asked && (!values[i] || !is_word(values[i]))) {
            wg_fail(ctx, "InvalidName", "`%s` can't be the %s of a queue",
                    values[i] ? values[i] : "", queue->places[i]);
            return NULL;
        }
    }
    return pattern ? fill(ctx, pattern, in_names, queue->places, values) : NULL;
}

static char *url_of(WgContext *ctx, const char *name) {
    bool custom;
    const char *account = name ? wg_required(ctx, "AWS_ACCOUNT_ID") : NULL;
    if (!account)
        return NULL;
    return wg_text(ctx, "%s/%s/%s", wg_endpoint(ctx, "sqs", &custom), account, name);
}

static bool is_missing(const char *fault) {
    return strstr(fault, "QueueDoesNotExist") || strstr(fault, "NonExistentQueue");
}

static WgStatus ask(WgContext *ctx, const char *operation, json_t *request, json_t **answer) {
    const char *target = wg_text(ctx, "AmazonSQS.%s", operation), *fault;
    json_t *unused;
    WgStatus status = wg_call(ctx, "sqs", target, request, answer ? answer : &unused, &fault);
    if (!fault)
        return status;
    if (is_missing(fault))
        return WG_NONE;
    const json_t *said = answer ? *answer : unused;
    const char *message = wg_string(said, "message");
    wg_fail(ctx, fault, "%s: %s", operation, *message ? message : wg_string(said, "Message"));
    return WG_FAILED;
}

static json_t *new_request(WgContext *ctx, const WgQueue *queue, const char *const *values) {
    const char *url = url_of(ctx, wg_queue_name(ctx, queue, values));
    return url ? json_pack("{s:s}", "QueueUrl", url) : NULL;
}

// Somebody who may not ask about a queue is told so, and not that there is none.
WgStatus wg_queue_find(WgContext *ctx, const WgQueue *queue, const char *const *values) {
    const char *name = wg_queue_name(ctx, queue, values), *fault;
    if (!name)
        return WG_FAILED;
    WgStatus status = wg_call(ctx, "sqs", "AmazonSQS.GetQueueUrl",
                              json_pack("{s:s}", "QueueName", name), NULL, &fault);
    if (!fault)
        return status;
    if (is_missing(fault) || strstr(fault, "AccessDenied"))
        return WG_NONE;
    wg_fail(ctx, fault, "GetQueueUrl: %s", name);
    return WG_FAILED;
}

WgStatus wg_queue_send(WgContext *ctx, const WgQueue *queue, const char *const *values,
                       const WgMessage *m) {
    json_t *request = new_request(ctx, queue, values);
    if (!request)
        return WG_FAILED;
    json_object_set_new(request, "MessageBody", json_string(m->body));
    if (queue->fifo) {
        json_object_set_new(request, "MessageGroupId", json_string(m->group));
        if (m->dedupe)
            json_object_set_new(request, "MessageDeduplicationId", json_string(m->dedupe));
    }
    json_t *attributes = json_object();
    for (size_t i = 0; i < sizeof m->attributes / sizeof *m->attributes; i++)
        if (m->attributes[i].name && m->attributes[i].value && *m->attributes[i].value)
            json_object_set_new(attributes, m->attributes[i].name,
                                json_pack("{s:s,s:s}", "DataType", "String", "StringValue",
                                          m->attributes[i].value));
    if (json_object_size(attributes))
        json_object_set(request, "MessageAttributes", attributes);
    json_decref(attributes);
    return ask(ctx, "SendMessage", request, NULL);
}

WgStatus wg_queue_receive(WgContext *ctx, const WgQueue *queue, const char *const *values,
                          int wait_s, WgReceived *message) {
    json_t *request = new_request(ctx, queue, values), *answer;
    if (!request)
        return WG_FAILED;
    json_object_set_new(request, "MaxNumberOfMessages", json_integer(1));
    json_object_set_new(request, "WaitTimeSeconds", json_integer(wait_s));
    json_object_set_new(request, "AttributeNames",
                        json_pack("[s,s]", "ApproximateReceiveCount", "MessageGroupId"));
    // Without it, a message whose delivery was lost would block its group until it is visible
    // again.
    if (queue->fifo)
        json_object_set_new(request, "ReceiveRequestAttemptId", json_string(wg_secret(ctx)));
    WgStatus status = ask(ctx, "ReceiveMessage", request, &answer);
    if (status != WG_OK)
        return status;
    const json_t *first = json_array_get(json_object_get(answer, "Messages"), 0);
    const json_t *attributes = json_object_get(first, "Attributes");
    if (!first)
        return WG_NONE;
    *message =
        (WgReceived){.id = wg_string(first, "MessageId"),
                     .body = wg_string(first, "Body"),
                     .receipt = wg_string(first, "ReceiptHandle"),
                     .group = wg_string(attributes, "MessageGroupId"),
                     .times = strtoll(wg_string(attributes, "ApproximateReceiveCount"), NULL, 10)};
    return WG_OK;
}

WgStatus wg_queue_done(WgContext *ctx, const WgQueue *queue, const char *const *values,
                       const WgReceived *message) {
    json_t *request = new_request(ctx, queue, values);
    if (!request)
        return WG_FAILED;
    json_object_set_new(request, "ReceiptHandle", json_string(message->receipt));
    return ask(ctx, "DeleteMessage", request, NULL);
}

WgStatus wg_queue_hold(WgContext *ctx, const WgQueue *queue, const char *const *values,
                       const WgReceived *message, int64_t seconds) {
    json_t *request = new_request(ctx, queue, values);
    if (!request)
        return WG_FAILED;
    json_object_set_new(request, "ReceiptHandle", json_string(message->receipt));
    json_object_set_new(request, "VisibilityTimeout", json_integer(seconds));
    return ask(ctx, "ChangeMessageVisibility", request, NULL);
}

// What a queue is made with: {"attributes": {...}, "tags": {...}}, its holes filled. SQS takes
// attributes as strings, whatever they are.
static json_t *made_with(WgContext *ctx, const WgQueue *queue, const char *const *values) {
    const char *const places[] = {"account", "region", "partition", NULL};
    const char *region = wg_region();
    const char *partition = strncmp(region, "cn-", 3) == 0       ? "aws-cn"
                            : strncmp(region, "us-gov-", 7) == 0 ? "aws-us-gov"
                                                                 : "aws";
    const char *const known[] = {wg_env("AWS_ACCOUNT_ID"), region, partition};
    const char *text = fill(ctx, queue->made ? queue->made : "{}", in_json, places, known), *key;
    text = fill(ctx, text, in_json, queue->places, values);
    json_t *made = wg_parse(ctx, (WgBytes){text, strlen(text)}), *value;
    json_t *attributes = json_object_get(made, "attributes");
    json_object_foreach(attributes, key, value) {
        if (!json_is_string(value))
            json_object_set_new(attributes, key, json_string(wg_print(ctx, value).data));
    }
    return made;
}

WgStatus wg_queue_create(WgContext *ctx, const WgQueue *queue, const char *const *values) {
    const char *name = wg_queue_name(ctx, queue, values), *url = url_of(ctx, name);
    if (!url)
        return WG_FAILED;
    const json_t *made = made_with(ctx, queue, values);
    json_t *attributes = json_object_get(made, "attributes"), *tags = json_object_get(made, "tags");
    json_t *request = json_pack("{s:s}", "QueueName", name);
    if (json_object_size(attributes))
        json_object_set(request, "Attributes", attributes);
    if (json_object_size(tags))
        json_object_set(request, "tags", tags);
    WgStatus status = ask(ctx, "CreateQueue", request, NULL);
    if (status != WG_OK || !json_object_size(attributes))
        return status;
    json_object_del(attributes, "FifoQueue"); // can't be set again
    // Setting what is set already changes LastModifiedTimestamp, which tells the sweep that it is
    // in use.
    return ask(ctx, "SetQueueAttributes",
               json_pack("{s:s,s:O}", "QueueUrl", url, "Attributes", attributes), NULL);
}

WgStatus wg_queue_delete(WgContext *ctx, const WgQueue *queue, const char *const *values) {
    json_t *request = new_request(ctx, queue, values);
    return request ? ask(ctx, "DeleteQueue", request, NULL) : WG_FAILED;
}

static WgStatus sweep_one(WgContext *ctx, const char *url, int64_t unused_s, size_t *swept) {
    json_t *answer;
    WgStatus status =
        ask(ctx, "GetQueueAttributes",
            json_pack("{s:s,s:[s]}", "QueueUrl", url, "AttributeNames", "LastModifiedTimestamp"),
            &answer);
    if (status != WG_OK)
        return status;
    int64_t changed = strtoll(
        wg_string(json_object_get(answer, "Attributes"), "LastModifiedTimestamp"), NULL, 10);
    if (!changed || changed > wg_now(ctx) - unused_s)
        return WG_OK;
    status = ask(ctx, "DeleteQueue", json_pack("{s:s}", "QueueUrl", url), NULL);
    *swept += status == WG_OK;
    return status;
}

WgStatus wg_queue_sweep(WgContext *ctx, const WgQueue *queue, int64_t unused_s, size_t *swept) {
    const char *pattern = wg_required(ctx, queue->variable);
    const char *hole = pattern ? strchr(pattern, '{') : NULL;
    if (!hole || hole == pattern) {
        wg_fail(ctx, "Misconfigured", "%s has no place to sweep behind", queue->variable);
        return WG_FAILED;
    }
    json_t *request = json_pack("{s:s%}", "QueueNamePrefix", pattern, (size_t)(hole - pattern));
    json_t *answer, *url;
    WgStatus status = ask(ctx, "ListQueues", request, &answer);
    size_t i;
    if (status != WG_OK)
        return status;
    json_array_foreach(json_object_get(answer, "QueueUrls"), i, url) {
        status = sweep_one(ctx, json_string_value(url), unused_s, swept);
        if (status == WG_FAILED)
            return status;
    }
    return WG_OK;
}
