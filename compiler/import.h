// import.h - definitions of the States Language -> a spec: the other way round of lower.
#ifndef IMPORT_H
#define IMPORT_H

#include "kind.h"

typedef struct ImportFile {
    const Source *src;
    Str name; // what its workflow is called
} ImportFile;

// The spec of a system with a workflow for each definition, or NULL after reporting what makes one
// of them no definition. Building it gives definitions that are equal as JSON. `known` is a spec
// that these workflows are added to, or NULL: what it declares is used, and not declared again.
Node *import_asl(Arena *a, Diags *d, Kinds *kinds, const ImportFile *files, size_t count,
                 const Node *known);

// A definition as a tree, from JSON or YAML; NULL after reporting that it is neither.
Node *import_read(Arena *a, Diags *d, const Source *src);

// A name that a system or a workflow can have, from that of a file.
Str import_name(Arena *a, Str path);

#endif
