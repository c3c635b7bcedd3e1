// diag_print.c - diagnostics as people read them: a headline, the lines of source with marks under
// them, and what to do. The short form is one line each, for editors and grep.
#include "diag.h"

enum {
    EXCERPT_WIDTH = 120, // columns of source shown around the mark
    SHOWN_OF_SECRET = 4,
};

// One line of source that is to be shown, and the marks under it.
typedef struct Row {
    uint32_t line;
    const Label *labels[DIAG_LABELS + 1];
    bool primary[DIAG_LABELS + 1];
    size_t count;
} Row;

// Characters that a terminal or a log reader would act on, or that hide what is written.
static bool is_unsafe(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x061C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static size_t width_of(uint32_t c) {
    bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

// Writes one character safely and returns the columns it takes.
static size_t put_safe(Buf *out, Str s, size_t *at) {
    size_t from = *at;
    uint32_t c = str_decode(s, at);
    if (c == '\t') {
        buf_char(out, ' ');
        return 1;
    }
    if (!is_unsafe(c)) {
        buf_put(out, str_cut(s, from, *at));
        return width_of(c);
    }
    size_t before = out->len;
    buf_fmt(out, "\\u{%x}", c);
    return out->len - before;
}

void escape_for_terminal(Buf *out, Str text) {
    for (size_t at = 0; at < text.len;)
        put_safe(out, text, &at);
}

static const char *color_of(Severity severity) {
    return severity == SEVERITY_ERROR     ? "\033[1;31m"
           : severity == SEVERITY_WARNING ? "\033[1;33m"
                                          : "\033[1;36m";
}

static const char *name_of(Severity severity) {
    return severity == SEVERITY_ERROR ? "error" : severity == SEVERITY_WARNING ? "warning" : "info";
}

static void paint(Buf *out, bool on, const char *code) {
    if (on)
        buf_fmt(out, "%s", code);
}

static Str line_of(const Source *src, uint32_t line) {
    Str rest = src->text, text = {0};
    for (uint32_t i = 0; i < line; i++)
        if (!str_split(&rest, '\n', &text))
            return (Str){"", 0};
    return text.len && text.ptr[text.len - 1] == '\r' ? str_cut(text, 0, text.len - 1) : text;
}

// The part of `text` that is shown when the mark is at `col`: all of it, or a window around it.
static size_t window_start(Str text, uint32_t col, uint32_t *first_col) {
    *first_col = 1;
    if (col <= EXCERPT_WIDTH * 3 / 4)
        return 0;
    size_t at = 0;
    while (at < text.len && *first_col + EXCERPT_WIDTH / 2 < col) {
        str_decode(text, &at);
        ++*first_col;
    }
    return at;
}

// Columns that the source takes from `first_col` to `col`, as it was printed.
static size_t columns_between(Str text, size_t start, uint32_t first_col, uint32_t col) {
    Buf unused = {0};
    size_t columns = 0, at = start;
    for (uint32_t c = first_col; c < col && columns <= 2 * EXCERPT_WIDTH; c++)
        columns += at < text.len ? put_safe(&unused, text, &at) : 1;
    buf_free(&unused);
    return columns;
}

// A secret at this place: all but its first characters become stars, whoever shows the line.
static bool is_hidden(const Diags *d, const Source *src, uint32_t line, uint32_t col) {
    for (const Diag *diag = d->first; diag; diag = diag->next)
        if (diag->secret && str_eq(diag->at.src->path, src->path) && diag->at.line == line &&
            col >= diag->at.col + SHOWN_OF_SECRET && col < diag->at.col + diag->at.len)
            return true;
    return false;
}

// Prints `text` from byte `start` on, which is at the column of `line`.
static void put_source_line(Buf *out, const Diags *d, Loc line, Str text, size_t start) {
    size_t columns = 0, at = start;
    if (start > 0)
        buf_put(out, S("..."));
    for (uint32_t col = line.col; at < text.len && columns < EXCERPT_WIDTH; col++) {
        size_t before = out->len;
        columns += put_safe(out, text, &at);
        if (is_hidden(d, line.src, line.line, col)) {
            out->len = before;
            buf_char(out, '*');
        }
    }
    if (at < text.len)
        buf_put(out, S("..."));
}

static void put_gutter(Buf *out, size_t width, bool color, const char *mark) {
    paint(out, color, "\033[1;34m");
    buf_fill(out, ' ', width);
    buf_fmt(out, " %s", mark);
    paint(out, color, "\033[0m");
}

// How wide put_source_line prints it, without what it puts in the place of what it leaves out.
static size_t columns_shown(Str text, size_t start, bool *cut) {
    Buf unused = {0};
    size_t columns = 0, at = start;
    while (at < text.len && columns < EXCERPT_WIDTH)
        columns += put_safe(&unused, text, &at);
    buf_free(&unused);
    *cut = at < text.len;
    return columns;
}

// Below the line as it was printed, with the window around column `around`. What is left out of
// that is marked at the dots that stand for it.
static void put_mark(Buf *out, const Diag *diag, const Label *label, bool primary, uint32_t around,
                     size_t gutter, bool color) {
    Str text = line_of(label->at.src, label->at.line);
    uint32_t first_col, col = label->at.col;
    bool cut;
    size_t start = window_start(text, around, &first_col);
    size_t dots = start > 0 ? 3 : 0, end = dots + columns_shown(text, start, &cut) + 3;
    size_t lead = col < first_col ? 0 : dots + columns_between(text, start, first_col, col);
    size_t last = dots + columns_between(text, start, first_col, col + label->at.len);
    if (cut && last > end)
        last = end;
    if (cut && lead > end - 3)
        lead = end - 3;
    size_t marks = last - lead;
    put_gutter(out, gutter, color, "| ");
    buf_fill(out, ' ', lead);
    paint(out, color, primary ? color_of(diag->severity) : "\033[1;34m");
    buf_fill(out, primary ? '^' : '-', marks < EXCERPT_WIDTH ? marks : EXCERPT_WIDTH);
    if (label->text.len)
        buf_char(out, ' ');
    escape_for_terminal(out, label->text);
    paint(out, color, "\033[0m");
    buf_char(out, '\n');
}

// One file may have several sources: a blueprint has one for each place that uses it.
static bool same_file(const Source *a, const Source *b) {
    return a == b || (a && b && a->text.ptr == b->text.ptr && str_eq(a->path, b->path));
}

// The rows for the labels that lie in `src`, in the order of lines.
static size_t collect_rows(const Diag *diag, const Label *primary, const Source *src, Row *rows) {
    size_t count = 0;
    for (size_t i = 0; i <= diag->also_count; i++) {
        const Label *label = i == 0 ? primary : &diag->also[i - 1];
        if (!same_file(label->at.src, src))
            continue;
        size_t at = 0;
        while (at < count && rows[at].line < label->at.line)
            at++;
        if (at == count || rows[at].line != label->at.line) {
            for (size_t j = count++; j > at; j--)
                rows[j] = rows[j - 1];
            rows[at] = (Row){.line = label->at.line};
        }
        rows[at].primary[rows[at].count] = i == 0;
        rows[at].labels[rows[at].count++] = label;
    }
    return count;
}

static void put_numbered(Buf *out, const Diags *d, const Source *src, uint32_t line, uint32_t col,
                         size_t gutter, bool color) {
    uint32_t first_col;
    Str text = line_of(src, line);
    paint(out, color, "\033[1;34m");
    buf_fmt(out, "%*u |", (int)gutter, line);
    paint(out, color, "\033[0m");
    if (text.len)
        buf_char(out, ' ');
    size_t start = window_start(text, col, &first_col);
    put_source_line(out, d, (Loc){src, line, first_col, 0}, text, start);
    buf_char(out, '\n');
}

static void put_excerpt(Buf *out, const Diags *d, const Diag *diag, const Source *src,
                        size_t gutter, bool color) {
    Label primary = {diag->at, diag->label};
    Row rows[DIAG_LABELS + 1];
    size_t count = collect_rows(diag, &primary, src, rows);
    put_gutter(out, gutter, color, "|\n");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && rows[i].line == rows[i - 1].line + 2)
            put_numbered(out, d, src, rows[i].line - 1, 1, gutter, color);
        else if (i > 0 && rows[i].line > rows[i - 1].line + 2)
            buf_put(out, S("...\n"));
        put_numbered(out, d, src, rows[i].line, rows[i].labels[0]->at.col, gutter, color);
        for (size_t j = 0; j < rows[i].count; j++)
            put_mark(out, diag, rows[i].labels[j], rows[i].primary[j], rows[i].labels[0]->at.col,
                     gutter, color);
    }
}

