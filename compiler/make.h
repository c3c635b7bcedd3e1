// make.h - what comes with a resource.
#ifndef MAKE_H
#define MAKE_H

#include "model.h"

// Makes what the kind of `owner` says, once its references are known, and sets owner->made. New
// resources are added at the end of u->resources; their own makes are the caller's to call.
void make_resources(Unit *u, Resource *owner);

#endif
