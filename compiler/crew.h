// crew.h - pieces of work, done on two cores and handed over in their order.
#ifndef CREW_H
#define CREW_H

#include "base.h"

enum { CREW_HANDS = 2 }; // threads that work: the caller's, and one beside it

typedef struct Crew {
    size_t count; // of pieces
    size_t ahead; // so many may be done and not handed over: what bounds the memory
    bool alone;   // on the caller's thread only: starting another takes longer than it saves
    void (*run)(void *ctx, size_t piece, int hand); // by any hand; never two pieces by one at once
    bool (*hand_over)(void *ctx, size_t piece);     // on the caller's thread, in order; false stops
    void *ctx;
    Arena *arena; // the caller's, whose guard undoes what was begun
    struct CrewState *state;
} Crew;

void crew_begin(Crew *c);
// `a` may be used by any hand: if it has no memory, the caller's thread ends the process.
void crew_guard(Crew *c, Arena *a);
bool crew_run(Crew *c); // false: a handing over said so
void crew_end(Crew *c);

#endif
