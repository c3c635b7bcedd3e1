// commit.h - changes to files that happen all or not at all, whenever the process stops. New files
// are staged in DIR/.wgen/new; a journal says what goes where; then everything is renamed at once.
// While a commit is open, signals that would end the process wait.
#ifndef COMMIT_H
#define COMMIT_H

#include "crew.h"
#include "manifest.h"
#include "outbox.h"

typedef struct Commit Commit;

// A directory that may be changed. The first one is where outputs go; it holds the lock and the
// journal. The others are the systems' own folders, by name.
typedef struct Place {
    Str name, path;
} Place;

// Waits for the lock and finishes what an earlier process began. NULL after reporting. With
// `read_only` nothing is made, and an unfinished commit is reported as a drift.
typedef struct CommitOptions {
    bool read_only;
    unsigned lock_seconds;
    void (*settled)(void *); // called when all has taken place, before anybody else may change it
    void *settled_arg;
} CommitOptions;
Commit *commit_begin(Arena *a, Diags *d, const Place *places, size_t count, CommitOptions options);

// When memory ends in `a`, the commit is cancelled first.
void commit_guard(Commit *c, Arena *a);
RootFile commit_read(Commit *c, size_t place, Str path, Buf *text); // what is there now
// Looks at what is in the first place, and with `stage` stages the text if it is not the same. It
// reports nothing, and may be called by all hands of a crew at once. `there` gets what was read.
Ahead commit_ahead(Commit *c, int hand, Str path, Str text, bool stage, Buf *there);
// Stages a file; `old` is what it replaces, NULL: nothing. False after reporting, or when a signal
// waits: then cancel.
bool commit_put(Commit *c, size_t place, Str path, Str text, Digest digest, const Digest *old);
// The same of what commit_ahead looked at, in the first place.
bool commit_put_ahead(Commit *c, Str path, Str text, Digest digest, const Ahead *ahead);
bool commit_found(const Commit *c, Str path, const Ahead *ahead); // false after reporting its error
void commit_remove(Commit *c, size_t place, Str path, Digest old);
bool commit_is_empty(const Commit *c);

// Either ends it: the lock is free, and signals that waited arrive.
bool commit_finish(Commit *c); // false after reporting; then nothing has changed
void commit_cancel(Commit *c);

#endif
