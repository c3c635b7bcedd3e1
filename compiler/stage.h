// stage.h - what can be said of a stage by looking at it alone.
#ifndef STAGE_H
#define STAGE_H

#include "node.h"

// The keys that say what a stage does; a stage has exactly one of them.
extern const Str stage_verbs[];
extern const size_t stage_verb_count;

const Entry *stage_verb(const Node *stage); // NULL: it has none
// The name of its state: as written, or what it calls in Pascal case. Empty: it has none.
Str stage_name(Arena *a, const Node *stage);

#endif
