// test_rules.c - the documentation of errors is true: every wrong example has exactly the mistake
// that it is for, every right one has none. That each id has an entry is tested by tests/rules.sh.
#include "unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../compiler/compile.h"
#include "../../compiler/rules.h"

static void write_file(const char *dir, Str path, Str text) {
    char name[1000];
    snprintf(name, sizeof name, "%s/%.*s", dir, SFMT(path));
    for (char *slash = strchr(name + strlen(dir) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(name, 0777);
        *slash = '/';
    }
    FILE *f = fopen(name, "w");
    ck_assert_ptr_nonnull(f);
    fwrite(text.ptr, 1, text.len, f);
    fclose(f);
}

// Compiles the example in a folder of its own. The diagnostics are in `d`.
static void compile_example(Arena *a, Diags *d, const Node *example) {
    char dir[] = "/tmp/wgen-rules-XXXXXX", command[64];
    ck_assert_ptr_nonnull(mkdtemp(dir));
    if (node_is_scalar(example))
        write_file(dir, S("demo.yaml"), example->text);
    for (uint32_t i = 0; node_is_map(example) && i < example->count; i++)
        write_file(dir, example->entries[i].key->text, node_str(example->entries[i].value));
    SpecPath *paths;
    size_t count;
    ck_assert(spec_find(a, d, str_fmt(a, "%s/demo.yaml", dir).ptr, &paths, &count));
    Compilation c = {.arena = a, .diags = d, .path = paths[0]};
    if (compile_check(&c))
        compile_emit(&c, (Receiver){0});
    compile_free(&c);
    diags_sort(d);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(examples_are_true) {
    Arena a = {0};
    Diags loading = {.arena = &a}, bad = {.arena = &a}, good = {.arena = &a};
    Kinds kinds = {.arena = &a, .diags = &loading};
    Str *ids;
    rule_ids(&a, &ids);
    const Rule *rule = rule_find(&kinds, ids[_i]);
    ck_assert_ptr_nonnull(rule);
    ck_assert_uint_eq(loading.errors, 0);
    ck_assert_msg(rule->what.len && rule->family.len, "%.*s: no what or no family", SFMT(ids[_i]));
    ck_assert_msg(rule->example.len || (rule->bad && rule->good), "%.*s: no example",
                  SFMT(ids[_i]));
    if (rule->bad) {
        compile_example(&a, &bad, rule->bad);
        ck_assert_msg(bad.first != NULL, "%.*s: nothing is wrong with its wrong example",
                      SFMT(ids[_i]));
    }
    for (const Diag *diag = bad.first; diag; diag = diag->next)
        ck_assert_msg(str_eq(str_from(diag->id), ids[_i]), "%.*s: its wrong example is %s: %.*s",
                      SFMT(ids[_i]), diag->id, SFMT(diag->message));
    if (rule->good)
        compile_example(&a, &good, rule->good);
    if (good.first)
        ck_abort_msg("%.*s: its right example is %s: %.*s", SFMT(ids[_i]), good.first->id,
                     SFMT(good.first->message));
    arena_free(&a);
}
END_TEST

static int count_rules(void) {
    Arena a = {0};
    Str *ids;
    int count = (int)rule_ids(&a, &ids);
    arena_free(&a);
    return count;
}

UNIT({examples_are_true, count_rules()})
