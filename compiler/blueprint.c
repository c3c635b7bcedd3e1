// blueprint.c - workflows with holes.
#include "blueprint.h"

#include "build.h"
#include "field.h"
#include "file.h"
#include "limits.h"
#include "spec.h"
#include "stage.h"
#include "yaml.h"

enum { NESTING = 8 }; // blueprints of blueprints

typedef struct Filler {
    Arena *arena;
    Diags *diags;
    Blueprints *known;
    unsigned depth;
    // Of the blueprint that is being filled in:
    const Node *values;
    Shape shape;       // its parameters
    const Source *src; // its file, with who uses it
} Filler;

static Node *apply(Filler *f, Node *def);

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

// --- stages, wherever they stand: names are unique in a workflow, inside too

typedef struct Change {
    const Node *name; // of the stage that it is about
    enum { PUT_BEFORE, PUT_BEHIND, REPLACE, REMOVE } how;
    Node *stage;
    bool done;
} Change;

static Node *change_list(const Filler *f, Node *stages, Change *c);

// Without a verb of its own it changes the stage; with one, it takes its place.
static Node *replaced(const Filler *f, Node *stage, Node *by) {
    return stage_verb(by) ? by : spec_merge(f->arena, stage, by);
}

static Node *change_branches(const Filler *f, Node *branches, Change *c) {
    Node *out = node_list(f->arena, branches->loc);
    for (uint32_t i = 0; i < branches->count; i++) {
        Node *branch = branches->items[i];
        if (node_is_map(branch)) { // one stage is a branch too
            Node *one = node_list(f->arena, branch->loc);
            node_push(f->arena, one, branch);
            Node *changed = change_list(f, one, c);
            branch = changed == one ? branch : changed;
        } else if (node_is_list(branch)) {
            branch = change_list(f, branch, c);
        }
        node_push(f->arena, out, branch);
    }
    return out;
}

static Node *change_inside(const Filler *f, Node *stage, Change *c) {
    bool before = c->done;
    Node *out = node_map(f->arena, stage->loc);
    for (uint32_t i = 0; node_is_map(stage) && i < stage->count; i++) {
        const Entry *e = &stage->entries[i];
        bool list = node_is_list(e->value) && !c->done;
        Node *value = e->value;
        if (list && (str_eq(e->key->text, S("do")) || str_eq(e->key->text, S("iterator"))))
            value = change_list(f, value, c);
        else if (list && str_eq(e->key->text, S("parallel")))
            value = change_branches(f, value, c);
        node_entry(f->arena, out, e->key, value);
    }
    return c->done == before ? stage : out;
}

// The list itself if nothing in it is called so.
static Node *change_list(const Filler *f, Node *stages, Change *c) {
    bool before = c->done;
    Node *out = node_list(f->arena, stages->loc);
    for (uint32_t i = 0; i < stages->count; i++) {
        Node *stage = stages->items[i];
        bool it = !c->done && str_eq(stage_name(f->arena, stage), node_str(c->name));
        c->done = c->done || it;
        if (it && c->how == PUT_BEFORE)
            node_push(f->arena, out, c->stage);
        if (it && c->how == REPLACE)
            stage = replaced(f, stage, c->stage);
        else if (!it)
            stage = change_inside(f, stage, c);
        node_push(f->arena, out, it && c->how == REMOVE ? NULL : stage);
        if (it && c->how == PUT_BEHIND)
            node_push(f->arena, out, c->stage);
    }
    return c->done == before ? stages : out;
}

static Node *change(const Filler *f, Node *stages, Change c) {
    Node *changed = change_list(f, stages, &c);
    if (c.done)
        return changed;
    Str *names = arena_new(f->arena, Str, stages->count + 1);
    for (uint32_t i = 0; i < stages->count; i++)
        names[i] = stage_name(f->arena, stages->items[i]);
    diag_error(f->diags, c.name->loc, "unknown-stage", "no stage of the blueprint is called `%.*s`",
               SFMT(node_str(c.name)));
    diag_suggest(f->diags, c.name->loc, node_str(c.name), names, stages->count);
    return stages;
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
    Change c = {.name = anchor, .how = after ? PUT_BEHIND : PUT_BEFORE};
    c.stage = bare_stage(f, insert);
    return change(f, stages, c);
}

