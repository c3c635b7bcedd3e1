// charset.c - which characters a class has.
#include "charset.h"

static void add(Charset *set, unsigned char c) {
    set->bits[c >> 6] |= (uint64_t)1 << (c & 63);
}

Charset charset_of(Str class) {
    Charset set = {0};
    for (size_t i = 0; i < class.len; i++) {
        bool is_range = i + 2 < class.len && class.ptr[i + 1] == '-';
        unsigned first = (unsigned char)class.ptr[i];
        unsigned last = is_range ? (unsigned char)class.ptr[i + 2] : first;
        for (unsigned c = first; c <= last; c++)
            add(&set, (unsigned char)c);
        if (is_range)
            i += 2;
    }
    return set;
}

bool charset_has(const Charset *set, char c) {
    unsigned char u = (unsigned char)c;
    return set->bits[u >> 6] >> (u & 63) & 1;
}
