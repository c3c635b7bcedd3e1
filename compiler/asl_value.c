// asl_value.c - the values of fields: paths, expressions, templates, choice rules.
#include "asl_check.h"
#include "condition.h"
#include "jsonata.h"
#include "path.h"

// Open pieces of a text count as one letter: what they stand for is a part of a name.
static Str text_of(const AslCheck *c, const Node *n) {
    if (n->type != NODE_TEXT)
        return node_str(n);
    Buf b = {.arena = c->arena};
    for (uint32_t i = 0; i < n->count; i++)
        buf_put(&b, n->pieces[i].kind == PIECE_LITERAL ? n->pieces[i].text : S("x"));
    Str text = buf_keep(&b, c->arena);
    buf_free(&b);
    return text;
}

Str asl_word(const AslCheck *c, Str field) {
    const AslField *f;
    if (c->imported)
        return field;
    if (str_eq(field, S("Resource")))
        return S("call");
    for (size_t i = 0; (f = asl_field_at(i)); i++)
        if (f->stage.len && str_eq(field, f->name))
            return f->stage;
    return field;
}

bool asl_is_placeholder(const AslCheck *c, const Node *n) {
    Str s = node_str(n);
    return c->placeholders && str_starts(s, S("${")) && str_ends(s, S("}"));
}

Loc asl_flaw_place(const Node *n, size_t at) {
    Loc loc = n->loc;
    bool one_line = n->type == NODE_SCALAR && n->style != STYLE_BLOCK && at < loc.len;
    if (!loc.src || !one_line || str_find(n->text, S("\n")) >= 0)
        return loc;
    loc.col += (uint32_t)at + (n->style == STYLE_QUOTED);
    loc.len = 1;
    return loc;
}

static void flawed(const AslCheck *c, const Node *n, const char *id, Str what, Flaw flaw) {
    diag_error(c->diags, asl_flaw_place(n, flaw.at), id, "%.*s of `%.*s`: %s", SFMT(what),
               SFMT(c->state), flaw.what);
}

static void not_a_string(const AslCheck *c, const Node *n, Str field) {
    field = asl_word(c, field);
    diag_error(c->diags, n->loc, "wrong-type", "`%.*s` of `%.*s` is a text", SFMT(field),
               SFMT(c->state));
}

bool asl_check_path(const AslCheck *c, const Node *n, Str field, bool reference, bool input) {
    Path path;
    Flaw flaw = {0};
    if (!node_is_string(n)) {
        not_a_string(c, n, field);
        return false;
    }
    if (asl_is_placeholder(c, n))
        return true;
    field = asl_word(c, field);
    Str what = str_fmt(c->arena, "`%.*s`", SFMT(field));
    if (!path_parse(c->arena, text_of(c, n), &path, &flaw)) {
        flawed(c, n, "bad-path", what, flaw);
        diag_help(c->diags, "a path is `$`, `$.order.id`, `$.items[0]` or `$['a b']`");
        return false;
    }
    if (input && path.root != ROOT_INPUT) {
        flawed(c, n, "bad-path", what,
               (Flaw){"it is a place in the input, and begins with `$.`", 0});
        return false;
    }
    if (reference && !path.is_reference) {
        flawed(c, n, "bad-path", what,
               (Flaw){"it must be one place: no `*`, `..`, filters or slices", 0});
        return false;
    }
    return true;
}

bool asl_check_expression(const AslCheck *c, const Node *n) {
    Flaw flaw = {0};
    if (asl_is_placeholder(c, n) || expr_parse(c->arena, text_of(c, n), &flaw))
        return true;
    flawed(c, n, "bad-expression", S("an expression"), flaw);
    return false;
}

// Source: developer guide, transforming data with JSONata: `$eval` is not there, the service
// refuses `$states.result` and `$states.errorOutput` elsewhere, and a variable of a workflow holds
// JSON, so that a function is built in, or made in the expression itself.
static bool uses_what_is_there(const AslCheck *c, const Jsonata *parsed, Flaw *flaw) {
    for (size_t i = 0; i < parsed->count; i++) {
        const JsonataUse *use = &parsed->uses[i];
        Str part = str_eq(use->variable, S("states")) && use->count ? use->fields[0] : (Str){0};
        const char *what = NULL;
        if (str_eq(part, S("result")) && !c->has_result)
            what = "`$states.result` is only there in `assign` and `output` of what has a result";
        else if (str_eq(part, S("errorOutput")) && !c->has_error)
            what = "`$states.errorOutput` is only there in `catch`";
        else if (use->is_call && str_eq(use->variable, S("eval")))
            what = "the service has no `$eval`: use `$parse` for JSON";
        else if (use->is_call && !use->count && !c->imported && !jsonata_is_function(use->variable))
            what = str_fmt(c->arena, "no function is called `$%.*s`", SFMT(use->variable)).ptr;
        if (what) {
            *flaw = (Flaw){what, use->at};
            return false;
        }
    }
    return true;
}

