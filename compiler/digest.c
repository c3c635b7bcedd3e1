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

static void put_hex(char *at, uint64_t value) {
    for (int i = 15; i >= 0; i--, value >>= 4)
        at[i] = hex[value & 15];
}

void digest_put(Buf *out, Digest d) {
    char *at = buf_room(out, 32);
    put_hex(at, d.high);
    put_hex(at + 16, d.low);
    out->len += 32;
}

// The value of a digit, and IS_DIGIT; 0: it is none.
enum { IS_DIGIT = 16 };
static const unsigned char values[256] = {
    ['0'] = 16, ['1'] = 17, ['2'] = 18, ['3'] = 19, ['4'] = 20, ['5'] = 21, ['6'] = 22, ['7'] = 23,
    ['8'] = 24, ['9'] = 25, ['a'] = 26, ['b'] = 27, ['c'] = 28, ['d'] = 29, ['e'] = 30, ['f'] = 31};

// 16 digits.
static bool take_hex(const char *at, uint64_t *value) {
    unsigned char all = IS_DIGIT;
    *value = 0;
    for (int i = 0; i < 16; i++) {
        unsigned char digit = values[(unsigned char)at[i]];
        all &= digit;
        *value = *value << 4 | (digit & 15);
    }
    return all;
}

bool digest_take(Str *s, Digest *d) {
    if (s->len < 32 || !take_hex(s->ptr, &d->high) || !take_hex(s->ptr + 16, &d->low))
        return false;
    *s = str_cut(*s, 32, s->len);
    return true;
}
