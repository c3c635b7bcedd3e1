// test_edit.c - an edit changes what it is for, and nothing else: neither a meaning nor a comment.
#include "unit.h"

#include "../../compiler/build.h"
#include "../../compiler/edit.h"
#include "../../compiler/layout.h"
#include "../../compiler/yaml.h"
#include "random_yaml.h"

static size_t split(Arena *a, const char *path, Str *keys) {
    Str rest = str_from(path), key;
    size_t count = 0;
    while (rest.len && str_split(&rest, '/', &key))
        keys[count++] = arena_str(a, key);
    return count;
}

static const struct {
    const char *text, *path, *name, *value, *wanted;
} added[] = {
  // behind the last one, as the others are written
    {"a:\n  b: {}\n",                        "a",         "c", "{d: 1}",       "a:\n  b: {}\n  c: {d: 1}\n"                         },
    {"a:\n    b: {}\n# of d\nd: 1\n",        "a",         "c", "1",            "a:\n    b: {}\n    c: 1\n# of d\nd: 1\n"            },
    {"a: {b: 1}\n",                          "a",         "c", "2",            "a: {b: 1, c: 2}\n"                                  },
    {"a:\n  b:     1   # one\n  cc:    2\n", "a",         "d", "3",
     "a:\n  b:     1   # one\n  cc:    2\n  d:     3\n"                                                                             },
    {"a:\n  b: 1\n\n  c: 2\n\nd: 1\n",       "a",         "x", "3",            "a:\n  b: 1\n\n  c: 2\n\n  x: 3\n\nd: 1\n"           },
    {"a:\n  b: 1",                           "a",         "c", "2",            "a:\n  b: 1\n  c: 2\n"                               },
 // in place of nothing
    {"a: {}   # none\nb: 1\n",               "a",         "c", "2",            "a:   # none\n  c: 2\nb: 1\n"                        },
    {"a:   # none\nb: 1\n",                  "a",         "c", "2",            "a:   # none\n  c: 2\nb: 1\n"                        },
    {"a: {b: {}}\n",                         "a/b",       "c", "2",            "a: {b: {c: 2}}\n"                                   },
    {"a: {b: 1}\n",                          "a/c",       "d", "2",            "a: {b: 1, c: {d: 2}}\n"                             },
 // lines end as the others do
    {"a:\r\n  b: {}\r\nd: 1\r\n",            "a",         "c", "{d: 1}",       "a:\r\n  b: {}\r\n  c: {d: 1}\r\nd: 1\r\n"           },
    {"a: {}\r\n",                            "q",         "c", "x: 1\ny: 2",   "a: {}\r\n\r\nq:\r\n  c:\r\n    x: 1\r\n    y: 2\r\n"},
 // where people look for it
    {"system: x\nfunctions:\n  f: {}\n",     "queues",    "q", "{}",
     "system: x\n\nqueues:\n  q: {}\n\nfunctions:\n  f: {}\n"                                                                       },
    {"system: x\n\nqueues:\n  q: {}\n",      "functions", "f", "{}",
     "system: x\n\nqueues:\n  q: {}\n\nfunctions:\n  f: {}\n"                                                                       },
    {"a: {b: 1}\n",                          "a",         "c", "\nx: 1\ny: 2", NULL                                                 },
    {"a: word\n",                            "a",         "c", "1",            NULL                                                 },
};

START_TEST(an_entry_goes_where_a_person_would_write_it) {
    Arena a = {0};
    Str keys[8];
    size_t count = split(&a, added[_i].path, keys);
    Str out = edit_add(&a, str_from(added[_i].text), keys, count, str_from(added[_i].name),
                       str_from(added[_i].value));
    if (added[_i].wanted)
        ck_str(out, added[_i].wanted);
    else
        ck_assert_ptr_null(out.ptr);
    arena_free(&a);
}
END_TEST

