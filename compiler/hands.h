// hands.h - a step's work on many things, on two cores. Each hand has a unit of its own; what it
// makes lives as long as the unit's, and what it says is said in the order of the things.
#ifndef HANDS_H
#define HANDS_H

#include "model.h"

// Does `work` for 0 to `count` - 1. It may change what is its thing's, and look at all else.
typedef void HandsWork(Unit *u, void *ctx, size_t i);
void hands_do(Unit *u, size_t count, HandsWork *work, void *ctx);

// Does all `steps`, each of which looks at the whole unit and changes nothing of it that another
// one looks at; of itself, `apart` and `heeds_items`.
typedef void HandsStep(Unit *u);
void hands_steps(Unit *u, HandsStep *const *steps, size_t count);

#endif
