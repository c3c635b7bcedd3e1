// backend.c - everything that prints, and running it. Jobs are made in one order and their files
// handed over in that order, whatever thread rendered them.
#include "backend.h"

#include "emit_c.h"

#include <pthread.h>
#include <string.h>

const Backend backends[] = {
    {"cloudformation", BACKEND_STACK,    emit_cfn      },
    {"terraform",      BACKEND_STACK,    emit_hcl      },
    {"asl",            BACKEND_STACK,    emit_asl      },
    {"deploy",         BACKEND_UNIT,     emit_settings },
    {"docs",           BACKEND_UNIT,     emit_docs     },
    {"deploy",         BACKEND_SYSTEM,   emit_deploy   },
    {"handlers",       BACKEND_SYSTEM,   emit_handlers },
    {"handlers",       BACKEND_SKELETON, emit_skeletons},
};
const size_t backend_count = COUNT(backends);

typedef struct Job {
    const Backend *backend;
    Unit *unit;
    Stacks stacks;
    bool has_key, is_kept;
    Digest key, with_items; // what it is made from; the same and all items
    Outbox kept;            // its files, if they are as they would be rendered
} Job;

enum {
    WINDOW = 4,   // jobs that may be done and not handed over: what bounds the memory
    TOGETHER = 8, // stacks in one job, at most
    USUALLY = 3,
    WORTH_A_THREAD = 11 // with fewer, starting one takes longer than it saves
};

typedef struct Runner {
    const Job *jobs;
    size_t count;
    const Masters *masters;
    Outbox boxes[WINDOW]; // of job i at i % WINDOW
    Arena keep[WINDOW];   // their paths
    Spares spares[WINDOW];
    Arena scratch, brief;
    Arena found; // what the diagnostics of all jobs say
    Diags diags;
    Arena *main_arena; // whose guard undoes what was begun, on the main thread only
    pthread_t main_thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    // Under the lock:
    size_t done, taken;
    bool stop, ended;
    bool no_memory; // the worker has none, and waits for the process to end
} Runner;

static bool is_alike(const Stack *a, const Stack *b) {
    if (a->copy || b->copy)
        return a->like[0] == b->like[0];
    return a->axis != AXIS_NONE && a->axis == b->axis && a->set == b->set;
}

// The stacks from `first` on that are rendered in one go. Where one ends is in the name of a stack,
// and not in how many come before it: one stack more, and the rest are made from the same as
// before.
static Stacks run_of(Stacks all, size_t first) {
    size_t end = first + 1;
    while (end < all.count && end - first < TOGETHER && is_alike(all.list[first], all.list[end]) &&
           str_hash(all.list[end - 1]->name) % USUALLY != 0)
        end++;
    return (Stacks){all.list + first, end - first};
}

static Stacks stacks_of(const Unit *u, Shard shard) {
    if (!shard.of)
        return (Stacks){u->stacks, u->stack_count};
    Stack **mine = arena_new(u->arena, Stack *, u->stack_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < u->stack_count; i++)
        if (str_hash(u->stacks[i]->name) % shard.of == shard.number - 1)
            mine[count++] = u->stacks[i];
    return (Stacks){mine, count};
}

static const Copies *masters_of(const Masters *m, const Backend *b, const Stack *s) {
    for (size_t i = 0; s->copy && i < m->count; i++)
        if (m->list[i].emit == b->emit && m->list[i].like[0] == s->copy->like[0])
            return &m->list[i];
    return NULL;
}

static size_t jobs_of(const Backend *b, Unit *u, Shard shard, Job *jobs) {
    size_t n = 0;
    if (b->scope != BACKEND_STACK && shard.number > 1)
        return 0;
    if (b->scope != BACKEND_STACK) {
        size_t count = b->scope == BACKEND_UNIT ? u->stack_count : 0;
        if (jobs)
            *jobs = (Job){
                .backend = b, .unit = u, .stacks = {u->stacks, count}
            };
        return 1;
    }
    Stacks all = stacks_of(u, shard), run;
    for (size_t i = 0; i < all.count; i += run.count, n++) {
        run = run_of(all, i);
        if (jobs)
            jobs[n] = (Job){.backend = b, .unit = u, .stacks = run};
    }
    return n;
}

