// path.h - JSONPath as the States Language has it, and payload expressions: paths, intrinsic
// functions and their arguments. Everything here is syntax; what a path finds is flow_data's.
#ifndef PATH_H
#define PATH_H

#include "base.h"

typedef enum PathRoot { ROOT_INPUT, ROOT_CONTEXT, ROOT_VARIABLE } PathRoot;
typedef enum StepKind {
    STEP_FIELD, // .name, ['name']
    STEP_INDEX, // [0], [-1]
    STEP_MANY   // what can find any number of values: [*], ..name, [?(...)], [1:]
} StepKind;

typedef struct Step {
    StepKind kind;
    Str name; // of a field, or of `..name`
} Step;

typedef struct Path {
    PathRoot root;
    Str variable; // of ROOT_VARIABLE
    Step *steps;
    size_t count;
    bool is_reference; // finds one place: fields and indices from 0 only
    Str text;
} Path;

// What is wrong with a text, and where in it.
typedef struct Flaw {
    const char *what;
    size_t at;
} Flaw;

// How many bytes at the front of `text` are a path, or 0 and a flaw.
size_t path_scan(Arena *a, Str text, Path *path, Flaw *flaw);
bool path_parse(Arena *a, Str text, Path *path, Flaw *flaw); // all of it is one

typedef enum ExprKind { EXPR_PATH, EXPR_CALL, EXPR_STRING, EXPR_NUMBER, EXPR_WORD } ExprKind;
typedef struct Intrinsic {
    const char *name; // without `States.`
    int least, most;  // arguments; -1: any number
    const char *args; // a letter for each, the last one for the rest; see path.c
} Intrinsic;
typedef struct Expr {
    ExprKind kind;
    Path path;
    Str text; // of a string without its quotes
    const Intrinsic *function;
    struct Expr **args;
    size_t count;
} Expr;

// A path or a call of an intrinsic function; NULL and a flaw.
Expr *expr_parse(Arena *a, Str text, Flaw *flaw);

#endif
