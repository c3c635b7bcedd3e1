// base.h - Arena, Str, Buf, StrMap and Loc: the vocabulary that every other file speaks.
#ifndef BASE_H
#define BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// A view of text that somebody else owns, as a rule an arena. Not NUL-terminated.
typedef struct Str {
    const char *ptr;
    size_t len;
} Str;
#define S(literal) ((Str){(literal), sizeof(literal) - 1})
#define SFMT(s) (int)(s).len, (s).ptr // for "%.*s"

Str str_from(const char *text); // the caller's text, which must outlive the view; NULL is empty
bool char_is_word(char c);      // a letter, a digit or `_`
static inline bool str_eq(Str a, Str b) { // here: half of all calls are of this
    return a.len == b.len && (a.len == 0 || (*a.ptr == *b.ptr && memcmp(a.ptr, b.ptr, a.len) == 0));
}
static inline bool str_is(Str s, const char *word) { // most words differ in their first letter
    if (!s.len)
        return !*word;
    return *s.ptr == *word && s.len == strlen(word) && memcmp(s.ptr, word, s.len) == 0;
}
bool str_is_one_of(Str s, const char *const *words, size_t count);
int str_cmp(Str a, Str b); // by bytes: the one order in which anything is ever sorted
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
ptrdiff_t str_find(Str s, Str part);        // offset of the first occurrence, or -1
Str str_cut(Str s, size_t from, size_t to); // clamped to s
bool str_split(Str *rest, char at,
               Str *head);              // takes the text before `at` off `rest`; false at the end
size_t str_code_points(Str s);          // of UTF-8
uint32_t str_decode(Str s, size_t *at); // the code point at `at`, which is moved behind it
const char *str_article(Str noun);      // `a` or `an`, as a kind or a user has it
Str str_trim(Str s);                    // without spaces, tabs and line ends around it

// Owns everything made during one run. Memory is zeroed; running out of it ends the process with
// exit code 4, after `on_oom` (if set) has taken back what was half done.
typedef struct Arena {
    struct Chunk *chunk;
    size_t size; // of all chunks
    bool large;  // it is known to need much: in huge pages from the first on
    void (*on_oom)(void *);
    void *oom_arg;
} Arena;
#define arena_new(a, Type, n) ((Type *)arena_alloc((a), sizeof(Type), (n)))

void *arena_alloc(Arena *a, size_t size, size_t count);
void *arena_space(Arena *a, size_t size, size_t count); // not zeroed: for what is filled at once
// Room for one more in a list of `count` elements, which was made here: the list itself, or a
// larger copy. `cap` is how many there is room for.
void *arena_room(Arena *a, void *list, size_t size, size_t count, size_t *cap);
Str arena_str(Arena *a, Str s); // a copy, with a NUL behind it for library edges
void arena_lend(Arena *from, Arena *to, size_t bytes); // what an empty one begins with
void arena_reset(Arena *a); // forgets everything, keeps one chunk for reuse
void arena_free(Arena *a);
void arena_give(Arena *from, Arena *to); // what `from` made lives as long as `to`
Str str_fmt(Arena *a, const char *fmt, ...) PRINTF(2, 3);
Str str_join(Arena *a, Str head, Str middle, Str tail);
Str pascal_case(Arena *a, Str words);             // check-active-job -> CheckActiveJob
Str pascal_behind(Arena *a, Str head, Str words); // `head`, and that behind it
Str snake_case(Arena *a, Str words);              // heavy-ETL -> heavy_etl
Str dash_case(Arena *a, Str words);               // heavy_ETL -> heavy-ETL
// Sorts pointers; stable, and quick where much is in order already.
typedef int RowOrder(const void *, const void *);
void sort_rows(Arena *a, void **rows, size_t count, RowOrder *order);
void out_of_memory(Arena *a) __attribute__((noreturn)); // `a` may be NULL

// Text that grows. Owned by whoever declared it, who calls buf_free.
typedef struct Buf {
    char *ptr;
    size_t len, cap;
    Arena *arena; // whose on_oom runs when memory ends; may be NULL
    bool lent;    // `ptr` is somebody else's, until it has to grow
} Buf;
void buf_put(Buf *b, Str s);
void buf_char(Buf *b, char c);
void buf_fill(Buf *b, char c, size_t count);
void buf_fmt(Buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_vfmt(Buf *b, const char *fmt, va_list args);
char *buf_room(Buf *b, size_t bytes); // at least that much space behind what is there
void buf_free(Buf *b);
Str buf_str(const Buf *b);            // a view that the next write may move
Str buf_keep(const Buf *b, Arena *a); // a copy that stays

// Maps text to pointers; keys are views that the caller keeps alive. A zeroed StrMap is empty.
typedef struct StrMap {
    struct StrSlot *slots;
    size_t count, cap;
} StrMap;
void *strmap_get(const StrMap *m, Str key);                  // NULL: not there
void strmap_reserve(StrMap *m, Arena *a, size_t count);      // of an empty map: room for so many
void *strmap_put(StrMap *m, Arena *a, Str key, void *value); // the value that was there, or NULL
StrMap strmap_copy(const StrMap *m, Arena *a);
uint64_t str_hash(Str s);

// A file that was read, and a place in it.
typedef struct Source {
    Str path; // as the user would write it
    Str text;
    const struct Loc *used; // of a blueprint: the place that it is used at
} Source;
// Without the space that would stand behind it, so that a Node is one line of the cache.
typedef struct __attribute__((packed, aligned(4))) Loc {
    const Source *src; // NULL: made by the compiler
    uint32_t line;     // from 1
    uint32_t col;      // from 1, in code points
    uint32_t len;      // code points under the caret, at least 1
} Loc;

#endif
