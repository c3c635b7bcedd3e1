// lower.h - what the files that turn stages into states share. lower.c walks over the stages,
// lower_value.c makes the values of fields, lower_task.c what calls, lower_block.c what moves.
#ifndef LOWER_H
#define LOWER_H

#include "flow.h"
#include "path.h"

typedef struct Lower {
    Unit *unit;
    Arena *arena;
    Diags *diags;
    Resource *workflow;
    Machine *machine;
    StrMap variables; // every name that is assigned somewhere in it
    State *outer;     // the Map or Parallel whose inside is being lowered
    Query query;      // of the workflow
    Query within;     // of the stage that is around, or of the workflow
    Str stored;       // the last stage that put its result into the workflow's storage
    bool exact;       // nothing is added to what the stages say
} Lower;

// A stage while its state is made.
typedef struct Stage {
    const Node *node;
    const Entry *verb;
    Str name;
    StateType type;
    Query query;
    Node *state;        // the object that grows
    Str previous;       // the stage before it that stores its result; empty: there is none
    bool with_is_input; // `with` is a path alone, and has become InputPath
} Stage;

// Puts StartAt and States of a list of stages into `machine`.
void lower_stages(Lower *l, const Node *stages, Node *machine);

State *lower_add_state(Lower *l, const Stage *s);
Node *lower_sorted(const Lower *l, const Node *state, StateType type);

// What the verb says, apart from the fields of the table in asl.c.
void lower_task(Lower *l, Stage *s);
void lower_block(Lower *l, Stage *s);
// The Resource for `dynamodb:putItem`, `aws-sdk:s3:getObject.waitForTaskToken`, an ARN or a
// placeholder; `form` is added to it: `.sync`, or nothing.
Node *lower_resource(Lower *l, Node *call, Str form);
Node *lower_access(Lower *l, Node *call); // of what a Map reads or writes
void lower_table(Lower *l, Stage *s);     // a call of DynamoDB that names a table
// Adds fields to a request, and says which of them it has already.
void lower_more(Lower *l, const Stage *s, Node *fields, const Node *more);
// Puts the parameters of a call, with those that the stage's `request` adds.
void lower_request(Lower *l, Stage *s, Node *fields);

// What a stage of a workflow with storage is called with; NULL if that is not for this one.
Node *lower_storage(Lower *l, Stage *s, Resource *who);
// What comes before the first state and after a failure.
void lower_around(Lower *l);

// What a stage is given that says nothing itself: the retries that its service recommends, and the
// time that its function may take. NULL: nothing.
Node *lower_default_retry(Lower *l, const Stage *s);
Node *lower_default_timeout(const Stage *s);

// The stage, with `$(execution)` and `$(stage)` as its own language has them.
const Node *lower_filled(Lower *l, const Stage *s);
// The fields that the table gives to the stage's own keys.
void lower_fields(Lower *l, Stage *s);
// One field, from a value as stages write it. NULL is absent.
void lower_field(Lower *l, Stage *s, const char *name, Node *value);
// Puts a field that is known.
void lower_put(Lower *l, Node *state, const char *name, Node *value);

// A tree in which strings can be expressions, as ASL has it in the stage's language.
Node *lower_template(Lower *l, const Stage *s, Node *tree);
bool lower_is_expression(const Lower *l, const Node *n, Query query);
bool lower_is_placeholder(const Lower *l, const Node *value); // `${Name}`, in what was imported
bool lower_has_expression(const Lower *l, const Node *tree, Query query);
// A string that joins `pieces`, some of which are expressions (NODE_TEXT with PIECE_RUNTIME whose
// text is one).
Node *lower_join(Lower *l, Query query, const Node *text);
Node *lower_execution(const Lower *l, const Stage *s); // its name, as an expression
Node *lower_seconds(Lower *l, const char *key, Node *value);
// Open pieces of `n` as single characters, so that its text can be parsed, and back.
Str lower_flat(const Lower *l, const Node *n);
Node *lower_unflat(const Lower *l, const Node *n, Node *tree);

#endif
