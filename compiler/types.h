// types.h - the types of data: `string`, `int`, `number`, `bool`, `time`, `object`, `[T]`,
// `optional T`, the name of one of the system's `types`, or a map of fields.
#ifndef TYPES_H
#define TYPES_H

#include "model.h"

typedef enum TypeKind {
    TYPE_STRING,
    TYPE_INT,
    TYPE_NUMBER,
    TYPE_BOOL,
    TYPE_TIME, // seconds since 1970
    TYPE_OBJECT,
    TYPE_LIST,
    TYPE_OPTIONAL,
    TYPE_STRUCT
} TypeKind;

typedef struct Type Type;
typedef struct TypeField {
    Str name;
    const Type *type;
    Loc loc;
} TypeField;
struct Type {
    TypeKind kind;
    size_t id;      // among all that were read
    Str name;       // of a struct among the system's `types`; else empty
    const Type *of; // of a list or an optional
    TypeField *fields;
    size_t count;
    Loc loc;
};

typedef struct Types {
    Unit *unit;
    StrMap named; // those of the system, as they are asked for
    size_t count;
} Types;

// The type that `n` means, or NULL: there is none, or it has been reported.
const Type *type_read(Types *types, const Node *n);

#endif
