// compile.c - the pipeline. Each step takes what the one before it made; none looks back.
#include "compile.h"

#include "account.h"
#include "copies.h"
#include "derive.h"
#include "emit_c.h"
#include "expand.h"
#include "file.h"
#include "flow.h"
#include "grant.h"
#include "hands.h"
#include "limits.h"
#include "link.h"
#include "names.h"
#include "order.h"
#include "output.h"
#include "place.h"
#include "policy.h"
#include "quota.h"
#include "shared.h"
#include "uses.h"

#include <string.h>

// The next line `was NOW BEFORE NUMBER`, from the one at `at` on: its NOW.
static LockLine *next_former(const Lock *lock, size_t *at, Str *now) {
    Str was = S("was ");
    for (size_t i = lock_seek(lock, *at, was); i < lock->count; i = lock_seek(lock, i + 1, was)) {
        Str rest = str_cut(lock_at(lock, i)->key, was.len, SIZE_MAX);
        *at = i + 1;
        if (str_split(&rest, ' ', now))
            return lock_at(lock, i);
    }
    return NULL;
}

// What was renamed, of those that are there.
static void find_former(Compilation *c, Unit *u) {
    Str now;
    for (size_t at = 0; next_former(&c->lock, &at, &now);) {
        if (strmap_get(&u->former, now))
            continue;
        Former *f = arena_new(c->arena, Former, 1);
        f->now = now;
        f->count = lock_former(&c->lock, now, &f->names);
        if (f->count)
            strmap_put(&u->former, c->arena, now, f);
    }
}

static bool is_known(const Unit *u, Str name) {
    for (size_t i = 0; i < u->copy_count; i++)
        if (str_eq(u->copies[i].id, name))
            return true;
    return unit_find(u, name) != NULL;
}

// The name of something that is gone may be used again.
static void forget_former(Compilation *c, const Unit *u) {
    Str now;
    LockLine *line;
    for (size_t at = 0; (line = next_former(&c->lock, &at, &now));)
        line->used = is_known(u, now);
}

// The longest first, so that one hand does not wait for the other at the end.
static HandsStep *const looks[] = {names_unit,     quota_unit,          headers_unit,
                                   handlers_check, policy_of_resources, rules_unit};

// With `whole`, nothing is wrong with what all environments share, and it gets its places.
static Unit *try_unit(Compilation *c, Str env, bool whole) {
    size_t errors = c->diags->errors;
    Unit *u = arena_new(c->arena, Unit, 1);
    *u = (Unit){.arena = c->arena,
                .scratch = &c->scratch,
                .diags = c->diags,
                .kinds = &c->kinds,
                .dir = c->path.dir,
                .root = spec_env(c->arena, c->diags, c->root, env),
                .env = env,
                .apart = c->apart};
    if (c->recall)
        u->spec = key_of_spec(u->root);
    u->asked = &u->heeds_items;
    find_former(c, u);
    u->derive = derive_early;
    expand_unit(u);
    forget_former(c, u);
    link_unit(u);
    memset(u->derived, 0, sizeof u->derived);
    u->derive = NULL;
    uses_unit(u);
    u->derive = derive_field;
    flow_unit(u);
    grant_unit(u);
    policy_unit(u);
    dashboard_unit(u);
    copies_check(u);
    u->asked = NULL; // what these say is in no stack
    hands_steps(u, looks, COUNT(looks));
    nobody_unit(u);
    if (whole && c->diags->errors == errors && (c->apart || !u->apart)) {
        u->asked = &u->heeds_items;
        place_unit(u, &c->lock);
        order_unit(u);
        output_unit(u);
    }
    u->asked = NULL;
    return u;
}

static Str lock_path(const Compilation *c) {
    return str_fmt(c->arena, "%.*s/wgen.lock", SFMT(c->path.dir));
}

static const Source *lock_on_disk(Compilation *c, Arena *a) {
    return file_read_if_there(a, c->diags, lock_path(c).ptr, LIMIT_SPEC_BYTES);
}

bool compile_is_current(Compilation *c) {
    const Source *now = lock_on_disk(c, &c->scratch), *then = c->lock.src;
    bool same = now && then ? str_eq(now->text, then->text) : now == then;
    arena_reset(&c->scratch);
    return same;
}

static bool read_lock(Compilation *c) {
    Str path = lock_path(c);
    const Source *src = lock_on_disk(c, c->arena);
    if (c->lock_text.ptr) {
        Source *given = arena_new(c->arena, Source, 1);
        *given = (Source){.path = path, .text = c->lock_text};
        src = given;
    }
    return lock_read(&c->lock, c->arena, c->diags, src);
}

static void no_such_env(Compilation *c, const Str *envs, size_t count) {
    diag_error(c->diags, (Loc){0}, "unknown-environment", "`%.*s` has no environment `%.*s`",
               SFMT(c->path.name), SFMT(c->only_env));
    diag_suggest(c->diags, (Loc){0}, c->only_env, envs, count);
}

static bool read_spec(Compilation *c) {
    const char **dirs = arena_new(c->arena, const char *, 4);
    size_t count = 0;
    dirs[count++] = c->path.dir.ptr;
    if (c->templates)
        dirs[count++] = c->templates;
    c->kinds = (Kinds){.arena = c->arena, .diags = c->diags, .dirs = dirs};
    if (!c->root)
        c->root = spec_read(c->arena, c->diags, &c->path);
    if (c->root)
        spec_check_envs(&c->kinds, c->diags, c->root);
    return c->root != NULL;
}

