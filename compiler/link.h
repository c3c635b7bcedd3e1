// link.h - names become references, patterns become values, and what comes with a resource is made.
#ifndef LINK_H
#define LINK_H

#include "model.h"

// After this, every value of every resource is a value: references are NODE_REFs, texts have no
// holes, and `u->resources` is complete and in its final order.
void link_unit(Unit *u);

// Puts `r`, which a later step has added with its values given, behind what came with its owner.
void link_late(Unit *u, Resource *r);

// Says why `name` names no resource, and returns the one that it was meant to name, if that is
// plain.
Resource *link_unknown(Unit *u, const Resource *from, const Node *name, const Node *kinds);

#endif
