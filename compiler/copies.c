// copies.c - the files of workflows that differ from others in nothing but their name.
#include "copies.h"

#include "derive.h"

static bool is_of_copied(const Resource *r) {
    return r->workflow && r->workflow->copied;
}

// Whether what `r` becomes is made of who refers to it.
static bool heeds_references(const Resource *r) {
    return derive_heeds_references(r->kind) || resource_get(r, S("needs"));
}

static bool is_referred_to_by_copied(const Resource *r) {
    for (const Reference *ref = r->references; ref; ref = ref->next)
        if (is_of_copied(ref->from) && ref->from->workflow != r->workflow)
            return true;
    return false;
}

static bool keeps_apart(const Resource *r) {
    if (is_of_copied(r))
        return r->axis != AXIS_NONE || r->foundation || str_eq(r->kind->stack, S("foundation")) ||
               r->workflow->existing.len;
    bool shows_all = str_eq(r->kind->name, S("dashboard")) && !resource_get(r, S("of"));
    return shows_all || (heeds_references(r) && is_referred_to_by_copied(r));
}

void copies_check(Unit *u) {
    for (size_t i = 0; i < u->count && u->copy_count && !u->apart; i++)
        u->apart = keeps_apart(u->resources[i]);
}

static Spelled spelled(Arena *a, const Resource *workflow) {
    return copy_spell(a, workflow->id);
}

bool copies_render(Copies *c, Arena *a, Unit *u, Stack *const like[2]) {
    for (int i = 0; i < 2; i++) {
        c->boxes[i] = (Outbox){.arena = a};
        c->emit(u, (Stacks){&like[i], 1}, &c->boxes[i]);
    }
    c->count = c->boxes[0].count;
    if (c->count != c->boxes[1].count || u->diags->errors)
        return false;
    c->files = arena_new(a, CopyFile, c->count + 1);
    Spelled of[2] = {spelled(a, c->like[0]), spelled(a, c->like[1])};
    for (size_t i = 0; i < c->count; i++) {
        const OutFile *x = c->boxes[0].files[i], *y = c->boxes[1].files[i];
        if (!copy_master(&c->files[i].path, a, x->path, y->path, &of[0], &of[1]) ||
            !copy_master(&c->files[i].text, a, buf_str(&x->text), buf_str(&y->text), &of[0],
                         &of[1]))
            return false;
    }
    return true;
}

void copies_put(const Copies *c, Arena *a, const Copy *copy, Outbox *box) {
    Spelled of = copy_spell(a, copy->id);
    for (size_t i = 0; i < c->count; i++) {
        Buf path = {.arena = a};
        copy_fill(&c->files[i].path, &of, &path);
        copy_fill(&c->files[i].text, &of, outbox_add(box, buf_str(&path)));
        buf_free(&path);
    }
}

void copies_free(Copies *c) {
    outbox_free(&c->boxes[0]);
    outbox_free(&c->boxes[1]);
}
