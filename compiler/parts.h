// parts.h - parts of one resource that would be one thing.
#ifndef PARTS_H
#define PARTS_H

#include "model.h"

// Reports two of its routes, or of its parts, that come to one id on a target.
void parts_check(Unit *u, const Resource *r);

#endif
