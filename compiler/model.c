// model.c - small questions about the model.
#include "model.h"

#include "build.h"

Resource *unit_find(const Unit *u, Str path) {
    return strmap_get(&u->by_path, path);
}

size_t resource_halves(const Resource *r) {
    return 2 + (r->workflow ? r->workflow->copied : 0);
}

void unit_forget(Unit *u) {
    arena_reset(u->arena);
    u->derived_count = 0;
    memset(u->derived, 0, sizeof u->derived);
}

const Former *unit_former(const Unit *u, Str path) {
    Str first;
    if (!u->former.count || !str_split(&path, '.', &first))
        return NULL;
    return strmap_get(&u->former, first);
}

Str former_path(Arena *a, const Former *f, size_t number, Str path) {
    return str_fmt(a, "%.*s%.*s", SFMT(f->names[number]),
                   SFMT(str_cut(path, f->now.len, path.len)));
}

Node *resource_get(const Resource *r, Str field) {
    ptrdiff_t i = kind_field(r->kind, field);
    return i < 0 ? NULL : r->values[i];
}

void resource_set(Resource *r, Str field, Node *value) {
    ptrdiff_t i = kind_field(r->kind, field);
    if (i >= 0)
        r->values[i] = value;
}

Resource *resource_ref(const Resource *r, Str field) {
    const Node *value = resource_get(r, field);
    return value && value->type == NODE_REF ? value->res : NULL;
}

bool resource_is_fanned(const Resource *r) {
    return r->axis == AXIS_USER || r->axis == AXIS_PROJECT;
}

Items unit_items(const Unit *u, Axis axis) {
    if (u->asked)
        *u->asked = true;
    return unit_items_unasked(u, axis);
}

Items unit_items_unasked(const Unit *u, Axis axis) {
    return axis == AXIS_USER ? u->users : axis == AXIS_PROJECT ? u->projects : (Items){0};
}

Str resource_what(Arena *a, const Resource *r) {
    if (!r->path.len)
        return S("the system");
    return str_fmt(a, "%.*s `%.*s`", SFMT(r->kind->name), SFMT(r->path));
}

static int by_key(const void *a, const void *b) {
    return item_cmp(a, b);
}

Item **unit_sorted_items(Arena *a, const Unit *u, Axis axis, size_t *count) {
    Items all = unit_items(u, axis);
    Item **sorted = arena_new(a, Item *, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        sorted[i] = &all.list[i];
    sort_rows(a, (void **)sorted, all.count, by_key);
    *count = all.count;
    return sorted;
}
