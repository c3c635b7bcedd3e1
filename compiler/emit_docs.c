// emit_docs.c - pages for people: a runbook, what there is, how it runs, who may do what. The words
// are in templates/docs/; what to look at and what to do, in the kinds.
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

enum {
    WORKFLOWS_IN_A_PICTURE = 12, // with more, nobody sees anything in it
    LISTED = 40                  // so many of what is alike are shown one by one
};

static Node *put_list(Unit *u, Node *map, const char *key) {
    Node *list = node_list(u->arena, map->loc);
    node_set(u->arena, map, str_from(key), list);
    return list;
}

static Node *add_map(Unit *u, Node *list) {
    Node *map = node_map(u->arena, list->loc);
    node_push(u->arena, list, map);
    return map;
}

// A cell of a table: no line ends, and no bar of its own.
static Str cell(Unit *u, Str text) {
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

static Str joined(Unit *u, const Node *list, const char *before, const char *after) {
    Buf b = {.arena = u->arena};
    for (uint32_t i = 0; list && i < list->count; i++) {
        Str item = shown_text(u, list->items[i]);
        buf_fmt(&b, "%s%s%.*s%s", i ? ", " : "", before, SFMT(item), after);
    }
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

// --- The runbook ---

static void put_commands(Unit *u, Node *into, Resource *r) {
    Node *list = put_list(u, into, "commands");
    const Node *look = scope_render(u, r, r->kind->look);
    node_put(u->arena, into, "looked", look && look->count ? S("yes") : S(""));
    for (uint32_t i = 0; look && i < look->count; i++) {
        Node *command = add_map(u, list);
        node_put(u->arena, command, "say", shown_text(u, node_get(look->items[i], S("say"))));
        node_put(u->arena, command, "run", shown_command(u, node_get(look->items[i], S("run"))));
    }
}

static bool is_made(const Resource *r) {
    return !r->existing.len && r->axis != AXIS_RUNTIME;
}

static void put_alarms(Unit *u, Node *data) {
    Node *list = put_list(u, data, "alarms");
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!str_eq(r->kind->name, S("alarm")) || !is_made(r))
            continue;
        Node *alarm = add_map(u, list);
        const Resource *topic = resource_ref(r, S("notify"));
        node_put(u->arena, alarm, "name", shown_name(u, r));
        node_put(u->arena, alarm, "doc", shown_text(u, resource_get(r, S("doc"))));
        node_put(u->arena, alarm, "do", shown_text(u, resource_get(r, S("do"))));
        node_put(u->arena, alarm, "notifies",
                 topic ? str_fmt(u->arena, "`%.*s`", SFMT(shown_name(u, topic))) : S(""));
        node_put(u->arena, alarm, "many", resource_is_fanned(r) ? S("yes") : S(""));
        if (r->owner)
            put_commands(u, alarm, r->owner);
        else
            node_put(u->arena, alarm, "looked", S(""));
    }
}

static void put_looks(Unit *u, Node *data) {
    Node *list = put_list(u, data, "looks");
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!r->kind->look || !is_made(r))
            continue;
        Node *look = add_map(u, list);
        node_put(u->arena, look, "id", r->path);
        node_put(u->arena, look, "name", shown_name(u, r));
        put_commands(u, look, r);
    }
}

static void put_stack(Unit *u, Node *list, const Stack *s) {
    Node *stack = add_map(u, list);
    node_put(u->arena, stack, "name", s->name);
    node_put(u->arena, stack, "size", str_fmt(u->arena, "%zu", s->size));
    node_put(u->arena, stack, "plural", s->size == 1 ? S("") : S("yes"));
}

static void put_stacks(Unit *u, Node *data, Stacks stacks) {
    Node *list = put_list(u, data, "stacks"), *reversed = put_list(u, data, "reversed");
    for (size_t i = 0; i < stacks.count; i++) {
        put_stack(u, list, stacks.list[i]);
        put_stack(u, reversed, stacks.list[stacks.count - 1 - i]);
    }
}

// What of `deploy` people do by hand: how an alias goes back, how a bucket is emptied.
static void put_deploy(Unit *u, Node *data, const char *key, const char *section) {
    Node *all = node_map(u->arena, (Loc){0}), *rows = put_list(u, all, "rows");
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        bool deployed = is_made(r) && r->kind->deploy;
        const Node *body = deployed ? scope_render(u, r, r->kind->deploy) : NULL;
        if (!(body = node_get(body, str_from(key))))
            continue;
        Node *row = add_map(u, rows), *run = node_get(body, S("run"));
        node_put(u->arena, row, "function", shown_name(u, r));
        node_put(u->arena, row, "name", shown_text(u, node_get(body, S("name"))));
        node_put(u->arena, row, "run", run ? shown_command(u, run) : S(""));
    }
    if (rows->count)
        node_set(u->arena, data, str_from(section), all);
}

