// test_field.c - the check of what a user wrote: each type, on both sides of what it takes.
#include "unit.h"

#include <stdio.h>

#include "../../compiler/build.h"
#include "../../compiler/field.h"
#include "../../compiler/json.h"
#include "../../compiler/yaml.h"

static Node *parse(Arena *a, Diags *d, const char *text) {
    Source *src = arena_new(a, Source, 1);
    *src = (Source){.path = S("test.yaml"), .text = str_from(text)};
    return yaml_read(a, d, src, YAML_SPEC);
}

// Checks `value` as the one field `x` of `type`; what comes out, as JSON.
static Str check(Arena *a, Diags *d, const char *type, const char *value) {
    Shape shape = {0};
    *d = (Diags){.arena = a};
    Node *declared = parse(a, d, str_fmt(a, "x: %s\n", type).ptr);
    node_set(a, node_get(declared, S("x")), S("doc"), node_string(a, S("For tests."), (Loc){0}));
    ck_assert_msg(shape_load(a, d, declared, S("thing"), &shape), "%s", type);
    const Node *map = parse(a, d, str_fmt(a, "x: %s\n", value).ptr);
    ck_assert_ptr_nonnull(map);
    Node *values[1] = {0};
    Checker c = {
        .arena = a, .diags = d, .params = parse(a, d, "given: {}\n"), .where = S("thing `t`")};
    shape_check(&c, &shape, map, map->loc, values);
    if (!values[0])
        return S("");
    Buf b = {.arena = a};
    json_print(&b, values[0], 0, false);
    Str json = buf_keep(&b, a);
    buf_free(&b);
    return json;
}

static const struct {
    const char *type, *value, *result; // without a result: `id` is what is reported
    const char *id;
} rows[] = {
    {"{type: string}",                                                     "word",                      "\"word\"",                      NULL           },
    {"{type: string}",                                                     "\"on\"",                    "\"on\"",                        NULL           },
    {"{type: string}",                                                     "on",                        "\"on\"",                        "needs-quotes" },
    {"{type: string}",                                                     "5",                         "\"5\"",                         "needs-quotes" },
    {"{type: string}",                                                     "[a]",                       "",                              "wrong-type"   },
    {"{type: string, max: 3}",                                             "abc",                       "\"abc\"",                       NULL           },
    {"{type: string, max: 3}",                                             "äöü",                    "\"\\u00e4\\u00f6\\u00fc\"",     NULL           },
    {"{type: string, max: 3}",                                             "abcd",                      "\"abcd\"",                      "out-of-range" },
    {"{type: string, min: 3}",                                             "ab",                        "\"ab\"",                        "out-of-range" },
    {"{type: string, pattern: \"[a-z]+\"}",                                "abc",                       "\"abc\"",                       NULL           },
    {"{type: string, pattern: \"[a-z]+\"}",                                "aBc",                       "",                              "wrong-type"   },
    {"{type: string, pattern: \"[a-z]+\"}",                                "$(hole)",                   "\"$(hole)\"",                   NULL           },
    {"{type: string}",                                                     "$(given)",                  "\"$(given)\"",                  NULL           },
    {"{type: id}",                                                         "a-b_9",                     "\"a-b_9\"",                     NULL           },
    {"{type: id}",                                                         "9a",                        "",                              "wrong-type"   },
    {"{type: id}",                                                         "a.b",                       "",                              "wrong-type"   },
    {"{type: int}",                                                        "42",                        "42",                            NULL           },
    {"{type: int}",                                                        "-3",                        "-3",                            NULL           },
    {"{type: int}",                                                        "042",                       "",                              "wrong-type"   },
    {"{type: int}",                                                        "-01",                       "",                              "wrong-type"   },
    {"{type: int}",                                                        "4.0",                       "",                              "wrong-type"   },
    {"{type: int}",                                                        "\"4\"",                     "",                              "wrong-type"   },
    {"{type: int}",                                                        "$(given)",                  "\"$(given)\"",                  NULL           },
    {"{type: int}",                                                        "$(other)",                  "",                              "wrong-type"   },
    {"{type: int, min: 1, max: 3}",                                        "1",                         "1",                             NULL           },
    {"{type: int, min: 1, max: 3}",                                        "3",                         "3",                             NULL           },
    {"{type: int, min: 1, max: 3}",                                        "0",                         "0",                             "out-of-range" },
    {"{type: int, min: 1, max: 3}",                                        "4",                         "4",                             "out-of-range" },
    {"{type: bool}",                                                       "true",                      "true",                          NULL           },
    {"{type: bool}",                                                       "True",                      "",                              "wrong-type"   },
    {"{type: bool}",                                                       "yes",                       "",                              "wrong-type"   },
    {"{type: duration, max: 1h}",                                          "60m",                       "\"60m\"",                       NULL           },
    {"{type: duration, max: 1h}",                                          "61m",                       "\"61m\"",                       "out-of-range" },
    {"{type: duration}",                                                   "5",                         "",                              "wrong-type"   },
    {"{type: size, min: 1MB}",                                             "1024KB",                    "\"1024KB\"",                    NULL           },
    {"{type: size, min: 1MB}",                                             "1023KB",                    "\"1023KB\"",                    "out-of-range" },
    {"{type: percent, max: 100%}",                                         "100%",                      "\"100%\"",                      NULL           },
    {"{type: percent, max: 100%}",                                         "100.1%",                    "\"100.1%\"",                    "out-of-range" },
    {"{type: money}",                                                      "50USD",                     "\"50USD\"",                     NULL           },
    {"{type: money}",                                                      "50",                        "",                              "wrong-type"   },
    {"{type: count}",                                                      "2.5k",                      "\"2.5k\"",                      NULL           },
    {"{type: rate}",                                                       "1000/day",                  "\"1000/day\"",                  NULL           },
    {"{type: rate}",                                                       "1000",                      "",                              "wrong-type"   },
    {"{type: enum, values: [a, b]}",                                       "a",                         "\"a\"",                         NULL           },
    {"{type: enum, values: [a, b]}",                                       "c",                         "",                              "unknown-value"},
    {"{type: enum, values: [a, b]}",                                       "[a]",                       "",                              "unknown-value"},
    {"{type: enum, values: {a: ALPHA, b: 2}}",                             "a",                         "\"ALPHA\"",                     NULL           },
    {"{type: enum, values: {a: ALPHA, b: 2}}",                             "b",                         "2",                             NULL           },
    {"{type: list, of: int}",                                              "[1, 2]",                    "[1,2]",                         NULL           },
    {"{type: list, of: int}",                                              "[1, x]",                    "[1]",                           "wrong-type"   },
    {"{type: list, of: int}",                                              "1",                         "",                              "wrong-type"   },
    {"{type: list, of: int, single: true}",                                "1",                         "[1]",                           NULL           },
    {"{type: list, of: int, max: 2}",                                      "[1, 2, 3]",                 "[1,2,3]",                       "out-of-range" },
    {"{type: map, of: int}",                                               "{a: 1}",                    "{\"a\":1}",                     NULL           },
    {"{type: map, of: int}",                                               "{a: b}",                    "{}",                            "wrong-type"   },
    {"{type: map, of: int}",                                               "[1]",                       "",                              "wrong-type"   },
    {"{type: map, of: int, pattern: \"[A-Z]\"}",                           "{a: 1}",                    "{\"a\":1}",                     "wrong-type"   },
    {"{type: object, fields: {y: {type: int, default: 7, doc: d}}}",       "{}",                        "{\"y\":7}",                     NULL           },
    {"{type: object, fields: {y: {type: int, required: true, doc: d}}}",   "{}",                        "",                              "missing-key"  },
    {"{type: object, fields: {y: {type: int, doc: d}}}",                   "{z: 1}",                    "",                              "unknown-key"  },
    {"{type: object, shorthand: y, fields: {y: {type: int, doc: d}}}",     "5",                         "{\"y\":5}",                     NULL           },
    {"{type: object, fields: {y: {type: int, doc: d}}}",                   "5",                         "",                              "wrong-type"   },
    {"{type: object, or: {type: bool}, fields: {y: {type: int, doc: d}}}", "true",                      "true",                          NULL           },
    {"{type: object, or: {type: bool}, fields: {y: {type: int, doc: d}}}", "{y: 1}",                    "{\"y\":1}",
     NULL                                                                                                                                               },
    {"{type: bool, waivable: true}",                                       "none because it is a test", "false",                         NULL           },
    {"{type: bool, waivable: true}",                                       "off because it is a test",  "false",                         NULL           },
    {"{type: bool, waivable: true}",                                       "none",                      "false",                         "needs-reason" },
    {"{type: string}",                                                     "none because it is a word", "\"none because it is a word\"", NULL           },
    {"{type: any}",                                                        "[1, {a: b}]",               "[1,{\"a\":\"b\"}]",             NULL           },
    {"{type: ref, to: queue}",                                             "orders",                    "\"orders\"",                    NULL           },
    {"{type: ref, to: queue}",                                             "[orders]",                  "",                              "wrong-type"   },
    {"{type: int, derived: true}",                                         "5",                         "",                              "unknown-key"  },
    {"{type: int, default: 5}",                                            "~",                         "",                              NULL           },
};

