// names.h - physical names: what each service accepts, and that no two things have one.
#ifndef NAMES_H
#define NAMES_H

#include "model.h"

// Checks the name of every instance of every resource, after fan-out.
void names_unit(Unit *u);

#endif
