// derive_dashboard.c - the body of a dashboard: the graphs that the kinds of what it shows declare
// as `widgets`, those of one title as one graph.
#include "build.h"
#include "derive.h"
#include "link.h"
#include "scope.h"

// CloudWatch user guide, dashboard body structure: a page is 24 wide.
// CloudWatch quotas: 500 metrics in a graph and 2,500 in a dashboard, 500 graphs, which these never
// are: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
enum { GRAPH_LINES = 500, DASHBOARD_LINES = 2500 };
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

static Node *new_graph(Unit *u, Node *graphs, Node *title, const Resource *r) {
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

// The graph of that title which has room; a second one of the same title, if none has.
static Node *graph_called(Unit *u, Node *graphs, Node *title, const Resource *r) {
    size_t full = 0;
    for (uint32_t i = 0; i < graphs->count; i++) {
        Node *properties = node_get(graphs->items[i], S("properties"));
        Str text = node_get_str(properties, S("title")), plain = node_str(title);
        bool same = str_eq(text, plain) ||
                    (full && str_eq(text, str_fmt(u->arena, "%.*s (%zu)", SFMT(plain), full + 1)));
        if (same && node_get(properties, S("metrics"))->count < GRAPH_LINES)
            return properties;
        full += same;
    }
    if (full)
        title = node_string(
            u->arena, str_fmt(u->arena, "%.*s (%zu)", SFMT(node_str(title)), full + 1), r->loc);
    return new_graph(u, graphs, title, r);
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

static void add_widget(Unit *u, Node *graphs, const Resource *r, const Node *widget) {
    const Node *metrics = node_get(widget, S("metrics"));
    for (uint32_t i = 0; metrics && i < metrics->count; i++) {
        Node *graph = graph_called(u, graphs, node_get(widget, S("title")), r);
        node_push(u->arena, node_get(graph, S("metrics")), line(u, r, metrics->items[i], widget));
    }
}

static size_t count_lines(const Node *widgets) {
    size_t count = 0;
    for (uint32_t i = 0; widgets && i < widgets->count; i++) {
        const Node *metrics = node_get(widgets->items[i], S("metrics"));
        count += metrics ? metrics->count : 0;
    }
    return count;
}

// Puts the graphs of page `wanted`, from 0, into `graphs`, and returns how many pages there are.
// What a resource has stays on one page.
static size_t fill_page(Unit *u, const Resource *dashboard, size_t wanted, Node *graphs) {
    const Resource *of = resource_ref(dashboard, S("of"));
    size_t page = 0, lines = 0;
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        const Node *widgets = is_shown(u, of, r) ? scope_render(u, r, r->kind->widgets) : NULL;
        size_t more = count_lines(widgets);
        if (lines + more > DASHBOARD_LINES) {
            page++;
            lines = 0;
        }
        lines += more;
        for (uint32_t j = 0; widgets && page == wanted && graphs && j < widgets->count; j++)
            add_widget(u, graphs, r, widgets->items[j]);
    }
    return page + 1;
}

Node *derive_dashboard(Unit *u, Resource *r) {
    Node *body = node_map(u->arena, r->loc), *graphs = node_list(u->arena, r->loc);
    long long page = 0;
    node_to_int(resource_get(r, S("number")), &page);
    fill_page(u, page ? r->owner : r, (size_t)page, graphs);
    node_set(u->arena, body, S("widgets"), graphs);
    return body;
}

void dashboard_unit(Unit *u) {
    Unit brief = *u;
    brief.arena = u->scratch;
    for (size_t i = 0; i < u->count; i++) { // grows while it runs
        Resource *r = u->resources[i];
        if (!str_eq(r->kind->name, S("dashboard")) || resource_get(r, S("number")))
            continue;
        size_t pages = fill_page(&brief, r, 0, NULL);
        arena_reset(u->scratch);
        for (size_t page = 1; page < pages; page++)
            link_more(u, r, S("dashboard"), S("page"), page);
    }
}
