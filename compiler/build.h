// build.h - the one way to build a tree. Everything given is kept, not copied, and must live as
// long as the arena. A NULL value is left out together with its key, so that a rendered tree never
// says what its template did not; memory that ends, ends the process.
#ifndef BUILD_H
#define BUILD_H

#include "node.h"

Node *node_null(Arena *a, Loc at);
Node *node_string(Arena *a, Str text, Loc at); // a string, however it looks
Node *node_plain(Arena *a, Str text, Loc at);  // a number, a bool or a word
Node *node_int(Arena *a, long long value, Loc at);
Node *node_bool(Arena *a, bool value, Loc at);
Node *node_ref(Arena *a, Resource *res, Loc at);
Node *node_list(Arena *a, Loc at);
Node *node_map(Arena *a, Loc at);
Node *node_map_for(Arena *a, Loc at, uint32_t count); // with room for so many
Node *node_text(Arena *a, Loc at);
void node_push(Arena *a, Node *list, Node *item);
Node *node_as_list(Arena *a, Node *n); // itself, or a list of it alone; NULL stays NULL
void node_put(Arena *a, Node *map, const char *key, Str text); // a string
void node_put_flag(Arena *a, Node *map, const char *key, bool value);
void node_set(Arena *a, Node *map, Str key, Node *value);     // appends; `key` must be new
void node_entry(Arena *a, Node *map, Node *key, Node *value); // the same, with a located key
void node_piece(Arena *a, Node *text, Piece piece);           // neighbouring literals become one
void node_concat(Arena *a, Node *text, const Node *value);    // a scalar or a text

// A string with no pieces that are open becomes a plain string; else the text itself.
Node *node_settle(Arena *a, Node *text);
Node *node_copy(Arena *a, const Node *n); // all the way down

#endif
