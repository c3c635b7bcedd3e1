// test_layout.c - laying out never changes a meaning, never loses a comment, and is done after
// once.
#include "unit.h"

#include "random_yaml.h"

#include "../../compiler/layout.h"
#include "../../compiler/yaml.h"

static Str lay_out(Arena *a, Str text) {
    Buf out = {0};
    layout_text(a, text, &out);
    Str kept = out.len ? buf_keep(&out, a) : S("");
    buf_free(&out);
    return kept;
}

static const struct {
    const char *given, *wanted;
} rows[] = {
    {"a:   1\n",                                       "a:   1\n"                              },
    {"a:\n- b\n-   c\n",                               "a:\n  - b\n  - c\n"                    },
    {"a:\n    b:\n       - c: 1\n         d: 2\n",     "a:\n  b:\n    - c: 1\n      d: 2\n"    },
    {"a: { b: 1,c: [ 1,2 ] }\r\n",                     "a: {b: 1, c: [1, 2]}\n"                },
    {"a: {b: 1 , \"c\":2}",                            "a: {b: 1, \"c\": 2}\n"                 },
    {"\n\na: 1  \n\n\n\nb: 2\n\n",                     "a: 1\n\nb: 2\n"                        },
    {"a:\n    - {b: 1,\n       c: 2}\n",               "a:\n  - {b: 1,\n     c: 2}\n"          },
    {"a:\n    - |\n        x\n          y\n",          "a:\n  - |\n    x\n      y\n"           },
    {"a:\n    b: |2\n        x\n      y\n",            "a:\n  b: |2\n      x\n    y\n"         },
    {"a:\n      'x\n\n        y'\n",                   "a:\n  'x\n\n    y'\n"                  },
    {"a: |+\n  x\n\n\n",                               "a: |+\n  x\n\n\n"                      },
    {"a:\n    # of b\n    b: 1\n    # none\nc: 2\n",   "a:\n  # of b\n  b: 1\n  # none\nc: 2\n"},
    {"a:\n    b: 1# no\n",                             "a:\n  b: 1# no\n"                      },
    {"a:\n    b: 1      # one\n              # two\n",
     "a:\n  b: 1      # one\n            # two\n"                                              },
    {"a:\n# of the list\n- b\n",                       "a:\n  # of the list\n  - b\n"          },
    {"a:\n  # empty\nb: 1\n",                          "a:\n  # empty\nb: 1\n"                 },
    {"- - a\n  - b\n-\n    c: 1\n",                    "- - a\n  - b\n-\n  c: 1\n"             },
    {"a: &x\n    b: 1\nc: *x\n",                       "a: &x\n  b: 1\nc: *x\n"                },
    {"a: &x\n- b\nc: !json {d:  1}\n",                 "a: &x\n  - b\nc: !json {d:  1}\n"      },
    {"---\na: 1\n",                                    "---\na: 1\n"                           },
    {"a: [1,  # one\n    2]\n",                        "a: [1,  # one\n    2]\n"               },
    {"ü:\n    é: {ö: 1,\n        ä: 2}\n",         "ü:\n  é: {ö: 1,\n      ä: 2}\n"    },
};

START_TEST(there_is_one_layout) {
    Arena a = {0};
    Str out = lay_out(&a, str_from(rows[_i].given));
    ck_str(out, rows[_i].wanted);
    ck_assert(layout_same(&a, str_from(rows[_i].given), out));
    ck_str(lay_out(&a, out), rows[_i].wanted);
    arena_free(&a);
}
END_TEST

START_TEST(no_layout_changes_a_meaning) {
    size_t tried = 0;
    for (uint32_t seed = 0; seed < 400; seed++) {
        Arena a = {0};
        Random r;
        random_yaml(&r, seed * 7919 + (uint32_t)_i * 104729 + 1);
        Str text = buf_str(&r.out);
        Diags d = {.arena = &a};
        Source src = {S("random.yaml"), text};
        if (yaml_read(&a, &d, &src, YAML_DATA)) {
            Str once = lay_out(&a, text), twice = lay_out(&a, once);
            tried++;
            if (!layout_same(&a, text, once))
                ck_abort_msg("seed %u: it means another thing:\n%.*s---\n%.*s", seed, SFMT(text),
                             SFMT(once));
            if (!str_eq(once, twice))
                ck_abort_msg("seed %u: twice is not once:\n%.*s---\n%.*s---\n%.*s", seed,
                             SFMT(text), SFMT(once), SFMT(twice));
        }
        buf_free(&r.out);
        arena_free(&a);
    }
    ck_assert_uint_gt(tried, 200);
}
END_TEST

UNIT({there_is_one_layout, COUNT(rows)}, {no_layout_changes_a_meaning, 20})
