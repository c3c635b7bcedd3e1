// flow_check.c - what can be known of a workflow before it runs, beyond what the language says:
// calls that no service answers, answers that an express workflow cannot wait for, tokens that
// nobody gets. Source: developer guide, choosing workflow type, and service integration patterns.
#include "flow_parts.h"
#include "service.h"
#include "uses.h"

// `$$.Task.Token`, `$states.context.Task.Token`, or the whole context object.
static bool has_token(const Node *n) {
    Str s = node_str(n);
    if (str_find(s, S("Task.Token")) >= 0 || str_eq(s, S("$$")) || str_eq(s, S("$$.Task")) ||
        str_find(s, S("$states.context)")) >= 0 || str_find(s, S("$states.context ")) >= 0)
        return true;
    for (uint32_t i = 0; n->type == NODE_TEXT && i < n->count; i++)
        if (str_find(n->pieces[i].text, S("Task.Token")) >= 0)
            return true;
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        if (has_token(n->items[i]))
            return true;
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        if (has_token(n->entries[i].value))
            return true;
    return false;
}

const Node *flow_request(const Node *call) {
    const Node *parameters = node_get(call, S("Parameters"));
    return parameters ? parameters : node_get(call, S("Arguments"));
}

static void check_token(Unit *u, const State *state, const Node *resource) {
    const Node *request = flow_request(state->def);
    if ((request && has_token(request)) || node_get(state->def, S("Assign")))
        return;
    diag_error(u->diags, resource->loc, "token-not-sent",
               "`%.*s` waits for an answer, and tells nobody its token", SFMT(state->name));
    diag_help(u->diags, state->query == QUERY_JSONATA
                            ? "add `{%% $states.context.Task.Token %%}` to what it sends"
                            : "add `$$.Task.Token` to what it sends");
}

static bool may_answer(const Unit *u, const Resource *workflow) {
    const Use *uses;
    for (size_t i = 0; i < u->count; i++) {
        size_t count = uses_of(u->resources[i], &uses);
        for (size_t j = 0; j < count; j++)
            if (uses[j].to == workflow && use_allows(&uses[j], S("answer")))
                return true;
    }
    return false;
}

// Who takes the message from something that is not of the system may answer by rights of its own.
static void check_answer(Unit *u, const Machine *m, const State *state) {
    const Node *send = node_get(state->stage, S("send"));
    const Node *to = send ? send : node_get(state->stage, S("publish"));
    bool express = node_get(resource_get(m->workflow, S("type")), S("express"));
    if (express || !to || to->type != NODE_REF || to->res->existing.len ||
        may_answer(u, m->workflow))
        return;
    diag_error(u->diags, to->loc, "nobody-answers",
               "`%.*s` waits for an answer, and nothing may give it", SFMT(state->name));
    diag_help(u->diags, "add `uses: {%.*s: answer}` to the function that does",
              SFMT(m->workflow->path));
    if (send)
        diag_help(u->diags, "or a worker: `workers: {NAME: {serves: %.*s, answers: %.*s}}`",
                  SFMT(to->res->path), SFMT(m->workflow->path));
}

bool flow_is_activity(const State *state) {
    const Node *call = node_get(state->stage, S("call")), *resource;
    if (call && call->type == NODE_REF)
        return str_eq(call->res->kind->name, S("activity"));
    resource = node_get(state->def, S("Resource"));
    return str_find(node_str(resource), S(":activity:")) >= 0;
}

static void check_express(Unit *u, const Machine *m, const State *state, const Node *resource,
                          const Integration *in) {
    const Node *type = resource_get(m->workflow, S("type"));
    if (!node_get(type, S("express")) || (!in->form.len && !flow_is_activity(state)))
        return;
    diag_error(u->diags, resource->loc, "express-waits",
               "`%.*s` waits until it is %s, and an express workflow cannot", SFMT(state->name),
               str_starts(in->form, S("sync")) ? "done" : "answered");
    diag_also(u->diags, type->loc.src && type->loc.line ? type->loc : m->workflow->loc,
              "this workflow is express");
    diag_help(u->diags, "make the workflow `type: standard`, or do not wait");
}

static bool is_declared(const State *state) {
    return node_get(state->stage, S("needs")) != NULL;
}

// The workflow that a state starts, if it is one of the system.
static const Resource *started(const State *state) {
    const Node *arn = node_get(flow_request(state->def), S("StateMachineArn"));
    for (uint32_t i = 0; arn && arn->type == NODE_TEXT && i < arn->count; i++)
        if (arn->pieces[i].kind == PIECE_ATTR)
            return arn->pieces[i].res;
    return NULL;
}

// Step Functions API, DescribeExecution, which is how a state sees that what it started is done:
// not of an express workflow.
static void check_awaited(Unit *u, const State *state, const Node *resource,
                          const Integration *in) {
    const Resource *to = started(state);
    if (in->sdk || !str_eq(in->action, S("startExecution")) || !str_starts(in->form, S("sync")) ||
        !to || !node_get(resource_get(to, S("type")), S("express")))
        return;
    diag_error(u->diags, resource->loc, "express-waits",
               "`%.*s` waits for express workflow `%.*s`, which does not tell when it is done",
               SFMT(state->name), SFMT(to->path));
    diag_also(u->diags, to->loc, "this workflow is express");
    diag_help(u->diags,
              "ask it for its answer: `call: sfn:startSyncExecution, with: {StateMachineArn: "
              "$(%.*s.arn), Input: {...}}`; or make it `type: standard`",
              SFMT(to->path));
}

