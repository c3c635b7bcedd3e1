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

enum { KEYS = 300, ASKED = 400 };

// Whatever order the lines have, how often some come again, and what is asked for.
START_TEST(finds_every_line) {
    Arena a = {0};
    Diags d;
    Lock lock;
    Buf text = {0};
    uint32_t state = (uint32_t)_i * 7919 + 1, numbers[KEYS] = {0};
    uint32_t disorder = _i % 4 == 1 ? 60 : _i % 4 == 2 ? 2 : 0;
    for (uint32_t i = 0; i < KEYS; i++) {
        state = state * 1664525 + 1013904223;
        uint32_t key = disorder && (state >> 8) % disorder == 0 ? (state >> 16) % KEYS : i;
        numbers[key] = numbers[key] ? numbers[key] : 1 + key % 7;
        buf_fmt(&text, "user k%u %u\n", 1000 + key, numbers[key]);
        for (key = (state >> 16) % (i + 1); _i % 4 == 3 && numbers[key] && i % 3; i++)
            buf_fmt(&text, "user k%u %u\n", 1000 + key, numbers[key]); // again, as in a merge
    }
    buf_char(&text, '\0');
    ck_assert(read(&a, &d, &lock, text.ptr));
    for (uint32_t i = 0; i < ASKED; i++) {
        state = state * 1664525 + 1013904223;
        uint32_t key = _i % 3 ? (state >> 8) % KEYS : i % KEYS;
        Str name = str_fmt(&a, "user k%u", 1000 + key);
        ck_assert_uint_eq(lock_get(&lock, name), numbers[key]);
        if (!numbers[key] && state >> 31)
            lock_put(&lock, name, numbers[key] = 9);
    }
    for (uint32_t i = 0; i < KEYS; i++)
        ck_assert_uint_eq(lock_find(&lock, str_fmt(&a, "user k%u", 1000 + i)), numbers[i]);
    buf_free(&text);
    arena_free(&a);
}
END_TEST

UNIT({finds_every_line, 48}, {keeps_what_is_used}, {none_yet}, {merges_and_damage, COUNT(rows)})
