// lower_table.c - calls of DynamoDB that name a table: keys, items and conditions are written as
// values, and marshalled by the types that the table declares.
#include "build.h"
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

// What DynamoDB calls the type of an attribute; empty: the table does not say.
static Str declared_type(const Marshal *m, Str attribute) {
    const Resource *t = m->table;
    if (str_eq(attribute, node_str(resource_get(t, S("key")))))
        return node_str(resource_get(t, S("key-type")));
    if (str_eq(attribute, node_str(resource_get(t, S("sort")))))
        return node_str(resource_get(t, S("sort-type")));
    Str ttl = node_get_str(resource_get(t, S("ttl")), S("attribute"));
    if (str_eq(attribute, ttl))
        return S("N");
    Str type = node_get_str(resource_get(t, S("attributes")), attribute);
    if (str_starts(type, S("optional ")))
        type = str_cut(type, sizeof "optional " - 1, type.len);
    if (str_eq(type, S("string")))
        return S("S");
    if (str_eq(type, S("int")) || str_eq(type, S("number")) || str_eq(type, S("time")))
        return S("N");
    return str_eq(type, S("bool")) ? S("BOOL") : (Str){0};
}

static Str literal_type(const Node *value) {
    ScalarType type = node_scalar_type(value);
    return type == SCALAR_BOOL                                      ? S("BOOL")
           : type == SCALAR_INT || type == SCALAR_FLOAT             ? S("N")
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

// {S: value}, with `value` as a stage writes it.
static Node *marshal(const Marshal *m, Str attribute, Node *value) {
    bool expression = lower_is_expression(m->l, value, m->s->query);
    Str type = declared_type(m, attribute);
    if (value->type == NODE_MAP) // {M: ...}, {SS: ...}: it is marshalled already
        return value;
    if (!type.len && !expression)
        type = literal_type(value);
    if (!type.len) {
        diag_error(m->l->diags, value->loc, "unknown-type", "the type of `%.*s` is not known",
                   SFMT(attribute));
        diag_also(m->l->diags, m->table->loc, "this table does not declare it");
        diag_help(m->l->diags, "add it to `attributes`, or write `{S: ...}`, `{N: ...}`");
        return NULL;
    }
    if (str_eq(type, S("N")))
        value = number_text(m, value, expression);
    Node *typed = node_map(m->l->arena, value->loc);
    node_set(m->l->arena, typed, type, value);
    return typed;
}

// The key, from a value alone or a map of both its attributes.
static Node *key_of(const Marshal *m, Node *value) {
    Node *key = node_map(m->l->arena, value->loc);
    Str name = node_str(resource_get(m->table, S("key")));
    if (value->type != NODE_MAP)
        node_set(m->l->arena, key, name, marshal(m, name, value));
    for (uint32_t i = 0; value->type == NODE_MAP && i < value->count; i++)
        node_set(m->l->arena, key, value->entries[i].key->text,
                 marshal(m, value->entries[i].key->text, value->entries[i].value));
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
    for (uint32_t i = 0; value->type == NODE_MAP && i < value->count; i++)
        node_set(m->l->arena, item, value->entries[i].key->text,
                 marshal(m, value->entries[i].key->text, value->entries[i].value));
    return item;
}

// #name: every name gets one, so that none can be a word that DynamoDB keeps to itself.
static Str alias(const Marshal *m, Str attribute) {
    Str name = str_fmt(m->l->arena, "#%.*s", SFMT(attribute));
    if (!node_get(m->names, name))
        node_set(m->l->arena, m->names, name, node_string(m->l->arena, attribute, m->s->node->loc));
    return name;
}

static Str placeholder(const Marshal *m, Str attribute, Node *value) {
    Str name = str_fmt(m->l->arena, ":%.*s", SFMT(attribute));
    for (int i = 2; node_get(m->values, name); i++)
        name = str_fmt(m->l->arena, ":%.*s%d", SFMT(attribute), i);
    node_set(m->l->arena, m->values, name, marshal(m, attribute, value));
    return name;
}

static void put_update(const Marshal *m, const Node *set) {
    Buf b = {.arena = m->l->arena};
    for (uint32_t i = 0; set->type == NODE_MAP && i < set->count; i++) {
        const Entry *e = &set->entries[i];
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
        Str value = placeholder(m, attribute, value_of(m, next_word(w), w->loc));
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
    lower_request(l, s, m.request);
}
