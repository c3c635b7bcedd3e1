// journal.c - out/.wgen/commit, what a commit is about to do, and finishing one that stopped.
// A journal is written whole or not at all, and only when everything it names is on the disk; so
// whoever finds one can go on. Nothing in it is trusted: it names folders by their system, and
// paths in them that pass the same check as any other.
#include "commit_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static const char *const verbs[] = {"make", "replace", "remove"};

static void put_line(const Commit *c, const Change *change, Buf *out) {
    Str name = c->trees[change->place].name;
    buf_fmt(out, "%s%s ", verbs[change->kind], change->is_dir ? "-folder" : "");
    digest_put(out, change->old);
    buf_char(out, ' ');
    digest_put(out, change->new);
    buf_fmt(out, " %.*s/%.*s\n", SFMT(name), SFMT(change->path));
}

static int sync_at(int dir, const char *name) {
    int fd, failed;
    do
        fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return errno;
    do
        failed = fsync(fd) ? errno : 0;
    while (failed == EINTR);
    close(fd);
    return failed;
}

// Everything that was staged or applied reaches the disk, in one call for each place.
static int sync_trees(const Commit *c) {
    for (size_t i = 0; i < c->tree_count; i++)
        if (c->trees[i].stage.fd >= 0 && syncfs(c->trees[i].live.fd))
            return errno;
    return 0;
}

bool journal_write(Commit *c) {
    Root *out = &c->trees[0].live;
    Buf text = {.arena = c->arena};
    for (size_t i = 0; i < c->count; i++)
        put_line(c, &c->changes[i], &text);
    buf_put(&text, S("end\n"));
    int failed = sync_trees(c);
    if (!failed)
        failed = root_write(out, S(".wgen/commit.new"), buf_str(&text));
    buf_free(&text);
    if (!failed)
        failed = sync_at(out->fd, ".wgen/commit.new");
    if (!failed && renameat(out->fd, ".wgen/commit.new", out->fd, ".wgen/commit"))
        failed = errno;
    if (!failed)
        failed = sync_at(out->fd, ".wgen");
    if (failed)
        unlinkat(out->fd, ".wgen/commit", 0);
    return !failed || commit_fail(c, "write", out->path, S(".wgen/commit"), failed);
}

void journal_forget(Commit *c) {
    sync_trees(c);
    unlinkat(c->trees[0].live.fd, ".wgen/commit", 0);
}

static bool take_word(Str *line, Str *word) {
    return str_split(line, ' ', word) && word->len;
}

static bool take_kind(Str word, Change *change) {
    change->is_dir = str_eq(word, S("make-folder"));
    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (str_is(word, verbs[i]) || (i == CHANGE_MAKE && change->is_dir)) {
            change->kind = (ChangeKind)i;
            return true;
        }
    }
    return false;
}

// "VERB OLD NEW SYSTEM/PATH", where SYSTEM is empty for outputs.
static bool take_line(Str line, Change *change, Str *system) {
    Str word;
    if (!take_word(&line, &word) || !take_kind(word, change) || !digest_take(&line, &change->old) ||
        !str_starts(line, S(" ")))
        return false;
    line = str_cut(line, 1, line.len);
    if (!digest_take(&line, &change->new) || !str_starts(line, S(" ")))
        return false;
    line = str_cut(line, 1, line.len);
    if (!str_split(&line, '/', system))
        return false;
    change->path = line;
    return path_is_portable(line);
}

static ptrdiff_t find_place(const Commit *c, Str system) {
    for (size_t i = 0; i < c->tree_count; i++)
        if (str_eq(c->trees[i].name, system))
            return (ptrdiff_t)i;
    return -1;
}

static bool complain(const Commit *c, const char *what, Str name, const char *help) {
    Str out = c->trees[0].live.path;
    Source *src = arena_new(c->diags->arena, Source, 1);
    src->path = str_fmt(c->diags->arena, "%.*s/.wgen/commit", SFMT(out));
    diag_failure(c->diags, (Loc){src, 0, 0, 0}, "interrupted-build",
                 "an interrupted build cannot be finished: %s `%.*s`", what, SFMT(name));
    diag_help(c->diags, "%s", help);
    diag_note(c->diags, "to keep all files as they are instead, remove `%.*s/.wgen`", SFMT(out));
    return false;
}

static bool read_journal(Commit *c, Str text) {
    Str line, system;
    bool ended = false;
    while (str_split(&text, '\n', &line) && !ended) {
        Change change = {0};
        ended = str_eq(line, S("end"));
        if (ended || !line.len)
            continue;
        if (!take_line(line, &change, &system))
            return complain(c, "its journal has a line that is none:", line, "was it edited?");
        ptrdiff_t place = find_place(c, system);
        if (place < 0)
            return complain(c, "it was one of", system, "build that system first");
        change.place = (size_t)place;
        if (!commit_open_tree(c, change.place, true))
            return false;
        commit_add(c, change);
    }
    return ended || complain(c, "this has no end:", S(".wgen/commit"), "was it edited?");
}

