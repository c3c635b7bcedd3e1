// uses.h - who uses what, and how: the `uses` of a spec, and what a kind uses by its nature.
#ifndef USES_H
#define USES_H

#include "model.h"

typedef struct Use {
    Resource *to;
    const Verb **verbs; // of to's kind
    size_t verb_count;
    Loc loc; // where the spec says so
} Use;

// Resolves the `uses` of every resource. What is wrong is reported.
void uses_unit(Unit *u);
// The uses of one resource, in the order of the spec.
size_t uses_of(const Resource *r, const Use **list);
bool use_allows(const Use *use, Str verb);
// The environment variable that tells a user of `to` where it is: ACTIVE_JOBS_TABLE.
Str use_variable(Arena *a, const Resource *to);

#endif
