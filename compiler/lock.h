// lock.h - specs/SYSTEM/wgen.lock, the memory of what was placed where: a number for each key,
// `shared active-jobs 1`, one line a key, sorted, so that git merges it. One for all environments.
// `was jobs active-jobs 1` says that `jobs` was deployed as `active-jobs`, its first name.
#ifndef LOCK_H
#define LOCK_H

#include "diag.h"
#include "item.h"

enum { LOCK_MOST = 1000000 }; // stacks of one sort

typedef struct LockLine {
    Str key;
    uint32_t number; // from 1
    bool used;       // the thing is still there
    bool is_read;    // it stood in the file
    bool is_plain;   // as it would be written
    bool follows;    // it begins where the line before it ends, which is so as well
} LockLine;

// What is asked for is as a rule the line behind the one that was asked for last, or new.
typedef struct Lock {
    Arena *arena;
    LockLine *sorted; // the first ones of the file, which stand in order
    size_t sorted_count, sorted_cap;
    LockLine **others; // and those behind them
    size_t other_count, other_cap;
    size_t count;      // of all
    size_t next;       // of those in order, the one behind the last that was found
    size_t misses;     // that it was another one
    StrMap by_key;     // once there were many misses: what is the number of each of these, from 1
    StrMap other_keys; // those behind them
    const Source *src; // NULL: there was no file
} Lock;

// Reads a lock's text; NULL is a system that has none yet. Both sides of a merge conflict count,
// and it is an error if they disagree. False after reporting.
bool lock_read(Lock *lock, Arena *a, Diags *d, const Source *src);
bool lock_is_comment(Str line); // trimmed: nothing, a remark, or what git marks a merge with
Loc lock_place(const Lock *lock, const LockLine *line); // of one that was read
const LockLine *lock_line(Lock *lock, Str key);         // NULL: not there
uint32_t lock_find(Lock *lock, Str key);                // its number; 0: not there
uint32_t lock_get(Lock *lock, Str key);                 // the same, and marks it as used
// The same of the keys `HEAD PROJECT/USER`, or `HEAD PROJECT`, of items, as far as their lines
// stand one behind the other, behind the one that was asked for last; how many these are.
size_t lock_get_next(Lock *lock, Str head, Items items, uint32_t *numbers);
void lock_put(Lock *lock, Str key, uint32_t number);
// All lines, those in order first. Of these, the rest of those that begin with `prefix` is passed
// over by lock_behind, and all that stand before such by lock_seek; of the others none.
LockLine *lock_at(const Lock *lock, size_t at);
size_t lock_behind(const Lock *lock, size_t at, Str prefix);
size_t lock_seek(const Lock *lock, size_t at, Str prefix);
// The names that `now` had before, the first one first; how many.
size_t lock_former(Lock *lock, Str now, Str **names);
// What is used, with a header; with `keep_all`, because only a part was compiled, the rest as well.
void lock_write(Lock *lock, Buf *out, bool keep_all);

#endif
