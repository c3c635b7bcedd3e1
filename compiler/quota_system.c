// quota_system.c - what is said of the system as a whole: where its state is kept, what is given at
// deployment, how things are called, how it is deployed.
#include "quota_parts.h"
#include "scope.h"

#include <string.h>

static void check_order(Unit *u, const Node *github) {
    const Node *order = node_get(github, S("order")), *envs = node_get(u->root, S("environments"));
    for (uint32_t i = 0; order && i < order->count; i++) {
        const Node *env = order->items[i];
        if (node_get(envs, env->text))
            continue;
        diag_error(u->diags, env->loc, "unknown-environment", "there is no environment `%.*s`",
                   SFMT(env->text));
        quota_suggest(u, env, envs);
    }
}

// One segment of a path, without its slash; false behind the last one.
static bool next_segment(Str *rest, Str *segment) {
    if (!rest->len)
        return false;
    *rest = str_cut(*rest, rest->ptr[0] == '/', rest->len);
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != '/')
        end++;
    *segment = str_cut(*rest, 0, end);
    *rest = str_cut(*rest, end, rest->len);
    return true;
}

static bool route_answers(Str route, Str method, Str path) {
    Str own, part, wanted;
    str_split(&route, ' ', &own);
    if (!str_eq(own, method) && !str_eq(own, S("ANY")))
        return false;
    while (next_segment(&route, &part)) {
        if (str_ends(part, S("+}")))
            return true;
        if (!next_segment(&path, &wanted))
            return false;
        if (!str_eq(part, wanted) && !str_starts(part, S("{")))
            return false;
    }
    return !path.len;
}

// The request of a smoke test has no token.
static void check_is_open(Unit *u, const Node *smoke, const Resource *api, const Node *route) {
    const Node *auth = resource_get(api, S("auth"));
    if (!auth || node_lists(node_get(auth, S("open")), node_str(route)))
        return;
    diag_error(u->diags, smoke->loc, "unknown-value", "`%.*s` is answered to those who are known",
               SFMT(smoke->text));
    diag_also(u->diags, route->loc, "this route");
    diag_help(u->diags, "add the route to `open` of the API's `auth`");
}

// A request that nothing answers fails each deployment.
static void check_smoke(Unit *u, const Node *github) {
    const Node *smoke = node_get(github, S("smoke"));
    Str path = node_str(smoke), method;
    bool addressed = false;
    if (!path.len)
        return;
    str_split(&path, ' ', &method);
    for (uint32_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '?')
            path.len = i;
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        const Node *routes = quota_is(r, "api") ? resource_get(r, S("routes")) : NULL;
        if (r->existing.len || (quota_is(r, "function") && quota_true(r, "url")))
            return; // which paths it has, only its code knows
        addressed = addressed || routes;
        for (uint32_t j = 0; routes && j < routes->count; j++)
            if (route_answers(node_str(routes->items[j]), method, path))
                return check_is_open(u, smoke, r, routes->items[j]);
    }
    diag_error(u->diags, smoke->loc, "unknown-resource",
               addressed ? "no API has a route for `%.*s`" : "nothing has an address for `%.*s`",
               SFMT(smoke->text));
    diag_help(u->diags,
              addressed ? "name a route of `apis`" : "add an API, or a `url` to a function");
}

// Terraform reads where its state is before it knows anything else.
// https://developer.hashicorp.com/terraform/language/backend
static void check_backend(Unit *u) {
    static const char *const keys[] = {"bucket", "key"};
    const Node *s3 = node_get(resource_get(u->self, S("backend")), S("s3"));
    for (size_t i = 0; s3 && i < COUNT(keys); i++) {
        const Node *written = node_get(s3, str_from(keys[i])),
                   *value = scope_pattern(u, u->self, written, NULL);
        if (!value || node_is_scalar(value))
            continue;
        diag_error(u->diags, written->loc, "unknown-hole",
                   "where the state is kept must be known before anything is deployed");
        diag_help(u->diags, "write accounts and Regions as they are; `$(system)` and `$(env)` are "
                            "known here");
    }
}

// A runner of GitHub begins with an empty disk, and that is where Terraform keeps its state if
// nothing else is said: the second run would make everything again.
static void check_state_is_kept(Unit *u, const Node *github) {
    const Node *target = node_get(github, S("target"));
    if (!node_is_word(target, S("terraform")) || node_get(u->root, S("backend")))
        return;
    diag_error(u->diags, target->loc, "state-lost", "the pipeline keeps no state of Terraform");
    diag_help(u->diags, "add `backend: {s3: {bucket: ..., key: ...}}`");
}

// The packages of a system are built in one go, for one processor; Lambda starts no program of
// another one. Images are built one by one.
static void check_processors(Unit *u) {
    const Resource *first = NULL;
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        if (!quota_is(r, "function") || r->existing.len ||
            !node_get(resource_get(r, S("package")), S("zip")))
            continue;
        first = first ? first : r;
        Str own = node_str(resource_get(r, S("architecture"))),
            others = node_str(resource_get(first, S("architecture")));
        if (str_eq(own, others))
            continue;
        diag_error(u->diags, r->loc, "other-processor", "`%.*s` is for %.*s, and `%.*s` for %.*s",
                   SFMT(r->id), SFMT(own), SFMT(first->id), SFMT(others));
        diag_also(u->diags, first->loc, "the other one");
        diag_note(u->diags, "the packages of a system are built for one processor");
        diag_help(u->diags,
                  "say it for all of them, `defaults: {function: {architecture: %.*s}}`, "
                  "or make an image of one: `package: image`",
                  SFMT(own));
        return;
    }
}

