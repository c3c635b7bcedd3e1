// test_layout.c - laying out never changes a meaning, never loses a comment, and is done after
// once.
#include "unit.h"

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

// Texts at random: any tree, written in any way that YAML allows, with comments anywhere.
typedef struct Random {
    uint32_t state;
    Buf out;
    int left; // nodes that may still come
    int comments;
} Random;

static uint32_t pick(Random *r, uint32_t below) {
    r->state = r->state * 1664525 + 1013904223;
    return (r->state >> 8) % below;
}

static void spaces(Random *r, uint32_t most) {
    buf_fill(&r->out, ' ', pick(r, most + 1));
}

static void line_end(Random *r, bool may_comment) {
    if (may_comment && pick(r, 4) == 0)
        buf_fmt(&r->out, "%*s# note %d: {x", 1 + (int)pick(r, 9), "", r->comments++);
    else if (may_comment)
        spaces(r, 2);
    buf_put(&r->out, pick(r, 8) ? S("\n") : S("\r\n"));
    while (may_comment && pick(r, 6) == 0) {
        if (pick(r, 2))
            buf_fmt(&r->out, "%*s# line %d", (int)pick(r, 12), "", r->comments++);
        buf_char(&r->out, '\n');
    }
}

static void word(Random *r) {
    static const char *const words[] = {
        "a",   "b-c",  "12",  "x y",      "\"q: #{\"", "'it''s'", "ü",           "10%",  "true",
        "a#b", "\"\"", "$.x", "http://x", "-1",        "a:b",     "\"\\\" ,]\"", "null", "1.5"};
    buf_put(&r->out, str_from(words[pick(r, COUNT(words))]));
}

static void flow(Random *r, int depth) {
    bool map = pick(r, 2);
    uint32_t count = pick(r, 4);
    buf_char(&r->out, map ? '{' : '[');
    spaces(r, 2);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) {
            spaces(r, 1);
            buf_char(&r->out, ',');
            if (pick(r, 5) == 0) {
                line_end(r, true);
                buf_fill(&r->out, ' ', 60);
            } else if (pick(r, 3)) {
                buf_char(&r->out, ' ');
            }
        }
        if (map)
            buf_fmt(&r->out, "%s%u: ", pick(r, 3) ? "k" : " k", i);
        if (depth > 0 && pick(r, 3) == 0)
            flow(r, depth - 1);
        else
            buf_put(&r->out, pick(r, 2) ? S("v") : S("'a, b'"));
    }
    spaces(r, 2);
    buf_char(&r->out, map ? '}' : ']');
}

static void block(Random *r, uint32_t indent, bool inline_first, bool map);

static void text_lines(Random *r, uint32_t indent) {
    static const char *const heads[] = {"|", ">", "|-", ">-", "|+"};
    uint32_t inner = indent + 1 + pick(r, 3), lines = 1 + pick(r, 3);
    buf_put(&r->out, str_from(heads[pick(r, COUNT(heads))]));
    buf_put(&r->out, S("\n"));
    for (uint32_t i = 0; i < lines; i++) {
        buf_fill(&r->out, ' ', inner);
        buf_put(&r->out, i && pick(r, 3) == 0 ? S("  more # text  \n") : S("text: {\n"));
        if (pick(r, 4) == 0)
            buf_char(&r->out, '\n');
    }
}

// What stands behind `key:` or a dash; `indent` is that of the key or dash.
static void value(Random *r, uint32_t indent, bool in_list) {
    uint32_t kind = r->left-- > 0 ? pick(r, 8) : 0;
    if (kind < 3 || (kind < 5 && in_list && pick(r, 2))) {
        buf_fill(&r->out, ' ', 1 + pick(r, 3));
        if (pick(r, 3))
            word(r);
        else
            flow(r, 2);
        line_end(r, true);
    } else if (kind == 3) {
        buf_char(&r->out, ' ');
        text_lines(r, indent);
    } else if (kind == 4) {
        bool quoted = pick(r, 2);
        buf_put(&r->out, quoted ? S(" \"one\n\n") : S(" plain\n"));
        buf_fill(&r->out, ' ', indent + 1 + pick(r, 5));
        buf_put(&r->out, quoted ? S("two\"") : S("two"));
        line_end(r, true);
    } else if (in_list && pick(r, 2)) {
        uint32_t gap = 1 + pick(r, 3);
        buf_fill(&r->out, ' ', gap);
        block(r, indent + 1 + gap, true, pick(r, 3) > 0);
    } else {
        bool map = pick(r, 2), flush = !in_list && !map && pick(r, 2);
        line_end(r, true);
        block(r, flush ? indent : indent + 1 + pick(r, 4), false, map);
    }
}

static void block(Random *r, uint32_t indent, bool inline_first, bool map) {
    uint32_t count = 1 + pick(r, 4);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 || !inline_first)
            buf_fill(&r->out, ' ', indent);
        if (map)
            buf_fmt(&r->out, pick(r, 5) ? "key%u:" : "\"key %u\":", i);
        else
            buf_char(&r->out, '-');
        value(r, indent, !map);
    }
}

START_TEST(no_layout_changes_a_meaning) {
    size_t tried = 0;
    for (uint32_t seed = 0; seed < 400; seed++) {
        Arena a = {0};
        Random r = {.state = seed * 7919 + (uint32_t)_i * 104729 + 1, .left = 14};
        line_end(&r, true);
        block(&r, 0, false, true);
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
