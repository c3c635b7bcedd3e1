// test_spec.c - finding, joining and merging the files of a system.
#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#include "../../compiler/json.h"
#include "../../compiler/spec.h"
#include "../../compiler/yaml.h"

static char dir[32];

static void shell(const char *command) {
    char line[1000];
    snprintf(line, sizeof line, "cd %s && { %s; }", dir, command);
    ck_assert_int_eq(system(line), 0);
}

static void begin(const char *command) {
    strcpy(dir, "/tmp/wgen-spec-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    shell(command);
    ck_assert_int_eq(chdir(dir), 0);
}

static void finish(Arena *a) {
    ck_assert_int_eq(chdir("/"), 0);
    char line[64];
    snprintf(line, sizeof line, "rm -rf %s", dir);
    ck_assert_int_eq(system(line), 0);
    arena_free(a);
}

static const struct {
    const char *files, *path, *found; // "NAME DIR FILE FILE; ...", or the id of the error
} rows[] = {
    {"mkdir specs; touch specs/a.yaml specs/b.yaml",                                              "specs",
     "a specs/a specs/a.yaml; b specs/b specs/b.yaml; "                                                                                                       },
    {"mkdir specs; touch specs/a.yaml",                                                           "specs/",       "a specs/a specs/a.yaml; "                  },
    {"mkdir -p specs/a; touch specs/a.yaml specs/a/more.yaml specs/a/.hidden.yaml specs/a/x.txt",
     "specs",                                                                                                     "a specs/a specs/a.yaml specs/a/more.yaml; "},
    {"mkdir -p specs/a; touch specs/a/z.yaml specs/a/b.yaml",                                     "specs",
     "a specs/a specs/a/b.yaml specs/a/z.yaml; "                                                                                                              },
    {"mkdir -p specs/a; echo 'system: a' >specs/a/one.yaml; touch specs/a/two.yaml",              "specs/a",
     "a specs/a specs/a/one.yaml specs/a/two.yaml; "                                                                                                          },
    {"mkdir -p specs/a; echo 'system: abc' >specs/a/one.yaml",                                    "specs/a",
     "one specs/a/one specs/a/one.yaml; "                                                                                                                     },
    {"mkdir -p specs/kinds specs/blueprints specs/a; touch specs/kinds/x.yaml "
     "specs/blueprints/y.yaml specs/a.yaml",                                                 "specs",        "a specs/a specs/a.yaml; "                  },
    {"touch a.yaml",                                                                              "a.yaml",       "a ./a a.yaml; "                            },
    {"mkdir specs; touch specs/a.yaml",                                                           "specs/a.yaml", "a specs/a specs/a.yaml; "                  },
    {"mkdir specs",                                                                               "specs",        "no-spec"                                   },
};

START_TEST(finds_systems) {
    Arena a = {0};
    Diags d = {.arena = &a};
    SpecPath *systems;
    size_t count = 0;
    begin(rows[_i].files);
    Buf b = {.arena = &a};
    if (spec_find(&a, &d, rows[_i].path, &systems, &count))
        for (size_t i = 0; i < count; i++) {
            buf_fmt(&b, "%.*s %.*s", SFMT(systems[i].name), SFMT(systems[i].dir));
            for (size_t j = 0; j < systems[i].count; j++)
                buf_fmt(&b, " %.*s", SFMT(systems[i].files[j]));
            buf_put(&b, S("; "));
        }
    else
        buf_fmt(&b, "%s", d.first->id);
    ck_str(buf_str(&b), rows[_i].found);
    buf_free(&b);
    finish(&a);
}
END_TEST

static Node *parse(Arena *a, Diags *d, const char *text) {
    Source *src = arena_new(a, Source, 1);
    *src = (Source){.path = S("test.yaml"), .text = str_from(text)};
    return yaml_read(a, d, src, YAML_DATA);
}

static const struct {
    const char *weak, *strong, *merged;
} merges[] = {
    {"{a: 1, b: 2}",      "{b: 3, c: 4}", "{\"a\":1,\"b\":3,\"c\":4}"},
    {"{a: {x: 1, y: 2}}", "{a: {y: 3}}",  "{\"a\":{\"x\":1,\"y\":3}}"},
    {"{a: [1, 2]}",       "{a: [3]}",     "{\"a\":[3]}"              },
    {"{a: 1, b: 2}",      "{a: null}",    "{\"b\":2}"                },
    {"{a: 1}",            "{b: null}",    "{\"a\":1}"                },
    {"{a: {x: 1}}",       "{a: 5}",       "{\"a\":5}"                },
    {"{a: 5}",            "{a: {x: 1}}",  "{\"a\":{\"x\":1}}"        },
};

START_TEST(merges_by_strength) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Buf b = {0};
    json_print(&b, spec_merge(&a, parse(&a, &d, merges[_i].weak), parse(&a, &d, merges[_i].strong)),
               0, false);
    ck_str(buf_str(&b), merges[_i].merged);
    buf_free(&b);
    arena_free(&a);
}
END_TEST

