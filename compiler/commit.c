// commit.c - one transaction over files. The steps are those of a database: stage, write the
// journal, apply, forget the journal. Whoever comes next finishes what has a journal and throws
// away what has none. The journal is in journal.c.
#include "commit_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

bool commit_fail(const Commit *c, const char *verb, Str dir, Str path, int why) {
    Source *src = arena_new(c->diags->arena, Source, 1);
    src->path = str_fmt(c->diags->arena, "%.*s%s%.*s", SFMT(dir), path.len ? "/" : "", SFMT(path));
    diag_failure(c->diags, (Loc){src, 0, 0, 0},
                 why == EACCES || why == EPERM ? "no-permission" : "io", "cannot %s `%.*s`: %s",
                 verb, SFMT(src->path), strerror(why));
    return false;
}

// Signals that end a process by default; one that is ignored (nohup) is left alone, as a blocked
// signal waits even if it is ignored.
static const int deadly[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

static void block_signals(Commit *c) {
    sigset_t set;
    struct sigaction now;
    sigemptyset(&set);
    for (size_t i = 0; i < COUNT(deadly); i++)
        if (sigaction(deadly[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&set, deadly[i]);
    c->has_mask = pthread_sigmask(SIG_BLOCK, &set, &c->mask) == 0;
}

static bool signal_waits(void) {
    sigset_t set;
    bool waits = false;
    if (sigpending(&set) == 0)
        for (size_t i = 0; i < COUNT(deadly); i++)
            waits = waits || sigismember(&set, deadly[i]) == 1;
    return waits;
}

static double now_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// Takes the lock on a place. A file system without locks is used without.
static bool take_lock(const Commit *c, const Root *r) {
    int how = c->options.read_only ? LOCK_SH : LOCK_EX;
    double until = now_seconds() + c->options.lock_seconds;
    while (flock(r->fd, how | LOCK_NB)) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return true;
        if (signal_waits())
            return false;
        if (now_seconds() >= until) {
            Source *src = arena_new(c->diags->arena, Source, 1);
            src->path = r->path;
            diag_failure(c->diags, (Loc){src, 0, 0, 0}, "locked",
                         "another wgen is writing to `%.*s`", SFMT(r->path));
            diag_help(c->diags, "wait for it, or give it more time with `--lock-timeout`");
            return false;
        }
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    return true;
}

// Whoever held the lock may have removed the directory when it left.
static bool is_unlinked(const Root *r) {
    struct stat st;
    return fstat(r->fd, &st) == 0 && st.st_nlink == 0;
}

// Opens a place and takes the lock on it. One that is not there, and is not to be made, has none.
static bool open_locked(Commit *c, Tree *t, bool make) {
    struct stat st;
    t->made = make && stat(arena_str(c->arena, t->live.path).ptr, &st) != 0;
    for (;;) {
        int failed = root_open(&t->live, t->live.path, make);
        if (failed == ENOENT && !make)
            return true;
        if (failed)
            return commit_fail(c, "open", t->live.path, (Str){0}, failed);
        if (!take_lock(c, &t->live))
            return false;
        if (!is_unlinked(&t->live))
            return true;
        root_close(&t->live);
    }
}

// Takes away what a killed process left, which had no journal yet or none any more.
static void clear_litter(const Commit *c, Tree *t) {
    bool mine = t == c->trees || flock(t->live.fd, LOCK_EX | LOCK_NB) == 0;
    if (!t->is_clean && mine && faccessat(t->live.fd, ".wgen", F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        root_clear(t->live.fd, ".wgen");
    t->is_clean = true;
}

// The systems' own folders are locked as well: builds into different folders share these.
static bool open_all(Commit *c) {
    bool writes = !c->options.read_only;
    bool ok = open_locked(c, &c->trees[0], writes) && commit_recover(c);
    if (ok && writes)
        clear_litter(c, &c->trees[0]);
    for (size_t i = 1; i < c->tree_count && ok && writes; i++) {
        Tree *t = &c->trees[i];
        ok = t->live.fd >= 0 ? take_lock(c, &t->live) : open_locked(c, t, false);
        if (ok && t->live.fd >= 0)
            clear_litter(c, t);
    }
    return ok;
}

Commit *commit_begin(Arena *a, Diags *d, const Place *places, size_t count, CommitOptions options) {
    Commit *c = arena_new(a, Commit, 1);
    *c = (Commit){.arena = a, .diags = d, .options = options, .tree_count = count};
    c->trees = arena_new(a, Tree, count);
    for (size_t i = 0; i < count; i++) {
        c->trees[i].name = places[i].name;
        c->trees[i].live = c->trees[i].stage = root_closed(places[i].path);
    }
    for (size_t i = 0; i < CREW_HANDS; i++) {
        c->reach[i].live = c->reach[i].stage = root_closed(places[0].path);
        pthread_mutex_init(&c->reach[i].staging, NULL);
    }
    if (!options.read_only)
        block_signals(c);
    if (open_all(c))
        return c;
    commit_cancel(c);
    return NULL;
}

bool commit_open_tree(Commit *c, size_t place, bool make) {
    Tree *t = &c->trees[place];
    if (t->live.fd >= 0)
        return true;
    struct stat st;
    t->made = make && stat(arena_str(c->arena, t->live.path).ptr, &st) != 0;
    int failed = root_open(&t->live, t->live.path, make);
    if (failed == ENOENT && !make)
        return true;
    if (failed)
        return commit_fail(c, "open", t->live.path, (Str){0}, failed);
    if (!c->options.read_only && !c->keep_journal)
        clear_litter(c, t);
    return true;
}

RootFile commit_read(Commit *c, size_t place, Str path, Buf *text) {
    if (!commit_open_tree(c, place, false))
        return ROOT_ERROR;
    RootFile found = root_read(&c->trees[place].live, path, text);
    if (found == ROOT_ERROR)
        commit_fail(c, "read", c->trees[place].live.path, path, errno);
    return found;
}

Change *commit_add(Commit *c, Change change) {
    c->changes = arena_room(c->arena, c->changes, sizeof *c->changes, c->count, &c->cap);
    c->changes[c->count] = change;
    return &c->changes[c->count++];
}

// Each hand may do it.
static int make_stage(const Root *live, Root *stage) {
    if ((mkdirat(live->fd, ".wgen", 0777) && errno != EEXIST) ||
        (mkdirat(live->fd, ".wgen/new", 0777) && errno != EEXIST))
        return errno;
    return root_open_in(stage, live, ".wgen/new");
}

static bool open_stage(Commit *c, Tree *t) {
    if (t->stage.fd >= 0)
        return true;
    if (t != c->trees && !take_lock(c, &t->live))
        return false;
    clear_litter(c, t);
    t->is_used = true;
    int failed = make_stage(&t->live, &t->stage);
    return !failed || commit_fail(c, "make", t->live.path, S(".wgen/new"), failed);
}

static int stage_ahead(Reach *r, Str path, Str text) {
    pthread_mutex_lock(&r->staging);
    int failed = r->over ? ECANCELED : 0;
    if (!failed && r->stage.fd < 0)
        failed = make_stage(&r->live, &r->stage);
    if (!failed)
        failed = root_write(&r->stage, path, text);
    pthread_mutex_unlock(&r->staging);
    return failed;
}

Ahead commit_ahead(Commit *c, int hand, Str path, Str text, bool stage, Buf *there) {
    Reach *r = &c->reach[hand];
    Ahead ahead = {.looked = true, .found = ROOT_ERROR};
    if (r->live.fd >= 0 || c->trees[0].live.fd < 0 ||
        root_open_in(&r->live, &c->trees[0].live, ".") == 0)
        ahead.found = root_read(&r->live, path, there);
    ahead.error = ahead.found == ROOT_ERROR ? errno : 0;
    ahead.same = ahead.found == ROOT_REGULAR && str_eq(buf_str(there), text);
    if (ahead.found == ROOT_REGULAR && !ahead.same)
        ahead.now = digest_of(buf_str(there));
    ahead.staged =
        stage && !ahead.same && (ahead.found == ROOT_ABSENT || ahead.found == ROOT_REGULAR);
    if (ahead.staged)
        ahead.error = stage_ahead(r, path, text);
    if (ahead.same)
        ahead.looks = seen_digest(&r->live.seen);
    else if (ahead.staged && !ahead.error && r->live.dir < 0) // it comes with its folder
        ahead.looks = seen_digest(&r->stage.seen);
    return ahead;
}

bool commit_found(const Commit *c, Str path, const Ahead *ahead) {
    return ahead->found != ROOT_ERROR ||
           commit_fail(c, "read", c->trees[0].live.path, path, ahead->error);
}

// A file in a folder that is not there yet comes with it: the folder is one change.
static bool add_make(Commit *c, size_t place, Str path, Digest digest) {
    Root *live = &c->trees[place].live;
    Change change = {CHANGE_MAKE, place, arena_str(c->arena, path), {0}, digest, false, false};
    if (root_dir(live, path_dir(path), false) < 0) {
        if (errno != ENOENT)
            return commit_fail(c, "open", live->path, path_dir(path), errno);
        change.path = str_cut(change.path, 0, live->missing);
        change.is_dir = true;
        Str key = str_fmt(c->arena, "%zu/%.*s", place, SFMT(change.path));
        if (strmap_put(&c->new_dirs, c->arena, key, c))
            return true;
    }
    commit_add(c, change);
    return true;
}

static bool add_staged(Commit *c, size_t place, Str path, Digest digest, const Digest *old) {
    if (!old)
        return add_make(c, place, path, digest);
    commit_add(
        c, (Change){CHANGE_REPLACE, place, arena_str(c->arena, path), *old, digest, false, false});
    return true;
}

bool commit_put(Commit *c, size_t place, Str path, Str text, Digest digest, const Digest *old) {
    Tree *t = &c->trees[place];
    if (signal_waits() || !commit_open_tree(c, place, true) || !open_stage(c, t))
        return false;
    int failed = root_write(&t->stage, path, text);
    if (failed)
        return commit_fail(c, "write", t->live.path, path, failed);
    return add_staged(c, place, path, digest, old);
}

bool commit_put_ahead(Commit *c, Str path, Str text, Digest digest, const Ahead *ahead) {
    const Digest *old = ahead->found == ROOT_REGULAR ? &ahead->now : NULL;
    if (!ahead->staged)
        return commit_put(c, 0, path, text, digest, old);
    if (signal_waits())
        return false;
    if (ahead->error)
        return commit_fail(c, "write", c->trees[0].live.path, path, ahead->error);
    return add_staged(c, 0, path, digest, old);
}

void commit_remove(Commit *c, size_t place, Str path, Digest old) {
    commit_add(c,
               (Change){CHANGE_REMOVE, place, arena_str(c->arena, path), old, {0}, false, false});
}

bool commit_is_empty(const Commit *c) {
    return c->count == 0;
}

// Undoes what was applied, the last first. What cannot be undone is left to the journal.
static bool undo(Commit *c) {
    bool ok = true;
    for (size_t i = c->count; i > 0; i--)
        if (c->changes[i - 1].done)
            ok = change_undo(c, &c->changes[i - 1]) == 0 && ok;
    return ok;
}

static bool apply(Commit *c) {
    for (size_t i = 0; i < c->count; i++) {
        Change *change = &c->changes[i];
        int failed = change_apply(c, change);
        if (!failed)
            continue;
        commit_fail(c, "put in place", c->trees[change->place].live.path, change->path, failed);
        c->keep_journal = !undo(c);
        if (c->keep_journal)
            diag_note(c->diags, "some files are new, some old: the next build finishes this one");
        else
            diag_note(c->diags, "everything is as it was before");
        return false;
    }
    return true;
}

// If memory has ended, the other hand may still be at work: then it is in the middle of a file at
// most.
static void end_staging(Commit *c) {
    for (size_t i = 0; i < CREW_HANDS; i++) {
        Reach *r = &c->reach[i];
        pthread_mutex_lock(&r->staging);
        c->trees[0].is_used = c->trees[0].is_used || r->stage.fd >= 0;
        root_close(&r->stage);
        r->over = true;
        pthread_mutex_unlock(&r->staging);
    }
}

// Frees the lock and lets signals arrive. Nothing here allocates: memory may have ended.
static void leave(Commit *c) {
    end_staging(c);
    for (size_t i = 0; i < c->tree_count; i++) {
        Tree *t = &c->trees[i];
        if (t->is_used && !c->keep_journal)
            root_clear(t->live.fd, ".wgen");
        root_close(&t->stage);
        char name[ROOT_PATH_MAX];
        bool fits = t->live.path.len < sizeof name;
        if (t->made && t->live.fd >= 0 && fits) {
            memcpy(name, t->live.path.ptr, t->live.path.len);
            name[t->live.path.len] = '\0';
            rmdir(name); // only if it is empty
        }
        root_close(&t->live);
    }
    if (c->has_mask)
        pthread_sigmask(SIG_SETMASK, &c->mask, NULL);
    c->has_mask = false;
}

static void stop(Commit *c) {
    if (!c->in_burst)
        leave(c);
}

// The process ends: what the other hand looks at stays open.
static void on_oom(void *commit) {
    stop(commit);
}

void commit_guard(Commit *c, Arena *a) {
    a->on_oom = on_oom;
    a->oom_arg = c;
}

static void close_live(Commit *c) {
    for (size_t i = 0; i < CREW_HANDS; i++)
        root_close(&c->reach[i].live);
}

void commit_cancel(Commit *c) {
    stop(c);
    close_live(c);
}

bool commit_finish(Commit *c) {
    bool ok = true;
    if (c->count && signal_waits()) {
        commit_cancel(c); // the signal arrives here
        return false;
    }
    if (c->count) {
        ok = open_stage(c, &c->trees[0]);
        for (size_t i = 0; i < c->count && ok; i++)
            ok = open_stage(c, &c->trees[c->changes[i].place]);
        ok = ok && journal_write(c);
        c->in_burst = true;
        ok = ok && apply(c);
        if (ok)
            changes_prune(c);
        if (!c->keep_journal)
            journal_forget(c);
        c->in_burst = false;
    }
    if (ok && c->options.settled)
        c->options.settled(c->options.settled_arg);
    leave(c);
    close_live(c);
    return ok;
}
