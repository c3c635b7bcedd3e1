// lower_table.c - calls of DynamoDB that name a table: keys, items and conditions are written as
// values, and marshalled by the types that the table declares.
#include "build.h"
#include "charset.h"
#include "lower.h"
#include "scope.h"

#include <string.h>

typedef struct Marshal {
    Lower *l;
    Stage *s;
    const Resource *table;
    Node *names, *values; // of expressions: #a -> a, :a -> value
    Node *request;
} Marshal;

// What DynamoDB calls a type of a value; empty: it is of many values.
static Str dynamo_type(Str type) {
    if (str_starts(type, S("optional ")))
        type = str_cut(type, sizeof "optional " - 1, type.len);
    if (str_eq(type, S("string")))
        return S("S");
    if (str_eq(type, S("int")) || str_eq(type, S("number")) || str_eq(type, S("time")))
        return S("N");
    return str_eq(type, S("bool")) ? S("BOOL") : (Str){0};
}

static bool is_key(const Marshal *m, Str attribute, const char *part) {
    return str_eq(attribute, node_str(resource_get(m->table, str_from(part))));
}

// That of an attribute; empty: the table does not say.
static Str declared_type(const Marshal *m, Str attribute) {
    const Resource *t = m->table;
    if (is_key(m, attribute, "key"))
        return node_str(resource_get(t, S("key-type")));
    if (is_key(m, attribute, "sort"))
        return node_str(resource_get(t, S("sort-type")));
    if (str_eq(attribute, node_get_str(resource_get(t, S("ttl")), S("attribute"))))
        return S("N");
    return dynamo_type(node_get_str(resource_get(t, S("attributes")), attribute));
}

// That of what is in a list.
static Str element_type(const Marshal *m, Str attribute) {
    const Node *list = node_get(resource_get(m->table, S("attributes")), attribute);
    bool one = list && list->type == NODE_LIST && list->count == 1;
    return one ? dynamo_type(node_str(list->items[0])) : (Str){0};
}

static Str literal_type(const Node *value) {
    ScalarType type = node_scalar_type(value);
    return type == SCALAR_BOOL                                      ? S("BOOL")
           : node_is_number(value)                                  ? S("N")
           : value->type == NODE_SCALAR || value->type == NODE_TEXT ? S("S")
                                                                    : (Str){0};
}

// DynamoDB takes a number as a text.
static Node *number_text(const Marshal *m, Node *value, bool expression) {
    Arena *a = m->l->arena;
    if (!expression)
        return node_string(a, node_str(value), value->loc);
    Str s = node_str(value);
    if (m->s->query == QUERY_PATH)
        return node_string(a, str_fmt(a, "States.Format('{}', %.*s)", SFMT(s)), value->loc);
    Str inside = str_trim(str_cut(s, 2, s.len - 2));
    return node_string(a, str_fmt(a, "{%% $string(%.*s) %%}", SFMT(inside)), value->loc);
}

static Node *typed(const Marshal *m, Str type, Node *value, Loc at) {
    Node *map = node_map(m->l->arena, at);
    node_set(m->l->arena, map, type, value);
    return map;
}

// {M: ...}, {SS: ...}
static bool is_marshalled(const Node *map) {
    static const char *const types[] = {"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"};
    return map->count == 1 && str_is_one_of(map->entries[0].key->text, types, COUNT(types));
}

static void unknown_type(const Marshal *m, Str attribute, Loc at) {
    diag_error(m->l->diags, at, "unknown-type", "the type of `%.*s` is not known", SFMT(attribute));
    diag_also(m->l->diags, m->table->loc, "this table does not declare it");
    diag_help(m->l->diags, "add it to `attributes`, or write `{S: ...}`, `{N: ...}`");
}

// DynamoDB, or Step Functions before it, would refuse a number in quotes as one without.
static bool fits(const Marshal *m, Str attribute, Str type, const Node *value) {
    Str found = literal_type(value);
    if (str_eq(type, found) || str_eq(type, S("B")))
        return true;
    bool text = str_eq(type, S("S")), number = str_eq(type, S("N"));
    diag_error(m->l->diags, value->loc, "wrong-type", "`%.*s` is %s in its table", SFMT(attribute),
               text     ? "a text"
               : number ? "a number"
                        : "`true` or `false`");
    diag_also(m->l->diags, m->table->loc, "which says so");
    diag_help(m->l->diags, text ? "put it in quotes" : "write that, without quotes");
    return false;
}

