// compare_print.c - a comparison as text, as Markdown and as JSON.
#include "build.h"
#include "compare.h"
#include "json.h"

enum { SHOWN = 72 }; // of a value, in a line for people

static const struct {
    const char *word, *sign;
} kinds[CHANGE_KINDS] = {
    [CHANGE_ADDED] = {"added",    "+"},
      [CHANGE_CHANGED] = {"changed",  "~"},
    [CHANGE_REPLACED] = {"replaced", "!"},
      [CHANGE_RENAMED] = {"renamed",  "!"},
    [CHANGE_REMOVED] = {"removed",  "-"},
};

static size_t count_of(const Comparison *c, ChangeKind kind) {
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        count += c->list[i].kind == kind;
    return count;
}

static size_t count_lost(const Comparison *c) {
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        count += change_loses_data(&c->list[i]);
    return count;
}

static size_t count_refused(const Comparison *c) {
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        count += c->list[i].refused;
    return count;
}

static size_t count_wider(const Comparison *c) {
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        count += c->list[i].wider_count;
    return count;
}

Str compare_summary(const Comparison *c) {
    Buf b = {.arena = c->arena};
    for (int i = 0; i < CHANGE_KINDS; i++)
        if (count_of(c, (ChangeKind)i))
            buf_fmt(&b, "%s%zu %s", b.len ? ", " : "", count_of(c, (ChangeKind)i), kinds[i].word);
    if (count_refused(c))
        buf_fmt(&b, "; %zu that CloudFormation refuses", count_refused(c));
    if (count_lost(c))
        buf_fmt(&b, "; %zu lost with %s data", count_lost(c), count_lost(c) == 1 ? "its" : "their");
    if (count_wider(c))
        buf_fmt(&b, "; %zu grant%s more", count_wider(c), count_wider(c) == 1 ? "" : "s");
    double more = compare_dearer(c);
    if (more != 0)
        buf_fmt(&b, "%s%.2f USD a month %s", b.len ? "; " : "", more > 0 ? more : -more,
                more > 0 ? "more" : "less");
    Str text = b.len ? buf_keep(&b, c->arena) : S("no difference");
    buf_free(&b);
    return text;
}

static Str short_type(Str type) {
    return str_starts(type, S("AWS::")) ? str_cut(type, 5, type.len) : type;
}

static void put_stack(Buf *out, const Deployed *s) {
    if (s->env.len)
        buf_fmt(out, "%.*s ", SFMT(s->env));
    buf_put(out, s->name);
}

static void put_value(Buf *out, Str value) {
    Buf clean = {.arena = out->arena};
    escape_for_terminal(&clean, value);
    Str text = buf_str(&clean);
    if (!text.len)
        buf_put(out, S("nothing"));
    else if (text.len > SHOWN)
        buf_fmt(out, "%.*s...", SHOWN, text.ptr);
    else
        buf_put(out, text);
    buf_free(&clean);
}

// What becomes of the thing, and of what is in it.
static Str fate(Arena *a, const Change *c) {
    const char *data = change_loses_data(c) ? ", and its data is lost"
                       : c->holds_data      ? ", and the old one stays behind with its data"
                       : c->keeps_data      ? ", and the old one stays behind"
                                            : "";
    switch (c->kind) {
    case CHANGE_REPLACED:
        return str_fmt(a, "is made anew%s", data);
    case CHANGE_RENAMED:
        if (str_eq(c->id, c->other_id))
            return str_fmt(a, "moves to the stack %.*s: it is made anew%s", SFMT(c->other->name),
                           data);
        return str_fmt(a, "is called %.*s: it is made anew%s", SFMT(c->other_id), data);
    case CHANGE_REMOVED:
        return change_loses_data(c) ? S("goes, and its data with it")
               : c->keeps_data      ? S("is no longer managed, and stays in AWS")
                                    : S("goes");
    default:
        return S("");
    }
}

static void put_head(Buf *out, const Change *c, bool code) {
    const char *quote = code ? "`" : "";
    buf_fmt(out, "%.*s %s%.*s%s", SFMT(short_type(c->type)), quote, SFMT(c->id), quote);
    if (c->name.len && c->name.ptr[0] != '{')
        buf_fmt(out, " (%.*s)", SFMT(c->name));
    Str words = fate(out->arena, c);
    if (words.len)
        buf_fmt(out, " %.*s", SFMT(words));
}

// `not X` is a denial of X: more of it is less that is allowed.
static void put_grant(Buf *out, const char *indent, Str grant, bool wider) {
    Str deny = S("not ");
    bool denial = str_starts(grant, deny);
    const char *verb = denial ? (wider ? "no longer forbids" : "forbids")
                              : (wider ? "allows" : "no longer allows");
    buf_fmt(out, "%s%s ", indent, verb);
    put_value(out, denial ? str_cut(grant, deny.len, grant.len) : grant);
    buf_char(out, '\n');
}

static bool is_policy(Str path) {
    return str_eq(path, S("Policies")) || str_ends(path, S("PolicyDocument")) ||
           str_find(path, S("PolicyDocument/")) >= 0;
}

