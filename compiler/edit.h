// edit.h - changes to the text of a spec, made where a person would make them: what stands around
// them, its order and its comments stay as they are. Each function gives the new text, or an empty
// one (without a pointer) if there is no such place.
#ifndef EDIT_H
#define EDIT_H

#include "cst.h"

// An entry `name: value` in the map at `path` (a list of `count` keys from the top), which is made
// where it is missing. A value of several lines is indented as its place needs.
Str edit_add(Arena *a, Str text, const Str *path, size_t count, Str name, Str value);
// A word in the list at `path`; of a map, a key without a value.
Str edit_add_item(Arena *a, Str text, const Str *path, size_t count, Str item);
// The entry or item `name` at `path`; a map that it leaves empty goes with it.
Str edit_remove(Arena *a, Str text, const Str *path, size_t count, Str name);

// Bytes of the text, and what stands there instead. Several are given in order, and do not touch.
typedef struct Splice {
    size_t from, to;
    Str text;
} Splice;
Str edit_splice(Arena *a, Str text, const Splice *splices, size_t count);

// Whether a list or map has `name`: as an entry, a word, or a map of that one key.
bool edit_has(const Cst *n, Str name);
const Cst *edit_find(const Cst *root, const Str *path, size_t count); // NULL: not there

#endif
