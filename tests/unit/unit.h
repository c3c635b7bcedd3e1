// unit.h - what the unit tests share. Each tests/unit/test_X.c is a program of its own: it ends
// with `UNIT({test_a}, {test_rows, COUNT(rows)})`, and nothing else has to know of it. A test with
// rows runs once for each, as `_i`, so that every bad row is shown.
#ifndef UNIT_TEST_H
#define UNIT_TEST_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../../compiler/base.h"

typedef struct UnitTest {
    const TTest *test;
    int rows;
    int exit_code;
} UnitTest;

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#define UNIT(...)                                                                                  \
    int main(void) {                                                                               \
        const UnitTest tests[] = {__VA_ARGS__};                                                    \
        return unit_run(__FILE__, tests, COUNT(tests));                                            \
    }

static inline int unit_run(const char *name, const UnitTest *tests, size_t count) {
    Suite *suite = suite_create(name);
    TCase *all = tcase_create("all");
    for (size_t i = 0; i < count; i++) {
        if (tests[i].exit_code)
            tcase_add_exit_test(all, tests[i].test, tests[i].exit_code);
        else if (tests[i].rows)
            tcase_add_loop_test(all, tests[i].test, 0, tests[i].rows);
        else
            tcase_add_test(all, tests[i].test);
    }
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define ck_str(actual, wanted) unit_same((actual), (wanted), __FILE__, __LINE__)

static inline void unit_same(Str actual, const char *wanted, const char *file, int line) {
    if (!str_eq(actual, str_from(wanted)))
        ck_abort_msg("%s:%d: `%.*s` is not `%s`", file, line, SFMT(actual), wanted);
}

#endif
