// test_template.c - the template language: every directive and filter, with what is absent.
#include "unit.h"

#include "../../compiler/build.h"
#include "../../compiler/json.h"
#include "../../compiler/template.h"
#include "../../compiler/yaml.h"

static Node *parse(Arena *a, Diags *d, const char *text) {
    Source *src = arena_new(a, Source, 1);
    *src = (Source){.path = S("test.yaml"), .text = str_from(text)};
    return yaml_read(a, d, src, YAML_TEMPLATE);
}

// Whatever is in `values` is known, and so are these.
static const char *const known[] = {"absent", "none"};

static bool resolve(void *ctx, Hole *hole) {
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(hole->path[0], str_from(known[i])))
            return true;
    return node_get(ctx, hole->path[0]) != NULL;
}

static Node *base(const Scope *s, const Hole *hole) {
    return node_get(s->ctx, hole->path[0]);
}

#define VALUES                                                                                     \
    "{n: 5, t: true, f: false, word: abc, time: 90s, size: 128MB, share: 5%, list: [a, b], "       \
    "empty: [], map: {k: v, l: w}, deep: {er: {still: x}}, items: [{id: one, on: true}, {id: "     \
    "two}]}"

static const struct {
    const char *template, *result; // "": absent
} rows[] = {
    {"x: $(n)",                                                         "{\"x\":5}"                            },
    {"x: $(t)",                                                         "{\"x\":true}"                         },
    {"x: a-$(n)-$(word)",                                               "{\"x\":\"a-5-abc\"}"                  },
    {"x: $(absent)",                                                    ""                                     },
    {"x: a-$(absent)",                                                  ""                                     },
    {"{x: $(absent), y: 1}",                                            "{\"y\":1}"                            },
    {"x: [$(absent), $(n)]",                                            "{\"x\":[5]}"                          },
    {"x: {y: {z: $(absent)}}",                                          ""                                     },
    {"{x: [$(absent)], y: 1}",                                          "{\"y\":1}"                            },
    {"x: []",                                                           "{\"x\":[]}"                           },
    {"x: {}",                                                           "{\"x\":{}}"                           },
    {"x: $(deep.er.still)",                                             "{\"x\":\"x\"}"                        },
    {"x: $(deep.not.there)",                                            ""                                     },
    {"x: $$(n)",                                                        "{\"x\":\"$(n)\"}"                     },
    {"x: a$$$(n)b",                                                     "{\"x\":\"a$5b\"}"                     },
    {"x: $$$$(n)",                                                      "{\"x\":\"$$(n)\"}"                    },
    {"x: $n $$ $",                                                      "{\"x\":\"$n $$ $\"}"                  },
    {"{$$if: 1}",                                                       "{\"$if\":1}"                          },
    {"{$if: t, x: 1}",                                                  "{\"x\":1}"                            },
    {"{$if: f, x: 1}",                                                  ""                                     },
    {"{$if: absent, x: 1}",                                             ""                                     },
    {"{$if: empty, x: 1}",                                              ""                                     },
    {"{$if: list, x: 1}",                                               "{\"x\":1}"                            },
    {"{$if: not f, x: 1}",                                              "{\"x\":1}"                            },
    {"{$if: not t, x: 1}",                                              ""                                     },
    {"{$if: word = abc, x: 1}",                                         "{\"x\":1}"                            },
    {"{$if: word = abd, x: 1}",                                         ""                                     },
    {"{$if: not word = abd, x: 1}",                                     "{\"x\":1}"                            },
    {"x: [{$for: i in list, v: $(i)}]",                                 "{\"x\":[{\"v\":\"a\"},{\"v\":\"b\"}]}"},
    {"x: [{$for: i in items, $if: i.on, v: $(i.id)}]",                  "{\"x\":[{\"v\":\"one\"}]}"            },
    {"x: [{$for: i in map, $(i.key): $(i.value)}]",                     "{\"x\":[{\"k\":\"v\"},{\"l\":\"w\"}]}"},
    {"x: [{$for: i in absent, v: $(i)}]",                               ""                                     },
    {"x: [{$for: i in list, v: [{$for: j in list, w: \"$(i)$(j)\"}]}]",
     "{\"x\":[{\"v\":[{\"w\":\"aa\"},{\"w\":\"ab\"}]},{\"v\":[{\"w\":\"ba\"},{\"w\":\"bb\"}]}]}"               },
    {"x: $(time | seconds)",                                            "{\"x\":90}"                           },
    {"x: $(size | megabytes)",                                          "{\"x\":128}"                          },
    {"x: $(map)",                                                       "{\"x\":{\"k\":\"v\",\"l\":\"w\"}}"    },
    {"$(word)-key: 1",                                                  "{\"abc-key\":1}"                      },
};

