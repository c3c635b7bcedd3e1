// suggest.c - "did you mean": which of the known names a mistyped one was meant to be.
#include "diag.h"

#include <string.h>

enum { LONGEST = 64 }; // longer names are not typed by hand

static char folded(char c) {
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c;
}

// `name` in lower case without `-` and `_`, cut at LONGEST: visibilityTimeout = visibility_timeout.
static size_t fold(char *out, Str name, bool keep_marks) {
    size_t len = 0;
    for (size_t i = 0; i < name.len && len < LONGEST; i++)
        if (keep_marks || (name.ptr[i] != '-' && name.ptr[i] != '_'))
            out[len++] = folded(name.ptr[i]);
    return len;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

// Edits (insert, delete, substitute, swap of neighbours) that make one text of the other.
static size_t distance(const char *a, size_t alen, const char *b, size_t blen) {
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= blen; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= alen; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= blen; j++) {
            size_t cost = a[i - 1] != b[j - 1];
            row[j] = least(least(row[j - 1] + 1, above[j] + 1), above[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return rows[alen % 3][blen];
}

// The words of both are the same in another order: timeout-visibility, visibility-timeout.
static bool same_words(Str a, Str b) {
    if (a.len != b.len)
        return false;
    Str word, rest = a;
    size_t words = 0;
    while (str_split(&rest, '-', &word)) {
        bool found = false;
        Str other, others = b;
        while (str_split(&others, '-', &other))
            found = found || str_eq(word, other);
        if (!found)
            return false;
        words++;
    }
    return words > 1;
}

// 0 is the same but for case and marks; SIZE_MAX is nothing like it.
static size_t unlikeness(Str wrong, Str name) {
    char a[LONGEST], b[LONGEST];
    size_t alen = fold(a, wrong, false), blen = fold(b, name, false);
    if (alen == blen && memcmp(a, b, alen) == 0)
        return 0;
    if (same_words(wrong, name))
        return 1;
    alen = fold(a, wrong, true);
    blen = fold(b, name, true);
    size_t allowed = (alen > 3 ? alen : 3) / 3;
    size_t gap = alen > blen ? alen - blen : blen - alen;
    if (gap > allowed)
        return SIZE_MAX;
    size_t edits = distance(a, alen, b, blen);
    return edits <= allowed && edits < blen ? edits + 1 : SIZE_MAX;
}

ptrdiff_t suggest_best(Str wrong, const Str *names, size_t count) {
    ptrdiff_t best = -1;
    size_t best_score = SIZE_MAX;
    bool tie = false;
    for (size_t i = 0; i < count; i++) {
        size_t score = str_eq(wrong, names[i]) ? SIZE_MAX : unlikeness(wrong, names[i]);
        if (score < best_score) {
            best = (ptrdiff_t)i;
            best_score = score;
            tie = false;
        } else if (score == best_score && score != SIZE_MAX && !str_eq(names[i], names[best])) {
            tie = true;
        }
    }
    return tie ? -1 : best;
}
