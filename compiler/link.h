// link.h - names become references, patterns become values, and what comes with a resource is made.
#ifndef LINK_H
#define LINK_H

#include "model.h"

// After this, every value of every resource is a value: references are NODE_REFs, texts have no
// holes, and `u->resources` is complete and in its final order.
void link_unit(Unit *u);

// For what turns out not to fit into `of`: a resource of `kind` that goes on with it and comes with
// it, its field `number` set, from 1; the second of all is called WORD-2, and named so.
Resource *link_more(Unit *u, Resource *of, Str kind, Str word, size_t number);

// Says why `name` names no resource, and returns the one that it was meant to name, if that is
// plain.
Resource *link_unknown(Unit *u, const Resource *from, const Node *name, const Node *kinds);

#endif
