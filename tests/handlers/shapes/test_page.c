// A function with an address of its own is asked for every path.
#include "../expect.h"

static const json_t *ask(const char *path) {
    begin();
    return wg_fake_event(&fake,
                         wg_text(&fake.context,
                                 "{\"rawPath\":\"%s\",\"requestContext\":{\"stage\":\"$default\","
                                 "\"http\":{\"method\":\"GET\"}}}",
                                 path));
}

int main(void) {
    expect_at(ask("/"), "body", "{\"path\":\"/\",\"rest\":\"\"}");
    expect_at(ask(""), "body", "{\"path\":\"/\",\"rest\":\"\"}");
    expect_at(ask("/a"), "body", "{\"path\":\"/a\",\"rest\":\"a\"}");
    expect_at(ask("/a/b/"), "body", "{\"path\":\"/a/b/\",\"rest\":\"a/b/\"}");
    return report();
}
