// diff_text.c - unified diffs by Myers' algorithm ("An O(ND) difference algorithm", 1986), forward
// only, with a bound on the differences: texts further apart are shown as one block each.
#include "diff_text.h"

#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3, MOST_EDITS = 1000 };

typedef struct Lines {
    Str *list; // with their line ends
    uint64_t *hash;
    size_t count;
} Lines;

typedef struct Differ {
    Arena arena;
    Lines old, new;
    size_t head, tail;         // lines that both begin and end with
    bool *old_gone, *new_here; // a mark for each line that is not in the other text
} Differ;

static Lines cut_lines(Arena *a, Str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    Lines lines = {arena_new(a, Str, count + 1), arena_new(a, uint64_t, count + 1), 0};
    for (size_t from = 0, to; from < text.len; from = to) {
        ptrdiff_t end = str_find(str_cut(text, from, text.len), S("\n"));
        to = end < 0 ? text.len : from + (size_t)end + 1;
        Str line = str_cut(text, from, to);
        lines.hash[lines.count] = str_hash(line);
        lines.list[lines.count++] = line;
    }
    return lines;
}

static bool same(const Differ *d, size_t old, size_t new) {
    return d->old.hash[old] == d->new.hash[new] && str_eq(d->old.list[old], d->new.list[new]);
}

static void mark_all(Differ *d) {
    memset(d->old_gone + d->head, 1, d->old.count - d->head - d->tail);
    memset(d->new_here + d->head, 1, d->new.count - d->head - d->tail);
}

// Walks the furthest points back from the end, and marks the steps that are no diagonals.
static void mark_path(Differ *d, ptrdiff_t **furthest, ptrdiff_t edits, ptrdiff_t n, ptrdiff_t m) {
    ptrdiff_t x = n, y = m;
    for (ptrdiff_t e = edits; e > 0; e--) {
        const ptrdiff_t *before = furthest[e - 1] + e; // its middle: diagonals -e to e
        ptrdiff_t k = x - y;
        bool down = k == -e || (k != e && before[k - 1] < before[k + 1]);
        ptrdiff_t from = down ? k + 1 : k - 1;
        ptrdiff_t at = before[from];
        if (down)
            d->new_here[(ptrdiff_t)d->head + at - from] = true;
        else
            d->old_gone[(ptrdiff_t)d->head + at] = true;
        x = at;
        y = at - from;
    }
}

// Fills in one row of furthest points; true when it reaches the end.
static bool extend(const Differ *d, const ptrdiff_t *before, ptrdiff_t *row, ptrdiff_t e,
                   ptrdiff_t n, ptrdiff_t m) {
    for (ptrdiff_t k = -e; k <= e; k += 2) {
        bool down = k == -e || (k != e && before[k - 1] < before[k + 1]);
        ptrdiff_t x = e == 0 ? 0 : down ? before[k + 1] : before[k - 1] + 1;
        ptrdiff_t y = x - k;
        while (x < n && y < m && y >= 0 && same(d, d->head + (size_t)x, d->head + (size_t)y)) {
            x++;
            y++;
        }
        row[k] = x;
        if (x >= n && y >= m)
            return true;
    }
    return false;
}

static void mark(Differ *d) {
    ptrdiff_t n = (ptrdiff_t)(d->old.count - d->head - d->tail);
    ptrdiff_t m = (ptrdiff_t)(d->new.count - d->head - d->tail);
    ptrdiff_t **furthest = arena_new(&d->arena, ptrdiff_t *, MOST_EDITS + 1);
    for (ptrdiff_t e = 0; e <= n + m && e <= MOST_EDITS; e++) {
        // Room for the diagonals -(e+1) to e+1, of which the outermost are only looked at.
        furthest[e] = arena_new(&d->arena, ptrdiff_t, 2 * (size_t)e + 3);
        ptrdiff_t *row = furthest[e] + e + 1;
        row[-e - 1] = row[e + 1] = -1;
        if (extend(d, e ? furthest[e - 1] + e : row, row, e, n, m)) {
            mark_path(d, furthest, e, n, m);
            return;
        }
    }
    mark_all(d);
}

