// flow_data_parts.h - what flow_data.c, which follows the ways between states, and flow_read.c,
// which looks at what one state reads, share.
#ifndef FLOW_DATA_PARTS_H
#define FLOW_DATA_PARTS_H

#include "data.h"
#include "flow_parts.h"

enum { WAYS_SHOWN = 4 };

typedef struct Value { // what goes from state to state
    const Data *data, *vars;
} Value;

typedef struct Way { // by which a state is reached
    const State *from;
    Loc at;
    const char *how; // "goes on"
    const Data *data;
} Way;

typedef struct Analysis {
    Arena *arena;
    Unit *unit;
    const Machine *machine;
    Types *types;
    StrMap states;           // name -> State
    const Data *contexts[2]; // the context object, once it is asked for; with a token or without
    bool report;             // all is known: what is missing is said now
    unsigned silent;         // unless this is not 0
    bool has_to_say;         // there may be something, if `report` is set
} Analysis;

typedef struct Reader { // one state while it is looked at
    Analysis *an;
    const State *state;
    const Data *input;          // JSONata's $states.input
    const Data *vars;           // an object
    const Data *result, *error; // JSONata's $states.result, .errorOutput
    const Way *ways;
    size_t way_count;
} Reader;

// What each finds, after saying what is not there. `root` is what `$` stands for.
const Data *read_path(Reader *r, const Node *path, const Data *root);
const Data *read_expression(Reader *r, const Node *text, const Data *root);
const Data *read_template(Reader *r, const Node *tree, const Data *root);
const Data *read_items(Reader *r, const Node *items, const Data *root); // one of the list's
void read_text(Reader *r, const Node *text);                     // an expression in JSONata only
void read_access(Reader *r, const Node *part, const Data *root); // a reader, writer or batcher
// A choice rule; gives the input as it is known where the rule holds.
const Data *read_rule(Reader *r, const Node *rule, const Data *root);
// What a service is handed against the types of its API.
void read_request(Reader *r, const Node *request, const Data *given);
// What a call is handed against what its function wants; gives its result.
const Data *read_call(Reader *r, const Data *given);

#endif
