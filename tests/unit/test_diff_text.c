// test_diff_text.c - unified diffs, as `diff -u` makes them; and `patch` can apply every one.
#include "unit.h"

#include <stdio.h>

#include "../../compiler/diff_text.h"

static const struct {
    const char *old, *new, *diff;
} rows[] = {
    {"a\n",                                     "a\n",                                    ""                                                   },
    {"",                                        "",                                       ""                                                   },
    {"a\n",                                     "b\n",                                    "@@ -1 +1 @@\n-a\n+b\n"                              },
    {"",                                        "a\nb\n",                                 "@@ -0,0 +1,2 @@\n+a\n+b\n"                          },
    {"a\nb\n",                                  "",                                       "@@ -1,2 +0,0 @@\n-a\n-b\n"                          },
    {"a\n",                                     "a",                                      "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"},
    {"a",                                       "a\n",                                    "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
    {"1\n2\n3\n4\n5\n6\n7\n8\n",                "1\n2\n3\n4\nx\n5\n6\n7\n8\n",
     "@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n"                                                                                           },
    {"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "x\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ny\n",
     "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+y\n"                                                           },
    {"1\n2\n3\n4\n5\n6\n7\n8\n",                "x\n2\n3\n4\n5\n6\n7\ny\n",
     "@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n"                                                                               },
};

START_TEST(says_what_changed) {
    Buf b = {0};
    diff_text(&b, str_from(rows[_i].old), str_from(rows[_i].new), S("a"), S("b"));
    Str text = buf_str(&b), head;
    if (rows[_i].diff[0]) {
        ck_assert(str_split(&text, '\n', &head) && str_eq(head, S("--- a")));
        ck_assert(str_split(&text, '\n', &head) && str_eq(head, S("+++ b")));
    }
    ck_str(text, rows[_i].diff);
    buf_free(&b);
}
END_TEST

// Takes `diff` as an instruction, and follows it.
static void apply(Str old, Str diff, Buf *out) {
    Str line, rest = old.len ? old : (Str){0}, unused;
    size_t at = 0;
    str_split(&diff, '\n', &line);
    str_split(&diff, '\n', &line);
    while (str_split(&diff, '\n', &line) && line.len) {
        if (line.ptr[0] == '@') {
            size_t from = 0, count = 1;
            char head[80];
            snprintf(head, sizeof head, "%.*s", SFMT(line));
            sscanf(head, "@@ -%zu,%zu", &from, &count);
            for (from -= count > 0; at < from && str_split(&rest, '\n', &unused); at++)
                buf_fmt(out, "%.*s\n", SFMT(unused));
        } else if (line.ptr[0] == '+') {
            buf_fmt(out, "%.*s\n", SFMT(str_cut(line, 1, line.len)));
        } else {
            ck_assert(str_split(&rest, '\n', &unused));
            ck_assert(str_eq(unused, str_cut(line, 1, line.len)));
            at++;
            if (line.ptr[0] == ' ')
                buf_fmt(out, "%.*s\n", SFMT(unused));
        }
    }
    while (str_split(&rest, '\n', &unused) && rest.ptr)
        buf_fmt(out, "%.*s\n", SFMT(unused));
}

static void random_text(Buf *b, unsigned *seed, unsigned lines) {
    for (unsigned i = 0; i < lines; i++) {
        *seed = *seed * 1103515245u + 12345u;
        buf_fmt(b, "%c\n", 'a' + (*seed >> 16) % 4);
    }
}

START_TEST(every_diff_can_be_applied) {
    unsigned seed = (unsigned)_i;
    Buf old = {0}, new = {0}, diff = {0}, again = {0};
    random_text(&old, &seed, (unsigned)_i % 40);
    random_text(&new, &seed, (unsigned)_i / 5 % 40);
    diff_text(&diff, buf_str(&old), buf_str(&new), S("a"), S("b"));
    if (!diff.len)
        buf_put(&again, buf_str(&old));
    else
        apply(buf_str(&old), buf_str(&diff), &again);
    ck_assert(str_eq(buf_str(&again), buf_str(&new)));
    buf_free(&old);
    buf_free(&new);
    buf_free(&diff);
    buf_free(&again);
}
END_TEST

START_TEST(texts_far_apart_are_one_block) {
    Buf old = {0}, new = {0}, diff = {0};
    for (int i = 0; i < 3000; i++) {
        buf_fmt(&old, "old %d\n", i);
        buf_fmt(&new, "new %d\n", i);
    }
    diff_text(&diff, buf_str(&old), buf_str(&new), S("a"), S("b"));
    ck_assert(str_find(buf_str(&diff), S("@@ -1,3000 +1,3000 @@")) > 0);
    buf_free(&old);
    buf_free(&new);
    buf_free(&diff);
}
END_TEST

UNIT({says_what_changed, COUNT(rows)}, {every_diff_can_be_applied, 200},
     {texts_far_apart_are_one_block})
