// cmd_who.c - wgen who-can: who has an access to something, and why. It asks the policies as they
// are written, not the spec that asked for them.
#include "build.h"
#include "flow.h"
#include "grant.h"
#include "inspect.h"
#include "scope.h"
#include "uses.h"

typedef struct Wanted {
    Unit *unit;
    Resource *to;
    Node *actions, *on; // lists of what the access is: actions, and texts of resources
} Wanted;

// `*` in a pattern is anything.
static bool matches(Str pattern, Str text) {
    while (pattern.len && pattern.ptr[0] != '*') {
        if (!text.len || pattern.ptr[0] != text.ptr[0])
            return false;
        pattern = str_cut(pattern, 1, pattern.len);
        text = str_cut(text, 1, text.len);
    }
    if (!pattern.len)
        return !text.len;
    pattern = str_cut(pattern, 1, pattern.len);
    for (size_t i = 0; i <= text.len; i++)
        if (matches(pattern, str_cut(text, i, text.len)))
            return true;
    return false;
}

static bool any_matches(Unit *u, const Node *patterns, const Node *texts) {
    for (uint32_t i = 0; patterns && i < patterns->count; i++)
        for (uint32_t j = 0; texts && j < texts->count; j++)
            if (matches(shown_text(u, patterns->items[i]), shown_text(u, texts->items[j])))
                return true;
    return false;
}

static void want(Wanted *w, Str access) {
    Arena *a = w->unit->arena;
    const Verb *verb = kind_verb(w->to->kind, access);
    Node *statements = verb ? scope_render(w->unit, w->to, verb->statements) : NULL;
    w->actions = node_list(a, w->to->loc);
    w->on = node_list(a, w->to->loc);
    for (uint32_t i = 0; statements && i < statements->count; i++) {
        const Node *actions = node_get(statements->items[i], S("actions"));
        const Node *on = node_get(statements->items[i], S("on"));
        for (uint32_t j = 0; actions && j < actions->count; j++)
            node_push(a, w->actions, actions->items[j]);
        for (uint32_t j = 0; on && j < on->count; j++)
            node_push(a, w->on, on->items[j]);
    }
}

static void put_place(const Wanted *w, Buf *out, Loc at) {
    Str place = str_fmt(w->unit->arena, "%.*s:%u", SFMT(at.src->path), at.line);
    if (!str_starts(place, S("templates/")) && str_find(buf_str(out), place) < 0)
        buf_fmt(out, "%s%.*s", out->len ? ", " : "", SFMT(place));
}

// The lines of the stages that name it, by the definition that they became.
static void put_stages(const Wanted *w, Buf *out, const Node *n) {
    for (uint32_t i = 0; n && n->type == NODE_TEXT && i < n->count; i++)
        if (n->pieces[i].kind == PIECE_ATTR && n->pieces[i].res == w->to && n->loc.src)
            put_place(w, out, n->loc);
    for (uint32_t i = 0; n && n->type == NODE_LIST && i < n->count; i++)
        put_stages(w, out, n->items[i]);
    for (uint32_t i = 0; n && n->type == NODE_MAP && i < n->count; i++)
        put_stages(w, out, n->entries[i].value);
}

static Str stages_of(const Wanted *w, const Resource *who) {
    Buf b = {.arena = w->unit->arena};
    put_stages(w, &b, who->machine->definition);
    Str places = buf_keep(&b, w->unit->arena);
    buf_free(&b);
    return places;
}

// The line of `uses` that gave it; what else did, in words.
static Str why(const Wanted *w, const Resource *who, Str access) {
    const Use *uses;
    size_t count = uses_of(who, &uses);
    for (size_t i = 0; i < count; i++)
        if (uses[i].to == w->to && use_allows(&uses[i], access) && uses[i].loc.src)
            return str_fmt(w->unit->arena, "uses: %.*s:%u", SFMT(uses[i].loc.src->path),
                           uses[i].loc.line);
    Str place = who->machine ? stages_of(w, who) : (Str){0};
    if (!place.len)
        place = shown_place(w->unit, who);
    return str_fmt(w->unit->arena, "%s%s%.*s",
                   who->machine ? "a stage of it" : "what it is made for", place.len ? ": " : "",
                   SFMT(place));
}

typedef struct Answer {
    Arena *arena;
    Table table;
    Node *list;
} Answer;

static void tell(Answer *a, const Wanted *w, Str who, Str actions, Str because) {
    table_cell(&a->table, inspect_where(w->unit));
    table_cell(&a->table, who);
    table_cell(&a->table, actions);
    table_cell(&a->table, because);
    Node *map = node_map(a->arena, (Loc){0});
    node_put(a->arena, map, "system", w->unit->system);
    node_put(a->arena, map, "environment", w->unit->env);
    node_put(a->arena, map, "who", who);
    node_put(a->arena, map, "actions", actions);
    node_put(a->arena, map, "why", because);
    node_push(a->arena, a->list, map);
}

