// emit_docs.c - pages for people: a runbook, what there is, how it runs, who may do what. The words
// are in templates/docs/; what to look at and what to do, in the kinds.
#include "emit_docs_parts.h"

#include "build.h"
#include "cost.h"
#include "emit.h"
#include "flow.h"
#include "grant.h"
#include "graph.h"
#include "json.h"
#include "policy.h"
#include "scope.h"
#include "shown.h"
#include "text.h"
#include "uses.h"

Node *docs_list(Unit *u, Node *map, const char *key) {
    Node *list = node_list(u->arena, map->loc);
    node_set(u->arena, map, str_from(key), list);
    return list;
}

Node *docs_add(Unit *u, Node *list) {
    Node *map = node_map(u->arena, list->loc);
    node_push(u->arena, list, map);
    return map;
}

Str docs_cell(Unit *u, Str text) {
    Buf b = {.arena = u->arena};
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '|')
            buf_char(&b, '\\');
        buf_char(&b, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    }
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

Str docs_prose(Unit *u, Node *value) {
    Buf b = {.arena = u->arena};
    Str text = shown_text(u, value);
    bool code = false; // where a backslash would be one
    for (size_t i = 0; i < text.len; i++) {
        code = text.ptr[i] == '`' ? !code : code;
        buf_put(&b, text.ptr[i] == '<' && !code ? S("\\") : S(""));
        buf_char(&b, text.ptr[i]);
    }
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

Str docs_joined(Unit *u, const Node *list, const char *between, const char *quote) {
    Buf b = {.arena = u->arena};
    for (uint32_t i = 0; list && i < list->count; i++) {
        Str item = shown_text(u, list->items[i]);
        buf_fmt(&b, "%s%s%.*s%s", i ? between : "", quote, SFMT(item), quote);
    }
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

bool docs_is_made(const Resource *r) {
    return !r->existing.len && r->axis != AXIS_RUNTIME;
}

bool docs_has_many(const Unit *u) {
    for (size_t i = 0; i < u->count; i++)
        if (resource_is_fanned(u->resources[i]))
            return true;
    return false;
}

enum { LISTED = 40 }; // so many of what is alike are shown one by one

Str docs_copies_of(Unit *u, const Resource *r) {
    Buf b = {.arena = u->arena};
    size_t count = 0;
    for (size_t i = 0; i < u->copy_count && r->copied; i++) {
        if (u->copies[i].like[0] != r)
            continue;
        if (++count <= LISTED)
            buf_fmt(&b, "%s%.*s", b.len ? ", " : "", SFMT(u->copies[i].id));
    }
    if (count > LISTED)
        buf_fmt(&b, " and %zu more", count - LISTED);
    Str names = buf_keep(&b, u->arena);
    buf_free(&b);
    return names;
}

// --- What there is ---

// A place as it is seen from the folder of specs, however wgen was told where that is.
static Str from_specs(const Unit *u, Str place) {
    size_t parent = u->dir.len; // of the system's own folder
    while (parent > 0 && u->dir.ptr[parent - 1] != '/')
        parent--;
    return str_starts(place, str_cut(u->dir, 0, parent)) ? str_cut(place, parent, place.len)
                                                         : place;
}

static void put_resource(Unit *u, Node *list, const Resource *r) {
    Node *row = docs_add(u, list);
    node_put(u->arena, row, "path", r->path);
    node_put(u->arena, row, "name", docs_cell(u, shown_name(u, r)));
    node_put(u->arena, row, "stack",
             r->existing.len         ? S("it is there already")
             : resource_is_fanned(r) ? S("one for each")
             : r->stack              ? r->stack->name
                                     : S("made while it runs"));
    Str place = shown_place(u, r);
    node_put(u->arena, row, "place", place.len ? from_specs(u, place) : S("comes with it"));
}

static void put_inventory(Unit *u, Node *data) {
    node_put(u->arena, data, "many", docs_has_many(u) ? S("yes") : S(""));
    Node *kinds = docs_list(u, data, "kinds");
    StrMap known = {0};
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        if (r == u->self || (r->kind->internal && !r->name))
            continue;
        Node *list = strmap_get(&known, r->kind->name);
        if (!list) {
            Node *kind = docs_add(u, kinds);
            node_put(u->arena, kind, "title", r->kind->section);
            node_put(u->arena, kind, "about", r->kind->doc);
            list = docs_list(u, kind, "resources");
            strmap_put(&known, u->arena, r->kind->name, list);
        }
        put_resource(u, list, r);
    }
}

// --- Who may do what ---

static void put_uses(Unit *u, Node *role, const Resource *who) {
    const Use *uses;
    size_t count = who ? uses_of(who, &uses) : 0;
    Buf b = {.arena = u->arena};
    for (size_t i = 0; i < count; i++) {
        buf_fmt(&b, "%s", i ? "; " : "By its `uses`: ");
        for (size_t j = 0; j < uses[i].verb_count; j++)
            buf_fmt(&b, "%s%.*s", j ? " and " : "", SFMT(uses[i].verbs[j]->name));
        buf_fmt(&b, " %.*s", SFMT(uses[i].to->path));
    }
    if (b.len)
        buf_char(&b, '.');
    Node *lines = node_map(u->arena, (Loc){0});
    node_put(u->arena, lines, "lines", buf_keep(&b, u->arena));
    if (count)
        node_set(u->arena, role, S("uses"), lines);
    buf_free(&b);
}

static void put_condition(Unit *u, Buf *b, Node *n) {
    for (uint32_t i = 0; n && n->type == NODE_MAP && i < n->count; i++) {
        buf_fmt(b, "%s%.*s ", i ? ", " : "", SFMT(n->entries[i].key->text));
        put_condition(u, b, n->entries[i].value);
    }
    if (n && n->type == NODE_LIST)
        buf_put(b, docs_joined(u, n, ", ", ""));
    else if (n && n->type != NODE_MAP)
        buf_put(b, shown_text(u, n));
}

static Str cell_of(Unit *u, Node *values, const char *between, const char *quote) {
    return docs_cell(u, docs_joined(u, node_as_list(u->arena, values), between, quote));
}

static void put_statements(Unit *u, Node *role, const Node *policy) {
    Node *list = docs_list(u, role, "statements");
    const Node *statements = node_get(policy, S("Statement"));
    bool conditional = false;
    for (uint32_t i = 0; statements && i < statements->count; i++) {
        const Node *s = statements->items[i];
        Node *row = docs_add(u, list);
        Buf b = {.arena = u->arena};
        put_condition(u, &b, node_get(s, S("Condition")));
        conditional = conditional || b.len;
        node_put(u->arena, row, "actions", cell_of(u, node_get(s, S("Action")), "<br>", ""));
        node_put(u->arena, row, "on", cell_of(u, node_get(s, S("Resource")), "<br>", "`"));
        node_put(u->arena, row, "condition", docs_cell(u, buf_str(&b)));
        buf_free(&b);
    }
    node_put_flag(u->arena, role, "conditional", conditional); // most have no such column
}

// A policy that is too long for its role is in several places.
static void put_managed(Unit *u, Node *role, const Node *policy, const Node *policies) {
    if (!policies)
        return;
    Node *managed = node_map(u->arena, (Loc){0}), *names = node_list(u->arena, (Loc){0});
    for (uint32_t i = 0; i < policies->count; i++)
        node_push(u->arena, names, policies->items[i]->res->name);
    node_put(u->arena, managed, "length", str_fmt(u->arena, "%zu", policy_length(u, policy)));
    node_put(u->arena, managed, "most", str_fmt(u->arena, "%d", POLICY_INLINE));
    node_put(u->arena, managed, "names", docs_joined(u, names, ", ", "`"));
    node_set(u->arena, role, S("managed"), managed);
}

static void put_roles(Unit *u, Node *data) {
    Node *list = docs_list(u, data, "roles");
    node_put_flag(u->arena, data, "many", u->projects.count > 0);
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!str_eq(r->kind->name, S("role")) || !docs_is_made(r))
            continue;
        Node *role = docs_add(u, list);
        node_put(u->arena, role, "id", r->owner ? r->owner->path : r->path);
        node_put(u->arena, role, "name", shown_name(u, r));
        node_put(u->arena, role, "service",
                 docs_joined(u, node_as_list(u->arena, resource_get(r, S("service"))), ", ", ""));
        put_uses(u, role, r->owner);
        const Node *policy = grant_policy(u, r);
        put_managed(u, role, policy, resource_get(r, S("policies")));
        put_statements(u, role, policy);
    }
}

