// wgen_credentials.c - keys from the environment, for a web identity, from a container's endpoint,
// from a machine's metadata.
#include "wgen_credentials.h"
#include "wgen_call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
    EARLY_S = 300, // before they end
    LATER_S = 15,  // when there were no newer ones
    ASK_MS = 2000,
    ASK_FAR_MS = 5000,
    ANSWER_BYTES = 1 << 16
};

// Keys as they were handed out; `key` is empty if they were not.
typedef struct Handed {
    const char *key, *secret, *token, *ends;
} Handed;

// The answer, or NULL. It is asked once: whoever needs the keys comes again.
static const char *get_answer(WgContext *ctx, WgRequest q) {
    WgResponse res = {0};
    q.most = ANSWER_BYTES;
    ctx->runtime->send(ctx, &q, &res);
    return res.status == 200 ? res.body.data : NULL;
}

// The same of something on this machine.
static const char *ask(WgContext *ctx, const char *method, const char *url, const char *header) {
    const char *headers[] = {header, NULL};
    WgRequest q = {.method = method, .url = url, .headers = headers, .timeout_ms = ASK_MS};
    return get_answer(ctx, q);
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

// What stands between <NAME> and </NAME>, or "".
static const char *element(WgContext *ctx, const char *xml, const char *name) {
    const char *from = strstr(xml, wg_text(ctx, "<%s>", name));
    const char *to = from ? strstr(from, wg_text(ctx, "</%s>", name)) : NULL;
    if (!to)
        return "";
    from += strlen(name) + 2;
    return wg_copy(ctx, from, (size_t)(to - from));
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html: the
// token is who asks, and nothing is signed.
static Handed ask_identity(WgContext *ctx) {
    bool custom;
    const char *session = wg_env("AWS_ROLE_SESSION_NAME");
    const char *token = read_line(ctx, wg_env("AWS_WEB_IDENTITY_TOKEN_FILE"));
    if (!token)
        return (Handed){.key = ""};
    const char *form =
        wg_text(ctx,
                "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=%s"
                "&RoleSessionName=%s&WebIdentityToken=%s",
                wg_encode_url(ctx, wg_env("AWS_ROLE_ARN")),
                wg_encode_url(ctx, *session ? session : "wgen"), wg_encode_url(ctx, token));
    WgRequest q = {.method = "POST", .is_far = true, .timeout_ms = ASK_FAR_MS};
    const char *headers[] = {"Content-Type: application/x-www-form-urlencoded", NULL};
    q.headers = headers;
    q.body = (WgBytes){form, strlen(form)};
    q.url = wg_text(ctx, "%s/", wg_endpoint(ctx, "sts", &custom));
    const char *xml = get_answer(ctx, q);
    if (!xml)
        return (Handed){.key = ""};
    return (Handed){element(ctx, xml, "AccessKeyId"), element(ctx, xml, "SecretAccessKey"),
                    element(ctx, xml, "SessionToken"), element(ctx, xml, "Expiration")};
}

// What a container's endpoint and a machine's metadata answer is the same.
static Handed ask_near(WgContext *ctx) {
    bool contained = *wg_env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") ||
                     *wg_env("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    const char *text = contained ? ask_container(ctx) : ask_machine(ctx);
    const json_t *answer = text ? wg_parse(ctx, (WgBytes){text, strlen(text)}) : NULL;
    return (Handed){wg_string(answer, "AccessKeyId"), wg_string(answer, "SecretAccessKey"),
                    wg_string(answer, "Token"), wg_string(answer, "Expiration")};
}

static WgTime parse_time(const char *text) {
    struct tm tm = {0};
    return strptime(text, "%Y-%m-%dT%H:%M:%S", &tm) ? (WgTime)timegm(&tm) : 0;
}

static void renew(WgContext *ctx, WgKeyring *ring) {
    bool known = *wg_env("AWS_WEB_IDENTITY_TOKEN_FILE") && *wg_env("AWS_ROLE_ARN");
    Handed new = known ? ask_identity(ctx) : ask_near(ctx);
    ring->again = wg_now(ctx) + LATER_S; // until then, the old ones may still do
    if (!*new.key)
        return;
    wg_keyring_free(ring);
    ring->key = strdup(new.key);
    ring->secret = strdup(new.secret);
    ring->token = strdup(new.token);
    WgTime ends = parse_time(new.ends);
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
