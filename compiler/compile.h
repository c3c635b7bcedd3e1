// compile.h - the pipeline: one system, from its files to the text of everything that it becomes.
#ifndef COMPILE_H
#define COMPILE_H

#include "backend.h"
#include "lock.h"
#include "model.h"
#include "spec.h"

typedef struct Compilation {
    Arena *arena;
    Arena scratch; // for what no step keeps
    Diags *diags;
    const char *templates; // --templates DIR, or NULL
    Str only_env;          // --env ENV, or empty: all
    Shard shard;           // of what is rendered
    bool apart;            // look at every workflow by itself, however alike they are
    SpecPath path;
    const Recall *recall; // what is remembered of an earlier build; NULL: nothing
    Kinds kinds;
    Node *root;    // read, unless it is given
    Str lock_text; // read, unless it is given
    Unit **units;  // one for each environment that was asked for, at least one
    size_t unit_count;
    Lock lock;
    bool sound; // compile_check has found nothing
} Compilation;

// Reads, checks, resolves and places. False if anything is wrong; all of it has been reported.
bool compile_check(Compilation *c);
// Whether the lock is what it was when it was read: others may build the same system.
bool compile_is_current(Compilation *c);
// After that: renders every file, and gives each to `to`. False if that did not want to go on,
// or something was reported.
bool compile_emit(Compilation *c, Receiver to);

void compile_free(Compilation *c); // all but its arena

#endif
