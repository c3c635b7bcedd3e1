// kind_parts.h - what the files share that load kinds.
#ifndef KIND_PARTS_H
#define KIND_PARTS_H

#include "kind.h"

// Sets what is known of the parts of a kind without what is in them, when its bodies are loaded.
void kind_load_headers(Arena *a, Kind *kind);

#endif
