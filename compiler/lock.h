// lock.h - specs/SYSTEM/wgen.lock, the memory of what was placed where: a number for each key,
// `shared active-jobs 1`, one line a key, sorted, so that git merges it. One for all environments.
// `was jobs active-jobs 1` says that `jobs` was deployed as `active-jobs`, its first name.
#ifndef LOCK_H
#define LOCK_H

#include "diag.h"

typedef struct LockLine {
    Str key;
    uint32_t number; // from 1
    bool used;       // the thing is still there
    Loc loc;
} LockLine;

typedef struct Lock {
    Arena *arena;
    StrMap by_key;
    LockLine **lines;
    size_t count, cap;
    const Source *src; // NULL: there was no file
} Lock;

// Reads a lock's text; NULL is a system that has none yet. Both sides of a merge conflict count,
// and it is an error if they disagree. False after reporting.
bool lock_read(Lock *lock, Arena *a, Diags *d, const Source *src);
uint32_t lock_find(const Lock *lock, Str key); // 0: not there
uint32_t lock_get(Lock *lock, Str key);        // the same, and marks it as used
void lock_put(Lock *lock, Str key, uint32_t number);
// The names that `now` had before, the first one first; how many.
size_t lock_former(Lock *lock, Str now, Str **names);
// What is used, with a header; with `keep_all`, because only a part was compiled, the rest as well.
void lock_write(Lock *lock, Buf *out, bool keep_all);

#endif
