// test_diag.c - messages: their order, their marks under wide and hidden characters, and nothing in
// them that a terminal would act on.
#include "unit.h"

#include "../../compiler/diag.h"

static const Source src = {
    {"a.yaml",                                           6 },
    {"one: two\nthree: four\nfive: six\nseven: eight\n", 44}
};

static Str print(Arena *a, Diags *d, DiagStyle style) {
    Buf b = {.arena = a};
    diags_sort(d);
    diags_print(d, style, &b);
    Str text = buf_keep(&b, a);
    buf_free(&b);
    return text;
}

START_TEST(in_the_order_of_lines_and_once) {
    Arena a = {0};
    Diags d = {.arena = &a};
    diag_error(&d, (Loc){&src, 3, 1, 4}, "b", "third");
    diag_warn(&d, (Loc){&src, 1, 6, 3}, "a", "first at %d", 6);
    diag_error(&d, (Loc){&src, 1, 1, 3}, "a", "before");
    diag_error(&d, (Loc){&src, 3, 1, 4}, "b", "third");
    diag_failure(&d, (Loc){0}, "c", "nowhere");
    diag_drift(&d, (Loc){0}, "d", "differs");
    ck_str(print(&a, &d, (DiagStyle){.format = DIAG_SHORT}),
           "error: nowhere [c]\nerror: differs [d]\na.yaml:1:1: error: before [a]\n"
           "a.yaml:1:6: warning: first at 6 [a]\na.yaml:3:1: error: third [b]\n");
    ck_assert_uint_eq(d.errors, 3);
    ck_assert_uint_eq(d.failures, 1);
    ck_assert_uint_eq(d.drifts, 1);
    ck_assert_uint_eq(d.warnings, 1);
    arena_free(&a);
}
END_TEST

START_TEST(shows_both_ends) {
    Arena a = {0};
    Diags d = {.arena = &a};
    diag_error(&d, (Loc){&src, 4, 8, 5}, "x", "wrong");
    diag_label(&d, "this");
    diag_also(&d, (Loc){&src, 1, 1, 3}, "and this");
    diag_note(&d, "because");
    diag_help(&d, "do that");
    diag_edit(&d, FIX_SAFE, (Loc){&src, 4, 8, 5}, S("nine"), "or this");
    diag_help(&d, "a third help is one too many");
    ck_str(print(&a, &d, (DiagStyle){0}),
           "error[x]: wrong\n --> a.yaml:4:8\n  |\n1 | one: two\n  | --- and this\n...\n"
           "4 | seven: eight\n  |        ^^^^^ this\nhelp: do that\nhelp: or this   [fix: safe]\n"
           "  = note: because\n\n");
    arena_free(&a);
}
END_TEST

START_TEST(shows_other_files) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Source other = {S("b.yaml"), S("x: y\r\n")};
    diag_error(&d, (Loc){&src, 1, 1, 3}, "x", "wrong");
    diag_also(&d, (Loc){&other, 1, 4, 1}, "there");
    diag_also(&d, (Loc){0}, "not shown");
    ck_str(print(&a, &d, (DiagStyle){0}),
           "error[x]: wrong\n --> a.yaml:1:1\n  |\n1 | one: two\n  | ^^^\n ::: b.yaml:1:4\n  |\n"
           "1 | x: y\n  |    - there\n\n");
    arena_free(&a);
}
END_TEST

static const struct {
    const char *line;
    uint32_t col, len;
    const char *shown, *marks;
} marks[] = {
    {"a: b",                       4, 1, "a: b",                       "   ^"         },
    {"\t\ta: b",                   6, 1, "  a: b",                     "     ^"       },
    {"\xE4\xB8\xAD: \xE6\x96\x87", 4, 1, "\xE4\xB8\xAD: \xE6\x96\x87", "    ^^"       },
    {"\xC3\xBC: x",                4, 1, "\xC3\xBC: x",                "   ^"         },
    {"a\x1b[0m: b",                8, 1, "a\\u{1b}[0m: b",             "            ^"},
    {"a\xE2\x80\xAE: b",           5, 1, "a\\u{202e}: b",              "           ^" },
};

START_TEST(marks_what_is_meant) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Source one = {S("a.yaml"), str_from(marks[_i].line)};
    diag_error(&d, (Loc){&one, 1, marks[_i].col, marks[_i].len}, "x", "wrong");
    Str wanted = str_fmt(&a, "error[x]: wrong\n --> a.yaml:1:%u\n  |\n1 | %s\n  | %s\n\n",
                         marks[_i].col, marks[_i].shown, marks[_i].marks);
    ck_str(print(&a, &d, (DiagStyle){0}), wanted.ptr);
    arena_free(&a);
}
END_TEST

