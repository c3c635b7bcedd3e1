// backend.c - everything that prints, and running it. Jobs are made in one order and their files
// handed over in that order, whatever thread rendered them.
#include "backend.h"

#include "crew.h"
#include "emit_c.h"

#include <assert.h>

// Pages are of texts for people, which show what is not known as that: see shown.h. What handlers
// have to report is reported by handlers_check.
static const char *const of_docs[] = {"docs", "kinds", "language", "prices.yaml", "services", NULL};
static const char *const of_handlers[] = {"handlers", "runtime", NULL};

// What takes longest of a small system comes first, so that no thread is left with it in the end.
const Backend backends[] = {
    {"handlers",       BACKEND_SKELETON, emit_skeletons, of_handlers},
    {"handlers",       BACKEND_SYSTEM,   emit_handlers,  of_handlers},
    {"docs",           BACKEND_UNIT,     emit_runbook,   of_docs    },
    {"docs",           BACKEND_PAGE,     emit_inventory, of_docs    },
    {"docs",           BACKEND_PAGE,     emit_workflows, of_docs    },
    {"docs",           BACKEND_PAGE,     emit_access,    of_docs    },
    {"docs",           BACKEND_PAGE,     emit_cost,      of_docs    },
    {"cloudformation", BACKEND_STACK,    emit_cfn,       NULL       },
    {"terraform",      BACKEND_STACK,    emit_hcl,       NULL       },
    {"asl",            BACKEND_STACK,    emit_asl,       NULL       },
    {"deploy",         BACKEND_UNIT,     emit_settings,  NULL       },
    {"deploy",         BACKEND_SYSTEM,   emit_deploy,    NULL       },
};
const size_t backend_count = COUNT(backends);

typedef struct Job {
    const Backend *backend;
    Unit *unit;
    Stacks stacks;
    bool has_key, is_kept;
    bool is_silent;         // it has nothing to report
    Digest key, with_items; // what it is made from; the same and all items
    Outbox kept;            // its files, if they are as they would be rendered
} Job;

enum {
    WINDOW = 4,   // jobs that may be done and not handed over: what bounds the memory
    TOGETHER = 8, // stacks in one job, at most
    USUALLY = 3,
    FIRST_BYTES = 128 * 1024, // of what a thread renders with
    WORTH_A_THREAD = 11       // with fewer, starting one takes longer than it saves
};

// What a job made, until it is handed over.
typedef struct Made {
    Outbox box;
    Arena keep; // paths, and what was said
    Spares spares;
    Diags diags;
} Made;

// What a thread renders with.
typedef struct Desk {
    Arena scratch, brief;
} Desk;

typedef struct Runner {
    const Job *jobs;
    const Masters *masters;
    Made made[WINDOW]; // of job i at i % WINDOW
    Desk desks[CREW_HANDS];
    Diags *diags; // what the diagnostics of all jobs say
    const Receiver *to;
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
        if (b->scope == BACKEND_PAGE && !u->stack_count)
            return 0;
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

// What is made of the same, and is there, is not rendered again. What asks for no stacks is made of
// all resources.
static void recall(const Work *w, const UnitKey *unit, Job *jobs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Job *job = &jobs[i];
        Str name = str_fmt(job->unit->arena, "%s %td", job->backend->name, job->backend - backends);
        job->has_key = true;
        job->with_items = key_of_stacks(unit->items, name, job->stacks);
        job->key = !job->stacks.count && key_heeds_items(job->unit)
                       ? job->with_items
                       : key_of_stacks(unit->same, name, job->stacks);
        const Digest keys[] = {job->key, job->with_items};
        for (size_t j = 0; j < COUNT(keys) && !job->is_kept; j++) {
            job->kept = (Outbox){.arena = job->unit->arena, .has_key = true, .key = keys[j]};
            job->is_kept = w->recall->find(w->recall->ctx, keys[j], &job->kept);
        }
    }
}

static bool says_nothing(const Backend *b, Kinds *kinds) {
    for (size_t i = 0; b->silent_with && b->silent_with[i]; i++)
        if (template_is_own(kinds, str_from(b->silent_with[i])))
            return false;
    return b->silent_with != NULL;
}

