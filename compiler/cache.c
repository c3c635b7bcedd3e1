// cache.c - a record for each system. Its first line has a digest of all behind it, one of what
// went into the build, one of what is beside its files, and when they were looked at; then, for
// what was rendered in one go, a line with the key of what that was made from (key.h) and the
// number of its files, which follow, each with its digest and that of its looks, as bytes. Of a
// file that changed after the time of the record it may have seen too early a look: that one is
// read.
#include "cache.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "inputs.h"
#include "limits.h"
#include "root.h"

#define FOLDER ".cache"
enum {
    FOLDERS = 8,         // how deep below a system's own folder is looked
    WORTH_A_THREAD = 200 // files
};

// Files that were rendered in one go, and what they were made from.
typedef struct Made {
    Digest key;
    Str lines;      // of an earlier record, where they are still so; else:
    OutFile *files; // their paths and digests
    size_t count;
} Made;

typedef struct Line {
    Digest digest, looks;
    Str path; // below out/
} Line;

// The same in the record of the last build.
typedef struct Known {
    Str lines;
    Line *list; // of them
    size_t count;
    enum { UNSEEN, THERE, CHANGED } state; // of the files
    bool settled;                          // none of them may have changed unseen
} Known;

// One system.
typedef struct Record {
    struct Cache *cache;
    const SpecPath *system;
    Digest inputs;
    Recall recall;
    // Of the last build:
    bool is_read, is_whole;
    Digest inputs_then, beside;
    struct timespec time; // what changed before it did not change again unseen
    Str rest;             // of the record's text, behind its first line
    Seen manifest;        // before anything was looked at
    Known **known;
    size_t known_count, known_cap;
    StrMap by_key; // the key's digits -> Known
    // Of this one:
    Made *made;
    size_t made_count, made_cap;
} Record;

struct Cache {
    Arena *arena;
    const Diags *said;
    const Diag *last; // that was said of the specs, before anything was printed
    Diags quiet;      // what cannot be read is not cached, and reported by whoever needs it
    Str out;
    Seen program;
    Record *records; // of each system
    size_t count;
    bool is_beside; // a thread looks at the files
    pthread_t beside;
};

static void add_digest(Buf *all, Digest d) {
    buf_put(all, (Str){(const char *)&d, sizeof d});
}

static Str seen_bytes(const Seen *seen) {
    return (Str){(const char *)seen, sizeof *seen};
}

static bool see(Str path, Seen *seen) {
    struct stat st = {0};
    bool regular = lstat(path.ptr, &st) == 0 && S_ISREG(st.st_mode);
    *seen = seen_of(&st);
    return regular;
}

static void add_text(Buf *all, Str path, const Str *text) {
    buf_put(all, path);
    buf_char(all, text ? '+' : '-');
    if (text)
        add_digest(all, digest_of(*text));
}

static void add_file(Cache *c, Buf *all, Str path) {
    const Source *src = file_read_if_there(c->arena, &c->quiet, path.ptr, LIMIT_SPEC_BYTES);
    add_text(all, path, src ? &src->text : NULL);
}

