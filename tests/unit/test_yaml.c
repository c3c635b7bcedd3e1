// test_yaml.c - what is accepted, with its places; tests/hostile has what is refused.
#include "unit.h"

#include "../../compiler/limits.h"
#include "../../compiler/words.h"
#include "../../compiler/yaml.h"
#include "random_yaml.h"

static Node *parse(Arena *a, Diags *d, Str text, YamlUse use) {
    Source *src = arena_new(a, Source, 1);
    *src = (Source){.path = S("test.yaml"), .text = text};
    *d = (Diags){.arena = a};
    return yaml_read(a, d, src, use);
}

START_TEST(nodes_know_their_places) {
    Arena a = {0};
    Diags d;
    const Node *root = parse(&a, &d, S("a: b\nüber: {c: 'd e', list: [1, 22]}\n"), YAML_SPEC);
    const Node *inner = node_get(root, S("über"));
    ck_assert_uint_eq(node_get(inner, S("c"))->loc.line, 2);
    ck_assert_uint_eq(node_get(inner, S("c"))->loc.col, 11);
    ck_assert_uint_eq(node_get(inner, S("c"))->loc.len, 5);
    ck_assert_uint_eq(node_get(inner, S("list"))->items[1]->loc.col, 28);
    ck_assert_uint_eq(node_find(root, S("a"))->key->loc.col, 1);
    arena_free(&a);
}
END_TEST

START_TEST(aliases_are_what_they_name) {
    Arena a = {0};
    Diags d;
    const Node *root = parse(&a, &d, S("a: &x [1, 2]\nb: *x\nc: &y word\nd: *y\n"), YAML_SPEC);
    ck_assert_ptr_eq(node_get(root, S("a")), node_get(root, S("b")));
    ck_str(node_get_str(root, S("d")), "word");
    arena_free(&a);
}
END_TEST

START_TEST(styles_are_kept) {
    Arena a = {0};
    Diags d;
    const Node *root =
        parse(&a, &d, S("a: 1\nb: \"1\"\nc: '1'\nd: |\n  1\ne: >\n  1\n"), YAML_SPEC);
    static const NodeStyle wanted[] = {STYLE_PLAIN, STYLE_QUOTED, STYLE_QUOTED, STYLE_BLOCK,
                                       STYLE_BLOCK};
    for (uint32_t i = 0; i < root->count; i++)
        ck_assert_int_eq(root->entries[i].value->style, wanted[i]);
    ck_str(node_get_str(root, S("d")), "1\n");
    arena_free(&a);
}
END_TEST

START_TEST(templates_have_tags) {
    Arena a = {0};
    Diags d;
    const Node *root =
        parse(&a, &d, S("a: !json {b: c}\nd: !bare e\nf: !block {g: h}\n"), YAML_TEMPLATE);
    ck_assert_int_eq(node_get(root, S("a"))->tag, TAG_JSON);
    ck_assert_int_eq(node_get(root, S("d"))->tag, TAG_BARE);
    ck_assert_int_eq(node_get(root, S("f"))->tag, TAG_BLOCK);
    ck_assert_ptr_null(parse(&a, &d, S("a: !json {b: c}\n"), YAML_SPEC));
    ck_assert_str_eq(d.first->id, "yaml-tag");
    arena_free(&a);
}
END_TEST

// `count` times `text` between `head` and `tail`.
static Node *repeat(Arena *a, Diags *d, const char *head, const char *text, size_t count,
                    const char *tail, YamlUse use) {
    Buf b = {0};
    buf_put(&b, str_from(head));
    for (size_t i = 0; i < count; i++)
        buf_put(&b, str_from(text));
    buf_put(&b, str_from(tail));
    Str kept = buf_keep(&b, a);
    buf_free(&b);
    return parse(a, d, kept, use);
}

static const struct {
    const char *head, *text, *tail;
    size_t limit;
    YamlUse use;
} limits[] = {
    {"a: ", "x",  "\n",    LIMIT_SCALAR_BYTES, YAML_SPEC},
    {"",    "k",  ": 1\n", LIMIT_KEY_BYTES,    YAML_SPEC},
    {"",    "- ", "x\n",   LIMIT_DEPTH,        YAML_SPEC},
    {"",    "- ", "x\n",   LIMIT_DEPTH,        YAML_DATA},
};

