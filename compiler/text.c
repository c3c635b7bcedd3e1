// text.c - Mustache over Nodes. A template is cut into tokens once; rendering walks them with a
// stack of contexts. Standalone tags take their line with them, as the language wants.
#include "text.h"

#include <string.h>

typedef enum TokenKind {
    TOKEN_TEXT,
    TOKEN_NAME,     // {{x}}
    TOKEN_RAW,      // {{{x}}} and {{&x}}
    TOKEN_SECTION,  // {{#x}}
    TOKEN_INVERTED, // {{^x}}
    TOKEN_CLOSE,    // {{/x}}
    TOKEN_PARTIAL,  // {{>x}}
    TOKEN_NOTHING   // a comment, or a change of the delimiters
} TokenKind;

typedef struct Token {
    TokenKind kind;
    bool dynamic; // of a partial: {{>*x}}, where x says which
    Str text;     // the text itself, or the name
    Str indent;   // of a partial that stands alone on its line
    size_t close; // of a section: the index of its end
    Loc loc;
} Token;

typedef struct Tokens {
    Token *list;
    size_t count, cap;
} Tokens;

typedef struct Lexer {
    Arena *arena;
    Diags *diags;
    const Source *src;
    Str open, shut; // the delimiters
    size_t at;
    size_t line_start; // of the line that `at` is in
    uint32_t line;
    bool failed;
    Tokens tokens;
} Lexer;

static void fail(Lexer *l, Loc at, const char *what, Str text) {
    diag_error(l->diags, at, "template", "%s `%.*s`", what, SFMT(text));
    l->failed = true;
}

static Loc here(const Lexer *l) {
    return (Loc){l->src, l->line, (uint32_t)(l->at - l->line_start + 1), 1};
}

static void push(Lexer *l, Token token) {
    Tokens *t = &l->tokens;
    t->list = arena_room(l->arena, t->list, sizeof *t->list, t->count, &t->cap);
    t->list[t->count++] = token;
}

static void count_lines(Lexer *l, size_t to) {
    const char *text = l->src->text.ptr, *end;
    for (size_t i = l->at; i < to && (end = memchr(text + i, '\n', to - i));) {
        i = (size_t)(end - text) + 1;
        l->line++;
        l->line_start = i;
    }
    l->at = to;
}

static void put_text(Lexer *l, size_t from, size_t to) {
    if (to > from)
        push(l, (Token){.kind = TOKEN_TEXT, .text = str_cut(l->src->text, from, to)});
}

static ptrdiff_t find_from(Str text, size_t from, Str part) {
    ptrdiff_t at = str_find(str_cut(text, from, text.len), part);
    return at < 0 ? -1 : at + (ptrdiff_t)from;
}

static bool is_blank(Str text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' && text.ptr[i] != '\t')
            return false;
    return true;
}

// Where the line ends that a tag from `start` to `end` stands on alone, or 0 if it does not.
static size_t standalone_end(const Lexer *l, size_t line_start, size_t start, size_t end) {
    Str text = l->src->text;
    if (!is_blank(str_cut(text, line_start, start)))
        return 0;
    size_t i = end;
    while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\t'))
        i++;
    if (i == text.len)
        return i;
    if (text.ptr[i] == '\n')
        return i + 1;
    return text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n' ? i + 2 : 0;
}

static void set_delimiters(Lexer *l, Str inside, Loc at) {
    Str both = str_trim(str_cut(inside, 1, inside.len - 1)); // between the equals signs
    size_t first = 0, last = both.len;
    while (first < both.len && both.ptr[first] != ' ' && both.ptr[first] != '\t')
        first++;
    while (last > first && both.ptr[last - 1] != ' ' && both.ptr[last - 1] != '\t')
        last--;
    if (inside.len < 2 || !str_ends(inside, S("=")) || !first || last == both.len || last <= first)
        fail(l, at, "no two delimiters are in", inside);
    else {
        l->open = str_cut(both, 0, first);
        l->shut = str_cut(both, last, both.len);
    }
}

static Token tag_token(Lexer *l, Str inside, bool triple, Loc at) {
    static const char sigils[] = "#^/>&!=";
    static const TokenKind kinds[] = {TOKEN_SECTION, TOKEN_INVERTED, TOKEN_CLOSE,  TOKEN_PARTIAL,
                                      TOKEN_RAW,     TOKEN_NOTHING,  TOKEN_NOTHING};
    Token t = {.kind = triple ? TOKEN_RAW : TOKEN_NAME, .text = str_trim(inside), .loc = at};
    Str trimmed = t.text;
    const char *sigil = trimmed.len && !triple ? strchr(sigils, trimmed.ptr[0]) : NULL;
    if (sigil && *sigil) {
        t.kind = kinds[sigil - sigils];
        t.text = str_trim(str_cut(trimmed, 1, trimmed.len));
        if (*sigil == '=')
            set_delimiters(l, trimmed, at);
    }
    if (t.kind == TOKEN_PARTIAL && str_starts(t.text, S("*"))) {
        t.dynamic = true;
        t.text = str_trim(str_cut(t.text, 1, t.text.len));
    }
    if (!t.text.len && t.kind != TOKEN_NOTHING)
        fail(l, at, "a tag without a name:", inside);
    return t;
}

