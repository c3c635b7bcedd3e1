// path.c - JSONPath and intrinsic functions, parsed. The service reads JSONPath with Jayway's
// library; this accepts what that does, and knows which paths are reference paths.
#include "path.h"

#include <string.h>

enum { DEPTH = 32 }; // of calls in calls, and of paths in paths

typedef struct Reader {
    Arena *arena;
    Str text;
    size_t at;
    unsigned depth;
    Flaw *flaw;
} Reader;

static bool fail(Reader *r, const char *what) {
    *r->flaw = (Flaw){what, r->at};
    return false;
}

static char peek(const Reader *r) {
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static bool take(Reader *r, Str word) {
    if (!str_starts(str_cut(r->text, r->at, r->text.len), word))
        return false;
    r->at += word.len;
    return true;
}

static void skip_space(Reader *r) {
    while (r->at < r->text.len && strchr(" \t\r\n", peek(r)))
        r->at++;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_name_char(char c) {
    return (c & 0x80) || (c > ' ' && c != 0x7F && !strchr(".[](){},'\"=<>!?*|&`", c));
}

static Str take_name(Reader *r) {
    size_t from = r->at;
    while (r->at < r->text.len && is_name_char(peek(r)))
        r->at++;
    return str_cut(r->text, from, r->at);
}

static void add_step(const Reader *r, Path *path, StepKind kind, Str name) {
    if ((path->count & (path->count - 1)) == 0) { // a power of two: full
        Step *more = arena_new(r->arena, Step, path->count ? path->count * 2 : 1);
        if (path->count)
            memcpy(more, path->steps, path->count * sizeof *more);
        path->steps = more;
    }
    path->steps[path->count++] = (Step){kind, name};
    path->is_reference = path->is_reference && kind != STEP_MANY;
}

// A quoted text; the quotes are not in it. Backslashes stay.
static bool take_quoted(Reader *r, Str *inside) {
    char quote = peek(r);
    size_t from = ++r->at;
    while (r->at < r->text.len && peek(r) != quote)
        r->at += peek(r) == '\\' ? 2 : 1;
    if (r->at >= r->text.len)
        return fail(r, "a quote is not closed");
    *inside = str_cut(r->text, from, r->at++);
    return true;
}

// `?(...)` or `(@.length-1)`: what stands in it is the service's, but brackets and quotes fit.
static bool take_script(Reader *r) {
    unsigned open = 0;
    bool filter = take(r, S("?"));
    skip_space(r);
    if (peek(r) != '(')
        return fail(r, filter ? "a filter is `[?(...)]`" : "this is no index");
    size_t from = r->at;
    do {
        Str unused;
        char c = peek(r);
        if (c == '\0')
            return fail(r, "a bracket is not closed");
        if (c == '\'' || c == '"') {
            if (!take_quoted(r, &unused))
                return false;
            continue;
        }
        open += c == '(';
        open -= c == ')';
        r->at++;
    } while (open);
    if (r->at - from == 2)
        return fail(r, "this filter is empty");
    return true;
}

static bool take_int(Reader *r, bool *negative) {
    *negative = take(r, S("-"));
    if (!is_digit(peek(r)))
        return false;
    while (is_digit(peek(r)))
        r->at++;
    return true;
}

static bool take_path(Reader *r, Path *path);

// `0`, `-1`, `0,2`, `1:3`, `:2`, `'name'`, `'a','b'`, `*`, or the path of one: `$.at`
static bool take_items(Reader *r, Path *path) {
    Str name = {0};
    size_t names = 0, numbers = 0;
    bool many = false;
    for (;;) {
        bool negative;
        skip_space(r);
        if (peek(r) == '\'' || peek(r) == '"') {
            if (!take_quoted(r, &name))
                return false;
            names++;
        } else if (take(r, S("*"))) {
            many = true;
        } else if (peek(r) == '$') {
            Path unused;
            if (++r->depth > DEPTH)
                return fail(r, "too many paths in paths");
            if (!take_path(r, &unused))
                return false;
            r->depth--;
            many = true;
        } else if (take_int(r, &negative)) {
            numbers++;
            many = many || negative;
        } else if (peek(r) != ':') {
            return fail(r, "an index is a number, a name in quotes, a slice, `*` or a filter");
        }
        skip_space(r);
        if (take(r, S(":"))) {
            many = true;
            take_int(r, &negative);
            skip_space(r);
        }
        if (!take(r, S(",")))
            break;
        many = true;
    }
    add_step(r, path, many ? STEP_MANY : names ? STEP_FIELD : STEP_INDEX, many ? S("") : name);
    return names == 0 || numbers == 0 || fail(r, "names and numbers in one index");
}

static bool take_index(Reader *r, Path *path) {
    r->at++;
    skip_space(r);
    if (peek(r) == '?' || peek(r) == '(') {
        if (!take_script(r))
            return false;
        add_step(r, path, STEP_MANY, S(""));
    } else if (!take_items(r, path)) {
        return false;
    }
    skip_space(r);
    return take(r, S("]")) || fail(r, "`]` is missing");
}

// What follows a dot: a name, `*`, or a function such as `length()`.
static bool take_member(Reader *r, Path *path, bool deep) {
    if (take(r, S("*"))) {
        add_step(r, path, STEP_MANY, S(""));
        return true;
    }
    if (peek(r) == '[') { // `$..[0]`, and `$.[0]`, which Jayway takes for `$[0]`
        path->is_reference = path->is_reference && !deep;
        return take_index(r, path);
    }
    Str name = take_name(r);
    if (!name.len)
        return fail(r, "a name is missing behind the dot");
    bool function = take(r, S("()"));
    add_step(r, path, deep || function ? STEP_MANY : STEP_FIELD, name);
    return true;
}

static bool take_path(Reader *r, Path *path) {
    size_t from = r->at;
    *path = (Path){.is_reference = true};
    if (!take(r, S("$")))
        return fail(r, "a path begins with `$`");
    if (take(r, S("$")))
        path->root = ROOT_CONTEXT;
    else if (is_name_char(peek(r)) && peek(r) != '@' && peek(r) != '-') {
        path->root = ROOT_VARIABLE;
        path->variable = take_name(r);
    }
    for (;;) {
        bool ok = true;
        if (peek(r) == '[')
            ok = take_index(r, path);
        else if (take(r, S("..")))
            ok = take_member(r, path, true);
        else if (take(r, S(".")))
            ok = take_member(r, path, false);
        else
            break;
        if (!ok)
            return false;
    }
    path->text = str_cut(r->text, from, r->at);
    return true;
}

size_t path_scan(Arena *a, Str text, Path *path, Flaw *flaw) {
    Reader r = {.arena = a, .text = text, .flaw = flaw};
    return take_path(&r, path) ? r.at : 0;
}

bool path_parse(Arena *a, Str text, Path *path, Flaw *flaw) {
    Reader r = {.arena = a, .text = text, .flaw = flaw};
    return take_path(&r, path) && (r.at == text.len || fail(&r, "the path should end here"));
}

// Letters: p path, s string, n number, b any value; what is not a path may be one, or a call.
static const Intrinsic intrinsics[] = {
    {"Array",          0, -1, "b"  },
    {"ArrayPartition", 2, 2,  "pn" },
    {"ArrayContains",  2, 2,  "pb" },
    {"ArrayRange",     3, 3,  "nnn"},
    {"ArrayGetItem",   2, 2,  "pn" },
    {"ArrayLength",    1, 1,  "p"  },
    {"ArrayUnique",    1, 1,  "p"  },
    {"Base64Encode",   1, 1,  "s"  },
    {"Base64Decode",   1, 1,  "s"  },
    {"Format",         1, -1, "sb" },
    {"Hash",           2, 2,  "bs" },
    {"JsonMerge",      3, 3,  "ppb"},
    {"JsonToString",   1, 1,  "p"  },
    {"MathAdd",        2, 2,  "nn" },
    {"MathRandom",     2, 3,  "nnn"},
    {"StringSplit",    2, 2,  "ss" },
    {"StringToJson",   1, 1,  "s"  },
    {"UUID",           0, 0,  ""   },
};

static const Intrinsic *find_intrinsic(Str name) {
    for (size_t i = 0; i < COUNT(intrinsics); i++)
        if (str_is(name, intrinsics[i].name))
            return &intrinsics[i];
    return NULL;
}

static Expr *take_expr(Reader *r);

static bool fits(const Expr *e, char letter) {
    switch (e->kind) {
    case EXPR_STRING:
        return letter == 's' || letter == 'b';
    case EXPR_NUMBER:
        return letter == 'n' || letter == 'b';
    case EXPR_WORD:
        return letter == 'b';
    default:
        return true;
    }
}

// The places that `{}` leaves in the text of States.Format.
static size_t count_places(Str text) {
    size_t count = 0;
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.ptr[i] == '\\')
            i++;
        else if (text.ptr[i] == '{' && text.ptr[i + 1] == '}')
            count++;
    }
    return count;
}

