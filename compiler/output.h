// output.h - what a deployment tells.
#ifndef OUTPUT_H
#define OUTPUT_H

#include "model.h"

// Puts the outputs of the system and of its workflows into the stacks of what they are about.
void output_unit(Unit *u);

#endif
