// Reading and printing: what is right comes back as it was, what is wrong is refused with its
// place.
#include "../expect.h"

static const char whole[] =
    "{\"text\":\"a\\\"\\\\\\u0001\\u00fc\\ud83d\\ude00\",\"count\":-9223372036854775808,\"share\":"
    "0.5,"
    "\"flag\":true,\"at\":1700000000,\"any\":[1,{\"x\":null}],\"names\":[\"\",\"b\"],"
    "\"grid\":[[1,2],[],[3]],\"maybe-text\":\"\",\"maybe-count\":0,\"maybe-share\":0.25,"
    "\"maybe-flag\":false,\"maybe-at\":0,\"maybe-any\":{},\"maybe-names\":[\"x\"],"
    "\"maybe-point\":{\"x\":1.5,\"y\":-1.5,\"label\":\"l\"},\"numbers\":[1,2],"
    "\"line\":{\"points\":[{\"x\":0.5,\"y\":1.5}],\"closed\":false},"
    "\"tree\":{\"name\":\"r\",\"left\":{\"name\":\"l\",\"kids\":[]},\"kids\":[{\"name\":\"k\","
    "\"kids\":[]}]},\"inner\":{\"deep\":{\"deeper\":\"d\"}},"
    "\"rows\":[{\"id\":\"i\",\"parts\":[{\"n\":1},{\"n\":2}]}],"
    "\"team\":{\"lead\":{\"name\":\"m\",\"of\":{\"lead\":{\"name\":\"o\"},\"others\":[]}},"
    "\"others\":[]},\"int\":\"i\",\"errno\":\"e\",\"EOF\":\"f\",\"_x\":\"x\",\"2d\":\"2\","
    "\"a-b.c\":\"abc\",\"quote\\\"?\":\"q\",\"nothing\":{}}";

static json_t *parsed(const char *text) {
    json_error_t where;
    json_t *json = json_loads(text, JSON_DECODE_ANY, &where);
    if (!json)
        printf("test_take: %s at %d\n", where.text, where.position);
    return json;
}

static const char *text_of(const json_t *json) {
    return wg_print(&fake.context, json).data;
}

// `whole` with the value at `key` replaced (NULL: removed).
static const json_t *take_with(const char *key, const char *value) {
    json_t *event = parsed(whole);
    begin();
    if (value)
        json_object_set_new(event, key, parsed(value));
    else
        json_object_del(event, key);
    const char *text = text_of(event);
    json_decref(event);
    return wg_fake_event(&fake, text);
}

static void refused(const char *key, const char *value, const char *reason) {
    expect(!take_with(key, value));
    expect_error("InvalidInput");
    expect_text(fake.context.reason ? fake.context.reason : "", reason, __LINE__);
}

static void round_trip(void) {
    begin();
    const json_t *out = wg_fake_event(&fake, whole);
    json_t *same = parsed(whole);
    expect(out != NULL);
    expect_text(out ? text_of(out) : "", text_of(same), __LINE__);
    json_decref(same);
}

static void absent(void) {
    static const char *const optional[] = {
        "maybe-text",  "maybe-count", "maybe-share", "maybe-flag", "maybe-at", "maybe-any",
        "maybe-names", "maybe-point", "errno",       "EOF",        "_x",       "2d"};
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++) {
        const json_t *out = take_with(optional[i], NULL);
        expect(out && !json_object_get(out, optional[i]));
        out = take_with(optional[i], "null");
        expect(out && !json_object_get(out, optional[i]));
    }
    static const char *const needed[] = {"text",  "count", "share", "flag", "at",    "any",
                                         "names", "grid",  "line",  "tree", "inner", "int"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        char reason[100];
        snprintf(reason, sizeof reason, "`%s` must be there", needed[i]);
        refused(needed[i], NULL, reason);
    }
    expect(take_with("more", "{\"a\":1}") != NULL); // what nobody asks for is not read
}

static void wrong(void) {
    refused("text", "5", "`text` must be a string");
    refused("text", "null", "`text` must be a string");
    refused("count", "1.5", "`count` must be a whole number");
    refused("count", "1e300", "`count` must be a whole number");
    refused("count", "\"1\"", "`count` must be a whole number");
    refused("at", "\"2026-01-01\"", "`at` must be a whole number");
    refused("share", "\"x\"", "`share` must be a number");
    refused("flag", "1", "`flag` must be true or false");
    refused("names", "{}", "`names` must be a list");
    refused("names", "[\"a\",5]", "`names[1]` must be a string");
    refused("grid", "[[1],[2,\"x\"]]", "`grid[1][1]` must be a whole number");
    refused("maybe-count", "\"x\"", "`maybe-count` must be a whole number");
    refused("maybe-point", "{\"x\":1}", "`maybe-point.y` must be there");
    refused("line", "{\"points\":[{\"x\":1,\"y\":2},{\"x\":1,\"y\":\"2\"}],\"closed\":true}",
            "`line.points[1].y` must be a number");
    refused("tree", "{\"name\":\"a\",\"kids\":[{\"name\":\"b\",\"kids\":[5]}]}",
            "`tree.kids[0].kids[0]` must be an object");
    refused("inner", "{\"deep\":{}}", "`inner.deep.deeper` must be there");
    refused("rows", "[{\"id\":\"a\",\"parts\":[{\"n\":1},{}]}]",
            "`rows[0].parts[1].n` must be there");
    refused("nothing", "[]", "`nothing` must be an object");
    expect(take_with("count", "3.0") != NULL); // a workflow's arithmetic makes such
    expect(take_with("share", "7") != NULL);

    expect(!take_with("count", "13"));
    expect_error("TooMuch");
    expect_text(fake.context.reason, "i notEnough", __LINE__);
}

// Trees as deep as JSON may be, and lists as long as an event may be.
static void large(void) {
    enum { DEPTH = 500, LENGTH = 100000 };
    json_t *tree = json_pack("{s:s,s:[]}", "name", "x", "kids");
    for (int i = 0; i < DEPTH; i++)
        tree = json_pack("{s:s,s:o,s:[]}", "name", "x", "left", tree, "kids");
    char *text = json_dumps(tree, JSON_COMPACT);
    expect(take_with("tree", text) != NULL);
    free(text);
    json_decref(tree);
    json_t *names = json_array();
    for (int i = 0; i < LENGTH; i++)
        json_array_append_new(names, json_string("name"));
    text = json_dumps(names, JSON_COMPACT);
    const json_t *out = take_with("names", text);
    expect(out && json_array_size(json_object_get(out, "names")) == LENGTH);
    free(text);
    json_decref(names);
}

// One byte of the event changed, removed or added, many times: no crash, and an answer or a reason.
static void mutated(void) {
    uint32_t seed = 1;
    for (int i = 0; i < 4000; i++) {
        char text[sizeof whole + 1];
        size_t size = sizeof whole - 1;
        memcpy(text, whole, sizeof whole);
        for (int j = 0; j < 3; j++) {
            seed = seed * 1664525u + 1013904223u;
            size_t at = (seed >> 8) % size;
            static const char bytes[] = "{}[]\",:0-e.\\u x\x80n";
            text[at] = bytes[(seed >> 4) % (sizeof bytes - 1)];
        }
        begin();
        json_t *event = json_loads(text, JSON_DECODE_ANY, NULL);
        if (!event)
            continue;
        const json_t *out = wg_handle(&fake.context, wg_own(&fake.context, event));
        if (!out && !fake.context.reason)
            expect(!"neither an answer nor a reason");
    }
    expect(true);
}

int main(void) {
    round_trip();
    absent();
    wrong();
    large();
    mutated();
    return report();
}
