// envs.h - what two environments of a system would take from one another.
#ifndef ENVS_H
#define ENVS_H

#include "model.h"

// Reports names that two environments have for things that cannot both be there. After `place`:
// stacks have names as well.
void envs_check(Diags *d, Unit *const *units, size_t count);

#endif
