// condition.h - choice rules as text: `$.n > 3 and not $.done`. Each text is one tree of operators
// and each tree one text, so that an imported definition comes back as it was.
//
//   $.a == "x"  != < <= > >=    a string, number, true, false, or time("2030-01-01T00:00:00Z")
//   $.a < number($.b)           with the value of another path: string number boolean time
//   $.name matches "log-*.txt"
//   $.a is present              null string number boolean time; `is not` asks for the opposite
//   $.done                      $.done == true
//   not X    X and Y    X or Y    (X)    all(X) any(X): an And or Or of one
//   X /* why */                 a comment
#ifndef CONDITION_H
#define CONDITION_H

#include "node.h"
#include "path.h"

// The rule that `text` says, without Next; NULL and a flaw.
Node *condition_parse(Arena *a, Str text, Loc at, Flaw *flaw);

// `rule` as text. The keys that belong to its state (Next, Assign, Output, Comment) are passed over
// at the top. False if it is no rule; `flaw->what` says why.
bool condition_print(Arena *a, Buf *out, const Node *rule, Flaw *flaw);

#endif
