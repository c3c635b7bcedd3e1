// test_regex.c - patterns match all of a text, and none of them takes long.
#include "unit.h"

#include <time.h>

#include "../../compiler/regex.h"

static const struct {
    const char *pattern, *subject;
    bool matches;
} rows[] = {
    {"a+",            "aaa",             true },
    {"a+",            "aab",             false},
    {"a+",            "baa",             false},
    {"",              "",                true },
    {"[^@ ]+@[^@ ]+", "ops@example.com", true },
    {"a|b",           "ab",              false},
    {"\\d{3}",        "123",             true },
    {".",             "\xC3\xBC",        true },
    {"(",             "(",               false},
    {"a\\Cb",         "axb",             false},
};

START_TEST(matches_all_of_it) {
    ck_assert_int_eq(regex_matches(str_from(rows[_i].pattern), str_from(rows[_i].subject)),
                     rows[_i].matches);
}
END_TEST

static const char *const evil[] = {
    "(a+)+",
    "(a|a)*",
    "(a|aa)+",
    "(.*a){20}",
    "([a-z]+)*",
    "(a*)*",
    "(a+)+b",
    "(\\w*)*x",
    "(x+x+)+y",
    "(.*)*(.*)*y",
    "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa",
    "(a{1,30}){1,30}b",
    "((a+)+)+b",
    "(?:a|b|ab)*c",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(?=(a+))*b",
    "(a+)*\\1b",
    "(.+)+=",
    "([0-9]+)+#",
    "(ab|a)*bc",
};

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

START_TEST(evil_patterns_end_soon) {
    char subject[4096];
    memset(subject, 'a', sizeof subject);
    double start = seconds();
    regex_matches(str_from(evil[_i]), (Str){subject, sizeof subject});
    ck_assert_double_lt(seconds() - start, 0.05);
}
END_TEST

START_TEST(limits_hold) {
    char text[5000];
    memset(text, 'a', sizeof text);
    ck_assert(regex_is_valid((Str){text, 512}));
    ck_assert(!regex_is_valid((Str){text, 513}));
    ck_assert(regex_matches(S("a*"), (Str){text, 4096}));
    ck_assert(!regex_matches(S("a*"), (Str){text, 4097}));
    memset(text, '(', 100);
    memset(text + 100, ')', 100);
    ck_assert(!regex_is_valid((Str){text, 200}));
}
END_TEST

UNIT({matches_all_of_it, COUNT(rows)}, {evil_patterns_end_soon, COUNT(evil)}, {limits_hold})
