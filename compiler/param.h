// param.h - values that are given at deployment.
#ifndef PARAM_H
#define PARAM_H

#include "model.h"

// Gives the parameters that stand for a field (`of`) its value as their default, and puts them in
// its place. After references are linked, before anything is made of the fields.
void param_unit(Unit *u);

#endif
