// test_pattern.c - what a pattern says of all names is so: no two of them are one, of items and
// patterns at random. And it does say so of those that people write.
#include "unit.h"

#include "../../compiler/pattern.h"

enum { ITEMS = 6, ROUNDS = 30000 };

typedef struct World {
    Arena arena;
    uint32_t state;
    Item items[ITEMS];
    ItemTexts projects, users;
} World;

static uint32_t pick(World *w, uint32_t below) {
    w->state = w->state * 1664525 + 1013904223;
    return (w->state >> 8) % below;
}

static Str text_of(World *w, const char *letters, uint32_t least, uint32_t most) {
    Buf b = {0};
    for (uint32_t left = least + pick(w, most - least + 1); left; left--)
        buf_char(&b, letters[pick(w, (uint32_t)strlen(letters))]);
    Str text = buf_keep(&b, &w->arena);
    buf_free(&b);
    return text;
}

static void note(ItemTexts *texts, Str s) {
    for (size_t i = 0; i < s.len; i++) {
        texts->dashes = texts->dashes || s.ptr[i] == '-';
        texts->underscores = texts->underscores || s.ptr[i] == '_';
        texts->capitals = texts->capitals || (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z');
    }
    texts->shortest = texts->longest && texts->shortest < s.len ? texts->shortest : s.len;
    texts->longest = texts->longest > s.len ? texts->longest : s.len;
}

static void make_items(World *w) {
    static const char *const letters[] = {"ab", "ab-", "ab_", "abA", "a-_A"};
    const char *of = letters[pick(w, COUNT(letters))];
    w->projects = w->users = (ItemTexts){0};
    for (size_t i = 0; i < ITEMS; i++) {
        Item *item = &w->items[i];
        *item = (Item){.project = text_of(w, of, 1, 2), .user = text_of(w, of, 1, 2)};
        note(&w->projects, item->project);
        note(&w->users, item->user);
        for (size_t j = 0; j < i; j++)
            w->users.twins = w->users.twins || item_cmp(&w->items[j], item) == 0;
    }
}

static Stencil pattern(World *w) {
    static const char *const slots[] = {"project", "user", "project", "user", "key", "user.age"};
    Stencil s = {.text = {.arena = &w->arena}, .arena = &w->arena};
    buf_put(&s.text, text_of(w, "ab-", 0, 2));
    for (uint32_t left = 1 + pick(w, 3); left; left--) {
        stencil_slot(&s, str_from(slots[pick(w, 40) ? pick(w, 5) : 5]));
        buf_put(&s.text, text_of(w, "a-_.", 0, 2));
    }
    return s;
}

static bool is_same(Str a, Str b, bool caseless) {
    for (size_t i = 0; i < a.len && a.len == b.len; i++) {
        char x = a.ptr[i], y = b.ptr[i];
        x = (char)(caseless && x >= 'A' && x <= 'Z' ? x | 0x20 : x);
        y = (char)(caseless && y >= 'A' && y <= 'Z' ? y | 0x20 : y);
        if (x != y)
            return false;
    }
    return a.len == b.len;
}

static Str name_of(World *w, const Stencil *p, const Item *item) {
    Buf b = {0};
    stencil_fill(p, &(Filling){.item = item}, &b);
    Str name = buf_keep(&b, &w->arena);
    buf_free(&b);
    return name;
}

static bool any_same(World *w, const Stencil *p, const Stencil *q, bool caseless) {
    bool same = false;
    for (size_t i = 0; i < ITEMS; i++)
        for (size_t j = p == q ? i + 1 : 0; j < ITEMS; j++)
            same =
                same || is_same(name_of(w, p, &w->items[i]), name_of(w, q, &w->items[j]), caseless);
    return same;
}

static void check_lengths(World *w, const Stencil *p) {
    size_t least, most;
    ItemsTexts texts = {&w->projects, &w->users};
    if (!pattern_lengths(p, AXIS_USER, texts, &least, &most))
        return;
    for (size_t i = 0; i < ITEMS; i++) {
        Str name = name_of(w, p, &w->items[i]);
        ck_assert(name.len >= least && name.len <= most);
    }
}

START_TEST(what_it_says_is_so) {
    World w = {.state = 7};
    size_t told = 0, apart = 0, same = 0;
    for (size_t round = 0; round < ROUNDS; round++) {
        make_items(&w);
        ItemsTexts texts = {&w.projects, &w.users};
        Stencil p = pattern(&w), q = pattern(&w);
        bool caseless = pick(&w, 3) == 0;
        if (pattern_tells_apart(&p, AXIS_USER, texts, caseless)) {
            ck_assert(!any_same(&w, &p, &p, caseless));
            told++;
        }
        if (forms_are_apart(pattern_form(&p), pattern_form(&q), texts, caseless)) {
            ck_assert(!any_same(&w, &p, &q, caseless));
            apart++;
        }
        same += any_same(&w, &p, &p, caseless) + any_same(&w, &p, &q, caseless);
        check_lengths(&w, &p);
        buf_free(&p.text);
        buf_free(&q.text);
        arena_reset(&w.arena);
    }
    ck_assert(told > ROUNDS / 20 && apart > ROUNDS / 20 && same > ROUNDS / 20);
    arena_free(&w.arena);
}
END_TEST

static Stencil pattern_from(Arena *a, const char *text) { // P is a project, U a user
    Stencil s = {.text = {.arena = a}, .arena = a};
    for (; *text; text++) {
        if (*text == 'P' || *text == 'U')
            stencil_slot(&s, *text == 'P' ? S("project") : S("user"));
        else
            buf_char(&s.text, *text);
    }
    return s;
}

static const struct {
    const char *p, *q;
    bool dashes, tells, apart;
} rows[] = {
    {"s-input-P-U.fifo", "s-input-dead-letter-P-U.fifo", false, true,  true },
    {"s-input-P-U.fifo", "s-input-dead-letter-P-U.fifo", true,  false, false},
    {"s-in-P-U",         "s-out-P-U",                    true,  false, true },
    {"s-P-U-in",         "s-P-U-out",                    true,  false, true },
    {"s-P.U",            "s-P-U",                        true,  true,  true },
    {"s-PU",             "s-P-U",                        false, false, true },
    {"s-P",              "s-P-U",                        false, false, true },
    {"s-P-U",            "s-U-P",                        false, true,  false},
};

START_TEST(of_what_people_write) {
    Arena a = {0};
    ItemTexts of = {.dashes = rows[_i].dashes, .shortest = 1, .longest = 9};
    ItemsTexts texts = {&of, &of};
    Stencil p = pattern_from(&a, rows[_i].p), q = pattern_from(&a, rows[_i].q);
    ck_assert(pattern_tells_apart(&p, AXIS_USER, texts, false) == rows[_i].tells);
    ck_assert(forms_are_apart(pattern_form(&p), pattern_form(&q), texts, false) == rows[_i].apart);
    buf_free(&p.text);
    buf_free(&q.text);
    arena_free(&a);
}
END_TEST

UNIT({what_it_says_is_so}, {of_what_people_write, COUNT(rows)})
