// cost.c - what is used, times what it costs.
#include "cost.h"

#include "build.h"
#include "flow.h"
#include "scope.h"
#include "shown.h"
#include "unit.h"

#include <stdlib.h>

static const double GIGABYTE = 1024.0 * 1024.0 * 1024.0;

// A month's count, seconds, gigabytes, or a number. False: it is none of these.
static bool to_number(Str text, double *value) {
    long long whole;
    if (unit_rate(text, value) || unit_count(text, value))
        return true;
    if (unit_duration(text, &whole)) {
        *value = (double)whole;
        return true;
    }
    if (unit_size(text, &whole)) {
        *value = (double)whole / GIGABYTE;
        return true;
    }
    // milliseconds are no duration of a spec, but what calls take
    if (text.len > 2 && str_ends(text, S("ms")) &&
        unit_count(str_cut(text, 0, text.len - 2), value)) {
        *value /= 1000;
        return true;
    }
    return false;
}

static const Node *used(const Resource *r, Str word) {
    return node_get(resource_get(r, S("usage")), word);
}

// What a word of a formula stands for: the thing's own usage, that of the function that it calls,
// or that of its workflow, which all its parts run as often as.
static const Node *find_usage(const Resource *r, Str word) {
    bool calls = str_eq(word, S("requests")) || str_eq(word, S("executions"));
    const Resource *function =
        kind_field(r->kind, S("function")) >= 0 ? resource_ref(r, S("function")) : NULL;
    const Node *own = used(r, word);
    if (!own && calls)
        own = used(r, str_eq(word, S("requests")) ? S("executions") : S("requests"));
    if (!own && function)
        own = used(function, word);
    bool shared = calls || str_eq(word, S("stored"));
    if (!own && shared && r->workflow && r->workflow != r)
        own = find_usage(r->workflow, word);
    return own;
}

static Str value_of(Unit *u, const Resource *r, Node *factor) {
    if (factor->type == NODE_TEXT && factor->count == 1 && factor->pieces[0].kind == PIECE_PARAM &&
        factor->pieces[0].param->value)
        return node_str(factor->pieces[0].param->value);
    Str word = shown_text(u, factor);
    if (str_eq(word, S("states")) && r->machine)
        return str_fmt(u->arena, "%zu", r->machine->count);
    double number;
    const Node *usage = to_number(word, &number) ? NULL : find_usage(r, word);
    return usage ? node_str(usage) : word;
}

bool cost_product(Unit *u, const Resource *r, const Node *factors, double *product) {
    *product = 1;
    for (uint32_t i = 0; i < factors->count; i++) {
        double number;
        if (!to_number(value_of(u, r, factors->items[i]), &number))
            return false;
        *product *= number;
    }
    return true;
}

static CostLine *add(Costs *c, const Resource *r, Str what) {
    c->list = arena_room(c->arena, c->list, sizeof *c->list, c->count, &c->cap);
    CostLine *line = &c->list[c->count++];
    *line = (CostLine){.workflow = r->workflow ? r->workflow->id : S("-"),
                       .kind = r->kind->name,
                       .path = r->path,
                       .what = what};
    return line;
}

static double number_of(Arena *a, const Node *map, const char *key) {
    return strtod(arena_str(a, node_get_str(map, str_from(key))).ptr, NULL);
}

// One for each project or user, and one for each workflow that is like its own.
// `all` is of all instances already.
static size_t instances(Unit *u, const Resource *r, bool all) {
    size_t count = resource_is_fanned(r) && !all ? unit_items(u, r->axis).count : 1, copies = 1;
    for (size_t i = 0; r->workflow && i < u->copy_count; i++)
        copies += u->copies[i].like[0] == r->workflow;
    return count * copies;
}

static void add_line(Costs *c, Unit *u, Resource *r, const Node *formula) {
    const Node *of = node_get(formula, S("of"));
    Str key = shown_text(u, node_get(formula, S("price")));
    const Node *price = node_get(node_get(c->prices, S("prices")), key);
    CostLine *line = add(c, r, node_get_str(formula, S("what")));
    Buf text = {.arena = c->arena};
    double product = 1, number;
    for (uint32_t i = 0; of && i < of->count && !line->missing.len; i++) {
        Str value = value_of(u, r, of->items[i]);
        if (to_number(value, &number))
            product *= number;
        else
            line->missing = value;
        buf_fmt(&text, "%s%.*s", i ? " x " : "", SFMT(value));
    }
    size_t many = instances(u, r, template_truth(node_get(formula, S("all"))));
    if (many != 1)
        buf_fmt(&text, " x %zu", many);
    double per = number_of(c->arena, price, "per");
    line->usd = product * (double)many * number_of(c->arena, price, "price") / (per > 0 ? per : 1);
    buf_fmt(&text, " at %.*s per %.*s %.*s", SFMT(node_get_str(price, S("price"))),
            SFMT(node_get_str(price, S("per"))), SFMT(node_get_str(price, S("unit"))));
    line->formula = buf_keep(&text, c->arena);
    buf_free(&text);
    if (!line->missing.len)
        c->total += line->usd;
}

void costs_add(Costs *c, Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        bool is_made = !r->existing.len && r->axis != AXIS_RUNTIME && r->kind->price;
        const Node *lines = is_made ? scope_render(u, r, r->kind->price) : NULL;
        for (uint32_t j = 0; lines && j < lines->count; j++)
            add_line(c, u, r, lines->items[j]);
    }
}
