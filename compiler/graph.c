// graph.c - pictures of a system. A picture is nodes and edges; two printers write them.
#include "graph.h"

#include "condition.h"
#include "flow.h"
#include "shown.h"
#include "uses.h"

static uint32_t put_node(Graph *g, GraphNode node) {
    g->nodes = arena_room(g->arena, g->nodes, sizeof *g->nodes, g->node_count, &g->node_cap);
    g->nodes[g->node_count++] = node;
    return g->node_count;
}

static uint32_t add_node(Graph *g, Str label, GraphShape shape, uint32_t group) {
    return put_node(g, (GraphNode){.label = label, .shape = shape, .group = group});
}

// Edges between the same two become one, with both labels.
static void add_edge(Graph *g, uint32_t from, uint32_t to, Str label, bool dashed) {
    for (uint32_t i = 0; i < g->edge_count; i++) {
        GraphEdge *e = &g->edges[i];
        if (e->from != from || e->to != to || e->dashed != dashed)
            continue;
        if (label.len && str_find(e->label, label) < 0)
            e->label =
                e->label.len ? str_fmt(g->arena, "%.*s, %.*s", SFMT(e->label), SFMT(label)) : label;
        return;
    }
    g->edges = arena_room(g->arena, g->edges, sizeof *g->edges, g->edge_count, &g->edge_cap);
    g->edges[g->edge_count++] = (GraphEdge){from, to, label, dashed};
}

// --- A workflow ---

typedef struct States { // the states of a flow, and their nodes
    StrMap nodes;       // state -> its number, as a pointer
    uint32_t end;       // of a whole workflow: where it ends; 0: in a nested flow
} States;

static uint32_t find(const States *s, Str state) {
    return (uint32_t)(uintptr_t)strmap_get(&s->nodes, state);
}

static Str label_of_rule(Graph *g, const Node *rule) {
    const Node *jsonata = node_get(rule, S("Condition"));
    if (jsonata)
        return node_str(jsonata);
    Buf b = {.arena = g->arena};
    Flaw flaw = {0};
    Str label = condition_print(g->arena, &b, rule, &flaw) ? buf_keep(&b, g->arena)
                                                           : node_get_str(rule, S("Variable"));
    buf_free(&b);
    return label;
}

static Str label_of_errors(Graph *g, const Node *catcher) {
    const Node *errors = node_get(catcher, S("ErrorEquals"));
    Buf b = {.arena = g->arena};
    for (uint32_t i = 0; errors && i < errors->count; i++) {
        Str error = node_str(errors->items[i]);
        if (!str_eq(error, S("States.ALL"))) // any: the line is dashed, and needs no word
            buf_fmt(&b, "%s%.*s", i ? ", " : "", SFMT(error));
    }
    Str label = buf_keep(&b, g->arena);
    buf_free(&b);
    return label;
}

static uint32_t add_flow(Graph *g, const Node *flow, uint32_t group, uint32_t end);

static uint32_t add_state(Graph *g, Str name, const Node *def, uint32_t group) {
    Str type = node_get_str(def, S("Type"));
    const Node *each = node_get(def, S("ItemProcessor"));
    const Node *branches = node_get(def, S("Branches"));
    each = each ? each : node_get(def, S("Iterator"));
    if (!each && !branches) {
        bool choice = str_eq(type, S("Choice"));
        bool end = str_eq(type, S("Fail")) || str_eq(type, S("Succeed"));
        return add_node(g, name, choice ? SHAPE_CHOICE : end ? SHAPE_END : SHAPE_BOX, group);
    }
    Str label = str_fmt(g->arena, "%.*s: %s", SFMT(name), each ? "for each" : "all at once");
    uint32_t outer = add_node(g, label, SHAPE_GROUP, group);
    if (each)
        add_flow(g, each, outer, 0);
    for (uint32_t i = 0; branches && i < branches->count; i++)
        add_flow(g, branches->items[i], outer, 0);
    return outer;
}

static void go(Graph *g, const States *s, uint32_t from, const Node *to, Str label, bool dashed) {
    uint32_t node = to ? find(s, node_str(to)) : 0;
    if (node)
        add_edge(g, from, node, label, dashed);
}

