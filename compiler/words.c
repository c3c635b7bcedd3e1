// words.c - long lists of plain words. What is taken for one here is one to YAML as well, in any
// place where a list can be: words of ASCII letters, digits, `-` and `_` that begin with a letter,
// each followed by a comma or by the end, with blanks and line feeds between.
#include "words.h"

#include <string.h>

enum {
    FEWEST_BYTES = 64, // of a list: below, there is nothing to win
    MOST_BYTES = 64    // of a word
};

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
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

static void blank(char *at, Str words) {
    for (size_t i = 0; i < words.len; i++)
        at[i] = words.ptr[i] == '\n' ? '\n' : ' ';
}

bool words_find(Words *w, Arena *a, Str text) {
    char *rest = NULL;
    size_t chars = 0; // before `i`
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool may_begin = c == '[' && i >= 2 && text.ptr[i - 1] == ' ' && text.ptr[i - 2] == ':';
        size_t end = may_begin ? list_end(text, i) : 0;
        chars += ((unsigned char)c & 0xC0) != 0x80;
        if (end < i + FEWEST_BYTES)
            continue;
        if (!rest)
            rest = memcpy(arena_alloc(a, 1, text.len), text.ptr, text.len);
        w->lists = arena_room(a, w->lists, sizeof *w->lists, w->count, &w->cap);
        w->lists[w->count++] = (WordList){chars - 1, str_cut(text, i + 1, end)};
        blank(rest + i + 1, str_cut(text, i + 1, end));
        chars += end - i - 1;
        i = end - 1;
    }
    w->rest = (Str){rest, text.len};
    return rest != NULL;
}

Str words_take(Words *w, size_t index) {
    if (w->taken == w->count || w->lists[w->taken].index != index)
        return (Str){0};
    return w->lists[w->taken++].words;
}

bool words_all_taken(const Words *w) {
    return w->taken == w->count;
}

bool words_next(Str *rest, Str *word, Loc *at) {
    size_t from = 0;
    at->col += at->len;
    while (from < rest->len && !is_letter(rest->ptr[from])) {
        bool newline = rest->ptr[from++] == '\n';
        at->line += newline;
        at->col = newline ? 1 : at->col + 1;
    }
    size_t end = skip_word(*rest, from);
    *word = str_cut(*rest, from, end);
    *rest = str_cut(*rest, end, rest->len);
    at->len = (uint32_t)word->len;
    return word->len > 0;
}
