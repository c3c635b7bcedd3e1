// service_check.c - calls that no service answers. Source: the developer guide, integrating
// services, and the page that each file of templates/services names.
#include "embedded.h"
#include "service.h"

enum { NAMES_MOST = 2048 };

typedef struct Caller {
    Kinds *kinds;
    Diags *diags;
    const Call *call;
    Integration in;
    Str *names; // what may have been meant
    size_t count;
} Caller;

static void may_be(Caller *c, Str name) {
    if (!c->names)
        c->names = arena_new(c->kinds->arena, Str, NAMES_MOST);
    if (c->count < NAMES_MOST)
        c->names[c->count++] = name;
}

// The services in a folder of templates.
static void may_be_services(Caller *c, Str folder) {
    for (size_t i = 0; i < embedded_count; i++) {
        Str path = str_from(embedded_files[i].path);
        if (str_starts(path, folder) && str_ends(path, S(".yaml")))
            may_be(c, str_cut(path, folder.len, path.len - 5));
    }
}

static void may_be_actions(Caller *c, const Node *groups) {
    for (uint32_t i = 0; groups && i < groups->count; i++) {
        Str calls = node_get_str(groups->items[i], S("calls")), call;
        while (str_split(&calls, ' ', &call))
            may_be(c, call);
    }
}

bool service_may_be_newer(Kinds *kinds, const Integration *in) {
    const Node *service = in->sdk ? service_sdk(kinds, in->service) : NULL;
    if (!service || service_sdk_action(kinds, in->service, in->action))
        return in->sdk && !service;
    Caller c = {.kinds = kinds};
    may_be_actions(&c, node_get(service, S("actions")));
    return suggest_best(in->action, c.names, c.count) < 0;
}

static void unknown(Caller *c, const char *id, const char *what, Str name) {
    Loc at = c->call->resource->loc;
    diag_error(c->diags, at, id, "%s `%.*s`, which `%.*s` calls", what, SFMT(name),
               SFMT(c->call->state));
    diag_guess(c->diags, name, c->names, c->count);
    diag_help(c->diags, "if it is newer than this program, say what it needs of IAM: "
                        "`needs: [{actions: [...], on: [...]}]`");
}

static bool check_form(Caller *c, const Node *forms) {
    static const char *const known[] = {"sync", "sync:2", "waitForTaskToken"};
    Str form = c->in.form;
    bool has = !form.len || (c->in.sdk && str_eq(form, S("waitForTaskToken")));
    for (uint32_t i = 0; forms && i < forms->count; i++)
        has = has || str_eq(form, node_str(forms->items[i]));
    if (has)
        return true;
    bool exists = false;
    for (size_t i = 0; i < COUNT(known); i++)
        exists = exists || str_is(form, known[i]);
    diag_error(c->diags, c->call->resource->loc, "unknown-form",
               exists ? "`%s%.*s:%.*s` cannot be called with `.%.*s`"
                      : "`%s%.*s:%.*s` has no form `.%.*s`",
               c->in.sdk ? "aws-sdk:" : "", SFMT(c->in.service), SFMT(c->in.action), SFMT(form));
    diag_note(c->diags, "it can be called %s%s",
              forms && forms->count ? "with one of the forms in its page, or " : "",
              c->in.sdk ? "without a form, or with `.waitForTaskToken`" : "without a form");
    return false;
}

static bool check_sdk(Caller *c) {
    const Node *service = service_sdk(c->kinds, c->in.service);
    const Node *groups = node_get(service, S("actions"));
    if (!service) {
        may_be_services(c, S("sdk/"));
        unknown(c, "unknown-service", "there is no service of the SDK called", c->in.service);
        return false;
    }
    if (service_sdk_action(c->kinds, c->in.service, c->in.action))
        return check_form(c, NULL);
    may_be_actions(c, groups);
    unknown(c, "unknown-action",
            str_fmt(c->kinds->arena, "`%.*s` has no action", SFMT(c->in.service)).ptr,
            c->in.action);
    return false;
}

static bool has_parameter(const Caller *c, Str name) {
    const Node *from = c->call->parameters;
    return node_find(from, name) || node_find(from, str_fmt(c->kinds->arena, "%.*s.$", SFMT(name)));
}

static bool check_parameters(Caller *c, const Node *action) {
    const Node *requires = node_get(action, S("requires")), *given = c->call->parameters;
    void (*complain)(Diags *, Loc, const char *, const char *, ...) =
        c->call->runs ? diag_warn : diag_error;
    bool ok = true;
    if (given && given->type != NODE_MAP) // an expression: nobody knows
        return true;
    for (uint32_t i = 0; requires && i < requires->count; i++) {
        Str name = node_str(requires->items[i]);
        if (has_parameter(c, name))
            continue;
        complain(c->diags, given ? given->loc : c->call->resource->loc, "missing-parameter",
                 "`%.*s:%.*s` needs `%.*s`, and `%.*s` does not say it", SFMT(c->in.service),
                 SFMT(c->in.action), SFMT(name), SFMT(c->call->state));
        ok = c->call->runs;
    }
    return ok;
}

// The service wants PascalCase, whatever the API itself has.
static bool check_case(Caller *c) {
    void (*complain)(Diags *, Loc, const char *, const char *, ...) =
        c->call->runs ? diag_warn : diag_error;
    const Node *given = c->call->parameters;
    bool ok = true;
    for (uint32_t i = 0; given && given->type == NODE_MAP && i < given->count; i++) {
        const Node *key = given->entries[i].key;
        char first = key->text.len ? key->text.ptr[0] : 'A';
        if (first < 'a' || first > 'z')
            continue;
        complain(c->diags, key->loc, "parameter-case",
                 "`%.*s` of `%.*s`: a parameter begins with a capital letter", SFMT(key->text),
                 SFMT(c->call->state));
        diag_help(c->diags, "write `%c%.*s`", first - 'a' + 'A',
                  SFMT(str_cut(key->text, 1, key->text.len)));
        ok = c->call->runs;
    }
    return ok;
}

static bool check_optimised(Caller *c) {
    const Node *service = service_find(c->kinds, c->in.service);
    const Node *actions = node_get(service, S("actions")),
               *action = node_get(actions, c->in.action);
    if (!service) {
        may_be_services(c, S("services/"));
        unknown(c, "unknown-service", "there is no integration of", c->in.service);
        return false;
    }
    bool only = node_get(service, S("only")) != NULL;
    if (!action || only != c->call->access) {
        for (uint32_t i = 0; !action && i < actions->count; i++)
            may_be(c, actions->entries[i].key->text);
        unknown(
            c, "unknown-action",
            str_fmt(c->kinds->arena, "the integration of `%.*s` has no action", SFMT(c->in.service))
                .ptr,
            c->in.action);
        return false;
    }
    bool fits = check_form(c, node_get(action, S("forms")));
    return check_parameters(c, action) && fits;
}

bool service_check(Kinds *kinds, Diags *d, const Call *call) {
    Caller caller = {.kinds = kinds, .diags = d, .call = call}, *c = &caller;
    bool open = str_find(node_str(call->resource), S("${")) >= 0;
    if (call->declared || open || !integration_parse(call->resource, &c->in))
        return true;
    bool ok = c->in.sdk ? check_sdk(c) : check_optimised(c);
    return check_case(c) && ok;
}
