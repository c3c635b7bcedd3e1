// digest.c - what a text is known by.
#include "digest.h"

#include <string.h>
#include <xxhash.h>

Digest digest_of(Str bytes) {
    XXH128_hash_t h = XXH3_128bits(bytes.ptr, bytes.len);
    return (Digest){h.high64, h.low64};
}

bool digest_eq(Digest a, Digest b) {
    return a.high == b.high && a.low == b.low;
}

void digest_put(Buf *out, Digest d) {
    buf_fmt(out, "%016llx%016llx", (unsigned long long)d.high, (unsigned long long)d.low);
}

static bool take_hex(Str s, uint64_t *value) {
    *value = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *digits = "0123456789abcdef", *at = strchr(digits, s.ptr[i]);
        if (!at || !*at)
            return false;
        *value = *value << 4 | (uint64_t)(at - digits);
    }
    return true;
}

bool digest_take(Str *s, Digest *d) {
    if (s->len < 32 || !take_hex(str_cut(*s, 0, 16), &d->high) ||
        !take_hex(str_cut(*s, 16, 32), &d->low))
        return false;
    *s = str_cut(*s, 32, s->len);
    return true;
}
