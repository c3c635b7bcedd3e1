// test_kind.c - every kind there is loads without a word, and every path in its templates leads to
// something, through references as well: what a reference may name must have what is asked of it.
#include "unit.h"

#include <stdio.h>

#include "../../compiler/kind.h"

// The variable of a `$for`, and the field that its items are.
typedef struct Var {
    Str name;
    const Field *item; // NULL: not known
    bool is_map;       // it has `key` and `value`
    const struct Var *outer;
} Var;

typedef struct Walk {
    Kinds *kinds;
    const Kind *kind;
    bool for_pages; // pages have nothing to report: whatever a reference names must have it
    Str seen[4096]; // paths that lead nowhere
    size_t bad;
} Walk;

static bool kind_has(const Kind *kind, Str name) {
    for (size_t i = 0; i < kind->make_count; i++)
        if (str_eq(kind->makes[i].name, name))
            return true;
    return str_eq(name, S("name")) || str_eq(name, S("id")) || kind_attr(kind, name) ||
           kind_field(kind, name) >= 0;
}

// One of the kinds that `to` lists has `name`; for pages, each.
static bool target_has(Walk *w, const Node *to, Str name) {
    uint32_t count = to->type == NODE_SCALAR ? 1 : to->count;
    bool all = w->for_pages;
    for (uint32_t i = 0; i < count; i++) {
        const Kind *kind =
            kind_find(w->kinds, to->type == NODE_SCALAR ? to->text : to->items[i]->text);
        if ((kind ? kind_has(kind, name) : !w->for_pages) != all)
            return !all;
    }
    return all;
}

static const Field *member_of(const Field *field, Str name) {
    for (const Field *f = field; f; f = f->otherwise) {
        const Field *inner = shape_find(&f->shape, name);
        if (inner)
            return inner;
    }
    return NULL;
}

// Follows `path` from `field` on; what is behind a reference's own fields is not looked at.
static bool leads(Walk *w, const Field *field, const Str *path, uint32_t count) {
    for (uint32_t i = 0; i < count && field; i++) {
        const Field *inner = member_of(field, path[i]);
        if (field->type == FIELD_ANY && w->for_pages && !field->derived)
            return false; // it may be a reference
        if (field->type == FIELD_ANY || field->type == FIELD_TYPE || field->type == FIELD_ENUM)
            return true; // an enum may stand for a map
        if (!inner && field->type == FIELD_REF)
            return target_has(w, field->to, path[i]);
        if (!inner && field->type == FIELD_MAP)
            return true; // any key
        if (!inner)
            return false;
        field = inner;
    }
    return true;
}

static const Var *find_var(const Var *var, Str name) {
    while (var && !str_eq(var->name, name))
        var = var->outer;
    return var;
}

static void check_hole(Walk *w, const Hole *hole, const Var *vars) {
    bool ok = true;
    const Var *var = hole->is_loop ? find_var(vars, hole->path[0]) : NULL;
    if (var && var->is_map && hole->path_len > 1)
        ok = str_eq(hole->path[1], S("key")) || str_eq(hole->path[1], S("value"));
    else if (var && var->item)
        ok = leads(w, var->item, hole->path + 1, hole->path_len - 1);
    else if (!hole->is_loop && hole->base == BASE_FIELD)
        ok = leads(w, &w->kind->shape.fields[hole->index], hole->path + 1, hole->path_len - 1);
    else if (w->for_pages && hole->path_len > 1)
        ok = hole->base == BASE_SELF || hole->base == BASE_BUILTIN ||
             (hole->base == BASE_MAKE && hole->path_len == 2 && str_eq(hole->path[1], S("name")));
    if (!ok && w->bad < COUNT(w->seen))
        w->seen[w->bad++] = hole->text;
}

static void check_text(Walk *w, const Node *text, const Var *vars) {
    for (uint32_t i = 0; i < text->count; i++)
        if (text->pieces[i].kind == PIECE_HOLE)
            check_hole(w, text->pieces[i].hole, vars);
}

