// emit_c.h - what is C on the user's side: typed glue around every function and worker, and the
// skeletons of the user's own files.
#ifndef EMIT_C_H
#define EMIT_C_H

#include "emit.h"
#include "types.h"

// Reports what can't become C: types that are none, names that meet. Part of `check`.
void handlers_check(Unit *u);
// The backends: handlers/... of a system, and below its own folder a handlers/NAME.c for each.
void emit_handlers(Unit *u, Stacks stacks, Outbox *box);
void emit_skeletons(Unit *u, Stacks stacks, Outbox *box);

#endif
