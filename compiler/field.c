// field.c - loading the declarations of fields. A mistake here is a mistake in a template, and is
// found by `make check` before anybody's spec meets it.
#include "field.h"

#include "build.h"
#include "regex.h"

static const struct {
    const char *name, *says;
} types[] = {
    [FIELD_STRING] = {"string",   "a text"                                                         },
    [FIELD_ID] = {"id",       "a name of letters, digits, `-` and `_`"                         },
    [FIELD_INT] = {"int",      "a whole number"                                                 },
    [FIELD_BOOL] = {"bool",     "`true` or `false`"                                              },
    [FIELD_DURATION] = {"duration", "a duration such as `30s`, `5m` or `14d`"                        },
    [FIELD_SIZE] = {"size",     "a size such as `128MB` or `1GB`"                                },
    [FIELD_PERCENT] = {"percent",  "a percentage such as `5%`"                                      },
    [FIELD_MONEY] = {"money",    "an amount of money such as `50USD`"                             },
    [FIELD_COUNT] = {"count",    "a number such as `100`, `2.5k` or `1M`"                         },
    [FIELD_RATE] = {"rate",     "a rate such as `1000/day` or `1M/month`"                        },
    [FIELD_ENUM] = {"enum",     "one of a few words"                                             },
    [FIELD_PATTERN] = {"pattern",  "a name, which may have holes such as `$(name)`"                 },
    [FIELD_REF] = {"ref",      "the name of a resource"                                         },
    [FIELD_LIST] = {"list",     "a list"                                                         },
    [FIELD_MAP] = {"map",      "a map"                                                          },
    [FIELD_OBJECT] = {"object",   "a map"                                                          },
    [FIELD_TYPE] = {"type",     "a type such as `string`, `[T]`, `optional T` or a map of fields"},
    [FIELD_STAGES] = {"stages",   "a list of stages"                                               },
    [FIELD_ANY] = {"any",      "any value"                                                      },
};

typedef struct Loader {
    Arena *arena;
    Diags *diags;
    bool ok;
} Loader;

static void complain(Loader *l, Loc at, const char *what, Str text) {
    diag_error(l->diags, at, "template", "%s `%.*s`", what, SFMT(text));
    l->ok = false;
}

Str field_type_name(FieldType type) {
    return str_from(types[type].name);
}

static void load_type(Loader *l, Field *f, const Node *map, Loc at) {
    const Node *type = node_get(map, S("type"));
    for (size_t i = 0; i < COUNT(types); i++) {
        if (str_is(node_str(type), types[i].name)) {
            f->type = (FieldType)i;
            return;
        }
    }
    complain(l, type ? type->loc : at, "no type is called", node_str(type));
}

static bool flag(Loader *l, const Node *n) {
    bool value = false;
    if (!node_to_bool(n, &value))
        complain(l, n->loc, "true or false is wanted, not", node_str(n));
    return value;
}

static Field *load_field(Loader *l, Str name, const Node *map, Loc at);

// What a declaration may say, and where that is kept. The rest is read by load_field.
#define AT(member) offsetof(Field, member)
typedef enum As { AS_TEXT, AS_TREE, AS_FLAG, AS_READ } As;
static const struct {
    const char *key;
    As as;
    size_t at;
} keys[] = {
    {"type",       AS_READ, 0             },
    {"doc",        AS_TEXT, AT(doc)       },
    {"default",    AS_TREE, AT(fallback)  },
    {"example",    AS_TREE, AT(example)   },
    {"of",         AS_READ, 0             },
    {"fields",     AS_READ, 0             },
    {"min",        AS_TREE, AT(min)       },
    {"max",        AS_TREE, AT(max)       },
    {"source",     AS_TEXT, AT(source)    },
    {"values",     AS_TREE, AT(values)    },
    {"pattern",    AS_TEXT, AT(pattern)   },
    {"to",         AS_TREE, AT(to)        },
    {"or",         AS_READ, 0             },
    {"child",      AS_TREE, AT(child)     },
    {"shorthand",  AS_TEXT, AT(shorthand) },
    {"only-with",  AS_TREE, AT(only_with) },
    {"what",       AS_READ, 0             },
    {"required",   AS_FLAG, AT(required)  },
    {"single",     AS_FLAG, AT(single)    },
    {"waivable",   AS_FLAG, AT(waivable)  },
    {"must-exist", AS_FLAG, AT(must_exist)},
    {"consumes",   AS_FLAG, AT(consumes)  },
    {"compiled",   AS_FLAG, AT(compiled)  },
    {"derived",    AS_FLAG, AT(derived)   },
    {"computed",   AS_FLAG, AT(computed)  },
    {"many",       AS_FLAG, AT(many)      },
    {"step",       AS_TREE, AT(step)      },
    {"says",       AS_TEXT, AT(says)      },
};

static void load_key(Loader *l, Field *f, const Entry *e) {
    size_t i = 0;
    while (i < COUNT(keys) && !str_is(e->key->text, keys[i].key))
        i++;
    if (i == COUNT(keys)) {
        complain(l, e->key->loc, "a field has no key", e->key->text);
        return;
    }
    void *at = (char *)f + keys[i].at;
    if (keys[i].as == AS_TEXT)
        *(Str *)at = node_str(e->value);
    else if (keys[i].as == AS_TREE)
        *(Node **)at = e->value;
    else if (keys[i].as == AS_FLAG)
        *(bool *)at = flag(l, e->value);
}