static size_t digits(uint32_t n) {
    size_t count = 1;
    while (n /= 10)
        count++;
    return count;
}

static size_t gutter_of(const Diag *diag) {
    uint32_t last = diag->at.line;
    for (size_t i = 0; i < diag->also_count; i++)
        if (diag->also[i].at.line > last)
            last = diag->also[i].at.line;
    return digits(last);
}

static void put_place(Buf *out, Loc at) {
    escape_for_terminal(out, at.src->path);
    if (at.line)
        buf_fmt(out, ":%u:%u", at.line, at.col);
}

static const char *tier_words(FixTier tier) {
    static const char *const words[] = {
        "", "   [fix: manual]", "   [fix: unsafe, changes what is generated]", "   [fix: safe]"};
    return words[tier];
}

static void print_human(const Diags *d, const Diag *diag, bool color, Buf *out) {
    paint(out, color, color_of(diag->severity));
    buf_fmt(out, "%s[%s]", name_of(diag->severity), diag->id);
    paint(out, color, "\033[0m\033[1m");
    buf_put(out, S(": "));
    escape_for_terminal(out, diag->message);
    paint(out, color, "\033[0m");
    buf_char(out, '\n');
    size_t gutter = gutter_of(diag);
    if (diag->at.src) {
        buf_fill(out, ' ', gutter);
        paint(out, color, "\033[1;34m");
        buf_put(out, S("-->"));
        paint(out, color, "\033[0m");
        buf_char(out, ' ');
        put_place(out, diag->at);
        buf_char(out, '\n');
        if (diag->at.line)
            put_excerpt(out, d, diag, diag->at.src, gutter, color);
    }
    for (size_t i = 0; i < diag->also_count; i++) {
        const Source *src = diag->also[i].at.src;
        bool shown = same_file(src, diag->at.src);
        for (size_t j = 0; j < i; j++)
            shown = shown || same_file(diag->also[j].at.src, src);
        if (shown)
            continue;
        buf_fill(out, ' ', gutter);
        buf_put(out, S("::: "));
        put_place(out, diag->also[i].at);
        buf_char(out, '\n');
        put_excerpt(out, d, diag, src, gutter, color);
    }
    for (size_t i = 0; i < diag->help_count; i++) {
        paint(out, color, "\033[1;32m");
        buf_put(out, S("help"));
        paint(out, color, "\033[0m");
        buf_put(out, S(": "));
        escape_for_terminal(out, diag->helps[i].text);
        buf_fmt(out, "%s\n", tier_words(diag->helps[i].tier));
    }
    for (size_t i = 0; i < diag->note_count; i++) {
        buf_fill(out, ' ', gutter);
        buf_put(out, S(" = note: "));
        escape_for_terminal(out, diag->notes[i]);
        buf_char(out, '\n');
    }
    buf_char(out, '\n');
}

static void print_short(const Diag *diag, Buf *out) {
    if (diag->at.src) {
        put_place(out, diag->at);
        buf_put(out, S(": "));
    }
    buf_fmt(out, "%s: ", name_of(diag->severity));
    escape_for_terminal(out, diag->message);
    buf_fmt(out, " [%s]\n", diag->id);
}

void diags_print(const Diags *d, DiagStyle style, Buf *out) {
    size_t errors = 0;
    for (const Diag *diag = d->first; diag; diag = diag->next) {
        if (diag->suppressed)
            continue;
        if (diag->severity == SEVERITY_ERROR && style.max_errors && ++errors > style.max_errors)
            continue;
        if (style.format == DIAG_SHORT)
            print_short(diag, out);
        else
            print_human(d, diag, style.color, out);
    }
}
