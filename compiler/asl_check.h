// asl_check.h - whether a definition is one: what the service refuses when it is created, whoever
// wrote it. Places are those of the nodes, so that a spec's mistakes are shown in the spec.
#ifndef ASL_CHECK_H
#define ASL_CHECK_H

#include "asl.h"
#include "diag.h"

typedef struct AslCheck {
    Arena *arena;
    Diags *diags;
    Query query;       // of the definition
    bool imported;     // read as ASL, and not lowered from stages
    bool placeholders; // `${Name}` may stand for any value
    bool nested;       // in a branch or a map
    Str state;         // the one that is looked at
    // What `$states` has in the field that is looked at, beside the input and the context.
    bool has_result, has_error;
} AslCheck;

// Everything below `definition`: fields and their values, targets, ends, names.
void asl_check(AslCheck *c, const Node *definition);

// --- what asl_check.c, asl_field.c, asl_value.c and asl_graph.c share

Str asl_word(const AslCheck *c, Str field); // as the user calls it
void asl_wrong(const AslCheck *c, const Node *n, Str field, const char *is);
bool asl_is_map(const AslCheck *c, const Node *n, Str field);    // or reports
bool asl_is_open(const AslCheck *c, const Node *n, Query query); // stands for any value
bool asl_number(const Node *n, double *value);
void asl_check_number(const AslCheck *c, const Node *n, Str field, double least, double most,
                      bool whole);
void asl_check_keys(const AslCheck *c, const Node *map, const char *const *keys, size_t count,
                    const char *what);
// `key` belongs to the language that `query` is not.
void asl_wrong_language(const AslCheck *c, const Node *key, Query query);
void asl_require(const AslCheck *c, const Node *map, const char *field, const char *what);
void asl_check_resource(const AslCheck *c, const Node *n);
void asl_check_fields(AslCheck *c, const Node *state, StateType type, Query query);

bool asl_is_placeholder(const AslCheck *c, const Node *n);
// A path; `reference` and `input` ask for more.
bool asl_check_path(const AslCheck *c, const Node *n, Str field, bool reference, bool input);
// A path or an intrinsic function.
bool asl_check_expression(const AslCheck *c, const Node *n);
bool asl_check_jsonata(const AslCheck *c, const Node *n);
// A tree in which strings can be expressions.
void asl_check_template(const AslCheck *c, const Node *n, Query query);
void asl_check_assign(const AslCheck *c, const Node *n, Query query); // of variables
// How a Map runs, reads, batches and writes.
void asl_check_map(const AslCheck *c, const Node *state, Query query);
void asl_check_rule(const AslCheck *c, const Node *rule, bool top);
bool asl_is_time(const AslCheck *c, const Node *n); // 2030-01-31T12:00:00Z
// The place of `flaw` in the text of `n`.
Loc asl_flaw_place(const Node *n, size_t at);
// Transitions of one flow: a machine, a branch or the inside of a map.
void asl_check_flow(const AslCheck *c, const Node *flow);
// Names, over all flows of the definition.
void asl_check_names(const AslCheck *c, const Node *definition);

#endif