// Jobs in the order in which their files are handed over. Counts them if `jobs` is NULL.
static size_t all_jobs(const Work *w, Job *jobs) {
    size_t n = 0;
    for (size_t i = 0; i < backend_count; i++) {
        BackendScope scope = backends[i].scope;
        bool once = scope == BACKEND_SYSTEM || scope == BACKEND_SKELETON;
        bool is_silent = jobs && says_nothing(&backends[i], w->units[0]->kinds);
        for (size_t j = 0; j < (once ? 1 : w->count); j++) {
            size_t more = jobs_of(&backends[i], w->units[j], w->shard, jobs ? jobs + n : NULL);
            for (size_t k = 0; jobs && k < more; k++)
                jobs[n + k].is_silent = is_silent;
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

static Outbox box_for(Made *made, const Job *job, const Unit *u, bool unread) {
    BackendScope scope = job->backend->scope;
    Outbox box = {.arena = &made->keep,
                  .own = scope == BACKEND_SKELETON,
                  .spares = &made->spares,
                  .unread = unread};
    bool per_env = scope != BACKEND_SYSTEM && scope != BACKEND_SKELETON;
    if (!box.own)
        box.prefix = per_env && u->env.len
                         ? str_fmt(box.arena, "%.*s/env/%.*s/", SFMT(u->system), SFMT(u->env))
                         : str_fmt(box.arena, "%.*s/", SFMT(u->system));
    return box;
}

static void render(Runner *r, const Job *job, Made *made, int hand) {
    Desk *desk = &r->desks[hand];
    const Copies *copies =
        job->stacks.count ? masters_of(r->masters, job->backend, job->stacks.list[0]) : NULL;
    Diags diags = {.arena = &desk->scratch};
    Kinds kinds = kinds_beside(job->unit->kinds, &desk->scratch, &diags);
    bool asked = false;
    Unit local = emit_unit(job->unit, &desk->scratch, &desk->brief, &kinds, &asked);
    Outbox *box = &made->box;
    *box = box_for(made, job, &local, !r->to->put);
    for (size_t j = 0; copies && j < job->stacks.count; j++)
        copies_put(copies, &desk->scratch, job->stacks.list[j]->copy, box);
    if (!copies)
        job->backend->emit(&local, job->stacks, box);
    assert(!job->is_silent || !diags.first);
    if (r->to->put)
        outbox_seal(box);
    if (r->to->ahead && !diags.errors)
        r->to->ahead(r->to->ctx, hand, box);
    box->has_key = job->has_key && !diags.first;
    box->key = asked || (copies && r->masters->asked) ? job->with_items : job->key;
    made->diags = (Diags){.arena = &made->keep};
    diags_take(&made->diags, &diags); // before the files that they point into go
    arena_reset(&desk->scratch);
}

static void run_job(void *ctx, size_t i, int hand) {
    Runner *r = ctx;
    Made *made = &r->made[i % WINDOW];
    if (r->jobs[i].is_kept)
        made->box = r->jobs[i].kept;
    else if (r->to->put || !r->jobs[i].is_silent)
        render(r, &r->jobs[i], made, hand);
}

static bool hand_over(void *ctx, size_t i) {
    Runner *r = ctx;
    Made *made = &r->made[i % WINDOW];
    bool ok = !r->to->put || r->to->put(r->to->ctx, &made->box);
    diags_take(r->diags, &made->diags);
    made->diags = (Diags){0};
    outbox_free(&made->box);
    arena_reset(&made->keep);
    return ok;
}

static void free_runner(Runner *r) {
    for (size_t i = 0; i < WINDOW; i++) {
        outbox_free(&r->made[i].box);
        spares_free(&r->made[i].spares);
        arena_free(&r->made[i].keep);
    }
    for (size_t i = 0; i < CREW_HANDS; i++) {
        arena_free(&r->desks[i].scratch);
        arena_free(&r->desks[i].brief);
    }
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
        Kinds kinds = kinds_beside(w->units[i]->kinds, &scratch, &diags);
        Unit local = emit_unit(w->units[i], &scratch, &brief, &kinds, &m->asked);
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

static size_t count_to_render(const Work *w, bool put) {
    size_t count = 0;
    for (size_t i = 0; i < w->job_count; i++)
        count += !w->jobs[i].is_kept && (put || !w->jobs[i].is_silent);
    return count;
}

bool backend_run(Work *w, const Receiver *to) {
    if (!w->count)
        return true;
    Arena *arena = w->units[0]->arena;
    Diags *diags = w->units[0]->diags;
    size_t errors = diags->errors;
    Runner *r = arena_new(arena, Runner, 1);
    *r = (Runner){.jobs = w->jobs, .masters = &w->masters, .diags = diags, .to = to};
    Crew crew = {.count = w->job_count,
                 .ahead = WINDOW,
                 .alone = count_to_render(w, to->put) < WORTH_A_THREAD,
                 .run = run_job,
                 .hand_over = hand_over,
                 .ctx = r,
                 .arena = arena};
    for (size_t i = 0; i < CREW_HANDS; i++)
        arena_lend(arena, &r->desks[i].scratch, FIRST_BYTES);
    crew_begin(&crew);
    for (size_t i = 0; i < WINDOW; i++)
        crew_guard(&crew, &r->made[i].keep);
    for (size_t i = 0; i < CREW_HANDS; i++) {
        crew_guard(&crew, &r->desks[i].scratch);
        crew_guard(&crew, &r->desks[i].brief);
    }
    bool ok = crew_run(&crew);
    crew_end(&crew);
    free_runner(r);
    return ok && diags->errors == errors;
}
