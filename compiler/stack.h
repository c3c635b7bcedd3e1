// stack.h - a unit of deployment.
#ifndef STACK_H
#define STACK_H

#include "digest.h"
#include "item.h"

typedef struct Output {
    Str name, doc;
    Node *value; // a text
    struct Stack *stack;
    Loc loc;
} Output;

// A workflow that differs from two others in nothing but its name: see alike.h.
typedef struct Copy {
    Str id;
    Loc loc;
    Resource *like[2];
    size_t before; // workflows that stand before it, copies aside
} Copy;

// A unit of deployment. Resources of a fan-out are in many; each has a part of the items.
typedef struct Stack {
    Str name;
    const Copy *copy;      // its workflow, if it is one; then `resources` are those of
    struct Stack *like[2]; // these two
    bool copied;           // it is one of two such
    Resource **resources;
    size_t count, room;
    Items items; // of a stack of fanned resources: those it has
    Axis axis;
    uint32_t set;
    size_t size;          // CloudFormation resources
    Digest key;           // of what is its own; see key.h
    struct Stack **after; // must be deployed before it
    size_t after_count;
    int wave; // those of one do not wait for each other; 0 is what packages and images are put into
    const Resource *because; // one that made the first of them necessary
    Output *outputs;
    size_t output_count;
} Stack;

#endif
