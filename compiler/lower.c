// lower.c - stages -> states: which state follows which, and what every state is made of.
#include "lower.h"

#include "build.h"
#include "stage.h"

// What each verb makes, and the keys that are its own.
static const struct Verbs {
    const char *verb;
    StateType type;
    const char *keys; // between spaces
} verbs[] = {
    {"call",     STATE_TASK,     " wait via request table key item set if needs "               },
    {"send",     STATE_TASK,     " wait to message group dedupe delay attributes request needs "},
    {"publish",  STATE_TASK,     " wait message subject group dedupe attributes request needs " },
    {"start",    STATE_TASK,     " wait execution request needs "                               },
    {"job",      STATE_TASK,     " wait request needs "                                         },
    {"task",     STATE_TASK,     " needs "                                                      },
    {"choose",   STATE_CHOICE,   " else "                                                       },
    {"each",     STATE_MAP,      " do iterator runs read batch write tolerate "                 },
    {"parallel", STATE_PARALLEL, " "                                                            },
    {"pause",    STATE_WAIT,     " "                                                            },
    {"pass",     STATE_PASS,     " "                                                            },
    {"succeed",  STATE_SUCCEED,  " "                                                            },
    {"fail",     STATE_FAIL,     " "                                                            },
};

static const struct Verbs *find_verb(Str verb) {
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (str_is(verb, verbs[i].verb))
            return &verbs[i];
    return NULL;
}

static bool key_fits(const Stage *s, const struct Verbs *verb, Str key) {
    static const Str always[] = {
        {"name", 4},
        {"go",   2},
        {"end",  3}
    };
    for (size_t i = 0; i < COUNT(always); i++)
        if (str_eq(key, always[i]))
            return true;
    Str own = str_from(verb->keys);
    ptrdiff_t at = str_find(own, key);
    if (at > 0 && own.ptr[at - 1] == ' ' && own.ptr[(size_t)at + key.len] == ' ')
        return true;
    const AslField *f;
    for (size_t i = 0; (f = asl_field_at(i)); i++)
        if (f->stage.len && str_eq(key, f->stage) && (f->states & s->type) &&
            (f->queries & s->query))
            return true;
    return str_eq(key, S("save")) && (s->type & (STATE_TASK | STATE_MAP | STATE_PARALLEL));
}

static void check_keys(const Lower *l, const Stage *s, const struct Verbs *verb) {
    bool moves = !(s->type & (STATE_CHOICE | STATE_SUCCEED | STATE_FAIL));
    for (uint32_t i = 0; i < s->node->count; i++) {
        const Node *key = s->node->entries[i].key;
        bool is_verb = s->node->entries[i].key == s->verb->key;
        bool transition = str_eq(key->text, S("go")) || str_eq(key->text, S("end"));
        if (is_verb || (key_fits(s, verb, key->text) && (moves || !transition)))
            continue;
        diag_error(l->diags, key->loc, "stage-key", "`%.*s` means nothing in a `%s` stage%s",
                   SFMT(key->text), verb->verb, s->query == QUERY_JSONATA ? " of JSONata" : "");
        diag_also(l->diags, s->verb->key->loc, "this says what the stage does");
    }
}

// The fields in the order that a reader expects them.
Node *lower_sorted(const Lower *l, const Node *state, StateType type) {
    Node *out = node_map(l->arena, state->loc);
    size_t order[96] = {0}; // of each entry; there are fewer fields than that
    lower_put((Lower *)l, out, "Type", node_string(l->arena, asl_state_name(type), state->loc));
    for (uint32_t i = 0; i < state->count && out->count < COUNT(order); i++) {
        const Entry *e = &state->entries[i];
        bool is_path;
        const AslField *f = asl_field(type, QUERY_PATH | QUERY_JSONATA, e->key->text, &is_path);
        if (!f)
            continue;
        node_entry(l->arena, out, e->key, e->value);
        uint32_t at = out->count - 1;
        order[at] = asl_field_order(f);
        for (; at > 1 && order[at - 1] > order[at]; at--) { // Type stays where it is
            size_t place = order[at];
            Entry entry = out->entries[at];
            order[at] = order[at - 1];
            out->entries[at] = out->entries[at - 1];
            order[at - 1] = place;
            out->entries[at - 1] = entry;
        }
    }
    return out;
}

// A retry that the workflow gives to every call, or what the service recommends.
static void add_defaults(Lower *l, Stage *s) {
    if (l->exact || s->type != STATE_TASK)
        return;
    if (!node_get(s->node, S("retry")))
        lower_field(l, s, "Retry", lower_default_retry(l, s));
    lower_field(l, s, "TimeoutSeconds", lower_default_timeout(s));
}

static void put_next(Lower *l, Stage *s, const Node *stages, uint32_t i) {
    if (s->type & (STATE_CHOICE | STATE_SUCCEED | STATE_FAIL))
        return;
    Node *go = node_get(s->node, S("go"));
    bool end = node_is_word(node_get(s->node, S("end")), S("true"));
    if (go && end) {
        diag_error(l->diags, go->loc, "next-and-end", "this stage both goes on and ends");
        diag_help(l->diags, "keep one of `go` and `end`");
    }
    if (node_is_word(node_get(s->node, S("end")), S("false")) && l->exact)
        lower_put(l, s->state, "End", node_bool(l->arena, false, s->node->loc));
    if (go)
        lower_put(l, s->state, "Next", go);
    else if (!end && i + 1 < stages->count)
        lower_put(l, s->state, "Next",
                  node_string(l->arena, stage_name(l->arena, stages->items[i + 1]), s->node->loc));
    else
        lower_put(l, s->state, "End", node_bool(l->arena, true, s->node->loc));
}