static bool check_args(Reader *r, const Expr *call) {
    const Intrinsic *f = call->function;
    if ((int)call->count < f->least || (f->most >= 0 && (int)call->count > f->most))
        return fail(r, "not the number of arguments that this function takes");
    size_t letters = strlen(f->args);
    for (size_t i = 0; i < call->count; i++)
        if (!fits(call->args[i], f->args[i < letters ? i : letters - 1]))
            return fail(r, "an argument is not of the type that this function takes");
    bool format = strcmp(f->name, "Format") == 0 && call->args[0]->kind == EXPR_STRING;
    if (format && count_places(call->args[0]->text) != call->count - 1)
        return fail(r, "the number of `{}` is not that of the arguments behind the text");
    return true;
}

static bool take_args(Reader *r, Expr *call) {
    size_t room = 0;
    skip_space(r);
    if (take(r, S(")")))
        return true;
    for (;;) {
        Expr *arg = take_expr(r);
        if (!arg)
            return false;
        if (call->count == room) {
            Expr **more = arena_new(r->arena, Expr *, room = room ? room * 2 : 4);
            if (call->count)
                memcpy(more, call->args, call->count * sizeof *more);
            call->args = more;
        }
        call->args[call->count++] = arg;
        skip_space(r);
        if (take(r, S(")")))
            return true;
        if (!take(r, S(",")))
            return fail(r, "`,` or `)` is missing");
    }
}