// What is made of the same, and is there, is not rendered again. What is there once for a system is
// made of no stacks, but of all resources.
static void recall(const Work *w, const UnitKey *unit, Job *jobs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Job *job = &jobs[i];
        bool is_once = job->backend->scope == BACKEND_SYSTEM;
        Str name = str_fmt(job->unit->arena, "%s %d", job->backend->name, job->backend->scope);
        job->has_key = true;
        job->with_items = key_of_stacks(unit->items, name, job->stacks);
        job->key = is_once && key_heeds_items(job->unit)
                       ? job->with_items
                       : key_of_stacks(unit->same, name, job->stacks);
        const Digest keys[] = {job->key, job->with_items};
        for (size_t j = 0; j < COUNT(keys) && !job->is_kept; j++) {
            job->kept = (Outbox){.arena = job->unit->arena, .has_key = true, .key = keys[j]};
            job->is_kept = w->recall->find(w->recall->ctx, keys[j], &job->kept);
        }
    }
}

// Jobs in the order in which their files are handed over. Counts them if `jobs` is NULL.
static size_t all_jobs(const Work *w, Job *jobs) {
    size_t n = 0;
    for (size_t i = 0; i < backend_count; i++) {
        BackendScope scope = backends[i].scope;
        bool once = scope == BACKEND_SYSTEM || scope == BACKEND_SKELETON;
        for (size_t j = 0; j < (once ? 1 : w->count); j++) {
            size_t more = jobs_of(&backends[i], w->units[j], w->shard, jobs ? jobs + n : NULL);
            if (jobs && w->recall && scope != BACKEND_SKELETON)
                recall(w, &w->keys[j], jobs + n, more);
            n += more;
        }
    }
    return n;
}

void backend_plan(Work *w) {
    if (!w->count)
        return;
    w->job_count = all_jobs(w, NULL);
    w->jobs = arena_new(w->units[0]->arena, Job, w->job_count + 1);
    all_jobs(w, w->jobs);
}

static Outbox box_for(Runner *r, size_t i, const Unit *u) {
    const Job *job = &r->jobs[i];
    BackendScope scope = job->backend->scope;
    Outbox box = {.arena = &r->keep[i % WINDOW],
                  .own = scope == BACKEND_SKELETON,
                  .spares = &r->spares[i % WINDOW]};
    bool per_env = scope == BACKEND_STACK || scope == BACKEND_UNIT;
    if (!box.own)
        box.prefix = per_env && u->env.len
                         ? str_fmt(box.arena, "%.*s/env/%.*s/", SFMT(u->system), SFMT(u->env))
                         : str_fmt(box.arena, "%.*s/", SFMT(u->system));
    return box;
}

static void run_job(Runner *r, size_t i) {
    const Job *job = &r->jobs[i];
    Outbox *box = &r->boxes[i % WINDOW];
    if (job->is_kept) {
        *box = job->kept;
        return;
    }
    const Copies *copies =
        job->stacks.count ? masters_of(r->masters, job->backend, job->stacks.list[0]) : NULL;
    Unit local = *job->unit;
    Diags diags = {.arena = &r->scratch};
    bool asked = false;
    local.arena = &r->scratch;
    local.scratch = &r->brief;
    local.diags = &diags;
    local.asked = &asked;
    memset(local.derived, 0, sizeof local.derived); // whoever made them asked unseen
    *box = box_for(r, i, &local);
    for (size_t j = 0; copies && j < job->stacks.count; j++)
        copies_put(copies, &r->scratch, job->stacks.list[j]->copy, box);
    if (!copies)
        job->backend->emit(&local, job->stacks, box);
    outbox_seal(box);
    box->has_key = job->has_key && !diags.first;
    box->key = asked || (copies && r->masters->asked) ? job->with_items : job->key;
    diags_take(&r->diags, &diags); // before the files that they point into go
    arena_reset(&r->scratch);
}

