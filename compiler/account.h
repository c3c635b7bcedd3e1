// account.h - quotas of an account, which a system can use up: they can be raised, so these warn.
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "model.h"

// After `place`: stacks have a quota as well.
void account_unit(Unit *u);

#endif
