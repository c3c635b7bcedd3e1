// cost.c - what is used, times what it costs.
#include "cost.h"

#include "build.h"
#include "flow.h"
#include "scope.h"
#include "shown.h"
#include "unit.h"

#include <stdlib.h>

// What comes with the system has no place in the spec of its own: the system's `usage` says it.
static bool is_of_system(const Unit *u, const Resource *r) {
    return r->owner && r->owner == u->self;
}

static const Node *used(const Unit *u, const Resource *r, Str word) {
    const Node *usage = resource_get(is_of_system(u, r) ? u->self : r, S("usage"));
    return node_get(is_of_system(u, r) ? node_get(usage, r->id) : usage, word);
}

// What a word of a formula stands for: the thing's own usage, that of the function that it calls,
// or that of its workflow, which all its parts run as often as.
static const Node *find_usage(const Unit *u, const Resource *r, Str word) {
    bool calls = str_eq(word, S("requests")) || str_eq(word, S("executions"));
    const Resource *function =
        kind_field(r->kind, S("function")) >= 0 ? resource_ref(r, S("function")) : NULL;
    const Node *own = used(u, r, word);
    if (!own && calls)
        own = used(u, r, str_eq(word, S("requests")) ? S("executions") : S("requests"));
    if (!own && function)
        own = used(u, function, word);
    bool shared = calls || str_eq(word, S("stored"));
    if (!own && shared && r->workflow && r->workflow != r)
        own = find_usage(u, r->workflow, word);
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
    const Node *usage = unit_amount(word, &number) ? NULL : find_usage(u, r, word);
    return usage ? node_str(usage) : word;
}

bool cost_product(Unit *u, const Resource *r, const Node *factors, double *product) {
    *product = 1;
    for (uint32_t i = 0; i < factors->count; i++) {
        double number;
        if (!unit_amount(value_of(u, r, factors->items[i]), &number))
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

// Both lists, and what is in both once.
static Str joined(Arena *a, Str list, Str more) {
    Str item;
    while (str_split(&more, ',', &item)) {
        item = str_trim(item);
        if (!list.len)
            list = item;
        else if (str_find(list, item) < 0)
            list = str_fmt(a, "%.*s, %.*s", SFMT(list), SFMT(item));
    }
    return list;
}

// Of one thing, all that is unknown is one line.
static void add_unknown(Costs *c, Unit *u, const Resource *r, Str what, Str missing) {
    CostLine *line = NULL;
    for (size_t i = c->count; i > 0 && str_eq(c->list[i - 1].path, r->path) && !line; i--)
        line = c->list[i - 1].missing.len ? &c->list[i - 1] : NULL;
    if (!line)
        line = add(c, r, (Str){0});
    line->what =
        line->what.len ? str_fmt(c->arena, "%.*s, %.*s", SFMT(line->what), SFMT(what)) : what;
    line->missing = joined(c->arena, line->missing, missing);
    line->say = str_fmt(c->arena, "usage: {%.*s}", SFMT(line->missing));
    if (is_of_system(u, r))
        line->say = str_fmt(c->arena, "usage: {%.*s: {%.*s}}", SFMT(r->id), SFMT(line->missing));
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

// `at 0.40 per 1M requests`, `at 1.00 per key for a month`
static void put_price(Buf *text, const Node *price) {
    Str per = node_get_str(price, S("per"));
    bool one = str_eq(per, S("1"));
    buf_fmt(text, " at %.*s per %.*s%s%.*s", SFMT(node_get_str(price, S("price"))),
            SFMT(one ? S("") : per), one ? "" : " ", SFMT(node_get_str(price, S("unit"))));
}

static void add_line(Costs *c, Unit *u, Resource *r, const Node *formula) {
    const Node *of = node_get(formula, S("of"));
    Str what = shown_text(u, node_get(formula, S("what"))), missing = {0};
    Str key = shown_text(u, node_get(formula, S("price")));
    const Node *price = node_get(node_get(c->prices, S("prices")), key);
    Buf text = {.arena = c->arena};
    double product = 1, number, per = 1;
    for (uint32_t i = 0; of && i < of->count; i++) {
        Str value = value_of(u, r, of->items[i]);
        if (str_starts(value, S("<")))
            return; // there is none of it, unless a parameter is given at deployment
        if (unit_amount(value, &number))
            product *= number;
        else
            missing = joined(c->arena, missing, str_fmt(c->arena, "%.*s: ...", SFMT(value)));
        buf_fmt(&text, "%s%.*s", i ? " x " : "", SFMT(value));
    }
    size_t many = instances(u, r, template_truth(node_get(formula, S("all"))));
    if (many != 1)
        buf_fmt(&text, " x %zu", many);
    put_price(&text, price);
    unit_count(node_get_str(price, S("per")), &per);
    if (missing.len) {
        add_unknown(c, u, r, what, missing);
    } else {
        CostLine *line = add(c, r, what);
        line->usd = product * (double)many * number_of(c->arena, price, "price") / per;
        line->formula = buf_keep(&text, c->arena);
        c->total += line->usd;
    }
    buf_free(&text);
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