// Takes the next tag and the text before it. False at the end.
static bool next_tag(Lexer *l) {
    Str text = l->src->text;
    size_t from = l->at;
    ptrdiff_t start = find_from(text, from, l->open);
    if (start < 0) {
        put_text(l, from, text.len);
        return false;
    }
    count_lines(l, (size_t)start);
    Loc at = here(l);
    size_t line_start = l->line_start;
    size_t inner = (size_t)start + l->open.len;
    bool triple = str_eq(l->open, S("{{")) && inner < text.len && text.ptr[inner] == '{';
    Str shut = triple ? S("}}}") : l->shut;
    if (inner + 1 < text.len && text.ptr[inner] == '=')
        shut = str_fmt(l->arena, "=%.*s", SFMT(l->shut));
    ptrdiff_t stop = find_from(text, inner, shut);
    if (stop < 0) {
        fail(l, at, "a tag is not closed with", shut);
        return false;
    }
    size_t end = (size_t)stop + shut.len;
    bool equals = str_starts(shut, S("="));
    Token t =
        tag_token(l, str_cut(text, inner + triple, (size_t)stop + (equals ? 1 : 0)), triple, at);
    size_t alone = t.kind == TOKEN_NAME || t.kind == TOKEN_RAW
                       ? 0
                       : standalone_end(l, line_start, (size_t)start, end);
    // What stands before a tag on its line may be the rest of another tag's line.
    size_t before = alone && line_start >= from ? line_start : (size_t)start;
    if (alone && line_start < from)
        alone = 0;
    put_text(l, from, before);
    if (alone)
        t.indent = str_cut(text, line_start, (size_t)start);
    if (t.kind != TOKEN_NOTHING)
        push(l, t);
    count_lines(l, alone ? alone : end);
    return true;
}

// Finds the end of every section.
static void match_sections(Lexer *l) {
    size_t *stack = arena_new(l->arena, size_t, l->tokens.count + 1);
    size_t depth = 0;
    for (size_t i = 0; i < l->tokens.count && !l->failed; i++) {
        Token *t = &l->tokens.list[i];
        if (t->kind == TOKEN_SECTION || t->kind == TOKEN_INVERTED) {
            stack[depth++] = i;
        } else if (t->kind == TOKEN_CLOSE) {
            Token *open = depth ? &l->tokens.list[stack[--depth]] : NULL;
            if (open && str_eq(open->text, t->text))
                open->close = i;
            else
                fail(l, t->loc, "this closes no section:", t->text);
        }
    }
    if (depth && !l->failed)
        fail(l, l->tokens.list[stack[depth - 1]].loc,
             "a section is not closed:", l->tokens.list[stack[depth - 1]].text);
}

static bool tokenize(Arena *a, Diags *d, const Source *src, Tokens *tokens) {
    Lexer l = {.arena = a, .diags = d, .src = src, .open = S("{{"), .shut = S("}}"), .line = 1};
    while (!l.failed && next_tag(&l))
        continue;
    match_sections(&l);
    *tokens = l.tokens;
    return !l.failed;
}

enum { TEXT_DEPTH = 100 }; // of partials within partials: a template that never ends is a mistake

typedef struct Frame { // a context, innermost first
    const Node *value;
    const struct Frame *outer;
} Frame;

typedef struct Renderer {
    Arena *arena;
    Diags *diags;
    const TextRules *rules;
    StrMap *cut; // what was cut before: path and indentation to its Tokens
    Buf *out;
    unsigned depth;
    bool failed;
} Renderer;

// Only the first word of a dotted name is looked for in the outer contexts. `found` tells a value
// that is null from none.
static const Node *lookup(const Frame *frame, Str name, bool *found) {
    *found = true;
    if (str_eq(name, S(".")))
        return frame->value;
    Str rest = name, head;
    str_split(&rest, '.', &head);
    const Entry *e = NULL;
    for (; frame && !e; frame = frame->outer)
        e = node_is_map(frame->value) ? node_find(frame->value, head) : NULL;
    while (e && rest.ptr && str_split(&rest, '.', &head))
        e = node_is_map(e->value) ? node_find(e->value, head) : NULL;
    *found = e != NULL;
    return e ? e->value : NULL;
}

static bool is_true(const Node *n) {
    if (!n || node_is_null(n) || node_is_word(n, S("false")))
        return false;
    return n->type == NODE_LIST ? n->count > 0 : n->type != NODE_SCALAR || n->text.len > 0;
}

static void run(Renderer *r, const Tokens *tokens, size_t from, size_t to, const Frame *frame);

