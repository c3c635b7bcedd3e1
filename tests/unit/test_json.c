// test_json.c - trees as JSON text.
#include "unit.h"

#include "../../compiler/build.h"
#include "../../compiler/json.h"
#include "../../compiler/yaml.h"

static const struct {
    Str text;
    const char *json;
} strings[] = {
    {{"plain", 5},            "plain"         },
    {{"\"\\", 2},             "\\\"\\\\"      },
    {{"a\nb\tc\rd", 7},       "a\\nb\\tc\\rd" },
    {{"\x01\x7f", 2},         "\\u0001\\u007f"},
    {{"\xC3\xBC", 2},         "\\u00fc"       },
    {{"\xE2\x82\xAC", 3},     "\\u20ac"       },
    {{"\xF0\x9F\x98\x80", 4}, "\\ud83d\\ude00"},
    {{"", 0},                 ""              },
};

START_TEST(escapes) {
    Buf b = {0};
    json_escape(&b, strings[_i].text);
    ck_str(buf_str(&b), strings[_i].json);
    buf_free(&b);
}
END_TEST

static const struct {
    const char *yaml, *compact;
} trees[] = {
    {"a: 1\nb: true\nc: null\nd: 1.5\ne: '1'\nf: yes\n",
     "{\"a\":1,\"b\":true,\"c\":null,\"d\":1.5,\"e\":\"1\",\"f\":\"yes\"}"                    },
    {"[]",                                               "[]"                                 },
    {"{}",                                               "{}"                                 },
    {"a: [x, [1, 2], {b: c}]",                           "{\"a\":[\"x\",[1,2],{\"b\":\"c\"}]}"},
    {"a: {b: {c: []}}",                                  "{\"a\":{\"b\":{\"c\":[]}}}"         },
};

static Node *parse(Arena *a, Diags *d, Str text) {
    Source *src = arena_new(a, Source, 1);
    *src = (Source){.path = S("test.yaml"), .text = text};
    return yaml_read(a, d, src, YAML_DATA);
}

START_TEST(prints_and_reads_back) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Buf b = {0}, pretty = {0};
    Node *tree = parse(&a, &d, str_from(trees[_i].yaml));
    json_print(&b, tree, 0, false);
    ck_str(buf_str(&b), trees[_i].compact);
    json_print(&pretty, tree, 0, true);
    Node *again = parse(&a, &d, buf_str(&pretty));
    ck_assert_ptr_nonnull(again);
    ck_assert(node_equal(tree, again));
    buf_free(&b);
    buf_free(&pretty);
    arena_free(&a);
}
END_TEST

START_TEST(open_pieces_stay_open) {
    Arena a = {0};
    Node *map = node_map(&a, (Loc){0}), *text = node_text(&a, (Loc){0});
    node_piece(&a, text, (Piece){.kind = PIECE_LITERAL, .text = S("\"x-")});
    node_piece(&a, text, (Piece){.kind = PIECE_ITEM, .text = S("user")});
    node_set(&a, map, S("name"), text);
    const Node *json = json_text(&a, map, false);
    ck_assert_int_eq(json->type, NODE_TEXT);
    ck_assert_uint_eq(json->count, 3);
    ck_str(json->pieces[0].text, "{\"name\":\"\\\"x-");
    ck_str(json->pieces[1].text, "user");
    ck_str(json->pieces[2].text, "\"}");
    node_set(&a, map, S("b"), node_int(&a, 1, (Loc){0}));
    map->entries[0].value = node_string(&a, S("y"), (Loc){0});
    ck_str(json_text(&a, map, false)->text, "{\"name\":\"y\",\"b\":1}");
    arena_free(&a);
}
END_TEST

UNIT({escapes, COUNT(strings)}, {prints_and_reads_back, COUNT(trees)}, {open_pieces_stay_open})
