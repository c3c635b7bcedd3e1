// test_copies.c - files that are copies say what they would if each workflow had been compiled by
// itself.
#include "unit.h"

#include <stdio.h>

#include "../../compiler/compile.h"
#include "../../compiler/copy.h"

typedef struct Built {
    Arena arena;
    Diags diags;
    Compilation c;
    Outbox all; // in the order of paths
} Built;

static bool take(void *ctx, const Outbox *box) {
    Built *b = ctx;
    for (size_t i = 0; i < box->count; i++) {
        Str path = str_fmt(&b->arena, "%s%.*s", box->own ? "own/" : "", SFMT(box->files[i]->path));
        buf_put(outbox_add(&b->all, path), buf_str(&box->files[i]->text));
    }
    return true;
}

static int by_path(const void *a, const void *b) {
    return str_cmp((*(OutFile *const *)a)->path, (*(OutFile *const *)b)->path);
}

static void build(Built *b, const char *path, bool apart) {
    SpecPath *systems;
    size_t count;
    *b = (Built){0};
    b->diags.arena = b->all.arena = &b->arena;
    ck_assert(spec_find(&b->arena, &b->diags, path, &systems, &count));
    b->c =
        (Compilation){.arena = &b->arena, .diags = &b->diags, .path = systems[0], .apart = apart};
    if (compile_check(&b->c))
        compile_emit(&b->c, (Receiver){.put = take, .ctx = b});
    if (b->all.count)
        qsort(b->all.files, b->all.count, sizeof *b->all.files, by_path);
}

static void drop(Built *b) {
    outbox_free(&b->all);
    compile_free(&b->c);
    arena_free(&b->arena);
}

// Pages for people say of a copy what it is like, and no more.
static void same_files(const Built *x, const Built *y) {
    ck_assert_uint_eq(x->all.count, y->all.count);
    for (size_t i = 0; i < x->all.count; i++) {
        ck_str(x->all.files[i]->path, arena_str((Arena *)&x->arena, y->all.files[i]->path).ptr);
        if (str_find(x->all.files[i]->path, S("/docs/")) < 0 &&
            !str_eq(buf_str(&x->all.files[i]->text), buf_str(&y->all.files[i]->text)))
            ck_abort_msg("%.*s differs", SFMT(x->all.files[i]->path));
    }
}

// How many workflows of each spec can be copies. All but two of those that are alike, unless
// something depends on how many there are, or there is something to say of them.
static const struct {
    const char *spec;
    size_t copies;
} specs[] = {
    {"all-in-one-dashboard", 0},
    {"dead-letters",         0},
    {"many",                 6},
    {"one-name",             0},
    {"plain",                3},
    {"prefixes",             3},
    {"shared-function",      3},
    {"shared-queue",         0},
    {"spoken-of",            2},
    {"taken",                0},
    {"warns",                3},
    {"warns-of-all",         0},
};

START_TEST(copies_are_what_they_stand_for) {
    Built x, y;
    char path[100];
    snprintf(path, sizeof path, "tests/unit/copies/%s.yaml", specs[_i].spec);
    build(&x, path, false);
    build(&y, path, true);
    ck_assert_uint_eq(x.c.units[0]->copy_count, specs[_i].copies);
    ck_assert_uint_eq(x.c.units[0]->stack_count, y.c.units[0]->stack_count);
    ck_assert_uint_eq(y.c.units[0]->copy_count, 0);
    ck_assert_uint_eq(x.diags.errors, y.diags.errors);
    ck_assert_uint_eq(x.diags.warnings, y.diags.warnings);
    same_files(&x, &y);
    drop(&x);
    drop(&y);
}
END_TEST

static const struct {
    const char *a, *b, *c;          // names
    const char *of_a, *of_b, *of_c; // texts; NULL: there can be none
} texts[] = {
    {"w01",  "w02",  "w17",  "w01 W01 x",         "w02 W02 x",         "w17 W17 x"        },
    {"e-1",  "e-2",  "e-9",  "e-1/E1/e_1/E_1",    "e-2/E2/e_2/E_2",    "e-9/E9/e_9/E_9"   },
    {"w01",  "w02",  "w17",  "w01, not w02: w01", "w02, not w02: w02", "w17, not w02: w17"},
    {"w01",  "w02",  "w17",  "1 of w01",          "2 of w02",          NULL               },
    {"w01",  "w02",  "w17",  "w01",               "w02 ",              NULL               },
    {"w01",  "w02",  "w17",  "",                  "",                  ""                 },
    {"ab-c", "de-f", "xy-z", "ab-cab-cAbC",       "de-fde-fDeF",       "xy-zxy-zXyZ"      },
};

START_TEST(name_in_text) {
    Arena a = {0};
    Spelled x = copy_spell(&a, str_from(texts[_i].a)), y = copy_spell(&a, str_from(texts[_i].b)),
            z = copy_spell(&a, str_from(texts[_i].c));
    Master m;
    bool ok = copy_master(&m, &a, str_from(texts[_i].of_a), str_from(texts[_i].of_b), &x, &y);
    ck_assert_int_eq(ok, texts[_i].of_c != NULL);
    if (ok)
        ck_str(copy_text(&a, str_from(texts[_i].of_a), str_from(texts[_i].of_b), &x, &y, &z),
               texts[_i].of_c);
    arena_free(&a);
}
END_TEST

UNIT({copies_are_what_they_stand_for, COUNT(specs)}, {name_in_text, COUNT(texts)})
