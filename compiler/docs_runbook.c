// docs_runbook.c - the runbook: what to do about each alarm, how it is deployed, looked at and
// taken down. What to look at and what to do is in the kinds.
#include "emit_docs_parts.h"

#include "build.h"
#include "scope.h"
#include "shown.h"

// How many there are of a kind, by what there is one for: the system, a project, a user, a run.
typedef struct Tally {
    const Kind *kind;
    size_t halves[AXIS_RUNTIME + 1]; // see resource_halves
} Tally;

static void put_tally(Buf *out, const Tally *t) {
    static const char *const of[] = {"", " for each project", " for each user", " for each run"};
    bool first = true;
    for (int axis = AXIS_NONE; axis <= AXIS_RUNTIME; axis++) {
        size_t count = t->halves[axis] / 2;
        if (!count)
            continue;
        buf_fmt(out, "%s%zu", !first ? " and " : out->len ? ", " : "", count);
        if (first)
            buf_fmt(out, " %.*s", SFMT(count == 1 ? t->kind->name : t->kind->section));
        buf_put(out, str_from(of[axis]));
        first = false;
    }
}

// `7 functions, 2 tables`: what it is made of, without what comes with these.
static void put_summary(Unit *u, Node *data) {
    Buf b = {.arena = u->arena};
    StrMap by_kind = {0};
    Tally *list = arena_new(u->arena, Tally, u->count);
    size_t count = 0;
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        if (shown_is_part(r) || r == u->self)
            continue;
        Tally *t = strmap_get(&by_kind, r->kind->name);
        if (!t) {
            t = &list[count++];
            t->kind = r->kind;
            strmap_put(&by_kind, u->arena, r->kind->name, t);
        }
        t->halves[r->axis] += resource_halves(r);
    }
    for (size_t i = 0; i < count; i++)
        put_tally(&b, &list[i]);
    node_put(u->arena, data, "summary", buf_keep(&b, u->arena));
    buf_free(&b);
}

static void put_dashboards(Unit *u, Node *data) {
    Node *list = docs_list(u, data, "dashboards");
    for (size_t i = 0; i < u->count; i++)
        if (str_eq(u->resources[i]->kind->name, S("dashboard")) && docs_is_made(u->resources[i]))
            node_put(u->arena, docs_add(u, list), "name", shown_name(u, u->resources[i]));
}

static void put_commands(Unit *u, Node *into, Resource *r) {
    Node *list = docs_list(u, into, "commands");
    const Node *look = scope_render(u, r, r->kind->look);
    node_put(u->arena, into, "looked", look && look->count ? S("yes") : S(""));
    for (uint32_t i = 0; look && i < look->count; i++) {
        Node *command = docs_add(u, list);
        node_put(u->arena, command, "say", shown_text(u, node_get(look->items[i], S("say"))));
        node_put(u->arena, command, "run", shown_command(u, node_get(look->items[i], S("run"))));
    }
}

static void put_alarms(Unit *u, Node *data) {
    Node *list = docs_list(u, data, "alarms");
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!str_eq(r->kind->name, S("alarm")) || !docs_is_made(r))
            continue;
        Node *alarm = docs_add(u, list);
        const Resource *topic = resource_ref(r, S("notify"));
        node_put(u->arena, alarm, "name", shown_name(u, r));
        node_put(u->arena, alarm, "doc", docs_prose(u, resource_get(r, S("doc"))));
        node_put(u->arena, alarm, "do", docs_prose(u, resource_get(r, S("do"))));
        node_put(u->arena, alarm, "notifies",
                 topic ? str_fmt(u->arena, "`%.*s`", SFMT(shown_name(u, topic))) : S(""));
        node_put(u->arena, alarm, "many", resource_is_fanned(r) ? S("yes") : S(""));
        const Node *at = resource_get(r, S("look-at"));
        if (at && at->type == NODE_REF)
            put_commands(u, alarm, at->res);
        else if (r->owner)
            put_commands(u, alarm, r->owner);
        else
            node_put(u->arena, alarm, "looked", S(""));
    }
}