// --- What it costs ---

static void put_cost(Unit *u, Node *list, const CostLine *line) {
    Node *row = docs_add(u, list);
    node_put(u->arena, row, "workflow", line->workflow);
    node_put(u->arena, row, "kind", line->kind);
    node_put(u->arena, row, "path", line->path);
    node_put(u->arena, row, "what", docs_cell(u, line->what));
    node_put(u->arena, row, "usd", str_fmt(u->arena, "%.2f", line->usd));
    node_put(u->arena, row, "formula", docs_cell(u, line->formula));
    node_put(u->arena, row, "say", line->say);
}

static void put_costs(Unit *u, Node *data) {
    Costs costs = {.arena = u->arena, .prices = template_tree(u->kinds, S("prices.yaml"))};
    Node *counted = docs_list(u, data, "counted"), *unknown = docs_list(u, data, "unknown");
    costs_add(&costs, u);
    for (size_t i = 0; i < costs.count; i++)
        put_cost(u, costs.list[i].missing.len ? unknown : counted, &costs.list[i]);
    node_put(u->arena, data, "total", str_fmt(u->arena, "%.2f", costs.total));
    node_put(u->arena, data, "date", node_get_str(costs.prices, S("date")));
    node_put(u->arena, data, "never", node_get_str(costs.prices, S("never")));
    node_put_flag(u->arena, data, "incomplete", unknown->count > 0);
}

