// compare_cost.c - what gets dearer, by the costs that both sides were counted to have.
#include "build.h"
#include "compare.h"

#include <math.h>
#include <stdlib.h>

static const double CENT = 0.01; // less is no difference to anybody

static Str key_of(Arena *a, const DeployedCost *cost) {
    return str_fmt(a, "%.*s/%.*s/%.*s", SFMT(cost->system), SFMT(cost->env), SFMT(cost->what));
}

static CostChange *change_of(Comparison *c, StrMap *known, const DeployedCost *cost) {
    Str key = key_of(c->arena, cost);
    CostChange *change = strmap_get(known, key);
    if (change)
        return change;
    change = &c->costs[c->cost_count++];
    change->of = cost;
    strmap_put(known, c->arena, key, change);
    return change;
}

static int by_difference(const void *a, const void *b) {
    const CostChange *x = a, *y = b;
    double dearer = fabs(y->after - y->before) - fabs(x->after - x->before);
    return dearer > 0 ? 1 : dearer < 0 ? -1 : str_cmp(x->of->what, y->of->what);
}

// Leaves those that differ, the largest difference first.
static void keep_changed(Comparison *c) {
    size_t kept = 0;
    for (size_t i = 0; i < c->cost_count; i++)
        if (fabs(c->costs[i].after - c->costs[i].before) >= CENT / 2)
            c->costs[kept++] = c->costs[i];
    c->cost_count = kept;
    if (kept)
        qsort(c->costs, kept, sizeof *c->costs, by_difference);
}

void compare_costs(Comparison *c, const DeployedList *before, const DeployedList *after) {
    if (!before->has_costs || !after->has_costs)
        return;
    StrMap known = {0};
    c->costs = arena_new(c->arena, CostChange, before->cost_count + after->cost_count + 1);
    for (size_t i = 0; i < before->cost_count; i++) {
        change_of(c, &known, &before->costs[i])->before += before->costs[i].usd;
        c->cost_before += before->costs[i].usd;
    }
    for (size_t i = 0; i < after->cost_count; i++) {
        change_of(c, &known, &after->costs[i])->after += after->costs[i].usd;
        c->cost_after += after->costs[i].usd;
    }
    keep_changed(c);
}

double compare_dearer(const Comparison *c) {
    double more = c->cost_after - c->cost_before;
    return fabs(more) >= CENT / 2 ? more : 0;
}

static void put_sum(const Comparison *c, Buf *out) {
    double more = compare_dearer(c);
    buf_fmt(out, "%.2f -> %.2f USD a month", c->cost_before, c->cost_after);
    if (more != 0)
        buf_fmt(out, ", %.2f %s", fabs(more), more > 0 ? "more" : "less");
}

static void put_line(const CostChange *change, Buf *out) {
    const DeployedCost *of = change->of;
    if (of->env.len)
        buf_fmt(out, "%.*s: ", SFMT(of->env));
    buf_fmt(out, "%.*s: ", SFMT(of->what));
    if (change->before == 0 || change->after == 0)
        buf_fmt(out, "%.2f\n", change->before + change->after);
    else
        buf_fmt(out, "%.2f -> %.2f\n", change->before, change->after);
}

void compare_costs_text(const Comparison *c, Buf *out) {
    if (!c->cost_count)
        return;
    buf_put(out, S("costs: "));
    put_sum(c, out);
    buf_char(out, '\n');
    for (size_t i = 0; i < c->cost_count; i++) {
        const CostChange *change = &c->costs[i];
        buf_fmt(out, "  %s ", change->before == 0 ? "+" : change->after == 0 ? "-" : "~");
        put_line(change, out);
    }
}

void compare_costs_markdown(const Comparison *c, Buf *out) {
    if (!c->cost_count)
        return;
    buf_fmt(out, "\n%s", compare_dearer(c) > 0 ? ":moneybag: " : "");
    put_sum(c, out);
    buf_put(out, S(", by the usage that the spec expects:\n\n"));
    for (size_t i = 0; i < c->cost_count; i++) {
        buf_put(out, S("- "));
        put_line(&c->costs[i], out);
    }
}

static void put_usd(Arena *a, Node *map, const char *key, double usd) {
    node_set(a, map, str_from(key), node_plain(a, str_fmt(a, "%.2f", usd), (Loc){0}));
}

Node *compare_costs_tree(const Comparison *c) {
    Arena *a = c->arena;
    Node *map = node_map(a, (Loc){0}), *list = node_list(a, (Loc){0});
    put_usd(a, map, "before", c->cost_before);
    put_usd(a, map, "after", c->cost_after);
    for (size_t i = 0; i < c->cost_count; i++) {
        Node *line = node_map(a, (Loc){0});
        node_put(a, line, "system", c->costs[i].of->system);
        node_put(a, line, "what", c->costs[i].of->what);
        put_usd(a, line, "before", c->costs[i].before);
        put_usd(a, line, "after", c->costs[i].after);
        node_push(a, list, line);
    }
    node_set(a, map, S("changes"), list);
    return map;
}
