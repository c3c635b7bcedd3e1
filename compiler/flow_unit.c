// flow_unit.c - workflows -> state machines.
#include "flow.h"

#include "asl_check.h"
#include "build.h"
#include "flow_parts.h"
#include "hands.h"
#include "lower.h"

// The name of a parameter for `${name}`, in which more may stand than a parameter's may.
static Str parameter_name(Arena *a, Str name) {
    Buf b = {.arena = a};
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        buf_char(&b, word ? c : '_');
    }
    Str made = buf_keep(&b, a);
    buf_free(&b);
    return made;
}

const Param *flow_placeholder(Unit *u, Str name) {
    Str known = parameter_name(u->arena, name);
    for (size_t i = 0; i < u->param_count; i++)
        if (str_eq(u->params[i]->name, known) || str_eq(u->params[i]->name, name))
            return u->params[i];
    Param *param = strmap_get(&u->shared_params, known);
    if (param)
        return param;
    param = arena_new(u->arena, Param, 1);
    *param = (Param){.name = known, .type = S("string"), .required = true};
    param->doc = str_fmt(u->arena, "What stands for `${%.*s}` in the definition.", SFMT(name));
    strmap_put(&u->shared_params, u->arena, known, param);
    return param;
}

static void collect_variable(Lower *l, Str name) {
    if (str_ends(name, S(".$")))
        name = str_cut(name, 0, name.len - 2);
    strmap_put(&l->variables, l->arena, name, l);
}

// Every `assign: {x: ...}` and `save: $x`, wherever it stands: scopes are checked later.
static void collect_variables(Lower *l, const Node *n) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        collect_variables(l, n->items[i]);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        const Entry *e = &n->entries[i];
        Str text = node_str(e->value);
        if (str_eq(e->key->text, S("assign")) && node_is_map(e->value))
            for (uint32_t j = 0; j < e->value->count; j++)
                collect_variable(l, e->value->entries[j].key->text);
        if (str_eq(e->key->text, S("save")) && text.len > 1 && text.ptr[0] == '$')
            collect_variable(l, str_cut(text, 1, text.len));
        collect_variables(l, e->value);
    }
}

static Node *definition_of(Lower *l, const Node *stages) {
    Resource *w = l->workflow;
    Node *def = node_map(l->arena, w->loc), *query = resource_get(w, S("query"));
    Node *comment = resource_get(w, S("comment"));
    if (!comment && !l->exact)
        comment = resource_get(w, S("doc"));
    lower_put(l, def, "Comment", comment);
    lower_put(l, def, "Version", resource_get(w, S("version")));
    lower_put(l, def, "QueryLanguage", query);
    Node *start = resource_get(w, S("start"));
    lower_put(l, def, "StartAt", start);
    Node *timeout = resource_get(w, S("timeout"));
    lower_put(l, def, "TimeoutSeconds", timeout ? lower_seconds(l, "timeout", timeout) : NULL);
    lower_stages(l, stages, def);
    return def;
}

// The text as CloudFormation takes it: Fn::Sub wants something to fill in, and names only if there
// are any.
static Node *filled_text(Unit *u, const Machine *m, Node *text) {
    if (str_find(text->text, S("${")) < 0)
        return text;
    Node *sub = node_map(u->arena, text->loc), *list = node_list(u->arena, text->loc);
    node_push(u->arena, list, text);
    node_push(u->arena, list, m->names);
    node_set(u->arena, sub, S("Fn::Sub"), m->names->count ? list : text);
    return sub;
}

static void set_definition(Unit *u, Machine *m) {
    Node *definition = node_map(u->arena, m->workflow->loc);
    Node *text = flow_text(u, m);
    node_set(u->arena, definition, S("text"), text);
    node_set(u->arena, definition, S("filled"), filled_text(u, m, text));
    node_set(u->arena, definition, S("names"), m->names);
    Node *file = node_plain(
        u->arena,
        str_fmt(u->arena, "\"${path.module}/../../asl/%.*s.asl.json\"", SFMT(m->workflow->path)),
        m->workflow->loc);
    file->tag = TAG_BARE;
    node_set(u->arena, definition, S("file"), file);
    resource_set(m->workflow, S("definition"), definition);
    if (m->needs->count)
        resource_set(m->workflow, S("needs"), m->needs);
}

