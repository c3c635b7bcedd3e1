// rules.h - the documentation of every error: templates/rules/ID.yaml.
#ifndef RULES_H
#define RULES_H

#include "kind.h"

typedef struct Rule {
    Str id;
    Str family;      // syntax, schema, reference, service, security, style, files, template
    Str what;        // the mistake, in a sentence
    Str why;         // what would happen
    Str source;      // where that is written, if it is not our own rule
    const Node *bad; // a spec, or a map of files; NULL: no spec makes it happen
    const Node *good;
    Str example; // in words, where there is no spec
} Rule;

const Rule *rule_find(Kinds *kinds, Str id); // NULL: there is none, or after reporting
size_t rule_ids(Arena *a, Str **ids);        // all there are, sorted

#endif
