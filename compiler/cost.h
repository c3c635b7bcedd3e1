// cost.h - what a system costs in a month, by the `usage` that its spec expects. Kinds say what is
// multiplied (`price`), templates/prices.yaml what it costs.
#ifndef COST_H
#define COST_H

#include "model.h"

typedef struct CostLine {
    Str workflow, kind, path, what;
    Str formula; // in words
    Str missing; // the words of `usage` that it lacks; empty: it is counted
    Str say;     // and how they are said
    double usd;
} CostLine;

typedef struct Costs {
    Arena *arena;
    const Node *prices; // templates/prices.yaml
    CostLine *list;
    size_t count, cap;
    double total;
} Costs;

// A month's product of what a formula names; false: a word of `usage` is missing.
bool cost_product(Unit *u, const Resource *r, const Node *factors, double *product);
void costs_add(Costs *c, Unit *u);

#endif