// Nothing in it has been reported: a name of what is not there is NULL by now.
static bool is_whole(const Node *n) {
    for (uint32_t i = 0; n && n->type == NODE_LIST && i < n->count; i++)
        if (!is_whole(n->items[i]))
            return false;
    for (uint32_t i = 0; n && n->type == NODE_MAP && i < n->count; i++)
        if (!is_whole(n->entries[i].value))
            return false;
    return n != NULL;
}

static void flow_workflow(Unit *u, Resource *w) {
    const Node *stages = resource_get(w, S("stages"));
    if (!node_is_list(stages) || w->flawed || !is_whole(stages))
        return;
    Machine *m = arena_new(u->arena, Machine, 1);
    m->workflow = w;
    m->exact = node_is_word(resource_get(w, S("exact")), S("true"));
    size_t before = u->diags->errors;
    bool jsonata = str_eq(node_str(resource_get(w, S("query"))), S("JSONata"));
    Lower l = {.unit = u,
               .arena = u->arena,
               .diags = u->diags,
               .workflow = w,
               .machine = m,
               .query = jsonata ? QUERY_JSONATA : QUERY_PATH,
               .exact = m->exact};
    l.within = l.query;
    collect_variables(&l, stages);
    m->definition = definition_of(&l, stages);
    w->machine = m;
    lower_around(&l);
    if (u->diags->errors == before) { // what is missing would be reported again
        AslCheck check = {.arena = u->arena, .diags = u->diags, .placeholders = m->exact};
        asl_check(&check, m->definition);
    }
    if (u->diags->errors == before)
        flow_check(u, m);
    if (u->diags->errors == before)
        flow_data(u, m);
    flow_needs(u, m);
    set_definition(u, m);
}

// Several workflows may call one function: what they need of its role stands in the order of these.
static void allow(Unit *u, const Machine *m) {
    for (size_t i = 0; i < m->allowance_count; i++) {
        Resource *who = m->allowances[i].who;
        Node *needs = resource_get(who, S("needs"));
        if (!needs)
            resource_set(who, S("needs"), needs = node_list(u->arena, who->loc));
        node_push(u->arena, needs, m->allowances[i].statement);
    }
}

static void flow_one(Unit *u, void *ctx, size_t i) {
    Resource *const *workflows = ctx;
    flow_workflow(u, workflows[i]);
}

void flow_unit(Unit *u) {
    Resource **workflows = arena_new(u->arena, Resource *, u->count + 1);
    size_t count = 0, alone = 1; // what the first one needs of the templates is there for all
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!str_eq(r->kind->name, S("workflow")) || r->existing.len)
            continue;
        workflows[count++] = r;
        if (resource_get(r, S("exact"))) // it may bring parameters, which all have in common
            alone = count;
    }
    alone = alone < count ? alone : count;
    for (size_t i = 0; i < alone; i++)
        flow_workflow(u, workflows[i]);
    hands_do(u, count - alone, flow_one, workflows + alone);
    for (size_t i = 0; i < count; i++)
        if (workflows[i]->machine)
            allow(u, workflows[i]->machine);
}

// `${X}` of an imported definition, as a text with the parameter that it becomes.
Node *flow_open(Unit *u, const Machine *m, Node *value) {
    Str s = node_str(value);
    if (!m->exact || str_find(s, S("${")) < 0)
        return value;
    Node *text = node_text(u->arena, value->loc);
    ptrdiff_t at;
    while ((at = str_find(s, S("${"))) >= 0) {
        Str rest = str_cut(s, (size_t)at + 2, s.len), name;
        node_piece(u->arena, text,
                   (Piece){.kind = PIECE_LITERAL, .text = str_cut(s, 0, (size_t)at)});
        str_split(&rest, '}', &name);
        Piece piece = {.kind = PIECE_DEPLOY};
        if (str_eq(name, S("AWS::Region")))
            piece.text = S("region");
        else if (str_eq(name, S("AWS::AccountId")))
            piece.text = S("account");
        else if (str_eq(name, S("AWS::Partition")))
            piece.text = S("partition");
        else
            piece = (Piece){.kind = PIECE_PARAM, .param = flow_placeholder(u, name)};
        node_piece(u->arena, text, piece);
        s = rest;
    }
    node_piece(u->arena, text, (Piece){.kind = PIECE_LITERAL, .text = s});
    return node_settle(u->arena, text);
}
