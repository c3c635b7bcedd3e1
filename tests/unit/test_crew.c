#include "../../compiler/crew.h"
#include "unit.h"

enum { AHEAD = 3 };

typedef struct Work {
    size_t pieces[AHEAD]; // of piece i: its number + 1 until it is handed over
    size_t handed, stop_at, no_memory_at;
    Arena of_hand[CREW_HANDS];
} Work;

static void do_piece(void *ctx, size_t piece, int hand) {
    Work *w = ctx;
    if (piece == w->no_memory_at)
        arena_alloc(&w->of_hand[hand], 2, SIZE_MAX);
    ck_assert_uint_eq(w->pieces[piece % AHEAD], 0); // whoever was here has been handed over
    for (size_t i = 0; i < 100 * (piece % 7); i++)  // some take longer than others
        arena_alloc(&w->of_hand[hand], 8, 1);
    arena_reset(&w->of_hand[hand]);
    w->pieces[piece % AHEAD] = piece + 1;
}

static bool hand_over(void *ctx, size_t piece) {
    Work *w = ctx;
    ck_assert_uint_eq(piece, w->handed);
    ck_assert_uint_eq(w->pieces[piece % AHEAD], piece + 1);
    w->pieces[piece % AHEAD] = 0;
    w->handed++;
    return piece != w->stop_at;
}

static bool run(Work *w, size_t count, bool alone) {
    Arena a = {0};
    Crew c = {.count = count,
              .ahead = AHEAD,
              .alone = alone,
              .run = do_piece,
              .hand_over = hand_over,
              .ctx = w,
              .arena = &a};
    crew_begin(&c);
    for (size_t i = 0; i < CREW_HANDS; i++)
        crew_guard(&c, &w->of_hand[i]);
    bool ok = crew_run(&c);
    crew_end(&c);
    for (size_t i = 0; i < CREW_HANDS; i++)
        arena_free(&w->of_hand[i]);
    arena_free(&a);
    return ok;
}

static const struct {
    size_t count, stop_at, handed;
    bool alone;
} rows[] = {
    {0,   1000, 0,   false},
    {1,   1000, 1,   false},
    {2,   1000, 2,   true },
    {100, 1000, 100, true },
    {100, 1000, 100, false},
    {100, 99,   100, false},
    {100, 17,   18,  false},
    {100, 0,    1,   true },
};

START_TEST(pieces_are_handed_over_in_order) {
    for (int i = 0; i < 20; i++) {
        Work w = {.stop_at = rows[_i].stop_at, .no_memory_at = 1000};
        ck_assert(run(&w, rows[_i].count, rows[_i].alone) == (rows[_i].handed <= rows[_i].stop_at));
        ck_assert_uint_eq(w.handed, rows[_i].handed);
    }
}
END_TEST

// Whichever hand has none.
START_TEST(no_memory) {
    Work w = {.stop_at = 1000, .no_memory_at = 5};
    run(&w, 100, _i == 0);
}
END_TEST

UNIT({pieces_are_handed_over_in_order, COUNT(rows)}, {no_memory, 0, 4})
