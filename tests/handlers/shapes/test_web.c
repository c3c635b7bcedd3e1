// Routes, parameters, bodies of any kind; items of a table with everything in them.
#include "../expect.h"

static json_t *ask(const char *method, const char *path, const char *more) {
    const char *text = wg_text(
        &fake.context, "{\"rawPath\":\"%s\",\"requestContext\":{\"http\":{\"method\":\"%s\"}}%s}",
        path, method, more);
    return wg_fake_event(&fake, text);
}

int main(void) {
    setenv("ROWS_TABLE", "rows", 1);
    begin();
    const json_t *out = ask("GET", "/", "");
    expect_at(out, "statusCode", "201");
    expect_at(out, "isBase64Encoded", "true"); // bytes that are no text
    expect_at(out, "body", "//4=");
    expect_at(out, "headers.content-type", "image/x");
    expect_at(ask("POST", "/any", ",\"body\":\"eyJhIjoxfQ==\",\"isBase64Encoded\":true"), "body",
              "{\"method\":\"POST\",\"json\":{\"a\":1},\"size\":7}");
    expect_at(ask("PATCH", "/any", ",\"body\":\"no json\""), "body",
              "{\"method\":\"PATCH\",\"json\":null,\"size\":7}");
    expect(!ask("PATCH", "/any", ",\"body\":\"*\",\"isBase64Encoded\":true"));
    expect_at(ask("GET", "/things", ""), "statusCode", "404");
    expect_at(ask("GET", "/things/", ""), "statusCode", "404");
    expect_at(ask("GET", "/things/a/b", ""), "statusCode", "404");
    expect_at(ask("DELETE", "/things/a", ""), "statusCode", "405");
    expect_at(ask("GET", "", ""), "statusCode", "201");
    expect_at(ask("GET", "/files/a/b.txt", ""), "body", "{\"file\":\"a/b.txt\"}"); // {path+}
    expect_at(ask("GET", "/files", ""), "statusCode", "404");

    begin();
    wg_fake_expect(&fake, "GetItem", 200,
                   "{\"Item\":{\"id\":{\"S\":\"x\"},\"n\":{\"N\":\"7\"},\"ok\":{\"BOOL\":true},"
                   "\"tags\":{\"L\":[{\"S\":\"a\"},{\"S\":\"b\"}]},\"more\":{\"NULL\":true},"
                   "\"point\":{\"M\":{\"x\":{\"N\":\"1.5\"},\"y\":{\"N\":\"2\"}}}}}");
    out = ask("GET", "/things/a%20b", "");
    expect_sent(0, "Key", "{\"id\":{\"S\":\"a%20b\"},\"n\":{\"N\":\"7\"}}");
    expect_at(out, "body", "{\"id\":\"x\",\"x\":1.5,\"tags\":2,\"ok\":true}");

    begin(); // a set is a list, and a number of 20 digits is one
    wg_fake_expect(
        &fake, "GetItem", 200,
        "{\"Item\":{\"id\":{\"S\":\"x\"},\"n\":{\"N\":\"7\"},\"ok\":{\"BOOL\":true},"
        "\"tags\":{\"SS\":[\"a\",\"b\"]},"
        "\"point\":{\"M\":{\"x\":{\"N\":\"12345678901234567890\"},\"y\":{\"N\":\"2\"}}}}}");
    expect_at(ask("GET", "/things/a", ""), "body",
              "{\"id\":\"x\",\"x\":1.2345678901234567e19,\"tags\":2,\"ok\":true}");

    const char *damaged[] = {"{\"Item\":{\"id\":{\"N\":\"5\"}}}",
                             "{\"Item\":{\"id\":5}}",
                             "{\"Item\":{\"n\":{\"N\":\"x\"}}}",
                             "{\"Item\":5}",
                             "[]",
                             "",
                             "{nope"};
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        begin();
        wg_fake_expect(&fake, "GetItem", 200, damaged[i]);
        out = ask("GET", "/things/a", "");
        expect(out && wg_fake_done(&fake)); // whatever it says: an answer, and no crash
    }

    begin();
    wg_fake_expect(&fake, "PutItem", 200, "{}");
    expect_at(ask("PUT", "/things/a/parts/b", ""), "statusCode", "200");
    expect_sent(0, "Item.tags", "{\"L\":[{\"S\":\"one\"},{\"S\":\"b\"}]}");
    expect_sent(0, "Item.point.M.x.N", "0.1");
    expect_sent(0, "Item.share.N", "1e+300");
    expect_sent(0, "Item.ok", ""); // nothing is said of what is not set
    begin();
    wg_fake_expect(&fake, "PutItem", 400, REFUSED);
    expect_at(ask("PUT", "/things/a/parts/b", ",\"queryStringParameters\":{\"new\":\"1\"}"),
              "statusCode", "409");
    expect_sent(0, "ConditionExpression", "attribute_not_exists(#id)");

    // Keys that are numbers: zero is one of them.
    setenv("MARKS_TABLE", "marks", 1);
    begin();
    wg_fake_expect(&fake, "PutItem", 200, "{}");
    wg_fake_expect(&fake, "GetItem", 200, "{}");
    wg_fake_expect(&fake, "Query", 200,
                   "{\"Items\":[{\"level\":{\"N\":\"0\"},\"at\":{\"N\":\"0\"}}]}");
    wg_fake_expect(&fake, "Query", 200, "{\"Items\":[]}");
    expect_at(ask("POST", "/marks", ""), "body", "{\"count\":1,\"same\":0}");
    expect(wg_fake_done(&fake));
    expect_sent(0, "Item", "{\"level\":{\"N\":\"0\"},\"at\":{\"N\":\"0\"}}");
    expect_sent(1, "Key", "{\"level\":{\"N\":\"0\"},\"at\":{\"N\":\"0\"}}");
    expect_sent(2, "ExpressionAttributeValues", "{\":value\":{\"N\":\"0\"}}");
    expect_sent(3, "ExpressionAttributeValues", "{\":value\":{\"N\":\"-7\"}}");
    return report();
}
