// outbox.h - files that were rendered and are not written yet.
#ifndef OUTBOX_H
#define OUTBOX_H

#include "base.h"

typedef struct OutFile {
    Str path; // below the folder of its system
    Buf text;
} OutFile;

typedef struct Outbox {
    Arena *arena; // of the paths and of the list; the texts are Bufs of their own
    Str prefix;   // put before every path
    bool own;     // paths are below the system's own folder, and the files are made once
    OutFile **files;
    size_t count, cap;
} Outbox;

Buf *outbox_add(Outbox *box, Str path); // stays where it is while others are added
void outbox_free(Outbox *box);          // the texts

#endif
