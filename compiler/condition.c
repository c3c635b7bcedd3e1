// condition.c - the text of a condition -> a choice rule.
#include "condition.h"

#include "asl.h"
#include "build.h"

#include <string.h>

enum { DEPTH = 64 }; // of brackets

typedef struct Reader {
    Arena *arena;
    Str text;
    size_t at;
    unsigned depth;
    Loc loc;
    Flaw *flaw;
} Reader;

static Node *fail(Reader *r, const char *what) {
    *r->flaw = (Flaw){what, r->at};
    return NULL;
}

static char peek(const Reader *r) {
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static void skip_space(Reader *r) {
    while (r->at < r->text.len && strchr(" \t\r\n", peek(r)))
        r->at++;
}

static bool take(Reader *r, Str sign) {
    skip_space(r);
    if (!str_starts(str_cut(r->text, r->at, r->text.len), sign))
        return false;
    r->at += sign.len;
    return true;
}

static bool take_word(Reader *r, Str word) {
    skip_space(r);
    size_t from = r->at;
    if (take(r, word) && !char_is_word(peek(r)))
        return true;
    r->at = from;
    return false;
}

// `name(`, or nothing.
static bool take_function(Reader *r, Str name) {
    size_t from = r->at;
    if (take_word(r, name) && take(r, S("(")))
        return true;
    r->at = from;
    return false;
}

static void put_code_point(Buf *b, uint32_t c) {
    if (c < 0x80) {
        buf_char(b, (char)c);
    } else if (c < 0x800) {
        buf_char(b, (char)(0xC0 | c >> 6));
        buf_char(b, (char)(0x80 | (c & 0x3F)));
    } else {
        buf_char(b, (char)(0xE0 | c >> 12));
        buf_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_char(b, (char)(0x80 | (c & 0x3F)));
    }
}

static bool take_hex(Reader *r, uint32_t *code) {
    *code = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        char c = peek(r);
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16)
            return false;
        *code = *code << 4 | digit;
    }
    return *code >= 0x20 && (*code < 0xD800 || *code > 0xDFFF);
}

// One escape, as JSON has them, and `\'`.
static bool take_escape(Reader *r, Buf *b) {
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    char c = peek(r);
    const char *known = c ? strchr(from, c) : NULL;
    r->at++;
    if (known) {
        buf_char(b, to[known - from]);
    } else if (c == 'u') {
        uint32_t code;
        if (!take_hex(r, &code))
            return fail(r, "not a character: `\\u` wants four digits") != NULL;
        put_code_point(b, code);
    } else if (c && strchr("\\/\"'", c)) {
        buf_char(b, c);
    } else {
        r->at--;
        return fail(r, "no such escape: write `\\\\` for a backslash") != NULL;
    }
    return true;
}

static bool take_string(Reader *r, Str *value) {
    skip_space(r);
    char quote = peek(r);
    if (quote != '"' && quote != '\'')
        return fail(r, "a text in quotes is wanted") != NULL;
    Buf b = {.arena = r->arena};
    bool ok = true;
    r->at++;
    while (ok && peek(r) != quote) {
        if (r->at >= r->text.len) {
            ok = fail(r, "a quote is not closed") != NULL;
        } else if (peek(r) == '\\') {
            r->at++;
            ok = take_escape(r, &b);
        } else {
            buf_char(&b, r->text.ptr[r->at++]);
        }
    }
    r->at++;
    *value = buf_keep(&b, r->arena);
    buf_free(&b);
    return ok;
}

// A path, or `path("...")` for one that could be taken for something else.
static bool take_path(Reader *r, Str *path) {
    skip_space(r);
    if (take_function(r, S("path")))
        return take_string(r, path) && (take(r, S(")")) || fail(r, "`)` is missing"));
    Path parsed;
    Flaw flaw;
    size_t used = path_scan(r->arena, str_cut(r->text, r->at, r->text.len), &parsed, &flaw);
    if (!used) {
        r->at += flaw.at;
        return fail(r, flaw.at ? flaw.what : "a path such as `$.a` is wanted") != NULL;
    }
    *path = str_cut(r->text, r->at, r->at + used);
    r->at += used;
    return true;
}

// What a path is compared with.
typedef struct Value {
    Operand operand;
    bool is_path, is_null;
    Node *node;
} Value;

