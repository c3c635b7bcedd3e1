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

typedef struct DeployedList {
    Arena *arena;
    Deployed *list;
    size_t count, cap;
} DeployedList;

// What `path` is: a spec, a folder of specs, a folder of outputs, a template. False after
// reporting.
bool deployed_read(DeployedList *d, Diags *diags, const char *templates, const char *path);
// A template that was read already, under this name.
bool deployed_template(DeployedList *d, Diags *diags, const Source *src, Str name);
bool deployed_is_spec(Arena *a, const char *path); // and not outputs, nor a template

#endif
