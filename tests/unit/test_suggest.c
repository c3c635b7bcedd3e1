// test_suggest.c - "did you mean": what was meant, and silence where that cannot be known.
#include "unit.h"

#include "../../compiler/diag.h"
#include "../../compiler/kind.h"

static const Str names[] = {
    {"visibility",         10},
    {"retention",          9 },
    {"dead-letter",        11},
    {"fifo",               4 },
    {"visibility-timeout", 18},
    {"max-size",           8 },
    {"min-size",           8 },
};

static const struct {
    const char *wrong, *meant; // NULL: nothing
} rows[] = {
    {"visibilty",               "visibility"        },
    {"Visibility",              "visibility"        },
    {"retnetion",               "retention"         },
    {"deadLetter",              "dead-letter"       },
    {"dead_letter",             "dead-letter"       },
    {"DEAD-LETTER",             "dead-letter"       },
    {"timeout-visibility",      "visibility-timeout"},
    {"fif",                     "fifo"              },
    {"ffio",                    "fifo"              },
    {"fifoo",                   "fifo"              },
    {"letter-dead",             "dead-letter"       },
    {"m-size",                  NULL                },
    {"colour",                  NULL                },
    {"",                        NULL                },
    {"x",                       NULL                },
    {"retention-of-everything", NULL                },
    {"fifo",                    NULL                }, // another mistake than its name
};

START_TEST(knows_what_was_meant) {
    ptrdiff_t best = suggest_best(str_from(rows[_i].wrong), names, COUNT(names));
    if (rows[_i].meant)
        ck_assert_msg(best >= 0, "nothing for `%s`", rows[_i].wrong);
    if (best >= 0) {
        ck_assert_msg(rows[_i].meant != NULL, "`%.*s` for `%s`", SFMT(names[best]), rows[_i].wrong);
        ck_str(names[best], rows[_i].meant);
    }
}
END_TEST

typedef struct Score {
    size_t right, wrong, none;
} Score;

static void judge(Score *score, Str typo, Str name, const Str *all, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(all[i], typo))
            return; // another name
    ptrdiff_t best = suggest_best(typo, all, count);
    if (best < 0)
        score->none++;
    else if (str_eq(all[best], name))
        score->right++;
    else
        score->wrong++;
}

// Every deletion, swap, substitution and insertion of one character.
static void mistype(Arena *a, Score *score, Str name, const Str *all, size_t count) {
    char *typo = arena_new(a, char, name.len + 2);
    for (size_t i = 0; i <= name.len; i++) {
        memcpy(typo, name.ptr, i);
        if (i < name.len) {
            memcpy(typo + i, name.ptr + i + 1, name.len - i - 1);
            judge(score, (Str){typo, name.len - 1}, name, all, count);
            memcpy(typo, name.ptr, name.len);
            typo[i] = 'q';
            judge(score, (Str){typo, name.len}, name, all, count);
        }
        if (i + 1 < name.len && name.ptr[i] != name.ptr[i + 1]) {
            memcpy(typo, name.ptr, name.len);
            typo[i] = name.ptr[i + 1];
            typo[i + 1] = name.ptr[i];
            judge(score, (Str){typo, name.len}, name, all, count);
        }
        memcpy(typo, name.ptr, i);
        typo[i] = 'q';
        memcpy(typo + i + 1, name.ptr + i, name.len - i);
        judge(score, (Str){typo, name.len + 1}, name, all, count);
    }
}

static size_t field_names(const Kind *kind, Str *all, size_t room) {
    size_t count = 0;
    for (size_t i = 0; i < kind->shape.count && count < room; i++)
        if (!kind->shape.fields[i].derived)
            all[count++] = kind->shape.fields[i].name;
    return count;
}

START_TEST(finds_nineteen_of_twenty_typos) {
    Arena a = {0};
    Diags d = {.arena = &a};
    Kinds kinds = {.arena = &a, .diags = &d};
    Score score = {0};
    Str *kind_list, all[200];
    size_t kind_count = kind_names(&kinds, &kind_list);
    for (size_t i = 0; i < kind_count; i++) {
        size_t count = field_names(kind_find(&kinds, kind_list[i]), all, COUNT(all));
        for (size_t j = 0; j < count; j++)
            if (all[j].len > 2)
                mistype(&a, &score, all[j], all, count);
    }
    size_t total = score.right + score.wrong + score.none;
    ck_assert_msg(score.right * 100 >= total * 95, "%zu of %zu right, %zu wrong", score.right,
                  total, score.wrong);
    arena_free(&a);
}
END_TEST

// Words of another sort, made from syllables: hardly any of them is like a key.
START_TEST(leaves_other_words_alone) {
    static const char *const syllables[] = {"ba", "co", "di", "fu", "ge", "ha", "ji",
                                            "ko", "lu", "me", "no", "pa", "ra", "so",
                                            "tu", "vo", "wi", "xe", "yo", "za"};
    Arena a = {0};
    Diags d = {.arena = &a};
    Kinds kinds = {.arena = &a, .diags = &d};
    Str all[200];
    size_t count = field_names(kind_find(&kinds, S("function")), all, COUNT(all)), found = 0;
    for (unsigned i = 0; i < 5000; i++) {
        unsigned n = i * 2654435761u;
        Str word = str_fmt(&a, "%s%s%s%s", syllables[n % 20], syllables[n / 20 % 20],
                           syllables[n / 400 % 20], i % 2 ? syllables[n / 8000 % 20] : "");
        found += suggest_best(word, all, count) >= 0;
    }
    ck_assert_uint_le(found, 250);
    arena_free(&a);
}
END_TEST

UNIT({knows_what_was_meant, COUNT(rows)}, {finds_nineteen_of_twenty_typos},
     {leaves_other_words_alone})