static bool take_path_of(Reader *r, Str function, Operand operand, Value *v) {
    if (!take_function(r, function))
        return false;
    Str text = {0};
    skip_space(r);
    bool literal = operand == OPERAND_TIMESTAMP && (peek(r) == '"' || peek(r) == '\'');
    bool ok = literal ? take_string(r, &text) : take_path(r, &text);
    if (ok && !take(r, S(")")))
        ok = fail(r, "`)` is missing") != NULL;
    *v = (Value){.operand = operand, .is_path = !literal};
    v->node = ok ? node_string(r->arena, text, r->loc) : NULL;
    return true;
}

static bool take_number(Reader *r, Value *v) {
    size_t from = r->at;
    r->at += peek(r) == '-';
    while (r->at < r->text.len &&
           (char_is_word(peek(r)) || peek(r) == '.' ||
            ((peek(r) == '-' || peek(r) == '+') && strchr("eE", r->text.ptr[r->at - 1]))))
        r->at++;
    Node *n = node_plain(r->arena, str_cut(r->text, from, r->at), r->loc);
    if (!node_is_number(n)) {
        r->at = from;
        return fail(r, "a text in quotes, a number, `true`, `false` or `time(...)` is wanted") !=
               NULL;
    }
    *v = (Value){.operand = OPERAND_NUMERIC, .node = n};
    return true;
}

static bool take_value(Reader *r, Value *v) {
    skip_space(r);
    if (take_path_of(r, S("string"), OPERAND_STRING, v) ||
        take_path_of(r, S("number"), OPERAND_NUMERIC, v) ||
        take_path_of(r, S("boolean"), OPERAND_BOOLEAN, v) ||
        take_path_of(r, S("time"), OPERAND_TIMESTAMP, v))
        return v->node != NULL;
    if (peek(r) == '"' || peek(r) == '\'') {
        Str text;
        *v = (Value){.operand = OPERAND_STRING};
        if (take_string(r, &text))
            v->node = node_string(r->arena, text, r->loc);
        return v->node != NULL;
    }
    if (take_word(r, S("null"))) {
        *v = (Value){.is_null = true};
        return true;
    }
    bool yes = take_word(r, S("true"));
    if (yes || take_word(r, S("false"))) {
        *v = (Value){.operand = OPERAND_BOOLEAN, .node = node_bool(r->arena, yes, r->loc)};
        return true;
    }
    if (peek(r) == '$')
        return fail(r, "say what is compared: `string(PATH)`, `number(PATH)`, `boolean(PATH)` or "
                       "`time(PATH)`") != NULL;
    return take_number(r, v);
}

static Node *comparison(Reader *r, Str variable, const char *name, bool is_path, Node *value) {
    Node *rule = node_map(r->arena, r->loc);
    node_set(r->arena, rule, S("Variable"), node_string(r->arena, variable, r->loc));
    node_set(r->arena, rule, str_fmt(r->arena, "%s%s", name, is_path ? "Path" : ""), value);
    return rule;
}

static Node *negation(const Reader *r, Node *rule) {
    Node *not = node_map(r->arena, r->loc);
    node_set(r->arena, not, S("Not"), rule);
    return not ;
}

static const AslOperator *operator_of(Operand operand, Str sign) {
    const AslOperator *o;
    for (size_t i = 0; (o = asl_operator_at(i)); i++)
        if (o->operand == operand && str_is(sign, o->sign))
            return o;
    return NULL;
}

static Node *take_comparison(Reader *r, Str variable, Str sign) {
    Value v;
    bool not = str_eq(sign, S("!="));
    size_t at = r->at;
    if (!take_value(r, &v))
        return NULL;
    if (not )
        sign = S("==");
    if (v.is_null && str_eq(sign, S("=="))) {
        Node *rule = comparison(r, variable, "IsNull", false, node_bool(r->arena, true, r->loc));
        return not ? negation(r, rule) : rule;
    }
    const AslOperator *o = v.is_null ? NULL : operator_of(v.operand, sign);
    if (!o) {
        r->at = at;
        return fail(r, v.operand == OPERAND_BOOLEAN || v.is_null
                           ? "true, false and null have no order: compare them with `==`"
                           : "this cannot be compared so");
    }
    Node *rule = comparison(r, variable, o->name, v.is_path, v.node);
    return not ? negation(r, rule) : rule;
}