static void add_ways(Graph *g, const States *s, uint32_t from, const Node *def) {
    const Node *choices = node_get(def, S("Choices")), *catches = node_get(def, S("Catch"));
    go(g, s, from, node_get(def, S("Next")), (Str){0}, false);
    for (uint32_t i = 0; choices && i < choices->count; i++)
        go(g, s, from, node_get(choices->items[i], S("Next")), label_of_rule(g, choices->items[i]),
           false);
    go(g, s, from, node_get(def, S("Default")), S("otherwise"), false);
    for (uint32_t i = 0; catches && i < catches->count; i++)
        go(g, s, from, node_get(catches->items[i], S("Next")),
           label_of_errors(g, catches->items[i]), true);
    if (s->end && node_is_word(node_get(def, S("End")), S("true")))
        add_edge(g, from, s->end, (Str){0}, false);
}

// The node of its first state.
static uint32_t add_flow(Graph *g, const Node *flow, uint32_t group, uint32_t end) {
    const Node *states = node_get(flow, S("States"));
    States s = {.end = end};
    for (uint32_t i = 0; states && i < states->count; i++) {
        Str name = states->entries[i].key->text;
        uint32_t node = add_state(g, name, states->entries[i].value, group);
        strmap_put(&s.nodes, g->arena, name, (void *)(uintptr_t)node);
    }
    for (uint32_t i = 0; states && i < states->count; i++)
        add_ways(g, &s, find(&s, states->entries[i].key->text), states->entries[i].value);
    return find(&s, node_get_str(flow, S("StartAt")));
}

static bool has_end(const Node *flow) {
    const Node *states = node_get(flow, S("States"));
    for (uint32_t i = 0; states && i < states->count; i++)
        if (node_is_word(node_get(states->entries[i].value, S("End")), S("true")))
            return true;
    return false;
}

Graph *graph_workflow(Unit *u, const Resource *r) {
    Graph *g = arena_new(u->arena, Graph, 1);
    *g = (Graph){.arena = u->arena, .down = true};
    uint32_t start = add_node(g, S("start"), SHAPE_END, 0);
    bool ends = has_end(r->machine->definition);
    uint32_t end = ends ? add_node(g, S("end"), SHAPE_END, 0) : 0;
    uint32_t first = add_flow(g, r->machine->definition, 0, end);
    if (first)
        add_edge(g, start, first, (Str){0}, false);
    return g;
}

// --- A system ---

typedef struct Map {
    Unit *unit;
    Graph *graph;
    StrMap nodes, groups; // path -> node
    bool of_data;         // who names whom says nothing of where data goes: one way is enough
} Map;

static const Resource *for_people(const Resource *r) {
    while (r->owner && shown_is_part(r))
        r = r->owner;
    return r;
}

// Something that it owns is in the picture: a workflow by itself needs no frame.
static bool has_parts(const Unit *u, const Resource *workflow) {
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        if (r != workflow && r->workflow == workflow && !shown_is_part(r))
            return true;
    }
    return false;
}

static uint32_t group_of(Map *m, const Resource *r) {
    if (!r->workflow)
        return 0;
    uint32_t group = (uint32_t)(uintptr_t)strmap_get(&m->groups, r->workflow->path);
    if (!group && has_parts(m->unit, r->workflow)) {
        group = add_node(m->graph, r->workflow->id, SHAPE_GROUP, 0);
        strmap_put(&m->groups, m->unit->arena, r->workflow->path, (void *)(uintptr_t)group);
    }
    return group;
}

static uint32_t node_of(Map *m, const Resource *r) {
    uint32_t node = (uint32_t)(uintptr_t)strmap_get(&m->nodes, r->path);
    if (node)
        return node;
    const char *many = r->axis == AXIS_USER      ? ", one a user"
                       : r->axis == AXIS_PROJECT ? ", one a project"
                       : r->axis == AXIS_RUNTIME ? ", while it runs"
                                                 : "";
    uint32_t group = group_of(m, r);
    Str what = str_fmt(m->unit->arena, "%.*s%s", SFMT(r->kind->name), many);
    GraphShape shape = r->workflow == r          ? SHAPE_FLOW
                       : r->kind->verb_count > 1 ? SHAPE_DATA
                                                 : SHAPE_BOX;
    node = put_node(m->graph, (GraphNode){r->id, what, shape, group});
    strmap_put(&m->nodes, m->unit->arena, r->path, (void *)(uintptr_t)node);
    return node;
}

