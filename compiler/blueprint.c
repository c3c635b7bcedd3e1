// blueprint.c - workflows with holes.
#include "blueprint.h"

#include "build.h"
#include "spec.h"
#include "stage.h"

enum { NESTING = 8 }; // blueprints of blueprints

typedef struct Filler {
    Arena *arena;
    Diags *diags;
    const Node *blueprints;
    unsigned depth;
} Filler;

static Node *apply(Filler *f, Node *def);

static void unknown_stage(const Filler *f, const Node *name, const Node *stages) {
    Str *names = arena_new(f->arena, Str, stages->count + 1);
    for (uint32_t i = 0; i < stages->count; i++)
        names[i] = stage_name(f->arena, stages->items[i]);
    diag_error(f->diags, name->loc, "unknown-stage", "no stage of the blueprint is called `%.*s`",
               SFMT(node_str(name)));
    diag_suggest(f->diags, name->loc, node_str(name), names, stages->count);
}

static ptrdiff_t find_stage(const Filler *f, const Node *stages, const Node *name) {
    for (uint32_t i = 0; i < stages->count; i++)
        if (str_eq(stage_name(f->arena, stages->items[i]), node_str(name)))
            return i;
    unknown_stage(f, name, stages);
    return -1;
}

// A stage without the keys that say where it goes.
static Node *bare_stage(const Filler *f, const Node *insert) {
    Node *stage = node_map(f->arena, insert->loc);
    for (uint32_t i = 0; i < insert->count; i++) {
        const Entry *e = &insert->entries[i];
        if (!str_eq(e->key->text, S("after")) && !str_eq(e->key->text, S("before")))
            node_entry(f->arena, stage, e->key, e->value);
    }
    return stage;
}

static Node *insert_stage(const Filler *f, Node *stages, const Node *insert) {
    const Node *after = node_get(insert, S("after")), *before = node_get(insert, S("before"));
    const Node *anchor = after ? after : before;
    if (!node_is_scalar(anchor)) {
        diag_error(f->diags, insert->loc, "missing-key",
                   "an inserted stage needs `after` or `before`");
        diag_help(f->diags, "name the stage of the blueprint that it stands next to");
        return stages;
    }
    ptrdiff_t at = find_stage(f, stages, anchor);
    if (at < 0)
        return stages;
    Node *longer = node_list(f->arena, stages->loc);
    for (uint32_t i = 0; i < stages->count; i++) {
        if (i == at && !after)
            node_push(f->arena, longer, bare_stage(f, insert));
        node_push(f->arena, longer, stages->items[i]);
        if (i == at && after)
            node_push(f->arena, longer, bare_stage(f, insert));
    }
    return longer;
}

static Node *remove_stage(const Filler *f, Node *stages, const Node *name) {
    ptrdiff_t at = find_stage(f, stages, name);
    Node *shorter = node_list(f->arena, stages->loc);
    for (uint32_t i = 0; i < stages->count; i++)
        if (i != at)
            node_push(f->arena, shorter, stages->items[i]);
    return shorter;
}

static Node *replace_stage(const Filler *f, Node *stages, const Entry *e) {
    ptrdiff_t at = find_stage(f, stages, e->key);
    if (at < 0)
        return stages;
    Node *changed = node_list(f->arena, stages->loc);
    for (uint32_t i = 0; i < stages->count; i++) {
        Node *stage = stages->items[i];
        // Without a verb of its own it changes the stage; with one, it takes its place.
        if (i == at)
            stage = stage_verb(e->value) ? e->value : spec_merge(f->arena, stage, e->value);
        node_push(f->arena, changed, stage);
    }
    return changed;
}

static const Node *as_list(const Filler *f, Node *n) {
    if (!n || n->type == NODE_LIST)
        return n;
    Node *list = node_list(f->arena, n->loc);
    node_push(f->arena, list, n);
    return list;
}

static Node *change_stages(const Filler *f, Node *stages, const Node *def) {
    const Node *without = as_list(f, node_get(def, S("without")));
    const Node *replace = node_get(def, S("replace"));
    const Node *insert = as_list(f, node_get(def, S("insert")));
    for (uint32_t i = 0; node_is_map(replace) && i < replace->count; i++)
        stages = replace_stage(f, stages, &replace->entries[i]);
    for (uint32_t i = 0; insert && i < insert->count; i++)
        stages = insert_stage(f, stages, insert->items[i]);
    for (uint32_t i = 0; without && i < without->count; i++)
        stages = remove_stage(f, stages, without->items[i]);
    return stages;
}

// The parameter whose hole `s` begins with, as its value; `len` is how long the hole is.
static Node *hole_value(Str s, const Node *values, size_t *len) {
    ptrdiff_t end = str_starts(s, S("$(")) ? str_find(s, S(")")) : -1;
    if (end < 0)
        return NULL;
    *len = (size_t)end + 1;
    return node_get(values, str_cut(s, 2, (size_t)end));
}

// Each place is filled once: what a value says is not looked at again. `$$(` is no hole.
static Node *fill_text(const Filler *f, Node *n, const Node *values) {
    size_t len;
    Node *value = hole_value(n->text, values, &len);
    if (value && len == n->text.len)
        return value;
    Buf text = {.arena = f->arena};
    for (Str rest = n->text; rest.len; rest = str_cut(rest, len, rest.len)) {
        size_t dollars = 0;
        while (dollars < rest.len && rest.ptr[dollars] == '$')
            dollars++;
        value = dollars % 2 ? hole_value(str_cut(rest, dollars - 1, rest.len), values, &len) : NULL;
        if (value && node_is_scalar(value)) {
            buf_put(&text, str_cut(rest, 0, dollars / 2));
            buf_put(&text, value->text);
            len += dollars - 1;
        } else {
            len = dollars ? dollars : 1;
            buf_put(&text, str_cut(rest, 0, len));
        }
    }
    Node *filled = node_copy(f->arena, n);
    filled->text = buf_keep(&text, f->arena);
    buf_free(&text);
    return filled;
}

