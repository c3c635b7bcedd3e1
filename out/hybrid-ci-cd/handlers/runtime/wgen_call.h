// wgen_call.h - requests that are tried again: what the clients of the services share.
#ifndef WGEN_CALL_H
#define WGEN_CALL_H

#include "wgen_run.h"

// Sends until there is an answer that is worth having: no connection, a throttle or a fault of the
// service is tried again after a random part of a delay that doubles, as long as there is time.
void wg_send_retried(WgContext *ctx, WgRequest request, WgResponse *response);

// With how many digits every number of a value is the same again: 0.1, and not 0.10000000000000001.
int wg_digits(const json_t *json);

uint64_t wg_random(WgContext *ctx); // for jitter and for names; nothing here is a secret
const char *wg_region(void);
// Where a service answers: AWS_ENDPOINT_URL, or its own host. `custom` tells which of the two.
char *wg_endpoint(WgContext *ctx, const char *service, bool *custom);
char *wg_encode_url(WgContext *ctx, const char *text); // RFC 3986, and slashes as they are
// The value of an environment variable that must be there, or NULL after wg_fail.
const char *wg_required(WgContext *ctx, const char *variable);
// The name that an answer gives its fault: com.amazonaws.sqs#QueueDoesNotExist is the last word.
const char *wg_fault(WgContext *ctx, const WgResponse *response);

// An object of any bucket.
WgStatus wg_object_get(WgContext *ctx, const char *bucket, const char *key, WgBytes *object);
WgStatus wg_object_put(WgContext *ctx, const char *bucket, const char *key, WgBytes object,
                       const char *content_type);

#endif