static void put_line(Buf *out, char sign, Str line) {
    buf_char(out, sign);
    buf_put(out, line);
    if (!str_ends(line, S("\n")))
        buf_put(out, S("\n\\ No newline at end of file\n"));
}

static void put_range(Buf *out, char sign, size_t from, size_t count) {
    buf_fmt(out, "%c%zu", sign, count ? from + 1 : from);
    if (count != 1)
        buf_fmt(out, ",%zu", count);
}

typedef struct Hunk {
    size_t old, new, old_end, new_end;
} Hunk;

// The next stretch of changes with its context, from `h`'s end on. Unmarked lines pair up.
static bool next_hunk(const Differ *d, Hunk *h) {
    size_t i = h->old_end, j = h->new_end;
    while (i < d->old.count && j < d->new.count && !d->old_gone[i] && !d->new_here[j]) {
        i++;
        j++;
    }
    if (i == d->old.count && j == d->new.count)
        return false;
    size_t lead = i - h->old_end < CONTEXT ? i - h->old_end : CONTEXT;
    h->old = i - lead;
    h->new = j - lead;
    for (size_t quiet = 0; i < d->old.count || j < d->new.count;) {
        bool gone = i < d->old.count && d->old_gone[i], here = j < d->new.count && d->new_here[j];
        quiet = gone || here ? 0 : quiet + 1;
        if (quiet > 2 * CONTEXT)
            break;
        i += gone || !here;
        j += here || !gone;
        h->old_end = i;
        h->new_end = j;
    }
    return true;
}

// Takes the quiet lines at the end that are more than context off a hunk.
static void trim(const Differ *d, Hunk *h) {
    size_t quiet = 0;
    while (h->old_end - quiet > h->old && h->new_end - quiet > h->new &&
           !d->old_gone[h->old_end - quiet - 1] && !d->new_here[h->new_end - quiet - 1])
        quiet++;
    size_t more = quiet > CONTEXT ? quiet - CONTEXT : 0;
    h->old_end -= more;
    h->new_end -= more;
}

static void put_hunk(Buf *out, const Differ *d, const Hunk *h) {
    buf_put(out, S("@@ "));
    put_range(out, '-', h->old, h->old_end - h->old);
    buf_char(out, ' ');
    put_range(out, '+', h->new, h->new_end - h->new);
    buf_put(out, S(" @@\n"));
    for (size_t i = h->old, j = h->new; i < h->old_end || j < h->new_end;) {
        if (i < h->old_end && d->old_gone[i]) {
            put_line(out, '-', d->old.list[i++]);
        } else if (j < h->new_end && d->new_here[j]) {
            put_line(out, '+', d->new.list[j++]);
        } else {
            put_line(out, ' ', d->old.list[i++]);
            j++;
        }
    }
}

void diff_text(Buf *out, Str old_text, Str new_text, Str old_name, Str new_name) {
    if (str_eq(old_text, new_text))
        return;
    Differ d = {
        .arena = {.on_oom = out->arena ? out->arena->on_oom : NULL,
                  .oom_arg = out->arena ? out->arena->oom_arg : NULL}
    };
    d.old = cut_lines(&d.arena, old_text);
    d.new = cut_lines(&d.arena, new_text);
    size_t least = d.old.count < d.new.count ? d.old.count : d.new.count;
    while (d.head < least && same(&d, d.head, d.head))
        d.head++;
    while (d.tail < least - d.head && same(&d, d.old.count - d.tail - 1, d.new.count - d.tail - 1))
        d.tail++;
    d.old_gone = arena_new(&d.arena, bool, d.old.count + 1);
    d.new_here = arena_new(&d.arena, bool, d.new.count + 1);
    mark(&d);
    buf_fmt(out, "--- %.*s\n+++ %.*s\n", SFMT(old_name), SFMT(new_name));
    Hunk h = {0};
    while (next_hunk(&d, &h)) {
        trim(&d, &h);
        put_hunk(out, &d, &h);
    }
    arena_free(&d.arena);
}