// Replaces `$(p)` of the blueprint's parameters, everywhere in it; a whole scalar takes the value
// as it is, so that a number stays a number.
static Node *fill(const Filler *f, Node *n, const Node *values) {
    if (n->type == NODE_SCALAR)
        return str_find(n->text, S("$(")) < 0 ? n : fill_text(f, n, values);
    Node *copy = n->type == NODE_MAP ? node_map(f->arena, n->loc) : node_list(f->arena, n->loc);
    if (n->type == NODE_MAP)
        for (uint32_t i = 0; i < n->count; i++)
            node_entry(f->arena, copy, n->entries[i].key, fill(f, n->entries[i].value, values));
    else if (n->type == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            node_push(f->arena, copy, fill(f, n->items[i], values));
    else
        return n;
    return copy;
}

// The values of the blueprint's parameters: those given, then the defaults.
static Node *param_values(const Filler *f, const Node *blueprint, const Node *given,
                          const Node *use) {
    const Node *declared = node_get(blueprint, S("parameters"));
    Node *values = node_map(f->arena, use->loc);
    for (uint32_t i = 0; node_is_map(declared) && i < declared->count; i++) {
        const Entry *e = &declared->entries[i];
        Node *value = node_get(given, e->key->text);
        if (!value)
            value = node_get(e->value, S("default"));
        if (!value) {
            diag_error(f->diags, use->loc, "missing-key", "the blueprint needs `%.*s`",
                       SFMT(e->key->text));
            diag_also(f->diags, e->key->loc, "declared here");
            diag_help(f->diags, "write `blueprint: {%.*s: {%.*s: ...}}`", SFMT(node_str(use)),
                      SFMT(e->key->text));
        }
        node_entry(f->arena, values, e->key, value);
    }
    for (uint32_t i = 0; node_is_map(given) && i < given->count; i++) {
        const Node *key = given->entries[i].key;
        if (node_get(declared, key->text))
            continue;
        diag_error(f->diags, key->loc, "unknown-key", "the blueprint has no parameter `%.*s`",
                   SFMT(key->text));
        diag_also(f->diags, blueprint->loc, "this blueprint");
    }
    return values;
}

static const Node *find_blueprint(const Filler *f, const Node *name) {
    const Node *found = node_get(f->blueprints, node_str(name));
    if (node_is_map(found))
        return found;
    uint32_t count = node_is_map(f->blueprints) ? f->blueprints->count : 0;
    Str *names = arena_new(f->arena, Str, count + 1);
    for (uint32_t i = 0; i < count; i++)
        names[i] = f->blueprints->entries[i].key->text;
    diag_error(f->diags, name->loc, "unknown-blueprint", "no blueprint is called `%.*s`",
               SFMT(node_str(name)));
    diag_suggest(f->diags, name->loc, node_str(name), names, count);
    return NULL;
}

// `def` without `parameters`, and without what it says about its own blueprint unless that is
// still to be applied.
static Node *fields_of(const Filler *f, const Node *def, bool with_instructions) {
    static const Str keys[] = {
        {"blueprint",  9 },
        {"insert",     6 },
        {"replace",    7 },
        {"without",    7 },
        {"parameters", 10},
    };
    Node *own = node_map(f->arena, def->loc);
    for (uint32_t i = 0; i < def->count; i++) {
        Str key = def->entries[i].key->text;
        bool instruction = false;
        for (size_t j = 0; j < COUNT(keys); j++)
            instruction = instruction || str_eq(key, keys[j]);
        if (!instruction || (with_instructions && !str_eq(key, S("parameters"))))
            node_entry(f->arena, own, def->entries[i].key, def->entries[i].value);
    }
    return own;
}

static Node *apply(Filler *f, Node *def) {
    Node *use = node_get(def, S("blueprint"));
    if (!use)
        return def;
    const Node *name = use, *given = NULL;
    if (node_is_map(use) && use->count == 1) {
        name = use->entries[0].key;
        given = use->entries[0].value;
    }
    const Node *blueprint = find_blueprint(f, name);
    if (!blueprint)
        return NULL;
    if (f->depth++ == NESTING) {
        diag_error(f->diags, use->loc, "too-deep", "blueprints nest deeper than %d, or in a circle",
                   NESTING);
        return NULL;
    }
    Node *values = param_values(f, blueprint, given, name);
    Node *filled = apply(f, fill(f, fields_of(f, blueprint, true), values));
    f->depth--;
    if (!filled)
        return NULL;
    Node *stages = node_get(filled, S("stages"));
    Node *own = fields_of(f, def, false);
    Node *merged = spec_merge(f->arena, filled, own);
    if (node_is_list(stages) && !node_get(own, S("stages"))) {
        for (uint32_t i = 0; i < merged->count; i++)
            if (str_eq(merged->entries[i].key->text, S("stages")))
                merged->entries[i].value = change_stages(f, stages, def);
    }
    return merged;
}

Node *blueprint_apply(Arena *a, Diags *d, const Node *blueprints, Node *def) {
    Filler f = {.arena = a, .diags = d, .blueprints = blueprints};
    return node_is_map(def) ? apply(&f, def) : def;
}