static bool holds_data(const Resource *r) {
    for (uint32_t i = 0; r->kind->cfn_headers && i < r->kind->cfn_headers->count; i++)
        if (str_eq(node_get_str(r->kind->cfn_headers->items[i], S("deletion")), S("retain")) &&
            !node_get(r->kind->cfn_headers->items[i], S("part")))
            return is_made(r) && !resource_is_fanned(r) &&
                   !node_is_word(resource_get(r, S("ephemeral")), S("true"));
    return false;
}

// One entry of `list` for each kind, made when it is named first.
static Node *group_of(Unit *u, StrMap *known, Node *list, const Kind *kind) {
    Node *group = strmap_get(known, kind->name);
    if (group)
        return group;
    group = add_map(u, list);
    node_put(u->arena, group, "title", kind->section);
    strmap_put(known, u->arena, kind->name, group);
    return group;
}

// What outlives its stack, and how it is deleted by hand.
static void put_kept(Unit *u, Node *data) {
    Node *list = put_list(u, data, "kept");
    StrMap known = {0};
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!holds_data(r))
            continue;
        Node *group = group_of(u, &known, list, r->kind);
        const Node *remove = scope_render(u, r, r->kind->remove);
        Node *commands = node_get(group, S("commands"));
        if (!commands)
            commands = put_list(u, group, "commands");
        if (!remove)
            node_put(u->arena, add_map(u, commands), "run",
                     str_fmt(u->arena, "# %.*s", SFMT(shown_name(u, r))));
        for (uint32_t j = 0; remove && j < remove->count; j++)
            node_put(u->arena, add_map(u, commands), "run",
                     shown_command(u, node_get(remove->items[j], S("run"))));
    }
}

static Str word_of(Unit *u, Node *value) {
    Buf b = {.arena = u->arena};
    shown_word(u, value, &b);
    Str word = buf_keep(&b, u->arena);
    buf_free(&b);
    return word;
}

// What stands in the way can become part of its stack: by what each target asks for.
static void put_strays(Unit *u, Node *data) {
    Node *list = put_list(u, data, "strays");
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        const Node *adopt = is_made(r) && r->stack ? scope_render(u, r, r->kind->adopt) : NULL;
        if (!adopt || !r->kind->cfn_headers || !r->kind->tf_headers)
            continue;
        Node *row = add_map(u, list);
        node_put(u->arena, row, "name", shown_name(u, r));
        node_put(u->arena, row, "stack", r->stack->name);
        node_put(u->arena, row, "logical", r->logical);
        node_put(u->arena, row, "type", node_get_str(r->kind->cfn_headers->items[0], S("Type")));
        node_put(u->arena, row, "by", node_get_str(adopt, S("by")));
        node_put(u->arena, row, "value", word_of(u, node_get(adopt, S("value"))));
        node_put(u->arena, row, "address",
                 str_fmt(u->arena, "%.*s.%.*s",
                         SFMT(node_get_str(r->kind->tf_headers->items[0], S("resource"))),
                         SFMT(r->tf)));
    }
}

// `project=amelia user=scott`, and the fields of that user, as the shell's variables.
static void put_item(Buf *out, const Item *item) {
    buf_fmt(out, "project=%.*s", SFMT(item->project));
    if (item->user.len)
        buf_fmt(out, " user=%.*s", SFMT(item->user));
    for (uint32_t i = 0; item->fields && i < item->fields->count; i++) {
        const Entry *e = &item->fields->entries[i];
        if (!node_is_scalar(e->value))
            continue;
        buf_put(out, S(" "));
        shown_variable(out, str_fmt(out->arena, "user.%.*s", SFMT(e->key->text)));
        buf_char(out, '=');
        shown_quoted(out, node_str(e->value));
    }
}

// Whose things the commands are about, if nobody says otherwise: the first ones.
static void put_example(Unit *u, Node *data) {
    Items users = unit_items(u, AXIS_USER), projects = unit_items(u, AXIS_PROJECT);
    Buf b = {.arena = u->arena};
    bool fanned = false;
    for (size_t i = 0; i < u->count; i++)
        fanned = fanned || resource_is_fanned(u->resources[i]);
    if (fanned && (users.count || projects.count))
        put_item(&b, users.count ? users.list : projects.list);
    node_put(u->arena, data, "whose", buf_keep(&b, u->arena));
    buf_free(&b);
}