static void try_units(Compilation *c) {
    Str *envs;
    size_t count = spec_envs(c->arena, c->root, &envs);
    bool whole = c->diags->errors == 0;
    c->units = arena_new(c->arena, Unit *, count + 1);
    c->unit_count = 0;
    if (count == 0)
        c->units[c->unit_count++] = try_unit(c, (Str){0}, whole);
    for (size_t i = 0; i < count; i++)
        if (!c->only_env.len || str_eq(envs[i], c->only_env))
            c->units[c->unit_count++] = try_unit(c, envs[i], whole);
    if (c->unit_count == 0 || (count == 0 && c->only_env.len))
        no_such_env(c, envs, count);
}

static bool has_copies(const Compilation *c, bool *apart) {
    bool any = false;
    *apart = false;
    for (size_t i = 0; i < c->unit_count; i++) {
        any = any || c->units[i]->copy_count;
        *apart = *apart || (c->units[i]->copy_count && c->units[i]->apart);
    }
    return any;
}

// Reads everything again: what is compiled was changed by it, and kinds report their errors once.
static void compile_apart(Compilation *c) {
    c->apart = true;
    c->root = NULL;
    if (read_spec(c))
        try_units(c);
}

// Names stand in backticks, and those of what comes with a workflow begin with its own.
static bool has_name(Str text, Str name) {
    for (ptrdiff_t at; (at = str_find(text, S("`"))) >= 0;) {
        text = str_cut(text, (size_t)at + 1, text.len);
        if (str_starts(text, name))
            return true;
    }
    return false;
}

// What a blueprint says is said of each that uses it.
static bool is_about(Loc at, Str text, const Resource *workflow) {
    bool beside = at.src == workflow->loc.src && at.line == workflow->loc.line;
    return beside || (at.src && at.src->used) || has_name(text, workflow->id);
}

static bool is_about_one(const Diag *diag, const Resource *workflow) {
    bool is = is_about(diag->at, diag->message, workflow);
    for (size_t i = 0; i < diag->also_count && !is; i++)
        is = is_about(diag->also[i].at, diag->also[i].text, workflow);
    for (size_t i = 0; i < diag->note_count && !is; i++)
        is = is_about(diag->at, diag->notes[i], workflow);
    for (size_t i = 0; i < diag->help_count && !is; i++)
        is = is_about(diag->at, diag->helps[i].text, workflow);
    return is;
}

// Whether it would not be the same if each workflow were looked at: an error may be why something
// was not, and what is said of one that is like others is to be said of those.
static bool concerns_copies(const Compilation *c, const Diag *diag) {
    bool does = diag->severity == SEVERITY_ERROR;
    for (size_t i = 0; i < c->unit_count && !does; i++)
        for (size_t j = 0; j < c->units[i]->copy_count && !does; j++)
            does = is_about_one(diag, c->units[i]->copies[j].like[0]) ||
                   is_about_one(diag, c->units[i]->copies[j].like[1]);
    return does;
}

// Of workflows that are alike, two are looked at. If there is anything to say about them, or if
// they turn out to be not alike after all, everything is done again for each by itself.
static void compile_units(Compilation *c, const Diags *before) {
    bool apart;
    try_units(c);
    if (c->apart || !has_copies(c, &apart))
        return;
    const Diag *said = before->last ? before->last->next : c->diags->first;
    while (said && !apart && !concerns_copies(c, said))
        said = said->next;
    if (!said && !apart)
        return;
    diags_forget(c->diags, before);
    compile_apart(c);
}

bool compile_check(Compilation *c) {
    Diags before = *c->diags;
    c->apart = c->apart || c->root; // a tree that was given cannot be read again
    if (read_spec(c) && read_lock(c))
        compile_units(c, &before);
    if (c->diags->errors == 0)
        shared_check(c->diags, c->units, c->unit_count);
    for (size_t i = 0; i < c->unit_count && c->diags->errors == 0; i++)
        account_unit(c->units[i]);
    c->sound = c->diags->errors == 0;
    return c->sound;
}

// What the stacks of each unit are made from.
static void find_keys(Compilation *c, UnitKey **keys) {
    *keys = c->recall ? arena_new(c->arena, UnitKey, c->unit_count) : NULL;
    for (size_t i = 0; i < c->unit_count && c->recall; i++) {
        (*keys)[i] = key_of_unit(c->units[i], &c->lock, c->recall->machine);
        key_stacks(c->units[i], &(*keys)[i]);
    }
}

bool compile_emit(Compilation *c, Receiver to) {
    Work work = {.units = c->units, .count = c->unit_count, .shard = c->shard, .recall = c->recall};
    find_keys(c, &work.keys);
    backend_plan(&work);
    if (!backend_masters(&work)) {
        backend_end(&work);
        compile_apart(c);
        work = (Work){.units = c->units, .count = c->unit_count, .shard = c->shard};
        backend_plan(&work);
    }
    bool ok = backend_run(&work, &to);
    backend_end(&work);
    return ok;
}

void compile_free(Compilation *c) {
    arena_free(&c->scratch);
}