static void put_value(Renderer *r, const Token *t, const Frame *frame) {
    bool found;
    const Node *value = lookup(frame, t->text, &found);
    if (!found && r->rules->strict) {
        diag_error(r->diags, t->loc, "template", "`%.*s` stands for nothing here", SFMT(t->text));
        r->failed = true;
    }
    if (!node_is_scalar(value) || node_is_null(value))
        return;
    if (t->kind == TOKEN_NAME && r->rules->escape)
        r->rules->escape(r->out, value->text);
    else
        buf_put(r->out, value->text);
}

static void put_section(Renderer *r, const Tokens *tokens, size_t at, const Frame *frame) {
    const Token *t = &tokens->list[at];
    bool found;
    const Node *value = lookup(frame, t->text, &found);
    if (is_true(value) != (t->kind == TOKEN_SECTION))
        return;
    if (t->kind == TOKEN_INVERTED) {
        run(r, tokens, at + 1, t->close, frame);
        return;
    }
    bool list = node_is_list(value);
    for (uint32_t i = 0; i < (list ? value->count : 1); i++) {
        Frame inner = {list ? value->items[i] : value, frame};
        run(r, tokens, at + 1, t->close, &inner);
    }
}

// A partial that stands alone has each of its lines indented as far as its tag was.
static const Source *indented(Renderer *r, const Source *src, Str indent) {
    if (!indent.len)
        return src;
    Buf b = {.arena = r->arena};
    for (size_t i = 0; i < src->text.len; i++) {
        if (i == 0 || src->text.ptr[i - 1] == '\n')
            buf_put(&b, indent);
        buf_char(&b, src->text.ptr[i]);
    }
    Source *copy = arena_new(r->arena, Source, 1);
    *copy = (Source){.path = src->path, .text = buf_keep(&b, r->arena)};
    buf_free(&b);
    return copy;
}

// NULL: what is wrong was reported.
static const Tokens *tokens_of(Renderer *r, const Source *src, Str indent) {
    Str key = str_fmt(r->arena, "%.*s\n%.*s", SFMT(src->path), SFMT(indent));
    Tokens *tokens = strmap_get(r->cut, key);
    if (tokens)
        return tokens;
    tokens = arena_new(r->arena, Tokens, 1);
    if (!tokenize(r->arena, r->diags, indented(r, src, indent), tokens))
        return NULL;
    strmap_put(r->cut, r->arena, key, tokens);
    return tokens;
}

static void put_partial(Renderer *r, const Token *t, const Frame *frame) {
    bool found = true;
    Str name = t->dynamic ? node_str(lookup(frame, t->text, &found)) : t->text;
    const Source *src =
        name.len && r->rules->partial ? r->rules->partial(r->rules->ctx, name) : NULL;
    const Tokens *tokens;
    if (r->depth == TEXT_DEPTH || (!src && r->rules->strict)) {
        diag_error(r->diags, t->loc, "template",
                   src ? "the partial `%.*s` never ends" : "there is no partial `%.*s`",
                   SFMT(name));
        r->failed = true;
    } else if (src && (tokens = tokens_of(r, src, t->indent))) {
        r->depth++;
        run(r, tokens, 0, tokens->count, frame);
        r->depth--;
    } else if (src) {
        r->failed = true;
    }
}

static void run(Renderer *r, const Tokens *tokens, size_t from, size_t to, const Frame *frame) {
    for (size_t i = from; i < to && !r->failed; i++) {
        const Token *t = &tokens->list[i];
        switch (t->kind) {
        case TOKEN_TEXT:
            buf_put(r->out, t->text);
            break;
        case TOKEN_NAME:
        case TOKEN_RAW:
            put_value(r, t, frame);
            break;
        case TOKEN_SECTION:
        case TOKEN_INVERTED:
            put_section(r, tokens, i, frame);
            i = t->close;
            break;
        case TOKEN_PARTIAL:
            put_partial(r, t, frame);
            break;
        case TOKEN_CLOSE:
        case TOKEN_NOTHING:
            break;
        }
    }
}

bool text_render(Arena *a, Diags *d, const TextRules *rules, const Source *src, const Node *data,
                 Buf *out) {
    StrMap cut = {0};
    Renderer r = {.arena = a, .diags = d, .rules = rules, .out = out};
    r.cut = rules->cut ? rules->cut : &cut;
    const Tokens *tokens = tokens_of(&r, src, (Str){0});
    if (tokens)
        run(&r, tokens, 0, tokens->count, &(Frame){data, NULL});
    return tokens && !r.failed;
}

void text_escape_html(Buf *out, Str value) {
    for (size_t i = 0; i < value.len; i++) {
        switch (value.ptr[i]) {
        case '&':
            buf_put(out, S("&amp;"));
            break;
        case '"':
            buf_put(out, S("&quot;"));
            break;
        case '<':
            buf_put(out, S("&lt;"));
            break;
        case '>':
            buf_put(out, S("&gt;"));
            break;
        default:
            buf_char(out, value.ptr[i]);
        }
    }
}