static void *work(void *arg) {
    Runner *r = arg;
    for (size_t i = 0; i < r->count; i++) {
        pthread_mutex_lock(&r->lock);
        while (i >= r->taken + WINDOW && !r->stop)
            pthread_cond_wait(&r->changed, &r->lock);
        bool stop = r->stop;
        pthread_mutex_unlock(&r->lock);
        if (stop)
            break;
        run_job(r, i);
        pthread_mutex_lock(&r->lock);
        r->done = i + 1;
        pthread_cond_signal(&r->changed);
        pthread_mutex_unlock(&r->lock);
    }
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_signal(&r->changed);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

// The worker only tells: the main thread may be in the middle of what has to be undone.
static void on_oom(void *arg) {
    Runner *r = arg;
    if (pthread_equal(pthread_self(), r->main_thread)) {
        if (r->main_arena->on_oom)
            r->main_arena->on_oom(r->main_arena->oom_arg);
        return;
    }
    pthread_mutex_lock(&r->lock);
    r->no_memory = true;
    pthread_cond_signal(&r->changed);
    for (;;)
        pthread_cond_wait(&r->changed, &r->lock);
}

// On the main thread, with the lock: waits until job `i` is done, or for the worker's end.
static void await(Runner *r, size_t i) {
    while (r->done <= i && !r->ended && !r->no_memory)
        pthread_cond_wait(&r->changed, &r->lock);
    if (r->no_memory)
        out_of_memory(r->main_arena);
}

static bool hand_over(Runner *r, size_t i, BackendPut *put, void *ctx) {
    bool ok = !put || put(ctx, &r->boxes[i % WINDOW]);
    outbox_free(&r->boxes[i % WINDOW]);
    arena_reset(&r->keep[i % WINDOW]);
    return ok;
}

static bool run_here(Runner *r, BackendPut *put, void *ctx) {
    bool ok = true;
    for (size_t i = 0; i < r->count && ok; i++) {
        run_job(r, i);
        ok = hand_over(r, i, put, ctx);
    }
    return ok;
}

static void stop(Runner *r) {
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_signal(&r->changed);
    await(r, r->count);
    pthread_mutex_unlock(&r->lock);
}

static bool run_beside(Runner *r, BackendPut *put, void *ctx) {
    bool ok = true;
    for (size_t i = 0; i < r->count && ok; i++) {
        pthread_mutex_lock(&r->lock);
        await(r, i);
        pthread_mutex_unlock(&r->lock);
        ok = hand_over(r, i, put, ctx);
        pthread_mutex_lock(&r->lock);
        r->taken = i + 1;
        pthread_cond_signal(&r->changed);
        pthread_mutex_unlock(&r->lock);
    }
    stop(r);
    return ok;
}

static void free_runner(Runner *r) {
    for (size_t i = 0; i < WINDOW; i++) {
        outbox_free(&r->boxes[i]);
        spares_free(&r->spares[i]);
        arena_free(&r->keep[i]);
    }
    arena_free(&r->scratch);
    arena_free(&r->brief);
    arena_free(&r->found);
}

static void guard(Runner *r, Arena *a) {
    a->on_oom = on_oom;
    a->oom_arg = r;
}

static bool add_master(Masters *m, const Backend *b, Unit *u, const Stack *s) {
    Copies *c = &m->list[m->count];
    *c = (Copies){
        .emit = b->emit, .like = {s->copy->like[0], s->copy->like[1]}
    };
    m->count++;
    return copies_render(c, &m->arena, u, s->like);
}

static size_t most_masters(const Work *w) {
    size_t most = 0;
    for (size_t i = 0; i < w->count; i++)
        for (size_t j = 0; j < w->units[i]->stack_count; j++)
            most += w->units[i]->stacks[j]->copied;
    return most * backend_count;
}

// The first stacks of groups of copies of which one has to be rendered, each with its backend.
typedef struct Wanted {
    const Job **list;
    size_t count;
} Wanted;

static bool is_wanted(const Wanted *w, const Backend *b, const Stack *s) {
    for (size_t i = 0; i < w->count; i++)
        if (w->list[i]->backend == b && w->list[i]->stacks.list[0]->like[0] == s->like[0])
            return true;
    return false;
}

static Wanted find_wanted(Arena *a, const Work *w) {
    Wanted wanted = {.list = arena_new(a, const Job *, w->job_count + 1)};
    for (size_t i = 0; i < w->job_count; i++) {
        const Job *job = &w->jobs[i];
        bool is_copy = job->backend->scope == BACKEND_STACK && job->stacks.list[0]->copy;
        if (is_copy && !job->is_kept && !is_wanted(&wanted, job->backend, job->stacks.list[0]))
            wanted.list[wanted.count++] = job;
    }
    return wanted;
}

bool backend_masters(Work *w) {
    size_t most = most_masters(w);
    Masters *m = &w->masters;
    Arena scratch = {0}, brief = {0};
    Diags diags = {.arena = &m->arena};
    bool ok = true;
    m->list = arena_new(&m->arena, Copies, most);
    Wanted wanted = find_wanted(&m->arena, w);
    for (size_t i = 0; i < w->count && most; i++) {
        Unit local = *w->units[i];
        local.arena = &scratch;
        local.scratch = &brief;
        local.diags = &diags;
        local.asked = &m->asked;
        memset(local.derived, 0, sizeof local.derived);
        for (size_t j = 0; j < local.stack_count; j++)
            for (size_t k = 0; k < backend_count && local.stacks[j]->copy && ok; k++)
                if (backends[k].scope == BACKEND_STACK &&
                    !masters_of(m, &backends[k], local.stacks[j]) &&
                    (!w->recall || is_wanted(&wanted, &backends[k], local.stacks[j])))
                    ok = add_master(m, &backends[k], &local, local.stacks[j]);
    }
    arena_free(&scratch);
    arena_free(&brief);
    return ok;
}

void backend_end(Work *w) {
    for (size_t i = 0; i < w->masters.count; i++)
        copies_free(&w->masters.list[i]);
    arena_free(&w->masters.arena);
}

static size_t count_to_render(const Work *w) {
    size_t count = 0;
    for (size_t i = 0; i < w->job_count; i++)
        count += !w->jobs[i].is_kept;
    return count;
}

bool backend_run(Work *w, BackendPut *put, void *ctx) {
    if (!w->count)
        return true;
    Arena *arena = w->units[0]->arena;
    Runner *r = arena_new(arena, Runner, 1);
    r->count = w->job_count;
    r->jobs = w->jobs;
    r->masters = &w->masters;
    r->diags.arena = &r->found;
    r->main_arena = arena;
    r->main_thread = pthread_self();
    guard(r, &r->scratch);
    guard(r, &r->brief);
    guard(r, &r->found);
    for (size_t i = 0; i < WINDOW; i++)
        guard(r, &r->keep[i]);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->changed, NULL);
    pthread_t thread;
    bool threaded =
        count_to_render(w) >= WORTH_A_THREAD && pthread_create(&thread, NULL, work, r) == 0;
    bool ok = threaded ? run_beside(r, put, ctx) : run_here(r, put, ctx);
    if (threaded)
        pthread_join(thread, NULL);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->changed);
    diags_take(w->units[0]->diags, &r->diags);
    ok = ok && r->diags.errors == 0;
    free_runner(r);
    return ok;
}