static void load_shape(Loader *l, const Node *map, Str what, Shape *shape) {
    shape->what = what;
    if (!map)
        return;
    shape->fields = arena_new(l->arena, Field, map->count);
    for (uint32_t i = 0; i < map->count; i++) {
        const Entry *e = &map->entries[i];
        shape->fields[shape->count++] = *load_field(l, e->key->text, e->value, e->key->loc);
    }
}

// A lone word is a type: `of: string`.
static const Node *as_map(Loader *l, const Node *n) {
    if (node_is_map(n))
        return n;
    Node *map = node_map(l->arena, n->loc);
    node_set(l->arena, map, S("type"), (Node *)n);
    return map;
}

static Field *load_inner(Loader *l, const Field *outer, const Node *map, Str key) {
    const Node *n = node_get(map, key);
    return n ? load_field(l, outer->name, as_map(l, n), n->loc) : NULL;
}

// A default that is one word means the same for everybody.
static void check_fallback(Loader *l, Field *f) {
    Checker c = {.arena = l->arena, .diags = l->diags};
    bool fixed = node_is_scalar(f->fallback) && str_find(f->fallback->text, S("$(")) < 0;
    bool ready = f->type != FIELD_ENUM || f->values;
    if (fixed && ready)
        f->checked = field_check(&c, f, f->fallback);
}

static Field *load_field(Loader *l, Str name, const Node *map, Loc at) {
    Field *f = arena_new(l->arena, Field, 1);
    f->name = name;
    f->loc = at;
    if (!node_is_map(map)) {
        complain(l, at, "a field is a map with at least a type:", name);
        return f;
    }
    for (uint32_t i = 0; i < map->count; i++)
        load_key(l, f, &map->entries[i]);
    load_type(l, f, map, at);
    f->of = load_inner(l, f, map, S("of"));
    if (f->of && !f->of->doc.len)
        f->of->doc = f->doc;
    f->otherwise = load_inner(l, f, map, S("or"));
    const Node *what = node_get(map, S("what"));
    load_shape(l, node_get(map, S("fields")), what ? node_str(what) : name, &f->shape);
    check_fallback(l, f);
    if (f->type == FIELD_ENUM && !f->values)
        complain(l, at, "an enum needs values:", name);
    if (f->type == FIELD_REF && !f->to)
        complain(l, at, "a ref needs the kinds that it may name:", name);
    if ((f->type == FIELD_LIST || f->type == FIELD_MAP) && !f->of)
        complain(l, at, "a list or map says what it is `of`:", name);
    if (f->pattern.len && !regex_is_valid(f->pattern))
        complain(l, at, "not a regular expression:", f->pattern);
    return f;
}

bool shape_load(Arena *a, Diags *d, const Node *map, Str what, Shape *shape) {
    Loader l = {.arena = a, .diags = d, .ok = true};
    load_shape(&l, map, what, shape);
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->fields[i].doc.len)
            complain(&l, shape->fields[i].loc,
                     "no `doc` says what it is for:", shape->fields[i].name);
    return l.ok;
}

const Field *shape_find(const Shape *shape, Str name) {
    for (size_t i = 0; i < shape->count; i++)
        if (str_eq(shape->fields[i].name, name))
            return &shape->fields[i];
    return NULL;
}

static void put_words(Buf *b, const Node *words, const char *quote, const char *joint) {
    uint32_t count = words->type == NODE_SCALAR ? 1 : words->count;
    for (uint32_t i = 0; i < count; i++) {
        Str word = words->type == NODE_SCALAR ? words->text
                   : words->type == NODE_LIST ? words->items[i]->text
                                              : words->entries[i].key->text;
        buf_fmt(b, "%s%s%.*s%s",
                i == 0           ? ""
                : i + 1 == count ? joint
                                 : ", ",
                quote, SFMT(word), quote);
    }
}

Str field_says(Arena *a, const Field *field) {
    Buf b = {.arena = a};
    if (field->type == FIELD_ENUM) {
        put_words(&b, field->values, "`", " or ");
    } else if (field->type == FIELD_REF) {
        buf_put(&b, S("the name of a "));
        put_words(&b, field->to, "", " or ");
    } else {
        buf_fmt(&b, "%s", types[field->type].says);
    }
    if (field->min && field->max)
        buf_fmt(&b, ", %.*s to %.*s", SFMT(node_str(field->min)), SFMT(node_str(field->max)));
    else if (field->min)
        buf_fmt(&b, ", at least %.*s", SFMT(node_str(field->min)));
    else if (field->max)
        buf_fmt(&b, ", at most %.*s", SFMT(node_str(field->max)));
    if (field->otherwise) {
        Str other = field_says(a, field->otherwise);
        buf_fmt(&b, ", or %.*s", SFMT(other));
    }
    Str says = buf_keep(&b, a);
    buf_free(&b);
    return says;
}