static const struct {
    const char *one, *two, *id; // NULL: joined
} parts[] = {
    {"system: s\nqueues: {a: {}}", "queues: {b: {}}", NULL           },
    {"system: s\nqueues: {a: {}}", "queues: {a: {}}", "duplicate-key"},
    {"system: s",                  "system: s",       "duplicate-key"},
    {"system: s",                  "- a",             "wrong-type"   },
    {"system: s",                  "",                "empty-file"   },
    {"queues: {}",                 "topics: {}",      "missing-key"  },
    {"system: t",                  "queues: {}",      "system-name"  },
};

START_TEST(joins_parts) {
    Arena a = {0};
    Diags d = {.arena = &a};
    SpecPath *systems;
    size_t count;
    char command[300];
    snprintf(command, sizeof command,
             "mkdir s; echo '%s' >s/1.yaml; echo '%s' >s/2.yaml; mkdir specs; mv s specs",
             parts[_i].one, parts[_i].two);
    begin(command);
    ck_assert(spec_find(&a, &d, "specs", &systems, &count));
    Node *root = spec_read(&a, &d, &systems[0]);
    ck_assert_int_eq(root != NULL, parts[_i].id == NULL);
    if (parts[_i].id)
        ck_assert_str_eq(d.first->id, parts[_i].id);
    else
        ck_assert_uint_eq(node_get(root, S("queues"))->count, 2);
    finish(&a);
}
END_TEST

START_TEST(environments_change_what_there_is) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Str *names;
    Node *root = parse(
        &a, &d,
        "system: s\nregion: r1\nqueues: {a: {size: 1, keep: 2}, b: {}}\nenvironments:\n"
        "  one: {approval: required, region: r2, queues: {a: {size: 5}, b: null}}\n  two: {}\n");
    ck_assert_uint_eq(spec_envs(&a, root, &names), 2);
    ck_str(names[0], "one");
    const Node *one = spec_env(&a, &d, root, S("one")), *two = spec_env(&a, &d, root, S("two"));
    ck_str(node_get_str(one, S("region")), "r2");
    ck_str(node_get_str(node_get(node_get(one, S("queues")), S("a")), S("size")), "5");
    ck_str(node_get_str(node_get(node_get(one, S("queues")), S("a")), S("keep")), "2");
    ck_assert_ptr_null(node_get(node_get(one, S("queues")), S("b")));
    ck_str(node_get_str(two, S("region")), "r1");
    ck_assert_ptr_eq(spec_env(&a, &d, root, S("")), root);
    ck_assert_uint_eq(d.errors, 0);
    root = parse(&a, &d, "system: s\nenvironments: {one: {system: t}}\n");
    spec_env(&a, &d, root, S("one"));
    ck_assert_str_eq(d.first->id, "unknown-key");
    d = (Diags){.arena = &a};
    root = parse(&a, &d, "system: s\nenvironments: {one: {approval: true}}\n");
    spec_env(&a, &d, root, S("one")); // nobody would be asked
    ck_assert_str_eq(d.first->id, "unknown-value");
    arena_free(&a);
}
END_TEST

UNIT({finds_systems, COUNT(rows)}, {merges_by_strength, COUNT(merges)}, {joins_parts, COUNT(parts)},
     {environments_change_what_there_is})