START_TEST(takes_what_fits) {
    Arena a = {0};
    Diags d;
    Str result = check(&a, &d, rows[_i].type, rows[_i].value);
    if (rows[_i].id) {
        ck_assert_msg(d.first != NULL, "%s: %s was accepted", rows[_i].type, rows[_i].value);
        ck_assert_str_eq(d.first->id, rows[_i].id);
        ck_assert_uint_eq(d.errors, 1);
    } else if (d.first) {
        ck_abort_msg("%s: %s: %.*s", rows[_i].type, rows[_i].value, SFMT(d.first->message));
    }
    ck_str(result, rows[_i].result);
    arena_free(&a);
}
END_TEST

static const struct {
    const char *type, *says;
} says[] = {
    {"{type: int, min: 1, max: 3}",        "a whole number, 1 to 3"              },
    {"{type: int, min: 1}",                "a whole number, at least 1"          },
    {"{type: int, max: 3}",                "a whole number, at most 3"           },
    {"{type: enum, values: [a, b, c]}",    "`a`, `b` or `c`"                     },
    {"{type: enum, values: {a: 1, b: 2}}", "`a` or `b`"                          },
    {"{type: ref, to: [queue, topic]}",    "the name of a queue or topic"        },
    {"{type: bool, or: {type: int}}",      "`true` or `false`, or a whole number"},
};

START_TEST(says_what_it_takes) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Shape shape = {0};
    Node *declared = parse(&a, &d, str_fmt(&a, "x: %s\n", says[_i].type).ptr);
    shape_load(&a, &d, declared, S("thing"), &shape);
    ck_str(field_says(&a, &shape.fields[0]), says[_i].says);
    arena_free(&a);
}
END_TEST

UNIT({takes_what_fits, COUNT(rows)}, {says_what_it_takes, COUNT(says)})
