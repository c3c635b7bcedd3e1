// shown.h - things as people are told of them: names with `<account>` where a part is not known.
#ifndef SHOWN_H
#define SHOWN_H

#include "emit.h"

Str shown_text(Unit *u, Node *value);        // a value, a text with what is open in <>
Str shown_name(Unit *u, const Resource *r);  // its physical name; its path where it has none
Str shown_place(Unit *u, const Resource *r); // FILE:LINE of the spec; empty: made by wgen
// For a shell that has what is not known as variables: $account, $project, $user; on several lines
// where it would be too long for one.
Str shown_command(Unit *u, const Node *words);
void shown_word(Unit *u, Node *value, Buf *out);
void shown_variable(Buf *out, Str name); // its name: letters, digits and `_`
void shown_quoted(Buf *out, Str word);   // in single quotes, whatever is in it
bool shown_is_part(const Resource *r);   // it comes with another one by itself

#endif
