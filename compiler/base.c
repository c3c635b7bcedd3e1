// base.c - memory and text. The only file that frees what it did not get from a library.
#include "base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CHUNK_BYTES ((size_t)64 * 1024)
#define LARGE_BYTES (12 * CHUNK_BYTES)       // of an arena that will need many more
#define HUGE_BYTES ((size_t)2 * 1024 * 1024) // a huge page
#define ALIGNMENT sizeof(uint64_t)           // nothing that is made here wants more

typedef struct Chunk {
    struct Chunk *next;
    size_t used, size;
    void *map;   // what munmap takes; NULL: free
    bool lent;   // by another arena, whose it stays
    bool is_new; // what is not used yet is zero, as the kernel gave it
    uint64_t data[];
} Chunk;

typedef struct StrSlot {
    Str key;
    void *value;
} StrSlot;

Str str_from(const char *text) {
    return (Str){text, text ? strlen(text) : 0};
}

bool char_is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool str_is_one_of(Str s, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(s, words[i]))
            return true;
    return false;
}

int str_cmp(Str a, Str b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix) {
    return s.len >= prefix.len && str_eq((Str){s.ptr, prefix.len}, prefix);
}

bool str_ends(Str s, Str suffix) {
    return s.len >= suffix.len && str_eq((Str){s.ptr + s.len - suffix.len, suffix.len}, suffix);
}

ptrdiff_t str_find(Str s, Str part) {
    if (!part.len || part.len > s.len)
        return part.len ? -1 : 0;
    // What is looked for is short and mostly not there: that takes memmem longer to see.
    const char *at = s.ptr, *end = s.ptr + s.len - part.len + 1;
    while (at < end && (at = memchr(at, part.ptr[0], (size_t)(end - at)))) {
        if (memcmp(at, part.ptr, part.len) == 0)
            return at - s.ptr;
        at++;
    }
    return -1;
}

Str str_cut(Str s, size_t from, size_t to) {
    if (to > s.len)
        to = s.len;
    if (from >= to)
        return (Str){s.ptr, 0};
    return (Str){s.ptr + from, to - from};
}