static bool take_call(Reader *r, Expr *e) {
    size_t from = r->at;
    r->at += sizeof "States." - 1;
    while ((peek(r) >= 'A' && peek(r) <= 'Z') || (peek(r) >= 'a' && peek(r) <= 'z') ||
           is_digit(peek(r)))
        r->at++;
    e->kind = EXPR_CALL;
    e->text = str_cut(r->text, from, r->at);
    e->function = find_intrinsic(str_cut(e->text, sizeof "States." - 1, e->text.len));
    if (!e->function) {
        r->at = from;
        return fail(r, "there is no such intrinsic function");
    }
    skip_space(r);
    if (!take(r, S("(")))
        return fail(r, "`(` is missing");
    if (++r->depth > DEPTH)
        return fail(r, "too many calls in calls");
    if (!take_args(r, e))
        return false;
    r->depth--;
    return check_args(r, e);
}

static bool take_number(Reader *r, Expr *e) {
    size_t from = r->at;
    while (r->at < r->text.len && (is_digit(peek(r)) || strchr("+-.eE", peek(r))))
        r->at++;
    e->kind = EXPR_NUMBER;
    e->text = str_cut(r->text, from, r->at);
    return true;
}

static bool take_value(Reader *r, Expr *e) {
    static const Str words[] = {
        {"null",  4},
        {"true",  4},
        {"false", 5}
    };
    char c = peek(r);
    if (c == '$') {
        e->kind = EXPR_PATH;
        return take_path(r, &e->path);
    }
    if (str_starts(str_cut(r->text, r->at, r->text.len), S("States.")))
        return take_call(r, e);
    if (c == '\'') {
        e->kind = EXPR_STRING;
        return take_quoted(r, &e->text);
    }
    if (is_digit(c) || c == '-')
        return take_number(r, e);
    for (size_t i = 0; i < COUNT(words); i++) {
        if (take(r, words[i])) {
            e->kind = EXPR_WORD;
            e->text = words[i];
            return true;
        }
    }
    return fail(r, "neither a path, a function, a text in single quotes nor a number");
}

static Expr *take_expr(Reader *r) {
    Expr *e = arena_new(r->arena, Expr, 1);
    skip_space(r);
    return take_value(r, e) ? e : NULL;
}

Expr *expr_parse(Arena *a, Str text, Flaw *flaw) {
    Reader r = {.arena = a, .text = text, .flaw = flaw};
    Expr *e = take_expr(&r);
    if (!e)
        return NULL;
    skip_space(&r);
    if (r.at < text.len) {
        fail(&r, "the expression should end here");
        return NULL;
    }
    if (e->kind != EXPR_PATH && e->kind != EXPR_CALL) {
        r.at = 0;
        fail(&r, "neither a path nor an intrinsic function");
        return NULL;
    }
    return e;
}
