// jsonata.h - JSONata 2.0.6, as far as a compiler needs it: whether an expression is one, and what
// it reads. It is never evaluated here.
#ifndef JSONATA_H
#define JSONATA_H

#include "path.h"

// A variable that is read, and the fields behind it: $states.input.order.id
typedef struct JsonataUse {
    Str variable; // without `$`; never one that the expression defines itself
    Str fields[8];
    size_t count;
    bool is_call;
    size_t at;
} JsonataUse;

typedef struct Jsonata {
    JsonataUse *uses;
    size_t count;
} Jsonata;

// Parses what stands between `{%` and `%}`. False and a flaw: it is no expression.
bool jsonata_parse(Arena *a, Str text, Jsonata *out, Flaw *flaw);
// A function that JSONata or Step Functions provides.
bool jsonata_is_function(Str name);

#endif
