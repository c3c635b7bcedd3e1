// envs.c - what two environments of a system would take from one another.
#include "envs.h"

#include "scope.h"
#include "shown.h"

enum { SHOWN = 16 };

// Two of them, and the places that were reported, each once: what comes with a thing stands where
// it does, and a third environment has the same name.
typedef struct Pair {
    Diags *diags;
    Unit *a, *b;
    bool same_account, same_region;
    Loc shown[SHOWN];
    size_t count;
} Pair;

static Str account_of(const Unit *u) {
    const Node *env = node_get(node_get(u->root, S("environments")), u->env);
    return node_get_str(env, S("account"));
}

static Str region_of(const Unit *u) {
    return node_str(resource_get(u->self, S("region")));
}

static bool has_piece(const Node *name, Str word) {
    for (uint32_t i = 0; name->type == NODE_TEXT && i < name->count; i++)
        if (name->pieces[i].kind == PIECE_DEPLOY && str_eq(name->pieces[i].text, word))
            return true;
    return false;
}

// Whether one name would be that of one thing in both. What is deployed elsewhere has another
// account or Region in its name, if the pattern has one.
static bool is_one(const Pair *p, const Resource *r) {
    Apart apart = r->kind->name_apart;
    bool far = apart == APART_ANYWHERE && !has_piece(r->name, S("account"));
    bool wide = apart != APART_REGION && !has_piece(r->name, S("region"));
    return (far || p->same_account) && (wide || p->same_region);
}

// Whether there can be two of one name, or none is made.
static bool is_free(const Resource *r) {
    return !r->name || r->existing.len || r->axis == AXIS_RUNTIME ||
           r->kind->name_apart == APART_NOWHERE;
}

static bool is_news(Pair *p, Loc at) {
    for (size_t i = 0; i < p->count; i++)
        if (loc_same(p->shown[i], at))
            return false;
    if (p->count == SHOWN)
        return false;
    p->shown[p->count++] = at;
    return true;
}

static void report(Pair *p, Loc at, Str noun, Str name, bool anywhere) {
    if (!is_news(p, at))
        return;
    diag_error(p->diags, at, "shared-name", "`%.*s` and `%.*s` both have %s %.*s `%.*s`",
               SFMT(p->a->env), SFMT(p->b->env), str_article(noun), SFMT(noun), SFMT(name));
    diag_help(p->diags, anywhere ? "put `$(env)` into its pattern in `names`"
                                 : "put `$(env)` into its pattern in `names`, or say in each "
                                   "environment which `account` it is in");
}

static void check_resources(Pair *p) {
    for (size_t i = 0; i < p->b->count; i++) {
        const Resource *r = p->b->resources[i];
        const Resource *other = is_free(r) ? NULL : unit_find(p->a, r->path);
        if (other && !is_free(other) && node_same(r->name, other->name) && is_one(p, r))
            report(p, r->loc, r->kind->name, shown_name(p->b, r),
                   r->kind->name_apart == APART_ANYWHERE);
    }
}

static void check_stacks(Pair *p) {
    const Node *names = node_get(p->b->root, S("names"));
    StrMap of_a = {0};
    for (size_t i = 0; i < p->a->stack_count; i++)
        strmap_put(&of_a, p->a->arena, p->a->stacks[i]->name, p->a->stacks[i]);
    for (size_t i = 0; i < p->b->stack_count; i++)
        if (strmap_get(&of_a, p->b->stacks[i]->name))
            report(p, names ? names->loc : p->b->root->loc, S("stack"), p->b->stacks[i]->name,
                   false);
}

static Node *backend_says(Unit *u, Str key) {
    const Node *s3 = node_get(resource_get(u->self, S("backend")), S("s3"));
    return s3 ? scope_pattern(u, u->self, node_get(s3, key), NULL) : NULL;
}

// With one state, each would destroy what the other has made.
static void check_states(Pair *p) {
    const Node *key = backend_says(p->b, S("key")), *bucket = backend_says(p->b, S("bucket"));
    if (!key || !bucket || !node_same(key, backend_says(p->a, S("key"))) ||
        !node_same(bucket, backend_says(p->a, S("bucket"))) || !is_news(p, key->loc))
        return;
    diag_error(p->diags, key->loc, "state-shared", "`%.*s` and `%.*s` would keep one state here",
               SFMT(p->a->env), SFMT(p->b->env));
    diag_help(p->diags, "put `$(env)` into the key: `$(env)/%.*s`", SFMT(node_str(key)));
}

void envs_check(Diags *d, Unit *const *units, size_t count) {
    Pair p = {.diags = d};
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            p.a = units[i];
            p.b = units[j];
            p.same_account = str_eq(account_of(p.a), account_of(p.b));
            p.same_region = str_eq(region_of(p.a), region_of(p.b));
            check_states(&p);
            check_resources(&p);
            if (p.same_account && p.same_region)
                check_stacks(&p);
        }
}
