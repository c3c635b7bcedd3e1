// cache.c - a record for each system: a line with a digest of what went into the build, and one of
// how the files that it wrote looked to the file system; then, for stacks, a line with the key of
// what they were made from (key.h) and the number of their files, which follow, each with its
// digest and that of its looks. Files that are about as young as the record may have changed
// unseen, within one tick of its clock: those are read.
#include "cache.h"

#include <string.h>
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

// Stacks that were built now, and what they were made from.
typedef struct Made {
    Digest key;
    OutFile *files; // their paths and digests
    size_t count;
} Made;

// One system.
typedef struct Record {
    struct Cache *cache;
    const SpecPath *system;
    Digest inputs;
    Recall recall;
    bool is_read;         // the record of the last build
    struct timespec safe; // what was changed before that was not changed again unseen
    StrMap stacks;        // the key's digits -> the lines of the files
    Made *made;
    size_t made_count, made_cap;
} Record;

struct Cache {
    Arena *arena;
    const Diags *said; // what had to be said would be said again
    Diags quiet;       // what cannot be read is not cached, and reported by whoever needs it
    Str out;
    Record *records; // of each system
    size_t count;
};

// How a file looks to the file system.
typedef struct Seen {
    int64_t inode, size, mode, device;
    struct timespec modified, changed;
} Seen;

// How a folder's files looked.
typedef struct Look {
    Digest digest;
    Manifest manifest;
    Seen *seen; // of each of its files
    bool whole; // all were there
} Look;

static void add_digest(Buf *all, Digest d) {
    buf_put(all, (Str){(const char *)&d, sizeof d});
}

static Seen seen_of(const struct stat *st) {
    return (Seen){(int64_t)st->st_ino, st->st_size, st->st_mode,
                  (int64_t)st->st_dev, st->st_mtim, st->st_ctim};
}

static Str seen_bytes(const Seen *seen) {
    return (Str){(const char *)seen, sizeof *seen};
}

static void add_file(Cache *c, Buf *all, Str path) {
    const Source *src = file_read_if_there(c->arena, &c->quiet, path.ptr, LIMIT_SPEC_BYTES);
    buf_put(all, path);
    buf_char(all, src ? '+' : '-');
    if (src)
        add_digest(all, digest_of(src->text));
}

// All that a build of a system reads but its lock, which it writes as well. `machine` is that
// without its own parts.
static Digest digest_of_inputs(Cache *c, const SpecPath *s, const Seen *program, Digest *machine) {
    Buf all = {.arena = c->arena};
    Str *files;
    size_t count = inputs_of(c->arena, &c->quiet, s, NULL, &files);
    buf_put(&all, seen_bytes(program));
    for (size_t i = s->count; i < count; i++)
        if (!str_ends(files[i], S(".lock")))
            add_file(c, &all, files[i]);
    *machine = digest_of(buf_str(&all));
    for (size_t i = 0; i < s->count; i++)
        add_file(c, &all, files[i]);
    Digest d = digest_of(buf_str(&all));
    buf_free(&all);
    return d;
}

static bool find(void *record, Digest key, Outbox *box);

Cache *cache_open(Arena *a, const Diags *d, Str out, const SpecPath *systems, size_t count) {
    Cache *c = arena_new(a, Cache, 1);
    *c = (Cache){.arena = a, .said = d, .out = out, .count = count};
    c->quiet.arena = a;
    struct stat st;
    if (stat("/proc/self/exe", &st))
        return NULL;
    Seen program = seen_of(&st);
    c->records = arena_new(a, Record, count + 1);
    for (size_t i = 0; i < count; i++) {
        Record *r = &c->records[i];
        *r = (Record){
            .cache = c, .system = &systems[i], .recall = {.find = find, .ctx = r}
        };
        r->inputs = digest_of_inputs(c, &systems[i], &program, &r->recall.machine);
    }
    return c->quiet.errors ? NULL : c;
}

