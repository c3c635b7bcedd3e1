// blueprint.h - workflows with holes: a workflow is its blueprint with its own fields over it.
#ifndef BLUEPRINT_H
#define BLUEPRINT_H

#include "diag.h"
#include "node.h"

// Those that a system knows: its own, and those in the folder that all systems share, a file each.
typedef struct Blueprints {
    const Node *own;
    Str folder;  // specs/blueprints
    StrMap read; // the files of it that have been asked for
} Blueprints;

// The definition of a workflow with its blueprint filled in, its stages inserted, replaced and left
// out; or `def` itself if it names none. NULL after reporting.
Node *blueprint_apply(Arena *a, Diags *d, Blueprints *known, Node *def);

#endif
