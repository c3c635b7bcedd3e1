// commit_parts.h - what commit.c and journal.c share, and nobody else includes.
#ifndef COMMIT_PARTS_H
#define COMMIT_PARTS_H

#include "commit.h"

#include <pthread.h>
#include <signal.h>

typedef struct Tree {
    Str name;      // of the system whose own folder it is; empty: the outputs
    Root live;     // not open until it is needed
    Root stage;    // live/.wgen/new
    bool made;     // the directory itself is new
    bool is_clean; // what others left has been removed
    bool is_used;  // live/.wgen is ours
} Tree;

typedef enum ChangeKind { CHANGE_MAKE, CHANGE_REPLACE, CHANGE_REMOVE } ChangeKind;

typedef struct Change {
    ChangeKind kind;
    size_t place;
    Str path;
    Digest old, new;
    bool is_dir; // of CHANGE_MAKE: a new folder with all that is in it
    bool done;
} Change;

// What one hand has open of the first place.
typedef struct Reach {
    Root live, stage;
    pthread_mutex_t staging; // held while it stages a file
    bool over;               // it stages no more
} Reach;

struct Commit {
    Arena *arena;
    Diags *diags;
    CommitOptions options;
    Tree *trees;
    size_t tree_count;
    Change *changes;
    size_t count, cap;
    StrMap new_dirs;
    Reach reach[CREW_HANDS];
    sigset_t mask; // as it was before
    bool has_mask, in_burst, keep_journal;
};

bool commit_fail(const Commit *c, const char *verb, Str dir, Str path, int why);
bool commit_open_tree(Commit *c, size_t place, bool make);
Change *commit_add(Commit *c, Change change);

// Each returns 0 or what errno says.
int change_apply(Commit *c, Change *change);
int change_undo(Commit *c, Change *change);
void changes_prune(Commit *c); // removes folders that are empty now

bool journal_write(Commit *c);  // everything staged is on the disk before it
void journal_forget(Commit *c); // and everything applied before this
bool commit_recover(Commit *c); // false after reporting

#endif
