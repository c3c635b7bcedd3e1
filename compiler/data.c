// data.c - what is known of the data between states.
#include "data.h"

#include <string.h>

enum { DEPTH = 12 }; // below that, nothing is known

static Data *data_new(Arena *a, DataKind kind) {
    Data *d = arena_new(a, Data, 1);
    d->kind = kind;
    return d;
}

const Data *data_scalar(Arena *a, DataKind kind) {
    return data_new(a, kind);
}

const Data *data_object(Arena *a, bool open) {
    Data *d = data_new(a, DATA_OBJECT);
    d->open = open;
    return d;
}

const Data *data_list(Arena *a, const Data *of) {
    Data *d = data_new(a, DATA_LIST);
    d->of = of;
    return d;
}

static const Data *of_type(Arena *a, const Type *type, int depth) {
    if (!type || depth > DEPTH)
        return NULL;
    switch (type->kind) {
    case TYPE_STRING:
        return data_scalar(a, DATA_STRING);
    case TYPE_INT:
    case TYPE_NUMBER:
    case TYPE_TIME:
        return data_scalar(a, DATA_NUMBER);
    case TYPE_BOOL:
        return data_scalar(a, DATA_BOOL);
    case TYPE_LIST:
        return data_list(a, of_type(a, type->of, depth + 1));
    case TYPE_STRUCT:
        break;
    default: // an optional one may be null too: whoever reads it has to know
        return NULL;
    }
    Data *d = data_new(a, DATA_OBJECT);
    d->fields = arena_new(a, DataField, type->count);
    d->count = type->count;
    for (size_t i = 0; i < type->count; i++) {
        d->fields[i] =
            (DataField){type->fields[i].name, of_type(a, type->fields[i].type, depth + 1), false};
    }
    return d;
}

const Data *data_of_type(Arena *a, const Type *type) {
    return of_type(a, type, 0);
}

static const Data *of_node(Arena *a, const Node *n, int depth) {
    if (depth > DEPTH)
        return NULL;
    if (n->type == NODE_NULL)
        return data_scalar(a, DATA_NULL);
    if (n->type == NODE_TEXT)
        return data_scalar(a, DATA_STRING);
    if (n->type == NODE_SCALAR) {
        static const DataKind kinds[] = {[SCALAR_STRING] = DATA_STRING,
                                         [SCALAR_INT] = DATA_NUMBER,
                                         [SCALAR_FLOAT] = DATA_NUMBER,
                                         [SCALAR_BOOL] = DATA_BOOL,
                                         [SCALAR_NULL] = DATA_NULL};
        return data_scalar(a, kinds[node_scalar_type(n)]);
    }
    if (n->type == NODE_LIST) {
        const Data *of = n->count ? of_node(a, n->items[0], depth + 1) : NULL;
        for (uint32_t i = 1; i < n->count; i++)
            of = data_join(a, of, of_node(a, n->items[i], depth + 1));
        return data_list(a, of);
    }
    if (n->type != NODE_MAP)
        return NULL;
    Data *d = data_new(a, DATA_OBJECT);
    d->fields = arena_new(a, DataField, n->count);
    for (uint32_t i = 0; i < n->count; i++)
        d->fields[d->count++] =
            (DataField){n->entries[i].key->text, of_node(a, n->entries[i].value, depth + 1), false};
    return d;
}

const Data *data_of_node(Arena *a, const Node *n) {
    return of_node(a, n, 0);
}

const DataField *data_field(const Data *d, Str name) {
    for (size_t i = 0; d && d->kind == DATA_OBJECT && i < d->count; i++)
        if (str_eq(d->fields[i].name, name))
            return &d->fields[i];
    return NULL;
}

// What a field is put into: what is no object becomes one.
const Data *data_with(Arena *a, const Data *d, Str name, const Data *value) {
    bool object = d && d->kind == DATA_OBJECT;
    Data *out = data_new(a, DATA_OBJECT);
    out->open = !d || (object && d->open);
    out->fields = arena_new(a, DataField, (object ? d->count : 0) + 1);
    for (size_t i = 0; object && i < d->count; i++)
        if (!str_eq(d->fields[i].name, name))
            out->fields[out->count++] = d->fields[i];
    out->fields[out->count++] = (DataField){name, value, false};
    return out;
}

