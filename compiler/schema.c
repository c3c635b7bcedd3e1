// schema.c - the JSON Schema of specs. It is as strict as a schema can be: ranges of values with
// units, references and rules across fields are for `wgen check`.
#include "schema.h"

#include "build.h"
#include "json.h"

static const Loc nowhere = {0};

static Node *text(Kinds *k, Str s) {
    return node_string(k->arena, s, nowhere);
}

static Node *map(Kinds *k) {
    return node_map(k->arena, nowhere);
}

static Node *list(Kinds *k) {
    return node_list(k->arena, nowhere);
}

static void set(Kinds *k, Node *m, const char *key, Node *value) {
    node_set(k->arena, m, str_from(key), value);
}

static void set_text(Kinds *k, Node *m, const char *key, Str value) {
    set(k, m, key, text(k, value));
}

static Node *typed(Kinds *k, const char *type) {
    Node *m = map(k);
    set_text(k, m, "type", str_from(type));
    return m;
}

static Node *matching(Kinds *k, Str pattern) {
    Node *m = typed(k, "string");
    set_text(k, m, "pattern", pattern);
    return m;
}

static Node *ref(Kinds *k, Str where) {
    Node *m = map(k);
    set_text(k, m, "$ref", str_fmt(k->arena, "#/definitions/%.*s", SFMT(where)));
    return m;
}

// One of two: alternatives are laid side by side, and not nested.
static Node *either(Kinds *k, Node *a, Node *b) {
    Node *choices = a ? node_get(a, S("anyOf")) : NULL;
    if (!a || !b)
        return a ? a : b;
    if (!choices) {
        choices = list(k);
        node_push(k->arena, choices, a);
        a = map(k);
        set(k, a, "anyOf", choices);
    }
    const Node *others = b->count == 1 ? node_get(b, S("anyOf")) : NULL;
    for (uint32_t i = 0; others && i < others->count; i++)
        node_push(k->arena, choices, others->items[i]);
    if (!others)
        node_push(k->arena, choices, b);
    return a;
}

// A choice with words of its own: editors show choices that have none as if all were meant at once.
static Node *nothing(Kinds *k) {
    return ref(k, S("nothing"));
}

static Node *string_schema(Kinds *k, const Field *f) {
    Node *closed = typed(k, "string");
    if (f->type == FIELD_ID)
        set_text(k, closed, "pattern", S("^[A-Za-z][A-Za-z0-9_-]{0,63}$"));
    if (f->type == FIELD_STRING && f->pattern.len)
        set_text(k, closed, "pattern", str_fmt(k->arena, "^(?:%.*s)$", SFMT(f->pattern)));
    if (f->type == FIELD_STRING && f->min)
        set(k, closed, "minLength", f->min);
    if (f->type == FIELD_STRING && f->max)
        set(k, closed, "maxLength", f->max);
    if (closed->count == 1 || f->type == FIELD_ID)
        return closed;
    return either(k, closed, matching(k, S("\\$\\("))); // what a hole stands for is not known yet
}

// Words as they are written: to YAML some of them are numbers or booleans.
static Node *enum_schema(Kinds *k, const Field *f) {
    Node *m = map(k), *words = list(k);
    for (uint32_t i = 0; i < f->values->count; i++) {
        const Node *word =
            f->values->type == NODE_LIST ? f->values->items[i] : f->values->entries[i].key;
        Node *plain = node_plain(k->arena, word->text, nowhere);
        node_push(k->arena, words, text(k, word->text));
        if (node_scalar_type(plain) != SCALAR_STRING && node_scalar_type(plain) != SCALAR_NULL)
            node_push(k->arena, words, plain);
    }
    set(k, m, "enum", words);
    return m;
}

static Node *value_schema(Kinds *k, const Field *f);
static Node *shape_schema(Kinds *k, const Shape *shape, bool nullable);

static void set_properties(Kinds *k, Node *m, Node *properties) {
    set(k, m, "properties", properties);
    set(k, m, "additionalProperties", node_bool(k->arena, false, nowhere));
}

static Str first_word(const Node *words) {
    return node_is_list(words) ? words->items[0]->text : node_str(words);
}

// What is defined in place is one of its kind, with the fields of the relation itself; or a map of
// one kind to a name.
static Node *inline_schema(Kinds *k, const Field *f) {
    const Kind *kind = kind_find(k, first_word(f->to));
    if (!kind)
        return NULL;
    Node *m = typed(k, "object"), *properties = shape_schema(k, &f->shape, true);
    for (size_t i = 0; i < kind->shape.count; i++) {
        const Field *own = &kind->shape.fields[i];
        if (!own->derived && !node_get(properties, own->name))
            node_set(k->arena, properties, own->name,
                     ref(k, str_fmt(k->arena, "%.*s/properties/%.*s", SFMT(kind->name),
                                    SFMT(own->name))));
    }
    for (uint32_t i = 0; i < (node_is_list(f->to) ? f->to->count : 1); i++) {
        Str word = node_is_list(f->to) ? f->to->items[i]->text : f->to->text;
        if (!node_get(properties, word))
            node_set(k->arena, properties, word, typed(k, "string"));
    }
    set_properties(k, m, properties);
    return m;
}