static void put_looks(Unit *u, Node *data) {
    Node *list = docs_list(u, data, "looks");
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!r->kind->look || !docs_is_made(r))
            continue;
        Node *look = docs_add(u, list);
        node_put(u->arena, look, "id", r->path);
        node_put(u->arena, look, "name", shown_name(u, r));
        put_commands(u, look, r);
    }
}

static void put_stack(Unit *u, Node *list, const Stack *s) {
    Node *stack = docs_add(u, list);
    node_put(u->arena, stack, "name", s->name);
    node_put(u->arena, stack, "size", str_fmt(u->arena, "%zu", s->size));
    node_put(u->arena, stack, "plural", s->size == 1 ? S("") : S("yes"));
}

static void put_stacks(Unit *u, Node *data, Stacks stacks) {
    Node *list = docs_list(u, data, "stacks"), *reversed = docs_list(u, data, "reversed");
    for (size_t i = 0; i < stacks.count; i++) {
        put_stack(u, list, stacks.list[i]);
        put_stack(u, reversed, stacks.list[stacks.count - 1 - i]);
    }
}

// What of `deploy` people do by hand: how an alias goes back, how a bucket is emptied.
static void put_deploy(Unit *u, Node *data, const char *key, const char *section) {
    Node *all = node_map(u->arena, (Loc){0}), *rows = docs_list(u, all, "rows");
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        bool deployed = docs_is_made(r) && r->kind->deploy;
        const Node *body = deployed ? scope_render(u, r, r->kind->deploy) : NULL;
        if (!(body = node_get(body, str_from(key))))
            continue;
        Node *row = docs_add(u, rows), *run = node_get(body, S("run"));
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
            return docs_is_made(r) && !resource_is_fanned(r) &&
                   !node_is_word(resource_get(r, S("ephemeral")), S("true"));
    return false;
}

// One entry of `list` for each kind, made when it is named first.
static Node *group_of(Unit *u, StrMap *known, Node *list, const Kind *kind) {
    Node *group = strmap_get(known, kind->name);
    if (group)
        return group;
    group = docs_add(u, list);
    node_put(u->arena, group, "title", kind->section);
    strmap_put(known, u->arena, kind->name, group);
    return group;
}

// What outlives its stack, and how it is deleted by hand.
static void put_kept(Unit *u, Node *data) {
    Node *list = docs_list(u, data, "kept");
    StrMap known = {0};
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!holds_data(r))
            continue;
        Node *group = group_of(u, &known, list, r->kind);
        const Node *remove = scope_render(u, r, r->kind->remove);
        Node *commands = node_get(group, S("commands"));
        if (!commands)
            commands = docs_list(u, group, "commands");
        if (!remove)
            node_put(u->arena, docs_add(u, commands), "run",
                     str_fmt(u->arena, "# %.*s", SFMT(shown_name(u, r))));
        for (uint32_t j = 0; remove && j < remove->count; j++)
            node_put(u->arena, docs_add(u, commands), "run",
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
    Node *list = docs_list(u, data, "strays");
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        const Node *adopt = docs_is_made(r) && r->stack ? scope_render(u, r, r->kind->adopt) : NULL;
        if (!adopt || !r->kind->cfn_headers || !r->kind->tf_headers)
            continue;
        Node *row = docs_add(u, list);
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
    if (docs_has_many(u) && (users.count || projects.count))
        put_item(&b, users.count ? users.list : projects.list);
    node_put(u->arena, data, "whose", buf_keep(&b, u->arena));
    buf_free(&b);
}

void docs_runbook(Unit *u, Stacks stacks, Node *data) {
    put_summary(u, data);
    put_dashboards(u, data);
    put_alarms(u, data);
    put_looks(u, data);
    put_stacks(u, data, stacks);
    put_deploy(u, data, "alias", "aliases");
    put_deploy(u, data, "empty", "empty");
    put_kept(u, data);
    put_strays(u, data);
    put_example(u, data);
}
