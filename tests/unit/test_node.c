// test_node.c - the one tree: reading it, building it, and what a plain word is.
#include "unit.h"

#include "../../compiler/build.h"

static const Loc nowhere = {0};

static const struct {
    const char *text;
    ScalarType type;
} scalars[] = {
    {"",      SCALAR_NULL  },
    {"~",     SCALAR_NULL  },
    {"null",  SCALAR_NULL  },
    {"NULL",  SCALAR_NULL  },
    {"true",  SCALAR_BOOL  },
    {"False", SCALAR_BOOL  },
    {"yes",   SCALAR_STRING},
    {"tRue",  SCALAR_STRING},
    {"0",     SCALAR_INT   },
    {"-12",   SCALAR_INT   },
    {"+5",    SCALAR_INT   },
    {"012",   SCALAR_INT   },
    {"1.5",   SCALAR_FLOAT },
    {".5",    SCALAR_FLOAT },
    {"1.",    SCALAR_FLOAT },
    {"1e3",   SCALAR_FLOAT },
    {"1E-3",  SCALAR_FLOAT },
    {"1e",    SCALAR_STRING},
    {".",     SCALAR_STRING},
    {"-",     SCALAR_STRING},
    {"1.2.3", SCALAR_STRING},
    {"1a",    SCALAR_STRING},
    {"5m",    SCALAR_STRING},
    {"word",  SCALAR_STRING},
};

START_TEST(knows_types) {
    Arena a = {0};
    Str text = str_from(scalars[_i].text);
    ck_assert_int_eq(node_scalar_type(node_plain(&a, text, nowhere)), scalars[_i].type);
    ck_assert_int_eq(node_scalar_type(node_string(&a, text, nowhere)), SCALAR_STRING);
    arena_free(&a);
}
END_TEST

static const struct {
    const char *text;
    long long value;
    bool ok;
} ints[] = {
    {"0",                    0,                          true },
    {"42",                   42,                         true },
    {"-7",                   -7,                         true },
    {"9223372036854775807",  9223372036854775807LL,      true },
    {"-9223372036854775808", -9223372036854775807LL - 1, true },
    {"9223372036854775808",  0,                          false},
    {"-9223372036854775809", 0,                          false},
    {"",                     0,                          false},
    {"-",                    0,                          false},
    {"1.0",                  0,                          false},
    {"+1",                   0,                          false},
    {"1 ",                   0,                          false},
};

START_TEST(reads_whole_numbers) {
    Arena a = {0};
    long long value = 99;
    bool ok = node_to_int(node_plain(&a, str_from(ints[_i].text), nowhere), &value);
    ck_assert_int_eq(ok, ints[_i].ok);
    if (ok)
        ck_assert_int_eq(value, ints[_i].value);
    arena_free(&a);
}
END_TEST

START_TEST(nothing_is_welcome) {
    long long n;
    bool b;
    ck_assert_ptr_null(node_get(NULL, S("a")));
    ck_assert(!node_is_map(NULL) && !node_is_list(NULL) && !node_is_scalar(NULL));
    ck_assert(!node_is_null(NULL) && !node_is_word(NULL, S("a")));
    ck_assert(!node_to_int(NULL, &n) && !node_to_bool(NULL, &b));
    ck_assert_uint_eq(node_str(NULL).len, 0);
    ck_assert_uint_eq(node_get_str(NULL, S("a")).len, 0);
}
END_TEST

START_TEST(absent_values_take_their_keys) {
    Arena a = {0};
    Node *map = node_map(&a, nowhere), *list = node_list(&a, nowhere);
    node_set(&a, map, S("gone"), NULL);
    node_push(&a, list, NULL);
    ck_assert_uint_eq(map->count + list->count, 0);
    for (int i = 0; i < 100; i++) {
        node_set(&a, map, str_fmt(&a, "k%d", i), node_int(&a, i, nowhere));
        node_push(&a, list, node_bool(&a, i % 2, nowhere));
    }
    ck_assert_uint_eq(map->count, 100);
    ck_str(node_get_str(map, S("k63")), "63");
    ck_str(list->items[99]->text, "true");
    ck_assert(node_is_null(node_null(&a, nowhere)));
    arena_free(&a);
}
END_TEST

START_TEST(texts_join_and_settle) {
    Arena a = {0};
    Node *text = node_text(&a, nowhere);
    ck_str(node_settle(&a, text)->text, "");
    node_piece(&a, text, (Piece){.kind = PIECE_LITERAL, .text = S("a")});
    node_piece(&a, text, (Piece){.kind = PIECE_LITERAL, .text = S("")});
    node_concat(&a, text, node_plain(&a, S("b"), nowhere));
    node_concat(&a, text, NULL);
    ck_assert_uint_eq(text->count, 1);
    ck_str(node_settle(&a, text)->text, "ab");
    node_piece(&a, text, (Piece){.kind = PIECE_DEPLOY, .text = S("account")});
    ck_assert_ptr_eq(node_settle(&a, text), text);
    Node *longer = node_text(&a, nowhere);
    node_concat(&a, longer, text);
    node_concat(&a, longer, text);
    ck_assert_uint_eq(longer->count, 4);
    arena_free(&a);
}
END_TEST

static Node *sample(Arena *a, const char *number) {
    Node *map = node_map(a, nowhere), *list = node_list(a, nowhere), *text = node_text(a, nowhere);
    node_piece(a, text, (Piece){.kind = PIECE_ITEM, .text = S("user")});
    node_push(a, list, node_plain(a, str_from(number), nowhere));
    node_push(a, list, node_null(a, nowhere));
    node_set(a, map, S("list"), list);
    node_set(a, map, S("word"), node_string(a, S("x"), nowhere));
    return map;
}

START_TEST(copies_and_compares) {
    Arena a = {0};
    Node *one = sample(&a, "1"), *copy = node_copy(&a, one);
    ck_assert(node_equal(one, copy));
    ck_assert_ptr_ne(node_get(one, S("list")), node_get(copy, S("list")));
    ck_assert(node_equal(one, sample(&a, "1.0")));
    ck_assert(!node_equal(one, sample(&a, "2")));
    node_push(&a, node_get(copy, S("list")), node_int(&a, 3, nowhere));
    ck_assert(!node_equal(one, copy));
    ck_assert(!node_equal(one, node_get(one, S("list"))));
    ck_assert(!node_equal(node_string(&a, S("1"), nowhere), node_int(&a, 1, nowhere)));
    ck_assert_ptr_null(node_copy(&a, NULL));
    arena_free(&a);
}
END_TEST

UNIT({knows_types, COUNT(scalars)}, {reads_whole_numbers, COUNT(ints)}, {nothing_is_welcome},
     {absent_values_take_their_keys}, {texts_join_and_settle}, {copies_and_compares})