START_TEST(renders) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Node *values = parse(&a, &d, VALUES), *body = parse(&a, &d, rows[_i].template);
    Resolver r = {resolve, values, &a, &d};
    ck_assert_msg(template_compile(&r, body), "%s", rows[_i].template);
    Scope s = {.base = base, .ctx = values, .arena = &a};
    const Node *result = template_render(&s, body);
    Buf b = {0};
    if (result)
        json_print(&b, result, 0, false);
    ck_str(buf_str(&b), rows[_i].result);
    buf_free(&b);
    arena_free(&a);
}
END_TEST

static const struct {
    const char *filter, *value, *result; // "": absent
} filters[] = {
    {"seconds",      "5m",          "300"            },
    {"seconds",      "soon",        ""               },
    {"minutes",      "2h",          "120"            },
    {"hours",        "2d",          "48"             },
    {"days",         "48h",         "2"              },
    {"milliseconds", "2s",          "2000"           },
    {"bytes",        "1KB",         "1024"           },
    {"megabytes",    "1GB",         "1024"           },
    {"gigabytes",    "2GB",         "2"              },
    {"number",       "5%",          "5"              },
    {"number",       "0.5%",        "0.5"            },
    {"number",       "50USD",       "50"             },
    {"number",       "1M",          "1000000"        },
    {"currency",     "50USD",       "\"USD\""        },
    {"one",          "[a]",         "\"a\""          },
    {"one",          "[a, b]",      "[\"a\",\"b\"]"  },
    {"given",        "x",           "true"           },
    {"flag",         "true",        "true"           },
    {"flag",         "false",       ""               },
    {"text",         "5",           "\"5\""          },
    {"dashes",       "active_jobs", "\"active-jobs\""},
    {"upper",        "active-jobs", "\"ACTIVE_JOBS\""},
};

START_TEST(filters_are_documented) {
    for (size_t i = 0; filter_at(i); i++) {
        bool tested = false;
        for (size_t j = 0; j < COUNT(filters); j++)
            tested = tested || strcmp(filters[j].filter, filter_at(i)->name) == 0;
        ck_assert_msg(tested, "add a row for `%s`", filter_at(i)->name);
        ck_assert_ptr_eq(filter_find(str_from(filter_at(i)->name)), filter_at(i));
        ck_assert_uint_gt(strlen(filter_at(i)->doc), 10);
    }
    ck_assert_ptr_null(filter_find(S("nothing")));
}
END_TEST

START_TEST(filters_filter) {
    Arena a = {0};
    Diags d = {.arena = &a};
    const Filter *filter = filter_find(str_from(filters[_i].filter));
    ck_assert_ptr_nonnull(filter);
    Node *value = node_get(parse(&a, &d, str_fmt(&a, "x: %s\n", filters[_i].value).ptr), S("x"));
    const Node *result = filter->apply(&a, value, S(""));
    Buf b = {0};
    if (result)
        json_print(&b, result, 0, false);
    ck_str(buf_str(&b), filters[_i].result);
    buf_free(&b);
    arena_free(&a);
}
END_TEST

UNIT({renders, COUNT(rows)}, {filters_are_documented}, {filters_filter, COUNT(filters)})
