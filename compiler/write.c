// write.c - what is done with each file: nothing if it is as it should be, else it is ours to
// change if the manifest has it with the digest it has now.
#include "write.h"

#include <string.h>
#include <unistd.h>

#include "diff_text.h"

struct Writer {
    Arena *arena;
    Diags *diags;
    Commit *commit;
    WriteOptions options;
    WriteCounts counts;
    Str out;
    const Place *places; // 0 is out/, then the systems
    size_t system;       // that files are put for now
    Str scope;           // SYSTEM/ or SYSTEM/env/ENV/
    Manifest old, new;
    bool has_manifest;
    Str manifest; // its path
    Str old_text;
    StrMap folded;         // paths in lower case: two that are one file on some systems
    Buf disk;              // what is in the file that is looked at
    Buf there[CREW_HANDS]; // the same, of what a hand looks at
    bool stopped;          // something was reported that a commit cannot get over
};

Writer *write_begin(Arena *a, Diags *d, Str out, const Place *systems, size_t count,
                    WriteOptions options) {
    Writer *w = arena_new(a, Writer, 1);
    Place *places = arena_new(a, Place, count + 1);
    places[0] = (Place){S(""), out};
    memcpy(places + 1, systems, count * sizeof *systems);
    *w = (Writer){.arena = a, .diags = d, .options = options, .out = out, .places = places};
    CommitOptions how = {options.check, options.lock_seconds, options.settled, options.settled_arg};
    w->commit = commit_begin(a, d, places, count + 1, how);
    if (!w->commit)
        return NULL;
    w->disk.arena = a;
    if (!options.check)
        commit_guard(w->commit, a);
    return w;
}

bool write_recover(Arena *a, Diags *d, Str out, const Place *systems, size_t count,
                   WriteOptions options) {
    Str journal = str_fmt(a, "%.*s/.wgen/commit", SFMT(out));
    if (access(journal.ptr, F_OK))
        return true;
    Writer *w = write_begin(a, d, out, systems, count, options);
    if (w)
        write_cancel(w);
    return w && !options.check;
}

void write_guard(Writer *w, Arena *a) {
    if (!w->options.check)
        commit_guard(w->commit, a);
}

// A file: most have nothing to be said about them, and need no words.
typedef struct At {
    size_t place;
    Str path; // in it
} At;

static Str words_of(const Writer *w, At at) {
    return str_join(w->arena, w->places[at.place].path, S("/"), at.path);
}

static Loc loc_of(const Writer *w, At at) {
    Source *src = arena_new(w->arena, Source, 1);
    src->path = words_of(w, at);
    return (Loc){src, 0, 0, 0};
}

void write_system(Writer *w, size_t system, Str env) {
    Str name = w->places[system + 1].name;
    w->system = system + 1;
    w->scope = env.len ? str_fmt(w->arena, "%.*s/env/%.*s/", SFMT(name), SFMT(env))
                       : str_fmt(w->arena, "%.*s/", SFMT(name));
    w->new = (Manifest){.arena = w->arena};
    w->folded = (StrMap){0};
    w->manifest = str_fmt(w->arena, "%.*s/manifest", SFMT(name));
    w->disk.len = 0;
    w->has_manifest = commit_read(w->commit, 0, w->manifest, &w->disk) == ROOT_REGULAR;
    w->old_text = buf_keep(&w->disk, w->arena);
    Source *src = arena_new(w->arena, Source, 1);
    *src = (Source){.path = words_of(w, (At){0, w->manifest}), .text = w->old_text};
    if (!manifest_read(&w->old, w->arena, w->diags, w->has_manifest ? src : NULL))
        w->stopped = true;
    strmap_reserve(&w->new.by_path, w->arena, w->old.count);
    strmap_reserve(&w->folded, w->arena, w->old.count);
}

bool write_is_first(const Writer *w) {
    return !w->has_manifest;
}

static bool is_forced(const Writer *w, Str path) {
    for (size_t i = 0; i < w->options.force_count; i++) {
        Str named = str_from(w->options.force[i]);
        while (str_starts(named, S("./")))
            named = str_cut(named, 2, named.len);
        while (str_ends(named, S("/")))
            named.len--;
        if (named.len && str_starts(path, named) &&
            (path.len == named.len || path.ptr[named.len] == '/'))
            return true;
    }
    return false;
}

static void show(const Writer *w, At at, Str old, Str new) {
    if (!w->options.diff)
        return;
    Buf name = {.arena = w->arena};
    escape_for_terminal(&name, words_of(w, at));
    Str path = buf_keep(&name, w->arena);
    buf_free(&name);
    diff_text(w->options.diff, old, new, old.ptr ? path : S("/dev/null"),
              new.ptr ? path : S("/dev/null"));
}

