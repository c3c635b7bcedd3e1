// words.c - types that are no struct.
#include "words.gen.h"

#include <string.h>

bool handle_words(WgContext *ctx, const WordsInput *in, WordsOutput *out) {
    (void)ctx;
    for (size_t i = 0; i < in->count; i++)
        *out += (int64_t)strlen(in->items[i]);
    return true;
}
