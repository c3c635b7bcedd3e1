// change.c - one change of a commit, applied and taken back. Each is a rename: two files change
// places, so that what was there is in the stage, and taking it back is the same rename again.
#include "commit_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Ends { // of a rename
    int live, stage;
    char name[ROOT_PATH_MAX];
} Ends;

static int find_ends(Commit *c, const Change *change, Ends *ends) {
    Tree *t = &c->trees[change->place];
    Str dir = path_dir(change->path), base = path_base(change->path);
    ends->live = root_dir(&t->live, dir, false);
    if (ends->live < 0)
        return errno;
    ends->stage = root_dir(&t->stage, dir, change->kind == CHANGE_REMOVE);
    if (ends->stage < 0)
        return errno;
    memcpy(ends->name, base.ptr, base.len);
    ends->name[base.len] = '\0';
    return 0;
}

// A rename that replaces nothing. Where the file system cannot say so, a look before has to do.
static int move(int from, int to, const char *name) {
    if (renameat2(from, name, to, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (faccessat(to, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    return renameat(from, name, to, name) ? errno : 0;
}

static int swap(const Ends *e) {
    if (renameat2(e->stage, e->name, e->live, e->name, RENAME_EXCHANGE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    return renameat(e->stage, e->name, e->live, e->name) ? errno : 0;
}

int change_apply(Commit *c, Change *change) {
    Ends e;
    int failed = find_ends(c, change, &e);
    if (failed)
        return failed;
    failed = change->kind == CHANGE_MAKE      ? move(e.stage, e.live, e.name)
             : change->kind == CHANGE_REPLACE ? swap(&e)
                                              : move(e.live, e.stage, e.name);
    root_look_again(&c->trees[change->place].live);
    change->done = !failed;
    return failed;
}

int change_undo(Commit *c, Change *change) {
    Ends e;
    int failed = find_ends(c, change, &e);
    if (failed)
        return failed;
    failed = change->kind == CHANGE_MAKE      ? move(e.live, e.stage, e.name)
             : change->kind == CHANGE_REPLACE ? swap(&e) // fails where it could not exchange
                                              : move(e.stage, e.live, e.name);
    root_look_again(&c->trees[change->place].live);
    change->done = failed;
    return failed;
}

// Removes the folders that removals left empty, up to the root.
void changes_prune(Commit *c) {
    for (size_t i = 0; i < c->count; i++) {
        const Change *change = &c->changes[i];
        Root *live = &c->trees[change->place].live;
        Str dir = path_dir(change->path);
        while (change->kind == CHANGE_REMOVE && dir.len) {
            char name[ROOT_PATH_MAX];
            int above = root_dir(live, path_dir(dir), false);
            snprintf(name, sizeof name, "%.*s", SFMT(path_base(dir)));
            if (above < 0 || unlinkat(above, name, AT_REMOVEDIR))
                break;
            dir = path_dir(dir);
        }
    }
}
