// words.c - long lists of plain words. What is taken for one here is one to YAML as well, in any
// place where a list can be: words of ASCII letters, digits, `-` and `_` that begin with a letter,
// each followed by a comma or by the end, with blanks and line feeds between. So is a row: a line
// of the same indentation as the one before it, both of which are a word, a colon and such a list.
#include "words.h"

#include <string.h>

enum {
    FEWEST_BYTES = 64, // of a list: below, there is nothing to win
    MOST_BYTES = 64,   // of a word
    MOST_INDENT = 64
};

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Letters, digits, `-` and `_`: a bit for each.
static const uint64_t word_chars[4] = {0x03FF200000000000u, 0x07FFFFFE87FFFFFEu};

static bool is_word_char(char c) {
    unsigned char u = (unsigned char)c;
    return word_chars[u >> 6] >> (u & 63) & 1;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n';
}

static size_t skip_blanks(Str s, size_t at) {
    while (at < s.len && is_blank(s.ptr[at]))
        at++;
    return at;
}

static size_t skip_word(Str s, size_t at) {
    size_t from = at;
    if (at < s.len && is_letter(s.ptr[at]))
        while (at < s.len && is_word_char(s.ptr[at]))
            at++;
    return at - from <= MOST_BYTES ? at : from;
}

// The end of the list whose `[` is at `from`: its `]`. 0: it is no list of plain words.
static size_t list_end(Str s, size_t from) {
    for (size_t at = from; at < s.len;) {
        size_t word = skip_blanks(s, at + 1);
        at = skip_word(s, word);
        if (at == word)
            return 0;
        at = skip_blanks(s, at);
        if (at < s.len && s.ptr[at] == ']')
            return at;
        if (at < s.len && s.ptr[at] != ',')
            return 0;
    }
    return 0;
}

typedef struct Row {
    Str key, words;
    size_t indent, begin, end; // where the `[` and the `]` are
} Row;

// A line that is such a row and nothing else, and begins at `at`.
static bool take_row(Str s, size_t at, Row *row) {
    size_t from = at;
    while (from < s.len && s.ptr[from] == ' ')
        from++;
    size_t to = skip_word(s, from);
    if (to == from || to + 2 >= s.len || memcmp(s.ptr + to, ": [", 3) != 0)
        return false;
    size_t end = list_end(s, to + 2);
    if (!end || (end + 1 < s.len && s.ptr[end + 1] != '\n') || memchr(s.ptr + to, '\n', end - to))
        return false;
    *row = (Row){str_cut(s, from, to), str_cut(s, to + 3, end), from - at, to + 2, end};
    return true;
}

// Where the line begins, if that is near.
static size_t line_start(Str s, size_t at) {
    size_t least = at > MOST_INDENT + MOST_BYTES ? at - MOST_INDENT - MOST_BYTES : 0;
    while (at > least && s.ptr[at - 1] != '\n')
        at--;
    return at;
}

// What libyaml is shown instead of a text, as far as it is made.
typedef struct Shown {
    Words *words;
    Arena *arena;
    Str text;
    char *rest;
    size_t done, len, chars; // of the text; of what is shown
} Shown;

static void show_to(Shown *s, size_t to) {
    if (!s->rest)
        s->rest = arena_alloc(s->arena, 1, s->text.len + 1);
    Str more = str_cut(s->text, s->done, to);
    memcpy(s->rest + s->len, more.ptr, more.len);
    s->len += more.len;
    s->chars += str_code_points(more);
    s->done = to;
}

static void show_blanks(Shown *s, Str words) {
    for (size_t i = 0; i < words.len; i++)
        s->rest[s->len++] = words.ptr[i] == '\n' ? '\n' : ' ';
    s->chars += words.len;
    s->done += words.len;
}

static void add_list(Shown *s, WordList list) {
    Words *w = s->words;
    w->lists = arena_room(s->arena, w->lists, sizeof *w->lists, w->count, &w->cap);
    w->lists[w->count++] = list;
}

// Nothing is shown of the rows behind `first` but their ends.
static void hide_rows(Shown *s, const Row *first) {
    Row row;
    show_to(s, first->end + 1);
    for (size_t at = first->end + 2;
         at < s->text.len && take_row(s->text, at, &row) && row.indent == first->indent;
         at = row.end + 2) {
        add_list(s, (WordList){SIZE_MAX, row.words, row.key});
        show_to(s, at);
        s->done = row.end + 1;
    }
}

bool words_find(Words *w, Arena *a, Str text) {
    Shown s = {.words = w, .arena = a, .text = text};
    for (size_t i = 0; i < text.len; i++) {
        const char *next = memchr(text.ptr + i, '[', text.len - i);
        i = next ? (size_t)(next - text.ptr) : text.len;
        bool may_begin = next && i >= 2 && next[-1] == ' ' && next[-2] == ':';
        size_t end = may_begin ? list_end(text, i) : 0;
        Row row, second;
        bool is_row = end && take_row(text, line_start(text, i), &row) && row.begin == i;
        bool many = is_row && take_row(text, end + 2, &second) && second.indent == row.indent;
        if (!many && end < i + FEWEST_BYTES)
            continue;
        show_to(&s, i + 1);
        add_list(&s, (WordList){s.chars - 1, str_cut(text, i + 1, end), {0}});
        show_blanks(&s, str_cut(text, i + 1, end));
        if (many)
            hide_rows(&s, &row);
        i = s.done - 1;
    }
    if (w->count)
        show_to(&s, text.len);
    w->rest = (Str){s.rest, s.len};
    return w->count > 0;
}

bool words_row(Words *w, Str *key, Str *words) {
    if (w->taken == w->count || !w->lists[w->taken].key.len)
        return false;
    *key = w->lists[w->taken].key;
    *words = w->lists[w->taken++].words;
    return true;
}

Str words_take(Words *w, size_t index) {
    if (w->taken == w->count || w->lists[w->taken].index != index)
        return (Str){0};
    return w->lists[w->taken++].words;
}

bool words_all_taken(const Words *w) {
    return w->taken == w->count;
}

size_t words_count(Str words) {
    size_t count = words.len > 0;
    for (size_t i = 0; i < words.len; i++)
        count += words.ptr[i] == ',';
    return count;
}

bool words_next(Str *rest, Str *word, Loc *at) {
    size_t from = 0;
    Loc place = *at;
    place.col += place.len;
    for (; from < rest->len && !is_letter(rest->ptr[from]); from++) {
        bool newline = rest->ptr[from] == '\n';
        place.line += newline;
        place.col = newline ? 1 : place.col + 1;
    }
    size_t end = from;
    while (end < rest->len && rest->ptr[end] != ',' && !is_blank(rest->ptr[end]))
        end++; // what it has is known
    *word = str_cut(*rest, from, end);
    *rest = str_cut(*rest, end, rest->len);
    place.len = (uint32_t)word->len;
    *at = place;
    return word->len > 0;
}
