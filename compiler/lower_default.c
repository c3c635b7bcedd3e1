// lower_default.c - what a stage is given that says nothing itself.
#include "lower.h"

#include "build.h"
#include "service.h"

// The workflow's own says how every call is tried again; it is written like a stage's.
static Node *retry_of_workflow(Lower *l) {
    Node *retry = resource_get(l->workflow, S("retry"));
    const Field *field = shape_find(&l->unit->stage, S("retry"));
    Checker c = {.arena = l->arena, .diags = l->diags, .where = S("retry")};
    return retry && field ? field_check(&c, field, retry) : NULL;
}

Node *lower_default_retry(Lower *l, const Stage *s) {
    if (resource_get(l->workflow, S("retry")))
        return retry_of_workflow(l);
    const Node *resource = node_get(s->state, S("Resource")), *target = s->verb->value;
    bool activity = target->type == NODE_REF && str_eq(target->res->kind->name, S("activity"));
    Integration in;
    if (activity || str_find(node_str(resource), S(":activity:")) >= 0)
        return NULL;
    Str service = integration_parse(resource, &in) ? in.service : S("lambda");
    Node *retry = in.sdk ? NULL : node_get(service_find(l->unit->kinds, service), S("retry"));
    if (!retry)
        return NULL;
    Node *list = node_list(l->arena, s->node->loc), *located = node_copy(l->arena, retry);
    located->loc = s->node->loc;
    node_push(l->arena, list, located);
    return list;
}

// A function that takes too long is killed by Lambda with an error of its own; with the same limit
// in the state it is States.Timeout, which a workflow can catch by that name.
Node *lower_default_timeout(const Stage *s) {
    const Node *target = s->verb->value;
    bool function = target->type == NODE_REF && str_eq(target->res->kind->name, S("function"));
    return function && !node_get(s->node, S("wait")) && !node_get(s->node, S("timeout"))
               ? resource_get(target->res, S("timeout"))
               : NULL;
}
