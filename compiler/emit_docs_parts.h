// emit_docs_parts.h - what the files of emit_docs share: emit_docs.c has the pages, docs_runbook.c
// and docs_workflows.c two of them.
#ifndef EMIT_DOCS_PARTS_H
#define EMIT_DOCS_PARTS_H

#include "emit.h"

Node *docs_list(Unit *u, Node *map, const char *key); // an empty list as `key` of `map`
Node *docs_add(Unit *u, Node *list);                  // an empty map at its end
Str docs_cell(Unit *u, Str text);     // in a table: no line ends, and no bar of its own
Str docs_prose(Unit *u, Node *value); // between other words: what is in <> is no markup
// The items as people are told of them, each in quotes of that sort.
Str docs_joined(Unit *u, const Node *list, const char *between, const char *quote);
bool docs_is_made(const Resource *r); // its stack makes it
bool docs_has_many(const Unit *u);    // of something, one for each project or user
// The workflows that are copies of the two that `r` is the first of, as a list; empty: none.
Str docs_copies_of(Unit *u, const Resource *r);

void docs_runbook(Unit *u, Stacks stacks, Node *data);
void docs_workflows(Unit *u, Node *data);

#endif