// Without `else`, what no choice matches goes on with the next stage.
static void put_default(Lower *l, Stage *s, const Node *stages, uint32_t i) {
    if (s->type != STATE_CHOICE || node_get(s->node, S("else")))
        return;
    if (i + 1 < stages->count) {
        lower_put(l, s->state, "Default",
                  node_string(l->arena, stage_name(l->arena, stages->items[i + 1]), s->node->loc));
        return;
    }
    diag_error(l->diags, s->node->loc, "choice-without-way-out",
               "what none of these choices match has nowhere to go");
    diag_help(l->diags, "add `else: STAGE`, or `else: none` if the execution is to fail then");
}

State *lower_add_state(Lower *l, const Stage *s) {
    Machine *m = l->machine;
    m->states = arena_room(l->arena, m->states, sizeof *m->states, m->count, &m->cap);
    State *state = arena_new(l->arena, State, 1);
    *state = (State){.name = s->name,
                     .type = s->type,
                     .query = s->query,
                     .stage = s->node,
                     .outer = l->outer,
                     .loc = s->node ? s->node->loc : l->workflow->loc};
    return m->states[m->count++] = state;
}

static Query query_of(const Node *n, Query otherwise) {
    Str query = node_str(n);
    return str_eq(query, S("JSONata"))    ? QUERY_JSONATA
           : str_eq(query, S("JSONPath")) ? QUERY_PATH
                                          : otherwise;
}

// Raw ASL: the last resort.
static Node *raw_state(Lower *l, Stage *s) {
    Node *state = node_copy(l->arena, s->verb->value);
    if (!node_is_map(state))
        return node_map(l->arena, s->node->loc);
    s->type = asl_state_type(node_get_str(state, S("Type")));
    return state;
}

// Whether what is within a Map or a Parallel has its language or the state machine's, no page says:
// it is written out.
static void put_language(Lower *l, const Stage *s) {
    if (s->query != l->query && !node_get(s->state, S("QueryLanguage")))
        lower_put(l, s->state, "QueryLanguage",
                  node_string(l->arena, asl_query_name(s->query), s->node->loc));
}

static Node *lower_stage(Lower *l, Stage *s, const Node *stages, uint32_t i) {
    const struct Verbs *verb = find_verb(s->verb->key->text);
    s->query = query_of(node_get(s->node, S("query")), l->within);
    s->node = lower_filled(l, s);
    s->verb = stage_verb(s->node);
    if (verb)
        s->type = verb->type;
    s->state = verb ? node_map(l->arena, s->node->loc) : raw_state(l, s);
    State *state = lower_add_state(l, s), *outer = l->outer;
    l->outer = state;
    if (verb) {
        check_keys(l, s, verb);
        if (s->type == STATE_TASK)
            lower_task(l, s);
        else
            lower_block(l, s);
        lower_fields(l, s);
        put_language(l, s);
        add_defaults(l, s);
    }
    l->outer = outer;
    if (!node_get(s->state, S("Next")) && !node_get(s->state, S("End")))
        put_next(l, s, stages, i);
    put_default(l, s, stages, i);
    state->def = verb ? lower_sorted(l, s->state, s->type) : s->state;
    return state->def;
}

// `about: {comment: ...}` as the first of a list is about the list itself.
static bool take_about(Lower *l, const Node *stages, Node *machine) {
    const Node *about = stages->count ? node_get(stages->items[0], S("about")) : NULL;
    if (!about)
        return false;
    lower_put(l, machine, "Comment", node_get(about, S("comment")));
    lower_put(l, machine, "QueryLanguage", node_get(about, S("query")));
    lower_put(l, machine, "Version", node_get(about, S("version")));
    lower_put(l, machine, "TimeoutSeconds", node_get(about, S("timeout")));
    return true;
}

// Where a stage is shown: its name, or what it calls.
static Loc place_of(const Node *stage, const Entry *verb) {
    const Node *name = node_get(stage, S("name"));
    if (name)
        return name->loc;
    const Node *target = verb->value;
    return target->type == NODE_MAP || target->type == NODE_LIST ? verb->key->loc : target->loc;
}

void lower_stages(Lower *l, const Node *stages, Node *machine) {
    Node *states = node_map(l->arena, stages->loc);
    for (uint32_t i = take_about(l, stages, machine); i < stages->count; i++) {
        Stage s = {.node = stages->items[i], .previous = l->stored};
        s.verb = stage_verb(s.node);
        s.name = stage_name(l->arena, s.node);
        if (!s.verb || !s.name.len) {
            diag_error(l->diags, s.node->loc, "missing-key", "a stage says what it does");
            diag_help(l->diags, "`call`, `send`, `choose`, ...: `wgen explain stage` lists them");
            continue;
        }
        const Entry *same = node_find(states, s.name);
        if (same) {
            diag_error(l->diags, s.node->loc, "duplicate-stage", "two stages are called `%.*s`",
                       SFMT(s.name));
            diag_also(l->diags, same->key->loc, "the other one");
            diag_help(l->diags, "give one of them a `name` of its own");
            continue;
        }
        if (!node_get(machine, S("StartAt")))
            lower_put(l, machine, "StartAt",
                      node_string(l->arena, s.name, place_of(s.node, s.verb)));
        Node *key = node_string(l->arena, s.name, place_of(s.node, s.verb));
        node_entry(l->arena, states, key, lower_stage(l, &s, stages, i));
    }
    lower_put(l, machine, "States", states);
}
