// backend.h - everything that prints, and running it: jobs on two threads, and what is done handed
// over to whoever asked, in order.
#ifndef BACKEND_H
#define BACKEND_H

#include "copies.h"
#include "key.h"

typedef enum BackendScope {
    BACKEND_STACK,    // called for the stacks of every environment
    BACKEND_UNIT,     // for every environment, with all its stacks
    BACKEND_PAGE,     // for every environment that has stacks, but not of them
    BACKEND_SYSTEM,   // once: what is the same in all environments
    BACKEND_SKELETON, // once, into the system's own folder: files that are made once
} BackendScope;

// `u` has a scratch arena and diagnostics of its own; nothing else of it may be changed. Its
// stacks are some that are alike, all of an environment, or none. Paths are below
// out/SYSTEM/ or out/SYSTEM/env/ENV/.
typedef struct Backend {
    const char *name; // of `--target`
    BackendScope scope;
    void (*emit)(Unit *u, Stacks stacks, Outbox *box);
    // The templates that it is made from, if it has nothing to report while these are wgen's own:
    // then a check need not render it. NULL: it may have.
    const char *const *silent_with;
} Backend;
extern const Backend backends[];
extern const size_t backend_count;

// Whoever wants the files.
typedef struct Receiver {
    // Takes those of one job, in the order of the jobs. False: stop. NULL: nobody wants them.
    bool (*put)(void *ctx, const Outbox *box);
    // Before that, by the hand that rendered them, and so two at once. NULL: nothing is to be done.
    void (*ahead)(void *ctx, int hand, Outbox *box);
    void *ctx;
} Receiver;

// What the printers make of the workflows that others are copies of.
typedef struct Masters {
    Arena arena;
    Copies *list;
    size_t count;
    bool asked; // for all items: see key.h
} Masters;

// A part of the stacks: each is in one shard, by its name. What is there once is in the first.
typedef struct Shard {
    unsigned number, of; // from 1; 0 of 0: all
} Shard;

// What is remembered of an earlier build. `find` adds the files that were made of what has that
// key, by outbox_keep, or says that there are none, or that one of them is not as it was.
typedef struct Recall {
    Digest machine; // this program, and the templates that it reads
    bool (*find)(void *ctx, Digest key, Outbox *box);
    void *ctx;
} Recall;

// What is to be rendered of one system.
typedef struct Work {
    Unit *const *units;
    size_t count;
    Shard shard;
    const Recall *recall; // NULL: everything is rendered
    UnitKey *keys;        // of the units, for that
    struct Job *jobs;
    size_t job_count;
    Masters masters;
} Work;

void backend_plan(Work *w);
// After that. False if two that should be alike are not: their units have to be compiled with
// `apart`.
bool backend_masters(Work *w);
// Runs all backends over the units. False if `put` said so or anything was reported.
bool backend_run(Work *w, const Receiver *to);
void backend_end(Work *w);

#endif
