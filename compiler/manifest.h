// manifest.h - out/SYSTEM/manifest, the list of what wgen owns there: a hash and a path on each
// line, sorted, so that git merges it and `xxh128sum -c` checks it.
#ifndef MANIFEST_H
#define MANIFEST_H

#include "diag.h"
#include "digest.h"

typedef struct Owned {
    Str path; // below the system's folder
    Digest digest;
    struct Owned *other; // a second hash of the same path, from the other side of a merge
} Owned;

typedef struct Manifest {
    Arena *arena;
    StrMap by_path;
    Owned **lines;
    size_t count, cap;
} Manifest;

// Reads a manifest; NULL is a system that has none. Both sides of a merge conflict count. False
// after reporting a line that is none.
bool manifest_read(Manifest *m, Arena *a, Diags *d, const Source *src);
Owned *manifest_find(const Manifest *m, Str path);
// wgen, or a merge of what it wrote on two branches, made the file that has this digest.
bool manifest_has(const Manifest *m, Str path, Digest digest);
void manifest_add(Manifest *m, Str path, Digest digest);
void manifest_write(Manifest *m, Buf *out);

#endif
