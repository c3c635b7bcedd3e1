// types.c - reading types. A type may hold itself within a list, an optional or nothing else: what
// holds itself directly would have no end.
#include "types.h"

#include <string.h>

static const struct {
    const char *name;
    TypeKind kind;
} words[] = {
    {"string", TYPE_STRING},
    {"int",    TYPE_INT   },
    {"number", TYPE_NUMBER},
    {"bool",   TYPE_BOOL  },
    {"time",   TYPE_TIME  },
    {"object", TYPE_OBJECT},
};

static Type *new_type(Types *t, TypeKind kind, Loc at) {
    Type *type = arena_new(t->unit->arena, Type, 1);
    type->kind = kind;
    type->id = t->count++;
    type->loc = at;
    return type;
}

static const Type *wrap(Types *t, TypeKind kind, const Type *of, Loc at) {
    if (!of)
        return NULL;
    Type *type = new_type(t, kind, at);
    type->of = of;
    return type;
}

// What other languages call them.
static const char *known_as(Str word) {
    static const struct {
        const char *theirs, *ours;
    } names[] = {
        {"integer", "int"   },
        {"long",    "int"   },
        {"str",     "string"},
        {"text",    "string"},
        {"float",   "number"},
        {"double",  "number"},
        {"boolean", "bool"  },
        {"date",    "time"  },
        {"map",     "object"},
        {"any",     "object"},
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_is(word, names[i].theirs))
            return names[i].ours;
    return NULL;
}

static void unknown(Types *t, Str word, Loc at) {
    const Node *own = node_get(t->unit->root, S("types"));
    size_t count = 0;
    Str *names = arena_new(t->unit->arena, Str, COUNT(words) + (own ? own->count : 0) + 1);
    for (size_t i = 0; i < COUNT(words); i++)
        names[count++] = str_from(words[i].name);
    for (uint32_t i = 0; own && i < own->count; i++)
        names[count++] = own->entries[i].key->text;
    diag_error(t->unit->diags, at, "undefined-type", "no type is called `%.*s`", SFMT(word));
    const char *ours = known_as(word);
    if (ours)
        diag_edit(t->unit->diags, FIX_UNSAFE, at, str_from(ours), "it is `%s` here", ours);
    else if (str_starts(word, S("list")) || str_starts(word, S("array")))
        diag_help(t->unit->diags, "a list of strings is `[string]`");
    else
        diag_suggest(t->unit->diags, at, word, names, count);
}

static bool read_struct(Types *t, Type *type, const Node *n) {
    bool fine = true;
    type->fields = arena_new(t->unit->arena, TypeField, n->count + 1);
    for (uint32_t i = 0; i < n->count; i++) {
        const Entry *e = &n->entries[i];
        const Type *of = type_read(t, e->value);
        fine = fine && of;
        if (of)
            type->fields[type->count++] = (TypeField){e->key->text, of, e->key->loc};
    }
    return fine;
}

// Whether a value of `type` holds one of `sought`, always.
static bool holds(const Type *type, const Type *sought, unsigned depth) {
    enum { DEEPEST = 64 };
    if (type->kind != TYPE_STRUCT || depth > DEEPEST)
        return false;
    for (size_t i = 0; i < type->count; i++)
        if (type->fields[i].type == sought || holds(type->fields[i].type, sought, depth + 1))
            return true;
    return false;
}

static const Type *read_named(Types *t, Str name, Loc at) {
    const Type *known = strmap_get(&t->named, name);
    const Entry *own = node_find(node_get(t->unit->root, S("types")), name);
    if (known)
        return known;
    if (!own) {
        unknown(t, name, at);
        return NULL;
    }
    if (!node_is_map(own->value)) // another name for a type
        return node_is_scalar(own->value) && str_eq(own->value->text, name)
                   ? NULL
                   : type_read(t, own->value);
    Type *type = new_type(t, TYPE_STRUCT, own->key->loc);
    type->name = own->key->text;
    strmap_put(&t->named, t->unit->arena, type->name, type); // before its fields may name it
    read_struct(t, type, own->value);
    if (holds(type, type, 0)) {
        diag_error(t->unit->diags, type->loc, "endless-type", "`%.*s` holds itself, without an end",
                   SFMT(name));
        diag_help(t->unit->diags, "write `optional %.*s` or `[%.*s]` where it does", SFMT(name),
                  SFMT(name));
        type->count = 0;
    }
    return type;
}

// The place of what stands within a text, so that a fix replaces the word and no more.
static Loc within(Loc at, size_t before, size_t behind) {
    size_t cut = before + behind;
    at.col += (uint32_t)before;
    at.len = at.len > cut ? at.len - (uint32_t)cut : 1;
    return at;
}

static const Type *read_text(Types *t, Str text, Loc at) {
    const Str optional = S("optional ");
    text = str_trim(text);
    if (str_starts(text, optional))
        return wrap(
            t, TYPE_OPTIONAL,
            read_text(t, str_cut(text, optional.len, text.len), within(at, optional.len, 0)), at);
    if (str_starts(text, S("[")) && str_ends(text, S("]")))
        return wrap(t, TYPE_LIST, read_text(t, str_cut(text, 1, text.len - 1), within(at, 1, 1)),
                    at);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(text, words[i].name))
            return new_type(t, words[i].kind, at);
    return read_named(t, text, at);
}

const Type *type_read(Types *t, const Node *n) {
    if (!n || node_is_null(n))
        return NULL;
    if (n->type == NODE_SCALAR)
        return read_text(t, n->text, n->loc);
    if (n->type == NODE_LIST && n->count == 1)
        return wrap(t, TYPE_LIST, type_read(t, n->items[0]), n->loc);
    if (n->type == NODE_MAP) {
        Type *type = new_type(t, TYPE_STRUCT, n->loc);
        return read_struct(t, type, n) ? type : NULL;
    }
    diag_error(t->unit->diags, n->loc, "not-a-type",
               "a type must be a word, `[T]` or a map of fields");
    return NULL;
}
