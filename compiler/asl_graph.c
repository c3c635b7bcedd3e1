// asl_graph.c - which state follows which: targets that are not there, states that nothing leads
// to, flows that never end, and names.
#include "asl_check.h"

enum { NAME_MOST = 80 }; // characters of a state's name (API model, TestState.stateName)

typedef struct Graph {
    const AslCheck *check;
    const Node *root;   // the definition
    const Node *states; // of this flow
    StrMap by_name;     // name -> Entry
    bool *seen;
    uint32_t *queue; // states that something leads to, in the order they were found
    uint32_t count;
} Graph;

typedef void Visit(Graph *g, const Node *target);

static void each_next(Graph *g, const Node *list, Visit *visit) {
    for (uint32_t i = 0; node_is_list(list) && i < list->count; i++) {
        const Node *next = node_get(list->items[i], S("Next"));
        if (next)
            visit(g, next);
    }
}

static void each_target(Graph *g, const Node *state, Visit *visit) {
    const Node *next = node_get(state, S("Next")), *otherwise = node_get(state, S("Default"));
    if (next)
        visit(g, next);
    each_next(g, node_get(state, S("Choices")), visit);
    if (otherwise)
        visit(g, otherwise);
    each_next(g, node_get(state, S("Catch")), visit);
}

static const char *noun(const Graph *g) {
    return g->check->imported ? "state" : "stage";
}

// The state `name` anywhere in the definition.
static const Entry *find_anywhere(const Node *flow, Str name);

static const Entry *find_inside(const Node *state, Str name) {
    static const char *const keys[] = {"ItemProcessor", "Iterator"};
    const Entry *found = NULL;
    for (size_t i = 0; i < COUNT(keys) && !found; i++)
        found = find_anywhere(node_get(state, str_from(keys[i])), name);
    const Node *branches = node_get(state, S("Branches"));
    for (uint32_t i = 0; node_is_list(branches) && i < branches->count && !found; i++)
        found = find_anywhere(branches->items[i], name);
    return found;
}

static const Entry *find_anywhere(const Node *flow, Str name) {
    const Node *states = node_get(flow, S("States"));
    const Entry *found = node_find(states, name);
    for (uint32_t i = 0; node_is_map(states) && i < states->count && !found; i++)
        found = find_inside(states->entries[i].value, name);
    return found;
}

static void check_target(Graph *g, const Node *target) {
    const AslCheck *c = g->check;
    if (strmap_get(&g->by_name, node_str(target)))
        return;
    const Entry *elsewhere = find_anywhere(g->root, node_str(target));
    if (elsewhere) {
        diag_error(c->diags, target->loc, "crosses-flow", "`%.*s` is not in the same list of %ss",
                   SFMT(node_str(target)), noun(g));
        diag_also(c->diags, elsewhere->key->loc, "it is here");
        diag_help(c->diags,
                  "what is inside an `each` or a `parallel` cannot be entered or left by name");
        return;
    }
    Str *names = arena_new(c->arena, Str, g->states->count);
    for (uint32_t i = 0; i < g->states->count; i++)
        names[i] = g->states->entries[i].key->text;
    diag_error(c->diags, target->loc, "unknown-stage", "no %s is called `%.*s`", noun(g),
               SFMT(node_str(target)));
    diag_suggest(c->diags, target->loc, node_str(target), names, g->states->count);
}

static void reach(Graph *g, const Node *target) {
    const Entry *e = strmap_get(&g->by_name, node_str(target));
    size_t i = (size_t)(e - g->states->entries);
    if (g->seen[i])
        return;
    g->seen[i] = true;
    g->queue[g->count++] = (uint32_t)i;
}

static bool is_end(const Node *state) {
    Str type = node_get_str(state, S("Type"));
    return node_is_word(node_get(state, S("End")), S("true")) || str_eq(type, S("Succeed")) ||
           str_eq(type, S("Fail"));
}

static void check_reach(Graph *g, const Node *flow) {
    const AslCheck *c = g->check;
    g->seen = arena_new(c->arena, bool, g->states->count);
    g->queue = arena_new(c->arena, uint32_t, g->states->count);
    const Node *start = node_get(flow, S("StartAt"));
    reach(g, start);
    for (uint32_t i = 0; i < g->count; i++) // grows while it runs
        each_target(g, g->states->entries[g->queue[i]].value, reach);
    bool ends = false;
    for (uint32_t i = 0; i < g->states->count; i++) {
        const Entry *e = &g->states->entries[i];
        ends = ends || (g->seen[i] && is_end(e->value));
        if (g->seen[i])
            continue;
        diag_error(c->diags, e->key->loc, "unreachable-stage", "nothing leads to `%.*s`",
                   SFMT(e->key->text));
        diag_help(c->diags, "name it in a `%s`, or remove it", c->imported ? "Next" : "go");
    }
    if (!ends)
        diag_error(c->diags, start->loc, "no-end", "no way through these %ss ever ends", noun(g));
}

static void check_flow(const AslCheck *c, const Node *root, const Node *flow) {
    Graph g = {.check = c, .root = root, .states = node_get(flow, S("States"))};
    size_t before = c->diags->errors;
    for (uint32_t i = 0; i < g.states->count; i++)
        strmap_put(&g.by_name, c->arena, g.states->entries[i].key->text, &g.states->entries[i]);
    check_target(&g, node_get(flow, S("StartAt")));
    for (uint32_t i = 0; i < g.states->count; i++)
        each_target(&g, g.states->entries[i].value, check_target);
    if (c->diags->errors == before)
        check_reach(&g, flow);
    for (uint32_t i = 0; i < g.states->count; i++) {
        const Node *state = g.states->entries[i].value, *branches = node_get(state, S("Branches"));
        const Node *items = node_get(state, S("ItemProcessor"));
        if (!items)
            items = node_get(state, S("Iterator"));
        if (items)
            check_flow(c, root, items);
        for (uint32_t j = 0; branches && j < branches->count; j++)
            check_flow(c, root, branches->items[j]);
    }
}

void asl_check_flow(const AslCheck *c, const Node *flow) {
    check_flow(c, flow, flow);
}

static void collect_names(const AslCheck *c, const Node *flow, StrMap *names) {
    const Node *states = node_get(flow, S("States"));
    for (uint32_t i = 0; node_is_map(states) && i < states->count; i++) {
        const Entry *e = &states->entries[i];
        const Node *branches = node_get(e->value, S("Branches"));
        const Entry *twin = strmap_put(names, c->arena, e->key->text, (void *)e);
        if (twin) {
            diag_error(c->diags, e->key->loc, "duplicate-stage", "two %s are called `%.*s`",
                       c->imported ? "states" : "stages", SFMT(e->key->text));
            diag_also(c->diags, twin->key->loc, "the other one");
            diag_help(c->diags, "names are unique in all of a workflow, inside too");
        }
        if (str_code_points(e->key->text) > NAME_MOST || !e->key->text.len)
            diag_error(c->diags, e->key->loc, "name-too-long",
                       "the name of a state has 1 to %d characters, this one has %zu", NAME_MOST,
                       str_code_points(e->key->text));
        collect_names(c, node_get(e->value, S("ItemProcessor")), names);
        collect_names(c, node_get(e->value, S("Iterator")), names);
        for (uint32_t j = 0; node_is_list(branches) && j < branches->count; j++)
            collect_names(c, branches->items[j], names);
    }
}

void asl_check_names(const AslCheck *c, const Node *definition) {
    StrMap names = {0};
    collect_names(c, definition, &names);
}
