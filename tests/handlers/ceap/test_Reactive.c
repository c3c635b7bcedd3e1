// Who is acted upon; and more data than a workflow could hand over itself.
#include "stage.h"

int main(void) {
    const json_t *out = run_stage("[{\"score\":0.5},{\"score\":0.49},{}]");
    expect_at(out, "0.action", "notify");
    expect_at(out, "1.action", "none");
    expect_at(out, "2.action", "none");
    json_t *many = json_array();
    for (int i = 0; i < 20000; i++)
        json_array_append_new(many, json_pack("{s:i,s:f}", "id", i, "score", 0.75));
    char *text = json_dumps(many, JSON_COMPACT);
    expect(strlen(text) > 256 << 10);
    expect(json_array_size(run_stage(text)) == 20000);
    free(text);
    json_decref(many);
    edges();
    return report();
}
