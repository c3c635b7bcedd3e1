// cache.c - a record for each system: a digest of what went into the build, and one of how the
// files that it wrote looked to the file system. Files that are about as young as the record may
// have changed unseen, within one tick of its clock: those are read.
#include "cache.h"

#include <sys/stat.h>

#include "file.h"
#include "inputs.h"
#include "limits.h"
#include "manifest.h"
#include "root.h"

#define FOLDER ".cache"
enum {
    TICK_NANOSECONDS = 20000000,
    FOLDERS = 8 // how deep below a system's own folder is looked
};

struct Cache {
    Arena *arena;
    const Diags *said; // what had to be said would be said again
    Diags quiet;       // what cannot be read is not cached, and reported by whoever needs it
    Str out;
    const SpecPath *systems;
    size_t count;
    Digest *inputs; // of each system
};

// How a folder's files looked.
typedef struct Look {
    Digest digest;
    Manifest manifest;
    struct timespec *changed; // when, of each of its files
    bool whole;               // all were there
} Look;

static void add_digest(Buf *all, Digest d) {
    buf_put(all, (Str){(const char *)&d, sizeof d});
}

static void add_look(Buf *all, const struct stat *st) {
    int64_t seen[] = {(int64_t)st->st_ino, st->st_size,         st->st_mode,
                      st->st_mtim.tv_sec,  st->st_mtim.tv_nsec, st->st_ctim.tv_sec,
                      st->st_ctim.tv_nsec, (int64_t)st->st_dev};
    buf_put(all, (Str){(const char *)seen, sizeof seen});
}

static void add_file(Cache *c, Buf *all, Str path) {
    const Source *src = file_read_if_there(c->arena, &c->quiet, path.ptr, LIMIT_SPEC_BYTES);
    buf_put(all, path);
    buf_char(all, src ? '+' : '-');
    if (src)
        add_digest(all, digest_of(src->text));
}

// All that a build of a system reads but its lock, which it writes as well.
static Digest digest_of_inputs(Cache *c, const SpecPath *s, const struct stat *program) {
    Buf all = {.arena = c->arena};
    Str *files;
    size_t count = inputs_of(c->arena, &c->quiet, s, NULL, &files);
    add_look(&all, program);
    for (size_t i = 0; i < count; i++)
        if (!str_ends(files[i], S(".lock")))
            add_file(c, &all, files[i]);
    Digest d = digest_of(buf_str(&all));
    buf_free(&all);
    return d;
}

Cache *cache_open(Arena *a, const Diags *d, Str out, const SpecPath *systems, size_t count) {
    Cache *c = arena_new(a, Cache, 1);
    *c = (Cache){.arena = a, .said = d, .out = out, .systems = systems, .count = count};
    c->quiet.arena = a;
    struct stat program;
    if (stat("/proc/self/exe", &program))
        return NULL;
    c->inputs = arena_new(a, Digest, count + 1);
    for (size_t i = 0; i < count; i++)
        c->inputs[i] = digest_of_inputs(c, &systems[i], &program);
    return c->quiet.errors ? NULL : c;
}