// --- The pages ---

static void render(Unit *u, const char *page, const Node *data, Outbox *box) {
    TextRules rules = {.strict = true};
    const Source *src = template_source(u->kinds, str_fmt(u->arena, "docs/%s.md.mustache", page));
    if (src)
        text_render(u->arena, u->diags, &rules, src, data,
                    outbox_add(box, str_fmt(u->arena, "docs/%s.md", page)));
}

// Two of the workflows that are alike are shown, and which others are as the first of them.
static void put_copies(Unit *u, Node *data) {
    Node *list = docs_list(u, data, "copies");
    for (size_t i = 0; i < u->count; i++) {
        Str names = u->resources[i]->machine ? docs_copies_of(u, u->resources[i]) : (Str){0};
        if (!names.len)
            continue;
        Node *copies = docs_add(u, list);
        node_put(u->arena, copies, "like", u->resources[i]->id);
        node_put(u->arena, copies, "names", names);
    }
    node_put_flag(u->arena, data, "alike", list->count > 0);
}

static Node *begin(Unit *u) {
    Node *data = node_map(u->arena, (Loc){0});
    Str region = u->self ? node_str(resource_get(u->self, S("region"))) : (Str){0};
    node_put(u->arena, data, "system", u->system);
    node_put(u->arena, data, "env", u->env);
    node_put(u->arena, data, "deployment",
             u->env.len ? str_fmt(u->arena, "%.*s in %.*s", SFMT(u->system), SFMT(u->env))
                        : u->system);
    node_put(u->arena, data, "doc",
             u->self ? docs_prose(u, resource_get(u->self, S("doc"))) : S(""));
    node_put(u->arena, data, "region", region);
    put_copies(u, data);
    return data;
}

void emit_runbook(Unit *u, Stacks stacks, Outbox *box) {
    if (!stacks.count)
        return;
    Node *data = begin(u);
    docs_runbook(u, stacks, data);
    render(u, "runbook", data, box);
}

static void put_page(Unit *u, const char *page, void (*fill)(Unit *u, Node *data), Outbox *box) {
    Node *data = begin(u);
    fill(u, data);
    render(u, page, data, box);
}

void emit_inventory(Unit *u, Stacks stacks, Outbox *box) {
    (void)stacks;
    put_page(u, "inventory", put_inventory, box);
}

void emit_workflows(Unit *u, Stacks stacks, Outbox *box) {
    (void)stacks;
    put_page(u, "workflows", docs_workflows, box);
}

void emit_access(Unit *u, Stacks stacks, Outbox *box) {
    (void)stacks;
    put_page(u, "access", put_roles, box);
}

void emit_cost(Unit *u, Stacks stacks, Outbox *box) {
    (void)stacks;
    put_page(u, "cost", put_costs, box);
}