static Node *list_schema(Kinds *k, const Field *f) {
    Node *m = typed(k, "array");
    set(k, m, "items", value_schema(k, f->of));
    if (f->min)
        set(k, m, "minItems", f->min);
    if (f->max)
        set(k, m, "maxItems", f->max);
    return f->single ? either(k, m, value_schema(k, f->of)) : m;
}

static Node *map_schema(Kinds *k, const Field *f) {
    Node *m = typed(k, "object");
    set(k, m, "additionalProperties", value_schema(k, f->of));
    if (f->pattern.len)
        set(k, m, "propertyNames", matching(k, str_fmt(k->arena, "^(?:%.*s)$", SFMT(f->pattern))));
    return m;
}

static Node *required_of(Kinds *k, const Shape *shape) {
    Node *names = list(k);
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].required && !shape->fields[i].fallback)
            node_push(k->arena, names, text(k, shape->fields[i].name));
    return names;
}

// What may stand for a map of fields: the value of one of them, if that is no map or list itself.
static Node *shorthand_schema(Kinds *k, const Shape *shape, Str name) {
    const Field *field = name.len ? shape_find(shape, name) : NULL;
    Node *schema = field ? value_schema(k, field) : NULL;
    if (!schema || schema->count)
        return schema;
    static const char *const types[] = {"string", "number", "boolean"};
    Node *scalar = map(k), *words = list(k);
    for (size_t i = 0; i < COUNT(types); i++)
        node_push(k->arena, words, text(k, str_from(types[i])));
    set(k, scalar, "type", words);
    return scalar;
}

static Node *object_schema(Kinds *k, const Field *f) {
    Node *m = typed(k, "object"), *required = required_of(k, &f->shape);
    set_properties(k, m, shape_schema(k, &f->shape, true));
    if (required->count)
        set(k, m, "required", required);
    return either(k, m, shorthand_schema(k, &f->shape, f->shorthand));
}

static Node *stages_schema(Kinds *k, const Field *f) {
    Node *m = typed(k, "array");
    set(k, m, "items", ref(k, S("stage")));
    if (f->min)
        set(k, m, "minItems", f->min);
    return f->single ? either(k, m, ref(k, S("stage"))) : m;
}

static Node *integer_schema(Kinds *k, const Field *f) {
    Node *m = typed(k, "integer");
    if (f->min)
        set(k, m, "minimum", f->min);
    if (f->max)
        set(k, m, "maximum", f->max);
    return m;
}

static Node *constant(Kinds *k, Node *value) {
    Node *m = map(k);
    set(k, m, "const", value);
    return m;
}

// One shape of a field, without its alternatives.
static Node *one_schema(Kinds *k, const Field *f) {
    switch (f->type) {
    case FIELD_STRING:
    case FIELD_ID:
    case FIELD_PATTERN:
        return string_schema(k, f);
    case FIELD_INT:
        return integer_schema(k, f);
    case FIELD_BOOL:
        return f->waivable ? constant(k, node_bool(k->arena, true, nowhere)) : typed(k, "boolean");
    case FIELD_ENUM:
        return enum_schema(k, f);
    case FIELD_REF:
        return either(k, typed(k, "string"), inline_schema(k, f));
    case FIELD_LIST:
        return list_schema(k, f);
    case FIELD_MAP:
        return map_schema(k, f);
    case FIELD_OBJECT:
        return object_schema(k, f);
    case FIELD_STAGES:
        return stages_schema(k, f);
    case FIELD_TYPE:
        return ref(k, S("type"));
    case FIELD_ANY:
        return map(k);
    default:
        return ref(k, field_type_name(f->type));
    }
}

static bool takes_text(const Field *f) {
    for (; f; f = f->otherwise)
        if (f->type == FIELD_ANY || f->type == FIELD_TYPE || f->type == FIELD_PATTERN ||
            f->type == FIELD_REF || (f->type == FIELD_STRING && !f->pattern.len))
            return true;
    return false;
}

// With all that a value may be instead: another shape, a parameter, a reason to go without.
static Node *value_schema(Kinds *k, const Field *f) {
    Node *m = NULL;
    for (const Field *shape = f; shape; shape = shape->otherwise)
        m = either(k, m, one_schema(k, shape));
    if (f->waivable)
        m = either(k, m, ref(k, S("waiver")));
    if (!takes_text(f))
        m = either(k, m, ref(k, S("parameter")));
    return m;
}