static bool is_later(struct timespec a, struct timespec b) {
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static struct timespec look_at(Look *look, Buf *all, Str path) {
    struct stat st = {0};
    look->whole = lstat(path.ptr, &st) == 0 && S_ISREG(st.st_mode) && look->whole;
    add_look(all, &st);
    return st.st_ctim;
}

static Str in_out(Cache *c, const SpecPath *s, Str name) {
    return str_fmt(c->arena, "%.*s/%.*s/%.*s", SFMT(c->out), SFMT(s->name), SFMT(name));
}

// What files the user has below a folder, by name.
static void add_names(Cache *c, Buf *all, Str folder, unsigned depth) {
    Str *names;
    size_t count = depth ? file_list(c->arena, &c->quiet, folder.ptr, "", &names) : 0;
    for (size_t i = 0; i < count; i++) {
        buf_put(all, names[i]);
        buf_char(all, '\n');
        add_names(c, all, str_fmt(c->arena, "%.*s/%.*s", SFMT(folder), SFMT(names[i])), depth - 1);
    }
    buf_char(all, '\n');
}

// The manifest's files, the manifest, the lock, and which handlers and scripts the user has: a
// build makes those that are missing.
static Look look(Cache *c, const SpecPath *s) {
    Look l = {.whole = true};
    Manifest *m = &l.manifest;
    Buf all = {.arena = c->arena};
    Str manifest = in_out(c, s, S("manifest"));
    const Source *src = file_read_if_there(c->arena, &c->quiet, manifest.ptr, LIMIT_SPEC_BYTES);
    l.whole = src && manifest_read(m, c->arena, &c->quiet, src) && m->count;
    look_at(&l, &all, manifest);
    add_file(c, &all, str_fmt(c->arena, "%.*s/wgen.lock", SFMT(s->dir)));
    l.changed = arena_new(c->arena, struct timespec, m->count + 1);
    for (size_t i = 0; i < m->count && l.whole; i++)
        l.changed[i] = look_at(&l, &all, in_out(c, s, m->lines[i]->path));
    add_names(c, &all, s->dir, FOLDERS);
    l.digest = digest_of(buf_str(&all));
    buf_free(&all);
    return l;
}

// Reads what was changed after `safe`, and may have been changed again.
static bool is_as_listed(Cache *c, const SpecPath *s, const Look *l, struct timespec safe) {
    const Manifest *m = &l->manifest;
    for (size_t i = 0; i < m->count; i++) {
        if (is_later(safe, l->changed[i]))
            continue;
        Arena brief = {0};
        Str path = in_out(c, s, m->lines[i]->path);
        const Source *src = file_read_if_there(&brief, &c->quiet, path.ptr, LIMIT_SPEC_BYTES);
        bool same = src && digest_eq(digest_of(src->text), m->lines[i]->digest);
        arena_free(&brief);
        if (!same)
            return false;
    }
    return true;
}

static Str record_of(const Cache *c, size_t i, Digest seen) {
    Buf text = {.arena = c->arena};
    digest_put(&text, c->inputs[i]);
    buf_char(&text, ' ');
    digest_put(&text, seen);
    buf_char(&text, '\n');
    Str kept = buf_keep(&text, c->arena);
    buf_free(&text);
    return kept;
}

static void keep(Cache *c, Root *out, size_t i) {
    Look now = look(c, &c->systems[i]);
    Str name = str_join(c->arena, S(FOLDER "/"), c->systems[i].name, (Str){0});
    root_remove(out, name);
    if (now.whole && c->quiet.errors == 0)
        root_write(out, name, record_of(c, i, now.digest));
}

void cache_keep(void *cache) {
    Cache *c = cache;
    Root out;
    for (const Diag *d = c->said->first; d; d = d->next)
        if (!d->suppressed)
            return;
    if (root_open(&out, c->out, false))
        return;
    root_write(&out, S(FOLDER "/.gitignore"), S("*\n"));
    for (size_t i = 0; i < c->count; i++)
        keep(c, &out, i);
    root_close(&out);
}

static bool holds(Cache *c, size_t i, size_t *files) {
    Str path = str_fmt(c->arena, "%.*s/" FOLDER "/%.*s", SFMT(c->out), SFMT(c->systems[i].name));
    struct stat st;
    const Source *src = file_read_if_there(c->arena, &c->quiet, path.ptr, LIMIT_FILE_BYTES);
    if (!src || lstat(path.ptr, &st))
        return false;
    Look now = look(c, &c->systems[i]);
    if (!now.whole || c->quiet.errors || !str_eq(src->text, record_of(c, i, now.digest)))
        return false;
    *files += now.manifest.count;
    struct timespec safe = st.st_mtim;
    safe.tv_nsec -= TICK_NANOSECONDS;
    if (safe.tv_nsec < 0)
        safe = (struct timespec){safe.tv_sec - 1, safe.tv_nsec + 1000000000};
    return is_as_listed(c, &c->systems[i], &now, safe);
}

bool cache_holds(Cache *c, size_t *files) {
    *files = 0;
    for (size_t i = 0; i < c->count; i++)
        if (!holds(c, i, files))
            return false;
    return c->count > 0;
}
