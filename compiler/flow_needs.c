// flow_needs.c - what a workflow's role must be allowed: for each task, what its service's file
// says, on the resource that its parameters name.
#include "build.h"
#include "flow_parts.h"
#include "scope.h"
#include "service.h"

typedef struct Needer {
    Unit *unit;
    Machine *machine;
    const State *state;
    const Node *parameters;
    const Node *resources; // of the service: parameter -> ARN
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
    Node *list = node_list(n->unit->arena, n->state->loc);
    node_push(n->unit->arena, list, node_string(n->unit->arena, str_from(action), n->state->loc));
    return list;
}

static Node *one(const Needer *n, Node *item) {
    Node *list = node_list(n->unit->arena, n->state->loc);
    node_push(n->unit->arena, list, item);
    return list;
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

// The name in an ARN, a URL or a path is its last part.
static Str last_part(Str s) {
    for (size_t i = s.len; i > 0; i--)
        if (s.ptr[i - 1] == ':' || s.ptr[i - 1] == '/')
            return str_cut(s, i, s.len);
    return s;
}

static bool is_runtime(Str s) {
    return str_starts(s, S("$.")) || str_starts(s, S("$$")) || str_starts(s, S("States.")) ||
           str_eq(s, S("$")) || str_starts(s, S("{%"));
}

// What stands for a resource in a parameter, as its name: a text, or NULL if only the run knows.
static Node *name_of(const Needer *n, const Node *value) {
    Arena *a = n->unit->arena;
    if (value->type == NODE_TEXT && value->count == 1 && value->pieces[0].kind == PIECE_ATTR) {
        Resource *res = value->pieces[0].res;
        return member(n, res, "name");
    }
    Str s = node_str(value);
    if (!s.len || is_runtime(s))
        return NULL;
    Node *text = node_text(a, n->state->loc);
    node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = last_part(s)});
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
        Node *filled = str_eq(hole, S("name")) ? name : value ? name_of(n, value) : NULL;
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
    return pattern.len ? fill(n, pattern, name_of(n, value)) : NULL;
}

static void add_statements(const Needer *n, const Node *statements) {
    Arena *a = n->unit->arena;
    for (uint32_t i = 0; statements && i < statements->count; i++) {
        const Node *from = statements->items[i], *on = node_get(from, S("on"));
        Node *targets = node_list(a, n->state->loc);
        for (uint32_t j = 0; j < on->count; j++) {
            Str item = on->items[j]->text;
            bool pattern = str_starts(item, S("arn:")) || str_eq(item, S("*"));
            node_push(a, targets, pattern ? fill(n, item, NULL) : arn_of(n, item));
        }
        add(n, node_get(from, S("actions")), targets, node_get(from, S("condition")));
    }
}

static void need_integration(Needer *n, const Integration *in) {
    const Node *service = service_find(n->unit->kinds, in->service);
    const Node *action = node_get(node_get(service, S("actions")), in->action);
    if (!action || in->sdk)
        return;
    n->resources = node_get(service, S("resources"));
    add_statements(n, node_get(action, S("needs")));
    Str form = in->form;
    if (str_starts(form, S("sync")))
        add_statements(n, node_get(action, S("sync")));
}

static void need_task(Needer *n, Node *resource, const Node *parameters) {
    Integration in;
    n->parameters = parameters;
    if (integration_parse(resource, &in))
        need_integration(n, &in);
    else
        add(n, one_action(n, "lambda:InvokeFunction"),
            one(n, flow_open(n->unit, n->machine, resource)), NULL);
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

static const Node *request_of(const Node *def) {
    const Node *parameters = node_get(def, S("Parameters"));
    return parameters ? parameters : node_get(def, S("Arguments"));
}

void flow_needs(Unit *u, Machine *m) {
    m->needs = node_list(u->arena, m->workflow->loc);
    for (size_t i = 0; i < m->count; i++) {
        Needer n = {.unit = u, .machine = m, .state = m->states[i]};
        const Node *def = m->states[i]->def;
        Node *resource = node_get(def, S("Resource"));
        if (resource)
            need_task(&n, resource, request_of(def));
        const Node *reader = node_get(def, S("ItemReader")),
                   *writer = node_get(def, S("ResultWriter"));
        if (reader && node_get(reader, S("Resource")))
            need_task(&n, node_get(reader, S("Resource")), request_of(reader));
        if (writer && node_get(writer, S("Resource")))
            need_task(&n, node_get(writer, S("Resource")), request_of(writer));
        need_declared(&n);
    }
}