START_TEST(limits_hold) {
    Arena a = {0};
    Diags d;
    for (int over = -1; over <= 1; over++) {
        size_t count = (size_t)((long)limits[_i].limit + over);
        Node *n = repeat(&a, &d, limits[_i].head, limits[_i].text, count, limits[_i].tail,
                         limits[_i].use);
        ck_assert_msg((n != NULL) == (over <= 0), "%zu", count);
    }
    arena_free(&a);
}
END_TEST

START_TEST(anchors_have_a_limit) {
    Arena a = {0};
    Diags d;
    for (int over = 0; over <= 1; over++) {
        Buf b = {0};
        for (int i = 0; i < LIMIT_ANCHORS + over; i++)
            buf_fmt(&b, "- &a%d x\n", i);
        Node *n = parse(&a, &d, buf_keep(&b, &a), YAML_SPEC);
        ck_assert_int_eq(n != NULL, over == 0);
        buf_free(&b);
    }
    arena_free(&a);
}
END_TEST

START_TEST(data_may_have_long_keys_and_texts) {
    Arena a = {0};
    Diags d;
    ck_assert_ptr_nonnull(repeat(&a, &d, "\"", "k", 1000, "\": 1\n", YAML_DATA));
    ck_assert_ptr_nonnull(repeat(&a, &d, "a: ", "x", LIMIT_SCALAR_BYTES + 1, "\n", YAML_DATA));
    arena_free(&a);
}
END_TEST

static const struct {
    const char *text;
    bool is_string;
} words[] = {
    {"word",                      true },
    {"us-west-2",                 true },
    {"5m",                        true },
    {"a:b",                       true },
    {"v1.2",                      true },
    {"1.2.3",                     true },
    {"-x",                        true },
    {"0x",                        true },
    {"0xg",                       true },
    {"2012-10",                   true },
    {"e5",                        true },
    {"_1",                        true },
    {"12a",                       true },
    {"y",                         false},
    {"N",                         false},
    {"Yes",                       false},
    {"off",                       false},
    {"NULL",                      false},
    {"",                          false},
    {"~",                         false},
    {"0",                         false},
    {"1_000",                     false},
    {"0o7",                       false},
    {"0b1",                       false},
    {"0xFF",                      false},
    {"1e5",                       false},
    {"1.5e-3",                    false},
    {".5",                        false},
    {"1.",                        false},
    {"22:00",                     false},
    {".inf",                      false},
    {"-.Inf",                     false},
    {".NaN",                      false},
    {"2012-10-17",                false},
    {"<<",                        false},
    {"2001-12-14 21:59:43.10 -5", false},
    {"=",                         false},
    {"+12",                       false},
};

START_TEST(knows_what_needs_quotes) {
    ck_assert_int_eq(yaml_is_plain_string(str_from(words[_i].text)), words[_i].is_string);
}
END_TEST

static void put_list(Random *r) {
    uint32_t count = 10 + pick(r, 12);
    buf_put(&r->out, S("["));
    for (uint32_t i = 0; i < count; i++) {
        static const char *const odd[] = {"1st", "",   "a b", "a: b",    "'a'",
                                          "[a]", "#a", "-a",  "\xC3\xBC"};
        bool plain = pick(r, 40) > 0;
        buf_fmt(&r->out, plain ? "u_%u-x" : "%u", i);
        buf_put(&r->out, plain ? S("") : str_from(odd[pick(r, COUNT(odd))]));
        spaces(r, 1);
        if (i + 1 < count || pick(r, 20) == 0)
            buf_put(&r->out, pick(r, 3) ? S(", ") : pick(r, 8) ? S(",\n   ") : S(" # c\n,"));
    }
    buf_put(&r->out, pick(r, 20) ? S("]") : S("]: x"));
}

// Lines that are a key and a list, most of them alike.
static void put_rows(Random *r, uint32_t indent) {
    static const char *const ends[] = {"", " ", " # c", "\r", "\n", ", b: [c]", "\n# c", " x"};
    uint32_t count = 1 + pick(r, 5);
    for (uint32_t i = 0; i < count; i++) {
        buf_fill(&r->out, ' ', indent + (pick(r, 60) == 0));
        buf_fmt(&r->out, "%s%u: [%s", pick(r, 60) ? "row" : "-", pick(r, 400),
                pick(r, 9) ? "a, b" : "");
        buf_fmt(&r->out, "%s]%s\n", pick(r, 9) ? "" : "\n,c",
                pick(r, 12) ? "" : ends[pick(r, COUNT(ends))]);
    }
}

