// wgen_credentials.c - keys from the environment, from a container's endpoint, from a machine's
// metadata.
#include "wgen_credentials.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
    EARLY_S = 300, // before they end
    LATER_S = 15,  // when there were no newer ones
    ASK_MS = 2000,
    ANSWER_BYTES = 1 << 16
};

// The answer of something on this machine, or NULL.
static const char *ask(WgContext *ctx, const char *method, const char *url, const char *header) {
    const char *headers[] = {header, NULL};
    WgRequest q = {.method = method, .url = url, .headers = headers};
    q.timeout_ms = ASK_MS;
    q.most = ANSWER_BYTES;
    WgResponse res = {0};
    ctx->runtime->send(ctx, &q, &res);
    return res.status == 200 ? res.body.data : NULL;
}

// What is in a file, without the line's end; NULL: it can't be read.
static const char *read_line(WgContext *ctx, const char *path) {
    char text[8192];
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    const char *end = memchr(text, '\n', size);
    return wg_copy(ctx, text, end ? (size_t)(end - text) : size);
}

// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
static const char *ask_container(WgContext *ctx) {
    const char *relative = wg_env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    const char *url = wg_env("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    const char *file =
        wg_env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"); // which changes now and then
    const char *token = *file ? read_line(ctx, file) : wg_env("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    if (*relative)
        url = wg_text(ctx, "http://169.254.170.2%s", relative);
    return ask(ctx, "GET", url, token && *token ? wg_text(ctx, "Authorization: %s", token) : NULL);
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html, version 2
static const char *ask_machine(WgContext *ctx) {
    const char *given = wg_env("AWS_EC2_METADATA_SERVICE_ENDPOINT");
    const char *base = *given ? given : "http://169.254.169.254";
    if (strcasecmp(wg_env("AWS_EC2_METADATA_DISABLED"), "true") == 0)
        return NULL;
    const char *token = ask(ctx, "PUT", wg_text(ctx, "%s/latest/api/token", base),
                            "X-aws-ec2-metadata-token-ttl-seconds: 60");
    if (!token)
        return NULL;
    const char *header = wg_text(ctx, "X-aws-ec2-metadata-token: %s", token);
    const char *url = wg_text(ctx, "%s/latest/meta-data/iam/security-credentials/", base);
    const char *role = ask(ctx, "GET", url, header);
    if (!role)
        return NULL;
    return ask(ctx, "GET", wg_text(ctx, "%s%.*s", url, (int)strcspn(role, "\r\n"), role), header);
}

static WgTime parse_time(const char *text) {
    struct tm tm = {0};
    return strptime(text, "%Y-%m-%dT%H:%M:%S", &tm) ? (WgTime)timegm(&tm) : 0;
}

static void renew(WgContext *ctx, WgKeyring *ring) {
    bool contained = *wg_env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") ||
                     *wg_env("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    const char *text = contained ? ask_container(ctx) : ask_machine(ctx);
    const json_t *answer = text ? wg_parse(ctx, (WgBytes){text, strlen(text)}) : NULL;
    ring->again = wg_now(ctx) + LATER_S; // until then, the old ones may still do
    if (!*wg_string(answer, "AccessKeyId"))
        return;
    wg_keyring_free(ring);
    ring->key = strdup(wg_string(answer, "AccessKeyId"));
    ring->secret = strdup(wg_string(answer, "SecretAccessKey"));
    ring->token = strdup(wg_string(answer, "Token"));
    WgTime ends = parse_time(wg_string(answer, "Expiration"));
    if (ends - EARLY_S > ring->again)
        ring->again = ends - EARLY_S;
}

bool wg_keys(WgContext *ctx, WgKeyring *ring, WgKeys *keys) {
    if (*wg_env("AWS_ACCESS_KEY_ID")) {
        *keys = (WgKeys){wg_env("AWS_ACCESS_KEY_ID"), wg_env("AWS_SECRET_ACCESS_KEY"),
                         wg_env("AWS_SESSION_TOKEN")};
        return true;
    }
    if (!ring->key || wg_now(ctx) >= ring->again)
        renew(ctx, ring);
    *keys = (WgKeys){ring->key, ring->secret, ring->token};
    return ring->key && ring->secret && ring->token;
}

void wg_keyring_free(WgKeyring *ring) {
    free(ring->key), free(ring->secret), free(ring->token);
    ring->key = ring->secret = ring->token = NULL;
}
