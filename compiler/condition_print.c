// condition_print.c - a choice rule -> the text of a condition.
#include "asl.h"
#include "condition.h"

enum { LEVEL_OR, LEVEL_AND, LEVEL_NOT }; // how tightly the surroundings bind

typedef struct Printer {
    Arena *arena;
    Buf *out;
    Flaw *flaw;
} Printer;

static bool fail(Printer *p, const char *what) {
    p->flaw->what = what;
    return false;
}

static void put_quoted(Buf *out, Str s) {
    static const char from[] = "\n\r\t", to[] = "nrt";
    buf_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool named = false;
        for (size_t j = 0; j < sizeof to - 1 && !named; j++) {
            named = c == from[j];
            if (named)
                buf_fmt(out, "\\%c", to[j]);
        }
        if (c == '"' || c == '\\')
            buf_fmt(out, "\\%c", c);
        else if (!named)
            buf_char(out, c);
    }
    buf_char(out, '"');
}

static void put_path(Printer *p, Str text) {
    Path path;
    Flaw unused;
    if (path_scan(p->arena, text, &path, &unused) == text.len) {
        buf_put(p->out, text);
        return;
    }
    buf_put(p->out, S("path("));
    put_quoted(p->out, text);
    buf_char(p->out, ')');
}

static void put_operand(Printer *p, const AslOperator *o, const Node *value, bool is_path) {
    static const char *const functions[] = {"string", "number", "boolean", "time"};
    bool time = o->operand == OPERAND_TIMESTAMP;
    if (is_path || time)
        buf_fmt(p->out, "%s(", functions[o->operand]);
    if (is_path)
        put_path(p, value->text);
    else if (o->operand == OPERAND_STRING || time)
        put_quoted(p->out, value->text);
    else
        buf_put(p->out, value->text);
    if (is_path || time)
        buf_char(p->out, ')');
}

static bool value_fits(const AslOperator *o, const Node *value, bool is_path) {
    if (value->type != NODE_SCALAR)
        return false;
    ScalarType type = node_scalar_type(value);
    if (is_path || o->operand == OPERAND_STRING || o->operand == OPERAND_TIMESTAMP)
        return type == SCALAR_STRING;
    if (o->operand == OPERAND_NUMERIC)
        return node_is_number(value);
    return type == SCALAR_BOOL;
}

// The operator of a data test, which has exactly one beside its Variable.
static const Entry *find_operator(Printer *p, const Node *rule, bool top) {
    const Entry *found = NULL;
    for (uint32_t i = 0; i < rule->count; i++) {
        Str key = rule->entries[i].key->text;
        bool is_path;
        bool passed = str_eq(key, S("Variable")) || str_eq(key, S("Comment")) ||
                      (top && (str_eq(key, S("Next")) || str_eq(key, S("Assign")) ||
                               str_eq(key, S("Output"))));
        if (passed)
            continue;
        if (found || !asl_operator(key, &is_path)) {
            fail(p, found ? "a rule has one operator" : "there is no such operator");
            return NULL;
        }
        found = &rule->entries[i];
    }
    if (!found)
        fail(p, "a rule needs an operator");
    return found;
}

static bool put_test(Printer *p, const Node *rule, bool top, bool negated) {
    const Node *variable = node_get(rule, S("Variable"));
    const Entry *e = find_operator(p, rule, top);
    bool is_path;
    if (!e)
        return false;
    if (!node_is_scalar(variable) || node_scalar_type(variable) != SCALAR_STRING)
        return fail(p, "a rule needs a `Variable`");
    const AslOperator *o = asl_operator(e->key->text, &is_path);
    if (!value_fits(o, e->value, is_path))
        return fail(p, "this is not what the operator compares with");
    put_path(p, variable->text);
    bool is_true = node_is_word(e->value, S("true"));
    if (o->operand == OPERAND_TEST) {
        buf_fmt(p->out, " is %s%s", is_true ? "" : "not ", o->sign);
    } else if (o->operand != OPERAND_BOOLEAN || is_path || !is_true || negated) {
        buf_fmt(p->out, " %s ", negated ? "!=" : o->sign);
        put_operand(p, o, e->value, is_path);
    }
    return true;
}

