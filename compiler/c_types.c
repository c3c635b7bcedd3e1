// c_types.c - types of data as C.
#include "c_types.h"

#include "build.h"
#include "c_text.h"

static const struct {
    const char *c, *table, *optional;
} scalars[] = {
    [TYPE_STRING] = {"const char *", "&wg_string_type", "const char *"},
    [TYPE_INT] = {"int64_t ",     "&wg_int_type",    "WgOptInt "   },
    [TYPE_NUMBER] = {"double ",      "&wg_number_type", "WgOptNumber "},
    [TYPE_BOOL] = {"bool ",        "&wg_bool_type",   "WgOptBool "  },
    [TYPE_TIME] = {"WgTime ",      "&wg_time_type",   "WgOptInt "   },
    [TYPE_OBJECT] = {"json_t *",     "&wg_object_type", "json_t *"    },
};

static const size_t NO_ITEM = (size_t)-1; // has no keys

static Arena *arena(const CTypes *c) {
    return c->types.unit->arena;
}

static Str type_key(const CTypes *c, const Type *type) {
    return str_fmt(arena(c), "%zu", type->id);
}

static Str struct_name(const CTypes *c, const Type *type) {
    if (type->name.len)
        return c_word(arena(c), pascal_case(arena(c), type->name));
    const Node *name = strmap_get(&c->inlined, type_key(c, type));
    return node_str(name);
}

static void claim(CTypes *c, Str name, Loc at, bool shared) {
    Node *place = node_string(arena(c), name, at);
    const Node *other = strmap_put(shared ? &c->taken : &c->taken_here, arena(c), name, place);
    if (!other && !shared)
        other = strmap_get(&c->taken, name);
    if (!other)
        return;
    diag_error(c->types.unit->diags, at, "c-name", "two types are called `%.*s` in C", SFMT(name));
    diag_also(c->types.unit->diags, other->loc, "the other one");
    diag_help(c->types.unit->diags, "give one of them another name");
}

// Members whose names differ in the spec and not in C.
static void check_members(const CTypes *c, const Type *type) {
    StrMap seen = {0};
    for (size_t i = 0; i < type->count; i++) {
        const TypeField *f = &type->fields[i];
        Str word = c_word(arena(c), f->name);
        const TypeField *other = strmap_put(&seen, arena(c), word, (void *)f);
        if (!other)
            continue;
        diag_error(c->types.unit->diags, f->loc, "c-name",
                   "`%.*s` and `%.*s` are one name in C, `%.*s`", SFMT(other->name), SFMT(f->name),
                   SFMT(word));
        diag_also(c->types.unit->diags, other->loc, "the other one");
        diag_help(c->types.unit->diags, "rename one of them");
    }
}

static Node *text(const CTypes *c, Str s) {
    return node_string(arena(c), s, (Loc){0});
}

static Node *escaped(const CTypes *c, Str s) {
    Buf b = {.arena = arena(c)};
    c_escape(&b, s);
    Node *n = text(c, buf_keep(&b, arena(c)));
    buf_free(&b);
    return n;
}

// Of an item of a table, what is zero is absent; but zero is a key, where its key is a number.
static bool is_sparse(const Type *type, size_t field, size_t keys) {
    if (keys == NO_ITEM)
        return false;
    return field >= keys || type->fields[field].type->kind != TYPE_INT;
}

static void print_struct(CTypes *c, const Type *type, Str name, Node *list, size_t keys) {
    Arena *a = arena(c);
    Node *entry = node_map(a, type->loc), *fields = node_list(a, type->loc);
    Node *tables = node_list(a, type->loc);
    check_members(c, type);
    for (size_t i = 0; i < type->count; i++) {
        const TypeField *f = &type->fields[i];
        Node *field = node_map(a, f->loc);
        Str word = c_word(a, f->name);
        node_set(a, field, S("json"), escaped(c, f->name));
        node_set(a, field, S("member"), text(c, word));
        node_set(a, field, S("declaration"), text(c, c_declaration(c, f->type, word)));
        Str table = str_fmt(a, "%.*s_%.*s", SFMT(name), SFMT(word));
        node_set(a, field, S("table"), text(c, c_table(c, f->type, table, tables)));
        node_set(a, field, S("sparse"), text(c, is_sparse(type, i, keys) ? S("true") : S("false")));
        node_push(a, fields, field);
    }
    node_set(a, entry, S("name"), text(c, name));
    node_set(a, entry, S("spec"), escaped(c, type->name));
    node_set(a, entry, S("fields"), fields);
    node_set(a, entry, S("tables"), tables);
    node_push(a, list, entry);
}

static const Type *leaf(const Type *type) {
    while (type->kind == TYPE_LIST || type->kind == TYPE_OPTIONAL)
        type = type->of;
    return type;
}

