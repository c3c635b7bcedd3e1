// jsonata.c - a parser by operator precedence. Source: docs.jsonata.org for 2.0, and the developer
// guide of Step Functions for its own functions.
#include "jsonata.h"

#include <string.h>

enum { DEPTH = 200 }; // of nesting

typedef enum Kind {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_VARIABLE,
    TOKEN_VALUE, // string, number, regular expression
    TOKEN_SIGN   // operators, brackets, and the words `and`, `or`, `in`
} Kind;

typedef struct Token {
    Kind kind;
    Str text;
    size_t at;
} Token;

typedef struct Parser {
    Arena *arena;
    Str text;
    size_t at;
    Token token; // the next one
    unsigned depth;
    bool failed;
    Flaw *flaw;
    Jsonata *out;
    size_t room;
    StrMap own; // variables that the expression defines
} Parser;

// What has been parsed, as far as it is a variable and fields.
typedef struct Term {
    bool is_variable, is_name, is_lambda, is_literal, has_fields;
    Str text;
    size_t use; // of a variable: its index in the uses
} Term;

static const struct {
    const char *sign;
    int power;
} powers[] = {
    {".",   75},
    {"[",   80},
    {"{",   70},
    {"(",   80},
    {"@",   80},
    {"#",   80},
    {"?",   20},
    {"+",   50},
    {"-",   50},
    {"*",   60},
    {"/",   60},
    {"%",   60},
    {"=",   40},
    {"<",   40},
    {">",   40},
    {"^",   40},
    {":=",  10},
    {"!=",  40},
    {"<=",  40},
    {">=",  40},
    {"~>",  40},
    {"and", 30},
    {"or",  25},
    {"in",  40},
    {"&",   50},
};

static int power_of(const Token *t) {
    for (size_t i = 0; t->kind == TOKEN_SIGN && i < COUNT(powers); i++)
        if (str_is(t->text, powers[i].sign))
            return powers[i].power;
    return 0;
}

static void fail(Parser *p, const char *what, size_t at) {
    if (!p->failed)
        *p->flaw = (Flaw){what, at};
    p->failed = true;
    p->token = (Token){.at = at};
}

// --- tokens