static Node *take_test(Reader *r, Str variable) {
    bool yes = !take_word(r, S("not"));
    const AslOperator *o;
    for (size_t i = 0; (o = asl_operator_at(i)); i++)
        if (o->operand == OPERAND_TEST && take_word(r, str_from(o->sign)))
            return comparison(r, variable, o->name, false, node_bool(r->arena, yes, r->loc));
    return fail(r, "`is` wants `present`, `null`, `string`, `number`, `boolean` or `time`");
}

static Node *take_data_test(Reader *r) {
    static const Str signs[] = {
        {"==", 2},
        {"!=", 2},
        {"<=", 2},
        {">=", 2},
        {"<",  1},
        {">",  1}
    };
    Str variable, pattern;
    if (!take_path(r, &variable))
        return NULL;
    for (size_t i = 0; i < COUNT(signs); i++)
        if (take(r, signs[i]))
            return take_comparison(r, variable, signs[i]);
    if (take_word(r, S("is")))
        return take_test(r, variable);
    if (take_word(r, S("matches"))) {
        if (!take_string(r, &pattern))
            return NULL;
        return comparison(r, variable, "StringMatches", false,
                          node_string(r->arena, pattern, r->loc));
    }
    if (peek(r) == '=')
        return fail(r, "write `==`");
    return comparison(r, variable, "BooleanEquals", false, node_bool(r->arena, true, r->loc));
}

static Node *take_or(Reader *r);

// What stands in brackets; `key` says that it is an And or Or of one.
static Node *take_group(Reader *r, const char *key) {
    if (++r->depth > DEPTH)
        return fail(r, "too many brackets");
    Node *rule = take_or(r);
    r->depth--;
    if (!rule)
        return NULL;
    if (!take(r, S(")")))
        return fail(r, "`)` is missing");
    if (!key)
        return rule;
    Node *list = node_list(r->arena, r->loc), *group = node_map(r->arena, r->loc);
    node_push(r->arena, list, rule);
    node_set(r->arena, group, str_from(key), list);
    return group;
}

static bool take_comment(Reader *r, Node *rule) {
    if (!take(r, S("/*")))
        return true;
    Str text = {0};
    skip_space(r);
    bool quoted = peek(r) == '"';
    if (quoted && !take_string(r, &text))
        return false;
    Str rest = str_cut(r->text, r->at, r->text.len);
    ptrdiff_t end = str_find(rest, S("*/"));
    if (end < 0)
        return fail(r, "`*/` does not end this comment") != NULL;
    if (!quoted)
        text = str_trim(str_cut(rest, 0, (size_t)end));
    else if (str_trim(str_cut(rest, 0, (size_t)end)).len)
        return fail(r, "`*/` is missing") != NULL;
    r->at += (size_t)end + 2;
    if (!node_get(rule, S("Comment")))
        node_set(r->arena, rule, S("Comment"), node_string(r->arena, text, r->loc));
    return true;
}

static Node *take_primary(Reader *r) {
    if (take_word(r, S("not"))) {
        if (++r->depth > DEPTH)
            return fail(r, "too many `not`");
        Node *rule = take_primary(r);
        r->depth--;
        return rule ? negation(r, rule) : NULL;
    }
    Node *rule = take_function(r, S("all"))   ? take_group(r, "And")
                 : take_function(r, S("any")) ? take_group(r, "Or")
                 : take(r, S("("))            ? take_group(r, NULL)
                                              : take_data_test(r);
    return rule && take_comment(r, rule) ? rule : NULL;
}

// One or more of something with a word between them, as one rule.
static Node *take_series(Reader *r, Node *(*each)(Reader *), Str word, const char *key) {
    Node *first = each(r);
    if (!first || !take_word(r, word))
        return first;
    Node *list = node_list(r->arena, r->loc), *rule = node_map(r->arena, r->loc);
    node_push(r->arena, list, first);
    do {
        Node *next = each(r);
        if (!next)
            return NULL;
        node_push(r->arena, list, next);
    } while (take_word(r, word));
    node_set(r->arena, rule, str_from(key), list);
    return rule;
}

static Node *take_and(Reader *r) {
    return take_series(r, take_primary, S("and"), "And");
}

static Node *take_or(Reader *r) {
    return take_series(r, take_and, S("or"), "Or");
}

Node *condition_parse(Arena *a, Str text, Loc at, Flaw *flaw) {
    Reader r = {.arena = a, .text = text, .loc = at, .flaw = flaw};
    Node *rule = take_or(&r);
    skip_space(&r);
    if (rule && r.at < text.len)
        return fail(&r, "the condition should end here, or go on with `and` or `or`");
    return rule;
}
