// template.h - the template language on trees: `$(path | filter word)` in scalars, `$if` and `$for`
// in maps, `$$` before `(` and in `$$if` for `$`. templates/README.md is its manual.
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "diag.h"
#include "node.h"

enum { HOLE_PATH = 6 }; // segments of a path

// A hole, taken apart when its template is loaded.
typedef struct Hole {
    Str text; // the whole path, for messages
    Str path[HOLE_PATH];
    uint32_t path_len;
    uint32_t base;  // what the first segment is: set by Resolver.resolve, read by Scope.base
    uint32_t index; // and which of them
    const struct Filter *filter; // NULL: the value as it is
    Str arg;
    bool is_loop; // the first segment is the variable of a `$for`
    Loc loc;
} Hole;

typedef struct Filter {
    const char *name;
    Node *(*apply)(Arena *a, Node *value, Str arg);
    const char *doc; // `wgen help filters` prints this column
} Filter;
const Filter *filter_find(Str name);
const Filter *filter_at(size_t i); // NULL behind the last

// Says what a path may be, while a template is loaded. `resolve` sets base and index, or reports
// and returns false; it is not asked about loop variables.
typedef struct Resolver {
    bool (*resolve)(void *ctx, Hole *hole);
    void *ctx;
    Arena *arena;
    Diags *diags;
} Resolver;

// Takes the holes of `body` apart, in place. False if anything in it was reported.
bool template_compile(const Resolver *r, Node *body);
// The same for one pattern, such as a name. Returns the compiled text, or NULL.
Node *template_pattern(const Resolver *r, const Node *scalar);

// Gives values while a template is rendered. NULL is absent: its key, its item and the collection
// that this leaves empty go with it.
typedef struct Scope {
    Node *(*base)(const struct Scope *s, const Hole *hole);
    Node *(*member)(const struct Scope *s, Resource *res, Str name); // of a reference: .arn
    void *ctx;
    Arena *arena;
    const struct Loop *loop; // innermost first
} Scope;

Node *template_render(const Scope *s, const Node *body);
bool template_truth(const Node *value); // there, and neither false nor empty

#endif
