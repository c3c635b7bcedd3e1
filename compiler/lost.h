// lost.h - what is deployed, by the outputs, and is not where the lock says.
#ifndef LOST_H
#define LOST_H

#include "compile.h"

// False after reporting what the outputs below `out` have in another stack than the lock says, or
// what it has no line for: that would be placed anew, and what is deployed would be deleted.
bool lost_check(Compilation *c, Str out);

#endif
