// Messages as they come: one record, a list, wrapped by a queue, nothing at all.
#include "stage.h"

int main(void) {
    const json_t *out = run_first(
        "{\"test\":\" realtime-data \",\"timestamp\":\"2026-02-01T15:00:00Z\",\"x\":null}");
    expect_at(out, "0.test", "realtime-data");
    expect_at(out, "0.x", "");
    expect(strlen(wg_fake_at(&fake, out, "0.id")) == 32);
    char first[40];
    snprintf(first, sizeof first, "%s", wg_fake_at(&fake, out, "0.id"));
    out = run_first("{\"messageId\":\"m\",\"body\":\"{\\\"test\\\": \\\"realtime-data\\\", "
                    "\\\"timestamp\\\": \\\"2026-02-01T15:00:00Z\\\"}\"}");
    expect_at(out, "0.id", first); // the same record has the same name
    out = run_first("{\"records\":[{\"id\":\"a\"},{\"id\":7}]}");
    expect_at(out, "0.id", "a");
    expect_at(out, "1.id", "7");
    expect_at(run_first("{}"), "", "[]");
    expect_at(run_first("{\"records\":[]}"), "", "[]");
    expect_at(run_first("{\"messageId\":\"m\",\"body\":\"{}\"}"), "", "[]");
    expect(!run_first("{\"messageId\":\"m\",\"body\":\"{nope\"}"));
    expect_error("InvalidRecords");
    edges();
    return report();
}
