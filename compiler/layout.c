// layout.c - laying out a text line by line. Scalars are opaque; between them there are only
// brackets, commas, colons, dashes, anchors and comments.
#include "layout.h"

#include "cst.h"
#include "yaml.h"

#include <string.h>

enum { STEP = 2 };

// A block map or list that is open at a line: where its entries stood, and where they go.
typedef struct Level {
    uint32_t col, to;
    const struct Level *up;
} Level;

// Something that goes on over several lines: they move as its first one does.
typedef struct Hanging {
    size_t from;
    uint32_t col, least; // no line may stand further left
    long delta;
    bool block;    // the text of `|` or `>`
    uint32_t base; // of its lines: what is indentation and not text
} Hanging;

typedef struct Line {
    size_t from, to; // without its end
    uint32_t col;    // of the first character that is no space
    bool known;      // an entry begins it, and it goes to `indent`
    uint32_t indent;
    const Level *levels; // that are open behind it
    Hanging *hanging;    // it goes on with that
    const Cst *inside;   // a scalar that began above it
} Line;

typedef struct Layout {
    Arena *arena;
    Str text;
    Line *lines; // from 1
    uint32_t count;
    const Cst **spans; // the scalars and aliases, in order
    size_t span_count, span_cap;
    size_t span; // the next one
    Buf *out;
    size_t line_start;                // in `out`
    uint32_t comment_col, comment_to; // of the comment that the line before ends with; 0: none
} Layout;

static void find_lines(Layout *l) {
    size_t count = 2;
    for (size_t i = 0; i < l->text.len; i++)
        count += l->text.ptr[i] == '\n';
    l->lines = arena_new(l->arena, Line, count + 1);
    Str rest = l->text, text;
    while (str_split(&rest, '\n', &text) && (rest.ptr || text.len)) {
        Line *line = &l->lines[++l->count];
        line->from = (size_t)(text.ptr - l->text.ptr);
        line->to = line->from + text.len;
        if (text.len && text.ptr[text.len - 1] == '\r')
            line->to--;
        size_t i = line->from;
        while (i < line->to && strchr(" \t", l->text.ptr[i]))
            i++;
        line->col = (uint32_t)(i - line->from);
    }
}

static bool is_blank(const Line *line) {
    return line->from + line->col >= line->to;
}

static void add_span(Layout *l, const Cst *n) {
    l->spans =
        arena_room(l->arena, (void *)l->spans, sizeof *l->spans, l->span_count, &l->span_cap);
    l->spans[l->span_count++] = n;
}

static void add_spans(Layout *l, const Cst *n) {
    if (n->key)
        add_spans(l, n->key);
    bool is_leaf = n->type == CST_SCALAR || n->type == CST_ALIAS;
    if (is_leaf && n->to > n->from)
        add_span(l, n);
    for (uint32_t line = n->line + 1; is_leaf && line <= n->last; line++)
        l->lines[line].inside = n;
    for (uint32_t i = 0; i < n->count; i++)
        add_spans(l, n->items[i]);
}

// The entry that begins at that byte of a line; `levels` are open behind it.
static void entry_at(Layout *l, uint32_t number, size_t at, uint32_t to, const Level *levels) {
    Line *line = &l->lines[number];
    line->levels = levels;
    if (at == line->from + line->col && !line->known && !line->inside) {
        line->known = true;
        line->indent = to;
    }
}

// How far the lines of a block's text are indented: by as much as the first, unless `|2` says it.
static uint32_t block_base(const Layout *l, const Cst *n, const Level *levels, bool *explicit) {
    *explicit = false;
    for (size_t i = n->from; i < n->to && l->text.ptr[i] != '\n' && l->text.ptr[i] != ' '; i++) {
        if (l->text.ptr[i] < '1' || l->text.ptr[i] > '9')
            continue;
        *explicit = true;
        return (levels ? levels->col : 0) + (uint32_t)(l->text.ptr[i] - '0');
    }
    for (uint32_t line = n->line + 1; line <= n->last; line++)
        if (!is_blank(&l->lines[line]))
            return l->lines[line].col;
    return 0;
}

