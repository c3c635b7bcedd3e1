// deployed.h - stacks as CloudFormation knows them: of a spec, of outputs, or of one template that
// somebody read back.
#ifndef DEPLOYED_H
#define DEPLOYED_H

#include "compile.h"

typedef struct Deployed {
    Str system, env; // empty, of a template that stands alone
    Str name;
    const Node *resources; // a map; NULL: there are none
} Deployed;

// One line of the page about its costs, which a build writes beside the stacks.
typedef struct DeployedCost {
    Str system, env;
    Str what; // "queue orders, requests"
    double usd;
} DeployedCost;

typedef struct DeployedList {
    Arena *arena;
    Deployed *list;
    size_t count, cap;
    DeployedCost *costs;
    size_t cost_count, cost_cap;
    bool has_costs; // there was such a page, with lines or without
} DeployedList;

// What `path` is: a spec, a folder of specs, a folder of outputs, a template. False after
// reporting.
bool deployed_read(DeployedList *d, Diags *diags, const char *templates, const char *path);
// A template that was read already, under this name.
bool deployed_template(DeployedList *d, Diags *diags, const Source *src, Str name);
bool deployed_is_spec(Arena *a, const char *path); // and not outputs, nor a template

#endif
