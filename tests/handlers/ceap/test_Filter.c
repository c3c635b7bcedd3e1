// What is left out.
#include "stage.h"

int main(void) {
    expect_at(run_stage("[{\"id\":\"a\",\"v\":1},{\"id\":\"b\",\"deleted\":true},"
                        "{\"id\":\"a\",\"v\":2},{\"id\":\"c\",\"active\":false},{\"id\":\"d\"}]"),
              "", "[{\"id\":\"a\",\"v\":2},{\"id\":\"d\"}]");
    edges();
    return report();
}