static Node *marshal_as(const Marshal *m, Str attribute, Str type, Node *value);

static Node *marshal_map(const Marshal *m, Node *map) {
    Node *all = node_map(m->l->arena, map->loc);
    for (uint32_t i = 0; i < map->count; i++)
        node_set(m->l->arena, all, map->entries[i].key->text,
                 marshal_as(m, map->entries[i].key->text, (Str){0}, map->entries[i].value));
    return typed(m, S("M"), all, map->loc);
}

static Node *marshal_list(const Marshal *m, Str attribute, const Node *list) {
    Str type = element_type(m, attribute);
    Node *all = node_list(m->l->arena, list->loc);
    for (uint32_t i = 0; i < list->count; i++)
        node_push(m->l->arena, all, marshal_as(m, attribute, type, list->items[i]));
    return typed(m, S("L"), all, list->loc);
}

static Node *marshal_as(const Marshal *m, Str attribute, Str type, Node *value) {
    bool expression = lower_is_expression(m->l, value, m->s->query);
    if (value->type == NODE_MAP)
        return is_marshalled(value) ? value : marshal_map(m, value);
    if (value->type == NODE_LIST)
        return marshal_list(m, attribute, value);
    if (!expression && node_is_null(value))
        return typed(m, S("NULL"), node_plain(m->l->arena, S("true"), value->loc), value->loc);
    if (!type.len && !expression)
        type = literal_type(value);
    if (!type.len)
        unknown_type(m, attribute, value->loc);
    if (!type.len || (!expression && !fits(m, attribute, type, value)))
        return NULL;
    if (str_eq(type, S("N")))
        value = number_text(m, value, expression);
    return typed(m, type, value, value->loc);
}

// {S: value}, with `value` as a stage writes it.
static Node *marshal(const Marshal *m, Str attribute, Node *value) {
    return marshal_as(m, attribute, declared_type(m, attribute), value);
}

// Those that stand in `map`, if it is one.
static void put_attributes(const Marshal *m, const Node *map, Node *into) {
    for (uint32_t i = 0; map->type == NODE_MAP && i < map->count; i++)
        node_set(m->l->arena, into, map->entries[i].key->text,
                 marshal(m, map->entries[i].key->text, map->entries[i].value));
}

// The key, from a value alone or a map of both its attributes.
static Node *key_of(const Marshal *m, Node *value) {
    Node *key = node_map(m->l->arena, value->loc);
    Str name = node_str(resource_get(m->table, S("key")));
    if (value->type != NODE_MAP)
        node_set(m->l->arena, key, name, marshal(m, name, value));
    put_attributes(m, value, key);
    if (resource_get(m->table, S("sort")) && key->count < 2) {
        diag_error(m->l->diags, value->loc, "missing-key",
                   "the key of this table has two attributes");
        diag_also(m->l->diags, m->table->loc, "`%.*s` and `%.*s`", SFMT(name),
                  SFMT(node_str(resource_get(m->table, S("sort")))));
    }
    return key;
}

static void check_item(const Marshal *m, const Node *item) {
    static const char *const parts[] = {"key", "sort"};
    for (size_t i = 0; i < COUNT(parts); i++) {
        Str name = node_str(resource_get(m->table, str_from(parts[i])));
        if (!name.len || item->type != NODE_MAP || node_get(item, name))
            continue;
        diag_error(m->l->diags, item->loc, "missing-key", "the item lacks `%.*s`", SFMT(name));
        diag_also(m->l->diags, m->table->loc, "which is part of the key of this table");
        diag_help(m->l->diags, "add `%.*s: $.path`", SFMT(name));
    }
}

static Node *item_of(const Marshal *m, const Node *value) {
    Node *item = node_map(m->l->arena, value->loc);
    check_item(m, value);
    put_attributes(m, value, item);
    return item;
}

// A name for an attribute in an expression, which has fewer characters: letters, digits and `_`.
// Source: DynamoDB developer guide, Expression attribute names.
static Str short_name(const Marshal *m, const Node *taken, const char *sign, Str attribute) {
    Charset plain = charset_of(S("A-Za-z0-9_"));
    Buf b = {.arena = m->l->arena};
    buf_put(&b, str_from(sign));
    for (size_t i = 0; i < attribute.len; i++)
        buf_char(&b, charset_has(&plain, attribute.ptr[i]) ? attribute.ptr[i] : '_');
    Str name = buf_keep(&b, m->l->arena), first = name;
    buf_free(&b);
    for (int i = 2; node_get(taken, name); i++)
        name = str_fmt(m->l->arena, "%.*s%d", SFMT(first), i);
    return name;
}

