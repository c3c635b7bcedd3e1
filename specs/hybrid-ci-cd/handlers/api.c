// api.c - sessions behind HTTPS. A session is known by an id that nobody can guess; OAuth tokens
// stay in the browser and are not stored here. Who lists or ends sessions shows one of his own:
// `Authorization: Bearer SESSION_ID`.
#include "api.gen.h"

#include <string.h>

enum { MOST_SESSIONS = 50, LONGEST = 256 };

static bool say(WgContext *ctx, WgHttpResponse *response, int status, const char *message) {
    response->status = status;
    response->json = wg_own(ctx, json_pack("{s:s}", "message", message));
    return true;
}

// GET /health
bool handle_get_health(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response) {
    (void)request;
    response->json =
        wg_own(ctx, json_pack("{s:s,s:s}", "status", "healthy", "version", SYSTEM_VERSION));
    return true;
}

// A field that must be a word of reasonable length, or NULL after saying so.
static const char *need(WgContext *ctx, const WgHttpRequest *request, const char *field,
                        WgHttpResponse *response) {
    const char *value = wg_string(request->json, field);
    if (*value && strlen(value) <= LONGEST)
        return value;
    say(ctx, response, 400, wg_text(ctx, "`%s` must be a string of 1 to %d bytes", field, LONGEST));
    return NULL;
}

// POST /auth/session
bool handle_post_auth_session(WgContext *ctx, const WgHttpRequest *request,
                              WgHttpResponse *response) {
    const char *user = need(ctx, request, "user_id", response);
    const char *provider = user ? need(ctx, request, "provider", response) : NULL;
    if (!provider)
        return true;
    SessionsItem session = {.session_id = wg_secret(ctx),
                            .user_id = user,
                            .provider = provider,
                            .created_at = wg_now(ctx),
                            .expires_at = wg_now(ctx) + SESSIONS_SECONDS};
    if (sessions_add(ctx, &session) != WG_OK)
        return wg_fail(ctx, "SessionNotStored", "an id came twice");
    wg_log(ctx, WG_INFO, "session created", "user_id", user, "provider", provider, NULL);
    response->json = wg_own(ctx, json_pack("{s:s,s:s,s:s,s:I,s:I}", "session_id",
                                           session.session_id, "user_id", user, "provider",
                                           provider, "created_at", (json_int_t)session.created_at,
                                           "expires_at", (json_int_t)session.expires_at));
    return true;
}

// DynamoDB removes what has expired when it comes to it; until then it counts as gone.
static WgStatus find_session(WgContext *ctx, const char *id, SessionsItem *session) {
    if (!*id || strlen(id) > LONGEST)
        return WG_NONE;
    WgStatus status = sessions_get(ctx, id, session);
    return status == WG_OK && session->expires_at <= wg_now(ctx) ? WG_NONE : status;
}

// POST /auth/validate
bool handle_post_auth_validate(WgContext *ctx, const WgHttpRequest *request,
                               WgHttpResponse *response) {
    SessionsItem session;
    const char *id = need(ctx, request, "session_id", response);
    if (!id)
        return true;
    WgStatus status = find_session(ctx, id, &session);
    if (status == WG_FAILED)
        return false;
    response->json =
        wg_own(ctx, status == WG_OK ? json_pack("{s:b,s:s,s:s,s:I}", "valid", 1, "user_id",
                                                session.user_id, "provider", session.provider,
                                                "expires_at", (json_int_t)session.expires_at)
                                    : json_pack("{s:b}", "valid", 0));
    return true;
}

// The session that a request shows. WG_NONE: none that counts, and the answer says so.
static WgStatus caller(WgContext *ctx, const WgHttpRequest *request, SessionsItem *session,
                       WgHttpResponse *response) {
    static const char scheme[] = "Bearer ";
    const char *shown = wg_string(request->headers, "authorization");
    const char *asked = wg_string(request->query, "user_id");
    bool is_bearer = strncmp(shown, scheme, sizeof scheme - 1) == 0;
    WgStatus status = is_bearer ? find_session(ctx, shown + sizeof scheme - 1, session) : WG_NONE;
    if (status == WG_NONE) {
        say(ctx, response, 401, "Unauthorized");
    } else if (status == WG_OK && *asked && strcmp(asked, session->user_id) != 0) {
        say(ctx, response, 403, "Forbidden");
        status = WG_NONE;
    }
    return status;
}

// Whether there may be more than were read at once.
static bool say_more(WgHttpResponse *response, size_t count) {
    if (count == MOST_SESSIONS)
        json_object_set_new(response->json, "more", json_true());
    return true;
}

// GET /auth/sessions
bool handle_get_auth_sessions(WgContext *ctx, const WgHttpRequest *request,
                              WgHttpResponse *response) {
    SessionsItem own, *found;
    size_t count;
    WgStatus status = caller(ctx, request, &own, response);
    if (status != WG_OK)
        return status == WG_NONE;
    if (sessions_by_user(ctx, own.user_id, MOST_SESSIONS, &found, &count) != WG_OK)
        return false;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        if (found[i].expires_at > wg_now(ctx))
            json_array_append_new(
                list, json_pack("{s:s,s:s,s:I,s:I,s:b}", "session_id", found[i].session_id,
                                "provider", found[i].provider ? found[i].provider : "",
                                "created_at", (json_int_t)found[i].created_at, "expires_at",
                                (json_int_t)found[i].expires_at, "current",
                                strcmp(found[i].session_id, own.session_id) == 0));
    response->json = wg_own(ctx, json_pack("{s:s,s:o}", "user_id", own.user_id, "sessions", list));
    return say_more(response, count);
}

// DELETE /auth/sessions: logs the user out everywhere, here too. Who has more sessions than are
// read at once keeps this one, is told that there are `more`, and asks again.
bool handle_delete_auth_sessions(WgContext *ctx, const WgHttpRequest *request,
                                 WgHttpResponse *response) {
    SessionsItem own, *found;
    size_t count;
    WgStatus status = caller(ctx, request, &own, response);
    if (status != WG_OK)
        return status == WG_NONE;
    if (sessions_by_user(ctx, own.user_id, MOST_SESSIONS, &found, &count) != WG_OK)
        return false;
    json_int_t deleted = 0;
    bool more = count == MOST_SESSIONS;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(found[i].session_id, own.session_id) == 0)
            continue; // last, and here even if the index does not have it yet
        if (sessions_delete(ctx, &found[i], NULL) == WG_FAILED)
            return false;
        deleted++;
    }
    if (!more && sessions_delete(ctx, &own, NULL) == WG_FAILED)
        return false;
    wg_log(ctx, WG_INFO, more ? "more to log out" : "logged out everywhere", "user_id", own.user_id,
           NULL);
    response->json =
        wg_own(ctx, json_pack("{s:s,s:I}", "user_id", own.user_id, "deleted", deleted + !more));
    return say_more(response, count);
}
