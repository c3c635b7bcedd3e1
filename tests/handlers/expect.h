// expect.h - what the tests of handlers share: a fake for every test, and expectations that say
// what came instead.
#ifndef EXPECT_H
#define EXPECT_H

#include "wgen_fake.h"

#include <stdlib.h>
#include <string.h>

extern const WgFunction wg_function;

static int passed, failed;
static WgFake fake;

static inline void expect_that(bool ok, const char *what, int line) {
    passed += ok;
    failed += !ok;
    if (!ok)
        printf("line %d: not so: %s %s%s%s\n", line, what, fake.problem,
               fake.context.error ? fake.context.error : "",
               fake.context.reason ? fake.context.reason : "");
}
#define expect(condition) expect_that((condition), #condition, __LINE__)

static inline void expect_text(const char *got, const char *wanted, int line) {
    got = got ? got : "(nothing)";
    bool ok = strcmp(got, wanted) == 0;
    passed += ok;
    failed += !ok;
    if (!ok)
        printf("line %d: `%s` and not `%s` %s\n", line, got, wanted, fake.problem);
}
// At `path` of call number `call`, or of the answer.
#define expect_sent(call, path, text) expect_text(wg_fake_sent(&fake, call, path), text, __LINE__)
#define expect_at(json, path, text) expect_text(wg_fake_at(&fake, json, path), text, __LINE__)
#define expect_error(name) expect_text(fake.context.error ? fake.context.error : "", name, __LINE__)

static inline void begin(void) {
    wg_fake_free(&fake);
    wg_fake_init(&fake, &wg_function);
}

static inline int report(void) {
    wg_fake_free(&fake);
    printf("%s: %d passed, %d failed\n", wg_function.name, passed, failed);
    return failed > 0;
}

#define REFUSED "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\"}"
#define NO_QUEUE "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"none\"}"
#define DENIED "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\"}"

#endif
