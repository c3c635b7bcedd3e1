// import_parts.h - what the files that turn states into stages share.
#ifndef IMPORT_PARTS_H
#define IMPORT_PARTS_H

#include "lower.h"

typedef struct Importer {
    Arena *arena;
    Diags *diags;
    Kinds *kinds;
    const Node *known; // the spec that is added to
    Node *spec;        // the sections that have been made: functions, queues, topics
    StrMap by_arn;     // ARN -> the name of its resource, as a Node
    Lower probe;       // knows the variables, so that it can tell what is an expression
    Query query;       // of the workflow
    Node *workflows;   // those before it
} Importer;

// The stages of one flow, in an order in which few of them need to say where they go.
Node *import_stages(Importer *im, const Node *flow);
// The name of a resource that exists at `arn`, declared in the section of `kind`.
Node *import_resource(Importer *im, const char *section, Str arn, Loc at);

// Values as stages write them.
Node *import_template(const Importer *im, Node *n, Query query);
Node *import_text(const Importer *im, Node *n, Query query); // a text that is no expression
Node *import_literal(const Importer *im, Node *n);           // as it is, whatever it looks like
Node *import_expression(const Importer *im, Node *n);        // one that is
Node *import_seconds(const Importer *im, Node *n);
Node *import_path(const Importer *im, Node *n);
Node *import_retry(const Importer *im, const Node *n);
Node *import_catch(const Importer *im, const Node *n, Query query);
void import_put(const Importer *im, Node *stage, const char *key, Node *value);
Node *import_word(const Importer *im, const char *word, Loc at);

// What a Task does; takes the parameters that its verb says.
void import_task(Importer *im, const Node *state, Node *stage, Query query);

#endif