START_TEST(long_lines_are_cut_around_the_mark) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Buf line = {.arena = &a};
    buf_fill(&line, 'x', 300);
    buf_put(&line, S("HERE"));
    buf_fill(&line, 'y', 300);
    Source one = {S("a.yaml"), buf_str(&line)};
    diag_error(&d, (Loc){&one, 1, 301, 4}, "x", "wrong");
    Str text = print(&a, &d, (DiagStyle){0});
    ck_assert(str_find(text, S("1 | ...xx")) > 0 && str_find(text, S("yy...\n")) > 0);
    ptrdiff_t here = str_find(text, S("HERE")), mark = str_find(text, S("^^^^"));
    Str before_here = str_cut(text, 0, (size_t)here), before_mark = str_cut(text, 0, (size_t)mark);
    size_t column = 0, mark_column = 0;
    while (before_here.ptr[before_here.len - ++column] != '\n') {
    }
    while (before_mark.ptr[before_mark.len - ++mark_column] != '\n') {
    }
    ck_assert_uint_eq(column, mark_column);
    buf_free(&line);
    arena_free(&a);
}
END_TEST

START_TEST(secrets_are_not_shown) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Source one = {S("a.yaml"), S("password: correct-horse # mine\n")};
    diag_error(&d, (Loc){&one, 1, 11, 13}, "x", "a secret");
    diag_secret(&d);
    diag_error(&d, (Loc){&one, 1, 1, 8}, "y", "another mistake in the line");
    Str text = print(&a, &d, (DiagStyle){0});
    ck_assert(str_find(text, S("ect-horse")) < 0);
    ck_assert(str_find(text, S("password: corr********* # mine")) > 0);
    arena_free(&a);
}
END_TEST

START_TEST(colours_are_only_around) {
    Arena a = {0};
    Diags d = {.arena = &a};
    diag_error(&d, (Loc){&src, 1, 1, 3}, "x", "wrong");
    diag_help(&d, "do that");
    Str plain = print(&a, &d, (DiagStyle){0}), colored = print(&a, &d, (DiagStyle){.color = true});
    Buf stripped = {.arena = &a};
    for (size_t i = 0; i < colored.len; i++) {
        if (colored.ptr[i] == '\033')
            while (colored.ptr[i] != 'm')
                i++;
        else
            buf_char(&stripped, colored.ptr[i]);
    }
    ck_assert(str_eq(buf_str(&stripped), plain));
    ck_assert_uint_gt(colored.len, plain.len);
    buf_free(&stripped);
    arena_free(&a);
}
END_TEST

START_TEST(only_so_many_are_printed) {
    Arena a = {0};
    Diags d = {.arena = &a};
    for (uint32_t i = 0; i < 30; i++)
        diag_error(&d, (Loc){&src, 1, i + 1, 1}, "x", "wrong %u", i);
    Str text = print(&a, &d, (DiagStyle){.format = DIAG_SHORT, .max_errors = 20});
    size_t lines = 0;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    ck_assert_uint_eq(lines, 20);
    ck_assert_uint_eq(d.errors, 30);
    arena_free(&a);
}
END_TEST

START_TEST(suggests_or_lists) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Str few[] = {S("alpha"), S("beta")}, many[20];
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = str_fmt(&a, "quite-another-%zu", i);
    diag_error(&d, (Loc){&src, 1, 1, 3}, "x", "wrong");
    diag_suggest(&d, (Loc){&src, 1, 1, 3}, S("alpa"), few, 2);
    ck_str(d.last->helps[0].text, "did you mean `alpha`?");
    ck_assert(d.last->helps[0].is_edit);
    diag_error(&d, (Loc){&src, 1, 1, 3}, "x", "wrong");
    diag_suggest(&d, (Loc){&src, 1, 1, 3}, S("zzz"), few, 2);
    ck_str(d.last->helps[0].text, "it may be one of `alpha`, `beta`");
    diag_error(&d, (Loc){&src, 1, 1, 3}, "x", "wrong");
    diag_suggest(&d, (Loc){&src, 1, 1, 3}, S("zzz"), few, 1);
    ck_str(d.last->helps[0].text, "there is only `alpha`");
    diag_error(&d, (Loc){&src, 1, 1, 3}, "x", "wrong");
    diag_suggest(&d, (Loc){&src, 1, 1, 3}, S("zzz"), many, COUNT(many));
    ck_assert_uint_eq(d.last->help_count, 0);
    diag_edit(&d, FIX_UNSAFE, (Loc){0}, S("a"), "without a place");
    ck_assert_int_eq(d.last->helps[0].tier, FIX_NONE);
    arena_free(&a);
}
END_TEST

UNIT({in_the_order_of_lines_and_once}, {shows_both_ends}, {shows_other_files},
     {marks_what_is_meant, COUNT(marks)}, {long_lines_are_cut_around_the_mark},
     {secrets_are_not_shown}, {colours_are_only_around}, {only_so_many_are_printed},
     {suggests_or_lists})
