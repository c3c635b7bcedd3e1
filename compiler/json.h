// json.h - Nodes as JSON text: two spaces of indentation, ASCII only, keys in the order they have.
#ifndef JSON_H
#define JSON_H

#include "node.h"

// Numbers and words of the core schema are printed as they are, everything else as a string.
void json_print(Buf *out, const Node *n, unsigned depth, bool pretty);
void json_string(Buf *out, Str text); // with its quotes
void json_escape(Buf *out, Str text); // without

// The same for a tree that has texts with open pieces: a string or a text of JSON.
Node *json_text(Arena *a, const Node *tree, bool pretty);

#endif
