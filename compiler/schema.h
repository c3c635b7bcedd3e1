// schema.h - the JSON Schema (draft 7) of specs, made from the kinds: what an editor needs to
// complete, to explain and to refuse what `wgen check` would.
#ifndef SCHEMA_H
#define SCHEMA_H

#include "kind.h"

void schema_print(Buf *out, Kinds *kinds);

#endif