// A place as it is seen from the folder of specs, however wgen was told where that is.
static Str from_specs(const Unit *u, Str place) {
    size_t parent = u->dir.len; // of the system's own folder
    while (parent > 0 && u->dir.ptr[parent - 1] != '/')
        parent--;
    return str_starts(place, str_cut(u->dir, 0, parent)) ? str_cut(place, parent, place.len)
                                                         : place;
}

// --- What there is ---

static void put_resource(Unit *u, Node *list, const Resource *r) {
    Node *row = add_map(u, list);
    node_put(u->arena, row, "path", r->path);
    node_put(u->arena, row, "name", cell(u, shown_name(u, r)));
    node_put(u->arena, row, "stack",
             r->existing.len         ? S("it is there already")
             : resource_is_fanned(r) ? S("one for each")
             : r->stack              ? r->stack->name
                                     : S("made while it runs"));
    Str place = shown_place(u, r);
    node_put(u->arena, row, "place", place.len ? from_specs(u, place) : S("comes with it"));
}

// The workflows that are copies of the two that `r` is the first of, as a list; empty: none.
static Str copies_of(Unit *u, const Resource *r) {
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

static void put_copies(Unit *u, Node *data) {
    Node *list = put_list(u, data, "copies");
    for (size_t i = 0; i < u->count; i++) {
        Str names = u->resources[i]->machine ? copies_of(u, u->resources[i]) : (Str){0};
        if (!names.len)
            continue;
        Node *copies = add_map(u, list);
        node_put(u->arena, copies, "like",
                 str_fmt(u->arena, "Like %.*s", SFMT(u->resources[i]->id)));
        node_put(u->arena, copies, "names", names);
    }
}

static void put_inventory(Unit *u, Node *data) {
    put_copies(u, data);
    Node *kinds = put_list(u, data, "kinds");
    StrMap known = {0};
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        if (r == u->self || (r->kind->internal && !r->name))
            continue;
        Node *list = strmap_get(&known, r->kind->name);
        if (!list) {
            Node *kind = add_map(u, kinds);
            node_put(u->arena, kind, "title", r->kind->section);
            node_put(u->arena, kind, "about", r->kind->doc);
            list = put_list(u, kind, "resources");
            strmap_put(&known, u->arena, r->kind->name, list);
        }
        put_resource(u, list, r);
    }
}

// --- How it runs ---

// Errors in words: those that Lambda is tried again on by itself need no list.
static Str errors_of(Unit *u, const Node *errors) {
    enum { MANY = 3 };
    bool all = errors && errors->count >= MANY;
    for (uint32_t i = 0; all && i < errors->count; i++)
        all = str_starts(node_str(errors->items[i]), S("Lambda."));
    if (all)
        return S("faults of Lambda itself");
    if (errors && errors->count == 1 && node_is_word(errors->items[0], S("States.ALL")))
        return S("any error");
    return joined(u, errors, "", "");
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
        if (str_eq(type, str_from(types[i].type)))
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
    Node *workflow = add_map(u, list);
    node_put(u->arena, workflow, "id", r->path);
    node_put(u->arena, workflow, "name", shown_name(u, r));
    node_put(u->arena, workflow, "doc", shown_text(u, resource_get(r, S("doc"))));
    node_put(u->arena, workflow, "like", copies_of(u, r));
    Buf b = {.arena = u->arena};
    graph_mermaid(graph_workflow(u, r), &b);
    node_put(u->arena, workflow, "graph", buf_keep(&b, u->arena));
    buf_free(&b);
    Node *states = put_list(u, workflow, "states");
    for (size_t i = 0; i < r->machine->count; i++) {
        const State *state = r->machine->states[i];
        Node *row = add_map(u, states);
        const Node *timeout = node_get(state->def, S("TimeoutSeconds"));
        node_put(u->arena, row, "name", cell(u, state->name));
        node_put(u->arena, row, "what", cell(u, what_of(u, state)));
        node_put(u->arena, row, "retry", cell(u, retries_of(u, state->def)));
        node_put(u->arena, row, "timeout", timeout ? time_of(u, timeout) : S(""));
    }
}

static void put_workflows(Unit *u, Node *data) {
    Node *list = put_list(u, data, "workflows");
    size_t count = u->copy_count;
    for (size_t i = 0; i < u->count; i++)
        count += u->resources[i]->machine != NULL;
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        bool second = r->copied && i && !copies_of(u, r).len; // the other one shows it
        if (r->machine && !second)
            put_workflow(u, list, r);
    }
    Buf b = {.arena = u->arena};
    if (count <= WORKFLOWS_IN_A_PICTURE)
        graph_mermaid(graph_system(u), &b);
    node_put(u->arena, data, "system_graph", buf_keep(&b, u->arena));
    buf_free(&b);
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
        buf_put(b, joined(u, n, "", ""));
    else if (n && n->type != NODE_MAP)
        buf_put(b, shown_text(u, n));
}

