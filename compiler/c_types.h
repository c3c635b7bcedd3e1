// c_types.h - types of data as C: declarations, and the tables that describe them to the runtime.
#ifndef C_TYPES_H
#define C_TYPES_H

#include "types.h"

typedef struct CTypes {
    Types types;
    StrMap taken;      // names of shared structs, to where they come from
    StrMap taken_here; // and of those of the function that is being printed
    StrMap inlined;    // from a Type's id to its name
    StrMap printed;    // ids of Types
    Node *shared;      // structs of the system's `types`, for templates
    Node *own;         // of the function that is being printed
} CTypes;

// Makes sure that every struct in `type` will be declared; one that has no name is called `name`.
void c_declare(CTypes *c, const Type *type, Str name);
Str c_declaration(CTypes *c, const Type *type, Str name); // `const char *name`
// What the runtime calls it: `&wg_string_type`. Lists need tables of their own, which go to
// `tables` with names that begin with `name`.
Str c_table(CTypes *c, const Type *type, Str name, Node *tables);
// The struct of a table's item: any of its fields may be absent. The first `keys` are its key.
void c_declare_item(CTypes *c, const Type *type, Str name, size_t keys);

#endif