static void connect(Map *m, const Resource *from, const Resource *to, Str label) {
    from = for_people(from);
    to = for_people(to);
    if (from != to && !shown_is_part(from) && !shown_is_part(to))
        add_edge(m->graph, node_of(m, from), node_of(m, to), label, false);
}

// Whether one of the first `count` edges leads from the one to the other; with data, or back.
static bool is_connected(Map *m, const Resource *from, const Resource *to, uint32_t count) {
    uint32_t a = (uint32_t)(uintptr_t)strmap_get(&m->nodes, for_people(from)->path);
    uint32_t b = (uint32_t)(uintptr_t)strmap_get(&m->nodes, for_people(to)->path);
    for (uint32_t i = 0; i < count; i++) {
        const GraphEdge *e = &m->graph->edges[i];
        if ((e->from == a && e->to == b) || (m->of_data && e->from == b && e->to == a))
            return true;
    }
    return false;
}

static Str verbs_of(Arena *a, const Use *use) {
    Buf b = {.arena = a};
    for (size_t i = 0; i < use->verb_count; i++)
        buf_fmt(&b, "%s%.*s", i ? ", " : "", SFMT(use->verbs[i]->name));
    Str verbs = buf_keep(&b, a);
    buf_free(&b);
    return verbs;
}

static void connect_once(Map *m, const Resource *from, const Resource *to, Str label) {
    if (!is_connected(m, from, to, m->graph->edge_count))
        connect(m, from, to, label);
}

// What a definition names: functions it calls, queues it sends to.
static void add_calls(Map *m, const Resource *workflow, const Node *n) {
    if (!n)
        return;
    for (uint32_t i = 0; n->type == NODE_TEXT && i < n->count; i++)
        if (n->pieces[i].kind == PIECE_ATTR)
            connect_once(m, workflow, n->pieces[i].res, S("call"));
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        add_calls(m, workflow, n->items[i]);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        add_calls(m, workflow, n->entries[i].value);
}

static Map begin(Unit *u) {
    Graph *g = arena_new(u->arena, Graph, 1);
    *g = (Graph){.arena = u->arena};
    return (Map){.unit = u, .graph = g};
}

// A field that is called as what it names says nothing of why.
static Str label_of(const Reference *ref, const Resource *to) {
    return str_eq(ref->field->name, to->kind->name) ? S("use") : ref->field->name;
}

// References of parts say no more than those of what they come with.
static void add_references(Map *m, bool of_parts) {
    uint32_t before = m->graph->edge_count;
    for (size_t i = 0; i < m->unit->count; i++) {
        const Resource *r = m->unit->resources[i];
        for (const Reference *ref = r->references; ref; ref = ref->next)
            if (ref->from != m->unit->self && shown_is_part(ref->from) == of_parts &&
                !is_connected(m, ref->from, r, before))
                connect(m, ref->from, r, label_of(ref, r));
    }
}

// What the one names of the other: in fields, and in definitions.
static void add_named(Map *m) {
    add_references(m, false);
    for (size_t i = 0; i < m->unit->count; i++)
        if (m->unit->resources[i]->machine)
            add_calls(m, m->unit->resources[i], m->unit->resources[i]->machine->definition);
    add_references(m, true);
}

Graph *graph_system(Unit *u) {
    Map m = begin(u);
    for (size_t i = 0; i < u->count; i++)
        if (!shown_is_part(u->resources[i]) && u->resources[i] != u->self)
            node_of(&m, u->resources[i]);
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        const Use *uses;
        size_t count = uses_of(r, &uses);
        for (size_t j = 0; j < count; j++)
            connect(&m, r, uses[j].to, verbs_of(u->arena, &uses[j]));
    }
    add_named(&m);
    return m.graph;
}

static void add_data(Map *m, Resource *r, const Use *use) {
    static const char *const reading[] = {"read", "receive", "poll"};
    static const char *const moving_none[] = {"find", "list", "manage"};
    for (size_t i = 0; i < use->verb_count; i++) {
        Str verb = use->verbs[i]->name;
        if (str_is_one_of(verb, reading, COUNT(reading)))
            connect(m, use->to, r, verb);
        else if (!str_is_one_of(verb, moving_none, COUNT(moving_none)))
            connect(m, r, use->to, verb);
    }
}

