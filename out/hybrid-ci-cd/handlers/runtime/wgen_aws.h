// wgen_aws.h - what handlers use of AWS. Generated code has a typed function for each thing that a
// function's `uses` grants; these are what they stand on. Every call is signed, retried with
// backoff and jitter when AWS says so, and bounded by the time that is left.
#ifndef WGEN_AWS_H
#define WGEN_AWS_H

#include "wgen_type.h"

// Any operation of a service that speaks JSON: wg_call(ctx, "sns", "AmazonSNS.Publish", ...).
// `answer` may be NULL and is owned by the context. A fault that means something to the caller is
// not reported: WG_FAILED with `*fault` set to its name. `fault` may be NULL.
WgStatus wg_call(WgContext *ctx, const char *service, const char *target, json_t *request,
                 json_t **answer, const char **fault);

// Tables. An item is a struct; its key fields say which item is meant.
typedef struct WgTable {
    const char *variable; // the environment variable that holds its name
    const WgType *item;
    const char *key, *sort; // `sort` may be NULL
    const char *ttl;        // the attribute that ends an item's life, or NULL,
    int64_t ttl_after;      // and how long that is from now, where the item does not say
} WgTable;

typedef struct WgValue {
    const char *name; // ":now"; of a query it goes without saying
    const char *text; // NULL: it is the number
    int64_t number;
} WgValue;
// A condition in DynamoDB's words. `#name` is the attribute of that name, `:x` one of `values`.
typedef struct WgWhen {
    const char *expression;
    WgValue values[12];
} WgWhen;

WgStatus wg_table_get(WgContext *ctx, const WgTable *table, void *item); // consistent
// WG_REFUSED if `when` does not hold; `when` may be NULL.
WgStatus wg_table_put(WgContext *ctx, const WgTable *table, const void *item, const WgWhen *when);
WgStatus wg_table_add(WgContext *ctx, const WgTable *table, const void *item); // if it is new
WgStatus wg_table_delete(WgContext *ctx, const WgTable *table, const void *item,
                         const WgWhen *when);
// `SET #a = :a`: with the values and the condition of `when`. The item is then as it is now. A
// change that counts (`ADD`) counts twice when an answer is lost, unless its condition says from
// what.
WgStatus wg_table_update(WgContext *ctx, const WgTable *table, void *item, const char *change,
                         const WgWhen *when);
// Items whose `key` (of an index, if that is not NULL) is `value`, at most `most` of them.
WgStatus wg_table_query(WgContext *ctx, const WgTable *table, const char *index, const char *key,
                        WgValue value, size_t most, void *items, size_t *count);

// Queues. Their name is in `variable`, with `{place}` where each of `places` goes.
typedef struct WgQueue {
    const char *variable;
    const char *const *places; // NULL ends
    bool fifo;
    const char *made; // of one that is made at run time: its attributes, policy and tags, as JSON
} WgQueue;
typedef struct WgMessage {
    const char *body;
    const char *group, *dedupe; // of a FIFO queue
    struct {
        const char *name, *value;
    } attributes[10];
} WgMessage;
typedef struct WgReceived {
    const char *id, *body, *receipt, *group;
    int64_t times; // that it has been received
} WgReceived;

char *wg_queue_name(WgContext *ctx, const WgQueue *queue, const char *const *values);
WgStatus wg_queue_find(WgContext *ctx, const WgQueue *queue, const char *const *values);
WgStatus wg_queue_send(WgContext *ctx, const WgQueue *queue, const char *const *values,
                       const WgMessage *message); // WG_NONE: there is no such queue
WgStatus wg_queue_receive(WgContext *ctx, const WgQueue *queue, const char *const *values,
                          int wait_s, WgReceived *message); // WG_NONE: no message
WgStatus wg_queue_done(WgContext *ctx, const WgQueue *queue, const char *const *values,
                       const WgReceived *message); // takes it off the queue
// Nobody else receives it for so long from now on: 0 lets another one have it now.
WgStatus wg_queue_hold(WgContext *ctx, const WgQueue *queue, const char *const *values,
                       const WgReceived *message, int64_t seconds);
// Of a queue that is made at run time. To create one that is there marks it as still in use.
WgStatus wg_queue_create(WgContext *ctx, const WgQueue *queue, const char *const *values);
WgStatus wg_queue_delete(WgContext *ctx, const WgQueue *queue, const char *const *values);
// Deletes those that nobody has marked for so long. Adds how many to `*swept`.
WgStatus wg_queue_sweep(WgContext *ctx, const WgQueue *queue, int64_t unused_s, size_t *swept);

// Buckets.
typedef struct WgBucket {
    const char *variable;
} WgBucket;
WgStatus wg_bucket_get(WgContext *ctx, const WgBucket *bucket, const char *key, WgBytes *object);
WgStatus wg_bucket_put(WgContext *ctx, const WgBucket *bucket, const char *key, WgBytes object,
                       const char *content_type);
WgStatus wg_bucket_delete(WgContext *ctx, const WgBucket *bucket, const char *key);

// Workflows.
typedef struct WgWorkflow {
    const char *variable; // holds its ARN
} WgWorkflow;
// WG_REFUSED: an execution of that name has been started before. `name` may be NULL.
WgStatus wg_workflow_start(WgContext *ctx, const WgWorkflow *workflow, const char *name,
                           json_t *input);
// Answers a token. WG_NONE: nobody waits for it any more.
WgStatus wg_token_succeed(WgContext *ctx, const char *token, json_t *output);
WgStatus wg_token_fail(WgContext *ctx, const char *token, const char *error, const char *cause);
WgStatus wg_token_heartbeat(WgContext *ctx, const char *token);

#endif
