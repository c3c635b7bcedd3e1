// dump.h - what a step made, as JSON, for people who work on wgen or wonder about a spec.
#ifndef DUMP_H
#define DUMP_H

#include "compile.h"

// `step` is read, expand or place. What is not known yet stands as `$(...)`.
void dump(const Compilation *c, Str step, Buf *out);

#endif
