// flow_needs.c - what a workflow's role must be allowed: for each task, what its service's file
// says, on the resource that its parameters name.
#include "build.h"
#include "flow_parts.h"
#include "scope.h"
#include "service.h"

#include <string.h>

typedef struct Needer {
    Unit *unit;
    Machine *machine;
    const State *state;
    const Node *parameters;
    const Node *resources; // of the service: parameter -> ARN; of the SDK: type -> ARN
    bool sdk;
} Needer;

static void add(const Needer *n, Node *actions, Node *on, Node *condition) {
    Arena *a = n->unit->arena;
    if (!on || !on->count)
        return;
    Node *need = node_map(a, n->state->loc);
    node_set(a, need, S("actions"), actions);
    node_set(a, need, S("on"), on);
    node_set(a, need, S("condition"), condition);
    node_push(a, n->machine->needs, need);
}

static Node *one_action(const Needer *n, const char *action) {
    Arena *a = n->unit->arena;
    return node_as_list(a, node_string(a, str_from(action), n->state->loc));
}

static Node *member(const Needer *n, Resource *res, const char *name) {
    bool known;
    Node *value = scope_member(n->unit, res, str_from(name), &known);
    return known ? value : NULL;
}

// The ARN of the resource that the stage itself names: the target of a fan-out is known only so.
static Node *stage_target(const Needer *n) {
    const Node *stage = n->state->stage;
    static const Str verbs[] = {
        {"send",    4},
        {"publish", 7},
        {"start",   5},
        {"job",     3}
    };
    for (size_t i = 0; stage && i < COUNT(verbs); i++) {
        const Node *target = node_get(stage, verbs[i]);
        if (target && target->type == NODE_REF)
            return member(n, target->res, "arn");
    }
    return NULL;
}

static Node *parameter(const Needer *n, Str name) {
    Node *value = node_get(n->parameters, name);
    return value ? value : node_get(n->parameters, str_fmt(n->unit->arena, "%.*s.$", SFMT(name)));
}

// Behind the first of `marks` that is not in a placeholder; all of it if there is none.
static Str behind(Str s, const char *marks) {
    bool inside = false; // `${AWS::Region}` has some of its own
    for (size_t i = 0; i < s.len; i++) {
        inside = s.ptr[i] == '{' || (inside && s.ptr[i] != '}');
        if (!inside && strchr(marks, s.ptr[i]))
            return str_cut(s, i + 1, s.len);
    }
    return s;
}

// The name in an ARN or a URL: `nightly:3` of `arn:...:task-definition/nightly:3`.
static Str name_in(Str s) {
    if (str_starts(s, S("arn:"))) {
        for (int i = 0; i < 5; i++)
            s = behind(s, ":");
        return behind(s, ":/");
    }
    ptrdiff_t host = str_find(s, S("://"));
    for (Str rest = behind(s, "/"); host >= 0 && rest.ptr != s.ptr; rest = behind(s, "/"))
        s = rest;
    return s;
}

// `${Name}` and no more: what it stands for may be a name, an ARN or a URL.
static bool is_placeholder(Str s) {
    return str_starts(s, S("${")) && str_find(s, S("}")) == (ptrdiff_t)s.len - 1;
}

static bool is_runtime(Str s) {
    return str_starts(s, S("$.")) || str_starts(s, S("$$")) || str_starts(s, S("States.")) ||
           str_eq(s, S("$")) || str_starts(s, S("{%"));
}

// What stands for a resource in a parameter, as its name: a text, or NULL if only the run knows.
static Node *name_of(const Needer *n, Str parameter_name, const Node *value) {
    bool is_address = str_ends(parameter_name, S("Url")) || str_ends(parameter_name, S("Arn"));
    Arena *a = n->unit->arena;
    if (value->type == NODE_TEXT && value->count == 1 && value->pieces[0].kind == PIECE_ATTR) {
        Resource *res = value->pieces[0].res;
        return member(n, res, "name");
    }
    Str s = node_str(value);
    if (!s.len || is_runtime(s) || (is_placeholder(s) && is_address))
        return NULL;
    Node *text = node_text(a, n->state->loc);
    node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = name_in(s)});
    return flow_open(n->unit, n->machine, node_settle(a, text));
}

