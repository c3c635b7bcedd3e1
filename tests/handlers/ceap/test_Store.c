// What is stored says by which execution and when.
#include "stage.h"

int main(void) {
    const json_t *out = run_stage("[{\"id\":\"a\"}]");
    expect_at(out, "0.id", "a");
    expect_at(out, "0.execution", "e1");
    expect_at(out, "0.storedAt", "1700000000");
    edges();
    return report();
}
