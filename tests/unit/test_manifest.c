// test_manifest.c - what wgen owns, and who may change it.
#include "unit.h"

#include "../../compiler/manifest.h"

static bool read(Arena *a, Diags *d, Manifest *m, Str text) {
    Source *src = arena_new(a, Source, 1);
    *src = (Source){.path = S("manifest"), .text = text};
    *d = (Diags){.arena = a};
    return manifest_read(m, a, d, src);
}

START_TEST(comes_back_sorted) {
    Arena a = {0};
    Diags d;
    Manifest m = {.arena = &a}, again;
    manifest_add(&m, S("b/two"), digest_of(S("2")));
    manifest_add(&m, S("a"), digest_of(S("1")));
    Buf text = {0}, text_again = {0};
    manifest_write(&m, &text);
    ck_assert(read(&a, &d, &again, buf_str(&text)));
    ck_assert_uint_eq(again.count, 2);
    ck_str(again.lines[0]->path, "a");
    ck_assert(manifest_has(&again, S("b/two"), digest_of(S("2"))));
    ck_assert(!manifest_has(&again, S("b/two"), digest_of(S("1"))));
    ck_assert(!manifest_has(&again, S("c"), digest_of(S("1"))));
    manifest_write(&again, &text_again);
    ck_assert(str_eq(buf_str(&text), buf_str(&text_again)));
    buf_free(&text);
    buf_free(&text_again);
    arena_free(&a);
}
END_TEST

START_TEST(digest_is_the_published_one) { // what `xxh128sum` says of an empty file
    Buf b = {0};
    digest_put(&b, digest_of(S("")));
    ck_str(buf_str(&b), "99aa06d3014798d86001c324468d497f");
    Str rest = buf_str(&b);
    Digest d;
    ck_assert(digest_take(&rest, &d) && digest_eq(d, digest_of(S(""))));
    ck_assert_uint_eq(rest.len, 0);
    buf_free(&b);
}
END_TEST

#define ONE "99aa06d3014798d86001c324468d497f  "
#define TWO "00000000000000000000000000000002  "

START_TEST(both_sides_of_a_merge_count) {
    Arena a = {0};
    Diags d;
    Manifest m;
    ck_assert(read(&a, &d, &m,
                   S("# head\n<<<<<<< ours\n" ONE "a\n" ONE "b\n||||||| base\n=======\n" TWO
                     "a\n" ONE "b\n>>>>>>> theirs\n")));
    ck_assert_uint_eq(m.count, 2);
    ck_assert(manifest_has(&m, S("a"), digest_of(S(""))));
    ck_assert(manifest_has(&m, S("a"), (Digest){0, 2}));
    ck_assert_msg(manifest_has(&m, S("a"), (Digest){0, 3}), "a merge made it: it is not edited");
    ck_assert_msg(!manifest_has(&m, S("b"), (Digest){0, 3}),
                  "both sides agree on it: it is edited");
    arena_free(&a);
}
END_TEST

static const char *const damaged[] = {
    "no line",
    ONE,
    "99aa06d3014798d86001c324468d497f a",
    "99AA06d3014798d86001c324468d497f  a",
    "99aa  a",
    ONE "../../etc/passwd",
    ONE "/etc/passwd",
    ONE ".git/config",
    ONE "a//b",
    ONE "a/",
    ONE "nul.txt",
};

START_TEST(damage_is_found) {
    Arena a = {0};
    Diags d;
    Manifest m;
    ck_assert(!read(&a, &d, &m, str_from(damaged[_i])));
    ck_assert_uint_eq(d.failures, 1);
    ck_assert_uint_eq(m.count, 0);
    arena_free(&a);
}
END_TEST

UNIT({comes_back_sorted}, {digest_is_the_published_one}, {both_sides_of_a_merge_count},
     {damage_is_found, COUNT(damaged)})
