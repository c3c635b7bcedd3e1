// api.gen.c - api of hybrid-ci-cd as a program. Made by wgen from the spec;
// edit that.
#include "api.gen.h"

static const WgField SessionsItem_fields[] = {
    {"session_id", &wg_string_type, offsetof(SessionsItem, session_id), true},
    {"user_id", &wg_string_type, offsetof(SessionsItem, user_id), true},
    {"provider", &wg_string_type, offsetof(SessionsItem, provider), true},
    {"created_at", &wg_time_type, offsetof(SessionsItem, created_at), true},
    {"expires_at", &wg_time_type, offsetof(SessionsItem, expires_at), true},
    {NULL, NULL, 0, false},
};
static const WgType SessionsItem_type = {
    WG_KIND_STRUCT, sizeof(SessionsItem), NULL, SessionsItem_fields,
    sizeof SessionsItem_fields / sizeof *SessionsItem_fields - 1,
};

static const WgField JobsItem_fields[] = {
    {"job_id", &wg_string_type, offsetof(JobsItem, job_id), true},
    {NULL, NULL, 0, false},
};
static const WgType JobsItem_type = {
    WG_KIND_STRUCT, sizeof(JobsItem), NULL, JobsItem_fields,
    sizeof JobsItem_fields / sizeof *JobsItem_fields - 1,
};

static const WgField AgentsItem_fields[] = {
    {"agent_id", &wg_string_type, offsetof(AgentsItem, agent_id), true},
    {NULL, NULL, 0, false},
};
static const WgType AgentsItem_type = {
    WG_KIND_STRUCT, sizeof(AgentsItem), NULL, AgentsItem_fields,
    sizeof AgentsItem_fields / sizeof *AgentsItem_fields - 1,
};

const WgTable sessions_table = {
    .variable = "SESSIONS_TABLE",
    .item = &SessionsItem_type,
    .key = "session_id",
    .ttl = "expires_at",
    .ttl_after = 86400,
};

const WgTable jobs_table = {
    .variable = "JOBS_TABLE",
    .item = &JobsItem_type,
    .key = "job_id",
};

const WgTable agents_table = {
    .variable = "AGENTS_TABLE",
    .item = &AgentsItem_type,
    .key = "agent_id",
};

static const WgRoute routes[] = {
    {"GET", "/health", handle_get_health},
    {"POST", "/auth/session", handle_post_auth_session},
    {"POST", "/auth/validate", handle_post_auth_validate},
    {"GET", "/auth/sessions", handle_get_auth_sessions},
    {"DELETE", "/auth/sessions", handle_delete_auth_sessions},
};

extern const WgFunction wg_function;
const WgFunction wg_function = {
    .name = "api",
    .system = "hybrid-ci-cd",
    .routes = routes,
    .route_count = sizeof routes / sizeof *routes,
};
