// order.c - the order in which stacks are deployed. Spelling a reference from a name removes
// exports, not order: a notification wants its permission, a mapping its queue, a function its
// image.
#include "order.h"

#include "build.h"
#include "hands.h"
#include "scope.h"

#include <string.h>

static bool lives_in(const Resource *r, const Stack *s) {
    if (r->axis == AXIS_NONE)
        return r->stack == s;
    return s->axis == r->axis && s->set == r->set;
}

static void add_edge(Unit *u, Stack *s, Stack *before, const Resource *because) {
    if (before->copied)
        u->apart = true; // what waits for one of many alike has to say for which
    for (size_t i = 0; i < s->after_count; i++)
        if (s->after[i] == before)
            return;
    Stack **more = arena_new(u->arena, Stack *, s->after_count + 1);
    if (s->after_count)
        memcpy(more, s->after, s->after_count * sizeof *more);
    more[s->after_count++] = before;
    s->after = more;
    if (!s->because)
        s->because = because;
}

// Those that `r` may live in.
static Stack *const *stacks_of(const Unit *u, const Resource *r, size_t *count) {
    *count = r->axis == AXIS_NONE ? r->stack != NULL : u->stack_count;
    return r->axis == AXIS_NONE ? &r->stack : u->stacks;
}

// What has to be there before another thing is made.
typedef struct Need {
    const Resource *of, *to;
} Need;

typedef struct Needs {
    Need *list;
    size_t count, cap;
} Needs;

static void order(Unit *u, const Need *n) {
    size_t count, to_count;
    Stack *const *own = stacks_of(u, n->of, &count);
    Stack *const *others = stacks_of(u, n->to, &to_count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; lives_in(n->of, own[i]) && j < to_count; j++)
            if (lives_in(n->to, others[j]))
                add_edge(u, own[i], others[j], n->of);
}

static void need(Unit *u, Needs *needs, const Resource *r, const Resource *to) {
    bool both_fanned = r->axis != AXIS_NONE && r->axis == to->axis && r->set == to->set;
    if (to->existing.len || to->axis == AXIS_RUNTIME || both_fanned ||
        (r->stack && r->stack == to->stack))
        return;
    needs->list = arena_room(u->arena, needs->list, sizeof *needs->list, needs->count, &needs->cap);
    needs->list[needs->count++] = (Need){r, to};
}

static void need_all(Unit *u, Needs *needs, const Resource *r, const Node *all) {
    for (uint32_t i = 0; all && all->type == NODE_LIST && i < all->count; i++)
        need_all(u, needs, r, all->items[i]);
    if (all && all->type == NODE_REF)
        need(u, needs, r, all->res);
}

static void follow(Unit *u, Needs *needs, const Resource *r, const Field *field,
                   const Node *value) {
    if (!value || node_is_scalar(value)) // it names nothing, as most do
        return;
    field = field_choose(field, value);
    if (field->type == FIELD_REF && field->must_exist && value->type == NODE_REF)
        need(u, needs, r, value->res);
    for (uint32_t i = 0; field->of && value->type == NODE_LIST && i < value->count; i++)
        follow(u, needs, r, field->of, value->items[i]);
    for (uint32_t i = 0; field->type == FIELD_OBJECT && value->type == NODE_MAP && i < value->count;
         i++) {
        const Field *inner = shape_find(&field->shape, value->entries[i].key->text);
        if (inner)
            follow(u, needs, r, inner, value->entries[i].value);
    }
}

static void follow_resource(Unit *u, Needs *needs, const Resource *r) {
    const Node *headers = r->kind->cfn_needs ? r->headers : NULL;
    for (uint32_t i = 0; headers && i < headers->count; i++)
        need_all(u, needs, r, node_get(headers->items[i], S("needs")));
    for (size_t i = 0; i < r->kind->shape.count; i++)
        if (r->values[i])
            follow(u, needs, r, &r->kind->shape.fields[i], r->values[i]);
}

enum { TOGETHER = 64 }; // that are followed by one hand, one after the other

static void follow_some(Unit *u, void *ctx, size_t number) {
    Needs *needs = (Needs *)ctx + number;
    for (size_t i = number * TOGETHER; i < (number + 1) * TOGETHER && i < u->count; i++)
        if (u->resources[i]->stack || u->resources[i]->set)
            follow_resource(u, needs, u->resources[i]);
}

static void order_needs(Unit *u) {
    size_t count = (u->count + TOGETHER - 1) / TOGETHER;
    Needs *needs = arena_new(u->arena, Needs, count + 1);
    hands_do(u, count, follow_some, needs);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < needs[i].count; j++)
            order(u, &needs[i].list[j]);
}

static bool is_ready(const Stack *s, Stack **done, size_t count) {
    for (size_t i = 0; i < s->after_count; i++) {
        bool found = false;
        for (size_t j = 0; j < count && !found; j++)
            found = done[j] == s->after[i];
        if (!found)
            return false;
    }
    return true;
}

static void report_circle(Unit *u, Stack **left, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!left[i] || !left[i]->because)
            continue;
        const Stack *s = left[i];
        diag_error(u->diags, s->because->loc, "stack-circle",
                   "stack `%.*s` has to come before and behind `%.*s`", SFMT(s->name),
                   SFMT(s->after[0]->name));
        diag_help(u->diags,
                  "define what they need of one another in one workflow, or at the top for both");
        return;
    }
}

// The first stack that is ready comes next, so that what has no order keeps the one it has.
static void sort(Unit *u) {
    Stack **sorted = arena_new(u->arena, Stack *, u->stack_count + 1);
    size_t count = 0;
    while (count < u->stack_count) {
        size_t before = count;
        for (size_t i = 0; i < u->stack_count; i++) {
            if (!u->stacks[i] || !is_ready(u->stacks[i], sorted, count))
                continue;
            sorted[count++] = u->stacks[i];
            u->stacks[i] = NULL;
        }
        if (count == before) {
            report_circle(u, u->stacks, u->stack_count);
            return;
        }
    }
    if (count)
        memcpy(u->stacks, sorted, count * sizeof *sorted);
}

static bool is_foundation(const Stack *s) {
    for (size_t i = 0; i < s->count; i++)
        if (s->resources[i]->foundation)
            return true;
    return false;
}

static void count_waves(Unit *u) {
    for (size_t i = 0; i < u->stack_count; i++) {
        Stack *s = u->stacks[i];
        s->wave = is_foundation(s) ? 0 : 1;
        for (size_t j = 0; j < s->after_count; j++)
            if (s->after[j]->wave >= s->wave)
                s->wave = s->after[j]->wave + 1;
    }
}

void order_unit(Unit *u) {
    order_needs(u);
    for (size_t i = 0; i < u->stack_count; i++) {
        Stack *s = u->stacks[i];
        if (!s->copy)
            continue;
        s->after = s->like[0]->after;
        s->after_count = s->like[0]->after_count;
        s->because = s->like[0]->because;
    }
    sort(u);
    count_waves(u);
}
