// hashset.c - whether a text came before, by hashes alone.
#include "hashset.h"

HashSet hashset_for(Arena *a, size_t count) {
    HashSet s = {.cap = 16};
    while (s.cap < count + count / 2 + 1)
        s.cap *= 2;
    s.slots = arena_new(a, uint32_t, s.cap);
    return s;
}

bool hashset_add(HashSet *s, uint64_t hash) {
    uint32_t upper = (uint32_t)(hash >> 32);
    upper += !upper;
    size_t at = hash & (s->cap - 1);
    for (; s->slots[at]; at = (at + 1) & (s->cap - 1))
        if (s->slots[at] == upper)
            return false;
    s->slots[at] = upper;
    return true;
}

// A polynomial, modulo 2^64, whose variable is 2^64 / golden ratio.
static const uint64_t base = 0x9E3779B97F4A7C15u;

TextHash text_hash(Str text, bool caseless) {
    TextHash h = {0, 1, text.len};
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool lower = caseless && c >= 'A' && c <= 'Z';
        h.value = h.value * base + (lower ? c | 0x20u : c) + 1;
        h.power *= base;
    }
    return h;
}

TextHash text_hash_join(TextHash head, TextHash tail) {
    if (!head.power)
        return tail;
    if (!tail.power)
        return head;
    return (TextHash){head.value * tail.power + tail.value, head.power * tail.power,
                      head.len + tail.len};
}

uint64_t text_hash_end(TextHash h, uint64_t salt) {
    uint64_t mixed = (h.value ^ h.value >> 32 ^ salt) * base;
    return mixed ^ mixed >> 29;
}
