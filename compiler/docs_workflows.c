// docs_workflows.c - how it runs: a picture of each workflow, and its states in words.
#include "emit_docs_parts.h"

#include "build.h"
#include "flow.h"
#include "graph.h"
#include "shown.h"

enum { WORKFLOWS_IN_A_PICTURE = 12 }; // with more, nobody sees anything in it

// Errors in words: those that Lambda is tried again on by itself need no list.
static Str errors_of(Unit *u, const Node *errors) {
    enum { MANY = 3 };
    bool all = errors && errors->count >= MANY;
    for (uint32_t i = 0; all && i < errors->count; i++)
        all = str_starts(node_str(errors->items[i]), S("Lambda."));
    if (all)
        return S("faults of Lambda itself");
    if (errors && errors->count == 1 && str_eq(node_str(errors->items[0]), S("States.ALL")))
        return S("any error");
    return docs_joined(u, errors, ", ", "");
}

static Str retries_of(Unit *u, const Node *def) {
    const Node *retries = node_get(def, S("Retry"));
    Buf b = {.arena = u->arena};
    for (uint32_t i = 0; retries && i < retries->count; i++) {
        const Node *retry = retries->items[i];
        Str most = shown_text(u, node_get(retry, S("MaxAttempts")));
        Str errors = errors_of(u, node_get(retry, S("ErrorEquals")));
        buf_fmt(&b, "%s%.*s times on %.*s", i ? "; " : "", SFMT(most.len ? most : S("3")),
                SFMT(errors));
    }
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

static Str in_words(Unit *u, const Node *def) {
    static const struct {
        const char *type, *words;
    } types[] = {
        {"Choice",   "chooses"                 },
        {"Map",      "does its stages for each"},
        {"Parallel", "does all at once"        },
        {"Pass",     "hands on"                },
        {"Wait",     "waits"                   },
        {"Succeed",  "ends well"               },
    };
    Str type = node_get_str(def, S("Type")), error = node_get_str(def, S("Error"));
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_is(type, types[i].type))
            return str_from(types[i].words);
    return error.len ? str_fmt(u->arena, "fails: `%.*s`", SFMT(error)) : S("fails");
}

// The last `parts` of an ARN.
static Str last_of(Str arn, int parts) {
    size_t from = arn.len;
    while (from > 0 && (arn.ptr[from - 1] != ':' || --parts > 0))
        from--;
    return str_cut(arn, from, arn.len);
}

static Str what_of(Unit *u, const State *state) {
    Node *resource = node_get(state->def, S("Resource"));
    if (!resource)
        return in_words(u, state->def);
    Str text = shown_text(u, resource), form = {0};
    Node *function = node_get(node_get(state->def, S("Parameters")), S("FunctionName"));
    bool service = str_find(text, S(":states:::")) >= 0;
    Str called = function ? last_of(shown_text(u, function), 1) : last_of(text, service ? 2 : 1);
    ptrdiff_t dot = service ? str_find(text, S(".")) : -1;
    if (dot >= 0)
        form = str_cut(text, (size_t)dot, text.len);
    if (str_ends(called, form))
        called.len -= form.len;
    return str_fmt(u->arena, "calls `%.*s`%s", SFMT(called),
                   str_starts(form, S(".wait")) ? " and waits for an answer"
                   : form.len                   ? " and waits until it is done"
                                                : "");
}

// Seconds as people say them.
static Str time_of(Unit *u, const Node *seconds) {
    long long n;
    if (!node_to_int(seconds, &n))
        return shown_text(u, (Node *)seconds);
    return n && n % 3600 == 0 ? str_fmt(u->arena, "%lldh", n / 3600)
           : n && n % 60 == 0 ? str_fmt(u->arena, "%lldm", n / 60)
                              : str_fmt(u->arena, "%llds", n);
}

static void put_workflow(Unit *u, Node *list, const Resource *r) {
    Node *workflow = docs_add(u, list);
    node_put(u->arena, workflow, "id", r->path);
    node_put(u->arena, workflow, "name", shown_name(u, r));
    node_put(u->arena, workflow, "doc", docs_prose(u, resource_get(r, S("doc"))));
    node_put(u->arena, workflow, "like", docs_copies_of(u, r));
    Buf b = {.arena = u->arena};
    graph_mermaid(graph_workflow(u, r), &b);
    node_put(u->arena, workflow, "graph", buf_keep(&b, u->arena));
    buf_free(&b);
    Node *states = docs_list(u, workflow, "states");
    for (size_t i = 0; i < r->machine->count; i++) {
        const State *state = r->machine->states[i];
        Node *row = docs_add(u, states);
        const Node *timeout = node_get(state->def, S("TimeoutSeconds"));
        node_put(u->arena, row, "name", docs_cell(u, state->name));
        node_put(u->arena, row, "what", docs_cell(u, what_of(u, state)));
        node_put(u->arena, row, "retry", docs_cell(u, retries_of(u, state->def)));
        node_put(u->arena, row, "timeout", timeout ? time_of(u, timeout) : S(""));
    }
}

void docs_workflows(Unit *u, Node *data) {
    Node *list = docs_list(u, data, "workflows");
    size_t count = u->copy_count;
    for (size_t i = 0; i < u->count; i++)
        count += u->resources[i]->machine != NULL;
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        bool second = r->copied && i && !docs_copies_of(u, r).len; // the other one shows it
        if (r->machine && !second)
            put_workflow(u, list, r);
    }
    node_put_flag(u->arena, data, "pictured", list->count > 0);
    Buf b = {.arena = u->arena};
    if (count <= WORKFLOWS_IN_A_PICTURE)
        graph_mermaid(graph_system(u), &b);
    node_put(u->arena, data, "system_graph", buf_keep(&b, u->arena));
    buf_free(&b);
}
