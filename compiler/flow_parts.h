// flow_parts.h - the parts of the step `flow` that come after lowering; each works on a definition,
// wherever it came from.
#ifndef FLOW_PARTS_H
#define FLOW_PARTS_H

#include "flow.h"

// Reports calls that no service answers, and waits that cannot end.
void flow_check(Unit *u, const Machine *m);

// It waits until a worker has asked for it and answered.
bool flow_is_activity(const State *state);

// What a call hands over, in either language; NULL: nothing.
const Node *flow_request(const Node *call);

// Reports what a state reads and no way there provides.
void flow_data(Unit *u, const Machine *m);

// Sets `m->needs`: what each task needs to be allowed, from templates/services.
void flow_needs(Unit *u, Machine *m);

// The definition as text, with `${Name}` where something is open; sets `m->names`.
Node *flow_text(Unit *u, Machine *m);

// The parameter that gives an imported `${name}` its value: a declared one, or a new one.
const Param *flow_placeholder(Unit *u, Str name);
// A scalar of an imported definition, as a text with those parameters.
Node *flow_open(Unit *u, const Machine *m, Node *value);

#endif