static void put_details(Buf *out, const Change *c, const char *indent) {
    bool said = c->wider_count || c->narrower_count;
    if (c->too_much)
        buf_fmt(
            out,
            "%sCloudFormation refuses this: it adds or removes one at a time, and changes none; "
            "take several deployments, and another name for another one\n",
            indent);
    else if (c->refused)
        buf_fmt(out, "%sCloudFormation refuses this while the name stays: give it another `name`\n",
                indent);
    for (size_t i = 0; i < c->detail_count; i++) {
        const Detail *d = &c->details[i];
        if (said && is_policy(d->path))
            continue; // in words, below
        buf_fmt(out, "%s%.*s: ", indent, SFMT(d->path));
        put_value(out, d->before);
        buf_put(out, S(" -> "));
        put_value(out, d->after);
        buf_put(out, d->replaces ? S("   (makes it anew)\n") : S("\n"));
    }
    for (size_t i = 0; i < c->wider_count; i++)
        put_grant(out, indent, c->wider[i], true);
    for (size_t i = 0; i < c->narrower_count && c->kind != CHANGE_REMOVED; i++)
        put_grant(out, indent, c->narrower[i], false);
}

static bool same_stack(const Deployed *a, const Deployed *b) {
    return a && str_eq(a->system, b->system) && str_eq(a->env, b->env) && str_eq(a->name, b->name);
}

void compare_text(const Comparison *c, Buf *out) {
    const Deployed *stack = NULL;
    for (size_t i = 0; i < c->count; i++) {
        const Change *change = &c->list[i];
        if (!same_stack(stack, change->stack)) {
            put_stack(out, stack = change->stack);
            buf_char(out, '\n');
        }
        buf_fmt(out, "  %s ", kinds[change->kind].sign);
        put_head(out, change, false);
        buf_char(out, '\n');
        put_details(out, change, "      ");
    }
    compare_costs_text(c, out);
}

// What needs a second look comes first, and is not folded away.
void compare_markdown(const Comparison *c, Buf *out) {
    buf_fmt(out, "### What a deployment does: %.*s\n", SFMT(compare_summary(c)));
    for (int serious = 1; serious >= 0; serious--) {
        bool any = false;
        for (size_t i = 0; i < c->count; i++) {
            const Change *change = &c->list[i];
            bool is_serious = change->kind == CHANGE_REPLACED || change->kind == CHANGE_RENAMED ||
                              change->kind == CHANGE_REMOVED;
            if (is_serious != serious)
                continue;
            if (!any)
                buf_put(out, serious ? S("\n") : S("\n<details><summary>The rest</summary>\n\n"));
            any = true;
            buf_fmt(out, "- %s**%s** ", change_loses_data(change) ? ":warning: " : "",
                    kinds[change->kind].word);
            put_head(out, change, true);
            buf_put(out, S(", in `"));
            put_stack(out, change->stack);
            buf_put(out, S("`\n"));
            if (!change->detail_count && !change->wider_count && !change->narrower_count &&
                !change->refused)
                continue;
            buf_put(out, S("  ```text\n"));
            put_details(out, change, "  ");
            buf_put(out, S("  ```\n"));
        }
        if (any && !serious)
            buf_put(out, S("\n</details>\n"));
    }
    compare_costs_markdown(c, out);
}

static void set(Arena *a, Node *map, const char *key, Str value) {
    if (value.len)
        node_put(a, map, key, value);
}

static Node *texts(Arena *a, const Str *list, size_t count) {
    Node *n = node_list(a, (Loc){0});
    for (size_t i = 0; i < count; i++)
        node_push(a, n, node_string(a, list[i], (Loc){0}));
    return n;
}

static Node *change_tree(Arena *a, const Change *c) {
    Node *map = node_map(a, (Loc){0}), *details = node_list(a, (Loc){0});
    set(a, map, "change", str_from(kinds[c->kind].word));
    set(a, map, "system", c->stack->system);
    set(a, map, "environment", c->stack->env);
    set(a, map, "stack", c->stack->name);
    set(a, map, "id", c->id);
    set(a, map, "type", c->type);
    set(a, map, "name", c->name);
    set(a, map, "new_id", c->other_id);
    if (c->other)
        set(a, map, "new_stack", c->other->name);
    node_set(a, map, S("data_lost"), node_bool(a, change_loses_data(c), (Loc){0}));
    node_set(a, map, S("refused"), node_bool(a, c->refused, (Loc){0}));
    for (size_t i = 0; i < c->detail_count; i++) {
        Node *detail = node_map(a, (Loc){0});
        set(a, detail, "property", c->details[i].path);
        set(a, detail, "before", c->details[i].before);
        set(a, detail, "after", c->details[i].after);
        node_set(a, detail, S("replaces"), node_bool(a, c->details[i].replaces, (Loc){0}));
        node_push(a, details, detail);
    }
    node_set(a, map, S("properties"), details);
    node_set(a, map, S("allows"), texts(a, c->wider, c->wider_count));
    node_set(a, map, S("no_longer_allows"), texts(a, c->narrower, c->narrower_count));
    return map;
}

void compare_json(const Comparison *c, Buf *out) {
    Arena *a = c->arena;
    Node *root = node_map(a, (Loc){0}), *list = node_list(a, (Loc){0});
    for (size_t i = 0; i < c->count; i++)
        node_push(a, list, change_tree(a, &c->list[i]));
    node_set(a, root, S("format_version"), node_string(a, S("1.0"), (Loc){0}));
    node_set(a, root, S("changes"), list);
    node_set(a, root, S("costs"), compare_costs_tree(c));
    json_print(out, root, 0, true);
    buf_char(out, '\n');
}
