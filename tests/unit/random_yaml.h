// random_yaml.h - YAML texts at random, for what must hold of all of them.
#ifndef RANDOM_YAML_H
#define RANDOM_YAML_H

#include "unit.h"

// Texts at random: any tree, written in any way that YAML allows, with comments anywhere.
typedef struct Random {
    uint32_t state;
    Buf out;
    int left; // nodes that may still come
    int comments;
} Random;

static inline uint32_t pick(Random *r, uint32_t below) {
    r->state = r->state * 1664525 + 1013904223;
    return (r->state >> 8) % below;
}

static inline void spaces(Random *r, uint32_t most) {
    buf_fill(&r->out, ' ', pick(r, most + 1));
}

static inline void line_end(Random *r, bool may_comment) {
    if (may_comment && pick(r, 4) == 0)
        buf_fmt(&r->out, "%*s# note %d: {x", 1 + (int)pick(r, 9), "", r->comments++);
    else if (may_comment)
        spaces(r, 2);
    buf_put(&r->out, pick(r, 8) ? S("\n") : S("\r\n"));
    while (may_comment && pick(r, 6) == 0) {
        if (pick(r, 2))
            buf_fmt(&r->out, "%*s# line %d.", (int)pick(r, 12), "", r->comments++);
        buf_char(&r->out, '\n');
    }
}

static inline void word(Random *r) {
    static const char *const words[] = {
        "a",   "b-c",  "12",  "x y",      "\"q: #{\"", "'it''s'", "ü",           "10%",  "true",
        "a#b", "\"\"", "$.x", "http://x", "-1",        "a:b",     "\"\\\" ,]\"", "null", "1.5"};
    buf_put(&r->out, str_from(words[pick(r, COUNT(words))]));
}

static inline void flow(Random *r, int depth) {
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

static inline void block(Random *r, uint32_t indent, bool inline_first, bool map);

static inline void text_lines(Random *r, uint32_t indent) {
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
static inline void value(Random *r, uint32_t indent, bool in_list) {
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

static inline void block(Random *r, uint32_t indent, bool inline_first, bool map) {
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

// The caller frees `out`. Not every text is valid: a plain text may have swallowed a comment.
static inline void random_yaml(Random *r, uint32_t seed) {
    *r = (Random){.state = seed, .left = 14};
    line_end(r, true);
    block(r, 0, false, true);
}

#endif