static void hang(Layout *l, const Cst *n, uint32_t least, const Level *levels) {
    if (n->last == n->line)
        return;
    Hanging *h = arena_new(l->arena, Hanging, 1);
    *h = (Hanging){.from = n->from, .col = n->col, .least = least};
    if (n->type == CST_SCALAR && n->style == STYLE_BLOCK) {
        bool explicit;
        h->block = true;
        h->base = block_base(l, n, levels, &explicit);
        h->delta = explicit ? (long)least - STEP - (levels ? (long)levels->col : 0)
                            : (long)least - (long)h->base;
    }
    for (uint32_t line = n->line + 1; line <= n->last; line++)
        l->lines[line].hanging = h;
}

static void visit_map(Layout *l, const Cst *n, uint32_t to, const Level *up);
static void visit_list(Layout *l, const Cst *n, uint32_t to, const Level *up);

static void visit(Layout *l, const Cst *n, uint32_t to, const Level *up) {
    bool block = (n->type == CST_MAP || n->type == CST_LIST) && !n->flow;
    if (block && n->type == CST_MAP) {
        visit_map(l, n, to, up);
    } else if (block) {
        visit_list(l, n, to, up);
    } else if (n->to > n->from) {
        if (l->lines[n->line].from + l->lines[n->line].col == n->from)
            entry_at(l, n->line, n->from, to, up);
        hang(l, n, to, up);
    }
}

static void visit_map(Layout *l, const Cst *n, uint32_t to, const Level *up) {
    Level *level = arena_new(l->arena, Level, 1);
    *level = (Level){n->col, to, up};
    for (uint32_t i = 0; i < n->count; i++) {
        entry_at(l, n->items[i]->key->line, n->items[i]->key->from, to, level);
        hang(l, n->items[i]->key, to + STEP, level);
        visit(l, n->items[i], to + STEP, level);
    }
}

// All dashes but the first begin a line.
static uint32_t next_dash(const Layout *l, const Cst *list, uint32_t after) {
    for (uint32_t line = after + 1; line <= l->count; line++) {
        const Line *at = &l->lines[line];
        if (!is_blank(at) && at->col == list->col && l->text.ptr[at->from + at->col] == '-')
            return line;
    }
    return after;
}

static void visit_list(Layout *l, const Cst *n, uint32_t to, const Level *up) {
    Level *level = arena_new(l->arena, Level, 1);
    *level = (Level){n->col, to, up};
    for (uint32_t i = 0; i < n->count; i++) {
        uint32_t line = i == 0 ? n->line : next_dash(l, n, n->items[i - 1]->last);
        entry_at(l, line, l->lines[line].from + n->col, to, level);
        visit(l, n->items[i], to + STEP, level);
    }
}

static uint32_t out_col(const Layout *l) {
    return (uint32_t)(l->out->len - l->line_start);
}

// The spaces that come before the next thing on a line.
typedef struct Gap {
    size_t given;  // as written
    bool needed;   // one at least
    bool closed;   // none, whatever is written
    bool one;      // exactly one
    bool at_start; // nothing stands before it on the line
} Gap;

static void put_gap(Layout *l, Gap *gap) {
    size_t width = gap->given;
    if (gap->at_start || gap->closed)
        width = 0;
    else if (gap->one || (gap->needed && width == 0))
        width = 1;
    buf_fill(l->out, ' ', width);
    *gap = (Gap){0};
}

static bool is_word(char c) {
    return c == '&' || c == '!' || c == '*';
}

// What stands between scalars, one sign at a time. The byte behind it.
static size_t put_sign(Layout *l, Gap *gap, size_t at, size_t end) {
    char c = l->text.ptr[at];
    size_t to = at + 1;
    if (is_word(c))
        while (to < end && !strchr(" \t,]}", l->text.ptr[to]))
            to++;
    if (strchr(",:]}", c) && !gap->at_start)
        gap->closed = true;
    put_gap(l, gap);
    buf_put(l->out, str_cut(l->text, at, to));
    gap->needed = strchr(",:", c) != NULL;
    gap->closed = strchr("{[", c) != NULL;
    gap->one = c == '-';
    return to;
}