bool str_split(Str *rest, char at, Str *head) {
    if (!rest->ptr)
        return false;
    const char *cut = rest->len ? memchr(rest->ptr, at, rest->len) : NULL;
    if (!cut) {
        *head = *rest;
        *rest = (Str){NULL, 0};
        return true;
    }
    *head = (Str){rest->ptr, (size_t)(cut - rest->ptr)};
    *rest = (Str){cut + 1, rest->len - head->len - 1};
    return true;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

uint32_t str_decode(Str s, size_t *at) {
    unsigned char c = (unsigned char)s.ptr[(*at)++];
    int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
    uint32_t code = more == 0 ? c : c & (0x3Fu >> more);
    while (more-- > 0 && *at < s.len)
        code = code << 6 | ((unsigned char)s.ptr[(*at)++] & 0x3Fu);
    return code;
}

size_t str_code_points(Str s) {
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

const char *str_article(Str noun) {
    return noun.len && strchr("aeio", noun.ptr[0]) ? "an" : "a";
}

Str str_trim(Str s) {
    while (s.len && is_blank(s.ptr[0]))
        s = str_cut(s, 1, s.len);
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

void out_of_memory(Arena *a) {
    static const char message[] = "wgen: out of memory; nothing was changed\n";
    if (a && a->on_oom)
        a->on_oom(a->oom_arg);
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
        _exit(4); // nobody is left to tell
    _exit(4);
}

// A huge page begins at a multiple of its size.
static Chunk *chunk_map(void) {
    void *map =
        mmap(NULL, 2 * HUGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED)
        return NULL;
    Chunk *c = (Chunk *)(((uintptr_t)map + HUGE_BYTES - 1) / HUGE_BYTES * HUGE_BYTES);
    madvise(c, HUGE_BYTES, MADV_HUGEPAGE);
    *c = (Chunk){.size = HUGE_BYTES - sizeof(Chunk), .map = map, .is_new = true};
    return c;
}

// Of an arena that is large, in huge pages: making 512 small ones costs more than filling them.
static Chunk *chunk_new(Arena *a, size_t bytes) {
    size_t size = bytes + sizeof(Chunk);
    bool huge = (a->large || a->size >= LARGE_BYTES) && size <= HUGE_BYTES;
    Chunk *c;
    if (huge) {
        c = chunk_map();
    } else {
        size = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        c = malloc(size);
        if (c)
            *c = (Chunk){.size = size - sizeof(Chunk)};
    }
    if (!c)
        out_of_memory(a);
    a->size += huge ? HUGE_BYTES : size;
    return c;
}

static void chunk_free(Chunk *c) {
    if (c->map)
        munmap(c->map, 2 * HUGE_BYTES);
    else if (!c->lent)
        free(c);
}

__attribute__((noinline, cold)) static void add_chunk(Arena *a, size_t bytes) {
    Chunk *c = chunk_new(a, bytes);
    c->next = a->chunk;
    a->chunk = c;
}

// Not zeroed: that is done piece by piece, when the memory is in the cache anyway.
static inline void *take(Arena *a, size_t bytes) {
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!a->chunk || a->chunk->size - a->chunk->used < bytes)
        add_chunk(a, bytes);
    void *at = (char *)a->chunk->data + a->chunk->used;
    a->chunk->used += bytes;
    return at;
}

static size_t bytes_of(Arena *a, size_t size, size_t count) {
    size_t bytes;
    if (__builtin_mul_overflow(size, count, &bytes) || bytes > SIZE_MAX / 2)
        out_of_memory(a);
    return bytes;
}

void *arena_space(Arena *a, size_t size, size_t count) {
    return take(a, bytes_of(a, size, count));
}

void *arena_alloc(Arena *a, size_t size, size_t count) {
    size_t bytes = bytes_of(a, size, count);
    void *at = take(a, bytes);
    return a->chunk->is_new ? at : memset(at, 0, bytes);
}

void *arena_room(Arena *a, void *list, size_t size, size_t count, size_t *cap) {
    if (count < *cap)
        return list;
    *cap = *cap ? *cap * 2 : 16;
    char *more = arena_space(a, size, *cap);
    if (count)
        memcpy(more, list, count * size);
    memset(more + count * size, 0, (*cap - count) * size);
    return more;
}

Str arena_str(Arena *a, Str s) {
    char *copy = take(a, s.len + 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return (Str){copy, s.len};
}

void arena_lend(Arena *from, Arena *to, size_t bytes) {
    Chunk *c = take(from, bytes);
    *c = (Chunk){.size = bytes - sizeof(Chunk), .lent = true};
    to->chunk = c;
    to->size = bytes;
}

void arena_reset(Arena *a) {
    Chunk *kept = a->chunk;
    if (!kept)
        return;
    while (kept->next) {
        Chunk *next = kept->next->next;
        chunk_free(kept->next);
        kept->next = next;
    }
    kept->used = 0;
    kept->is_new = false;
    a->size = kept->size;
}

void arena_free(Arena *a) {
    for (Chunk *c = a->chunk; c;) {
        Chunk *next = c->next;
        chunk_free(c);
        c = next;
    }
    a->chunk = NULL;
    a->size = 0;
}

static size_t room_in(const Chunk *c) {
    return c ? c->size - c->used : 0;
}

// Puts the chunks of `more` behind `first`.
static Chunk *chain(Chunk *first, Chunk *more) {
    Chunk *last = first;
    while (last && last->next)
        last = last->next;
    if (!last)
        return more;
    last->next = more;
    return first;
}

void arena_give(Arena *from, Arena *to) {
    bool goes_on = room_in(to->chunk) >= room_in(from->chunk); // where there is more room
    to->chunk = goes_on ? chain(to->chunk, from->chunk) : chain(from->chunk, to->chunk);
    to->size += from->size;
    from->chunk = NULL;
    from->size = 0;
}

Str str_fmt(Arena *a, const char *fmt, ...) {
    va_list args;
    char space[256]; // enough for nearly all
    Buf b = {.ptr = space, .cap = sizeof space, .arena = a, .lent = true};
    va_start(args, fmt);
    buf_vfmt(&b, fmt, args);
    va_end(args);
    Str kept = buf_keep(&b, a);
    buf_free(&b);
    return kept;
}

Str str_join(Arena *a, Str head, Str middle, Str tail) {
    size_t len = head.len + middle.len + tail.len;
    char *text = take(a, len + 1), *at = text;
    const Str parts[] = {head, middle, tail};
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (parts[i].len)
            memcpy(at, parts[i].ptr, parts[i].len);
        at += parts[i].len;
    }
    *at = '\0';
    return (Str){text, len};
}

// Letters and digits: a bit for each.
static const uint64_t word_chars[4] = {0x03FF000000000000u, 0x07FFFFFE07FFFFFEu};

static bool is_word_char(char c) {
    unsigned char u = (unsigned char)c;
    return word_chars[u >> 6] >> (u & 63) & 1;
}

Str pascal_behind(Arena *a, Str head, Str words) {
    char *out = take(a, head.len + words.len + 1);
    size_t len = head.len;
    if (len)
        memcpy(out, head.ptr, len);
    for (size_t i = 0; i < words.len; i++) {
        size_t first = len;
        for (; i < words.len && is_word_char(words.ptr[i]); i++)
            out[len++] = words.ptr[i];
        if (len > first && out[first] >= 'a' && out[first] <= 'z')
            out[first] = (char)(out[first] - 'a' + 'A');
    }
    out[len] = '\0';
    return (Str){out, len};
}

Str pascal_case(Arena *a, Str words) {
    return pascal_behind(a, (Str){0}, words);
}

Str dash_case(Arena *a, Str words) {
    Str dashed = arena_str(a, words);
    for (char *at = (char *)dashed.ptr; (at = strchr(at, '_'));) // its own copy
        *at = '-';
    return dashed;
}

Str snake_case(Arena *a, Str words) {
    char *out = arena_alloc(a, 1, words.len + 1);
    for (size_t i = 0; i < words.len; i++) {
        char c = words.ptr[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : is_word_char(c) ? c : '_';
    }
    return (Str){out, words.len};
}

// The end of what is in order from `from` on.
static size_t run_end(void *const *rows, size_t from, size_t count, RowOrder *order) {
    size_t end = from + 1;
    while (end < count && order(rows[end - 1], rows[end]) <= 0)
        end++;
    return end;
}

// Merges `rows` up to `middle` with the rest of them, by way of `space`.
static void merge_rows(void **rows, size_t middle, size_t count, void **space, RowOrder *order) {
    size_t left = 0, right = middle, to = 0;
    memcpy(space, rows, middle * sizeof *rows);
    while (left < middle && right < count)
        rows[to++] = order(space[left], rows[right]) <= 0 ? space[left++] : rows[right++];
    memcpy(rows + to, space + left, (middle - left) * sizeof *rows);
}

// Runs that are in order are merged, two and two, until one is left: what is sorted here was sorted
// when it was read, and little came to it.
void sort_rows(Arena *a, void **rows, size_t count, RowOrder *order) {
    if (count == 0 || run_end(rows, 0, count, order) == count)
        return;
    void **space = arena_new(a, void *, count);
    for (bool sorted = false; !sorted;) {
        sorted = true;
        for (size_t from = 0; from < count;) {
            size_t middle = run_end(rows, from, count, order);
            if (middle == count)
                break;
            size_t end = run_end(rows, middle, count, order);
            merge_rows(rows + from, middle - from, end - from, space, order);
            sorted = sorted && from == 0 && end == count;
            from = end;
        }
    }
}

__attribute__((noinline, cold)) static void buf_grow(Buf *b, size_t bytes) {
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->len < bytes)
        if (__builtin_mul_overflow(cap, (size_t)2, &cap))
            out_of_memory(b->arena);
    char *grown = b->lent ? malloc(cap) : realloc(b->ptr, cap);
    if (!grown)
        out_of_memory(b->arena);
    if (b->lent)
        memcpy(grown, b->ptr, b->len);
    b->ptr = grown;
    b->cap = cap;
    b->lent = false;
}

char *buf_room(Buf *b, size_t bytes) {
    if (b->cap - b->len < bytes)
        buf_grow(b, bytes);
    return b->ptr + b->len;
}

void buf_put(Buf *b, Str s) {
    if (!s.len)
        return;
    memcpy(buf_room(b, s.len), s.ptr, s.len);
    b->len += s.len;
}

void buf_char(Buf *b, char c) {
    *buf_room(b, 1) = c;
    b->len++;
}

void buf_fill(Buf *b, char c, size_t count) {
    memset(buf_room(b, count + 1), c, count);
    b->len += count;
}

static void put_number(Buf *b, unsigned long long n, bool negative) {
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    if (negative)
        digits[--at] = '-';
    buf_put(b, (Str){digits + at, sizeof digits - at});
}

static void put_signed(Buf *b, long long n) {
    put_number(b, n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n, n < 0);
}

// Takes one of the conversions that nearly all of our formats are made of, without the detour by
// vsnprintf, which is a fifth of a build. Returns what it read of `fmt`, or 0: another one.
static size_t put_simple(Buf *b, const char *fmt, va_list *args) {
    switch (fmt[1]) {
    case '.': {
        if (fmt[2] != '*' || fmt[3] != 's')
            return 0;
        int len = va_arg(*args, int);
        buf_put(b, (Str){va_arg(*args, const char *), (size_t)len});
        return 4;
    }
    case 'z':
        if (fmt[2] != 'u')
            return 0;
        put_number(b, va_arg(*args, size_t), false);
        return 3;
    case 'l':
        if (fmt[2] != 'l' || fmt[3] != 'd')
            return 0;
        put_signed(b, va_arg(*args, long long));
        return 4;
    case 's':
        buf_put(b, str_from(va_arg(*args, const char *)));
        return 2;
    case 'c':
        buf_char(b, (char)va_arg(*args, int));
        return 2;
    case 'd':
        put_signed(b, va_arg(*args, int));
        return 2;
    case 'u':
        put_number(b, va_arg(*args, unsigned), false);
        return 2;
    case '%':
        buf_char(b, '%');
        return 2;
    default:
        return 0;
    }
}

static void put_rest(Buf *b, const char *fmt, va_list *args) {
    va_list again;
    va_copy(again, *args);
    int need = vsnprintf(NULL, 0, fmt, *args);
    if (need > 0) {
        vsnprintf(buf_room(b, (size_t)need + 1), (size_t)need + 1, fmt, again);
        b->len += (size_t)need;
    }
    va_end(again);
}

void buf_vfmt(Buf *b, const char *fmt, va_list args) {
    va_list own;
    va_copy(own, args);
    while (*fmt) {
        const char *next = strchrnul(fmt, '%');
        buf_put(b, (Str){fmt, (size_t)(next - fmt)});
        size_t read = *next ? put_simple(b, next, &own) : 0;
        if (*next && !read) {
            put_rest(b, next, &own);
            break;
        }
        fmt = next + read;
    }
    va_end(own);
}

void buf_fmt(Buf *b, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    buf_vfmt(b, fmt, args);
    va_end(args);
}

void buf_free(Buf *b) {
    if (!b->lent)
        free(b->ptr);
    *b = (Buf){.arena = b->arena};
}

Str buf_str(const Buf *b) {
    return (Str){b->ptr, b->len};
}

Str buf_keep(const Buf *b, Arena *a) {
    return arena_str(a, buf_str(b));
}

// Fewer than eight, the first one lowest, without a call for each text.
static uint64_t last_bytes(Str s) {
    uint32_t head = 0, tail = 0;
    if (s.len >= 4) {
        memcpy(&head, s.ptr, 4);
        memcpy(&tail, s.ptr + s.len - 4, 4);
        return head | (uint64_t)tail << (8 * (s.len - 4)); // what both have is the same
    }
    for (size_t i = 0; i < s.len; i++)
        head |= (uint32_t)(unsigned char)s.ptr[i] << (8 * i);
    return head;
}

// Eight bytes at a time, each mixed by a multiplication; no seed, the same everywhere.
uint64_t str_hash(Str s) {
    const uint64_t odd = 0x9E3779B97F4A7C15u; // 2^64 / golden ratio
    uint64_t h = s.len * odd;
    while (s.len >= 8) {
        uint64_t word;
        memcpy(&word, s.ptr, 8);
        h = (h ^ word) * odd;
        h ^= h >> 32;
        s = (Str){s.ptr + 8, s.len - 8};
    }
    h = (h ^ last_bytes(s)) * odd;
    return h ^ h >> 29;
}

static StrSlot *strmap_slot(const StrMap *m, Str key) {
    size_t at = str_hash(key) & (m->cap - 1);
    while (m->slots[at].key.ptr && !str_eq(m->slots[at].key, key))
        at = (at + 1) & (m->cap - 1);
    return &m->slots[at];
}

void *strmap_get(const StrMap *m, Str key) {
    return m->cap ? strmap_slot(m, key)->value : NULL;
}

void strmap_reserve(StrMap *m, Arena *a, size_t count) {
    m->cap = 16;
    while (m->cap < 2 * (count + 1))
        m->cap *= 2;
    m->slots = arena_new(a, StrSlot, m->cap);
}

static void strmap_grow(StrMap *m, Arena *a) {
    StrMap bigger = {.cap = m->cap ? m->cap * 2 : 16, .count = m->count};
    bigger.slots = arena_new(a, StrSlot, bigger.cap);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].key.ptr)
            *strmap_slot(&bigger, m->slots[i].key) = m->slots[i];
    *m = bigger;
}

void *strmap_put(StrMap *m, Arena *a, Str key, void *value) {
    if (2 * (m->count + 1) > m->cap)
        strmap_grow(m, a);
    if (!key.ptr)
        key = S("");
    StrSlot *slot = strmap_slot(m, key);
    void *before = slot->value;
    m->count += !slot->key.ptr;
    *slot = (StrSlot){key, value};
    return before;
}

StrMap strmap_copy(const StrMap *m, Arena *a) {
    StrMap copy = *m;
    copy.slots = arena_new(a, StrSlot, m->cap);
    if (m->cap)
        memcpy(copy.slots, m->slots, m->cap * sizeof *m->slots);
    return copy;
}