static Var loop_of(const Walk *w, const Node *loop, const Var *outer) {
    Var var = {.name = loop->text, .outer = outer};
    const Hole *hole = loop->count ? loop->pieces[0].hole : NULL;
    if (!hole || hole->is_loop || hole->base != BASE_FIELD)
        return var;
    const Field *field = &w->kind->shape.fields[hole->index];
    for (uint32_t i = 1; i < hole->path_len && field; i++)
        field = field->type == FIELD_REF ? NULL : member_of(field, hole->path[i]);
    if (field) {
        var.is_map = field->type == FIELD_MAP;
        var.item = field->type == FIELD_LIST ? field->of : NULL;
    }
    return var;
}

static void walk(Walk *w, const Node *n, const Var *vars) {
    if (!n)
        return;
    if (n->type == NODE_TEXT)
        check_text(w, n, vars);
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        walk(w, n->items[i], vars);
    Var var = {0};
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        const Entry *e = &n->entries[i];
        if (str_eq(e->key->text, S("$for")) && e->value->type == NODE_TEXT) {
            check_text(w, e->value, vars);
            var = loop_of(w, e->value, vars);
            vars = &var;
            continue;
        }
        walk(w, e->key, vars);
        walk(w, e->value, vars);
    }
}

static void walk_fields(Walk *w, const Shape *shape) {
    for (size_t i = 0; i < shape->count; i++) {
        walk(w, shape->fields[i].child, NULL);
        walk_fields(w, &shape->fields[i].shape);
    }
}

static void walk_kind(Walk *w) {
    const Kind *k = w->kind;
    const Node *bodies[] = {k->cloudformation, k->terraform, k->env,        k->rules,
                            k->permits,        k->widgets,   k->name_suffix};
    const Node *of_pages[] = {k->look, k->remove, k->adopt, k->deploy, k->price};
    for (size_t i = 0; i < COUNT(bodies); i++)
        walk(w, bodies[i], NULL);
    w->for_pages = true;
    for (size_t i = 0; i < COUNT(of_pages); i++)
        walk(w, of_pages[i], NULL);
    w->for_pages = false;
    for (size_t i = 0; i < k->attr_count; i++)
        walk(w, k->attrs[i].spelled, NULL);
    for (size_t i = 0; i < k->verb_count; i++)
        walk(w, k->verbs[i].statements, NULL);
    for (size_t i = 0; i < k->make_count; i++)
        walk(w, k->makes[i].body, NULL);
    walk_fields(w, &k->shape);
}

static int count_kinds(void) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Kinds kinds = {.arena = &a, .diags = &d};
    Str *names;
    int count = (int)kind_names(&kinds, &names);
    arena_free(&a);
    return count;
}

START_TEST(every_path_leads_somewhere) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Kinds kinds = {.arena = &a, .diags = &d};
    Str *names;
    kind_names(&kinds, &names);
    Walk *w = arena_new(&a, Walk, 1);
    w->kinds = &kinds;
    w->kind = kind_find(&kinds, names[_i]);
    ck_assert_ptr_nonnull(w->kind);
    if (d.first)
        ck_abort_msg("%.*s: %.*s", SFMT(names[_i]), SFMT(d.first->message));
    walk_kind(w);
    if (w->bad)
        ck_abort_msg("%.*s: `%.*s` leads nowhere (%zu of them)", SFMT(names[_i]), SFMT(w->seen[0]),
                     w->bad);
    ck_assert_msg(w->kind->doc.len > 0, "%.*s has no doc", SFMT(names[_i]));
    arena_free(&a);
}
END_TEST

