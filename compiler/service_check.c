// service_check.c - calls that no service answers. Source: the developer guide, integrating
// services, and the page that each file of templates/services names.
#include "embedded.h"
#include "service.h"

enum { NAMES_MOST = 2048, LISTED = 12 };

typedef struct Caller {
    Kinds *kinds;
    Diags *diags;
    const Call *call;
    Integration in;
    Str takes;  // of the call: see service_takes
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

static void may_be_newer(Caller *c) {
    diag_help(c->diags, "if it is newer than this program, say what the call needs of IAM: "
                        "`needs: [{actions: [...], on: [...]}]`");
}

static void unknown(Caller *c, const char *id, const char *what, Str name) {
    Loc at = c->call->resource->loc;
    diag_error(c->diags, at, id, "%s `%.*s`, which `%.*s` calls", what, SFMT(name),
               SFMT(c->call->state));
    diag_guess(c->diags, name, c->names, c->count);
    may_be_newer(c);
}

static bool check_form(Caller *c, const Node *forms) {
    static const char *const known[] = {"sync", "sync:2", "waitForTaskToken"};
    Str form = c->in.form;
    if (!form.len || node_lists(forms, form) || (c->in.sdk && str_eq(form, S("waitForTaskToken"))))
        return true;
    bool exists = str_is_one_of(form, known, COUNT(known));
    diag_error(c->diags, c->call->resource->loc, "unknown-form",
               exists ? "`%s%.*s:%.*s` cannot be called with `.%.*s`"
                      : "`%s%.*s:%.*s` has no form `.%.*s`",
               c->in.sdk ? "aws-sdk:" : "", SFMT(c->in.service), SFMT(c->in.action), SFMT(form));
    diag_note(c->diags, "it can be called %s%s",
              forms && forms->count ? "with one of the forms in its page, or " : "",
              c->in.sdk ? "without a form, or with `.waitForTaskToken`" : "without a form");
    return false;
}

typedef void Complain(Diags *, Loc, const char *, const char *, ...);

// Of what runs already, the service has refused nothing yet.
static Complain *severity(const Caller *c) {
    return c->call->runs ? diag_warn : diag_error;
}

// The parameters, if they are written down. NULL: there are none, or an expression makes them.
static const Node *given(const Caller *c) {
    const Node *parameters = c->call->parameters;
    return parameters && parameters->type == NODE_MAP ? parameters : NULL;
}

static bool is_expression(const Caller *c) {
    return c->call->parameters && !given(c);
}

// The next of what a call takes. False: that was all.
static bool next_taken(Str *takes, Str *name, bool *required) {
    if (!str_split(takes, ' ', name) || !name->len)
        return false;
    *required = str_ends(*name, S("!"));
    name->len -= *required;
    return true;
}

// `Name.$` is Name as well.
static Str name_of(const Node *key) {
    return str_cut(key->text, 0, key->text.len - (str_ends(key->text, S(".$")) ? 2 : 0));
}

// Nobody knows of some calls what they take.
static bool is_taken(const Caller *c, Str name) {
    Str rest = c->takes, taken;
    bool required, found = !c->takes.ptr;
    while (!found && next_taken(&rest, &taken, &required))
        found = str_eq(taken, name);
    return found;
}

static void say_taken(Caller *c) {
    Buf b = {.arena = c->kinds->arena};
    for (size_t i = 0; i < c->count; i++)
        buf_fmt(&b, "%s`%.*s`", i ? ", " : "", SFMT(c->names[i]));
    if (c->count && c->count <= LISTED)
        diag_note(c->diags, "it takes %.*s", SFMT(buf_str(&b)));
    buf_free(&b);
}

static void not_taken(Caller *c, const Node *key) {
    Str name = name_of(key), rest = c->takes, taken;
    bool required;
    Complain *complain = severity(c);
    complain(c->diags, key->loc, "unknown-parameter",
             "`%.*s:%.*s` takes no `%.*s`, which `%.*s` hands over", SFMT(c->in.service),
             SFMT(c->in.action), SFMT(name), SFMT(c->call->state));
    for (c->count = 0; next_taken(&rest, &taken, &required);)
        may_be(c, taken);
    if (diag_guess(c->diags, name, c->names, c->count))
        return;
    say_taken(c);
    may_be_newer(c);
}

static bool begins_small(const Node *key) {
    return key->text.len && key->text.ptr[0] >= 'a' && key->text.ptr[0] <= 'z';
}

// What begins with a small letter is check_case's.
static bool check_taken(Caller *c) {
    const Node *from = given(c);
    bool ok = true;
    for (uint32_t i = 0; from && i < from->count; i++) {
        const Node *key = from->entries[i].key;
        if (begins_small(key) || is_taken(c, name_of(key)))
            continue;
        not_taken(c, key);
        ok = c->call->runs;
    }
    return ok;
}

// One that is there under a name that is none was complained about.
static bool is_misspelled(const Caller *c, Str name) {
    const Node *from = given(c);
    for (uint32_t i = 0; from && i < from->count; i++) {
        Str there = name_of(from->entries[i].key);
        if (!is_taken(c, there) && suggest_best(there, &name, 1) == 0)
            return true;
    }
    return false;
}

static bool check_given(Caller *c, Str name) {
    const Node *from = given(c);
    if (is_expression(c) || node_find(from, name) ||
        node_find(from, str_fmt(c->kinds->arena, "%.*s.$", SFMT(name))) || is_misspelled(c, name))
        return true;
    Complain *complain = severity(c);
    complain(c->diags, from ? from->loc : c->call->resource->loc, "missing-parameter",
             "`%.*s:%.*s` needs `%.*s`, and `%.*s` does not say it", SFMT(c->in.service),
             SFMT(c->in.action), SFMT(name), SFMT(c->call->state));
    return c->call->runs;
}

static bool check_required(Caller *c, const Node *requires) {
    bool ok = true;
    for (uint32_t i = 0; requires && i < requires->count; i++)
        ok = check_given(c, node_str(requires->items[i])) && ok;
    return ok;
}

// The service wants PascalCase, whatever the API itself has.
static bool check_case(Caller *c) {
    const Node *from = given(c);
    bool ok = true;
    for (uint32_t i = 0; from && i < from->count; i++) {
        const Node *key = from->entries[i].key;
        if (!begins_small(key))
            continue;
        Complain *complain = severity(c);
        complain(c->diags, key->loc, "parameter-case",
                 "`%.*s` of `%.*s`: a parameter begins with a capital letter", SFMT(key->text),
                 SFMT(c->call->state));
        diag_help(c->diags, "write `%c%.*s`", key->text.ptr[0] - 'a' + 'A',
                  SFMT(str_cut(key->text, 1, key->text.len)));
        ok = c->call->runs;
    }
    return ok;
}

static bool check_sdk_call(Caller *c) {
    c->takes = service_takes(c->kinds, c->in.service, c->in.action);
    Str rest = c->takes, name;
    bool ok = check_form(c, NULL), required;
    ok = check_taken(c) && ok;
    while (next_taken(&rest, &name, &required))
        ok = (!required || check_given(c, name)) && ok;
    return ok;
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
        return check_sdk_call(c);
    may_be_actions(c, groups);
    unknown(c, "unknown-action",
            str_fmt(c->kinds->arena, "`%.*s` has no action", SFMT(c->in.service)).ptr,
            c->in.action);
    return false;
}

// An integration takes what the API's call of that name does; those of another name, their own.
static Str takes_of(Caller *c, const Node *service) {
    Str sdk = node_get_str(service, S("sdk"));
    return service_takes(c->kinds, sdk.len ? sdk : c->in.service, c->in.action);
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
    c->takes = only ? (Str){0} : takes_of(c, service);
    bool ok = check_form(c, node_get(action, S("forms")));
    ok = check_taken(c) && ok;
    return check_required(c, node_get(action, S("requires"))) && ok;
}

bool service_check(Kinds *kinds, Diags *d, const Call *call) {
    Caller caller = {.kinds = kinds, .diags = d, .call = call}, *c = &caller;
    bool open = str_find(node_str(call->resource), S("${")) >= 0;
    if (call->declared || open || !integration_parse(call->resource, &c->in))
        return true;
    bool ok = c->in.sdk ? check_sdk(c) : check_optimised(c);
    return check_case(c) && ok;
}
