// shared.h - what two deployments would take from one another: two environments, or two systems.
#ifndef SHARED_H
#define SHARED_H

#include "model.h"

// Reports names that two units have for things that cannot both be there, and states of Terraform
// that both would keep. After `place`: stacks have names as well. Linear in what they have.
void shared_check(Diags *d, Unit *const *units, size_t count);

#endif