// A kind from its text, as --templates would give it.
static const Kind *from_folder(Arena *a, Kinds *kinds, Diags *d, const char *text) {
    static const char *dirs[2];
    char dir[] = "/tmp/wgen-kind-XXXXXX", command[2000];
    dirs[0] = arena_str(a, str_from(mkdtemp(dir))).ptr;
    snprintf(command, sizeof command, "mkdir %s/kinds && cat >%s/kinds/thing.yaml <<'END'\n%s\nEND",
             dir, dir, text);
    ck_assert_int_eq(system(command), 0);
    *kinds = (Kinds){.arena = a, .diags = d, .dirs = dirs};
    const Kind *kind = kind_find(kinds, S("thing"));
    snprintf(command, sizeof command, "rm -rf %s", dir);
    ck_assert_int_eq(system(command), 0);
    return kind;
}

#define HEAD "kind: thing\nsection: things\ndoc: A thing.\n"

static const struct {
    const char *text, *message;
} mistakes[] = {
    {"kind: other\nsection: things\ndoc: A thing.",
     "the file's name and its `kind` must be the same: `other`"                                                     },
    {HEAD "colour: red",                                            "a kind has no key `colour`"                    },
    {HEAD "fields: {size: {type: int}}",                            "no `doc` says what it is for: `size`"          },
    {HEAD "fields: {size: int}",                                    "a field is a map with at least a type: `size`" },
    {HEAD "fields: {size: {type: int, dok: x, doc: x}}",            "a field has no key `dok`"                      },
    {HEAD "fields: {size: {type: nmber, doc: x}}",                  "no type is called `nmber`"                     },
    {HEAD "fields: {size: {type: enum, doc: x}}",                   "an enum needs values: `size`"                  },
    {HEAD "fields: {size: {type: ref, doc: x}}",                    "a ref needs the kinds that it may name: `size`"},
    {HEAD "fields: {size: {type: list, doc: x}}",                   "a list or map says what it is `of`: `size`"    },
    {HEAD "fields: {size: {type: string, pattern: \"(\", doc: x}}",
     "not a regular expression: `(`"                                                                                },
    {HEAD "fields: {size: {type: int, required: maybe, doc: x}}",
     "true or false is wanted, not `maybe`"                                                                         },
    {HEAD "fields: {tags: {type: int, doc: x}}",                    "every kind has a field `tags`"                 },
    {HEAD "cloudformation: [{Type: $(siz)}]",                       "nothing here is called `siz`"                  },
    {HEAD "cloudformation: [{Type: $(self.url)}]",                  "nothing here is called `self.url`"             },
    {HEAD "cloudformation: [{Type: $(id | fortnights)}]",           "no filter is called `fortnights`"              },
    {HEAD "cloudformation: [{Type: $(id}]",                         "no `)` ends this hole: `id`"                   },
    {HEAD "cloudformation: [{Type: $(a..b)}]",                      "this is no path: `a..b`"                       },
    {HEAD "cloudformation: [{$for: x of y, Type: a}]",              "`$for` wants `x in path`, found `x of y`"      },
    {HEAD "cloudformation: [{$else: x, Type: a}]",                  "no directive is called `$else`"                },
};

START_TEST(mistakes_are_found) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Kinds kinds;
    from_folder(&a, &kinds, &d, mistakes[_i].text);
    ck_assert_msg(d.first != NULL, "nothing was reported");
    ck_str(d.first->message, mistakes[_i].message);
    arena_free(&a);
}
END_TEST

START_TEST(a_kind_can_be_added) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Kinds kinds;
    const Kind *kind =
        from_folder(&a, &kinds, &d, HEAD "fields: {size: {type: int, doc: How large.}}");
    ck_assert_ptr_nonnull(kind);
    ck_assert_ptr_null(d.first);
    ck_assert_ptr_eq(kind_of_section(&kinds, S("things")), kind);
    ck_assert_ptr_null(kind_of_section(&kinds, S("thing")));
    ck_assert_ptr_null(kind_find(&kinds, S("nothing")));
    ck_assert_int_eq(kind_field(kind, S("size")), 0);
    ck_assert_int_eq(kind_field(kind, S("colour")), -1);
    arena_free(&a);
}
END_TEST

UNIT({every_path_leads_somewhere, count_kinds()}, {mistakes_are_found, COUNT(mistakes)},
     {a_kind_can_be_added})