// Lines that are a key and a map, most of them the same.
static void put_maps(Random *r, uint32_t indent) {
    static const char *const maps[] = {"{a: b}",     "{a: b, c: [d, {e: f}]}",
                                       "{}",         "{a: b} # c", // these are maps
                                       "{a: \"b\"}", "{a: &x b}",
                                       "{a: b",      "{a b}",
                                       "{a: b}, c",  "{a: b}}",
                                       "{a: $(b)}",  "{a: [b}"};
    uint32_t count = 2 + pick(r, 5), which = pick(r, 4);
    for (uint32_t i = 0; i < count; i++) {
        which = pick(r, 9) ? which : pick(r, 25) ? pick(r, 4) : pick(r, COUNT(maps));
        buf_fill(&r->out, ' ', indent + (pick(r, 90) == 0));
        buf_fmt(&r->out, "%s%u: %s\n", pick(r, 300) ? "map" : "'x", pick(r, 4000), maps[which]);
    }
}

// Lists wherever a `: ` stands: as values, in texts, in comments. Rows where a line begins.
static void put_lists(Random *r, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        buf_char(&r->out, text.ptr[i]);
        bool behind = i > 0 && text.ptr[i] == ' ' && text.ptr[i - 1] == ':';
        if (behind && pick(r, 3) == 0) {
            put_list(r);
            buf_put(&r->out, pick(r, 4) ? S("\n") : S(""));
        }
        if (text.ptr[i] == '\n' && pick(r, 200) == 0)
            pick(r, 2) ? put_rows(r, pick(r, 5)) : put_maps(r, pick(r, 5));
    }
    for (uint32_t i = 0; i < 3; i++) {
        buf_fmt(&r->out, "last%u: ", i);
        put_list(r);
        buf_char(&r->out, '\n');
        buf_fmt(&r->out, i == 1 ? "projects:\n" : "rows%u:\n", i);
        put_rows(r, 1 + pick(r, 3));
        buf_fmt(&r->out, "maps%u:\n", i);
        put_maps(r, 1 + pick(r, 3));
    }
}

static void same_place(Loc a, Loc b) {
    ck_assert_uint_eq(a.line, b.line);
    ck_assert_uint_eq(a.col, b.col);
    ck_assert_uint_eq(a.len, b.len);
}

static void same_tree(const Node *a, const Node *b) {
    ck_assert_int_eq(a->type, b->type);
    ck_assert_int_eq(a->style, b->style);
    ck_assert_uint_eq(a->count, b->count);
    ck_assert(str_eq(a->text, b->text));
    same_place(a->loc, b->loc);
    for (uint32_t i = 0; a->type == NODE_LIST && i < a->count; i++)
        same_tree(a->items[i], b->items[i]);
    for (uint32_t i = 0; a->type == NODE_MAP && i < a->count; i++) {
        same_tree(a->entries[i].key, b->entries[i].key);
        same_tree(a->entries[i].value, b->entries[i].value);
    }
}

// What stays as it is written says the same as what libyaml makes of it. How many words that are.
static size_t unfold(Arena *a, Node *list, const Node *wanted) {
    if (list->type != NODE_WORDS)
        return 0;
    ck_assert_uint_eq(list->count, wanted->count);
    for (uint32_t i = 0; i < wanted->count; i++) {
        Str word = words_at(list, i);
        ck_assert_uint_eq(word_chars(word), list->words[i].chars);
        ck_str(word, wanted->items[i]->text.ptr);
        same_place(words_place(list, word), wanted->items[i]->loc);
    }
    words_unfold(a, list);
    return wanted->count;
}

// All that may stay so; the rest of the tree is as ever.
static size_t unfold_projects(Arena *a, const Node *tree, const Node *wanted) {
    const Node *projects = node_get(tree, S("projects")), *all = node_get(wanted, S("projects"));
    size_t folded = 0;
    for (uint32_t i = 0; node_is_map(projects) && i < projects->count; i++)
        folded += unfold(a, projects->entries[i].value, all->entries[i].value);
    return folded;
}

static void same_diags(const Diags *a, const Diags *b) {
    ck_assert_uint_eq(a->errors, b->errors);
    for (const Diag *x = a->first, *y = b->first; x; x = x->next, y = y->next) {
        ck_assert(str_eq(x->message, y->message));
        same_place(x->at, y->at);
    }
}