static Node *described(Kinds *k, const Field *f, bool nullable) {
    Node *m = map(k), *inner = value_schema(k, f);
    bool any = inner->count == 0;
    if (f->doc.len)
        set_text(k, m, "description", f->doc);
    if (f->fallback && node_is_scalar(f->fallback))
        set(k, m, "default", f->fallback);
    if (f->example) {
        Node *examples = list(k);
        node_push(k->arena, examples, (Node *)f->example);
        set(k, m, "examples", examples);
    }
    if (any)
        return m;
    if (nullable)
        inner = either(k, inner, nothing(k));
    for (uint32_t i = 0; i < inner->count; i++)
        node_entry(k->arena, m, inner->entries[i].key, inner->entries[i].value);
    return m;
}

static Node *shape_schema(Kinds *k, const Shape *shape, bool nullable) {
    Node *properties = map(k);
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->fields[i].derived)
            node_set(k->arena, properties, shape->fields[i].name,
                     described(k, &shape->fields[i], nullable));
    return properties;
}

// What a workflow may say about the blueprint that it has its stages from.
static void add_blueprint(Kinds *k, Node *properties) {
    static const struct {
        const char *key, *doc;
    } keys[] = {
        {"blueprint",  "The blueprint that it is made of, or `{NAME: {PARAMETER: value}}`."      },
        {"insert",     "Stages that it has beside those of its blueprint: `{after: STAGE, ...}`."},
        {"replace",    "Stages that stand in place of the blueprint's: `{STAGE: {...}}`."        },
        {"without",    "Stages of the blueprint that it does not have."                          },
        {"parameters", "Of a blueprint: what those that are made of it may say."                 },
    };
    for (size_t i = 0; i < COUNT(keys); i++) {
        Node *m = map(k);
        set_text(k, m, "description", str_from(keys[i].doc));
        set(k, properties, keys[i].key, m);
    }
}

static Node *kind_definition(Kinds *k, const Kind *kind) {
    Node *m = typed(k, "object"), *properties = shape_schema(k, &kind->shape, true);
    set_text(k, m, "description", kind->doc);
    if (str_eq(kind->name, S("workflow")))
        add_blueprint(k, properties);
    set_properties(k, m, properties);
    return m;
}

static Node *needing(Kinds *k, Node *names) {
    Node *m = map(k);
    set(k, m, "required", names);
    return m;
}

static Node *needing_one(Kinds *k, Str name) {
    Node *names = list(k);
    node_push(k->arena, names, text(k, name));
    return needing(k, names);
}

// One entry of a section: the kind, with all that it cannot do without.
static Node *entry_schema(Kinds *k, const Kind *kind) {
    Node *required = required_of(k, &kind->shape), *m = ref(k, kind->name);
    if (required->count) {
        Node *whole = map(k), *both = list(k),
             *either_of = either(k, needing(k, required), needing_one(k, S("existing")));
        if (str_eq(kind->name, S("workflow")))
            either_of = either(k, either_of, needing_one(k, S("blueprint")));
        node_push(k->arena, both, m);
        node_push(k->arena, both, either_of);
        set(k, whole, "allOf", both);
        m = whole;
    } else {
        m = either(k, m, nothing(k));
    }
    return either(k, m, shorthand_schema(k, &kind->shape, kind->shorthand));
}

static Node *section_schema(Kinds *k, const Kind *kind, Node *entry) {
    Node *m = typed(k, "object");
    set_text(k, m, "description", kind->doc);
    set(k, m, "propertyNames", matching(k, S("^[A-Za-z][A-Za-z0-9_-]{0,63}$")));
    set(k, m, "additionalProperties", entry);
    return m;
}

static void add_values(Kinds *k, Node *definitions) {
    static const struct {
        const char *name, *pattern;
    } values[] = {
        {"duration", "^(?=.)([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$"},
        {"size",     "^[0-9]+(B|KB|MB|GB|TB)$"                                            },
        {"percent",  "^[0-9]+(\\.[0-9]+)?%$"                                              },
        {"money",    "^[0-9]+(\\.[0-9]+)?[A-Z]{3}$"                                       },
        {"rate",     "^[0-9]+(\\.[0-9]+)?[kMG]?/(second|minute|hour|day|month)$"          },
    };
    for (size_t i = 0; i < COUNT(values); i++)
        set(k, definitions, values[i].name, matching(k, str_from(values[i].pattern)));
    Node *waiver = matching(k, S("^(none|off)( .*)? because ")),
         *parameter = matching(k, S("^\\$\\([^()]+\\)$"));
    set_text(k, waiver, "description", S("Without it, and why: `none because REASON`."));
    set_text(k, parameter, "description", S("A parameter, given at deployment: `$(NAME)`."));
    set(k, definitions, "waiver", waiver);
    set(k, definitions, "parameter", parameter);
    Node *none = typed(k, "null");
    set_text(k, none, "description", S("Nothing: what it is without it."));
    set(k, definitions, "nothing", none);
    set(k, definitions, "count",
        either(k, typed(k, "number"), matching(k, S("^[0-9]+(\\.[0-9]+)?[kMG]?$"))));
    Node *type = typed(k, "string");
    set_text(k, type, "description",
             S("A type such as `string`, `[T]`, `optional T`, a type's "
               "name, or a map of fields."));
    set(k, definitions, "type", either(k, either(k, type, typed(k, "object")), typed(k, "array")));
}

