// outbox.c - files that were rendered and are not written yet.
#include "outbox.h"

static OutFile *add(Outbox *box, OutFile given) {
    box->files = arena_room(box->arena, box->files, sizeof *box->files, box->count, &box->cap);
    OutFile *file = arena_new(box->arena, OutFile, 1);
    *file = given;
    box->files[box->count++] = file;
    return file;
}

static Str below_prefix(const Outbox *box, Str path) {
    return str_join(box->arena, box->prefix, path, (Str){0});
}

Buf *outbox_add(Outbox *box, Str path) {
    OutFile *file = add(box, (OutFile){.path = below_prefix(box, path)});
    if (box->spares && box->spares->count)
        file->text = box->spares->list[--box->spares->count];
    file->text.arena = box->arena;
    return &file->text;
}

void outbox_lend(Outbox *box, Str path, Str text) {
    add(box, (OutFile){
                 .path = below_prefix(box, path),
                 .text = {.ptr = (char *)text.ptr, .len = text.len, .lent = true}
    });
}

void outbox_keep(Outbox *box, Str path, Digest digest) {
    add(box, (OutFile){.path = path, .digest = digest, .kept = true});
}

void outbox_seal(Outbox *box) {
    for (size_t i = 0; i < box->count; i++)
        if (!box->files[i]->kept)
            box->files[i]->digest = digest_of(buf_str(&box->files[i]->text));
}

// From the last to the first, so that a text gets the memory of one that stood where it does.
void outbox_free(Outbox *box) {
    Spares *s = box->spares;
    for (size_t i = box->count; i > 0; i--) {
        Buf *text = &box->files[i - 1]->text;
        if (s && s->count < COUNT(s->list) && text->cap && !text->lent) {
            text->len = 0;
            s->list[s->count++] = *text;
        } else {
            buf_free(text);
        }
    }
    box->count = 0;
}

void spares_free(Spares *s) {
    while (s->count)
        buf_free(&s->list[--s->count]);
}