// Gives a name to every struct in `type`, so that any of them can be spelled.
static void name_structs(CTypes *c, const Type *type, Str name) {
    Arena *a = arena(c);
    type = leaf(type);
    Str key = type_key(c, type);
    if (type->kind != TYPE_STRUCT || strmap_get(&c->inlined, key))
        return;
    Str called = type->name.len ? struct_name(c, type) : c_word(a, name);
    strmap_put(&c->inlined, a, key, text(c, called));
    claim(c, called, type->loc, type->name.len > 0);
    for (size_t i = 0; i < type->count; i++) {
        const TypeField *f = &type->fields[i];
        name_structs(c, f->type,
                     str_fmt(a, "%.*s%.*s", SFMT(called), SFMT(pascal_case(a, f->name))));
    }
}

// What a struct holds comes before it, and so do the structs that only it has. One of the system's
// types that it points to may hold it in turn, and comes behind.
static void print_structs(CTypes *c, const Type *type, size_t keys) {
    type = leaf(type);
    if (type->kind != TYPE_STRUCT || strmap_put(&c->printed, arena(c), type_key(c, type), c))
        return;
    for (size_t i = 0; i < type->count; i++) {
        const Type *of = type->fields[i].type;
        if (of->kind == TYPE_STRUCT || !leaf(of)->name.len)
            print_structs(c, of, NO_ITEM);
    }
    bool shared = type->name.len || !c->own; // or in one of the system's types, which come first
    print_struct(c, type, struct_name(c, type), shared ? c->shared : c->own, keys);
    for (size_t i = 0; i < type->count; i++)
        print_structs(c, type->fields[i].type, NO_ITEM);
}

void c_declare(CTypes *c, const Type *type, Str name) {
    name_structs(c, type, name);
    print_structs(c, type, NO_ITEM);
}

void c_declare_item(CTypes *c, const Type *type, Str name, size_t keys) {
    name_structs(c, type, name);
    print_structs(c, type, keys);
}

static Str list_declaration(CTypes *c, const Type *type, Str name) {
    Str items = c_declaration(c, type->of, S("*items"));
    return str_fmt(arena(c), "struct {\n        %.*s;\n        size_t count;\n    } %.*s",
                   SFMT(items), SFMT(name));
}

Str c_declaration(CTypes *c, const Type *type, Str name) {
    Arena *a = arena(c);
    const Type *of = type->kind == TYPE_OPTIONAL ? type->of : type;
    while (of->kind == TYPE_OPTIONAL)
        of = of->of;
    if (of->kind == TYPE_LIST)
        return list_declaration(c, of, name);
    bool optional = of != type;
    if (of->kind != TYPE_STRUCT)
        return str_fmt(a, "%s%.*s", optional ? scalars[of->kind].optional : scalars[of->kind].c,
                       SFMT(name));
    return str_fmt(a, "%.*s %s%.*s", SFMT(struct_name(c, of)), optional ? "*" : "", SFMT(name));
}

static const char *size_of(const Type *type) {
    const Type *of = type->of;
    if (type->kind == TYPE_LIST || of->kind == TYPE_LIST)
        return "sizeof(WgList)";
    if (of->kind == TYPE_INT || of->kind == TYPE_TIME)
        return "sizeof(WgOptInt)";
    if (of->kind == TYPE_NUMBER || of->kind == TYPE_BOOL)
        return of->kind == TYPE_BOOL ? "sizeof(WgOptBool)" : "sizeof(WgOptNumber)";
    return "sizeof(void *)";
}

Str c_table(CTypes *c, const Type *type, Str name, Node *tables) {
    Arena *a = arena(c);
    while (type->kind == TYPE_OPTIONAL && type->of->kind == TYPE_OPTIONAL)
        type = type->of;
    if (type->kind == TYPE_STRUCT)
        return str_fmt(a, "&%.*s_type", SFMT(struct_name(c, type)));
    if (type->kind != TYPE_LIST && type->kind != TYPE_OPTIONAL)
        return str_from(scalars[type->kind].table);
    Str of = c_table(c, type->of, str_fmt(a, "%.*s_of", SFMT(name)), tables);
    Node *table = node_map(a, type->loc);
    node_set(a, table, S("name"), text(c, name));
    node_set(a, table, S("kind"),
             text(c, type->kind == TYPE_LIST ? S("WG_KIND_LIST") : S("WG_KIND_OPTIONAL")));
    node_set(a, table, S("size"), text(c, str_from(size_of(type))));
    node_set(a, table, S("of"), text(c, of));
    node_push(a, tables, table);
    return str_fmt(a, "&%.*s", SFMT(name));
}
