// outbox.c - files that were rendered and are not written yet.
#include "outbox.h"

#include <string.h>

Buf *outbox_add(Outbox *box, Str path) {
    if (box->count == box->cap) {
        OutFile **more = arena_new(box->arena, OutFile *, box->cap = box->cap ? box->cap * 2 : 16);
        if (box->count)
            memcpy(more, box->files, box->count * sizeof *more);
        box->files = more;
    }
    OutFile *file = arena_new(box->arena, OutFile, 1);
    file->path = str_fmt(box->arena, "%.*s%.*s", SFMT(box->prefix), SFMT(path));
    file->text.arena = box->arena;
    box->files[box->count++] = file;
    return &file->text;
}

void outbox_free(Outbox *box) {
    for (size_t i = 0; i < box->count; i++)
        buf_free(&box->files[i]->text);
    box->count = 0;
}
