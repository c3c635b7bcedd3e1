// test_lock.c - the memory of what was placed where.
#include "unit.h"

#include "../../compiler/lock.h"

static bool read(Arena *a, Diags *d, Lock *lock, const char *text) {
    Source *src = arena_new(a, Source, 1);
    *src = (Source){.path = S("wgen.lock"), .text = str_from(text)};
    *d = (Diags){.arena = a};
    return lock_read(lock, a, d, text ? src : NULL);
}

static void expect(Lock *lock, bool all, const char *wanted) {
    Buf b = {0};
    lock_write(lock, &b, all);
    Str text = buf_str(&b), header;
    ck_assert(str_split(&text, '\n', &header) && header.ptr[0] == '#');
    ck_str(text, wanted);
    buf_free(&b);
}

START_TEST(keeps_what_is_used) {
    Arena a = {0};
    Diags d;
    Lock lock;
    ck_assert(read(&a, &d, &lock, "# head\nuser b 2\nuser a/x 1\nshared gone 7\r\n\n"));
    ck_assert_ptr_nonnull(lock.src);
    ck_assert_uint_eq(lock_get(&lock, S("user b")), 2);
    ck_assert_uint_eq(lock_get(&lock, S("user a/x")), 1);
    ck_assert_uint_eq(lock_get(&lock, S("user c")), 0);
    lock_put(&lock, S("user c"), 12);
    ck_assert_uint_eq(lock_get(&lock, S("user c")), 12);
    expect(&lock, true, "shared gone 7\nuser a/x 1\nuser b 2\nuser c 12\n");
    expect(&lock, false, "user a/x 1\nuser b 2\nuser c 12\n");
    arena_free(&a);
}
END_TEST

START_TEST(none_yet) {
    Arena a = {0};
    Diags d;
    Lock lock;
    ck_assert(read(&a, &d, &lock, NULL));
    ck_assert_ptr_null(lock.src);
    expect(&lock, false, "");
    arena_free(&a);
}
END_TEST

static const struct {
    const char *text, *id; // NULL: fine
} rows[] = {
    {"<<<<<<< a\nx 1\n=======\nx 1\n>>>>>>> b\n",               NULL           },
    {"<<<<<<< a\nx 1\n||||||| base\n=======\ny 1\n>>>>>>> b\n", NULL           },
    {"x 1\nx 2\n",                                              "lock-conflict"},
    {"x\n",                                                     "lock-damaged" },
    {"x one\n",                                                 "lock-damaged" },
    {"x 0\n",                                                   "lock-damaged" },
    {"x -1\n",                                                  "lock-damaged" },
    {"x 99999999999\n",                                         "lock-damaged" },
    {" 1\n",                                                    "lock-damaged" },
};

START_TEST(merges_and_damage) {
    Arena a = {0};
    Diags d;
    Lock lock;
    ck_assert_int_eq(read(&a, &d, &lock, rows[_i].text), rows[_i].id == NULL);
    if (rows[_i].id)
        ck_assert_str_eq(d.first->id, rows[_i].id);
    arena_free(&a);
}
END_TEST

UNIT({keeps_what_is_used}, {none_yet}, {merges_and_damage, COUNT(rows)})
