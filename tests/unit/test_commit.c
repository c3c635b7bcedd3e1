// test_commit.c - changes to files that happen all or not at all: where renames fail, where
// something is in the way, and on file systems that cannot exchange two names.
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../compiler/commit.h"

static bool is_plain;   // the file system knows renameat, and nothing else
static int fails_after; // so many renames more succeed; -1: all of them

static bool fails(void) {
    return fails_after >= 0 && fails_after-- == 0;
}

// In place of libc's.
int renameat2(int from, const char *name, int to, const char *as, unsigned flags) {
    if (is_plain || fails()) {
        errno = is_plain ? EINVAL : EACCES;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from, name, to, as, flags);
}

int renameat(int from, const char *name, int to, const char *as) {
    if (is_plain && fails()) {
        errno = EACCES;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from, name, to, as, 0);
}

static char dir[] = "/tmp/wgen-commit-XXXXXX";
static const char *const paths[] = {"edited", "gone/far", "made", "new/deep"};
static const char before[] = "edited=1 gone/far=1 made=- new/deep=- ",
                  after[] = "edited=2 gone/far=- made=2 new/deep=2 ";

static const char *in_dir(const char *path) {
    static char name[256];
    snprintf(name, sizeof name, "%s/%s", dir, path);
    return name;
}

static void write_file(const char *path, const char *text) {
    FILE *f = fopen(in_dir(path), "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

// What each path holds, as one text.
static const char *now(void) {
    static char text[256];
    text[0] = '\0';
    for (size_t i = 0; i < COUNT(paths); i++) {
        char held[8] = "-";
        FILE *f = fopen(in_dir(paths[i]), "r");
        if (f && !fgets(held, sizeof held, f))
            held[0] = '\0';
        if (f)
            fclose(f);
        size_t at = strlen(text);
        snprintf(text + at, sizeof text - at, "%s=%s ", paths[i], held);
    }
    return text;
}

static Commit *begin(Arena *a, Diags *d) {
    *d = (Diags){.arena = a};
    const Place place = {S(""), str_from(dir)};
    return commit_begin(a, d, &place, 1, (CommitOptions){.lock_seconds = 1});
}

// As a hand of a crew does it, before it is its turn.
static Ahead look(Commit *c, int hand, Str path, Str text) {
    Buf there = {0};
    Ahead ahead = commit_ahead(c, hand, path, text, true, &there);
    buf_free(&there);
    ck_assert(ahead.looked && ahead.staged == !ahead.same && !ahead.error);
    return ahead;
}

// One change of each sort.
static Commit *stage(Arena *a, Diags *d) {
    Commit *c = begin(a, d);
    Digest one = digest_of(S("1")), two = digest_of(S("2"));
    ck_assert_ptr_nonnull(c);
    Ahead deep = look(c, 1, S("new/deep"), S("2")), edited = look(c, 0, S("edited"), S("2"));
    ck_assert(edited.found == ROOT_REGULAR && digest_eq(edited.now, one));
    ck_assert(look(c, 1, S("edited"), S("1")).same && deep.found == ROOT_ABSENT);
    ck_assert(commit_put_ahead(c, S("edited"), S("2"), two, &edited));
    commit_remove(c, 0, S("gone/far"), one);
    ck_assert(commit_put(c, 0, S("made"), S("2"), two, NULL));
    ck_assert(commit_put_ahead(c, S("new/deep"), S("2"), two, &deep));
    return c;
}

static void make_dir(void) {
    memcpy(dir + sizeof dir - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(dir));
    mkdir(in_dir("gone"), 0777);
    write_file("edited", "1");
    write_file("gone/far", "1");
}

static const struct {
    bool plain;
    int fails_after;
    bool in_the_way; // somebody else makes what is to be made
    const char *now, *says;
} rows[] = {
    {false, -1, false, after,  NULL                                                            },
    {true,  -1, false, after,  NULL                                                            },
    {false, 0,  false, before, "everything is as it was before"                                },
    {false, 1,  false, before, "everything is as it was before"                                },
    {false, 2,  false, before, "everything is as it was before"                                },
    {false, 3,  false, before, "everything is as it was before"                                },
    {false, -1, true,  NULL,   "everything is as it was before"                                },
    {true,  0,  false, before, ""                                                              }, // the journal's own
    {true,  1,  false, before, "everything is as it was before"                                },
    {true,  2,  false, NULL,   "some files are new, some old: the next build finishes this one"},
    {true,  4,  false, NULL,   "some files are new, some old: the next build finishes this one"},
    {true,  -1, true,  NULL,   "some files are new, some old: the next build finishes this one"},
};

START_TEST(is_all_or_nothing) {
    Arena a = {0};
    Diags d;
    make_dir();
    Commit *c = stage(&a, &d);
    if (rows[_i].in_the_way)
        write_file("made", "9");
    is_plain = rows[_i].plain;
    fails_after = rows[_i].fails_after;
    ck_assert_int_eq(commit_finish(c), !rows[_i].says);
    if (rows[_i].now)
        ck_assert_str_eq(now(), rows[_i].now);
    if (rows[_i].says)
        ck_str(d.last->notes[0], rows[_i].says);
    ck_assert_int_eq(d.errors, rows[_i].says ? 1 : 0);
    if (rows[_i].in_the_way) { // it is not overwritten, now or later
        ck_assert_ptr_nonnull(strstr(now(), "made=9"));
        unlink(in_dir("made"));
    }
    fails_after = -1;
    c = begin(&a, &d); // the next one finishes what was begun, or finds nothing to do
    ck_assert_ptr_nonnull(c);
    commit_cancel(c);
    const char *healed = now();
    ck_assert_msg(!strcmp(healed, before) || !strcmp(healed, after), "%s", healed);
    ck_assert_int_ne(access(in_dir(".wgen/commit"), F_OK), 0);
    arena_free(&a);
    char remove[64];
    snprintf(remove, sizeof remove, "rm -rf %s", dir);
    ck_assert_int_eq(system(remove), 0);
}
END_TEST

UNIT({is_all_or_nothing, COUNT(rows)})
