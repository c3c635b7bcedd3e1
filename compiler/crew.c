// crew.c - pieces of work, done on two cores and handed over in their order. The caller's thread
// hands over what is next as soon as it is done, and until then does pieces itself.
#include "crew.h"

#include <pthread.h>

typedef struct CrewState {
    Arena *arena;
    pthread_t caller;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    // Under the lock:
    bool *done; // of piece i at i % ahead
    size_t next, handed;
    bool stop, ended;
    bool no_memory; // the other hand has none, and waits for the process to end
} CrewState;

// What was begun can be undone on the caller's thread only: it may be in the middle of it.
static void on_oom(void *arg) {
    CrewState *s = arg;
    if (pthread_equal(pthread_self(), s->caller)) {
        if (s->arena->on_oom)
            s->arena->on_oom(s->arena->oom_arg);
        return;
    }
    pthread_mutex_lock(&s->lock);
    s->no_memory = true;
    pthread_cond_signal(&s->changed);
    for (;;)
        pthread_cond_wait(&s->changed, &s->lock);
}

void crew_begin(Crew *c) {
    CrewState *s = c->state = arena_new(c->arena, CrewState, 1);
    s->arena = c->arena;
    s->done = arena_new(c->arena, bool, c->ahead);
    s->caller = pthread_self();
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
}

void crew_guard(Crew *c, Arena *a) {
    a->on_oom = on_oom;
    a->oom_arg = c->state;
}

void crew_end(Crew *c) {
    pthread_mutex_destroy(&c->state->lock);
    pthread_cond_destroy(&c->state->changed);
}

static bool has_piece(const Crew *c) {
    const CrewState *s = c->state;
    return !s->stop && s->next < c->count && s->next < s->handed + c->ahead;
}

// With the lock, which is given away meanwhile.
static void do_piece(Crew *c, int hand) {
    CrewState *s = c->state;
    size_t piece = s->next++;
    pthread_mutex_unlock(&s->lock);
    c->run(c->ctx, piece, hand);
    pthread_mutex_lock(&s->lock);
    s->done[piece % c->ahead] = true;
    pthread_cond_signal(&s->changed);
}

static void *work_beside(void *arg) {
    Crew *c = arg;
    CrewState *s = c->state;
    pthread_mutex_lock(&s->lock);
    while (!s->stop && s->next < c->count) {
        if (has_piece(c))
            do_piece(c, 1);
        else
            pthread_cond_wait(&s->changed, &s->lock);
    }
    s->ended = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

// With the lock, until the piece is done.
static void see_to(Crew *c, size_t piece) {
    CrewState *s = c->state;
    while (!s->done[piece % c->ahead]) {
        if (s->no_memory)
            out_of_memory(s->arena);
        if (has_piece(c))
            do_piece(c, 0);
        else
            pthread_cond_wait(&s->changed, &s->lock);
    }
    s->done[piece % c->ahead] = false;
}

// True: it is handed over, and there may be another one.
static bool pass(Crew *c, size_t piece) {
    CrewState *s = c->state;
    pthread_mutex_lock(&s->lock);
    see_to(c, piece);
    pthread_mutex_unlock(&s->lock);
    bool ok = c->hand_over(c->ctx, piece);
    pthread_mutex_lock(&s->lock);
    s->handed = piece + 1;
    s->stop = !ok;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
    return ok;
}

static void await_other(CrewState *s, pthread_t other) {
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_cond_signal(&s->changed);
    while (!s->ended && !s->no_memory)
        pthread_cond_wait(&s->changed, &s->lock);
    if (s->no_memory)
        out_of_memory(s->arena);
    pthread_mutex_unlock(&s->lock);
    pthread_join(other, NULL);
}

bool crew_run(Crew *c) {
    pthread_t other;
    bool ok = true, beside = !c->alone && pthread_create(&other, NULL, work_beside, c) == 0;
    for (size_t i = 0; i < c->count && ok; i++)
        ok = pass(c, i);
    if (beside)
        await_other(c->state, other);
    return ok;
}
