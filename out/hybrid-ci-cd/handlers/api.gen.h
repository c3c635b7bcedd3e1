// api.gen.h - what api of hybrid-ci-cd is given. Made by wgen from the spec;
// edit that. Yours is api.c.
#ifndef WG_API_GEN_H
#define WG_API_GEN_H

#include "types.gen.h"
#include "wgen_run.h"

typedef struct SessionsItem SessionsItem;
typedef struct JobsItem JobsItem;
typedef struct AgentsItem AgentsItem;

struct SessionsItem {
    const char *session_id;
    const char *user_id;
    const char *provider;
    WgTime created_at;
    WgTime expires_at;
};

struct JobsItem {
    const char *job_id;
};

struct AgentsItem {
    const char *agent_id;
};

// The table `sessions`, which it may: read, write. Its name is in SESSIONS_TABLE.
extern const WgTable sessions_table;
static inline WgStatus sessions_get(WgContext *ctx, const char *session_id, SessionsItem *item) {
    *item = (SessionsItem){.session_id = session_id};
    return wg_table_get(ctx, &sessions_table, item);
}
static inline WgStatus sessions_by_user(WgContext *ctx, const char *user_id, size_t most, SessionsItem **items, size_t *count) {
    return wg_table_query(ctx, &sessions_table, "by-user", "user_id", (WgValue){ .text = user_id}, most, items, count);
}
static inline WgStatus sessions_put(WgContext *ctx, const SessionsItem *item, const WgWhen *when) {
    return wg_table_put(ctx, &sessions_table, item, when);
}
static inline WgStatus sessions_add(WgContext *ctx, const SessionsItem *item) { // if it is new
    return wg_table_add(ctx, &sessions_table, item);
}
static inline WgStatus sessions_update(WgContext *ctx, SessionsItem *item, const char *change, const WgWhen *when) {
    return wg_table_update(ctx, &sessions_table, item, change, when);
}
static inline WgStatus sessions_delete(WgContext *ctx, const SessionsItem *item, const WgWhen *when) {
    return wg_table_delete(ctx, &sessions_table, item, when);
}
enum { SESSIONS_SECONDS = 86400 }; // that an item lives, as the spec has it

// The table `jobs`, which it may: read, write. Its name is in JOBS_TABLE.
extern const WgTable jobs_table;
static inline WgStatus jobs_get(WgContext *ctx, const char *job_id, JobsItem *item) {
    *item = (JobsItem){.job_id = job_id};
    return wg_table_get(ctx, &jobs_table, item);
}
static inline WgStatus jobs_put(WgContext *ctx, const JobsItem *item, const WgWhen *when) {
    return wg_table_put(ctx, &jobs_table, item, when);
}
static inline WgStatus jobs_add(WgContext *ctx, const JobsItem *item) { // if it is new
    return wg_table_add(ctx, &jobs_table, item);
}
static inline WgStatus jobs_update(WgContext *ctx, JobsItem *item, const char *change, const WgWhen *when) {
    return wg_table_update(ctx, &jobs_table, item, change, when);
}
static inline WgStatus jobs_delete(WgContext *ctx, const JobsItem *item, const WgWhen *when) {
    return wg_table_delete(ctx, &jobs_table, item, when);
}

// The table `agents`, which it may: read, write. Its name is in AGENTS_TABLE.
extern const WgTable agents_table;
static inline WgStatus agents_get(WgContext *ctx, const char *agent_id, AgentsItem *item) {
    *item = (AgentsItem){.agent_id = agent_id};
    return wg_table_get(ctx, &agents_table, item);
}
static inline WgStatus agents_put(WgContext *ctx, const AgentsItem *item, const WgWhen *when) {
    return wg_table_put(ctx, &agents_table, item, when);
}
static inline WgStatus agents_add(WgContext *ctx, const AgentsItem *item) { // if it is new
    return wg_table_add(ctx, &agents_table, item);
}
static inline WgStatus agents_update(WgContext *ctx, AgentsItem *item, const char *change, const WgWhen *when) {
    return wg_table_update(ctx, &agents_table, item, change, when);
}
static inline WgStatus agents_delete(WgContext *ctx, const AgentsItem *item, const WgWhen *when) {
    return wg_table_delete(ctx, &agents_table, item, when);
}

// Each answers one route. After wg_fail the answer is 500, and the reason is in the log.
bool handle_get_health(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response);
bool handle_post_auth_session(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response);
bool handle_post_auth_validate(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response);
bool handle_get_auth_sessions(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response);
bool handle_delete_auth_sessions(WgContext *ctx, const WgHttpRequest *request, WgHttpResponse *response);

#endif