static const Data *put(Arena *a, const Data *d, const Step *steps, size_t count, const Data *value,
                       int depth) {
    if (!count)
        return value;
    if (depth > DEPTH || steps[0].kind != STEP_FIELD)
        return NULL;
    const DataField *field = data_field(d, steps[0].name);
    const Data *inner = field ? field->data : d ? data_object(a, d->open) : NULL;
    return data_with(a, d, steps[0].name, put(a, inner, steps + 1, count - 1, value, depth + 1));
}

const Data *data_put(Arena *a, const Data *d, const Step *steps, size_t count, const Data *value) {
    return put(a, d, steps, count, value, 0);
}

static const Data *join(Arena *a, const Data *x, const Data *y, int depth);

// A field that only one of the two has: the other may have it too if it is open.
static void join_field(Arena *a, Data *out, const DataField *f, const Data *other, int depth) {
    const DataField *twin = data_field(other, f->name);
    DataField joined = *f;
    if (twin) {
        joined.data = join(a, f->data, twin->data, depth + 1);
        joined.maybe = f->maybe || twin->maybe;
    } else if (other->open) {
        joined.data = NULL;
    } else {
        joined.maybe = true;
    }
    out->fields[out->count++] = joined;
}

static const Data *join(Arena *a, const Data *x, const Data *y, int depth) {
    if (x == y)
        return x;
    if (!x || !y || x->kind != y->kind || depth > DEPTH)
        return NULL;
    if (x->kind == DATA_LIST)
        return data_list(a, join(a, x->of, y->of, depth + 1));
    if (x->kind != DATA_OBJECT)
        return x;
    Data *out = data_new(a, DATA_OBJECT);
    out->open = x->open || y->open;
    out->fields = arena_new(a, DataField, x->count + y->count);
    for (size_t i = 0; i < x->count; i++)
        join_field(a, out, &x->fields[i], y, depth);
    for (size_t i = 0; i < y->count; i++)
        if (!data_field(x, y->fields[i].name))
            join_field(a, out, &y->fields[i], x, depth);
    return out;
}

const Data *data_join(Arena *a, const Data *x, const Data *y) {
    return join(a, x, y, 0);
}

bool data_same(const Data *x, const Data *y) {
    if (x == y)
        return true;
    if (!x || !y || x->kind != y->kind || x->open != y->open || x->count != y->count)
        return false;
    if (x->kind == DATA_LIST)
        return data_same(x->of, y->of);
    for (size_t i = 0; x->kind == DATA_OBJECT && i < x->count; i++) {
        const DataField *f = &x->fields[i], *twin = data_field(y, f->name);
        if (!twin || twin->maybe != f->maybe || !data_same(f->data, twin->data))
            return false;
    }
    return true;
}

Finding data_find(const Data *d, const Step *steps, size_t count, const Data **found,
                  size_t *missed) {
    Finding finding = FOUND;
    *found = NULL;
    for (size_t i = 0; i < count && d; i++) {
        *missed = i;
        if (steps[i].kind == STEP_MANY) // finds any number of values, and none is no mistake
            return finding;
        if (steps[i].kind == STEP_INDEX) {
            if (d->kind != DATA_LIST)
                return NOT_FOUND;
            d = d->of;
            continue;
        }
        const DataField *field = data_field(d, steps[i].name);
        if (!field && !(d->kind == DATA_OBJECT && d->open)) {
            *found = d;
            return NOT_FOUND;
        }
        if (!field)
            return finding;
        finding = field->maybe && finding == FOUND ? FOUND_MAYBE : finding;
        d = field->data;
    }
    *found = d;
    return finding;
}

const char *data_kind_name(DataKind kind) {
    static const char *const names[] = {"a text", "a number", "true or false",
                                        "null",   "a list",   "an object"};
    return names[kind];
}
