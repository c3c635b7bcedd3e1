// c_text.c - text of a spec as C. A `?` is escaped because of trigraphs, which -std=c11 has; octal
// is used because \x takes as many digits as there are.
#include "c_text.h"

static bool is_harmless(char c, char before) {
    if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
        return false;
    return !(c == '/' && before == '*') && !(c == '*' && before == '/');
}

void c_escape(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (is_harmless(text.ptr[i], i ? text.ptr[i - 1] : ' '))
            buf_char(out, text.ptr[i]);
        else if (text.ptr[i] == '"')
            buf_put(out, S("\\\""));
        else
            buf_fmt(out, "\\%03o", (unsigned char)text.ptr[i]);
    }
}

void c_literal(Buf *out, Str text) {
    enum { LITERAL_BYTES = 4000, LINE_BYTES = 24 }; // C11 promises 4,095, however they are cut
    if (text.len <= LITERAL_BYTES) {
        buf_char(out, '"');
        c_escape(out, text);
        buf_char(out, '"');
        return;
    }
    buf_put(out, S("(const char[]){"));
    for (size_t i = 0; i < text.len; i++)
        buf_fmt(out, "%s%d,", i % LINE_BYTES ? "" : "\n        ", (signed char)text.ptr[i]);
    buf_put(out, S("0}"));
}

// A comment takes printable ASCII without a `\`, which would join the next line to it, and without
// what begins or ends another kind of comment.
static char comment_char(char c, char before) {
    bool joins =
        (c == '/' && before == '*') || (c == '*' && before == '/') || (c == '?' && before == '?');
    return c >= ' ' && c <= '~' && c != '\\' && !joins ? c : c == '\n' || c == '\t' ? ' ' : '.';
}

void c_comment(Buf *out, Str text, size_t columns) {
    Str rest = str_trim(text), word;
    size_t column = columns;
    while (rest.len && str_split(&rest, ' ', &word)) {
        if (!word.len)
            continue;
        if (column + 1 + word.len > columns) {
            buf_put(out, out->len ? S("\n// ") : S("// "));
            column = 3;
        } else {
            buf_char(out, ' ');
            column++;
        }
        char before = ' ';
        for (size_t i = 0; i < word.len; i++)
            buf_char(out, before = comment_char(word.ptr[i], before));
        column += word.len;
    }
}

// C11's keywords, and the macros of standard headers that are spelled like a name.
static const char *const taken[] = {
    "alignas",      "alignof",
    "and",          "assert",
    "auto",         "bool",
    "break",        "case",
    "char",         "complex",
    "const",        "continue",
    "default",      "do",
    "double",       "else",
    "enum",         "errno",
    "extern",       "false",
    "float",        "for",
    "goto",         "if",
    "imaginary",    "inline",
    "int",          "isfinite",
    "isinf",        "isnan",
    "linux",        "long",
    "main",         "math_errhandling",
    "noreturn",     "not",
    "offsetof",     "or",
    "register",     "restrict",
    "return",       "setjmp",
    "short",        "signbit",
    "signed",       "sizeof",
    "static",       "static_assert",
    "stderr",       "stdin",
    "stdout",       "struct",
    "switch",       "thread_local",
    "true",         "typedef",
    "union",        "unix",
    "unsigned",     "va_arg",
    "va_copy",      "va_end",
    "va_start",     "void",
    "volatile",     "while",
    "xor",          "sa_handler",
    "sa_sigaction", "si_pid",
    "si_uid",       "si_value",
    "si_status",    "si_addr",
    "st_atime",     "st_mtime",
    "st_ctime",     "h_addr",
    "s_addr",       "s6_addr",
    "asm",          "typeof",
    "nullptr",      "constexpr",
};

static bool is_taken(Str name) {
    bool lower = false;
    for (size_t i = 0; i < name.len; i++)
        lower = lower || (name.ptr[i] >= 'a' && name.ptr[i] <= 'z');
    if (!lower || str_starts(name, S("wg_")) || str_starts(name, S("Wg")))
        return true; // EOF, NULL: what has no small letter may be a macro
    return str_is_one_of(name, taken, COUNT(taken));
}

Str c_word(Arena *a, Str name) {
    Buf b = {.arena = a};
    if (!name.len || !char_is_word(name.ptr[0]) || name.ptr[0] == '_' ||
        (name.ptr[0] >= '0' && name.ptr[0] <= '9'))
        buf_char(&b, 'x'); // names with a `_` before them are the compiler's
    for (size_t i = 0; i < name.len; i++)
        buf_char(&b, char_is_word(name.ptr[i]) ? name.ptr[i] : '_');
    if (is_taken(buf_str(&b)))
        buf_char(&b, '_');
    Str word = buf_keep(&b, a);
    buf_free(&b);
    return word;
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

Str c_macro(Arena *a, Str name) {
    Buf b = {.arena = a};
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool begins =
            is_upper(c) && i && !is_upper(name.ptr[i - 1]) && char_is_word(name.ptr[i - 1]);
        if (begins && name.ptr[i - 1] != '_')
            buf_char(&b, '_');
        buf_char(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : char_is_word(c) ? c : '_');
    }
    Str macro = buf_keep(&b, a);
    buf_free(&b);
    return macro;
}