static void put_comment(Layout *l, const Line *line, Gap *gap, size_t at, size_t end) {
    if (!gap->at_start) {
        bool closed = gap->given == 0;
        buf_fill(l->out, ' ', closed ? 1 : gap->given);
        l->comment_col = (uint32_t)(at - line->from);
        l->comment_to = out_col(l);
    }
    buf_put(l->out, str_cut(l->text, at, end));
}

// The line from `at` on, with scalars as they are.
static void put_line(Layout *l, const Line *line, size_t at, size_t end, bool at_start) {
    Gap gap = {.at_start = at_start};
    while (at < end) {
        const Cst *span = l->span < l->span_count ? l->spans[l->span] : NULL;
        char c = l->text.ptr[at];
        if (span && span->from == at) {
            put_gap(l, &gap);
            Hanging *h = span->last > span->line ? l->lines[span->line + 1].hanging : NULL;
            if (h && h->from == at && !h->block)
                h->delta = (long)out_col(l) - (long)h->col;
            size_t to = span->to < end ? span->to : end;
            buf_put(l->out, str_cut(l->text, at, to));
            l->span++;
            at = to;
        } else if (c == ' ' || c == '\t') {
            gap.given++;
            at++;
        } else if (c == '#') {
            put_comment(l, line, &gap, at, end);
            return;
        } else {
            const Line *next = line < &l->lines[l->count] ? line + 1 : line;
            if (next->hanging && next->hanging->from == at && !next->hanging->block) {
                put_gap(l, &gap);
                next->hanging->delta = (long)out_col(l) - (long)next->hanging->col;
                gap = (Gap){.at_start = true};
            }
            at = put_sign(l, &gap, at, end);
        }
    }
}

static size_t trimmed_end(const Layout *l, const Line *line) {
    size_t end = line->to;
    while (end > line->from && strchr(" \t", l->text.ptr[end - 1]))
        end--;
    return end;
}

static void put_block_text(Layout *l, const Line *line) {
    const Hanging *h = line->hanging;
    if (is_blank(line) && line->to - line->from <= h->base)
        return;
    uint32_t spaces = line->col;
    long indent = (long)spaces + h->delta;
    buf_fill(l->out, ' ', indent > 0 ? (size_t)indent : 0);
    buf_put(l->out, str_cut(l->text, line->from + spaces, line->to));
}

static uint32_t hanging_indent(const Line *line) {
    const Hanging *h = line->hanging;
    long indent = (long)line->col + h->delta;
    return indent > (long)h->least ? (uint32_t)indent : h->least;
}

// A line that begins within a scalar of several.
static void put_inside(Layout *l, const Line *line) {
    const Cst *n = line->inside;
    if (line->hanging->block) {
        put_block_text(l, line);
        return;
    }
    if (is_blank(line))
        return;
    buf_fill(l->out, ' ', hanging_indent(line));
    size_t at = line->from + line->col;
    if (n->to >= line->to) {
        buf_put(l->out, str_cut(l->text, at, line->to));
        return;
    }
    buf_put(l->out, str_cut(l->text, at, n->to));
    put_line(l, line, n->to, trimmed_end(l, line), false);
}

static const Line *neighbour(const Layout *l, const Line *line, int step) {
    for (const Line *at = line + step; at >= &l->lines[1] && at <= &l->lines[l->count]; at += step)
        if (at->known)
            return at;
    return NULL;
}