// What `path` is at one end: absent, or with a digest.
static RootFile look(const Commit *c, Root *r, const Change *change, Digest *digest) {
    Buf text = {.arena = c->arena};
    RootFile found = root_read(r, change->path, &text);
    *digest = found == ROOT_REGULAR ? digest_of(buf_str(&text)) : (Digest){0};
    buf_free(&text);
    return found;
}

static bool is_folder(Root *r, Str path) {
    return root_dir(r, path, false) >= 0;
}

// Sets `done` if the change has been applied. False if it can be neither applied nor called done.
static bool judge(Commit *c, Change *change) {
    Tree *t = &c->trees[change->place];
    Digest live, staged;
    if (change->is_dir) {
        change->done = !is_folder(&t->stage, change->path);
        return !change->done || is_folder(&t->live, change->path);
    }
    RootFile there = look(c, &t->live, change, &live);
    bool can =
        look(c, &t->stage, change, &staged) == ROOT_REGULAR && digest_eq(staged, change->new);
    if (change->kind == CHANGE_REMOVE) {
        change->done = there == ROOT_ABSENT;
        return change->done || (there == ROOT_REGULAR && digest_eq(live, change->old));
    }
    change->done = there == ROOT_REGULAR && digest_eq(live, change->new);
    if (change->kind == CHANGE_MAKE)
        return change->done || (there == ROOT_ABSENT && can);
    return change->done || (there == ROOT_REGULAR && digest_eq(live, change->old) && can);
}

static bool open_stages(Commit *c) {
    for (size_t i = 0; i < c->tree_count; i++) {
        Tree *t = &c->trees[i];
        Str path = str_fmt(c->arena, "%.*s/.wgen/new", SFMT(t->live.path));
        int failed = t->live.fd < 0 ? 0 : root_open(&t->stage, path, false);
        if (failed && failed != ENOENT)
            return commit_fail(c, "open", path, (Str){0}, failed);
    }
    return true;
}

static bool roll_forward(Commit *c) {
    for (size_t i = 0; i < c->count; i++) {
        Change *change = &c->changes[i];
        Str path = str_fmt(c->arena, "%.*s/%.*s", SFMT(c->trees[change->place].live.path),
                           SFMT(change->path));
        if (!judge(c, change))
            return complain(c, "something else has changed", path, "put it back as it was");
    }
    for (size_t i = 0; i < c->count; i++) {
        Change *change = &c->changes[i];
        int failed = change->done ? 0 : change_apply(c, change);
        if (failed)
            return commit_fail(c, "put in place", c->trees[change->place].live.path, change->path,
                               failed);
    }
    return true;
}

static void reset(Commit *c) {
    changes_prune(c);
    journal_forget(c);
    for (size_t i = 0; i < c->tree_count; i++) {
        Tree *t = &c->trees[i];
        root_close(&t->stage);
        if (t->live.fd >= 0)
            root_clear(t->live.fd, ".wgen");
        if (i > 0)
            root_close(&t->live);
    }
    c->count = 0;
    c->new_dirs = (StrMap){0};
}

static bool finish_other(Commit *c, Str journal) {
    c->keep_journal = true;
    if (!read_journal(c, journal) || !open_stages(c) || !roll_forward(c))
        return false;
    reset(c);
    c->keep_journal = false;
    return true;
}

bool commit_recover(Commit *c) {
    Root *out = &c->trees[0].live;
    Buf journal = {.arena = c->arena};
    RootFile found = root_read(out, S(".wgen/commit"), &journal);
    bool ok = true;
    if (found == ROOT_ERROR) {
        ok = commit_fail(c, "read", out->path, S(".wgen/commit"), errno);
    } else if (found == ROOT_OTHER) {
        ok = complain(c, "this is no file:", S(".wgen/commit"), "remove it");
    } else if (found == ROOT_REGULAR && c->options.read_only) {
        Source *src = arena_new(c->diags->arena, Source, 1);
        src->path = out->path;
        diag_drift(c->diags, (Loc){src, 0, 0, 0}, "interrupted-build",
                   "a build into `%.*s` was interrupted", SFMT(out->path));
        diag_help(c->diags, "run `wgen build`, which finishes it");
    } else if (found == ROOT_REGULAR) {
        ok = finish_other(c, buf_str(&journal));
    }
    buf_free(&journal);
    return ok;
}