// What the stages of a workflow with storage read and write there. Nobody wrote that bucket down,
// and all that they hand on goes through it.
static void add_stored(Map *m, Resource *who) {
    const Node *needs = resource_get(who, S("needs"));
    for (uint32_t i = 0; needs && i < needs->count; i++) {
        const Node *on = node_get(needs->items[i], S("on"));
        const Node *text = on && on->count ? on->items[0] : NULL;
        Resource *store = text && text->type == NODE_TEXT && text->pieces[0].kind == PIECE_ATTR
                              ? text->pieces[0].res
                              : NULL;
        Str action = node_str(node_get(needs->items[i], S("actions"))->items[0]);
        bool reads = str_eq(action, S("s3:GetObject"));
        bool stored = store && shown_is_part(store) && store->workflow == who->workflow;
        if (!stored || (!reads && !str_eq(action, S("s3:PutObject"))))
            continue;
        uint32_t a = node_of(m, who), b = node_of(m, store);
        add_edge(m->graph, reads ? b : a, reads ? a : b, reads ? S("read") : S("write"), false);
    }
}

Graph *graph_data(Unit *u) {
    Map m = begin(u);
    m.of_data = true;
    for (size_t i = 0; i < u->count; i++) {
        const Use *uses;
        size_t count = uses_of(u->resources[i], &uses);
        for (size_t j = 0; j < count; j++)
            add_data(&m, u->resources[i], &uses[j]);
        add_stored(&m, u->resources[i]);
    }
    add_named(&m);
    return m.graph;
}

// --- Printing ---

Graph *graph_join(Arena *a, const Graph *const *graphs, const Str *titles, size_t count) {
    Graph *whole = arena_new(a, Graph, 1);
    whole->arena = a;
    for (size_t i = 0; i < count; i++) {
        const Graph *g = graphs[i];
        uint32_t frame = add_node(whole, titles[i], SHAPE_GROUP, 0);
        for (uint32_t j = 0; j < g->node_count; j++) {
            const GraphNode *n = &g->nodes[j];
            put_node(whole, (GraphNode){n->label, n->what, n->shape, frame + n->group});
        }
        for (uint32_t j = 0; j < g->edge_count; j++) {
            const GraphEdge *e = &g->edges[j];
            add_edge(whole, frame + e->from, frame + e->to, e->label, e->dashed);
        }
        whole->down = whole->down || g->down;
    }
    return whole;
}

static void put_mermaid_text(Buf *out, Str label) {
    for (size_t i = 0; i < label.len; i++)
        switch (label.ptr[i]) {
        case '"':
            buf_put(out, S("#quot;"));
            break;
        case '#':
            buf_put(out, S("#35;"));
            break;
        case '<':
            buf_put(out, S("#lt;"));
            break;
        case '>':
            buf_put(out, S("#gt;"));
            break;
        case '\n':
            buf_put(out, S(" "));
            break;
        default:
            buf_char(out, label.ptr[i]);
        }
}

static void put_mermaid_label(Buf *out, Str label, Str below) {
    buf_char(out, '"');
    put_mermaid_text(out, label);
    buf_put(out, below.len ? S("<br/>") : S(""));
    put_mermaid_text(out, below);
    buf_char(out, '"');
}

static void put_mermaid_nodes(const Graph *g, Buf *out, uint32_t group, unsigned depth) {
    static const char *const shapes[][2] = {
        [SHAPE_BOX] = {"[",  "]" },
          [SHAPE_CHOICE] = {"{",  "}" },
          [SHAPE_END] = {"([", "])"},
        [SHAPE_DATA] = {"[(", ")]"},
          [SHAPE_GROUP] = {"[",  "]" },
          [SHAPE_FLOW] = {"{{", "}}"},
    };
    for (uint32_t i = 0; i < g->node_count; i++) {
        const GraphNode *n = &g->nodes[i];
        if (n->group != group)
            continue;
        buf_fill(out, ' ', depth * 2);
        buf_fmt(out, n->shape == SHAPE_GROUP ? "subgraph n%u%s" : "n%u%s", i + 1,
                shapes[n->shape][0]);
        put_mermaid_label(out, n->label, n->what);
        buf_fmt(out, "%s\n", shapes[n->shape][1]);
        if (n->shape != SHAPE_GROUP)
            continue;
        buf_fill(out, ' ',
                 depth * 2 + 2); // a frame that nothing leads into would be laid out across
        buf_fmt(out, "direction %s\n", g->down ? "TB" : "LR");
        put_mermaid_nodes(g, out, i + 1, depth + 1);
        buf_fill(out, ' ', depth * 2);
        buf_put(out, S("end\n"));
    }
}

