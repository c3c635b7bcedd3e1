// cache.h - what the last build saw, so that building the same again costs a look, and that stacks
// which a change does not touch are not rendered again. It is below OUT/.cache, which git ignores;
// without it, or with a wrong one, everything is rendered. It believes nothing but what it looked
// at itself: the program, the spec's files, and that no file of the last build was touched since.
#ifndef CACHE_H
#define CACHE_H

#include "backend.h"
#include "spec.h"

typedef struct Cache Cache;

// NULL: there can be none here.
Cache *cache_open(Arena *a, const Diags *d, Str out, const SpecPath *systems, size_t count);
// Whether every system would be built as it is; how many files that are.
bool cache_holds(Cache *c, size_t *files);
// If not: looks at the files of the last build on a thread of its own, while the systems are
// compiled; until the outputs are locked, or nobody wants to know it any more.
void cache_look_ahead(Cache *c);
void cache_locked(Cache *c); // what others built in between was not seen, and is looked at anew
void cache_look_end(Cache *c);
// All systems are: what has been said until now will be said again without printing anything. Of a
// build about which more is said nothing is kept.
void cache_compiled(Cache *c);
// Once nobody else can change the outputs: all of a system's are there, as the last build left
// them; and so is its lock, if this was its text when it was read. NULL: there was none.
bool cache_is_intact(Cache *c, size_t system, const Str *lock);
// For compile_emit, once nobody else can change the outputs: the stacks that need not be rendered.
const Recall *cache_recall(const Cache *c, size_t system);
void cache_note(Cache *c, size_t system, const Outbox *box); // its files are part of the build
// They are built now, and nobody else can have changed them. Quiet where it fails.
void cache_keep(void *cache);

#endif
