// wgen_call.c - requests that are tried again, and services that speak JSON.
#include "wgen_call.h"

#include <string.h>

enum {
    TRIES = 6,
    FIRST_DELAY_MS = 50,
    LAST_DELAY_MS = 5000,
    REQUEST_MS = 15000, // the most that one try may take
    MARGIN_MS = 300,    // kept back to report what went wrong
    ANSWER_BYTES = 16 << 20
};

const char *wg_region(void) {
    const char *region = wg_env("AWS_REGION");
    return *region ? region : wg_env("AWS_DEFAULT_REGION");
}

char *wg_endpoint(WgContext *ctx, const char *service, bool *custom) {
    const char *url = wg_env("AWS_ENDPOINT_URL");
    size_t size = strlen(url);
    *custom = size > 0;
    while (size && url[size - 1] == '/')
        size--;
    if (size)
        return wg_copy(ctx, url, size);
    const char *region = wg_region();
    const char *domain = strncmp(region, "cn-", 3) == 0 ? "amazonaws.com.cn" : "amazonaws.com";
    return wg_text(ctx, "https://%s.%s.%s", service, region, domain);
}

char *wg_encode_url(WgContext *ctx, const char *text) {
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    static const char hex[] = "0123456789ABCDEF";
    char *out = wg_alloc(ctx, strlen(text) * 3 + 1), *to = out;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (strchr(plain, *c)) {
            *to++ = (char)*c;
        } else {
            *to++ = '%';
            *to++ = hex[*c >> 4];
            *to++ = hex[*c & 15];
        }
    }
    return out;
}

const char *wg_required(WgContext *ctx, const char *variable) {
    const char *value = wg_env(variable);
    if (*value)
        return value;
    wg_fail(ctx, "Misconfigured", "the environment variable %s is not set", variable);
    return NULL;
}

const char *wg_fault(WgContext *ctx, const WgResponse *response) {
    const json_t *answer = wg_parse(ctx, response->body);
    const char *type = wg_string(answer, "__type");
    if (!*type)
        type = wg_string(answer, "code");
    const char *hash = strrchr(type, '#');
    const char *name = hash ? hash + 1 : type;
    return *name ? wg_copy(ctx, name, strcspn(name, ":")) : "ServiceFault";
}

static bool is_throttle(const char *fault) {
    static const char *const faults[] = {"ThrottlingException",
                                         "Throttling",
                                         "ProvisionedThroughputExceededException",
                                         "RequestLimitExceeded",
                                         "TooManyRequestsException",
                                         "RequestThrottled",
                                         "RequestThrottledException",
                                         "SlowDown",
                                         "LimitExceededException",
                                         "TransactionInProgressException",
                                         "InternalServerError",
                                         "ServiceUnavailable",
                                         "KmsThrottled",
                                         "RequestTimeout"};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (strcmp(fault, faults[i]) == 0)
            return true;
    return false;
}

static bool is_worth_retrying(WgContext *ctx, const WgResponse *res) {
    if (res->status == 0 || res->status == 429 || res->status >= 500)
        return true;
    return res->status == 400 && is_throttle(wg_fault(ctx, res));
}

// Full jitter: those who were refused together don't come back together.
static int64_t delay_ms(WgContext *ctx, int tries) {
    int64_t most = FIRST_DELAY_MS;
    for (int i = 1; i < tries && most < LAST_DELAY_MS; i++)
        most *= 2;
    most = most < LAST_DELAY_MS ? most : LAST_DELAY_MS;
    return (int64_t)(wg_random(ctx) % (uint64_t)most) + 1;
}

void wg_send_retried(WgContext *ctx, WgRequest request, WgResponse *response) {
    int64_t wanted = request.timeout_ms ? request.timeout_ms : REQUEST_MS;
    if (!request.most)
        request.most = ANSWER_BYTES;
    ctx->unsure = false;
    for (int tries = 1;; tries++) {
        int64_t left = wg_left_ms(ctx) - MARGIN_MS;
        *response = (WgResponse){.problem = "there is no time left"};
        if (left <= 0)
            return;
        request.timeout_ms = left < wanted ? left : wanted;
        ctx->runtime->send(ctx, &request, response);
        int64_t delay = delay_ms(ctx, tries);
        if (ctx->hasty && atomic_load(ctx->runtime->stop))
            return;
        if (tries == TRIES || !is_worth_retrying(ctx, response) || ctx->error ||
            delay >= wg_left_ms(ctx) - MARGIN_MS)
            return;
        ctx->unsure = ctx->unsure || response->status == 0 || response->status >= 500;
        ctx->runtime->sleep_ms(ctx->runtime, delay);
    }
}

WgStatus wg_call(WgContext *ctx, const char *service, const char *target, json_t *request,
                 json_t **answer, const char **fault) {
    bool custom;
    if (fault)
        *fault = NULL;
    if (!wg_own(ctx, request)) {
        wg_fail(ctx, "InvalidText", "%s: the request is not UTF-8", target);
        return WG_FAILED;
    }
    WgRequest q = {.method = "POST", .service = service, .body = wg_print(ctx, request)};
    q.url = wg_text(ctx, "%s/", wg_endpoint(ctx, service, &custom));
    // Step Functions and the older ones speak 1.0; nobody minds which it is.
    const char *headers[] = {"Content-Type: application/x-amz-json-1.0",
                             wg_text(ctx, "X-Amz-Target: %s", target), NULL};
    q.headers = headers;
    if (strcmp(target, "AmazonSQS.ReceiveMessage") == 0) {
        enum { LONG_POLL_MS = 30000 };
        q.timeout_ms = LONG_POLL_MS;
    }
    WgResponse res;
    wg_send_retried(ctx, q, &res);
    if (res.status == 200) {
        json_t *json = wg_parse(ctx, res.body.size ? res.body : (WgBytes){"{}", 2});
        if (answer)
            *answer = json;
        if (!json)
            wg_fail(ctx, "ServiceFault", "%s: the answer is not JSON", target);
        return json ? WG_OK : WG_FAILED;
    }
    if (res.status == 0) {
        wg_fail(ctx, "ServiceUnavailable", "%s: %s", target,
                res.problem ? res.problem : "no answer");
        return WG_FAILED;
    }
    const char *name = wg_fault(ctx, &res);
    if (answer)
        *answer = wg_parse(ctx, res.body);
    if (fault && res.status < 500)
        *fault = name;
    else
        wg_fail(ctx, name, "%s: status %ld, %.*s", target, res.status,
                (int)(res.body.size < 300 ? res.body.size : 300),
                res.body.data ? res.body.data : "");
    return WG_FAILED;
}
