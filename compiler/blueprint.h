// blueprint.h - workflows with holes: a workflow is its blueprint with its own fields over it.
#ifndef BLUEPRINT_H
#define BLUEPRINT_H

#include "diag.h"
#include "node.h"

// The definition of a workflow with its blueprint (one of `blueprints`) filled in, its stages
// inserted, replaced and left out; or `def` itself if it names none. NULL after reporting.
Node *blueprint_apply(Arena *a, Diags *d, const Node *blueprints, Node *def);

#endif