static bool is_later(struct timespec a, struct timespec b) {
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static bool see(Str path, Seen *seen) {
    struct stat st = {0};
    bool regular = lstat(path.ptr, &st) == 0 && S_ISREG(st.st_mode);
    *seen = seen_of(&st);
    return regular;
}

static Seen look_at(Look *look, Buf *all, Str path) {
    Seen seen;
    look->whole = see(path, &seen) && look->whole;
    buf_put(all, seen_bytes(&seen));
    return seen;
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
    l.seen = arena_new(c->arena, Seen, m->count + 1);
    for (size_t i = 0; i < m->count && l.whole; i++)
        l.seen[i] = look_at(&l, &all, in_out(c, s, m->lines[i]->path));
    add_names(c, &all, s->dir, FOLDERS);
    l.digest = digest_of(buf_str(&all));
    buf_free(&all);
    return l;
}

static bool has_digest(Cache *c, Str path, Digest digest) {
    Arena brief = {0};
    const Source *src = file_read_if_there(&brief, &c->quiet, path.ptr, LIMIT_SPEC_BYTES);
    bool same = src && digest_eq(digest_of(src->text), digest);
    arena_free(&brief);
    return same;
}

// Reads what was changed after `safe`, and may have been changed again.
static bool is_as_listed(Cache *c, const Record *r, const Look *l) {
    const Manifest *m = &l->manifest;
    for (size_t i = 0; i < m->count; i++)
        if (!is_later(r->safe, l->seen[i].changed) &&
            !has_digest(c, in_out(c, r->system, m->lines[i]->path), m->lines[i]->digest))
            return false;
    return true;
}

static void put_record(const Record *r, Digest seen, Buf *text) {
    digest_put(text, r->inputs);
    buf_char(text, ' ');
    digest_put(text, seen);
    buf_char(text, '\n');
}

static void put_made(const Made *made, const StrMap *looks, Buf *text) {
    digest_put(text, made->key);
    buf_fmt(text, " %zu\n", made->count);
    for (size_t i = 0; i < made->count; i++) {
        const Seen *seen = strmap_get(looks, made->files[i].path);
        digest_put(text, made->files[i].digest);
        buf_char(text, ' ');
        digest_put(text, seen ? digest_of(seen_bytes(seen)) : (Digest){0});
        buf_fmt(text, " %.*s\n", SFMT(made->files[i].path));
    }
}

static void keep(Cache *c, Root *out, Record *r) {
    Look now = look(c, r->system);
    Str name = str_join(c->arena, S(FOLDER "/"), r->system->name, (Str){0});
    root_remove(out, name);
    if (!now.whole || c->quiet.errors)
        return;
    StrMap looks = {0};
    strmap_reserve(&looks, c->arena, now.manifest.count);
    for (size_t i = 0; i < now.manifest.count; i++)
        strmap_put(&looks, c->arena,
                   str_join(c->arena, r->system->name, S("/"), now.manifest.lines[i]->path),
                   &now.seen[i]);
    Buf text = {.arena = c->arena};
    put_record(r, now.digest, &text);
    for (size_t i = 0; i < r->made_count; i++)
        put_made(&r->made[i], &looks, &text);
    root_write(out, name, buf_str(&text));
    buf_free(&text);
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
        keep(c, &out, &c->records[i]);
    root_close(&out);
}

static Str record_path(const Record *r) {
    return str_fmt(r->cache->arena, "%.*s/" FOLDER "/%.*s", SFMT(r->cache->out),
                   SFMT(r->system->name));
}

// The record's text; NULL: there is none.
static const Source *read_record(Record *r) {
    Str path = record_path(r);
    struct stat st;
    const Source *src =
        file_read_if_there(r->cache->arena, &r->cache->quiet, path.ptr, LIMIT_FILE_BYTES);
    if (!src || lstat(path.ptr, &st))
        return NULL;
    r->safe = st.st_mtim;
    r->safe.tv_nsec -= TICK_NANOSECONDS;
    if (r->safe.tv_nsec < 0)
        r->safe = (struct timespec){r->safe.tv_sec - 1, r->safe.tv_nsec + 1000000000};
    return src;
}

static bool holds(Cache *c, Record *r, size_t *files) {
    const Source *src = read_record(r);
    Str text = src ? src->text : (Str){0};
    Digest inputs;
    if (!digest_take(&text, &inputs) || !digest_eq(inputs, r->inputs))
        return false;
    Look now = look(c, r->system);
    Buf same = {.arena = c->arena};
    put_record(r, now.digest, &same);
    bool ok = now.whole && !c->quiet.errors && str_starts(src->text, buf_str(&same));
    buf_free(&same);
    *files += now.manifest.count;
    return ok && is_as_listed(c, r, &now);
}

bool cache_holds(Cache *c, size_t *files) {
    *files = 0;
    for (size_t i = 0; i < c->count; i++)
        if (!holds(c, &c->records[i], files))
            return false;
    return c->count > 0;
}

static bool take_count(Str *line, size_t *count) {
    *count = 0;
    for (size_t i = 1; i < line->len; i++) {
        if (line->ptr[i] < '0' || line->ptr[i] > '9' || *count > LIMIT_FILE_BYTES)
            return false;
        *count = *count * 10 + (size_t)(line->ptr[i] - '0');
    }
    return line->len > 1 && line->ptr[0] == ' ';
}

// Finds the lines of each key. What cannot be understood ends it.
static void read_stacks(Record *r) {
    const Source *src = read_record(r);
    Str rest = src ? src->text : (Str){0}, line, first;
    size_t count;
    Digest key;
    r->is_read = true;
    str_split(&rest, '\n', &first);
    while (str_split(&rest, '\n', &line) && line.len) {
        Str digits = str_cut(line, 0, 32), lines = rest;
        if (!digest_take(&line, &key) || !take_count(&line, &count))
            return;
        for (size_t i = 0; i < count; i++)
            if (!str_split(&rest, '\n', &line))
                return;
        if (rest.ptr)
            strmap_put(&r->stacks, r->cache->arena, digits,
                       memcpy(arena_new(r->cache->arena, Str, 1),
                              &(Str){lines.ptr, (size_t)(rest.ptr - lines.ptr)}, sizeof(Str)));
    }
}

static bool take_file(Record *r, Str line, Outbox *box) {
    Digest digest, looks;
    Seen seen;
    Cache *c = r->cache;
    if (!digest_take(&line, &digest) || !str_starts(line, S(" ")))
        return false;
    line = str_cut(line, 1, line.len);
    if (!digest_take(&line, &looks) || !str_starts(line, S(" ")))
        return false;
    Str path = str_cut(line, 1, line.len);
    Str full = str_fmt(c->arena, "%.*s/%.*s", SFMT(c->out), SFMT(path));
    if (!see(full, &seen) || !digest_eq(digest_of(seen_bytes(&seen)), looks) ||
        (!is_later(r->safe, seen.changed) && !has_digest(c, full, digest)))
        return false;
    outbox_keep(box, path, digest);
    return true;
}

static bool find(void *record, Digest key, Outbox *box) {
    Record *r = record;
    if (!r->is_read)
        read_stacks(r);
    Buf digits = {.arena = r->cache->arena};
    digest_put(&digits, key);
    const Str *lines = strmap_get(&r->stacks, buf_str(&digits));
    buf_free(&digits);
    Str rest = lines ? *lines : (Str){0}, line;
    size_t before = box->count;
    while (str_split(&rest, '\n', &line) && line.len) {
        if (take_file(r, line, box))
            continue;
        box->count = before;
        return false;
    }
    return lines != NULL;
}

const Recall *cache_recall(const Cache *c, size_t system) {
    return &c->records[system].recall;
}

void cache_note(Cache *c, size_t system, const Outbox *box) {
    Record *r = &c->records[system];
    if (!box->has_key)
        return;
    r->made = arena_room(c->arena, r->made, sizeof *r->made, r->made_count, &r->made_cap);
    Made *made = &r->made[r->made_count++];
    *made = (Made){box->key, arena_new(c->arena, OutFile, box->count + 1), box->count};
    for (size_t i = 0; i < box->count; i++)
        made->files[i] = (OutFile){.path = arena_str(c->arena, box->files[i]->path),
                                   .digest = box->files[i]->digest};
}