static Node *change_stages(const Filler *f, Node *stages, const Node *def) {
    const Node *without = node_as_list(f->arena, node_get(def, S("without")));
    const Node *replace = node_get(def, S("replace"));
    const Node *insert = node_as_list(f->arena, node_get(def, S("insert")));
    for (uint32_t i = 0; node_is_map(replace) && i < replace->count; i++)
        stages = change(f, stages,
                        (Change){.name = replace->entries[i].key,
                                 .how = REPLACE,
                                 .stage = replace->entries[i].value});
    for (uint32_t i = 0; insert && i < insert->count; i++)
        stages = insert_stage(f, stages, insert->items[i]);
    for (uint32_t i = 0; without && i < without->count; i++)
        stages = change(f, stages, (Change){.name = without->items[i], .how = REMOVE});
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

// A parameter of type `stages` puts all of its stages where it stands in a list.
static const Node *spliced(const Filler *f, const Node *item) {
    size_t len;
    if (item->type != NODE_SCALAR)
        return NULL;
    const Node *value = hole_value(item->text, f->values, &len);
    const Field *field = value && len == item->text.len
                             ? shape_find(&f->shape, str_cut(item->text, 2, item->text.len - 1))
                             : NULL;
    return field && field->type == FIELD_STAGES ? value : NULL;
}

static Loc marked(const Filler *f, Loc at) {
    if (f->src && at.src && at.src->text.ptr == f->src->text.ptr)
        at.src = f->src;
    return at;
}

// Replaces `$(p)` of the blueprint's parameters, everywhere in it; a whole scalar takes the value
// as it is, so that a number stays a number. Everything else knows who uses the blueprint.
static Node *fill(const Filler *f, Node *n) {
    Node *copy = n;
    if (n->type == NODE_SCALAR) {
        copy = str_find(n->text, S("$(")) < 0 ? node_copy(f->arena, n) : fill_text(f, n, f->values);
        bool own = copy->loc.src == n->loc.src && copy->loc.line == n->loc.line;
        copy->loc = own ? marked(f, copy->loc) : copy->loc;
        return copy;
    }
    if (n->type == NODE_MAP) {
        copy = node_map(f->arena, marked(f, n->loc));
        for (uint32_t i = 0; i < n->count; i++)
            node_entry(f->arena, copy, fill(f, n->entries[i].key), fill(f, n->entries[i].value));
    } else if (n->type == NODE_LIST) {
        copy = node_list(f->arena, marked(f, n->loc));
        for (uint32_t i = 0; i < n->count; i++) {
            const Node *several = spliced(f, n->items[i]);
            for (uint32_t j = 0; several && j < several->count; j++)
                node_push(f->arena, copy, several->items[j]);
            if (!several)
                node_push(f->arena, copy, fill(f, n->items[i]));
        }
    }
    copy->style = n->style;
    copy->tag = n->tag;
    return copy;
}

// --- parameters

// As fields of kinds are declared; a lone word is a type, and without one any value will do.
static void load_params(Filler *f, const Node *declared, Str what) {
    Node *map = node_map(f->arena, declared->loc);
    for (uint32_t i = 0; i < declared->count; i++) {
        const Entry *e = &declared->entries[i];
        Node *param = node_map(f->arena, e->value->loc);
        for (uint32_t j = 0; node_is_map(e->value) && j < e->value->count; j++)
            node_entry(f->arena, param, e->value->entries[j].key, e->value->entries[j].value);
        if (node_is_scalar(e->value))
            node_set(f->arena, param, S("type"), e->value);
        else if (!node_get(param, S("type")))
            node_set(f->arena, param, S("type"), node_plain(f->arena, S("any"), e->value->loc));
        if (!node_get(param, S("doc")))
            node_set(f->arena, param, S("doc"), e->key);
        node_entry(f->arena, map, e->key, param);
    }
    shape_load(f->arena, f->diags, map, what, &f->shape);
}

// A value with holes is known later; references and stages are looked at where they stand.
static void check_value(const Filler *f, const Field *field, Node *value, const Node *name) {
    Checker c = {.arena = f->arena, .diags = f->diags, .where_at = name->loc};
    bool open = node_is_scalar(value) && str_find(value->text, S("$(")) >= 0;
    c.where = str_fmt(f->arena, "blueprint `%.*s`", SFMT(node_str(name)));
    if (field->type == FIELD_STAGES && !node_is_list(value)) {
        diag_error(f->diags, value->loc, "wrong-type", "`%.*s` of %.*s is a list of stages",
                   SFMT(field->name), SFMT(c.where));
        diag_also(f->diags, field->loc, "declared here");
    } else if (!open && field->type != FIELD_STAGES && field->type != FIELD_REF) {
        size_t before = f->diags->errors;
        field_check(&c, field, value);
        if (f->diags->errors > before)
            diag_also(f->diags, field->loc, "declared here");
    }
}

// The values of the blueprint's parameters: those given, then the defaults.
static Node *param_values(Filler *f, const Node *blueprint, const Node *given, const Node *use) {
    const Node *declared = node_get(blueprint, S("parameters"));
    Node *values = node_map(f->arena, use->loc);
    f->shape = (Shape){0};
    if (node_is_map(declared))
        load_params(f, declared, node_str(use));
    for (uint32_t i = 0; node_is_map(declared) && i < declared->count; i++) {
        const Entry *e = &declared->entries[i];
        Node *value = node_get(given, e->key->text);
        const Field *field = shape_find(&f->shape, e->key->text);
        if (value && field)
            check_value(f, field, value, use);
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

// specs/blueprints/NAME.yaml
static const Node *read_shared(const Filler *f, Str name) {
    static const Node nothing = {.type = NODE_NULL};
    Blueprints *known = f->known;
    const Node *read = strmap_get(&known->read, name);
    bool plain = field_is_id(name) && known->folder.len;
    if (!read && plain) {
        Str path = str_fmt(f->arena, "%.*s/%.*s.yaml", SFMT(known->folder), SFMT(name));
        const Source *src = file_read_if_there(f->arena, f->diags, path.ptr, LIMIT_FILE_BYTES);
        read = src ? yaml_read(f->arena, f->diags, src, YAML_SPEC) : NULL;
        read = read ? read : &nothing;
        strmap_put(&known->read, f->arena, arena_str(f->arena, name), (void *)read);
    }
    return node_is_map(read) ? read : NULL;
}

static const Node *find_blueprint(const Filler *f, const Node *name) {
    const Node *own = f->known->own, *found = node_get(own, node_str(name));
    if (!node_is_map(found))
        found = read_shared(f, node_str(name));
    if (found)
        return found;
    Str *names, *files = NULL;
    Diags unused = {.arena = f->arena};
    size_t shared = file_list(f->arena, &unused, f->known->folder.ptr, ".yaml", &files);
    uint32_t count = node_is_map(own) ? own->count : 0;
    names = arena_new(f->arena, Str, count + shared + 1);
    for (uint32_t i = 0; i < count; i++)
        names[i] = own->entries[i].key->text;
    for (size_t i = 0; i < shared; i++)
        names[count++] = str_cut(files[i], 0, files[i].len - 5);
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

static const Source *used_source(const Filler *f, const Node *blueprint, Loc use) {
    if (!blueprint->loc.src || !use.src)
        return NULL;
    Source *src = arena_new(f->arena, Source, 1);
    Loc *used = arena_new(f->arena, Loc, 1);
    *used = use;
    *src = (Source){blueprint->loc.src->path, blueprint->loc.src->text, used};
    return src;
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
    if (f->depth == NESTING) {
        diag_error(f->diags, use->loc, "too-deep", "blueprints nest deeper than %d, or in a circle",
                   NESTING);
        return NULL;
    }
    size_t before = f->diags->errors;
    f->values = param_values(f, blueprint, given, name);
    if (f->diags->errors > before) // what comes of a wrong value would be reported again
        return NULL;
    f->src = used_source(f, blueprint, name->loc);
    f->depth++;
    Node *filled = apply(f, fill(f, fields_of(f, blueprint, true)));
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

Node *blueprint_apply(Arena *a, Diags *d, Blueprints *known, Node *def) {
    Filler f = {.arena = a, .diags = d, .known = known};
    return node_is_map(def) ? apply(&f, def) : def;
}