static const struct {
    const char *text, *path, *item, *wanted;
} items[] = {
    {"p:\n  a: [x]\n",          "p/a", "y", "p:\n  a: [x, y]\n"               },
    {"p:\n  a:\n    - x # 1\n", "p/a", "y", "p:\n  a:\n    - x # 1\n    - y\n"},
    {"p:\n  a: []\n",           "p/a", "y", "p:\n  a: [y]\n"                  },
    {"p:\n  a:  # none\n",      "p/a", "y", "p:\n  a: [y]  # none\n"          },
    {"p: {a: {x: {b: 1}}}\n",   "p/a", "y", "p: {a: {x: {b: 1}, y: {}}}\n"    },
};

START_TEST(an_item_goes_to_the_end_of_its_list) {
    Arena a = {0};
    Str keys[8];
    size_t count = split(&a, items[_i].path, keys);
    ck_str(edit_add_item(&a, str_from(items[_i].text), keys, count, str_from(items[_i].item)),
           items[_i].wanted);
    arena_free(&a);
}
END_TEST

static const struct {
    const char *text, *path, *name, *wanted;
} removed[] = {
    {"a:\n  b: 1 # b\n  # of c\n  c: 2\n",   "a",   "b", "a:\n  # of c\n  c: 2\n"   },
    {"a:\n  b: 1\n\n  c: 2\n\nd: 3\n",       "a",   "c", "a:\n  b: 1\n\nd: 3\n"     },
    {"a: {b: 1, c: 2, d: 3}\n",              "a",   "b", "a: {c: 2, d: 3}\n"        },
    {"a: {b: 1, c: 2, d: 3}\n",              "a",   "d", "a: {b: 1, c: 2}\n"        },
    {"a: {b: 1, # of b\n    c: 2}\n",        "a",   "c", "a: {b: 1, # of b\n    }\n"},
    {"a:\n  b: 1\nc: 2\n",                   "a",   "b", "c: 2\n"                   },
    {"p: {a: [x, y]}\n",                     "p/a", "x", "p: {a: [y]}\n"            },
    {"p:\n  a:\n    - x\n    - y: {z: 1}\n", "p/a", "y", "p:\n  a:\n    - x\n"      },
    {"p:\n  a:\n    - x\n",                  "p/a", "x", "p:\n  a:\n    []\n"       },
    {"a: {b: 1}\n",                          "a",   "x", NULL                       },
};

START_TEST(what_is_removed_is_gone_and_nothing_else) {
    Arena a = {0};
    Str keys[8];
    size_t count = split(&a, removed[_i].path, keys);
    Str out = edit_remove(&a, str_from(removed[_i].text), keys, count, str_from(removed[_i].name));
    if (removed[_i].wanted)
        ck_str(out, removed[_i].wanted);
    else
        ck_assert_ptr_null(out.ptr);
    arena_free(&a);
}
END_TEST

typedef struct Comments {
    Arena *arena;
    Str list[64];
    size_t count;
} Comments;

static void keep(void *ctx, Str comment) {
    Comments *c = ctx;
    if (c->count < COUNT(c->list))
        c->list[c->count++] = arena_str(c->arena, comment);
}

static Comments comments_of(Arena *a, Str text) {
    Comments c = {.arena = a};
    cst_comments(a, text, keep, &c);
    return c;
}

static Node *parse(Arena *a, Str text) {
    Source *src = arena_new(a, Source, 1);
    Diags d = {.arena = a};
    *src = (Source){.path = S("random.yaml"), .text = text};
    return yaml_read(a, &d, src, YAML_DATA);
}

// The path of a map that is found by turning at random.
static size_t random_path(Random *r, const Cst *n, Str *path) {
    size_t count = 0;
    while (count < 6) {
        const Cst *inner[16];
        size_t found = 0;
        for (uint32_t i = 0; i < n->count && found < COUNT(inner); i++)
            if (cst_is_map(n->items[i]))
                inner[found++] = n->items[i];
        if (!found || (count && pick(r, 3) == 0))
            return count;
        n = inner[pick(r, (uint32_t)found)];
        path[count++] = n->key->text;
    }
    return count;
}

static Node *inner_of(Node *root, const Str *path, size_t count) {
    for (size_t i = 0; i < count && root; i++)
        root = node_get(root, path[i]);
    return root;
}

