// lost.h - what is deployed, by the outputs, and has no line in the lock.
#ifndef LOST_H
#define LOST_H

#include "compile.h"

// False after reporting what the lock has forgotten, of what the outputs below `out` have: it would
// be placed anew, and what is deployed would be deleted.
bool lost_check(const Compilation *c, Str out);

#endif
