// inspect.h - what the commands that only look at systems share.
#ifndef INSPECT_H
#define INSPECT_H

#include "cmd.h"
#include "shown.h"

// Takes the first `words` arguments off as words, reads the systems that the others name (without
// any, those in specs/) with every workflow by itself. False after reporting; free `b` anyway.
bool inspect_open(Cli *cli, Batch *b, size_t words);
// What is called `name` in the next unit, from `*at` on: units of all systems in turn. NULL: no
// more.
Resource *inspect_next(const Batch *b, Str name, size_t *at, Unit **unit);
int inspect_unknown(Cli *cli, const Batch *b, Str name); // there is none; ends the command
Str inspect_where(Unit *u);                              // SYSTEM, and its environment

// Columns of text, each as wide as its widest cell.
typedef struct Table {
    Arena *arena;
    Str *cells;
    size_t columns, count, cap;
} Table;
void table_cell(Table *t, Str text);
void table_row(Table *t, const Str *cells); // as many as there are columns
void table_print(const Table *t, Buf *out);
Str inspect_json(Cli *cli, const Node *list); // what --json prints

#endif
