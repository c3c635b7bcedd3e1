// stage.c - what can be said of a stage by looking at it alone.
#include "stage.h"

#include "model.h"

const Str stage_verbs[] = {
    {"call",     4},
    {"send",     4},
    {"publish",  7},
    {"start",    5},
    {"job",      3},
    {"task",     4},
    {"choose",   6},
    {"each",     4},
    {"parallel", 8},
    {"pause",    5},
    {"pass",     4},
    {"succeed",  7},
    {"fail",     4},
    {"asl",      3},
};
const size_t stage_verb_count = COUNT(stage_verbs);

const Entry *stage_verb(const Node *stage) {
    for (size_t i = 0; i < COUNT(stage_verbs); i++) {
        const Entry *e = node_find(stage, stage_verbs[i]);
        if (e)
            return e;
    }
    return NULL;
}

// Of what a verb names: the last part of `batch.heavy-etl` or `dynamodb:deleteItem`.
static Str last_part(Str name) {
    for (size_t i = name.len; i > 0; i--)
        if (name.ptr[i - 1] == '.' || name.ptr[i - 1] == ':' || name.ptr[i - 1] == '/')
            return str_cut(name, i, name.len);
    return name;
}

Str stage_name(Arena *a, const Node *stage) {
    const Node *name = node_get(stage, S("name"));
    if (node_is_scalar(name))
        return name->text;
    const Entry *verb = stage_verb(stage);
    if (!verb)
        return (Str){0};
    const Node *target = verb->value;
    if (target->type == NODE_REF)
        return pascal_case(a, target->res->id);
    if (node_is_map(target))
        target = node_get(target, S("id"));
    Str text = node_str(target);
    bool is_name = text.len && text.ptr[0] != '$' && text.ptr[0] != '{' && !str_eq(text, S("true"));
    if (is_name)
        return pascal_case(a, last_part(text));
    return pascal_case(a, verb->key->text);
}
