// derive.h - fields that a template cannot say: each is declared `derived: true` in its kind and
// has one row in derive.c.
#ifndef DERIVE_H
#define DERIVE_H

#include "model.h"

// The value of a derived field, made from what is linked by now; NULL: absent. It is Unit.derive.
Node *derive_field(Unit *u, Resource *r, size_t field);

// The same while resources are made, when references are names: only of fields that are made of
// what the spec says, for a kind's `makes`. It is Unit.derive until they are linked.
Node *derive_early(Unit *u, Resource *r, size_t field);

// Whether a field of `kind` is made of who refers to the resource.
bool derive_heeds_references(const Kind *kind);

// By what Lambda keeps of a function in a version, beside the code.
Node *derive_version(Unit *u, Resource *r);
Node *derive_dashboard(Unit *u, Resource *r);
// Gives every dashboard that has too much for one page the others, as resources that come with it.
void dashboard_unit(Unit *u);

#endif
