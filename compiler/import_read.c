// import_read.c - the text of a definition -> a tree: JSON, which is read as YAML, or YAML.
#include "import.h"

#include "build.h"
#include "yaml.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool take_surrogate(Str s, size_t at, uint32_t *code) {
    *code = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = i < s.len ? (char)(s.ptr[i] | 0x20) : 'x';
        if (!is_digit(c) && (c < 'a' || c > 'f'))
            return false;
        *code = *code << 4 | (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return str_starts(str_cut(s, at, s.len), S("\\u"));
}

// Three bytes at `at` that JSON allows in a text, and YAML does not: its own ends of lines, byte
// order marks, and what is no character. 0: it is none of these.
static unsigned yaml_only_break(Str s, size_t at) {
    static const unsigned breaks[] = {0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF};
    if (at == 0 || at + 3 > s.len || ((unsigned char)s.ptr[at] & 0xF0) != 0xE0)
        return 0;
    unsigned code = ((unsigned)s.ptr[at] & 0xF) << 12 | ((unsigned)s.ptr[at + 1] & 0x3F) << 6 |
                    ((unsigned)s.ptr[at + 2] & 0x3F);
    for (size_t i = 0; i < COUNT(breaks); i++)
        if (code == breaks[i])
            return code;
    return 0;
}

// JSON that YAML has no word for: characters beyond 16 bits as two escapes, and control characters
// as they are, which JSON allows above 0x7E, and the like.
static const Source *as_yaml(Arena *a, const Source *src) {
    Str s = src->text;
    Buf b = {.arena = a};
    for (size_t i = 0; i < s.len; i++) {
        uint32_t high, low;
        unsigned code = yaml_only_break(s, i);
        unsigned char c = (unsigned char)s.ptr[i];
        bool escape = c == '\\' && i + 1 < s.len;
        if (escape && take_surrogate(s, i, &high) && high >> 10 == 0x36 &&
            take_surrogate(s, i + 6, &low) && low >> 10 == 0x37) {
            buf_fmt(&b, "\\U%08X", 0x10000 + ((high & 0x3FF) << 10 | (low & 0x3FF)));
            i += 11;
        } else if (escape) {
            buf_put(&b, str_cut(s, i, i + 2));
            i++;
        } else if (code) {
            buf_fmt(&b, "\\u%04X", code);
            i += 2;
        } else if (c == 0x7F) {
            buf_put(&b, S("\\x7F"));
        } else if (c == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0) {
            buf_fmt(&b, "\\x%02X", (unsigned)(unsigned char)s.ptr[++i]);
        } else {
            buf_char(&b, s.ptr[i]);
        }
    }
    Source *out = arena_new(a, Source, 1);
    *out = (Source){.path = src->path, .text = buf_keep(&b, a)};
    buf_free(&b);
    return out;
}

// What YAML allows and JSON does not. False after reporting.
static bool check_json(Diags *d, const Source *src) {
    Str s = src->text;
    Loc at = {src, 1, 0, 1};
    bool quoted = false;
    Loc comma = {0};
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        const char *flaw = NULL;
        at.col += ((unsigned char)c & 0xC0) != 0x80;
        if (quoted && c == '\\') {
            i++;
            at.col++;
        } else if (c == '"') {
            quoted = !quoted;
            comma = (Loc){0};
        } else if (c == '\n') {
            at = (Loc){src, at.line + 1, 0, 1};
        } else if (!quoted && (c == '\'' || c == '#')) {
            flaw = c == '#' ? "JSON has no comments" : "a text of JSON stands in double quotes";
        } else if (!quoted && (c == '}' || c == ']') && comma.src) {
            at = comma;
            flaw = "nothing comes behind this comma";
        } else if (!quoted && (unsigned char)c > ' ') {
            comma = c == ',' ? at : (Loc){0};
        }
        if (flaw) {
            diag_error(d, at, "syntax", "%s", flaw);
            return false;
        }
    }
    return true;
}

static size_t skip_digits(Str s, size_t at) {
    while (at < s.len && is_digit(s.ptr[at]))
        at++;
    return at;
}

// -1, 0.5, 1e3; not +1, 007, .5 or 5., which YAML knows as well.
static bool is_json_number(Str s) {
    size_t at = s.len && s.ptr[0] == '-', from = at;
    at = skip_digits(s, at);
    if (at == from || (s.ptr[from] == '0' && at > from + 1))
        return false;
    if (at < s.len && s.ptr[at] == '.') {
        from = at + 1;
        at = skip_digits(s, from);
        if (at == from)
            return false;
    }
    if (at < s.len && (s.ptr[at] | 0x20) == 'e') {
        from = at + 1;
        from += from < s.len && (s.ptr[from] == '-' || s.ptr[from] == '+');
        at = skip_digits(s, from);
        if (at == from)
            return false;
    }
    return at == s.len;
}

static bool is_json_word(const Node *n) {
    return n->type != NODE_SCALAR || n->style != STYLE_PLAIN || is_json_number(n->text) ||
           str_eq(n->text, S("true")) || str_eq(n->text, S("false")) || str_eq(n->text, S("null"));
}

// A word without quotes is a number, `true`, `false` or `null`.
static bool check_words(Diags *d, const Node *n) {
    bool ok = is_json_word(n);
    if (!ok)
        diag_error(d, n->loc, "syntax", "a text of JSON stands in double quotes");
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        ok = check_words(d, n->items[i]) && ok;
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        ok = check_words(d, n->entries[i].key) && check_words(d, n->entries[i].value) && ok;
    return ok;
}

// 5 for +5, 0.5 for .5, 5.0 for `5.`. What begins with zeros is an id, and a text.
static Node *settle_number(Arena *a, Node *n) {
    bool negative = n->text.ptr[0] == '-', sign = negative || n->text.ptr[0] == '+';
    Str s = str_cut(n->text, sign, n->text.len);
    size_t whole = skip_digits(s, 0), behind = whole + (whole < s.len && s.ptr[whole] == '.');
    bool bare = behind > whole && skip_digits(s, behind) == behind; // a dot without digits
    Str text =
        str_fmt(a, "%s%s%.*s%s%.*s", negative ? "-" : "", whole ? "" : "0",
                SFMT(str_cut(s, 0, behind)), bare ? "0" : "", SFMT(str_cut(s, behind, s.len)));
    return is_json_number(text) ? node_plain(a, text, n->loc) : node_string(a, n->text, n->loc);
}

// Words of YAML as JSON writes them: `True` is `true`, `~` is `null`.
static Node *settle(Arena *a, Node *n) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        n->items[i] = settle(a, n->items[i]);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        n->entries[i].value = settle(a, n->entries[i].value);
    if (n->type != NODE_SCALAR || is_json_word(n))
        return n;
    switch (node_scalar_type(n)) {
    case SCALAR_BOOL:
        return node_bool(a, (n->text.ptr[0] | 0x20) == 't', n->loc);
    case SCALAR_INT:
    case SCALAR_FLOAT:
        return settle_number(a, n);
    case SCALAR_NULL:
        return node_null(a, n->loc);
    default:
        return n;
    }
}

Node *import_read(Arena *a, Diags *d, const Source *src) {
    bool json = str_starts(str_trim(src->text), S("{"));
    bool strict = json && !str_ends(src->path, S(".yaml")) && !str_ends(src->path, S(".yml"));
    if (strict && !check_json(d, src))
        return NULL;
    Node *read = yaml_read(a, d, json ? as_yaml(a, src) : src, YAML_DATA);
    if (!read || (strict && !check_words(d, read)))
        return NULL;
    return settle(a, read);
}
