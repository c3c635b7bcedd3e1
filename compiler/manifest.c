// manifest.c - the list of what wgen owns.
#include "manifest.h"

#include "lock.h"
#include "root.h"

static const char header[] = "# Every file that wgen owns in this folder; it writes and removes no "
                             "other.\n";

enum { USUAL_BYTES = 64 }; // of a line

bool manifest_read(Manifest *m, Arena *a, Diags *d, const Source *src) {
    size_t before = d->errors;
    *m = (Manifest){.arena = a};
    strmap_reserve(&m->by_path, a, src ? src->text.len / USUAL_BYTES : 0);
    Str rest = src ? src->text : (Str){0}, line;
    for (uint32_t at = 1; str_split(&rest, '\n', &line); at++) {
        line = str_trim(line);
        if (lock_is_comment(line))
            continue;
        Str path = line;
        Digest digest;
        if (digest_take(&path, &digest) && str_starts(path, S("  ")) &&
            path_is_portable(str_cut(path, 2, path.len))) {
            manifest_add(m, str_cut(path, 2, path.len), digest);
            continue;
        }
        diag_failure(d, (Loc){src, at, 1, (uint32_t)line.len}, "manifest-damaged",
                     "this is no line of a manifest");
        diag_help(d, "restore the file: `git checkout -- %.*s`", SFMT(src->path));
    }
    return d->errors == before;
}

Owned *manifest_find(const Manifest *m, Str path) {
    return strmap_get(&m->by_path, path);
}

bool manifest_has(const Manifest *m, Str path, Digest digest) {
    const Owned *line = manifest_find(m, path);
    for (const Owned *one = line; one; one = one->other)
        if (digest_eq(one->digest, digest) || !digest_eq(one->digest, line->digest))
            return true;
    return false;
}

void manifest_add(Manifest *m, Str path, Digest digest) {
    Owned *line = arena_new(m->arena, Owned, 1);
    *line = (Owned){.path = path, .digest = digest};
    line->other = strmap_put(&m->by_path, m->arena, path, line);
    if (line->other) { // the newer one takes the place of the older
        for (size_t i = 0; i < m->count; i++)
            if (m->lines[i] == line->other)
                m->lines[i] = line;
        return;
    }
    m->lines = arena_room(m->arena, m->lines, sizeof *m->lines, m->count, &m->cap);
    m->lines[m->count++] = line;
}

static int by_path(const void *a, const void *b) {
    const Owned *left = a, *right = b;
    return str_cmp(left->path, right->path);
}

void manifest_write(Manifest *m, Buf *out) {
    sort_rows(m->arena, (void **)m->lines, m->count, by_path);
    buf_put(out, str_from(header));
    for (size_t i = 0; i < m->count; i++) {
        digest_put(out, m->lines[i]->digest);
        buf_put(out, S("  "));
        buf_put(out, m->lines[i]->path);
        buf_char(out, '\n');
    }
}