// All that a build of a system reads but its lock, which it writes as well. `machine` is that
// without its own parts.
static Digest digest_of_inputs(Cache *c, const SpecPath *s, Digest *machine) {
    Buf all = {.arena = c->arena};
    Str *files;
    size_t count = inputs_of(c->arena, &c->quiet, s, NULL, &files);
    buf_put(&all, seen_bytes(&c->program));
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
    c->program = seen_of(&st);
    c->records = arena_new(a, Record, count + 1);
    for (size_t i = 0; i < count; i++) {
        Record *r = &c->records[i];
        *r = (Record){
            .cache = c, .system = &systems[i], .recall = {.find = find, .ctx = r}
        };
        r->inputs = digest_of_inputs(c, &systems[i], &r->recall.machine);
    }
    return c->quiet.errors ? NULL : c;
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

static bool see_manifest(const Record *r, Seen *manifest) {
    const Cache *c = r->cache;
    return see(str_fmt(c->arena, "%.*s/%.*s/manifest", SFMT(c->out), SFMT(r->system->name)),
               manifest);
}

// The manifest, the lock, and which handlers and scripts the user has: a build makes those that are
// missing. False: there is no manifest.
static bool look_beside(Record *r, const Str *lock, Digest *beside) {
    Cache *c = r->cache;
    const SpecPath *s = r->system;
    Buf all = {.arena = c->arena};
    Seen manifest;
    bool ok = see_manifest(r, &manifest);
    buf_put(&all, seen_bytes(&manifest));
    add_text(&all, S("lock"), lock);
    add_names(c, &all, s->dir, FOLDERS);
    *beside = digest_of(buf_str(&all));
    buf_free(&all);
    return ok && !c->quiet.errors;
}

static const Str *lock_on_disk(Record *r) {
    Cache *c = r->cache;
    Str path = str_fmt(c->arena, "%.*s/wgen.lock", SFMT(r->system->dir));
    const Source *src = file_read_if_there(c->arena, &c->quiet, path.ptr, LIMIT_SPEC_BYTES);
    return src ? &src->text : NULL;
}

static bool has_digest(Cache *c, Str path, Digest digest) {
    Arena brief = {0};
    const Source *src = file_read_if_there(&brief, &c->quiet, path.ptr, LIMIT_SPEC_BYTES);
    bool same = src && digest_eq(digest_of(src->text), digest);
    arena_free(&brief);
    return same;
}

// --- What the last build left ---

static void take_digest(Str *s, Digest *d) {
    memcpy(d, s->ptr, sizeof *d);
    *s = str_cut(*s, sizeof *d, s->len);
}

static bool take_line(Str *rest, const SpecPath *system, Line *line) {
    if (rest->len < 2 * sizeof line->digest)
        return false;
    take_digest(rest, &line->digest);
    take_digest(rest, &line->looks);
    return str_split(rest, '\n', &line->path) && str_starts(line->path, system->name);
}

static Str record_path(const Record *r) {
    return str_fmt(r->cache->arena, "%.*s/" FOLDER "/%.*s", SFMT(r->cache->out),
                   SFMT(r->system->name));
}

// The first line. False: there is no record, or none that can be understood.
static bool read_first_line(Record *r) {
    Digest whole, time;
    Str first;
    const Source *src =
        file_read_if_there(r->cache->arena, &r->cache->quiet, record_path(r).ptr, LIMIT_FILE_BYTES);
    r->rest = src ? src->text : (Str){0};
    if (!digest_take(&r->rest, &whole) || !digest_eq(whole, digest_of(r->rest)))
        return false; // something happened to it
    if (!str_split(&r->rest, '\n', &first) || !digest_take(&first, &r->inputs_then) ||
        !digest_take(&first, &r->beside) || !digest_take(&first, &time))
        return false;
    r->time = (struct timespec){(time_t)time.high, (long)time.low};
    return first.len == 0 && r->rest.len > 0;
}

static bool take_count(Str line, size_t *count) {
    *count = 0;
    for (size_t i = 1; i < line.len; i++) {
        if (line.ptr[i] < '0' || line.ptr[i] > '9' || *count > LIMIT_FILE_BYTES)
            return false;
        *count = *count * 10 + (size_t)(line.ptr[i] - '0');
    }
    return line.len > 1 && line.ptr[0] == ' ';
}

// The rest: the lines of what was rendered in one go, by its key. False where it cannot be
// understood, or is cut off; what stands before that is known nevertheless.
static bool read_known(Record *r) {
    Arena *a = r->cache->arena;
    Str rest = r->rest, line;
    while (rest.len && str_split(&rest, '\n', &line)) {
        Digest key;
        Known *known = arena_new(a, Known, 1);
        Str digits = str_cut(line, 0, 32), lines = rest;
        if (!digest_take(&line, &key) || !take_count(line, &known->count) ||
            known->count > rest.len)
            return false;
        known->list = arena_new(a, Line, known->count);
        for (size_t i = 0; i < known->count; i++)
            if (!take_line(&rest, r->system, &known->list[i]))
                return false;
        if (!rest.ptr)
            return false;
        known->lines = str_cut(lines, 0, (size_t)(rest.ptr - lines.ptr));
        r->known = arena_room(a, r->known, sizeof *r->known, r->known_count, &r->known_cap);
        r->known[r->known_count++] = known;
        if (key.high || key.low)
            strmap_put(&r->by_key, a, digits, known);
    }
    return r->known_count > 0;
}

static bool is_before(struct timespec a, struct timespec b) {
    return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

typedef enum Looks { LOOKS_THE_SAME, LOOKS_YOUNG, LOOKS_OTHERWISE } Looks;

static Looks looks_of(const Record *r, const Line *line) {
    char path[ROOT_PATH_MAX];
    Seen seen;
    Str out = r->cache->out;
    if (out.len + 1 + line->path.len >= sizeof path)
        return LOOKS_OTHERWISE;
    memcpy(path, out.ptr, out.len);
    path[out.len] = '/';
    memcpy(path + out.len + 1, line->path.ptr, line->path.len);
    path[out.len + 1 + line->path.len] = '\0';
    if (!see(str_from(path), &seen) || !digest_eq(seen_digest(&seen), line->looks))
        return LOOKS_OTHERWISE;
    return is_before(seen.changed, r->time) ? LOOKS_THE_SAME : LOOKS_YOUNG;
}

// Whether the files are as the last build left them: looked at once. If it is not to `read` any, it
// allocates nothing, and may leave it open.
static bool is_as_known(const Record *r, Known *known, bool read) {
    Cache *c = r->cache;
    bool there = true, settled = true, open = known->state == UNSEEN;
    for (size_t i = 0; i < known->count && there && open; i++) {
        const Line *line = &known->list[i];
        Looks looks = looks_of(r, line);
        settled = settled && looks == LOOKS_THE_SAME;
        there = looks != LOOKS_OTHERWISE;
        if (looks == LOOKS_YOUNG && !read)
            return false;
        if (looks == LOOKS_YOUNG)
            there = has_digest(c, str_fmt(c->arena, "%.*s/%.*s", SFMT(c->out), SFMT(line->path)),
                               line->digest);
    }
    if (open) {
        known->state = there ? THERE : CHANGED;
        known->settled = settled;
    }
    return known->state == THERE;
}

static void read_record(Record *r) {
    if (r->is_read)
        return;
    see_manifest(r, &r->manifest);
    r->is_read = true;
    r->is_whole = read_first_line(r) && read_known(r);
}

// `lock` is the text of the lock. NULL: there is none.
static bool is_intact(Record *r, const Str *lock) {
    Digest beside;
    read_record(r);
    bool ok = r->is_whole && look_beside(r, lock, &beside) && digest_eq(beside, r->beside);
    for (size_t i = 0; i < r->known_count && ok; i++)
        ok = is_as_known(r, r->known[i], true);
    return ok;
}

static size_t count_files(const Record *r) {
    size_t count = 0;
    for (size_t i = 0; i < r->known_count; i++)
        count += r->known[i]->count;
    return count;
}

bool cache_holds(Cache *c, size_t *files) {
    *files = 0;
    bool ok = c->count > 0;
    for (size_t i = 0; i < c->count && ok; i++) {
        Record *r = &c->records[i];
        read_record(r);
        ok = r->is_whole && digest_eq(r->inputs_then, r->inputs) && is_intact(r, lock_on_disk(r));
        *files += count_files(r);
    }
    return ok;
}

static void *look_beside_compiler(void *cache) {
    const Cache *c = cache;
    for (size_t i = 0; i < c->count; i++)
        for (size_t j = 0; j < c->records[i].known_count; j++)
            is_as_known(&c->records[i], c->records[i].known[j], false);
    return NULL;
}

// The thread takes no signals: those that end a process are for the one that writes.
static bool start_thread(Cache *c) {
    sigset_t all, before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before))
        return false;
    bool ok = pthread_create(&c->beside, NULL, look_beside_compiler, c) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

void cache_look_ahead(Cache *c) {
    size_t files = 0;
    for (size_t i = 0; i < c->count; i++) {
        Record *r = &c->records[i];
        read_record(r);
        files += count_files(r);
    }
    c->is_beside = files >= WORTH_A_THREAD && start_thread(c);
}

void cache_compiled(Cache *c) {
    c->last = c->said->last;
}

void cache_look_end(Cache *c) {
    if (c->is_beside)
        pthread_join(c->beside, NULL);
    c->is_beside = false;
}

// Whoever changed a file of the last build in between changed the manifest as well.
static void forget_if_stale(Record *r) {
    Seen manifest;
    see_manifest(r, &manifest);
    if (str_eq(seen_bytes(&manifest), seen_bytes(&r->manifest)))
        return;
    r->is_read = false;
    r->known_count = 0;
    r->by_key = (StrMap){0};
}

void cache_locked(Cache *c) {
    cache_look_end(c);
    for (size_t i = 0; i < c->count; i++)
        forget_if_stale(&c->records[i]);
}

bool cache_is_intact(Cache *c, size_t system, const Str *lock) {
    return is_intact(&c->records[system], lock);
}

static Known *known_by(const Record *r, Digest key) {
    Buf digits = {.arena = r->cache->arena};
    digest_put(&digits, key);
    Known *known = strmap_get(&r->by_key, buf_str(&digits));
    buf_free(&digits);
    return known;
}

static bool find(void *record, Digest key, Outbox *box) {
    Record *r = record;
    read_record(r);
    Known *known = known_by(r, key);
    if (!known || !is_as_known(r, known, true))
        return false;
    for (size_t i = 0; i < known->count; i++)
        outbox_keep(box, known->list[i].path, known->list[i].digest);
    return true;
}

const Recall *cache_recall(const Cache *c, size_t system) {
    return &c->records[system].recall;
}

// --- What this one leaves ---

void cache_note(Cache *c, size_t system, const Outbox *box) {
    Record *r = &c->records[system];
    if (box->own)
        return;
    r->made = arena_room(c->arena, r->made, sizeof *r->made, r->made_count, &r->made_cap);
    Made *made = &r->made[r->made_count++];
    *made = (Made){.key = box->has_key ? box->key : (Digest){0}, .count = box->count};
    const Known *known = box->count && box->files[0]->kept ? known_by(r, box->key) : NULL;
    if (known && known->settled) {
        made->lines = known->lines;
        return;
    }
    made->files = arena_new(c->arena, OutFile, box->count);
    for (size_t i = 0; i < box->count; i++)
        made->files[i] = (OutFile){.path = arena_str(c->arena, box->files[i]->path),
                                   .digest = box->files[i]->digest,
                                   .kept = box->files[i]->kept,
                                   .ahead = box->files[i]->ahead};
}

// Whoever wrote it may have looked at it already.
static bool look_at(Cache *c, const OutFile *file, Digest *looks) {
    *looks = file->ahead.looks;
    if (looks->high || looks->low)
        return true;
    Seen seen;
    Str path = str_fmt(c->arena, "%.*s/%.*s", SFMT(c->out), SFMT(file->path));
    bool ok = see(path, &seen) && (!file->kept || has_digest(c, path, file->digest));
    *looks = seen_digest(&seen);
    return ok;
}

static bool put_file(Cache *c, const OutFile *file, Buf *text) {
    Digest looks;
    if (!look_at(c, file, &looks))
        return false;
    add_digest(text, file->digest);
    add_digest(text, looks);
    buf_put(text, file->path);
    buf_char(text, '\n');
    return true;
}

static bool put_made(Cache *c, const Made *made, Buf *text) {
    bool ok = true;
    digest_put(text, made->key);
    buf_fmt(text, " %zu\n", made->count);
    buf_put(text, made->lines);
    for (size_t i = 0; i < made->count && ok && !made->lines.len; i++)
        ok = put_file(c, &made->files[i], text);
    return ok;
}

// Somebody may have edited the spec while it was compiled.
static bool is_up_to_date(const Record *r) {
    Digest machine;
    return digest_eq(digest_of_inputs(r->cache, r->system, &machine), r->inputs);
}

// What is said of a spec is to be said again: then the record is of no `inputs`, and the spec is
// looked at each time, but nothing is rendered. An empty record is written first: the time that it
// gets is that of the looks.
static void keep(Cache *c, Root *out, Record *r, Digest inputs) {
    Str name = str_join(c->arena, S(FOLDER "/"), r->system->name, (Str){0});
    Seen marker;
    Digest beside;
    root_remove(out, name);
    if (root_write(out, name, (Str){0}) || !see(record_path(r), &marker) || !is_up_to_date(r) ||
        !look_beside(r, lock_on_disk(r), &beside))
        return;
    Buf text = {.arena = c->arena};
    digest_put(&text, inputs);
    digest_put(&text, beside);
    digest_put(&text,
               (Digest){(uint64_t)marker.modified.tv_sec, (uint64_t)marker.modified.tv_nsec});
    buf_char(&text, '\n');
    bool ok = r->made_count > 0;
    for (size_t i = 0; i < r->made_count && ok; i++)
        ok = put_made(c, &r->made[i], &text);
    Buf whole = {.arena = c->arena};
    digest_put(&whole, digest_of(buf_str(&text)));
    buf_put(&whole, buf_str(&text));
    root_remove(out, name);
    if (ok && !c->quiet.errors)
        root_write(out, name, buf_str(&whole));
    buf_free(&whole);
    buf_free(&text);
}

void cache_keep(void *cache) {
    Cache *c = cache;
    Root out;
    bool silent = true;
    for (const Diag *d = c->said->first; d; d = d->next)
        silent = silent && d->suppressed;
    if (c->said->last != c->last || root_open(&out, c->out, false))
        return;
    root_write(&out, S(FOLDER "/.gitignore"), S("*\n"));
    for (size_t i = 0; i < c->count; i++)
        keep(c, &out, &c->records[i], silent ? c->records[i].inputs : (Digest){0});
    root_close(&out);
}