// #name: every name gets one, so that none can be a word that DynamoDB keeps to itself.
static Str alias_one(const Marshal *m, Str attribute) {
    for (uint32_t i = 0; i < m->names->count; i++)
        if (str_eq(node_str(m->names->entries[i].value), attribute))
            return m->names->entries[i].key->text;
    Str name = short_name(m, m->names, "#", attribute);
    node_set(m->l->arena, m->names, name, node_string(m->l->arena, attribute, m->s->node->loc));
    return name;
}

// `owner.id` is within `owner`, unless the table has an attribute of that name.
static Str alias(const Marshal *m, Str attribute) {
    Buf b = {.arena = m->l->arena};
    Str rest = attribute, part;
    if (declared_type(m, attribute).len)
        return alias_one(m, attribute);
    while (str_split(&rest, '.', &part)) {
        buf_put(&b, b.len ? S(".") : S(""));
        buf_put(&b, alias_one(m, part));
    }
    Str path = buf_keep(&b, m->l->arena);
    buf_free(&b);
    return path;
}

static Str placeholder(const Marshal *m, Str attribute, Node *value) {
    Str name = short_name(m, m->values, ":", attribute);
    node_set(m->l->arena, m->values, name, marshal(m, attribute, value));
    return name;
}

// DynamoDB API, UpdateItem: an item keeps its key.
static void check_set(const Marshal *m, const Node *attribute) {
    if (!is_key(m, attribute->text, "key") && !is_key(m, attribute->text, "sort"))
        return;
    diag_error(m->l->diags, attribute->loc, "key-change",
               "`%.*s` is part of the key, and no item can change it", SFMT(attribute->text));
    diag_also(m->l->diags, m->table->loc, "of this table");
    diag_help(m->l->diags, "put another item, and delete this one");
}

static void put_update(const Marshal *m, const Node *set) {
    Buf b = {.arena = m->l->arena};
    if (node_is_map(set) &&
        !set->count) { // which DynamoDB refuses: the expression can not be empty
        diag_error(m->l->diags, set->loc, "missing-key", "`set` changes nothing");
        diag_help(m->l->diags, "name an attribute, and what it becomes");
    }
    for (uint32_t i = 0; set->type == NODE_MAP && i < set->count; i++) {
        const Entry *e = &set->entries[i];
        check_set(m, e->key);
        Str name = alias(m, e->key->text);
        Str value = placeholder(m, e->key->text, e->value);
        buf_fmt(&b, "%s%.*s = %.*s", i ? ", " : "SET ", SFMT(name), SFMT(value));
    }
    Str text = buf_keep(&b, m->l->arena);
    buf_free(&b);
    lower_put(m->l, m->request, "UpdateExpression", node_string(m->l->arena, text, set->loc));
}

// --- `if: status == "open" and not owner is present`

typedef struct Words {
    Str rest;
    Loc loc;
    bool failed;
} Words;

static Str next_word(Words *w) {
    w->rest = str_trim(w->rest);
    size_t end = 0;
    char quote = w->rest.len ? w->rest.ptr[0] : '\0';
    if (quote == '"' || quote == '\'') {
        for (end = 1; end < w->rest.len && w->rest.ptr[end] != quote; end++)
            ;
        end = end < w->rest.len ? end + 1 : end;
    } else if (str_starts(w->rest, S("{%"))) { // of JSONata, which has blanks in it
        ptrdiff_t close = str_find(w->rest, S("%}"));
        end = close < 0 ? w->rest.len : (size_t)close + 2;
    } else if (quote == '(' || quote == ')') {
        end = 1;
    } else {
        unsigned open = 0;
        for (; end < w->rest.len; end++) {
            char c = w->rest.ptr[end];
            if (!open && (c == ' ' || c == ')'))
                break;
            open += c == '(';
            open -= c == ')';
        }
    }
    Str word = str_cut(w->rest, 0, end);
    w->rest = str_trim(str_cut(w->rest, end, w->rest.len));
    return word;
}

static bool take(Words *w, const char *word) {
    Words ahead = *w;
    if (!str_is(next_word(&ahead), word))
        return false;
    *w = ahead;
    return true;
}

