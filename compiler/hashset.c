// hashset.c - whether a text came before, by hashes alone.
#include "hashset.h"

HashSet hashset_for(Arena *a, size_t count) {
    HashSet s = {.cap = 16};
    while (s.cap < 2 * (count + 1))
        s.cap *= 2;
    s.slots = arena_new(a, uint64_t, s.cap);
    return s;
}

bool hashset_add(HashSet *s, uint64_t hash) {
    hash += !hash;
    size_t at = hash & (s->cap - 1);
    for (; s->slots[at]; at = (at + 1) & (s->cap - 1))
        if (s->slots[at] == hash)
            return false;
    s->slots[at] = hash;
    return true;
}
