// place.h - which stack a resource lives in, for life.
#ifndef PLACE_H
#define PLACE_H

#include "lock.h"
#include "model.h"

// CloudFormation takes 500 resources a stack (cfn-lint, LIMITS). A stack is filled to FILL, so that
// what belongs to it can grow; over MOST it is an error.
enum { STACK_FILL = 350, STACK_MOST = 450 };

// Sets `headers` of every resource: what is counted to place it, and says what it needs. For
// hands.h.
void headers_unit(Unit *u);

// Gives every resource its stack and fills u->stacks, in the order of deployment. What a workflow
// owns is in its stack; what is shared, and what there is for each project or user, is where the
// lock says it is, or is put where there is room and remembered.
void place_unit(Unit *u, Lock *lock);

#endif
