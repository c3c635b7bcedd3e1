// layout.h - the one layout of a spec's text: two spaces for each level, lists within their key,
// one space where one is needed, no blank line twice. Where somebody lined columns up, they stay;
// comments stay where they belong, and what it means is never changed.
#ifndef LAYOUT_H
#define LAYOUT_H

#include "diag.h"

// Appends `text`, which yaml_read accepts, laid out.
void layout_text(Arena *a, Str text, Buf *out);

// Both mean the same, and have the same comments in the same order.
bool layout_same(Arena *a, Str before, Str after);

#endif