// From left to right it is as wide as it has ranks: the closer they are, the larger are the letters
// where a page makes it fit.
void graph_mermaid(const Graph *g, Buf *out) {
    if (!g->down)
        buf_put(out,
                S("%%{init: {\"flowchart\": {\"nodeSpacing\": 20, \"rankSpacing\": 25}}}%%\n"));
    buf_fmt(out, "flowchart %s\n", g->down ? "TD" : "LR");
    put_mermaid_nodes(g, out, 0, 1);
    for (uint32_t i = 0; i < g->edge_count; i++) {
        const GraphEdge *e = &g->edges[i];
        buf_fmt(out, "  n%u %s", e->from, e->dashed ? "-.->" : "-->");
        if (e->label.len) {
            buf_char(out, '|');
            put_mermaid_label(out, e->label, (Str){0});
            buf_char(out, '|');
        }
        buf_fmt(out, " n%u\n", e->to);
    }
}

static void put_dot_text(Buf *out, Str label) {
    for (size_t i = 0; i < label.len; i++) {
        if (label.ptr[i] == '"' || label.ptr[i] == '\\')
            buf_char(out, '\\');
        buf_char(out, label.ptr[i] == '\n' ? ' ' : label.ptr[i]);
    }
}

static void put_dot_label(Buf *out, Str label, Str below) {
    buf_char(out, '"');
    put_dot_text(out, label);
    buf_put(out, below.len ? S("\\n") : S(""));
    put_dot_text(out, below);
    buf_char(out, '"');
}

// Graphviz has no edges of a group: they go to a node in it, and are cut at its border.
static uint32_t inside(const Graph *g, uint32_t node) {
    while (g->nodes[node - 1].shape == SHAPE_GROUP) {
        uint32_t first = 0;
        for (uint32_t i = node; i < g->node_count && !first; i++)
            if (g->nodes[i].group == node)
                first = i + 1;
        if (!first)
            return 0;
        node = first;
    }
    return node;
}

static void put_dot_nodes(const Graph *g, Buf *out, uint32_t group, unsigned depth) {
    static const char *const shapes[] = {
        [SHAPE_BOX] = "box",       [SHAPE_CHOICE] = "diamond", [SHAPE_END] = "oval",
        [SHAPE_DATA] = "cylinder", [SHAPE_FLOW] = "hexagon",
    };
    for (uint32_t i = 0; i < g->node_count; i++) {
        const GraphNode *n = &g->nodes[i];
        if (n->group != group)
            continue;
        buf_fill(out, ' ', depth * 2);
        bool nested = n->shape == SHAPE_GROUP;
        buf_fmt(out, nested ? "subgraph cluster_n%u { label=" : "n%u [label=", i + 1);
        put_dot_label(out, n->label, n->what);
        if (!nested) {
            buf_fmt(out, ", shape=%s];\n", shapes[n->shape]);
            continue;
        }
        buf_char(out, '\n');
        put_dot_nodes(g, out, i + 1, depth + 1);
        buf_fill(out, ' ', depth * 2);
        buf_put(out, S("}\n"));
    }
}

void graph_dot(const Graph *g, Buf *out) {
    buf_fmt(out,
            "digraph {\n  rankdir=%s; compound=true; fontname=\"sans-serif\";\n"
            "  node [fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\", fontsize=10];\n",
            g->down ? "TB" : "LR");
    put_dot_nodes(g, out, 0, 1);
    for (uint32_t i = 0; i < g->edge_count; i++) {
        const GraphEdge *e = &g->edges[i];
        uint32_t from = inside(g, e->from), to = inside(g, e->to);
        if (!from || !to)
            continue;
        buf_fmt(out, "  n%u -> n%u [label=", from, to);
        put_dot_label(out, e->label, (Str){0});
        if (from != e->from)
            buf_fmt(out, ", ltail=cluster_n%u", e->from);
        if (to != e->to)
            buf_fmt(out, ", lhead=cluster_n%u", e->to);
        buf_put(out, e->dashed ? S(", style=dashed];\n") : S("];\n"));
    }
    buf_put(out, S("}\n"));
}
