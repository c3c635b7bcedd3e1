// digest.c - what a text is known by.
#include "digest.h"

#include <xxhash.h>

static const char hex[] = "0123456789abcdef";

Digest digest_of(Str bytes) {
    XXH128_hash_t h = XXH3_128bits(bytes.ptr, bytes.len);
    return (Digest){h.high64, h.low64};
}

bool digest_eq(Digest a, Digest b) {
    return a.high == b.high && a.low == b.low;
}

void digest_put(Buf *out, Digest d) {
    char *at = buf_room(out, 32);
    for (int i = 0; i < 32; i++)
        at[i] = hex[(i < 16 ? d.high : d.low) >> 4 * (15 - i % 16) & 15];
    out->len += 32;
}

// One more than the value of a digit; 0: it is none.
static const unsigned char values[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16};

static bool take_hex(Str s, uint64_t *value) {
    bool ok = true;
    *value = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char digit = values[(unsigned char)s.ptr[i]];
        ok = ok && digit;
        *value = *value << 4 | (uint64_t)(digit - 1);
    }
    return ok;
}

bool digest_take(Str *s, Digest *d) {
    if (s->len < 32 || !take_hex(str_cut(*s, 0, 16), &d->high) ||
        !take_hex(str_cut(*s, 16, 32), &d->low))
        return false;
    *s = str_cut(*s, 32, s->len);
    return true;
}