static void drift(Writer *w, At at, const char *what) {
    Loc loc = loc_of(w, at);
    diag_drift(w->diags, loc, "out-of-date", "`%.*s` %s", SFMT(loc.src->path), what);
}

static void complain(Writer *w, At at, const char *id, const char *what) {
    Loc loc = loc_of(w, at);
    diag_failure(w->diags, loc, id, "`%.*s` %s", SFMT(loc.src->path), what);
    w->stopped = true;
}

// What is there may be replaced. `disk` is its text.
static bool may_replace(Writer *w, At at, Str rel, Digest now) {
    if (manifest_has(&w->old, rel, now) || is_forced(w, words_of(w, at)))
        return true;
    if (manifest_find(&w->old, rel)) {
        complain(w, at, "edited-file", "was edited by hand since it was generated");
        diag_help(w->diags, "change the spec instead; `--force %.*s` puts it back",
                  SFMT(words_of(w, at)));
    } else {
        complain(w, at, "foreign-file", "is in the way: wgen did not write it");
        diag_help(w->diags, "move it away, or replace it with `--force %.*s`",
                  SFMT(words_of(w, at)));
    }
    return false;
}

static void put(Writer *w, const OutFile *file, const Ahead *ahead) {
    w->stopped =
        !commit_put_ahead(w->commit, file->path, buf_str(&file->text), file->digest, ahead) ||
        w->stopped;
}

static void replace(Writer *w, At at, const OutFile *file, Str rel, const Ahead *ahead) {
    Str there = buf_str(&w->disk);
    show(w, at, there.ptr ? there : S(""), buf_str(&file->text));
    if (w->options.check)
        drift(w, at, "is not what its spec says");
    else if (may_replace(w, at, rel, ahead->now))
        put(w, file, ahead);
    w->counts.written++;
}

static void make(Writer *w, const OutFile *file, const Ahead *ahead) {
    At at = {0, file->path};
    show(w, at, (Str){0}, buf_str(&file->text));
    if (w->options.check)
        drift(w, at, "is missing");
    else
        put(w, file, ahead);
    w->counts.written++;
}

static void make_own(Writer *w, At at, Str path, Str text) {
    show(w, at, (Str){0}, text);
    if (w->options.check)
        drift(w, at, "is missing");
    else
        w->stopped =
            !commit_put(w->commit, w->system, path, text, digest_of(text), NULL) || w->stopped;
    w->counts.written++;
}

// `path` itself where it has no capitals; `keep`: in memory that stays.
static Str folded(Arena *a, Str path, bool keep) {
    size_t at = 0;
    while (at < path.len && !(path.ptr[at] >= 'A' && path.ptr[at] <= 'Z'))
        at++;
    if (at == path.len && !keep)
        return path;
    Str copy = arena_str(a, path);
    for (char *c = (char *)copy.ptr + at; c < copy.ptr + copy.len; c++)
        *c = (char)(*c | (*c >= 'A' && *c <= 'Z' ? 0x20 : 0));
    return copy;
}

// One name for one file, on systems that ignore case as well. What is kept was one already.
static bool is_new_name(Writer *w, const OutFile *file) {
    if (!file->kept && !path_is_portable(file->path)) {
        complain(w, (At){0, file->path}, "file-name", "is no name for a file on every system");
        diag_help(w->diags, "names of things become names of files: letters, digits, `-`, `_` and "
                            "`.`, at most 80, and no device of Windows");
        return false;
    }
    if (strmap_put(&w->folded, w->arena, folded(w->arena, file->path, !file->kept), w)) {
        complain(w, (At){0, file->path}, "file-name",
                 "is the name of two files, where capitals do not count");
        diag_help(w->diags, "give one of the two things another name");
        return false;
    }
    return true;
}

void write_ahead(Writer *w, int hand, Outbox *box) {
    bool stage = !w->options.check && !w->options.diff;
    Buf *there = &w->there[hand];
    there->arena = box->arena;
    for (size_t i = 0; i < box->count; i++) {
        OutFile *file = box->files[i];
        if (file->kept || !str_starts(file->path, w->scope) || !path_is_portable(file->path))
            continue;
        there->len = 0;
        file->ahead = commit_ahead(w->commit, hand, file->path, buf_str(&file->text), stage, there);
    }
}

// What was found before, unless it is to be shown.
static Ahead find(Writer *w, const OutFile *file) {
    if (file->ahead.looked && (file->ahead.same || !w->options.diff))
        return file->ahead;
    w->disk.len = 0;
    return commit_ahead(w->commit, 0, file->path, buf_str(&file->text), false, &w->disk);
}

