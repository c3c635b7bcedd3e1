// stage.h - running one stage: what it is given, what it writes, what it tells the workflow.
#ifndef STAGE_H
#define STAGE_H

#include "../expect.h"

// Of a stage that follows another one: `input` is what that wrote. What this one writes, or NULL.
static inline json_t *run_stage(const char *input) {
    begin();
    wg_fake_expect(&fake, "GET executions/e1/Before/output.json", 200, input);
    wg_fake_expect(&fake, "PUT executions/e1/This/output.json", 200, "");
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    json_t *out = wg_fake_event(&fake, "{\"stage\":\"This\",\"execution\":\"e1\",\"bucket\":\"b\","
                                       "\"input\":\"executions/e1/Before/output.json\","
                                       "\"output\":\"executions/e1/This/output.json\"}");
    if (!out)
        return NULL;
    expect(wg_fake_done(&fake));
    expect_at(out, "bucket", "b");
    expect_at(out, "key", "executions/e1/This/output.json");
    return fake.calls[1].json;
}

// Of the first one, which gets the message.
static inline json_t *run_first(const char *message) {
    static char event[4096];
    begin();
    wg_fake_expect(&fake, "PUT executions/e1/This/output.json", 200, "");
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    snprintf(event, sizeof event,
             "{\"stage\":\"This\",\"execution\":\"e1\",\"bucket\":\"b\",\"message\":%s,"
             "\"output\":\"executions/e1/This/output.json\"}",
             message);
    return wg_fake_event(&fake, event) ? fake.calls[0].json : NULL;
}

// What every stage does with nothing, and with what is none of its business.
static inline void edges(void) {
    expect_at(run_stage("[]"), "", "[]");
    expect_at(run_stage("{}"), "", "[]");
    expect(!run_stage("5"));
    expect_error("InvalidRecords");
    expect(!run_stage("[5]"));
    expect_error("InvalidRecords");
    expect(!run_stage("{nope"));
    expect_error("InvalidInput");
    begin();
    setenv("AWS_ENDPOINT_URL", "http://localhost:5000", 1);
    wg_fake_expect(&fake, "GET i", 404, "");
    expect(!wg_fake_event(&fake, "{\"bucket\":\"b\",\"input\":\"i\",\"output\":\"o\"}"));
    expect_error("StageInputMissing");
    begin();
    expect(!wg_fake_event(&fake, "{\"message\":{}}"));
    expect_error("InvalidInput");
}

#endif