// Not(a == b) is `a != b`, if the inner rule says nothing more.
static bool is_unequal(const Node *rule) {
    bool is_path;
    if (!node_is_map(rule) || rule->count != 2 || !node_get(rule, S("Variable")))
        return false;
    for (uint32_t i = 0; i < rule->count; i++) {
        const AslOperator *o = asl_operator(rule->entries[i].key->text, &is_path);
        bool plain_true = o && o->operand == OPERAND_BOOLEAN && !is_path;
        if (o && o->sign[0] == '=' && !plain_true)
            return true;
    }
    return false;
}

static bool put_rule(Printer *p, const Node *rule, int level, bool top);

static bool put_series(Printer *p, const Node *list, bool is_and, int level) {
    if (!node_is_list(list) || !list->count)
        return fail(p, "`And` and `Or` want a list of rules");
    bool one = list->count == 1;
    bool brackets = one || level > (is_and ? LEVEL_AND : LEVEL_OR);
    if (one)
        buf_put(p->out, is_and ? S("all") : S("any"));
    if (brackets)
        buf_char(p->out, '(');
    for (uint32_t i = 0; i < list->count; i++) {
        if (i > 0)
            buf_put(p->out, is_and ? S(" and ") : S(" or "));
        int inner = one ? LEVEL_OR : is_and ? LEVEL_NOT : LEVEL_AND;
        if (!put_rule(p, list->items[i], inner, false))
            return false;
    }
    if (brackets)
        buf_char(p->out, ')');
    return true;
}

static bool put_not(Printer *p, const Node *inner) {
    if (is_unequal(inner))
        return put_test(p, inner, false, true);
    buf_put(p->out, S("not "));
    return put_rule(p, inner, LEVEL_NOT, false);
}

// And, Or or Not must be alone, apart from what belongs to the state.
static bool only_key(Printer *p, const Node *rule, const Entry *e, bool top) {
    for (uint32_t i = 0; i < rule->count; i++) {
        Str key = rule->entries[i].key->text;
        bool passed = &rule->entries[i] == e || str_eq(key, S("Comment")) ||
                      (top && (str_eq(key, S("Next")) || str_eq(key, S("Assign")) ||
                               str_eq(key, S("Output"))));
        if (!passed)
            return fail(p, "`And`, `Or` and `Not` stand alone in their rule");
    }
    return true;
}

static bool put_bare(Printer *p, const Node *rule, int level, bool top) {
    static const char *const keys[] = {"And", "Or", "Not"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        const Entry *e = node_find(rule, str_from(keys[i]));
        if (!e)
            continue;
        if (!only_key(p, rule, e, top))
            return false;
        return i == 2 ? put_not(p, e->value) : put_series(p, e->value, i == 0, level);
    }
    return put_test(p, rule, top, false);
}

// In quotes where it could not be read back without them.
static void put_comment(const Printer *p, Str text) {
    bool bare = text.len && text.ptr[0] != '"' && str_find(text, S("*/")) < 0 &&
                str_find(text, S("\n")) < 0 && str_eq(str_trim(text), text);
    buf_put(p->out, S(" /* "));
    if (bare)
        buf_put(p->out, text);
    else
        put_quoted(p->out, text);
    buf_put(p->out, S(" */"));
}

static bool put_rule(Printer *p, const Node *rule, int level, bool top) {
    if (!node_is_map(rule))
        return fail(p, "a rule is an object");
    const Node *comment = top ? NULL : node_get(rule, S("Comment"));
    if (!comment)
        return put_bare(p, rule, level, top);
    if (!node_is_scalar(comment))
        return fail(p, "a comment is a text");
    bool group = !node_get(rule, S("Variable"));
    buf_put(p->out, group ? S("(") : S(""));
    if (!put_bare(p, rule, group ? LEVEL_OR : LEVEL_NOT, false))
        return false;
    buf_put(p->out, group ? S(")") : S(""));
    put_comment(p, comment->text);
    return true;
}

bool condition_print(Arena *a, Buf *out, const Node *rule, Flaw *flaw) {
    Printer p = {.arena = a, .out = out, .flaw = flaw};
    return put_rule(&p, rule, LEVEL_OR, true);
}
