// pattern.h - what a pattern says of the names that it makes, for all items at once: it takes a few
// steps for a pattern where looking at each name takes some for each item.
#ifndef PATTERN_H
#define PATTERN_H

#include "emit.h"

// The names of projects and of users, as far as these are known.
typedef struct ItemsTexts {
    const ItemTexts *projects, *users;
} ItemsTexts;

// No two items have one name by it; false: they may. It has a slot for all that tells them apart,
// and where a slot ends, a character stands that is in no text of it.
bool pattern_tells_apart(const Stencil *p, Axis axis, ItemsTexts texts, bool caseless);
// How long its names may be. False: that is not known.
bool pattern_lengths(const Stencil *p, Axis axis, ItemsTexts texts, size_t *least, size_t *most);

// What all names of a pattern have in common.
typedef struct Form {
    Str head, tail; // how they begin and end
    Str literals;   // all that is the same in all, in order
    bool of_items;  // and between it nothing but names of items
} Form;
Form pattern_form(const Stencil *p);
Form pattern_form_of(Str name); // of a name that is whole
bool forms_are_apart(Form a, Form b, ItemsTexts texts,
                     bool caseless); // false: one name may fit both

#endif