static Node *value_of(const Marshal *m, Str word, Loc at) {
    bool quoted = word.len > 1 && (word.ptr[0] == '"' || word.ptr[0] == '\'');
    if (quoted)
        return node_string(m->l->arena, str_cut(word, 1, word.len - 1), at);
    return node_plain(m->l->arena, word, at);
}

static void put_or(const Marshal *m, Words *w, Buf *out);

static void put_comparison(const Marshal *m, Words *w, Buf *out) {
    static const char *const signs[][2] = {
        {"==", "=" },
        {"!=", "<>"},
        {"<=", "<="},
        {">=", ">="},
        {"<",  "<" },
        {">",  ">" }
    };
    Str attribute = next_word(w);
    if (!attribute.len) {
        w->failed = true;
        return;
    }
    Str name = alias(m, attribute);
    if (take(w, "is")) {
        bool not = take(w, "not");
        w->failed = w->failed || !take(w, "present");
        buf_fmt(out, "attribute_%sexists(%.*s)", not ? "not_" : "", SFMT(name));
        return;
    }
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (!take(w, signs[i][0]))
            continue;
        Str word = next_word(w);
        if (!word.len)
            break;
        Str value = placeholder(m, attribute, value_of(m, word, w->loc));
        buf_fmt(out, "%.*s %s %.*s", SFMT(name), signs[i][1], SFMT(value));
        return;
    }
    w->failed = true;
}

static void put_primary(const Marshal *m, Words *w, Buf *out) {
    if (take(w, "not")) {
        buf_put(out, S("NOT "));
        put_primary(m, w, out);
    } else if (take(w, "(")) {
        buf_char(out, '(');
        put_or(m, w, out);
        buf_char(out, ')');
        w->failed = w->failed || !take(w, ")");
    } else {
        put_comparison(m, w, out);
    }
}

static void put_or(const Marshal *m, Words *w, Buf *out) {
    put_primary(m, w, out);
    while (!w->failed) {
        bool and = take(w, "and");
        if (!and&&!take(w, "or"))
            break;
        buf_put(out, and? S(" AND ") : S(" OR "));
        put_primary(m, w, out);
    }
}

static void put_condition(const Marshal *m, const Node *text) {
    Words w = {.rest = node_str(text), .loc = text->loc};
    Buf b = {.arena = m->l->arena};
    put_or(m, &w, &b);
    if (w.failed || w.rest.len) {
        diag_error(m->l->diags, text->loc, "bad-condition",
                   "this is no condition of an item's attributes");
        diag_help(m->l->diags, "for example `status == \"open\" and not owner is present`");
    }
    lower_put(m->l, m->request, "ConditionExpression",
              node_string(m->l->arena, buf_keep(&b, m->l->arena), text->loc));
    buf_free(&b);
}

static Node *table_name(const Lower *l, Resource *table, Loc at) {
    bool known;
    const char *attr =
        table->axis == AXIS_NONE && kind_attr(table->kind, S("ref")) ? "ref" : "name";
    Node *name = node_copy(l->arena, scope_member(l->unit, table, str_from(attr), &known));
    name->loc = at;
    return name;
}

void lower_table(Lower *l, Stage *s) {
    Node *table = node_get(s->node, S("table"));
    if (table->type != NODE_REF)
        return;
    Marshal m = {.l = l, .s = s, .table = table->res};
    m.names = node_map(l->arena, s->node->loc);
    m.values = node_map(l->arena, s->node->loc);
    m.request = node_map(l->arena, s->node->loc);
    Node *key = node_get(s->node, S("key")), *item = node_get(s->node, S("item"));
    const Node *set = node_get(s->node, S("set")), *condition = node_get(s->node, S("if"));
    lower_put(l, m.request, "TableName", table_name(l, table->res, table->loc));
    lower_put(l, m.request, "Key", key ? key_of(&m, key) : NULL);
    lower_put(l, m.request, "Item", item ? item_of(&m, item) : NULL);
    if (set)
        put_update(&m, set);
    if (condition)
        put_condition(&m, condition);
    if (m.names->count)
        lower_put(l, m.request, "ExpressionAttributeNames", m.names);
    if (m.values->count)
        lower_put(l, m.request, "ExpressionAttributeValues", m.values);
    lower_more(l, s, m.request, node_get(s->node, S("with"))); // what no key of the stage says
    lower_request(l, s, m.request);
}