// CloudFormation and Terraform refuse a default that is not what its parameter is.
static void check_default(Unit *u, const Param *p, const Node *value) {
    bool fits = str_eq(p->type, S("number")) ? node_is_number(value)
                : str_eq(p->type, S("list")) ? node_is_list(value)
                                             : node_is_scalar(value);
    if (fits)
        return;
    diag_error(u->diags, value->loc, "wrong-type", "the default of `%.*s` is no %.*s",
               SFMT(p->name), SFMT(p->type));
    diag_help(u->diags, "write a %.*s, or another `type`", SFMT(p->type));
}

// A parameter's hole would hide what every hole knows; two must not be one on a target.
static void check_parameters(Unit *u) {
    const Node *declared = node_get(u->root, S("parameters"));
    for (size_t i = 0; i < u->param_count; i++) {
        const Param *p = u->params[i];
        const Node *value = node_get(declared->entries[i].value, S("default"));
        Builtin unused;
        if (value && !node_is_null(value))
            check_default(u, p, value);
        if (builtin_find(p->name, &unused) || str_eq(p->name, S("name"))) {
            diag_error(u->diags, p->loc, "duplicate-name", "`$(%.*s)` stands for something already",
                       SFMT(p->name));
            diag_help(u->diags,
                      "choose another name (`wgen help holes` lists those that are taken)");
        }
        for (size_t j = 0; j < i; j++) {
            const Param *other = u->params[j];
            if (!str_eq(pascal_case(u->arena, p->name), pascal_case(u->arena, other->name)))
                continue;
            diag_error(u->diags, p->loc, "duplicate-id",
                       "`%.*s` and `%.*s` are one parameter in CloudFormation", SFMT(other->name),
                       SFMT(p->name));
            diag_also(u->diags, other->loc, "the other one");
            diag_help(u->diags, "choose names that differ in more than their punctuation");
        }
    }
}

// `queue`, `workflow-log`: a kind, or one with what comes with it.
static bool names_kind(Unit *u, Str key) {
    if (kind_find(u->kinds, key))
        return true;
    for (size_t i = 1; i < key.len; i++) {
        const Kind *kind = key.ptr[i] == '-' ? kind_find(u->kinds, str_cut(key, 0, i)) : NULL;
        for (size_t j = 0; kind && j < kind->make_count; j++)
            if (str_eq(kind->makes[j].name, str_cut(key, i + 1, key.len)))
                return true;
    }
    return false;
}

static void no_such_name(Unit *u, const Node *key, const Str *others, size_t count) {
    Str *kinds;
    size_t kind_count = kind_names(u->kinds, &kinds);
    Str *known = arena_new(u->arena, Str, kind_count + count);
    memcpy(known, others, count * sizeof *others);
    memcpy(known + count, kinds, kind_count * sizeof *kinds);
    diag_error(u->diags, key->loc, "unknown-key", "nothing is named by `%.*s`", SFMT(key->text));
    diag_suggest(u->diags, key->loc, key->text, known, count + kind_count);
}

static void check_names(Unit *u) {
    static const Str others[] = {
        {"default",          7 },
        {"stack",            5 },
        {"shared-stack",     12},
        {"users-stack",      11},
        {"projects-stack",   14},
        {"foundation-stack", 16},
    };
    const Node *names = node_get(u->root, S("names"));
    for (uint32_t i = 0; node_is_map(names) && i < names->count; i++) {
        const Node *key = names->entries[i].key;
        bool is_other = false;
        for (size_t j = 0; j < COUNT(others); j++)
            is_other = is_other || str_eq(key->text, others[j]);
        if (!is_other && !names_kind(u, key->text))
            no_such_name(u, key, others, COUNT(others));
    }
}

static void check_region(Unit *u, const Resource *r) {
    const Node *file = template_tree(u->kinds, S("regions.yaml")),
               *known = node_get(file, S("regions"));
    Node *region = resource_get(r, S("region"));
    if (!known || !region || region->type != NODE_SCALAR)
        return;
    if (node_lists(known, region->text))
        return;
    diag_warn(u->diags, region->loc, "unknown-region", "no Region is known as `%.*s`",
              SFMT(region->text));
    quota_suggest(u, region, known);
    diag_note(u->diags, "this version knows those of %.*s", SFMT(node_get_str(file, S("date"))));
}

void quota_system(Unit *u, const Resource *r) {
    check_region(u, r);
    const Node *github = node_get(resource_get(r, S("deploy")), S("github"));
    check_order(u, github);
    check_smoke(u, github);
    check_backend(u);
    check_state_is_kept(u, github);
    check_processors(u);
    check_parameters(u);
    check_names(u);
}
