// hashset.h - whether a text came before, by hashes alone: what is asked of very many, and hardly
// ever true, is asked quickly. Two texts may have one hash: who hears of one looks closely.
#ifndef HASHSET_H
#define HASHSET_H

#include "base.h"

typedef struct HashSet {
    uint32_t *slots; // the upper half of a hash, near where its lower half says; 0: free
    size_t cap;
} HashSet;

HashSet hashset_for(Arena *a, size_t count); // room for so many
bool hashset_add(HashSet *s, uint64_t hash); // false: that hash is there

// The hash of a text, which can be made of those of its parts.
typedef struct TextHash {
    uint64_t value, power; // all zero: of nothing
    size_t len;
} TextHash;

TextHash text_hash(Str text, bool caseless); // caseless: A is a
TextHash text_hash_join(TextHash head, TextHash tail);
uint64_t text_hash_end(TextHash h, uint64_t salt); // for hashset_add

#endif
