// outbox.h - files that were rendered and are not written yet.
#ifndef OUTBOX_H
#define OUTBOX_H

#include "digest.h"
#include "root.h"

// What is there where a file goes, and what was done about it.
typedef struct Ahead {
    bool looked; // false: nobody has yet
    RootFile found;
    bool same;    // it is the text
    Digest now;   // of what is there, if it is not
    bool staged;  // the text is, as it is not what is there
    Digest looks; // how the file looks, if it will still do once all is in place; else 0
    int error;    // what errno says: nothing could be found out, or staging it failed
} Ahead;

typedef struct OutFile {
    Str path; // below the folder of its system
    Buf text;
    Digest digest; // of the text, once it is whole
    bool kept;     // it was not rendered: what is there is what it would become
    Ahead ahead;
} OutFile;

// Memory of texts that are done with, for the next ones.
typedef struct Spares {
    Buf list[32];
    size_t count;
} Spares;

typedef struct Outbox {
    Arena *arena; // of the paths and of the list; the texts are Bufs of their own
    Str prefix;   // put before every path
    bool own;     // paths are below the system's own folder, and the files are made once
    OutFile **files;
    size_t count, cap;
    Spares *spares; // NULL: none are kept
    bool unread;    // nobody wants the texts: what printers say of them is all
    bool has_key;   // what its files were made from is known, and nothing had to be said about them
    Digest key;
} Outbox;

Buf *outbox_add(Outbox *box, Str path);                 // stays where it is while others are added
void outbox_lend(Outbox *box, Str path, Str text);      // which stays until the files are written
void outbox_keep(Outbox *box, Str path, Digest digest); // one that is there; its whole path
void outbox_seal(Outbox *box);                          // all texts are whole
void outbox_free(Outbox *box);                          // the texts
void spares_free(Spares *s);

#endif
