// flow.h - workflows -> state machines: the step between link and grant. Stages become states, what
// the service would refuse is refused here, and what each stage needs of IAM is written down.
#ifndef FLOW_H
#define FLOW_H

#include "asl.h"
#include "model.h"

typedef struct State {
    Str name;
    StateType type;
    Query query;
    Node *def;           // its object in the definition
    const Node *stage;   // NULL: it is the compiler's own
    struct State *outer; // the Map or Parallel that it is in; NULL: none
    Loc loc;
} State;

// What one of its stages needs that somebody else's role allows: a function, a job.
typedef struct Allowance {
    Resource *who;
    Node *statement; // {actions, on}
} Allowance;

typedef struct Machine {
    Resource *workflow;
    Node *definition; // ASL, with texts where attributes of resources or parameters go
    Node *names;      // what stands in the file's `${Name}`: Name -> text
    Node *needs;      // a list of {actions, on, condition}, for its role
    State **states;   // in the order of the spec, nested ones behind theirs
    size_t count, cap;
    Allowance *allowances;
    size_t allowance_count, allowance_cap;
    bool exact;
} Machine;

// Lowers every workflow of `u` to its `machine`, and sets its field `definition` to {text, names}:
// the definition as text with `${Name}`, and what the names stand for (absent if there are none).
void flow_unit(Unit *u);

// A definition that was read and not lowered (an import), with all its states. What makes it no
// valid definition is reported.
Machine *flow_read(Arena *a, Diags *d, Node *definition);

#endif