START_TEST(adding_keeps_everything) {
    size_t tried = 0;
    for (uint32_t seed = 0; seed < 300; seed++) {
        Arena a = {0};
        Random r;
        random_yaml(&r, seed * 7919 + (uint32_t)_i * 104729 + 1);
        Str text = buf_str(&r.out), path[8];
        Node *before = parse(&a, text);
        size_t count = before ? random_path(&r, cst_read(&a, text), path) : 0;
        if (count) {
            Str out = edit_add(&a, text, path, count, S("fresh"), S("{x: 1}"));
            Node *after = out.ptr ? parse(&a, out) : NULL;
            Comments old = comments_of(&a, text), new = comments_of(&a, out.ptr ? out : text);
            Node *map = inner_of(before, path, count), *value = node_map(&a, (Loc){0});
            node_set(&a, value, S("x"), node_int(&a, 1, (Loc){0}));
            node_set(&a, map, S("fresh"), value);
            tried++;
            if (!after || !node_equal(before, after))
                ck_abort_msg("seed %u:\n%.*s---\n%.*s", seed, SFMT(text), SFMT(out));
            ck_assert_uint_eq(old.count, new.count);
            for (size_t i = 0; i < old.count; i++)
                ck_assert(str_eq(old.list[i], new.list[i]));
        }
        buf_free(&r.out);
        arena_free(&a);
    }
    ck_assert_uint_gt(tried, 50);
}
END_TEST

static bool has_comment(const Comments *c, Str comment) {
    for (size_t i = 0; i < c->count; i++)
        if (str_eq(c->list[i], comment))
            return true;
    return false;
}

START_TEST(removing_keeps_everything_else) {
    size_t tried = 0;
    for (uint32_t seed = 0; seed < 300; seed++) {
        Arena a = {0};
        Random r;
        random_yaml(&r, seed * 7919 + (uint32_t)_i * 104729 + 1);
        Str text = buf_str(&r.out), path[8];
        Node *before = parse(&a, text);
        const Cst *root = before ? cst_read(&a, text) : NULL;
        size_t count = root ? random_path(&r, root, path) : 0;
        const Cst *map = root ? edit_find(root, path, count) : NULL;
        if (count && map->count > 1) {
            const Cst *victim = map->items[pick(&r, map->count)];
            Str name = victim->key->text, out = edit_remove(&a, text, path, count, name);
            Node *after = out.ptr ? parse(&a, out) : NULL;
            Node *rest = inner_of(before, path, count);
            uint32_t kept = 0;
            for (uint32_t i = 0; i < rest->count; i++)
                if (!str_eq(rest->entries[i].key->text, name))
                    rest->entries[kept++] = rest->entries[i];
            rest->count = kept;
            tried++;
            if (!after || !node_equal(before, after))
                ck_abort_msg("seed %u, %.*s:\n%.*s---\n%.*s", seed, SFMT(name), SFMT(text),
                             SFMT(out));
            // Its own comments may go: those in it, and the one behind it.
            Str head = str_cut(text, 0, cst_line_start(text, victim->key->from));
            Str tail = str_cut(text, cst_line_end(text, victim->to), text.len);
            Comments old = comments_of(&a, text), new = comments_of(&a, out);
            for (size_t i = 0; i < old.count; i++)
                if (str_find(head, old.list[i]) >= 0 || str_find(tail, old.list[i]) >= 0)
                    ck_assert_msg(has_comment(&new, old.list[i]),
                                  "seed %u: %.*s is lost\n%.*s---\n%.*s", seed, SFMT(old.list[i]),
                                  SFMT(text), SFMT(out));
        }
        buf_free(&r.out);
        arena_free(&a);
    }
    ck_assert_uint_gt(tried, 20);
}
END_TEST

UNIT({an_entry_goes_where_a_person_would_write_it, COUNT(added)},
     {an_item_goes_to_the_end_of_its_list, COUNT(items)},
     {what_is_removed_is_gone_and_nothing_else, COUNT(removed)}, {adding_keeps_everything, 20},
     {removing_keeps_everything_else, 20})