// A comment of its own line belongs to the level that it stood at: that of the next entry, or one
// that is open behind the entry before it.
static uint32_t comment_indent(const Layout *l, const Line *line) {
    const Line *next = neighbour(l, line, 1), *before = neighbour(l, line, -1);
    const Level *deepest = before ? before->levels : NULL;
    if (deepest && line->col > deepest->col && (!next || next->col <= deepest->col))
        return deepest->to + STEP;
    bool found = next && next->col <= line->col;
    uint32_t col = found ? next->col : 0, to = found ? next->indent : 0;
    bool is_next = found;
    for (const Level *level = deepest; level; level = level->up) {
        bool better = !found || level->col > col || (level->col == col && !is_next);
        if (level->col > line->col || !better)
            continue;
        found = true;
        is_next = false;
        col = level->col;
        to = level->to;
    }
    return found ? to : next ? next->indent : 0;
}

static bool is_document_mark(const Layout *l, const Line *line) {
    Str text = str_cut(l->text, line->from, line->to);
    return str_starts(text, S("%")) || str_starts(text, S("...")) ||
           (str_starts(text, S("---")) && !line->known);
}

static void put_any(Layout *l, const Line *line, uint32_t comment_col, uint32_t comment_to) {
    size_t end = trimmed_end(l, line), at = line->from + line->col;
    bool comment = l->text.ptr[at] == '#';
    uint32_t indent = line->indent;
    if (line->hanging)
        indent = hanging_indent(line);
    else if (comment && comment_col && line->col == comment_col)
        indent = comment_to;
    else if (comment)
        indent = comment_indent(l, line);
    if (is_document_mark(l, line)) {
        buf_put(l->out, str_cut(l->text, line->from, end));
        return;
    }
    buf_fill(l->out, ' ', indent);
    if (comment && comment_col && line->col == comment_col) {
        l->comment_col = comment_col;
        l->comment_to = comment_to;
    }
    put_line(l, line, at, end, true);
}

static void put_lines(Layout *l) {
    bool blank = true; // none at the beginning
    for (uint32_t i = 1; i <= l->count; i++) {
        const Line *line = &l->lines[i];
        if (!line->inside && is_blank(line)) {
            l->comment_col = 0;
            if (!blank)
                buf_char(l->out, '\n');
            blank = true;
            continue;
        }
        blank = false;
        l->line_start = l->out->len;
        uint32_t col = l->comment_col, to = l->comment_to;
        l->comment_col = 0;
        if (line->inside)
            put_inside(l, line);
        else
            put_any(l, line, col, to);
        buf_char(l->out, '\n');
    }
}

void layout_text(Arena *a, Str text, Buf *out) {
    if (str_starts(text, S("\xEF\xBB\xBF")))
        text = str_cut(text, 3, text.len);
    Layout l = {.arena = a, .text = text, .out = out};
    const Cst *root = cst_read(a, text);
    size_t before = out->len;
    find_lines(&l);
    if (root) {
        add_spans(&l, root);
        visit(&l, root, 0, NULL);
    }
    put_lines(&l);
    const Cst *last = l.span_count ? l.spans[l.span_count - 1] : NULL;
    bool keeps = last && last->last > last->line && is_blank(&l.lines[last->last]);
    // Blank lines at the end are nothing, unless the last text keeps them.
    while (!keeps && out->len > before + 1 && out->ptr[out->len - 1] == '\n' &&
           out->ptr[out->len - 2] == '\n')
        out->len--;
}

typedef struct CommentList {
    Buf text;
} CommentList;

static void add_comment(void *ctx, Str comment) {
    CommentList *list = ctx;
    buf_put(&list->text, comment);
    buf_char(&list->text, '\n');
}

bool layout_same(Arena *a, Str before, Str after) {
    CommentList old = {{.arena = a}}, new = {{.arena = a}};
    Diags unused = {.arena = a};
    Source sources[2] = {{.text = before}, {.text = after}};
    cst_comments(a, before, add_comment, &old);
    cst_comments(a, after, add_comment, &new);
    const Node *x = yaml_read(a, &unused, &sources[0], YAML_TEMPLATE);
    const Node *y = yaml_read(a, &unused, &sources[1], YAML_TEMPLATE);
    bool same = x && y && node_equal(x, y) && str_eq(buf_str(&old.text), buf_str(&new.text));
    buf_free(&old.text);
    buf_free(&new.text);
    return same;
}