bool asl_check_jsonata(const AslCheck *c, const Node *n) {
    Str s = text_of(c, n);
    Jsonata parsed;
    Flaw flaw = {0};
    if (!asl_is_jsonata(s)) {
        flawed(c, n, "bad-jsonata", S("an expression"),
               (Flaw){"it begins with `{%` and ends with `%}`", 0});
        return false;
    }
    if (jsonata_parse(c->arena, str_cut(s, 2, s.len - 2), &parsed, &flaw) &&
        uses_what_is_there(c, &parsed, &flaw))
        return true;
    flaw.at += 2;
    flawed(c, n, "bad-jsonata", S("an expression"), flaw);
    return false;
}

// `a.$` and `a` would be one field when the expression has been put in.
static void check_twins(const AslCheck *c, const Node *map, const Entry *e) {
    Str plain = str_cut(e->key->text, 0, e->key->text.len - 2);
    const Entry *twin = node_find(map, plain);
    if (!twin)
        return;
    diag_error(c->diags, e->key->loc, "duplicate-field", "`%.*s` is there twice in `%.*s`",
               SFMT(plain), SFMT(c->state));
    diag_also(c->diags, twin->key->loc, "as a value, and as an expression");
    diag_help(c->diags, "`.$` is taken off when the value is known: keep one of them");
}

static void check_jsonata_string(const AslCheck *c, const Node *n) {
    Str s = text_of(c, n);
    if (str_starts(s, S("{%")) || str_ends(s, S("%}")))
        asl_check_jsonata(c, n);
}

static bool begins_name(Str s, size_t at) {
    return at < s.len && char_is_word(s.ptr[at]) && s.ptr[at] > '9';
}

// `order $.id`: a path within other words, which stays as it is. What is in quotes is for somebody
// else, such as the path in a query.
static bool has_path(Str s) {
    for (size_t at = 1; at < s.len; at++) {
        char before = s.ptr[at - 1];
        if (s.ptr[at] != '$' || before == '\'' || before == '"' || before == '`')
            continue;
        size_t dot = at + 1 + (at + 1 < s.len && s.ptr[at + 1] == '$');
        if (dot < s.len && s.ptr[dot] == '.' && begins_name(s, dot + 1))
            return true;
    }
    return false;
}

// An expression of the other language, as a whole.
static bool is_foreign(Str s, Query query) {
    if (query == QUERY_PATH)
        return asl_is_jsonata(s);
    size_t dot = str_starts(s, S("$$")) ? 2 : 1;
    bool path = str_starts(s, S("$")) && dot < s.len && s.ptr[dot] == '.';
    return (path && begins_name(s, dot + 1)) ||
           (str_starts(s, S("States.")) && str_find(s, S("(")) > 0);
}

// Whoever writes ASL knows what is an expression.
static void check_words(const AslCheck *c, const Node *n, Query query) {
    Str s = node_str(n);
    bool foreign = is_foreign(s, query), path = query == QUERY_PATH;
    if (c->imported || n->type != NODE_SCALAR ||
        !(foreign || (path ? has_path(s) : str_find(s, S("{%")) > 0)))
        return;
    if (foreign)
        diag_warn(c->diags, n->loc, "path-in-text",
                  "`%.*s` says this word by word: its language is %s", SFMT(c->state),
                  path ? "JSONPath" : "JSONata");
    else
        diag_warn(c->diags, n->loc, "path-in-text",
                  "`%.*s` says this word by word, with the %s in it", SFMT(c->state),
                  path ? "path" : "expression");
    if (path)
        diag_help(c->diags, foreign ? "write a path such as `$.id`, or add `query: jsonata`"
                                    : "write `States.Format('order {}', $.id)`");
    else
        diag_help(c->diags, foreign ? "write `{%% $states.input.id %%}`"
                                    : "write `{%% 'order ' & $states.input.id %%}`");
}

void asl_check_template(const AslCheck *c, const Node *n, Query query) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        asl_check_template(c, n->items[i], query);
    if (node_is_string(n)) {
        if (query == QUERY_JSONATA)
            check_jsonata_string(c, n);
        check_words(c, n, query);
    }
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        const Entry *e = &n->entries[i];
        bool marked = query == QUERY_PATH && str_ends(e->key->text, S(".$"));
        if (!marked) {
            asl_check_template(c, e->value, query);
            continue;
        }
        check_twins(c, n, e);
        if (node_is_string(e->value))
            asl_check_expression(c, e->value);
        else
            not_a_string(c, e->value, e->key->text);
    }
}