enum { TREES = 400 }; // in each of 8 rows

START_TEST(lists_of_words_are_read_as_libyaml_reads_them) {
    size_t valid = 0, quick = 0, rows = 0, same = 0, folded = 0;
    for (uint32_t seed = 0; seed < TREES; seed++) {
        Arena a = {0};
        Random plain, r = {.state = seed * 31 + (uint32_t)_i};
        random_yaml(&plain, seed * 7919 + (uint32_t)_i * 104729 + 1);
        put_lists(&r, buf_str(&plain.out));
        Str text = buf_str(&r.out);
        Diags d;
        Node *tree = parse(&a, &d, text, YAML_SPEC);
        Source src = {.path = S("test.yaml"), .text = text};
        Diags by_library = {.arena = &a};
        Node *wanted = yaml_read_whole(&a, &by_library, &src, YAML_SPEC);
        Words lists = {0};
        ck_assert_int_eq(tree != NULL, wanted != NULL);
        same_diags(&d, &by_library);
        folded += tree ? unfold_projects(&a, tree, wanted) : 0;
        if (tree)
            same_tree(tree, wanted);
        valid += tree != NULL;
        quick += tree && words_find(&lists, &a, text);
        for (size_t i = 0; tree && i < lists.count; i++)
            rows += lists.lists[i].key.len > 0, same += lists.lists[i].is_same;
        buf_free(&r.out);
        buf_free(&plain.out);
        arena_free(&a);
    }
    ck_assert_uint_gt(valid, TREES / 25);
    ck_assert_uint_gt(quick, TREES / 40);
    ck_assert_uint_gt(rows, TREES / 40);
    ck_assert_uint_gt(same, TREES / 40);
    ck_assert_uint_gt(folded, TREES / 40);
}
END_TEST

// Only the lists of projects stay as they are written, and what an anchor names may be elsewhere.
START_TEST(words_stay_where_they_are_expected) {
    static const char list[] =
        "[amelia-scott, bob, charlotte, dora, edgar, frederic, guenter, harry]";
    static const struct {
        const char *text, *path[3];
        NodeType type;
    } rows[] = {
        {"projects:\n  a: %s\n",                     {"projects", "a"},           NODE_WORDS},
        {"projects: {a: %s}\n",                      {"projects", "a"},           NODE_WORDS},
        {"projects:\n  b: [x]\n  a: [x, y]\n",       {"projects", "a"},           NODE_WORDS},
        {"projects: %s\n",                           {"projects"},                NODE_LIST },
        {"others:\n  a: %s\n",                       {"others", "a"},             NODE_LIST },
        {"projects:\n  a:\n    b: %s\n",             {"projects", "a", "b"},      NODE_LIST },
        {"others:\n  projects:\n    a: %s\n",        {"others", "projects", "a"}, NODE_LIST },
        {"projects: {}\nothers:\n  a: %s\n",         {"others", "a"},             NODE_LIST },
        {"projects:\n  a: &x %s\nothers: {a: *x}\n", {"others", "a"},             NODE_LIST },
        {"projects: &x\n  a: %s\nothers: {b: *x}\n", {"others", "b", "a"},        NODE_LIST },
        {"projects:\n  a: &x {b: c}\n  b: %s\n",     {"projects", "b"},           NODE_LIST },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Arena a = {0};
        Diags d;
        Str text = str_fmt(&a, "%s", rows[i].text);
        ptrdiff_t at = str_find(text, S("%s"));
        if (at >= 0)
            text = str_fmt(&a, "%.*s%s%s", (int)at, text.ptr, list, text.ptr + at + 2);
        const Node *n = parse(&a, &d, text, YAML_SPEC);
        for (size_t j = 0; j < COUNT(rows[i].path) && rows[i].path[j]; j++)
            n = node_get(n, str_from(rows[i].path[j]));
        ck_assert_msg(n && n->type == rows[i].type, "%s", rows[i].text);
        arena_free(&a);
    }
}
END_TEST

UNIT({nodes_know_their_places}, {aliases_are_what_they_name}, {styles_are_kept},
     {templates_have_tags}, {limits_hold, COUNT(limits)}, {anchors_have_a_limit},
     {data_may_have_long_keys_and_texts}, {knows_what_needs_quotes, COUNT(words)},
     {lists_of_words_are_read_as_libyaml_reads_them, 8}, {words_stay_where_they_are_expected})
