// write.h - rendered text becomes files: only those that changed, all or none, and nothing that is
// not ours. One thread uses a Writer; write_ahead may be called by others.
#ifndef WRITE_H
#define WRITE_H

#include "commit.h"
#include "outbox.h"

typedef struct WriteOptions {
    bool check;               // compare, report what differs as drift, write nothing
    Buf *diff;                // where differences are shown; NULL: nowhere
    const char *const *force; // files, or folders of them, that are ours whatever they are
    size_t force_count;
    bool partial; // of a whole that others write: what is not put stays as it is
    unsigned lock_seconds;
    void (*settled)(void *); // called when all is written, before anybody else may change it
    void *settled_arg;
} WriteOptions;

typedef struct WriteCounts {
    size_t same, written, removed;
} WriteCounts;

typedef struct Writer Writer;

// `systems` are all that may be written: each by its name, with its own folder. NULL after
// reporting. Every path that is reported begins with `out`, as the user wrote it.
Writer *write_begin(Arena *a, Diags *d, Str out, const Place *systems, size_t count,
                    WriteOptions options);
// Finishes what an earlier process began, before anything is read that it may have changed. True if
// there was nothing to finish, or it is done; with `check`, false if there was.
bool write_recover(Arena *a, Diags *d, Str out, const Place *systems, size_t count,
                   WriteOptions options);
void write_guard(Writer *w, Arena *a); // memory that ends in `a` leaves nothing half done

// What follows is of this system, or of its environment `env` alone if that is not empty: files
// elsewhere are neither written nor removed then.
void write_system(Writer *w, size_t system, Str env);
bool write_is_first(const Writer *w); // nothing was ever written of it
// Before write_put, and by any hand of a crew: what takes time, so that it is done on both cores.
void write_ahead(Writer *w, int hand, Outbox *box);
void write_put(Writer *w, const OutFile *file); // its path is below out/ and begins with the system
// A file in the system's own folder, which is the user's: one that wgen keeps, or one that it
// makes `once` and never touches again.
void write_own(Writer *w, Str path, Str text, bool once);
void write_system_end(Writer *w); // removes what is no longer generated, writes the manifest

// All of it takes place, or nothing. False after reporting.
bool write_finish(Writer *w, WriteCounts *counts);
void write_cancel(Writer *w);

#endif