static char peek(const Parser *p, size_t ahead) {
    return p->at + ahead < p->text.len ? p->text.ptr[p->at + ahead] : '\0';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static void skip_space(Parser *p) {
    for (;;) {
        while (p->at < p->text.len && strchr(" \t\r\n\v", peek(p, 0)))
            p->at++;
        if (peek(p, 0) != '/' || peek(p, 1) != '*')
            return;
        ptrdiff_t end = str_find(str_cut(p->text, p->at, p->text.len), S("*/"));
        if (end < 0) {
            fail(p, "a comment is not closed", p->at);
            p->at = p->text.len;
            return;
        }
        p->at += (size_t)end + 2;
    }
}

static bool is_hex(char c) {
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

// A text, up to the quote that it began with.
static bool skip_string(Parser *p) {
    char quote = peek(p, 0);
    for (p->at++; p->at < p->text.len; p->at++) {
        if (peek(p, 0) == quote) {
            p->at++;
            return true;
        }
        if (peek(p, 0) != '\\' || quote == '`')
            continue;
        p->at++;
        if (!strchr("\"\\/bfnrtu", peek(p, 0)))
            fail(p, "no such escape in a text", p->at - 1);
        for (size_t i = 1; i <= 4 && peek(p, 0) == 'u'; i++)
            if (!is_hex(peek(p, i)))
                fail(p, "`\\u` wants four digits", p->at - 1);
    }
    return false;
}

// A slash ends it only outside of its brackets.
static bool skip_regex(Parser *p) {
    int open = 0;
    size_t from = ++p->at;
    for (; p->at < p->text.len; p->at++) {
        char c = peek(p, 0);
        if (c == '/' && open == 0)
            break;
        open += c == '(' || c == '[' || c == '{';
        open -= c == ')' || c == ']' || c == '}';
        p->at += c == '\\';
    }
    if (p->at >= p->text.len || p->at == from)
        return false;
    p->at++;
    while (peek(p, 0) == 'i' || peek(p, 0) == 'm')
        p->at++;
    return true;
}

static void skip_number(Parser *p) {
    bool zero = peek(p, 0) == '0';
    p->at++;
    while (!zero && is_digit(peek(p, 0)))
        p->at++;
    if (peek(p, 0) == '.' && is_digit(peek(p, 1)))
        for (p->at++; is_digit(peek(p, 0));)
            p->at++;
    size_t exponent = (peek(p, 1) == '-' || peek(p, 1) == '+') ? 2 : 1;
    if ((peek(p, 0) == 'e' || peek(p, 0) == 'E') && is_digit(peek(p, exponent)))
        for (p->at += exponent; is_digit(peek(p, 0));)
            p->at++;
}

static bool ends_name(char c) {
    return c == '\0' || strchr(" \t\r\n\v.[]{}(),@#;:?+-*/%|=<>^&!~", c);
}

static Kind scan_sign(Parser *p) {
    static const char *const doubles[] = {"..", ":=", "!=", "<=", ">=", "**", "~>"};
    for (size_t i = 0; i < COUNT(doubles); i++) {
        if (peek(p, 0) == doubles[i][0] && peek(p, 1) == doubles[i][1]) {
            p->at += 2;
            return TOKEN_SIGN;
        }
    }
    p->at++;
    return TOKEN_SIGN;
}

// A word is an operator only behind something that it can work on.
static Kind scan_name(Parser *p, bool prefix) {
    size_t from = p->at;
    while (!ends_name(peek(p, 0)))
        p->at++;
    Str word = str_cut(p->text, from, p->at);
    bool sign = str_eq(word, S("and")) || str_eq(word, S("or")) || str_eq(word, S("in"));
    return sign && !prefix ? TOKEN_SIGN : TOKEN_NAME;
}

// `prefix` says that a value may begin here, so that `/` begins a regular expression.
static Kind scan(Parser *p, bool prefix) {
    char c = peek(p, 0);
    bool closed = true;
    Kind kind = TOKEN_VALUE;
    if (c == '"' || c == '\'') {
        closed = skip_string(p);
    } else if (c == '/' && prefix) {
        closed = skip_regex(p);
    } else if (c == '`') {
        closed = skip_string(p);
        kind = TOKEN_NAME;
    } else if (is_digit(c)) {
        skip_number(p);
    } else if (c == '$') {
        p->at += peek(p, 1) == '$' ? 2 : 1;
        while (!ends_name(peek(p, 0)))
            p->at++;
        kind = TOKEN_VARIABLE;
    } else if (ends_name(c)) {
        kind = scan_sign(p);
    } else {
        kind = scan_name(p, prefix);
    }
    if (!closed)
        fail(p, "a quote, or a regular expression, is not closed", p->at);
    return kind;
}

static void advance(Parser *p, bool prefix) {
    if (p->failed)
        return;
    skip_space(p);
    size_t from = p->at;
    p->token = (Token){.at = from};
    if (p->failed || p->at >= p->text.len)
        return;
    Kind kind = scan(p, prefix);
    if (!p->failed)
        p->token = (Token){kind, str_cut(p->text, from, p->at), from};
}

static bool is_sign(const Parser *p, const char *sign) {
    return p->token.kind == TOKEN_SIGN && str_is(p->token.text, sign);
}

static bool take(Parser *p, const char *sign, bool prefix) {
    if (p->failed || !is_sign(p, sign))
        return false;
    advance(p, prefix);
    return true;
}

static void expect(Parser *p, const char *sign, const char *what, bool prefix) {
    if (!p->failed && !take(p, sign, prefix))
        fail(p, what, p->token.at);
}

// --- expressions

static Term expression(Parser *p, int power);

static size_t add_use(Parser *p, Str variable, size_t at) {
    p->out->uses =
        arena_room(p->arena, p->out->uses, sizeof *p->out->uses, p->out->count, &p->room);
    p->out->uses[p->out->count] = (JsonataUse){.variable = variable, .at = at};
    return p->out->count++;
}

static void define(Parser *p, Str variable) {
    strmap_put(&p->own, p->arena, variable, p);
}

static Str variable_name(Str text) {
    return str_cut(text, str_starts(text, S("$$")) ? 2 : 1, text.len);
}

// Items between commas, up to `end`.
static void items(Parser *p, const char *end, bool may_be_open) {
    if (!is_sign(p, end)) {
        do {
            if (may_be_open && is_sign(p, "?"))
                advance(p, false);
            else
                expression(p, 0);
            if (!may_be_open && take(p, "..", true))
                expression(p, 0);
        } while (take(p, ",", true));
    }
    expect(p, end, "a bracket is not closed", false);
}

static void pairs(Parser *p) {
    if (!is_sign(p, "}")) {
        do {
            expression(p, 0);
            expect(p, ":", "`:` is missing between a key and its value", true);
            expression(p, 0);
        } while (take(p, ",", true));
    }
    expect(p, "}", "`}` is missing", false);
}

static void block(Parser *p) {
    while (!p->failed && !is_sign(p, ")")) {
        expression(p, 0);
        if (!take(p, ";", true))
            break;
    }
    expect(p, ")", "`)` is missing", false);
}

// |object|changes, removed|
static void transform(Parser *p) {
    expression(p, 0);
    expect(p, "|", "`|` is missing", true);
    expression(p, 0);
    if (take(p, ",", true))
        expression(p, 0);
    expect(p, "|", "`|` is missing", false);
}

// What stands between the brackets of a signature such as <s-:n> fits, or the text ends.
static void skip_signature(Parser *p) {
    unsigned open = 0;
    size_t from = p->token.at;
    p->at = from;
    do {
        open += peek(p, 0) == '<';
        open -= peek(p, 0) == '>';
        p->at++;
    } while (open && p->at < p->text.len);
    if (open)
        fail(p, "a signature is not closed", from);
    advance(p, false);
}

static void lambda(Parser *p) {
    advance(p, false); // the bracket
    while (!p->failed && p->token.kind == TOKEN_VARIABLE) {
        define(p, variable_name(p->token.text));
        advance(p, false);
        if (!take(p, ",", false))
            break;
    }
    expect(p, ")", "a function's parameters are variables: `function($a, $b) {...}`", false);
    if (is_sign(p, "<"))
        skip_signature(p);
    expect(p, "{", "a function's body stands in `{...}`", true);
    expression(p, 0);
    expect(p, "}", "`}` is missing", false);
}

static Term sign_term(Parser *p, const Token *t) {
    Term term = {0};
    if (str_eq(t->text, S("-"))) {
        expression(p, 70);
    } else if (str_eq(t->text, S("("))) {
        block(p);
    } else if (str_eq(t->text, S("["))) {
        items(p, "]", false);
    } else if (str_eq(t->text, S("{"))) {
        pairs(p);
    } else if (str_eq(t->text, S("|"))) {
        transform(p);
    } else if (!str_eq(t->text, S("*")) && !str_eq(t->text, S("**")) && !str_eq(t->text, S("%"))) {
        fail(p, "an expression cannot begin here", t->at);
    }
    return term;
}

// Whether the token behind this one is an operand's beginning depends on this one.
static bool wants_operand(const Token *t) {
    static const char *const ends[] = {")", "]", "}", "*", "**", "%"};
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_is(t->text, ends[i]))
            return false;
    return t->kind == TOKEN_SIGN;
}

static Term prefix_term(Parser *p) {
    Token t = p->token;
    Term term = {0};
    if (t.kind == TOKEN_END) {
        fail(p, "the expression ends too early", t.at);
        return term;
    }
    bool empty = t.kind == TOKEN_SIGN &&
                 (str_eq(t.text, S("(")) || str_eq(t.text, S("[")) || str_eq(t.text, S("{")));
    advance(p, empty || wants_operand(&t));
    if (t.kind == TOKEN_SIGN)
        return sign_term(p, &t);
    term.text = t.text;
    term.is_name = t.kind == TOKEN_NAME;
    term.is_literal = (t.kind == TOKEN_VALUE && is_digit(t.text.ptr[0])) ||
                      str_eq(t.text, S("true")) || str_eq(t.text, S("false")) ||
                      str_eq(t.text, S("null"));
    term.is_variable = t.kind == TOKEN_VARIABLE;
    term.is_lambda = term.is_name && (str_eq(t.text, S("function")) || str_eq(t.text, S("λ")));
    if (term.is_variable)
        term.use = add_use(p, variable_name(t.text), t.at);
    return term;
}

static void add_field(const Parser *p, const Term *left, const Term *right) {
    JsonataUse *use = &p->out->uses[left->use];
    Str name = right->text;
    if (str_starts(name, S("`")))
        name = str_cut(name, 1, name.len - 1);
    if (use->count < COUNT(use->fields))
        use->fields[use->count++] = name;
}

static void order_by(Parser *p) {
    expect(p, "(", "`^` wants `(...)`", true);
    do {
        if (is_sign(p, "<") || is_sign(p, ">"))
            advance(p, true);
        expression(p, 0);
    } while (take(p, ",", true));
    expect(p, ")", "`)` is missing", false);
}

static void bind(Parser *p) {
    if (p->token.kind != TOKEN_VARIABLE) {
        fail(p, "`@` and `#` want a variable", p->token.at);
        return;
    }
    define(p, variable_name(p->token.text));
    advance(p, false);
}

static void assign(Parser *p, const Term *left, size_t at) {
    if (!left->is_variable || left->has_fields)
        fail(p, "only a variable can stand before `:=`", at);
    else
        define(p, variable_name(left->text));
    expression(p, 9); // from the right
}

static Term infix_term(Parser *p, Term left, Token t, int power) {
    Term term = {0};
    if (str_eq(t.text, S("."))) {
        Term right = expression(p, power);
        if (left.is_literal || right.is_literal)
            fail(p, "a number, `true`, `false` or `null` has no fields, and is none", t.at);
        if (left.is_variable && right.is_name && !right.is_lambda) {
            add_field(p, &left, &right);
            left.has_fields = true;
            return left;
        }
    } else if (str_eq(t.text, S("["))) {
        if (!take(p, "]", false)) {
            expression(p, 0);
            expect(p, "]", "`]` is missing", false);
        }
    } else if (str_eq(t.text, S("("))) {
        if (left.is_variable)
            p->out->uses[left.use].is_call = true;
        items(p, ")", true);
    } else if (str_eq(t.text, S("{"))) {
        pairs(p);
    } else if (str_eq(t.text, S("?"))) {
        expression(p, 0);
        if (take(p, ":", true))
            expression(p, 0);
    } else if (str_eq(t.text, S("^"))) {
        order_by(p);
    } else if (str_eq(t.text, S("@")) || str_eq(t.text, S("#"))) {
        bind(p);
    } else if (str_eq(t.text, S(":="))) {
        assign(p, &left, t.at);
    } else {
        expression(p, power);
    }
    return term;
}

static Term expression(Parser *p, int power) {
    Term left = {0};
    if (++p->depth > DEPTH)
        fail(p, "too deeply nested", p->token.at);
    if (!p->failed)
        left = prefix_term(p);
    while (!p->failed && power < power_of(&p->token)) {
        Token t = p->token;
        if (left.is_lambda && str_eq(t.text, S("("))) {
            lambda(p);
            left = (Term){0};
            continue;
        }
        bool operand = !str_eq(t.text, S("@")) && !str_eq(t.text, S("#"));
        advance(p, operand);
        left = infix_term(p, left, t, power_of(&t));
    }
    p->depth--;
    return left;
}

bool jsonata_parse(Arena *a, Str text, Jsonata *out, Flaw *flaw) {
    *out = (Jsonata){0};
    Parser p = {.arena = a, .text = text, .flaw = flaw, .out = out};
    advance(&p, true);
    expression(&p, 0);
    if (!p.failed && p.token.kind != TOKEN_END)
        fail(&p, "the expression should end here", p.token.at);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++)
        if (out->uses[i].variable.len && !strmap_get(&p.own, out->uses[i].variable))
            out->uses[kept++] = out->uses[i];
    out->count = kept;
    return !p.failed;
}

bool jsonata_is_function(Str name) {
    static const char functions[] =
        " abs append assert average base64decode base64encode boolean ceil clone contains count"
        " decodeUrl decodeUrlComponent distinct each encodeUrl encodeUrlComponent error exists"
        " filter floor formatBase formatInteger formatNumber fromMillis hash join keys length"
        " lookup lowercase map match max merge millis min not now number pad parse parseInteger"
        " partition power random range reduce replace reverse round shuffle sift single sort split"
        " spread sqrt string substring substringAfter substringBefore sum toMillis trim type"
        " uppercase uuid zip ";
    Str all = S(functions);
    for (ptrdiff_t at; (at = str_find(all, name)) >= 0;) {
        bool whole = at > 0 && all.ptr[at - 1] == ' ' && all.ptr[(size_t)at + name.len] == ' ';
        if (whole)
            return true;
        all = str_cut(all, (size_t)at + 1, all.len);
    }
    return false;
}
