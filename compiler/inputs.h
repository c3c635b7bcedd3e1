// inputs.h - the files that a build of a system reads.
#ifndef INPUTS_H
#define INPUTS_H

#include "spec.h"

// Its parts, its lock if there is one, the blueprints beside it, and the templates of its own and
// of `templates` (a folder, or NULL). In an order that depends on their names only.
size_t inputs_of(Arena *a, Diags *d, const SpecPath *system, const char *templates, Str **files);
// A rule of make for each system: its manifest is made of its inputs.
Str inputs_rules(Arena *a, Diags *d, Str out, const SpecPath *systems, size_t count,
                 const char *templates);

#endif