// `arn:$(partition):...$(name)`: the holes are what a target knows, `name`, or a parameter's name.
static Node *fill(const Needer *n, Str pattern, Node *name) {
    Arena *a = n->unit->arena;
    Node *text = node_text(a, n->state->loc);
    ptrdiff_t at;
    while ((at = str_find(pattern, S("$("))) >= 0) {
        node_piece(a, text,
                   (Piece){.kind = PIECE_LITERAL, .text = str_cut(pattern, 0, (size_t)at)});
        pattern = str_cut(pattern, (size_t)at + 2, pattern.len);
        Str hole;
        str_split(&pattern, ')', &hole);
        bool deploy =
            str_eq(hole, S("partition")) || str_eq(hole, S("region")) || str_eq(hole, S("account"));
        if (deploy) {
            node_piece(a, text, (Piece){.kind = PIECE_DEPLOY, .text = hole});
            continue;
        }
        const Node *value = str_eq(hole, S("name")) ? NULL : parameter(n, hole);
        Node *filled = str_eq(hole, S("name")) ? name : value ? name_of(n, hole, value) : NULL;
        Node *any = node_string(a, S("*"), n->state->loc);
        node_concat(a, text, filled ? filled : any);
    }
    node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = pattern});
    return node_settle(a, text);
}

// The ARN of what a parameter names, or a pattern for it where only the run knows.
static Node *arn_of(const Needer *n, Str name) {
    Node *value = parameter(n, name), *target = stage_target(n);
    if (!value)
        return NULL;
    bool runtime = is_runtime(node_str(value)) ||
                   (value->type == NODE_TEXT && value->pieces[0].kind == PIECE_LITERAL &&
                    is_runtime(value->pieces[0].text));
    if (runtime && target)
        return target;
    if (value->type == NODE_TEXT && value->count == 1 && value->pieces[0].kind == PIECE_ATTR) {
        const Piece *piece = &value->pieces[0];
        bool arn = str_ends(piece->text, S("arn")) || str_eq(piece->text, S("call"));
        return arn ? value : member(n, piece->res, "arn");
    }
    if (str_starts(node_str(value), S("arn:")))
        return flow_open(n->unit, n->machine, value);
    Str pattern = node_get_str(n->resources, name);
    bool is_arn = str_ends(name, S("Arn")) || str_eq(name, S("FunctionName"));
    if (is_arn && str_starts(node_str(value), S("${")))
        return flow_open(n->unit, n->machine, value);
    return pattern.len ? fill(n, pattern, name_of(n, name, value)) : NULL;
}

// What `on` of a statement says: a pattern, or the name of one.
static Node *target_of(const Needer *n, Str item) {
    bool pattern = str_starts(item, S("arn:")) || str_eq(item, S("*"));
    if (!pattern && n->sdk) {
        item = node_get_str(n->resources, item);
        pattern = true;
    }
    return pattern ? fill(n, item, NULL) : arn_of(n, item);
}

static Node *targets_of(const Needer *n, const Node *on) {
    Node *targets = node_list(n->unit->arena, n->state->loc);
    for (uint32_t i = 0; on && i < on->count; i++)
        node_push(n->unit->arena, targets, target_of(n, on->items[i]->text));
    return targets;
}

// A statement may be for calls only that have a parameter.
static void add_statements(const Needer *n, const Node *statements) {
    for (uint32_t i = 0; statements && i < statements->count; i++) {
        const Node *from = statements->items[i];
        Str only = node_get_str(from, S("if"));
        if (!only.len || parameter(n, only))
            add(n, node_get(from, S("actions")), targets_of(n, node_get(from, S("on"))),
                node_get(from, S("condition")));
    }
}

