// test_did_you_mean.c - how often a mistyped key is recognised, over every key of every kind.
#include "unit.h"

#include "../../compiler/kind.h"

typedef struct Tally {
    size_t tried, right;
} Tally;

static void try_typo(Tally *t, const Str *names, size_t count, size_t meant, Str typo) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(names[i], typo))
            return; // it is another key
    t->tried++;
    t->right += suggest_best(typo, names, count) == (ptrdiff_t)meant;
}

// One letter left out, doubled, exchanged with the next one, or another one.
static void try_all(Tally *t, const Str *names, size_t count, size_t meant) {
    Str name = names[meant];
    char typo[128];
    for (size_t i = 0; i < name.len && name.len < 100; i++) {
        memcpy(typo, name.ptr, i);
        memcpy(typo + i, name.ptr + i + 1, name.len - i - 1);
        try_typo(t, names, count, meant, (Str){typo, name.len - 1});
        memcpy(typo + i, name.ptr + i - 0, name.len - i);
        typo[i] = name.ptr[i] == 'x' ? 'q' : 'x';
        try_typo(t, names, count, meant, (Str){typo, name.len});
        memcpy(typo, name.ptr, i + 1);
        memcpy(typo + i + 1, name.ptr + i, name.len - i);
        try_typo(t, names, count, meant, (Str){typo, name.len + 1});
        if (i + 1 == name.len)
            continue;
        memcpy(typo, name.ptr, name.len);
        typo[i] = name.ptr[i + 1];
        typo[i + 1] = name.ptr[i];
        try_typo(t, names, count, meant, (Str){typo, name.len});
    }
}

static size_t names_of(const Kind *kind, Str *names) {
    size_t count = 0;
    for (size_t i = 0; i < kind->shape.count; i++)
        if (!kind->shape.fields[i].derived)
            names[count++] = kind->shape.fields[i].name;
    return count;
}

static Kinds open_kinds(Arena *a, Diags *d) {
    *d = (Diags){.arena = a};
    static const char *const none[] = {NULL};
    return (Kinds){.arena = a, .diags = d, .dirs = none};
}

// Names of three letters are left out: a slip makes them as near to others.
START_TEST(most_slips_are_recognised) {
    Arena a = {0};
    Diags d;
    Kinds kinds = open_kinds(&a, &d);
    Str *all, names[128];
    Tally t = {0};
    size_t count = kind_names(&kinds, &all);
    for (size_t i = 0; i < count; i++) {
        const Kind *kind = kind_find(&kinds, all[i]);
        size_t fields = names_of(kind, names);
        for (size_t j = 0; j < fields; j++)
            if (names[j].len > 3)
                try_all(&t, names, fields, j);
    }
    ck_assert_uint_gt(t.tried, 5000);
    if (t.right * 100 < t.tried * 95)
        ck_abort_msg("%zu of %zu", t.right, t.tried);
    arena_free(&a);
}
END_TEST

START_TEST(other_words_are_not_taken_for_slips) {
    Arena a = {0};
    Diags d;
    Kinds kinds = open_kinds(&a, &d);
    Str names[128];
    size_t fields = names_of(kind_find(&kinds, S("function")), names), taken = 0;
    uint32_t state = 1;
    for (int i = 0; i < 5000; i++) {
        char word[16];
        state = state * 1664525 + 1013904223;
        size_t len = 4 + (state >> 8) % 9;
        for (size_t j = 0; j < len; j++) {
            state = state * 1664525 + 1013904223;
            word[j] = "etaoinshrdlucmfwypvbgk"[(state >> 8) % 22];
        }
        taken += suggest_best((Str){word, len}, names, fields) >= 0;
    }
    ck_assert_uint_le(taken, 250);
    arena_free(&a);
}
END_TEST

UNIT({most_slips_are_recognised}, {other_words_are_not_taken_for_slips})
