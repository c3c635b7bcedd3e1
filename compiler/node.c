// node.c - reading the one tree.
#include "node.h"

#include <stdlib.h>
#include <string.h>

const Entry *node_find(const Node *map, Str key) {
    if (!map || map->type != NODE_MAP)
        return NULL;
    for (uint32_t i = 0; i < map->count; i++)
        if (str_eq(map->entries[i].key->text, key))
            return &map->entries[i];
    return NULL;
}

Node *node_get(const Node *map, Str key) {
    const Entry *e = node_find(map, key);
    return e ? e->value : NULL;
}

bool node_is_map(const Node *n) {
    return n && n->type == NODE_MAP;
}

bool node_is_list(const Node *n) {
    return n && n->type == NODE_LIST;
}

bool node_is_scalar(const Node *n) {
    return n && n->type == NODE_SCALAR;
}

bool node_is_word(const Node *n, Str word) {
    return node_is_scalar(n) && n->style == STYLE_PLAIN && str_eq(n->text, word);
}

bool node_has_piece(const Node *n, PieceKind kind) {
    for (uint32_t i = 0; n && n->type == NODE_TEXT && i < n->count; i++)
        if (n->pieces[i].kind == kind)
            return true;
    return false;
}

bool node_lists(const Node *list, Str word) {
    for (uint32_t i = 0; node_is_list(list) && i < list->count; i++)
        if (node_is_scalar(list->items[i]) && str_eq(list->items[i]->text, word))
            return true;
    return false;
}

bool node_is_string(const Node *n) {
    return n->type == NODE_TEXT || (n->type == NODE_SCALAR && node_scalar_type(n) == SCALAR_STRING);
}

bool node_is_number(const Node *n) {
    ScalarType type = node_is_scalar(n) ? node_scalar_type(n) : SCALAR_STRING;
    return type == SCALAR_INT || type == SCALAR_FLOAT;
}

static bool is_null_word(Str s) {
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    return str_is_one_of(s, nulls, COUNT(nulls));
}

bool node_is_null(const Node *n) {
    bool is_plain = n && n->type == NODE_SCALAR && n->style == STYLE_PLAIN;
    return is_plain ? is_null_word(n->text) : n && n->type == NODE_NULL;
}

Str node_str(const Node *n) {
    return node_is_scalar(n) ? n->text : (Str){0};
}

Str node_get_str(const Node *map, Str key) {
    return node_str(node_get(map, key));
}

bool str_to_int(Str s, long long *value) {
    bool negative = s.len && s.ptr[0] == '-';
    long long total = 0;
    if (s.len == (negative ? 1 : 0))
        return false;
    for (size_t i = negative; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        // Below zero, where there is room for one more.
        if (__builtin_mul_overflow(total, 10LL, &total) ||
            __builtin_sub_overflow(total, s.ptr[i] - '0', &total))
            return false;
    }
    if (!negative && total < -INT64_MAX)
        return false;
    *value = negative ? total : -total;
    return true;
}

bool node_to_int(const Node *n, long long *value) {
    return str_to_int(node_str(n), value);
}

bool node_to_bool(const Node *n, bool *value) {
    bool yes = node_is_word(n, S("true"));
    if (!yes && !node_is_word(n, S("false")))
        return false;
    *value = yes;
    return true;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static ScalarType number_type(Str s) {
    size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    size_t digits = 0;
    bool is_float = false;
    for (; i < s.len && is_digit(s.ptr[i]); i++)
        digits++;
    if (i < s.len && s.ptr[i] == '.') {
        is_float = true;
        for (i++; i < s.len && is_digit(s.ptr[i]); i++)
            digits++;
    }
    if (!digits)
        return SCALAR_STRING;
    if (i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        is_float = true;
        i++;
        i += i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+');
        size_t from = i;
        while (i < s.len && is_digit(s.ptr[i]))
            i++;
        if (i == from)
            return SCALAR_STRING;
    }
    if (i < s.len)
        return SCALAR_STRING;
    return is_float ? SCALAR_FLOAT : SCALAR_INT;
}

ScalarType node_scalar_type(const Node *n) {
    static const char *const bools[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
    if (n->type == NODE_NULL)
        return SCALAR_NULL;
    if (n->type != NODE_SCALAR || n->style != STYLE_PLAIN)
        return SCALAR_STRING;
    Str s = n->text;
    if (s.len > 0 && (is_digit(s.ptr[0]) || s.ptr[0] == '-' || s.ptr[0] == '+' || s.ptr[0] == '.'))
        return number_type(s);
    if (is_null_word(s))
        return SCALAR_NULL;
    return str_is_one_of(s, bools, COUNT(bools)) ? SCALAR_BOOL : SCALAR_STRING;
}

static bool same_number(Str a, Str b) {
    char left[64], right[64];
    if (a.len >= sizeof left || b.len >= sizeof right)
        return str_eq(a, b);
    memcpy(left, a.ptr, a.len);
    memcpy(right, b.ptr, b.len);
    left[a.len] = right[b.len] = '\0';
    double x = strtod(left, NULL), y = strtod(right, NULL);
    return !(x < y) && !(y < x);
}

static bool same_scalar(const Node *a, const Node *b) {
    ScalarType ta = node_scalar_type(a), tb = node_scalar_type(b);
    if (node_is_number(a) && node_is_number(b))
        return same_number(a->text, b->text);
    return ta == tb && (ta == SCALAR_NULL || str_eq(a->text, b->text));
}

bool node_equal(const Node *a, const Node *b) {
    bool leaf_a = a->type == NODE_NULL || a->type == NODE_SCALAR;
    bool leaf_b = b->type == NODE_NULL || b->type == NODE_SCALAR;
    if (leaf_a || leaf_b)
        return leaf_a && leaf_b && same_scalar(a, b);
    if (a->type != b->type || a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->type == NODE_LIST && !node_equal(a->items[i], b->items[i]))
            return false;
        if (a->type != NODE_MAP)
            continue;
        const Node *other = node_get(b, a->entries[i].key->text);
        if (!other || !node_equal(a->entries[i].value, other))
            return false;
    }
    return a->type == NODE_LIST || a->type == NODE_MAP;
}

static bool same_piece(const Piece *a, const Piece *b) {
    return a->kind == b->kind && str_eq(a->text, b->text) &&
           (a->kind != PIECE_ATTR || a->res == b->res);
}

bool node_same(const Node *a, const Node *b) {
    if (!a || !b || a->type != b->type || a->count != b->count)
        return a == b;
    switch (a->type) {
    case NODE_TEXT:
        for (uint32_t i = 0; i < a->count; i++)
            if (!same_piece(&a->pieces[i], &b->pieces[i]))
                return false;
        return true;
    case NODE_REF:
        return a->res == b->res;
    case NODE_EACH:
        return a->res == b->res && node_same(a->with, b->with);
    case NODE_LIST:
        for (uint32_t i = 0; i < a->count; i++)
            if (!node_same(a->items[i], b->items[i]))
                return false;
        return true;
    case NODE_MAP:
        for (uint32_t i = 0; i < a->count; i++)
            if (!str_eq(a->entries[i].key->text, b->entries[i].key->text) ||
                !node_same(a->entries[i].value, b->entries[i].value))
                return false;
        return true;
    default:
        return str_eq(a->text, b->text);
    }
}

bool param_is_optional(const Param *p) {
    return !p->value && !p->required;
}