// --- roles that a call hands over

static bool names_role(Str key) {
    if (str_ends(key, S(".$")))
        key = str_cut(key, 0, key.len - 2);
    return str_ends(key, S("RoleArn")) || str_ends(key, S("Role"));
}

// Every role in the parameters, however deep. False: only the run knows one of them.
static bool collect_roles(const Needer *n, const Node *tree, Node *roles) {
    bool known = true;
    for (uint32_t i = 0; tree && tree->type == NODE_LIST && i < tree->count; i++)
        known = collect_roles(n, tree->items[i], roles) && known;
    for (uint32_t i = 0; tree && tree->type == NODE_MAP && i < tree->count; i++) {
        const Entry *e = &tree->entries[i];
        if (!names_role(e->key->text) || node_is_map(e->value)) {
            known = collect_roles(n, e->value, roles) && known;
            continue;
        }
        Str s = node_str(e->value);
        bool open = e->value->type == NODE_TEXT || str_starts(s, S("arn:")) || is_placeholder(s);
        if (open)
            node_push(n->unit->arena, roles, flow_open(n->unit, n->machine, e->value));
        known = known && open;
    }
    return known;
}

static void need_role(const Needer *n, const Node *to) {
    Arena *a = n->unit->arena;
    Node *roles = node_list(a, n->state->loc), *condition = NULL;
    bool known = collect_roles(n, n->parameters, roles);
    if (!known || !roles->count) {
        roles = node_list(a, n->state->loc);
        node_push(a, roles, fill(n, S("arn:$(partition):iam::$(account):role/*"), NULL));
    }
    if (!node_is_word(to, S("true"))) {
        Node *service = node_map(a, n->state->loc);
        condition = node_map(a, n->state->loc);
        node_set(a, service, S("iam:PassedToService"), (Node *)to);
        node_set(a, condition, S("StringEquals"), service);
    }
    add(n, one_action(n, "iam:PassRole"), roles, condition);
}

// --- calls

static void need_optimised(Needer *n, const Integration *in) {
    const Node *service = service_find(n->unit->kinds, in->service);
    const Node *action = node_get(node_get(service, S("actions")), in->action);
    n->resources = node_get(service, S("resources"));
    add_statements(n, node_get(action, S("needs")));
    if (str_starts(in->form, S("sync")))
        add_statements(n, node_get(action, S("sync")));
    if (node_get(action, S("passes-role")))
        need_role(n, node_get(action, S("passes-role")));
}

static Str capital(Arena *a, Str word) {
    return str_fmt(a, "%c%.*s", word.ptr[0] - 'a' + 'A', SFMT(str_cut(word, 1, word.len)));
}

static Node *prefixed(const Needer *n, Str iam, const Node *actions) {
    Arena *a = n->unit->arena;
    Node *list = node_list(a, n->state->loc);
    for (uint32_t i = 0; i < actions->count; i++) {
        Str name = str_fmt(a, "%.*s:%.*s", SFMT(iam), SFMT(node_str(actions->items[i])));
        node_push(a, list, node_string(a, name, n->state->loc));
    }
    return list;
}

// An action of the SDK needs the permission of its own name, unless its file says something else.
static void need_sdk(Needer *n, const Integration *in) {
    const Node *service = service_sdk(n->unit->kinds, in->service);
    const Node *group = service_sdk_action(n->unit->kinds, in->service, in->action);
    const Node *needs = node_get(group, S("needs")), *on = node_get(group, S("on"));
    Str iam = node_get_str(service, S("iam"));
    if (!group)
        return;
    n->sdk = true;
    n->resources = node_get(service, S("resources"));
    for (uint32_t i = 0; needs && i < needs->count; i++)
        add(n, prefixed(n, iam, node_get(needs->items[i], S("actions"))),
            targets_of(n, node_get(needs->items[i], S("on"))), NULL);
    if (!needs) {
        Arena *a = n->unit->arena;
        Str name = str_fmt(a, "%.*s:%.*s", SFMT(iam), SFMT(capital(a, in->action)));
        Node *targets = targets_of(n, on);
        if (!on)
            node_push(a, targets, node_string(a, S("*"), n->state->loc));
        add(n, one_action(n, name.ptr), targets, NULL);
    }
    if (node_get(group, S("passes-role")))
        need_role(n, node_get(group, S("passes-role")));
    n->sdk = false;
}