void write_put(Writer *w, const OutFile *file) {
    Str path = file->path;
    Str name = w->places[w->system].name, rel = str_cut(path, name.len + 1, path.len);
    if (!str_starts(path, w->scope) || !is_new_name(w, file))
        return;
    rel = file->kept ? rel : arena_str(w->arena, rel);
    manifest_add(&w->new, rel, file->digest);
    if (file->kept) {
        w->counts.same++;
        return;
    }
    Ahead ahead = find(w, file);
    At at = {0, path};
    switch (ahead.found) {
    case ROOT_ABSENT:
        make(w, file, &ahead);
        break;
    case ROOT_REGULAR:
        if (ahead.same)
            w->counts.same++;
        else
            replace(w, at, file, rel, &ahead);
        break;
    case ROOT_OTHER:
        complain(w, at, "foreign-file", "is in the way: it is no regular file, or below a link");
        diag_help(w->diags, "remove it; wgen writes through no link, and replaces none");
        break;
    case ROOT_ERROR:
        w->stopped = !commit_found(w->commit, path, &ahead);
    }
}

void write_own(Writer *w, Str path, Str text, bool once) {
    At at = {w->system, path};
    w->disk.len = 0;
    RootFile found = commit_read(w->commit, w->system, path, &w->disk);
    if (found == ROOT_ABSENT) {
        make_own(w, at, path, text);
    } else if (found == ROOT_ERROR) {
        w->stopped = true;
    } else if (once || (found == ROOT_REGULAR && str_eq(buf_str(&w->disk), text))) {
        return;
    } else if (found == ROOT_OTHER) {
        complain(w, at, "foreign-file", "is no regular file");
    } else {
        Digest now = digest_of(buf_str(&w->disk));
        show(w, at, buf_str(&w->disk), text);
        if (w->options.check)
            drift(w, at, "would change");
        else
            w->stopped =
                !commit_put(w->commit, w->system, path, text, digest_of(text), &now) || w->stopped;
        w->counts.written++;
    }
}

static void remove_old(Writer *w, const Owned *line) {
    Str path = str_fmt(w->arena, "%.*s/%.*s", SFMT(w->places[w->system].name), SFMT(line->path));
    At at = {0, path};
    w->disk.len = 0;
    RootFile found = commit_read(w->commit, 0, path, &w->disk);
    Digest now = digest_of(buf_str(&w->disk));
    if (found == ROOT_ABSENT)
        return;
    if (found == ROOT_ERROR) {
        w->stopped = true;
    } else if (found == ROOT_OTHER) {
        complain(w, at, "foreign-file", "is no regular file, and would be removed");
        diag_help(w->diags, "remove it yourself: wgen did not make it so");
    } else if (w->options.check) {
        show(w, at, buf_str(&w->disk), (Str){0});
        drift(w, at, "is no longer generated");
        w->counts.removed++;
    } else if (!manifest_has(&w->old, line->path, now) && !is_forced(w, words_of(w, at))) {
        complain(w, at, "edited-file", "is no longer generated, and was edited by hand");
        diag_help(w->diags, "move it away, or remove it with `--force %.*s`",
                  SFMT(words_of(w, at)));
    } else {
        show(w, at, buf_str(&w->disk), (Str){0});
        commit_remove(w->commit, 0, path, now);
        w->counts.removed++;
    }
}

static void write_manifest(Writer *w) {
    Buf text = {.arena = w->arena};
    Digest old = digest_of(w->old_text);
    At at = {0, w->manifest};
    manifest_write(&w->new, &text);
    if (w->new.count == 0) {
        if (w->has_manifest)
            commit_remove(w->commit, 0, w->manifest, old);
    } else if (!w->has_manifest || !str_eq(buf_str(&text), w->old_text)) {
        if (w->options.check)
            drift(w, at, w->has_manifest ? "does not list what its spec makes" : "is missing");
        else
            w->stopped = !commit_put(w->commit, 0, w->manifest, buf_str(&text),
                                     digest_of(buf_str(&text)), w->has_manifest ? &old : NULL) ||
                         w->stopped;
    }
    buf_free(&text);
}

void write_system_end(Writer *w) {
    Str name = w->places[w->system].name;
    for (size_t i = 0; i < w->old.count; i++) {
        Owned *line = w->old.lines[i];
        if (manifest_find(&w->new, line->path))
            continue;
        Str path = str_fmt(w->arena, "%.*s/%.*s", SFMT(name), SFMT(line->path));
        if (str_starts(path, w->scope) && !w->options.partial)
            remove_old(w, line);
        else
            manifest_add(&w->new, line->path, line->digest);
    }
    write_manifest(w);
}

static void end(Writer *w) {
    buf_free(&w->disk);
    for (size_t i = 0; i < CREW_HANDS; i++)
        buf_free(&w->there[i]);
}

bool write_finish(Writer *w, WriteCounts *counts) {
    bool ok = !w->stopped;
    if (ok && !w->options.check)
        ok = commit_finish(w->commit);
    else
        commit_cancel(w->commit);
    end(w);
    *counts = w->counts;
    return ok;
}

void write_cancel(Writer *w) {
    commit_cancel(w->commit);
    end(w);
}
