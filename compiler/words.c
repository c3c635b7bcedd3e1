// words.c - long lists of plain words. What is taken for one here is one to YAML as well, in any
// place where a list can be: words of ASCII letters, digits, `-` and `_` that begin with a letter,
// each followed by a comma or by the end, with blanks and line feeds between. So is a row: a line
// of the same indentation as the one before it, both of which are a word, a colon and such a list;
// or one map, in which nothing has a meaning that depends on where it stands.
#include "words.h"

#include <string.h>

enum {
    FEWEST_BYTES = 64, // of a list: below, there is nothing to win
    MOST_BYTES = 64,   // of a word
    MOST_INDENT = 64
};

enum {
    LETTER = WORD_LOWER | WORD_CAPITAL,
    WORD = LETTER | WORD_DIGIT | WORD_DASH | WORD_UNDERSCORE
};

#define FIVE(c, class)                                                                             \
    [c] = class, [c + 1] = class, [c + 2] = class, [c + 3] = class, [c + 4] = class
#define LETTERS(c, class)                                                                          \
    FIVE(c, class), FIVE(c + 5, class), FIVE(c + 10, class), FIVE(c + 15, class),                  \
        FIVE(c + 20, class), [c + 25] = class
static const unsigned char classes[256] = {
    FIVE('0', WORD_DIGIT),      FIVE('5', WORD_DIGIT), LETTERS('a', WORD_LOWER),
    LETTERS('A', WORD_CAPITAL), ['-'] = WORD_DASH,     ['_'] = WORD_UNDERSCORE,
};

static unsigned class_of(char c) {
    return classes[(unsigned char)c];
}

unsigned word_chars(Str text) {
    unsigned all = 0;
    for (size_t i = 0; i < text.len; i++)
        all |= class_of(text.ptr[i]) ? class_of(text.ptr[i]) : WORD_OTHER;
    return all;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n';
}

static size_t skip_word(Str s, size_t at) {
    size_t from = at;
    if (at < s.len && class_of(s.ptr[at]) & LETTER)
        while (at < s.len && class_of(s.ptr[at]))
            at++;
    return at - from <= MOST_BYTES ? at : from;
}

typedef struct Row {
    Str key, words; // of a map, with its braces
    size_t first;
    uint32_t count;
    size_t indent, begin, end; // where the brackets are
} Row;

// What a map of rows is made of, beside words: no quotes, comments, anchors, aliases or tags.
static bool is_map_char(char c) {
    return class_of(c) || (c && strchr(" ,:{}[].-/%()$+=", c));
}

// Whether this is a map, and its last character its end.
static bool is_map(Str s) {
    size_t at = 0, open = 0;
    for (; at < s.len && is_map_char(s.ptr[at]); at++) {
        open += s.ptr[at] == '{' || s.ptr[at] == '[';
        open -= s.ptr[at] == '}' || s.ptr[at] == ']';
        if (!open)
            break;
    }
    return at + 1 == s.len && s.ptr[at] == '}';
}

// The beginning of a line that is such a row, and begins at `at`.
static bool take_key(Str s, size_t at, char bracket, Row *row) {
    size_t from = at;
    while (from < s.len && s.ptr[from] == ' ')
        from++;
    size_t to = skip_word(s, from);
    if (to == from || to + 2 >= s.len || s.ptr[to] != ':' || s.ptr[to + 1] != ' ' ||
        s.ptr[to + 2] != bracket)
        return false;
    *row = (Row){.key = str_cut(s, from, to), .indent = from - at, .begin = to + 2};
    return true;
}