static void need_task(Needer *n, Node *resource, const Node *parameters) {
    Integration in;
    bool service = integration_parse(resource, &in);
    n->parameters = parameters;
    if (service && in.sdk)
        need_sdk(n, &in);
    else if (service)
        need_optimised(n, &in);
    else if (!flow_is_activity(n->state)) // whoever works asks for that
        add(n, one_action(n, "lambda:InvokeFunction"),
            node_as_list(n->unit->arena, flow_open(n->unit, n->machine, resource)), NULL);
}

// A task with credentials is done as the role of somebody else, who has to be allowed what it does.
// Source: developer guide, Accessing resources in other AWS accounts.
static void need_credentials(const Needer *n, const Node *credentials) {
    Node *role = node_get(credentials, S("RoleArn"));
    bool known = role && !is_runtime(node_str(role));
    Node *any = fill(n, S("arn:$(partition):iam::*:role/*"), NULL);
    add(n, one_action(n, "sts:AssumeRole"),
        node_as_list(n->unit->arena, known ? flow_open(n->unit, n->machine, role) : any), NULL);
}

// `needs` of a stage says what no file can know.
static void need_declared(const Needer *n) {
    const Node *needs = node_get(n->state->stage, S("needs"));
    for (uint32_t i = 0; needs && i < needs->count; i++) {
        const Node *item = needs->items[i];
        add(n, node_get(item, S("actions")), node_get(item, S("on")),
            node_get(item, S("condition")));
    }
}

// A distributed map starts executions of the workflow itself. Its ARN is spelled from its name: the
// role must be there before the workflow is. Source: developer guide, IAM policies for Map states.
static void need_children(const Needer *n) {
    static const char *const actions[] = {"states:DescribeExecution", "states:StopExecution",
                                          "states:RedriveExecution"};
    Arena *a = n->unit->arena;
    Resource *w = n->machine->workflow;
    Node *list = node_list(a, n->state->loc);
    for (size_t i = 0; i < COUNT(actions); i++)
        node_push(a, list, node_string(a, str_from(actions[i]), n->state->loc));
    Str runs = S("arn:$(partition):states:$(region):$(account):execution:$(name)/*:*");
    add(n, one_action(n, "states:StartExecution"), node_as_list(a, member(n, w, "named-arn")),
        NULL);
    add(n, list, node_as_list(a, fill(n, runs, member(n, w, "name"))), NULL);
}

void flow_needs(Unit *u, Machine *m) {
    m->needs = node_list(u->arena, m->workflow->loc);
    for (size_t i = 0; i < m->count; i++) {
        Needer n = {.unit = u, .machine = m, .state = m->states[i]};
        const Node *def = m->states[i]->def;
        const Node *const calls[] = {def, node_get(def, S("ItemReader")),
                                     node_get(def, S("ResultWriter"))};
        const Node *credentials = node_get(def, S("Credentials"));
        if (credentials)
            need_credentials(&n, credentials);
        for (size_t j = 0; j < COUNT(calls); j++)
            if (node_get(calls[j], S("Resource")) && !credentials)
                need_task(&n, node_get(calls[j], S("Resource")), flow_request(calls[j]));
        const Node *config = node_get(node_get(def, S("ItemProcessor")), S("ProcessorConfig"));
        if (str_eq(node_get_str(config, S("Mode")), S("DISTRIBUTED")))
            need_children(&n);
        need_declared(&n);
    }
}