// Those of the actions that are wanted, and on what is wanted.
static Str allowed(const Wanted *w, const Node *policy) {
    const Node *statements = node_get(policy, S("Statement"));
    Buf b = {.arena = w->unit->arena};
    for (uint32_t i = 0; statements && i < statements->count; i++) {
        const Node *s = statements->items[i];
        const Node *actions = node_as_list(w->unit->arena, node_get(s, S("Action")));
        const Node *on = node_as_list(w->unit->arena, node_get(s, S("Resource")));
        if (!any_matches(w->unit, on, w->on))
            continue;
        for (uint32_t j = 0; actions && j < actions->count; j++) {
            Node *one = node_as_list(w->unit->arena, actions->items[j]);
            if (any_matches(w->unit, one, w->actions))
                buf_fmt(&b, "%s%.*s", b.len ? ", " : "", SFMT(node_str(actions->items[j])));
        }
    }
    Str done = buf_keep(&b, w->unit->arena);
    buf_free(&b);
    return done;
}

static void ask_roles(Answer *a, const Wanted *w, Str access) {
    for (size_t i = 0; i < w->unit->count; i++) {
        Resource *r = w->unit->resources[i];
        if (!str_eq(r->kind->name, S("role")) || r->existing.len)
            continue;
        Str actions = allowed(w, grant_policy(w->unit, r));
        const Resource *who = r->owner ? r->owner : r;
        if (actions.len)
            tell(a, w, who->path, actions, why(w, who, access));
    }
}

// Services that its own policy lets in.
static void ask_policy(Answer *a, const Wanted *w) {
    const Node *statements = grant_statements(w->unit, w->to);
    for (uint32_t i = 0; statements && i < statements->count; i++) {
        const Node *s = statements->items[i];
        Node *service = node_get(node_get(s, S("Principal")), S("Service"));
        const Node *actions = node_as_list(w->unit->arena, node_get(s, S("Action")));
        for (uint32_t j = 0; service && actions && j < actions->count; j++)
            if (any_matches(w->unit, node_as_list(w->unit->arena, actions->items[j]), w->actions))
                tell(a, w, shown_text(w->unit, service), shown_text(w->unit, actions->items[j]),
                     S("its resource policy"));
    }
}

static void no_such_access(Cli *cli, const Kind *kind, Str access) {
    Str *names = arena_new(cli->arena, Str, kind->verb_count + 1);
    Buf all = {.arena = cli->arena};
    for (size_t i = 0; i < kind->verb_count; i++) {
        names[i] = kind->verbs[i].name;
        buf_fmt(&all, "%s%.*s", i ? ", " : "", SFMT(names[i]));
    }
    diag_error(cli->diags, (Loc){0}, "unknown-access", "%s %.*s has no access `%.*s`",
               str_article(kind->name), SFMT(kind->name), SFMT(access));
    if (!diag_guess(cli->diags, access, names, kind->verb_count))
        diag_help(cli->diags, "it has %.*s", SFMT(buf_keep(&all, cli->arena)));
    buf_free(&all);
}

static int answer(Cli *cli, Batch *b) {
    Str access = str_from(cli->args[0]), name = str_from(cli->args[1]);
    Answer a = {
        .arena = cli->arena, .table = {.arena = cli->arena, .columns = 4}
    };
    a.list = node_list(cli->arena, (Loc){0});
    const Str titles[] = {S("SYSTEM"), S("WHO"), S("MAY"), S("WHY")};
    table_row(&a.table, titles);
    Wanted w = {0};
    for (size_t at = 0; (w.to = inspect_next(b, name, &at, &w.unit));) {
        if (!kind_verb(w.to->kind, access)) {
            no_such_access(cli, w.to->kind, access);
            return cmd_end(cli, NULL);
        }
        want(&w, access);
        ask_roles(&a, &w, access);
        ask_policy(&a, &w);
    }
    if (!w.unit)
        return inspect_unknown(cli, b, name);
    Buf out = {.arena = cli->arena};
    if (cli_has(cli, OPT_JSON))
        buf_put(&out, inspect_json(cli, a.list));
    else if (a.list->count)
        table_print(&a.table, &out);
    else
        buf_put(&out, S("nobody\n"));
    cmd_print(cli, buf_str(&out));
    buf_free(&out);
    return cmd_end(cli, NULL);
}

static int run(Cli *cli) {
    Batch b;
    int code = inspect_open(cli, &b, 2) ? answer(cli, &b) : cmd_end(cli, NULL);
    batch_free(&b);
    return code;
}

const Command command_who = {
    .name = "who-can",
    .args = "ACCESS NAME [SPEC...]",
    .doc = "who may read, send to or call something, and why",
    .about =
        "ACCESS is a word of `uses`, such as `read` or `send`; NAME is as in `wgen show`. What is\n"
        "asked are the policies that the roles get, and the resource's own; what else an account\n"
        "allows is not known here.",
    .examples = "wgen who-can send orders               # the queue `orders`\n"
                "wgen who-can write active-jobs specs/orders.yaml -e production\n"
                "wgen who-can read uploads --json\n",
    .takes = {OPT_ENV, OPT_JSON},
    .most_args = 1000000,
    .run = run,
};
