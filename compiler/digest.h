// digest.h - what a text is known by: two that differ have two digests.
#ifndef DIGEST_H
#define DIGEST_H

#include "base.h"

typedef struct Digest { // XXH3, 128 bits
    uint64_t high, low;
} Digest;
Digest digest_of(Str bytes);
bool digest_eq(Digest a, Digest b);
void digest_put(Buf *out, Digest d); // 32 digits
bool digest_take(Str *s, Digest *d); // off the front

#endif
