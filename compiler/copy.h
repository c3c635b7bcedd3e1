// copy.h - the text of one workflow as that of another. Two texts that differ in nothing but the
// name of the workflow that they are about show where that name stands in them, and how it is
// written there; with any other name in those places it is the text of that one.
#ifndef COPY_H
#define COPY_H

#include "base.h"

// A name in the ways that names are written: heavy-etl, HeavyEtl, heavy_etl, HEAVY_ETL,
// and heavy-etl of a heavy_etl.
enum { SPELLINGS = 5 };
typedef struct Spelled {
    Str as[SPELLINGS];
} Spelled;
Spelled copy_spell(Arena *a, Str name);

typedef struct CopySlot {
    size_t at;
    uint32_t spelling;
} CopySlot;

// A text to make copies of; `text` is that of the first of the two.
typedef struct Master {
    Str text;
    CopySlot *slots;
    size_t count, cap;
} Master;

// `x` and `y` are about `of_x` and `of_y`, names of one length, and outlive the master. False if
// they differ in anything else.
bool copy_master(Master *m, Arena *a, Str x, Str y, const Spelled *of_x, const Spelled *of_y);
// The text for a name of the same length.
void copy_fill(const Master *m, const Spelled *of, Buf *out);
// Both at once, for a short text. Empty if they differ in anything else.
Str copy_text(Arena *a, Str x, Str y, const Spelled *of_x, const Spelled *of_y, const Spelled *of);

#endif