// The same map as in the row before.
static bool take_same(Str s, size_t at, const Row *before, Row *row) {
    if (!take_key(s, at, '{', row) || row->indent != before->indent)
        return false;
    Str rest = str_cut(s, row->begin, s.len);
    row->end = row->begin + before->words.len - 1;
    row->words = before->words;
    return str_starts(rest, before->words) &&
           (row->end + 1 == s.len || s.ptr[row->end + 1] == '\n');
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

static void add_word(Shown *s, Word word) {
    Words *w = s->words;
    if (w->word_count == w->word_cap)
        w->words = arena_room(s->arena, w->words, sizeof word, w->word_count, &w->word_cap);
    w->words[w->word_count++] = word;
}

// Adds the words of a list, and says where its `]` is; `first` is behind its `[`. NULL: it is none.
static const char *add_words(Shown *s, const char *first, const char *end) {
    for (const char *at = first; at < end; at++) { // at + 1 is behind a comma
        while (at < end && is_blank(*at))
            at++;
        const char *word = at;
        unsigned all = 0, class;
        if (at == end || !(class_of(*at) & LETTER))
            return NULL;
        for (; at < end && (class = class_of(*at)); at++)
            all |= class;
        if (at - word > MOST_BYTES)
            return NULL;
        add_word(s, (Word){(uint32_t)(word - first), (uint8_t)(at - word), (uint8_t)all});
        while (at < end && is_blank(*at))
            at++;
        if (at < end && *at == ']')
            return at;
        if (at < end && *at != ',')
            return NULL;
    }
    return NULL;
}

// The list of `row`, whose `[` is known. False: it is none, and nothing is added.
static bool take_list(Shown *s, Row *row) {
    Words *w = s->words;
    const char *first = s->text.ptr + row->begin + 1;
    row->first = w->word_count;
    const char *end = add_words(s, first, s->text.ptr + s->text.len);
    if (!end) {
        w->word_count = row->first;
        return false;
    }
    row->count = (uint32_t)(w->word_count - row->first);
    row->end = (size_t)(end - s->text.ptr);
    row->words = (Str){first, (size_t)(end - first)};
    return true;
}

// What is left of the line behind it is nothing, and it stands on one.
static bool is_whole_line(Str s, const Row *row) {
    return (row->end + 1 == s.len || s.ptr[row->end + 1] == '\n') &&
           !memchr(row->words.ptr, '\n', row->words.len);
}

// A line that is a row, as far to the right as the one before it.
static bool take_row(Shown *s, size_t at, const Row *before, Row *row) {
    if (!take_key(s->text, at, '[', row) || row->indent != before->indent || !take_list(s, row))
        return false;
    if (is_whole_line(s->text, row))
        return true;
    s->words->word_count = row->first;
    return false;
}

static void add_row(Shown *s, const Row *row, bool same) {
    add_list(s, (WordList){SIZE_MAX, row->words, row->first, row->count, row->key, same});
}

// Nothing is shown of the rows behind `first`, of which `row` is the next one, but their ends.
static void hide_rows(Shown *s, const Row *first, Row row) {
    bool same = s->text.ptr[first->begin] == '{', more = true;
    show_to(s, first->end + 1);
    for (size_t at = first->end + 2; more;) {
        add_row(s, &row, same);
        show_to(s, at);
        s->done = row.end + 1;
        at = row.end + 2;
        more = at < s->text.len &&
               (same ? take_same(s->text, at, first, &row) : take_row(s, at, first, &row));
    }
}

// A list that begins at `at`. Where that is none, or a short one, false.
static bool find_list(Shown *s, size_t at) {
    Row row = {.begin = at}, line, next;
    if (!take_list(s, &row))
        return false;
    bool is_row = take_key(s->text, line_start(s->text, at), '[', &line) && line.begin == at &&
                  is_whole_line(s->text, &row);
    bool many = is_row && take_row(s, row.end + 2, &line, &next);
    if (!many && row.end < at + FEWEST_BYTES) {
        s->words->word_count = row.first;
        return false;
    }
    show_to(s, at + 1);
    add_list(s, (WordList){s->chars - 1, row.words, row.first, row.count, {0}, false});
    show_blanks(s, row.words);
    row.indent = line.indent;
    if (many)
        hide_rows(s, &row, next);
    return true;
}

static size_t find_char(Str s, size_t from, char c) {
    const char *at = from < s.len ? memchr(s.ptr + from, c, s.len - from) : NULL;
    return at ? (size_t)(at - s.ptr) : s.len;
}

// A map that begins at `at`, and is that of the next line as well.
static bool find_map(Shown *s, size_t at) {
    Row row, next;
    if (!take_key(s->text, line_start(s->text, at), '{', &row) || row.begin != at)
        return false;
    size_t end = find_char(s->text, at, '\n');
    row.words = str_cut(s->text, at, end);
    row.end = end - 1;
    if (!take_same(s->text, end + 1, &row, &next) || !is_map(row.words))
        return false;
    show_to(s, at + 1);
    add_list(s, (WordList){.index = s->chars - 1});
    hide_rows(s, &row, next);
    return true;
}

bool words_find(Words *w, Arena *a, Str text) {
    Shown s = {.words = w, .arena = a, .text = text};
    size_t list = find_char(text, 0, '['), map = find_char(text, 0, '{');
    while (list < text.len || map < text.len) {
        size_t at = list < map ? list : map, next = at + 1;
        bool may_begin = at >= 2 && text.ptr[at - 1] == ' ' && text.ptr[at - 2] == ':';
        if (may_begin && (at == list ? find_list(&s, at) : find_map(&s, at)))
            next = s.done;
        list = list < next ? find_char(text, next, '[') : list;
        map = map < next ? find_char(text, next, '{') : map;
    }
    if (w->count)
        show_to(&s, text.len);
    w->rest = (Str){s.rest, s.len};
    return w->count > 0;
}

const WordList *words_row(Words *w) {
    bool is_row = w->taken < w->count && w->lists[w->taken].key.len;
    return is_row ? &w->lists[w->taken++] : NULL;
}

const WordList *words_take(Words *w, size_t index) {
    bool is_next = w->taken < w->count && w->lists[w->taken].index == index;
    return is_next ? &w->lists[w->taken++] : NULL;
}

bool words_all_taken(const Words *w) {
    return w->taken == w->count;
}

// Moves the place of `from` to `to`, which stands behind it in the same text.
static Loc move_place(Loc at, const char *from, const char *to) {
    for (; from < to; from++) {
        at.line += *from == '\n';
        at.col = *from == '\n' ? 1 : at.col + 1;
    }
    return at;
}

// The words begin behind a bracket, at which the list begins.
static Loc place_of_words(const Node *list) {
    Loc at = list->loc;
    at.col++;
    return at;
}

Loc words_place(const Node *list, Str word) {
    Loc at = move_place(place_of_words(list), list->text.ptr, word.ptr);
    at.len = (uint32_t)word.len;
    return at;
}

void words_unfold(Arena *a, Node *list) {
    Node *nodes = arena_new(a, Node, list->count), **items = arena_new(a, Node *, list->count);
    Loc at = place_of_words(list);
    const char *from = list->text.ptr;
    for (uint32_t i = 0; i < list->count; i++) {
        Str word = words_at(list, i);
        at = move_place(at, from, word.ptr);
        from = word.ptr;
        at.len = (uint32_t)word.len;
        nodes[i] = (Node){.type = NODE_SCALAR, .loc = at, .text = arena_str(a, word)};
        items[i] = &nodes[i];
    }
    list->type = NODE_LIST;
    list->text = (Str){0};
    list->items = items;
    list->cap = list->count;
}
