// hands.c - a step's work on many things, on two cores.
#include "hands.h"

#include "crew.h"

#include <pthread.h>
#include <string.h>

enum { // with fewer, starting a thread takes longer than it saves
    WORTH_A_THREAD = 8,
    RESOURCES_WORTH_A_THREAD = 500 // to look at
};

typedef struct Hand {
    Unit unit;
    Arena arena, scratch;
    Kinds kinds;
    bool asked;
} Hand;

typedef struct Hands {
    Unit *unit;
    HandsWork *work;
    void *ctx;
    Diags *said;          // about each thing
    pthread_mutex_t lock; // who says what may be ignored knows of one hand only
    Hand list[CREW_HANDS];
} Hands;

static bool may_ignore(void *ctx, const char *id) {
    Hands *h = ctx;
    const Diags *all = h->unit->diags;
    pthread_mutex_lock(&h->lock);
    bool may = all->may_ignore && all->may_ignore(all->ignore_ctx, id);
    pthread_mutex_unlock(&h->lock);
    return may;
}

static void run(void *ctx, size_t i, int number) {
    Hands *h = ctx;
    Hand *hand = &h->list[number];
    h->said[i] = (Diags){.arena = hand->unit.arena, .may_ignore = may_ignore, .ignore_ctx = h};
    hand->unit.diags = hand->kinds.diags = &h->said[i];
    h->work(&hand->unit, h->ctx, i);
}

static bool hand_over(void *ctx, size_t i) {
    Hands *h = ctx;
    diags_give(&h->said[i], h->unit->diags);
    return true;
}

// The first one is the caller's own, which goes on in the unit's arena.
static void begin(Hand *hand, const Unit *u, bool is_first) {
    Arena *arena = is_first ? u->arena : &hand->arena;
    hand->arena.large = u->arena->large;
    hand->kinds = kinds_beside(u->kinds, arena, u->diags);
    hand->unit = *u;
    hand->unit.arena = arena;
    hand->unit.scratch = &hand->scratch;
    hand->unit.kinds = &hand->kinds;
    hand->unit.asked = &hand->asked;
    memset(hand->unit.derived, 0, sizeof hand->unit.derived); // whoever made them asked unseen
}

static void end(Hand *hand, Unit *u) {
    if (hand->asked && u->asked)
        *u->asked = true;
    u->apart = u->apart || hand->unit.apart;
    u->heeds_items = u->heeds_items || hand->unit.heeds_items;
    arena_give(&hand->arena, u->arena);
    arena_free(&hand->scratch);
}

static void share(Unit *u, size_t count, HandsWork *work, void *ctx) {
    Hands *h = arena_new(u->arena, Hands, 1);
    *h = (Hands){.unit = u, .work = work, .ctx = ctx, .said = arena_new(u->arena, Diags, count)};
    Crew crew = {.count = count,
                 .ahead = count,
                 .run = run,
                 .hand_over = hand_over,
                 .ctx = h,
                 .arena = u->arena};
    crew_begin(&crew);
    pthread_mutex_init(&h->lock, NULL);
    for (size_t i = 0; i < CREW_HANDS; i++) {
        begin(&h->list[i], u, i == 0);
        crew_guard(&crew, &h->list[i].arena);
        crew_guard(&crew, &h->list[i].scratch);
    }
    crew_run(&crew);
    crew_end(&crew);
    pthread_mutex_destroy(&h->lock);
    for (size_t i = 0; i < CREW_HANDS; i++)
        end(&h->list[i], u);
}

void hands_do(Unit *u, size_t count, HandsWork *work, void *ctx) {
    if (count >= WORTH_A_THREAD) {
        share(u, count, work, ctx);
        return;
    }
    for (size_t i = 0; i < count; i++)
        work(u, ctx, i);
}

static void do_step(Unit *u, void *steps, size_t i) {
    ((HandsStep *const *)steps)[i](u);
}

void hands_steps(Unit *u, HandsStep *const *steps, size_t count) {
    if (u->count >= RESOURCES_WORTH_A_THREAD) {
        share(u, count, do_step, (void *)steps);
        return;
    }
    for (size_t i = 0; i < count; i++)
        steps[i](u);
}