static bool in_range(Str s, size_t at, int least, int most) {
    int value = (s.ptr[at] - '0') * 10 + s.ptr[at + 1] - '0';
    return value >= least && value <= most;
}

static bool is_time(Str s) {
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    size_t i = 0;
    for (; form[i] && i < s.len; i++) {
        bool digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
        if (form[i] == 'd' ? !digit : s.ptr[i] != form[i])
            return false;
    }
    if (form[i] || !in_range(s, 5, 1, 12) || !in_range(s, 8, 1, 31) || !in_range(s, 11, 0, 23) ||
        !in_range(s, 14, 0, 59) || !in_range(s, 17, 0, 60))
        return false;
    if (i < s.len && s.ptr[i] == '.')
        for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';)
            i++;
    Str zone = str_cut(s, i, s.len);
    return str_eq(zone, S("Z")) ||
           (zone.len == 6 && (zone.ptr[0] == '+' || zone.ptr[0] == '-') && zone.ptr[3] == ':');
}

bool asl_is_time(const AslCheck *c, const Node *n) {
    return asl_is_placeholder(c, n) || is_time(text_of(c, n));
}

// Source: developer guide, passing data between states with variables.
static const char *name_flaw(Str name) {
    enum { NAME_MOST = 80 };
    if (str_eq(name, S("states")))
        return "`$states` is the service's own";
    if (!name.len || name.len > NAME_MOST)
        return "a variable's name has 1 to 80 characters";
    for (size_t i = 0; i < name.len; i++) {
        unsigned char x = (unsigned char)name.ptr[i];
        bool letter = (x | 0x20) >= 'a' && (x | 0x20) <= 'z';
        bool inner = i > 0 && ((x >= '0' && x <= '9') || x == '-');
        if (!letter && x != '_' && x < 0x80 && !inner)
            return "a variable's name begins with a letter, and has letters, digits and `_`";
    }
    return NULL;
}

void asl_check_assign(const AslCheck *c, const Node *n, Query query) {
    if (n->type != NODE_MAP) {
        if (!asl_is_open(c, n, query))
            asl_wrong(c, n, S("Assign"), "an object");
        return;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        const Node *key = n->entries[i].key;
        Str name = key->text;
        if (query == QUERY_PATH && str_ends(name, S(".$")))
            name = str_cut(name, 0, name.len - 2);
        const char *flaw = name_flaw(name);
        if (flaw) {
            diag_error(c->diags, key->loc, "wrong-type", "`%.*s` of `%.*s` is no variable",
                       SFMT(name), SFMT(c->state));
            diag_note(c->diags, "%s", flaw);
        }
    }
    asl_check_template(c, n, query);
}

static void check_operands(const AslCheck *c, const Node *rule) {
    static const char *const series[] = {"And", "Or"};
    for (size_t i = 0; i < COUNT(series); i++) {
        const Node *list = node_get(rule, str_from(series[i]));
        for (uint32_t j = 0; list && j < list->count; j++)
            asl_check_rule(c, list->items[j], false);
    }
    const Node *not = node_get(rule, S("Not")), *variable = node_get(rule, S("Variable"));
    if (not )
        asl_check_rule(c, not, false);
    if (variable)
        asl_check_path(c, variable, S("Variable"), true, false);
    for (uint32_t i = 0; i < rule->count; i++) {
        bool is_path;
        const Entry *e = &rule->entries[i];
        const AslOperator *o = asl_operator(e->key->text, &is_path);
        if (o && is_path)
            asl_check_path(c, e->value, e->key->text, true, false);
        else if (o && o->operand == OPERAND_TIMESTAMP && !asl_is_time(c, e->value))
            asl_wrong(c, e->value, e->key->text, "a time such as `2030-01-31T12:00:00Z`");
    }
}

void asl_check_rule(const AslCheck *c, const Node *rule, bool top) {
    Buf unused = {.arena = c->arena};
    Flaw flaw = {0};
    bool ok = !top || condition_print(c->arena, &unused, rule, &flaw);
    buf_free(&unused);
    if (!ok) {
        diag_error(c->diags, rule->loc, "bad-condition", "a choice of `%.*s`: %s", SFMT(c->state),
                   flaw.what);
        return;
    }
    check_operands(c, rule);
}
