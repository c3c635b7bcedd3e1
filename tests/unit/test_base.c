// test_base.c - text, memory and the map.
#include "unit.h"

START_TEST(cuts_and_splits) {
    Str rest = S("a,,b"), head;
    ck_assert(str_split(&rest, ',', &head));
    ck_str(head, "a");
    ck_assert(str_split(&rest, ',', &head));
    ck_str(head, "");
    ck_assert(str_split(&rest, ',', &head));
    ck_str(head, "b");
    ck_assert(!str_split(&rest, ',', &head));
    ck_str(str_cut(S("hello"), 1, 3), "el");
    ck_str(str_cut(S("hello"), 4, 99), "o");
    ck_str(str_cut(S("hello"), 7, 9), "");
    ck_str(str_trim(S(" \t a b\r\n")), "a b");
}
END_TEST

static const struct {
    const char *text, *part;
    int at;
} finds[] = {
    {"abc", "b",  1 },
    {"abc", "bc", 1 },
    {"abc", "",   0 },
    {"abc", "cd", -1},
    {"",    "a",  -1},
    {"a",   "ab", -1},
};

START_TEST(finds_a_part) {
    ck_assert_int_eq(str_find(str_from(finds[_i].text), str_from(finds[_i].part)), finds[_i].at);
}
END_TEST

START_TEST(orders_by_bytes) {
    ck_assert_int_lt(str_cmp(S("a"), S("b")), 0);
    ck_assert_int_lt(str_cmp(S("a"), S("ab")), 0);
    ck_assert_int_gt(str_cmp(S("b"), S("ab")), 0);
    ck_assert_int_eq(str_cmp(S(""), (Str){0}), 0);
    ck_assert(str_starts(S("abc"), S("ab")) && !str_starts(S("a"), S("ab")));
    ck_assert(str_ends(S("abc"), S("bc")) && !str_ends(S("c"), S("bc")));
}
END_TEST

START_TEST(arena_is_zeroed_again_after_reset) {
    Arena a = {0};
    char *first = arena_new(&a, char, 1000);
    memset(first, 'x', 1000);
    arena_new(&a, char, 200000);
    arena_reset(&a);
    const char *again = arena_new(&a, char, 1000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(again[i], 0);
    arena_free(&a);
}
END_TEST

START_TEST(buffer_grows) {
    Arena a = {0};
    Buf b = {.arena = &a};
    for (int i = 0; i < 1000; i++)
        buf_fmt(&b, "%d,", i);
    ck_assert(str_starts(buf_str(&b), S("0,1,2,")) && str_ends(buf_str(&b), S(",998,999,")));
    Str kept = buf_keep(&b, &a);
    ck_assert_int_eq(kept.ptr[kept.len], '\0');
    buf_free(&b);
    ck_assert_ptr_null(b.ptr);
    ck_assert_ptr_eq(b.arena, &a);
    arena_free(&a);
}
END_TEST

START_TEST(map_keeps_what_it_is_given) {
    Arena a = {0};
    StrMap m = {0};
    ck_assert_ptr_null(strmap_get(&m, S("none")));
    for (int i = 0; i < 1000; i++)
        ck_assert_ptr_null(strmap_put(&m, &a, str_fmt(&a, "key-%d", i), &a + i));
    for (int i = 0; i < 1000; i++)
        ck_assert_ptr_eq(strmap_get(&m, str_fmt(&a, "key-%d", i)), &a + i);
    ck_assert_ptr_eq(strmap_put(&m, &a, S("key-7"), &m), &a + 7);
    ck_assert_uint_eq(m.count, 1000);
    ck_assert_ptr_null(strmap_put(&m, &a, (Str){0}, &m));
    ck_assert_ptr_eq(strmap_get(&m, S("")), &m);
    arena_free(&a);
}
END_TEST

START_TEST(out_of_memory_exits) {
    Arena a = {0};
    arena_alloc(&a, SIZE_MAX / 2, 3);
}
END_TEST

static void tell(void *told) {
    *(bool *)told = true;
    exit(7);
}

START_TEST(tells_before_memory_ends) {
    bool told = false;
    Arena a = {.on_oom = tell, .oom_arg = &told};
    arena_alloc(&a, SIZE_MAX / 2, 3);
}
END_TEST

UNIT({cuts_and_splits}, {finds_a_part, COUNT(finds)}, {orders_by_bytes},
     {arena_is_zeroed_again_after_reset}, {buffer_grows}, {map_keeps_what_it_is_given},
     {out_of_memory_exits, .exit_code = 4}, {tells_before_memory_ends, .exit_code = 7})
