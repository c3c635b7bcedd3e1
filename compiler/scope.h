// scope.h - what the holes of templates and of a spec's own patterns stand for.
#ifndef SCOPE_H
#define SCOPE_H

#include "model.h"

// A part of a kind's template, rendered for `r`. NULL: absent.
Node *scope_render(Unit *u, Resource *r, const Node *body);

// A text that the user wrote, such as a name: its holes are the builtins, `$(name)`, parameters,
// and what a path of the spec names (`tables.orders.arn`). NULL after reporting. `name` is what
// `$(name)` stands for.
Node *scope_pattern(Unit *u, Resource *r, const Node *scalar, Node *name);

// Attribute, field or name of `res`. NULL: absent; `known` says whether there could be one.
Node *scope_member(Unit *u, Resource *res, Str name, bool *known);

// A field's value, made now if it is a derived one.
Node *scope_field(Unit *u, Resource *r, size_t field);
Node *scope_get(Unit *u, Resource *r, Str field);

// The resource that `path` names for somebody in `from`'s workflow: `dlq`, `batch.heavy-etl`,
// `tables.orders`. Takes what it used off the front of `path`; NULL: there is none.
Resource *scope_resource(Unit *u, const Resource *from, Str *path);

// Whether `from` has one `to`: there are many of what is one for each user, or comes and goes, for
// whatever is not itself so. False after reporting it at `at`.
bool scope_has_one(Unit *u, const Resource *from, const Resource *to, Loc at);

#endif
