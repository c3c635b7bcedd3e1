// expand.h - from a spec's tree to resources: what the sections declare, what is defined in place
// inside other things, and what comes with them.
#ifndef EXPAND_H
#define EXPAND_H

#include "model.h"

// Reads `u->root`, of one environment, into the rest of `u`. Everything wrong is reported; what
// could be understood is there all the same.
void expand_unit(Unit *u);

// A resource of `kind` from its definition, with what is defined in place inside it. Its path is
// `path`; `owner` is what it came with, or NULL.
typedef struct NewResource {
    const Kind *kind;
    Str id, path;
    Node *def;
    Loc loc;
    Resource *owner, *workflow;
    Axis axis;
    bool made; // by a template: its name, if it has one, is no pattern but a value
} NewResource;
Resource *expand_resource(Unit *u, NewResource n);

// What checks the fields of `where`, which is of that kind and stands at `at`.
Checker expand_checker(Unit *u, const Kind *kind, Str where, Loc at);

// Calls `visit` for every value in `r`, all the way down, with the field it is for; what it
// returns takes the value's place.
typedef Node *Visit(Unit *u, Resource *r, const Field *field, Node *value);
void expand_visit(Unit *u, Resource *r, Visit *visit);

#endif