static void put_statements(Unit *u, Node *role, const Node *policy) {
    Node *list = put_list(u, role, "statements");
    const Node *statements = node_get(policy, S("Statement"));
    for (uint32_t i = 0; statements && i < statements->count; i++) {
        const Node *s = statements->items[i];
        Node *row = add_map(u, list);
        Buf b = {.arena = u->arena};
        put_condition(u, &b, node_get(s, S("Condition")));
        node_put(u->arena, row, "actions",
                 cell(u, joined(u, node_as_list(u->arena, node_get(s, S("Action"))), "", "")));
        node_put(u->arena, row, "on",
                 cell(u, joined(u, node_as_list(u->arena, node_get(s, S("Resource"))), "`", "`")));
        node_put(u->arena, row, "condition", cell(u, buf_str(&b)));
        buf_free(&b);
    }
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
    node_put(u->arena, managed, "names", joined(u, names, "`", "`"));
    node_set(u->arena, role, S("managed"), managed);
}

static void put_roles(Unit *u, Node *data) {
    Node *list = put_list(u, data, "roles");
    node_put_flag(u->arena, data, "many", u->projects.count > 0);
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!str_eq(r->kind->name, S("role")) || !is_made(r))
            continue;
        Node *role = add_map(u, list);
        node_put(u->arena, role, "id", r->owner ? r->owner->path : r->path);
        node_put(u->arena, role, "name", shown_name(u, r));
        node_put(u->arena, role, "service",
                 joined(u, node_as_list(u->arena, resource_get(r, S("service"))), "", ""));
        put_uses(u, role, r->owner);
        const Node *policy = grant_policy(u, r);
        put_managed(u, role, policy, resource_get(r, S("policies")));
        put_statements(u, role, policy);
    }
}

// --- What it costs ---

static void put_cost(Unit *u, Node *list, const CostLine *line) {
    Node *row = add_map(u, list);
    node_put(u->arena, row, "workflow", line->workflow);
    node_put(u->arena, row, "kind", line->kind);
    node_put(u->arena, row, "path", line->path);
    node_put(u->arena, row, "what", cell(u, line->what));
    node_put(u->arena, row, "usd", str_fmt(u->arena, "%.2f", line->usd));
    node_put(u->arena, row, "formula", cell(u, line->formula));
    node_put(u->arena, row, "say", str_fmt(u->arena, "usage: {%.*s: ...}", SFMT(line->missing)));
}

static void put_costs(Unit *u, Node *data) {
    Costs costs = {.arena = u->arena, .prices = template_tree(u->kinds, S("prices.yaml"))};
    Node *counted = put_list(u, data, "counted"), *unknown = put_list(u, data, "unknown");
    costs_add(&costs, u);
    for (size_t i = 0; i < costs.count; i++)
        put_cost(u, costs.list[i].missing.len ? unknown : counted, &costs.list[i]);
    node_put(u->arena, data, "total", str_fmt(u->arena, "%.2f", costs.total));
    node_put(u->arena, data, "date", node_get_str(costs.prices, S("date")));
    node_put_flag(u->arena, data, "incomplete", unknown->count > 0);
}

// --- All pages ---

static const struct {
    const char *name;
    void (*fill)(Unit *u, Node *data);
} pages[] = {
    {"inventory", put_inventory},
    {"workflows", put_workflows},
    {"access",    put_roles    },
    {"cost",      put_costs    },
};

static void render(Unit *u, const char *page, const Node *data, Outbox *box) {
    TextRules rules = {.strict = true};
    const Source *src = template_source(u->kinds, str_fmt(u->arena, "docs/%s.md.mustache", page));
    if (src)
        text_render(u->arena, u->diags, &rules, src, data,
                    outbox_add(box, str_fmt(u->arena, "docs/%s.md", page)));
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
             u->self ? shown_text(u, resource_get(u->self, S("doc"))) : S(""));
    node_put(u->arena, data, "region", region);
    return data;
}

void emit_docs(Unit *u, Stacks stacks, Outbox *box) {
    if (!stacks.count)
        return;
    Node *data = begin(u);
    put_alarms(u, data);
    put_looks(u, data);
    put_stacks(u, data, stacks);
    put_deploy(u, data, "alias", "aliases");
    put_deploy(u, data, "empty", "empty");
    put_kept(u, data);
    put_strays(u, data);
    put_example(u, data);
    render(u, "runbook", data, box);
    for (size_t i = 0; i < COUNT(pages); i++) {
        data = begin(u);
        pages[i].fill(u, data);
        render(u, pages[i].name, data, box);
    }
}
