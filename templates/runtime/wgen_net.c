// wgen_net.c - requests over libcurl, signed with SigV4. One handle a runtime, so that connections
// are kept.
#include "wgen_call.h"
#include "wgen_credentials.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

typedef struct Net {
    CURL *curl;
    WgKeyring ring;
} Net;

typedef struct Transfer {
    WgContext *ctx;
    WgResponse *response;
    atomic_bool *stop;
    char *data;
    size_t size, room, most;
    bool too_long;
} Transfer;

static size_t take_body(char *data, size_t one, size_t count, void *user) {
    Transfer *t = user;
    size_t size = one * count;
    if (size > t->most - t->size) {
        t->too_long = true;
        return 0;
    }
    if (t->size + size + 1 > t->room) {
        size_t room = (t->size + size + 1) * 2;
        char *more = realloc(t->data, room);
        if (!more)
            return 0;
        t->data = more;
        t->room = room;
    }
    memcpy(t->data + t->size, data, size);
    t->size += size;
    return size;
}

static size_t take_header(char *line, size_t one, size_t count, void *user) {
    Transfer *t = user;
    size_t size = one * count;
    const struct {
        const char *name;
        const char **value;
    } wanted[] = {
        {"Lambda-Runtime-Aws-Request-Id:",       &t->response->request_id  },
        {"Lambda-Runtime-Trace-Id:",             &t->response->trace_id    },
        {"Lambda-Runtime-Deadline-Ms:",          &t->response->deadline    },
        {"Lambda-Runtime-Invoked-Function-Arn:", &t->response->function_arn}
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        size_t from = strlen(wanted[i].name), to = size;
        if (size < from || strncasecmp(line, wanted[i].name, from) != 0)
            continue;
        while (from < to && (line[from] == ' ' || line[from] == '\t'))
            from++;
        while (to > from && strchr("\r\n \t", line[to - 1]))
            to--;
        *wanted[i].value = wg_copy(t->ctx, line + from, to - from);
    }
    return size;
}

// Ends a transfer that waits when the process is told to end.
static int may_go_on(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    const Transfer *t = user;
    (void)a, (void)b, (void)c, (void)d;
    return t->stop && atomic_load(t->stop);
}

// Certificates are in one place in Lambda's image and in another in Debian's.
static const char *authorities(void) {
    const char *const places[] = {wg_env("AWS_CA_BUNDLE"), wg_env("SSL_CERT_FILE"),
                                  "/etc/pki/tls/certs/ca-bundle.crt",
                                  "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (*places[i] && access(places[i], R_OK) == 0)
            return places[i];
    return NULL;
}

static struct curl_slist *add_header(struct curl_slist *list, const char *line) {
    struct curl_slist *longer = curl_slist_append(list, line);
    return longer ? longer : list;
}

// No `Expect:` here: to remove it, curl 7.88 would sign a header that it then does not send.
static struct curl_slist *sign(WgContext *ctx, CURL *curl, const WgKeys *keys, const WgRequest *q,
                               struct curl_slist *headers) {
    curl_easy_setopt(curl, CURLOPT_AWS_SIGV4,
                     wg_text(ctx, "aws:amz:%s:%s", wg_region(), q->service));
    curl_easy_setopt(curl, CURLOPT_USERNAME, keys->key);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, keys->secret);
    if (*keys->token)
        headers = add_header(headers, wg_text(ctx, "X-Amz-Security-Token: %s", keys->token));
    if (ctx->trace_id)
        headers = add_header(headers, wg_text(ctx, "X-Amzn-Trace-Id: %s", ctx->trace_id));
    return headers;
}