static Node *stage_definition(Kinds *k) {
    Shape stage = {0};
    const Node *root = template_tree(k, S("language/stage.yaml"));
    Node *m = typed(k, "object");
    if (shape_load(k->arena, k->diags, node_get(root, S("fields")), S("stage"), &stage))
        set_properties(k, m, shape_schema(k, &stage, true));
    return m;
}

// Whatever an environment changes: anything that a system has, and nothing that it must have.
static Node *environment_schema(Kinds *k, const Node *root, const Node *partial) {
    Node *m = typed(k, "object"), *properties = map(k);
    for (uint32_t i = 0; i < root->count; i++) {
        Str key = root->entries[i].key->text;
        Node *changed = node_get(partial, key);
        if (!str_eq(key, S("system")) && !str_eq(key, S("environments")))
            node_set(k->arena, properties, key, changed ? changed : map(k));
    }
    Node *approval = map(k), *words = list(k), *account = map(k);
    node_push(k->arena, words, text(k, S("required")));
    node_push(k->arena, words, node_null(k->arena, nowhere));
    set(k, approval, "enum", words);
    set_text(k, approval, "description",
             S("`required`: somebody must say yes before it is deployed."));
    set_text(k, account, "description", S("The account that it is deployed to."));
    set(k, properties, "approval", approval);
    set(k, properties, "account", account);
    set_properties(k, m, properties);
    return either(k, m, nothing(k));
}

static Node *map_of(Kinds *k, const Node *described_by, Node *of) {
    Node *m = typed(k, "object");
    Node *doc = node_get(described_by, S("description"));
    if (doc)
        set(k, m, "description", doc);
    set(k, m, "additionalProperties", of);
    return m;
}

static void replace(Node *m, Str key, Node *value) {
    for (uint32_t i = 0; i < m->count; i++)
        if (str_eq(m->entries[i].key->text, key))
            m->entries[i].value = value;
}

void schema_print(Buf *out, Kinds *k) {
    Node *root = map(k), *definitions = map(k), *partial = map(k), *defaults = map(k);
    const Kind *system = kind_find(k, S("system"));
    Shape own = system->shape;
    own.count = system->own_fields;
    Node *properties = shape_schema(k, &own, false);
    const Field *tags = shape_find(&system->shape, S("tags"));
    node_set(k->arena, properties, tags->name, described(k, tags, false));
    Str *names;
    size_t count = kind_names(k, &names);
    for (size_t i = 0; i < count; i++) {
        const Kind *kind = kind_find(k, names[i]);
        if (!kind || kind == system)
            continue;
        node_set(k->arena, definitions, kind->name, kind_definition(k, kind));
        node_set(k->arena, defaults, kind->name, ref(k, kind->name));
        if (kind->internal)
            continue;
        node_set(k->arena, properties, kind->section,
                 section_schema(k, kind, entry_schema(k, kind)));
        node_set(k->arena, partial, kind->section,
                 section_schema(k, kind, either(k, ref(k, kind->name), nothing(k))));
    }
    add_values(k, definitions);
    set(k, definitions, "stage", stage_definition(k));
    Node *of_defaults = typed(k, "object");
    set_properties(k, of_defaults, defaults);
    set(k, of_defaults, "description",
        node_get(node_get(properties, S("defaults")), S("description")));
    replace(properties, S("defaults"), of_defaults);
    node_set(k->arena, partial, S("defaults"), of_defaults);
    Node *envs = node_get(properties, S("environments"));
    replace(properties, S("environments"),
            map_of(k, envs, environment_schema(k, properties, partial)));
    Node *blueprints = node_get(properties, S("blueprints"));
    replace(properties, S("blueprints"), map_of(k, blueprints, map(k)));
    set_text(k, root, "$schema", S("http://json-schema.org/draft-07/schema#"));
    // No title: editors would show it for everything below that has none of its own.
    set_text(k, root, "description", S("A system, as wgen compiles it."));
    set_text(k, root, "type", S("object"));
    set_properties(k, root, properties);
    set(k, root, "definitions", definitions);
    json_print(out, root, 0, true);
    buf_char(out, '\n');
}
