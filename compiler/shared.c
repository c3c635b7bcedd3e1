// shared.c - what two deployments would take from one another. Each of what has a name is looked up
// among those of the units before.
#include "shared.h"

#include "scope.h"
#include "shown.h"
#include "spec.h"

typedef struct Thing {
    Unit *unit;
    Loc at;
    const Resource *resource; // NULL: a stack, or a state
    struct Thing *next;       // of the same name, in the order found
} Thing;

typedef struct Names {
    Arena arena;
    Diags *diags;
    StrMap by_name; // sort and name -> Thing
    StrMap said; // places, as each is reported once: what comes with a thing stands where it does
} Names;

static Str region_of(const Unit *u) {
    return node_str(resource_get(u->self, S("region")));
}

static bool has_piece(const Node *name, Str word) {
    for (uint32_t i = 0; name->type == NODE_TEXT && i < name->count; i++)
        if (name->pieces[i].kind == PIECE_DEPLOY && str_eq(name->pieces[i].text, word))
            return true;
    return false;
}

static bool is_of_one_system(const Thing *a, const Thing *b) {
    return str_eq(a->unit->system, b->unit->system);
}

// Whether one name would be that of one thing in both. What is deployed elsewhere has another
// account or Region in its name, if the pattern has one; and other systems have other users.
static bool is_one(const Thing *a, const Thing *b) {
    const Resource *r = a->resource;
    Apart apart = r ? r->kind->name_apart : APART_REGION;
    bool far = apart == APART_ANYWHERE && !has_piece(r->name, S("account"));
    bool wide = apart != APART_REGION && !has_piece(r->name, S("region"));
    if (r && resource_is_fanned(r) && !is_of_one_system(a, b))
        return false;
    return (far || str_eq(spec_account(a->unit->root, a->unit->env),
                          spec_account(b->unit->root, b->unit->env))) &&
           (wide || str_eq(region_of(a->unit), region_of(b->unit)));
}

// Whether nothing was said there yet.
static bool is_news(Names *names, Loc at) {
    Str path = at.src ? at.src->path : (Str){0};
    Str place = str_fmt(&names->arena, "%.*s:%u:%u", SFMT(path), at.line, at.col);
    return strmap_put(&names->said, &names->arena, place, names) == NULL;
}

// What has that name already and cannot both be there.
static const Thing *find(Names *names, Str key, const Thing *thing) {
    const Thing *other = strmap_get(&names->by_name, key);
    while (other && (other->unit == thing->unit || !is_one(other, thing)))
        other = other->next;
    return other && is_news(names, thing->at) ? other : NULL;
}

static void remember(Names *names, Str key, const Thing *thing) {
    Thing *last = strmap_get(&names->by_name, key), *kept = arena_new(&names->arena, Thing, 1);
    *kept = *thing;
    while (last && last->next)
        last = last->next;
    if (last)
        last->next = kept;
    else
        strmap_put(&names->by_name, &names->arena, key, kept);
}

static void report_environments(Diags *d, const Thing *a, const Thing *b, Str noun, Str name) {
    bool anywhere = b->resource && b->resource->kind->name_apart == APART_ANYWHERE;
    diag_error(d, b->at, "shared-name", "`%.*s` and `%.*s` both have %s %.*s `%.*s`",
               SFMT(a->unit->env), SFMT(b->unit->env), str_article(noun), SFMT(noun), SFMT(name));
    diag_help(d, anywhere ? "put `$(env)` into its pattern in `names`"
                          : "put `$(env)` into its pattern in `names`, or say in each "
                            "environment which `account` it is in");
}

static void report_systems(Diags *d, const Thing *a, const Thing *b, Str noun, Str name) {
    diag_warn(d, b->at, "shared-between-systems", "`%.*s` and `%.*s` both have %s %.*s `%.*s`",
              SFMT(a->unit->system), SFMT(b->unit->system), str_article(noun), SFMT(noun),
              SFMT(name));
    diag_also(d, a->at, "the other one");
    diag_help(d, "put `$(system)` into its pattern in `names`");
}

static void take_name(Names *names, Unit *u, Loc at, const Resource *r, Str name) {
    Thing thing = {.unit = u, .at = at, .resource = r};
    Str noun = r ? r->kind->name : S("stack");
    Str key = str_fmt(&names->arena, "%.*s %.*s", SFMT(noun), SFMT(name));
    const Thing *other = find(names, key, &thing);
    if (other && is_of_one_system(other, &thing))
        report_environments(names->diags, other, &thing, noun, name);
    else if (other)
        report_systems(names->diags, other, &thing, noun, name);
    remember(names, key, &thing);
}

// Whether there can be two of one name, or none is made.
static bool is_free(const Resource *r) {
    return !r->name || r->existing.len || r->axis == AXIS_RUNTIME ||
           r->kind->name_apart == APART_NOWHERE;
}

static void take_names(Names *names, Unit *u) {
    const Node *patterns = node_get(u->root, S("names"));
    Loc at = patterns ? patterns->loc : u->root->loc;
    for (size_t i = 0; i < u->count; i++)
        if (!is_free(u->resources[i]))
            take_name(names, u, u->resources[i]->loc, u->resources[i],
                      shown_name(u, u->resources[i]));
    for (size_t i = 0; i < u->stack_count; i++)
        take_name(names, u, at, NULL, u->stacks[i]->name);
}

static Str backend_says(Unit *u, Str key) {
    const Node *s3 = node_get(resource_get(u->self, S("backend")), S("s3"));
    return node_str(scope_pattern(u, u->self, node_get(s3, key), NULL));
}

// With one state, each would destroy what the other has made.
static void take_state(Names *names, Unit *u) {
    const Node *s3 = node_get(resource_get(u->self, S("backend")), S("s3"));
    if (!s3)
        return;
    Diags *d = names->diags;
    Thing thing = {.unit = u, .at = node_get(s3, S("key"))->loc};
    Str state = backend_says(u, S("key"));
    Str key =
        str_fmt(&names->arena, "state %.*s %.*s", SFMT(backend_says(u, S("bucket"))), SFMT(state));
    const Thing *other = strmap_get(&names->by_name, key);
    if (!other || !is_news(names, thing.at))
        return remember(names, key, &thing);
    bool one = is_of_one_system(other, &thing);
    diag_error(d, thing.at, "state-shared", "`%.*s` and `%.*s` would keep one state here",
               SFMT(one ? other->unit->env : other->unit->system), SFMT(one ? u->env : u->system));
    if (!one)
        diag_also(d, other->at, "the other one");
    diag_help(d, "put `$(%s)` into the key: `$(%s)/%.*s`", one ? "env" : "system",
              one ? "env" : "system", SFMT(state));
}

void shared_check(Diags *d, Unit *const *units, size_t count) {
    Names names = {.diags = d};
    for (size_t i = 0; i < count && count > 1; i++) {
        take_state(&names, units[i]);
        take_names(&names, units[i]);
    }
    arena_free(&names.arena);
}
