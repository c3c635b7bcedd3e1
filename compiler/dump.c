// dump.c - the values between the steps as trees that JSON can say.
#include "dump.h"

#include "build.h"
#include "json.h"
#include "uses.h"
#include "words.h"

static Node *string(Arena *a, Str text) {
    return node_string(a, text, (Loc){0});
}

static Node *count_of(Arena *a, size_t n) {
    return node_int(a, (long long)n, (Loc){0});
}

// A text with its open pieces as they are written in patterns.
static Node *closed_text(Arena *a, const Node *text) {
    Buf b = {.arena = a};
    for (uint32_t i = 0; i < text->count; i++) {
        const Piece *p = &text->pieces[i];
        if (p->kind == PIECE_LITERAL)
            buf_put(&b, p->text);
        else if (p->kind == PIECE_ATTR)
            buf_fmt(&b, "$(%.*s.%.*s)", SFMT(p->res->path), SFMT(p->text));
        else if (p->kind == PIECE_PARAM)
            buf_fmt(&b, "$(%.*s)", SFMT(p->param->name));
        else
            buf_fmt(&b, "$(%.*s)", SFMT(p->text));
    }
    Node *closed = string(a, buf_keep(&b, a));
    buf_free(&b);
    return closed;
}

static Node *closed(Arena *a, const Node *n) {
    Node *copy;
    switch (n ? n->type : NODE_NULL) {
    case NODE_MAP:
        copy = node_map(a, n->loc);
        for (uint32_t i = 0; i < n->count; i++)
            node_entry(a, copy, n->entries[i].key, closed(a, n->entries[i].value));
        return copy;
    case NODE_LIST:
        copy = node_list(a, n->loc);
        for (uint32_t i = 0; i < n->count; i++)
            node_push(a, copy, closed(a, n->items[i]));
        return copy;
    case NODE_TEXT:
        return closed_text(a, n);
    case NODE_REF:
        return string(a, str_fmt(a, "$(%.*s)", SFMT(n->res->path)));
    case NODE_EACH:
        copy = node_map(a, n->loc);
        node_set(a, copy, S("each"), string(a, n->res->path));
        node_set(a, copy, S("with"), closed(a, n->with));
        return copy;
    default:
        return n ? node_copy(a, n) : node_null(a, (Loc){0});
    }
}

// What it may do with others: `{to: PATH, as: [ACCESS...]}` of each.
static Node *uses(Arena *a, const Resource *r) {
    const Use *list;
    size_t count = uses_of(r, &list);
    Node *all = node_list(a, r->loc);
    for (size_t i = 0; i < count; i++) {
        Node *one = node_map(a, list[i].loc), *verbs = node_list(a, list[i].loc);
        node_set(a, one, S("to"), string(a, list[i].to->path));
        for (size_t j = 0; j < list[i].verb_count; j++)
            node_push(a, verbs, string(a, list[i].verbs[j]->name));
        node_set(a, one, S("as"), verbs);
        node_push(a, all, one);
    }
    return all;
}

static Node *resource(Arena *a, const Resource *r) {
    static const char *const axes[] = {"none", "project", "user", "runtime"};
    Node *map = node_map(a, r->loc), *fields = node_map(a, r->loc);
    node_set(a, map, S("kind"), string(a, r->kind->name));
    node_set(a, map, S("path"), string(a, r->path));
    if (r->axis != AXIS_NONE)
        node_set(a, map, S("per"), string(a, str_from(axes[r->axis])));
    if (r->name)
        node_set(a, map, S("name"), closed(a, r->name));
    if (r->owner)
        node_set(a, map, S("owner"), string(a, r->owner->path));
    node_set(a, map, S("logical-id"), string(a, r->logical));
    for (size_t i = 0; i < r->kind->shape.count; i++)
        if (r->values[i])
            node_set(a, fields, r->kind->shape.fields[i].name, closed(a, r->values[i]));
    node_set(a, map, S("fields"), fields);
    if (r->use_count)
        node_set(a, map, S("uses"), uses(a, r));
    return map;
}

static Node *stack(Arena *a, const Stack *s) {
    Node *map = node_map(a, (Loc){0}), *list = node_list(a, (Loc){0});
    Node *after = node_list(a, (Loc){0});
    node_set(a, map, S("name"), string(a, s->name));
    node_set(a, map, S("size"), count_of(a, s->size));
    node_set(a, map, S("items"), count_of(a, s->items.count));
    for (size_t i = 0; i < s->after_count; i++)
        node_push(a, after, string(a, s->after[i]->name));
    node_set(a, map, S("after"), after);
    for (size_t i = 0; i < s->count; i++)
        node_push(a, list, string(a, s->resources[i]->path));
    node_set(a, map, S("resources"), list);
    return map;
}

// Whom things are made for, as `project/user`.
static Node *items(Arena *a, const Unit *u) {
    Node *list = node_list(a, (Loc){0});
    Items all = unit_items_unasked(u, AXIS_USER);
    for (size_t i = 0; i < all.count; i++)
        node_push(a, list, string(a, item_key(a, &all.list[i])));
    return list;
}

static Node *unit(Arena *a, const Unit *u, bool placed) {
    Node *map = node_map(a, (Loc){0}), *list = node_list(a, (Loc){0});
    node_set(a, map, S("system"), string(a, u->system));
    if (u->env.len)
        node_set(a, map, S("environment"), string(a, u->env));
    if (!placed)
        node_set(a, map, S("items"), items(a, u));
    for (size_t i = 0; i < u->count && !placed; i++)
        node_push(a, list, resource(a, u->resources[i]));
    for (size_t i = 0; i < u->stack_count && placed; i++)
        node_push(a, list, stack(a, u->stacks[i]));
    node_set(a, map, placed ? S("stacks") : S("resources"), list);
    return map;
}

static Node *unfolded(Arena *a, Node *root) {
    const Node *projects = node_get(root, S("projects"));
    for (uint32_t i = 0; node_is_map(projects) && i < projects->count; i++)
        if (projects->entries[i].value->type == NODE_WORDS)
            words_unfold(a, projects->entries[i].value);
    return root;
}

void dump(const Compilation *c, Str step, Buf *out) {
    bool read = str_eq(step, S("read"));
    for (size_t i = 0; i < (read ? 1 : c->unit_count); i++) {
        json_print(out,
                   read ? unfolded(c->arena, c->root)
                        : unit(c->arena, c->units[i], str_eq(step, S("place"))),
                   0, true);
        buf_char(out, '\n');
    }
}