// Step Functions API, StartSyncExecution: not of a standard workflow.
static void check_asked(Unit *u, const State *state, const Node *resource, const Integration *in) {
    const Resource *to = started(state);
    if (!in->sdk || !str_eq(in->action, S("startSyncExecution")) || !to ||
        !node_get(resource_get(to, S("type")), S("standard")))
        return;
    diag_error(u->diags, resource->loc, "express-only",
               "`%.*s` asks standard workflow `%.*s` for an answer", SFMT(state->name),
               SFMT(to->path));
    diag_also(u->diags, to->loc, "this workflow is standard");
    diag_help(u->diags, "`start: %.*s, wait: done` waits for it; or make it `type: express`",
              SFMT(to->path));
}

// What a service takes of values that stand in a request as they are: whole numbers from `least` to
// `most`, or texts of that length. Source: the API of each, the call.
static const struct Limit {
    const char *service, *action, *parameter;
    long long least, most;
    bool is_number;
} limits[] = {
    {"sqs",    "sendMessage",    "DelaySeconds",           0, 900, true },
    {"sqs",    "sendMessage",    "MessageGroupId",         1, 128, false},
    {"sqs",    "sendMessage",    "MessageDeduplicationId", 1, 128, false},
    {"sns",    "publish",        "Subject",                1, 100, false},
    {"sns",    "publish",        "MessageGroupId",         1, 128, false},
    {"sns",    "publish",        "MessageDeduplicationId", 1, 128, false},
    {"states", "startExecution", "Name",                   1, 80,  false},
    {"sfn",    "startExecution", "Name",                   1, 80,  false},
    {"batch",  "submitJob",      "JobName",                1, 128, false},
};

static void check_limit(Unit *u, const State *state, const struct Limit *l, const Node *value) {
    long long size = (long long)value->text.len;
    ScalarType type = node_scalar_type(value);
    bool open = str_starts(value->text, S("{%")) || str_find(value->text, S("${")) >= 0;
    bool fits = l->is_number ? node_to_int(value, &size) : type == SCALAR_STRING;
    if (open || (fits && size >= l->least && size <= l->most))
        return;
    diag_error(u->diags, value->loc, fits ? "out-of-range" : "wrong-type",
               l->is_number ? "`%s` of `%.*s` is a number from %lld to %lld"
                            : "`%s` of `%.*s` is a text of %lld to %lld characters",
               l->parameter, SFMT(state->name), l->least, l->most);
    if (!fits)
        diag_help(u->diags, l->is_number ? "write a whole number" : "put it in quotes");
}

static void check_request(Unit *u, const State *state, const Integration *in) {
    const Node *request = flow_request(state->def);
    for (size_t i = 0; i < COUNT(limits); i++) {
        if (!str_is(in->service, limits[i].service) || !str_is(in->action, limits[i].action))
            continue;
        const Node *value = node_get(request, str_from(limits[i].parameter));
        if (value && value->type == NODE_SCALAR)
            check_limit(u, state, &limits[i], value);
    }
}

static void check_call(Unit *u, const Machine *m, const State *state, const Node *call,
                       bool access) {
    const Node *resource = node_get(call, S("Resource"));
    Integration in = {0};
    Call made = {resource, flow_request(call), state->name, access, is_declared(state), m->exact};
    if (!resource || !service_check(u->kinds, u->diags, &made))
        return;
    integration_parse(resource, &in);
    check_express(u, m, state, resource, &in);
    check_awaited(u, state, resource, &in);
    check_asked(u, state, resource, &in);
    if (!m->exact)
        check_request(u, state, &in);
    if (str_eq(in.form, S("waitForTaskToken")) && !m->exact) {
        check_token(u, state, resource);
        check_answer(u, m, state);
    }
}

// SQS API, SendMessage, and SNS API, Publish: what is FIFO takes no message without a group, and no
// message with a delay of its own.
static void check_group(Unit *u, const State *state) {
    const Node *send = node_get(state->stage, S("send"));
    const Node *to = send ? send : node_get(state->stage, S("publish"));
    if (!to || to->type != NODE_REF || !template_truth(resource_get(to->res, S("fifo"))))
        return;
    const Node *delay = node_get(state->stage, S("delay"));
    if (send && delay) {
        diag_error(u->diags, delay->loc, "fifo-delay",
                   "FIFO queue `%.*s` delays all of its messages or none", SFMT(to->res->path));
        diag_help(u->diags, "set the `delay` of the queue");
    }
    bool content = template_truth(resource_get(to->res, S("dedupe")));
    bool identified = content || node_get(state->stage, S("dedupe"));
    Str what = to->res->kind->name;
    if (!node_get(state->stage, S("group"))) {
        diag_error(u->diags, to->loc, "fifo-group",
                   "FIFO %.*s `%.*s` takes no message without a group", SFMT(what),
                   SFMT(to->res->path));
        diag_help(u->diags, "add `group`: messages of one group are handled in order");
    } else if (!identified) {
        diag_error(u->diags, to->loc, "fifo-group",
                   "FIFO %.*s `%.*s` cannot tell whether it has this message already", SFMT(what),
                   SFMT(to->res->path));
        diag_help(u->diags, str_eq(what, S("queue"))
                                ? "add `dedupe` here, or `dedupe: content` to the queue"
                                : "add `dedupe` here");
    }
}

void flow_check(Unit *u, const Machine *m) {
    for (size_t i = 0; i < m->count; i++) {
        const State *state = m->states[i];
        if (state->stage && !node_get(state->stage, S("request")))
            check_group(u, state);
        check_call(u, m, state, state->def, false);
        check_call(u, m, state, node_get(state->def, S("ItemReader")), true);
        check_call(u, m, state, node_get(state->def, S("ResultWriter")), true);
    }
}