static void set_options(CURL *c, const WgRequest *q, Transfer *t) {
    enum { CONNECT_MS = 3000, SILENCE_S = 25 }; // who waits for a message hears nothing for 20
    curl_easy_reset(c);                         // keeps the connections
    curl_easy_setopt(c, CURLOPT_URL, q->url);
    curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L); // a key may have `..` in it
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(c, CURLOPT_EXPECT_100_TIMEOUT_MS, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)q->timeout_ms);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, may_go_on);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
    if (authorities())
        curl_easy_setopt(c, CURLOPT_CAINFO, authorities());
    if (q->service) { // a transfer that stands still is given up, and tried again
        curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
        curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_S);
    } else if (!q->is_far) {
        curl_easy_setopt(c, CURLOPT_NOPROXY, "*"); // it is on this machine
    }
    if (q->body.data || strcmp(q->method, "POST") == 0 || strcmp(q->method, "PUT") == 0) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->body.size);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, q->body.data ? q->body.data : "");
    }
    if (strcmp(q->method, "GET") != 0 && strcmp(q->method, "POST") != 0)
        curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, q->method);
}

static void perform(WgContext *ctx, const WgRequest *q, const WgKeys *keys, WgResponse *response) {
    Net *net = ctx->runtime->sender;
    Transfer t = {.ctx = ctx, .response = response, .most = q->most};
    // A call that is under way is worth ending well; only the wait for the next event is cut short.
    t.stop = q->timeout_ms && !ctx->hasty ? NULL : ctx->runtime->stop;
    struct curl_slist *headers = NULL;
    for (size_t i = 0; q->headers && q->headers[i]; i++)
        headers = add_header(headers, q->headers[i]);
    set_options(net->curl, q, &t);
    if (keys)
        headers = sign(ctx, net->curl, keys, q, headers);
    curl_easy_setopt(net->curl, CURLOPT_HTTPHEADER, headers);
    CURLcode code = curl_easy_perform(net->curl);
    if (code == CURLE_OK)
        curl_easy_getinfo(net->curl, CURLINFO_RESPONSE_CODE, &response->status);
    else
        response->problem = t.too_long ? "the answer is too long" : curl_easy_strerror(code);
    if (code == CURLE_OK && t.size)
        response->body = (WgBytes){wg_copy(ctx, t.data, t.size), t.size};
    free(t.data);
    curl_slist_free_all(headers);
}

static void send_request(WgContext *ctx, const WgRequest *request, WgResponse *response) {
    Net *net = ctx->runtime->sender;
    WgKeys keys;
    *response = (WgResponse){0};
    if (request->service && !wg_keys(ctx, &net->ring, &keys))
        response->problem = "there are no credentials";
    else
        perform(ctx, request, request->service ? &keys : NULL, response);
}

static int64_t clock_ms(WgRuntime *runtime) {
    struct timespec t;
    (void)runtime;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void sleep_ms(WgRuntime *runtime, int64_t ms) {
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    (void)runtime;
    nanosleep(&t, NULL);
}

static uint64_t seed(const void *salt) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    uint64_t mixed = (uint64_t)t.tv_nsec << 20 ^ (uint64_t)t.tv_sec ^ (uint64_t)getpid() << 44;
    uint64_t bits = 0;
    if (getentropy(&bits, sizeof bits) != 0)
        bits = (uint64_t)(uintptr_t)salt;
    return (mixed ^ bits) | 1; // never zero
}

void wg_runtime_init(WgRuntime *runtime, const WgFunction *function) {
    Net *net = calloc(1, sizeof *net);
    if (net)
        net->curl = curl_easy_init();
    if (!net || !net->curl)
        abort();
    *runtime = (WgRuntime){.function = function,
                           .send = send_request,
                           .sender = net,
                           .clock_ms = clock_ms,
                           .sleep_ms = sleep_ms,
                           .random = seed(net),
                           .log = stdout};
}

void wg_runtime_free(WgRuntime *runtime) {
    Net *net = runtime->sender;
    if (!net)
        return;
    curl_easy_cleanup(net->curl);
    wg_keyring_free(&net->ring);
    free(net);
    runtime->sender = NULL;
}
