// derive_dashboard.c - the body of a dashboard: the graphs that the kinds of what it shows declare
// as `widgets`, those of one title as one graph.
#include "build.h"
#include "derive.h"
#include "scope.h"

// CloudWatch user guide, dashboard body structure: a page is 24 wide.
enum { PAGE_WIDTH = 24, GRAPH_WIDTH = 12, GRAPH_HEIGHT = 6, PERIOD_SECONDS = 300 };

static bool mentions(const Node *n, const Resource *r) {
    if (!n || n->type == NODE_REF)
        return n && n->res == r;
    bool found = false;
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count && !found; i++)
        found = mentions(n->items[i], r);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count && !found; i++)
        found = mentions(n->entries[i].value, r);
    return found;
}

// Of a workflow: what it owns, and what its stages name.
static bool is_shown(const Unit *u, const Resource *of, const Resource *r) {
    if (r->axis != AXIS_NONE || !r->kind->widgets)
        return false;
    if (!of)
        return r != u->self;
    if (of->workflow == of)
        return r->workflow == of || mentions(resource_get(of, S("stages")), r);
    for (const Resource *o = r; o; o = o->owner)
        if (o == of)
            return true;
    return false;
}

static Node *graph_called(Unit *u, Node *graphs, Node *title, const Resource *r) {
    for (uint32_t i = 0; i < graphs->count; i++) {
        Node *properties = node_get(graphs->items[i], S("properties"));
        if (str_eq(node_get_str(properties, S("title")), node_str(title)))
            return properties;
    }
    Arena *a = u->arena;
    Node *graph = node_map(a, r->loc), *properties = node_map(a, r->loc),
         *region = resource_get(u->self, S("region"));
    long long at = graphs->count, per_row = PAGE_WIDTH / GRAPH_WIDTH;
    if (!region) {
        region = node_text(a, r->loc);
        node_piece(a, region, (Piece){.kind = PIECE_DEPLOY, .text = S("region")});
    }
    node_set(a, graph, S("type"), node_string(a, S("metric"), r->loc));
    node_set(a, graph, S("x"), node_int(a, at % per_row * GRAPH_WIDTH, r->loc));
    node_set(a, graph, S("y"), node_int(a, at / per_row * GRAPH_HEIGHT, r->loc));
    node_set(a, graph, S("width"), node_int(a, GRAPH_WIDTH, r->loc));
    node_set(a, graph, S("height"), node_int(a, GRAPH_HEIGHT, r->loc));
    node_set(a, graph, S("properties"), properties);
    node_set(a, properties, S("title"), title);
    node_set(a, properties, S("region"), region);
    node_set(a, properties, S("view"), node_string(a, S("timeSeries"), r->loc));
    node_set(a, properties, S("period"), node_int(a, PERIOD_SECONDS, r->loc));
    node_set(a, properties, S("metrics"), node_list(a, r->loc));
    node_push(a, graphs, graph);
    return properties;
}

// One line of a graph: [namespace, metric, dimension, value, ..., {stat, label}].
static Node *line(Unit *u, const Resource *r, const Node *metric, const Node *widget) {
    Arena *a = u->arena;
    Node *out = node_list(a, r->loc), *options = node_map(a, r->loc);
    const Node *dimensions = node_get(metric, S("dimensions"));
    Str name = node_get_str(metric, S("metric"));
    node_push(a, out, node_get(widget, S("namespace")));
    node_push(a, out, node_get(metric, S("metric")));
    if (!dimensions)
        dimensions = node_get(widget, S("dimensions"));
    for (uint32_t i = 0; dimensions && i < dimensions->count; i++) {
        node_push(a, out, node_string(a, dimensions->entries[i].key->text, r->loc));
        node_push(a, out, dimensions->entries[i].value);
    }
    Node *stat = node_get(metric, S("stat"));
    node_set(a, options, S("stat"), stat ? stat : node_get(widget, S("stat")));
    node_set(a, options, S("label"),
             node_string(a, str_fmt(a, "%.*s %.*s", SFMT(r->id), SFMT(name)), r->loc));
    node_push(a, out, options);
    return out;
}

static void add_widgets(Unit *u, Node *graphs, Resource *r) {
    const Node *widgets = scope_render(u, r, r->kind->widgets);
    for (uint32_t i = 0; widgets && i < widgets->count; i++) {
        const Node *widget = widgets->items[i], *metrics = node_get(widget, S("metrics"));
        Node *lines =
            node_get(graph_called(u, graphs, node_get(widget, S("title")), r), S("metrics"));
        for (uint32_t j = 0; metrics && j < metrics->count; j++)
            node_push(u->arena, lines, line(u, r, metrics->items[j], widget));
    }
}

Node *derive_dashboard(Unit *u, Resource *r) {
    const Resource *of = resource_ref(r, S("of"));
    Node *body = node_map(u->arena, r->loc), *graphs = node_list(u->arena, r->loc);
    for (size_t i = 0; i < u->count; i++)
        if (is_shown(u, of, u->resources[i]))
            add_widgets(u, graphs, u->resources[i]);
    node_set(u->arena, body, S("widgets"), graphs);
    return body;
}
