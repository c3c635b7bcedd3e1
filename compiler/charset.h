// charset.h - which characters a class such as `A-Za-z0-9_-` has; a dash at its end is itself.
#ifndef CHARSET_H
#define CHARSET_H

#include "base.h"

typedef struct Charset {
    uint64_t bits[4]; // one for each byte
} Charset;

Charset charset_of(Str class);
bool charset_has(const Charset *set, char c);

#endif
