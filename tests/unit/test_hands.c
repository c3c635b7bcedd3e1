// test_hands.c - what many hands make stays, and what they say is said in order.
#include "unit.h"

#include "../../compiler/hands.h"

enum { THINGS = 300 };

static bool may_ignore(void *ctx, const char *id) {
    *(size_t *)ctx += 1;
    return str_eq(str_from(id), S("known"));
}

// Every third thing is spoken of, and every second has a text made of it.
static void work(Unit *u, void *ctx, size_t i) {
    Str *texts = ctx;
    static const Source src = {
        .path = {"a.yaml",                                6 },
          .text = {"x # wgen: ignore[known] it is right\n", 36}
    };
    if (i % 2)
        texts[i] = str_fmt(u->arena, "thing %zu", i);
    str_fmt(u->scratch, "%zu is needed no longer", i);
    if (i % 3 == 0)
        diag_warn(u->diags, (Loc){&src, 1, 1, 1}, i % 2 ? "known" : "new", "%zu", i);
    if (i == THINGS - 1)
        unit_items(u, AXIS_USER);
}

static void try(size_t count, bool asks) {
    Arena a = {0}, scratch = {0};
    size_t times = 0, said = 0;
    Diags diags = {.arena = &a, .may_ignore = may_ignore, .ignore_ctx = &times};
    Kinds kinds = {.arena = &a, .diags = &diags};
    bool asked = false;
    Unit u = {.arena = &a, .scratch = &scratch, .diags = &diags, .kinds = &kinds, .asked = &asked};
    Str texts[THINGS] = {0};
    hands_do(&u, count, work, texts);
    ck_assert_int_eq(asked, asks);
    for (size_t i = 0; i < count; i++)
        ck_str(texts[i], i % 2 ? str_fmt(&a, "thing %zu", i).ptr : "");
    for (const Diag *d = diags.first; d; d = d->next, said++) {
        ck_str(d->message, str_fmt(&a, "%zu", 3 * said).ptr);
        ck_assert_uint_eq(d->order, said);
        ck_assert_int_eq(d->suppressed, 3 * said % 2);
    }
    ck_assert_uint_eq(said, (count + 2) / 3);
    ck_assert_uint_eq(times, said);
    ck_assert_uint_eq(diags.warnings, (said + 1) / 2);
    arena_free(&scratch);
    arena_free(&a);
}

START_TEST(many_things_are_as_one_after_the_other) {
    try(0, false);
    try(1, false);
    try(5, false);
    try(THINGS - 1, false);
    try(THINGS, true);
}
END_TEST

START_TEST(an_arena_takes_what_another_made) {
    Arena from = {0}, to = {0};
    arena_give(&from, &to);
    ck_assert_uint_eq(to.size, 0);
    Str first = str_fmt(&from, "kept");
    arena_alloc(&from, 1, 100000); // another chunk
    arena_give(&from, &to);
    Str own = str_fmt(&to, "own"), later = str_fmt(&from, "later");
    ck_str(first, "kept");
    arena_give(&from, &to);
    ck_assert_uint_eq(from.size, 0);
    ck_str(own, "own");
    ck_str(later, "later");
    arena_free(&to);
}
END_TEST

UNIT({many_things_are_as_one_after_the_other}, {an_arena_takes_what_another_made})
