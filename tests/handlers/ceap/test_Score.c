// Scores and their bounds.
#include "stage.h"

int main(void) {
    const json_t *out =
        run_stage("[{\"value\":100},{\"value\":0},{\"value\":-5},{\"score\":7},{\"value\":\"x\"}]");
    const double scores[] = {0.5, 0, 0, 1, 0};
    for (size_t i = 0; i < 5; i++) {
        double got = json_real_value(json_object_get(json_array_get(out, i), "score"));
        expect(got > scores[i] - 1e-9 && got < scores[i] + 1e-9);
    }
    edges();
    return report();
}
