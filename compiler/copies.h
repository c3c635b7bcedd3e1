// copies.h - the files of workflows that differ from others in nothing but their name.
#ifndef COPIES_H
#define COPIES_H

#include "copy.h"
#include "emit.h"

// Sets `u->apart` if something in `u` depends on how many workflows are alike, or on which ones:
// then none can be a copy. After grant.
void copies_check(Unit *u);

// What one printer made of two workflows, as masters of the files of all that are like them.
typedef struct CopyFile {
    Master path, text;
} CopyFile;
typedef struct Copies {
    Resource *like[2];
    void (*emit)(Unit *u, Stacks stacks, Outbox *box);
    CopyFile *files;
    size_t count;
    Outbox boxes[2]; // whose texts the masters are
} Copies;

// Renders both. `u` has a scratch arena. False if they differ in more than the name.
bool copies_render(Copies *c, Arena *a, Unit *u, Stack *const like[2]);
void copies_put(const Copies *c, Arena *a, const Copy *copy, Outbox *box);
void copies_free(Copies *c);

#endif
