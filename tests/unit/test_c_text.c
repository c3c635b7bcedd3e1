// test_c_text.c - text of a spec as C. `test_c_text DIR` writes 3,300 strings as a C program that
// compares them with themselves in hexadecimal, for tests/handlers.sh to compile; the rest is here.
#include "../../compiler/c_text.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static Arena arena;

static Str escaped(Str text) {
    Buf b = {.arena = &arena};
    c_escape(&b, text);
    Str s = buf_keep(&b, &arena);
    buf_free(&b);
    return s;
}

static Str literal(Str text) {
    Buf b = {.arena = &arena};
    c_literal(&b, text);
    Str s = buf_keep(&b, &arena);
    buf_free(&b);
    return s;
}

static Str commented(Str text) {
    Buf b = {.arena = &arena};
    c_comment(&b, text, 100);
    Str s = buf_keep(&b, &arena);
    buf_free(&b);
    return s;
}

static const struct {
    const char *name, *word, *macro;
} names[] = {
    {"threadId",     "threadId",     "THREAD_ID"    },
    {"order-id",     "order_id",     "ORDER_ID"     },
    {"int",          "int_",         "INT"          },
    {"errno",        "errno_",       "ERRNO"        },
    {"EOF",          "EOF_",         "EOF"          },
    {"_x",           "x_x",          "_X"           },
    {"2d",           "x2d",          "2D"           },
    {"",             "x",            ""             },
    {"a.b c",        "a_b_c",        "A_B_C"        },
    {"wg_alloc",     "wg_alloc_",    "WG_ALLOC"     },
    {"\xc3\xbc",     "x__",          "__"           },
    {"HTTPStatus",   "HTTPStatus",   "HTTPSTATUS"   },
    {"NotFound404x", "NotFound404x", "NOT_FOUND404X"},
};

START_TEST(words) {
    Str word = c_word(&arena, str_from(names[_i].name));
    Str macro = c_macro(&arena, str_from(names[_i].name));
    ck_assert_msg(str_eq(word, str_from(names[_i].word)), "%.*s", SFMT(word));
    ck_assert_msg(str_eq(macro, str_from(names[_i].macro)), "%.*s", SFMT(macro));
}
END_TEST

START_TEST(nothing_ends_a_comment) {
    static const char *const hostile[] = {
        "*/ int x; /*", "a \\", "x \\\n#define y",   "? ?/ ?\?/", "//",
        "*/*/",         "/*/",  "\xe2\x80\xae evil", "a\n\nb"};
    for (size_t i = 0; i < COUNT(hostile); i++) {
        Str s = commented(str_from(hostile[i]));
        ck_assert(str_find(s, S("*/")) < 0 && str_find(s, S("/*")) < 0 &&
                  str_find(s, S("?\?")) < 0);
        ck_assert(str_find(s, S("\\")) < 0);
        Str line, rest = s;
        while (rest.len && str_split(&rest, '\n', &line))
            ck_assert(str_starts(line, S("// ")));
    }
}
END_TEST

START_TEST(strings_are_harmless_in_comments_too) {
    ck_assert(str_find(escaped(S("*/ /* ?\?/ \\")), S("*/")) < 0);
    ck_assert(str_find(escaped(S("*/ /* ?\?/ \\")), S("/*")) < 0);
    ck_assert(str_find(escaped(S("?\?/")), S("?")) < 0);
}
END_TEST

// The hostile ones, and what they make together with a generator's.
static Str string_at(size_t i) {
    static const char *const hostile[] = {"\"",
                                          "\\",
                                          "\\\"",
                                          "?\?/\"",
                                          "?\?/",
                                          "*/",
                                          "/*",
                                          "//",
                                          "\\\n",
                                          "%s%n",
                                          "\x01"
                                          "41B",
                                          "\x7f",
                                          "a\"b",
                                          "\\x41",
                                          "\\u0041",
                                          "?\?'?\?(",
                                          "#define x",
                                          "\r\n",
                                          "\t\v\f",
                                          "0",
                                          "\xc3\xbc",
                                          "\xe2\x80\xa8",
                                          "\xe2\x80\xae",
                                          "\xff\xfe",
                                          "?\?=",
                                          "L\"x\"",
                                          "$(id)",
                                          "`id`",
                                          "'"};
    static const char bytes[] =
        "\"\\?/*%\n\r\t xX0123456789abcdefnrtu'#<>$`{}()[];,=-+!&|~^@:.\x01\x7f\xc3\xbc\xff";
    Buf b = {.arena = &arena};
    if (i < COUNT(hostile)) {
        buf_put(&b, str_from(hostile[i]));
    } else if (i < COUNT(hostile) * (COUNT(hostile) + 1)) {
        size_t pair = i - COUNT(hostile);
        buf_put(&b, str_from(hostile[pair / COUNT(hostile)]));
        buf_put(&b, str_from(hostile[pair % COUNT(hostile)]));
    } else {
        uint64_t seed = i * 0x9E3779B97F4A7C15u + 1;
        size_t length = i % 97 == 0 ? 9000 : i % 37; // some longer than a literal may be
        for (size_t k = 0; k < length; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            buf_char(&b, bytes[(seed >> 33) % (sizeof bytes - 1)]);
        }
    }
    Str s = buf_keep(&b, &arena);
    buf_free(&b);
    return s;
}

static int write_program(const char *path) {
    enum { STRINGS = 3300 };
    FILE *f = fopen(path, "w");
    if (!f)
        return 1;
    fputs("#include <stdio.h>\n#include <string.h>\nstatic const struct {const char *text; size_t "
          "size; const unsigned char *bytes;} all[] = {\n",
          f);
    for (size_t i = 0; i < STRINGS; i++) {
        Str s = string_at(i), e = literal(s), c = commented(s);
        fprintf(f, "%.*s\n    {%.*s, %zu, (const unsigned char[]){", SFMT(c), SFMT(e), s.len);
        for (size_t k = 0; k < s.len; k++)
            fprintf(f, "%u,", (unsigned char)s.ptr[k]);
        fputs("0}},\n", f);
    }
    fputs("};\n", f);
    for (size_t i = 0; i < STRINGS + COUNT(names); i++) { // and names, as members of structs
        Str name = i < STRINGS ? str_cut(string_at(i), 0, 40) : str_from(names[i - STRINGS].name);
        fprintf(f, "struct s%zu {\n    int %.*s;\n};\n", i, SFMT(c_word(&arena, name)));
    }
    fputs("int main(void) {\n    int bad = 0;\n    for (size_t i = 0; i < sizeof all / sizeof "
          "*all; "
          "i++)\n        bad += strlen(all[i].text) != all[i].size || memcmp(all[i].text, "
          "all[i].bytes, "
          "all[i].size) != 0;\n    printf(\"%zu strings, %d differ\\n\", sizeof all / sizeof *all, "
          "bad);\n"
          "    return bad > 0;\n}\n",
          f);
    return fclose(f);
}

int main(int argc, char **argv) {
    if (argc > 1)
        return write_program(argv[1]);
    Suite *suite = suite_create("c_text");
    TCase *tc = tcase_create("c_text");
    tcase_add_loop_test(tc, words, 0, COUNT(names));
    tcase_add_test(tc, nothing_ends_a_comment);
    tcase_add_test(tc, strings_are_harmless_in_comments_too);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    arena_free(&arena);
    return failed > 0;
}
