// copy.c - the text of one workflow as that of another.
#include "copy.h"

#include "model.h"

#include <string.h>

Spelled copy_spell(Arena *a, Str name) {
    Str upper = snake_case(a, name);
    char *letters = (char *)upper.ptr; // its own copy
    for (size_t i = 0; i < upper.len; i++)
        if (letters[i] >= 'a' && letters[i] <= 'z')
            letters[i] = (char)(letters[i] - 'a' + 'A');
    return (Spelled){
        {name, pascal_case(a, name), snake_case(a, name), upper, dash_case(a, name)}
    };
}

static void add_slot(Master *m, Arena *a, CopySlot slot) {
    m->slots = arena_room(a, m->slots, sizeof *m->slots, m->count, &m->cap);
    m->slots[m->count++] = slot;
}

static bool stands_at(Str text, size_t at, Str name) {
    return at + name.len <= text.len && memcmp(text.ptr + at, name.ptr, name.len) == 0;
}

static size_t first_difference(Str x, Str y, size_t from) {
    while (from < x.len && x.ptr[from] == y.ptr[from])
        from++;
    return from;
}

bool copy_master(Master *m, Arena *a, Str x, Str y, const Spelled *of_x, const Spelled *of_y) {
    *m = (Master){.text = x};
    if (x.len != y.len)
        return false;
    size_t done = 0, at;
    while ((at = first_difference(x, y, done)) < x.len) {
        bool found = false;
        for (uint32_t i = 0; i < SPELLINGS && !found; i++) {
            size_t before = first_difference(of_x->as[i], of_y->as[i], 0), start = at - before;
            found = before <= at && start >= done && stands_at(x, start, of_x->as[i]) &&
                    stands_at(y, start, of_y->as[i]);
            if (found) {
                add_slot(m, a, (CopySlot){start, i});
                done = start + of_x->as[i].len;
            }
        }
        if (!found)
            return false;
    }
    return true;
}

void copy_fill(const Master *m, const Spelled *of, Buf *out) {
    size_t from = 0;
    for (size_t i = 0; i < m->count; i++) {
        Str name = of->as[m->slots[i].spelling];
        buf_put(out, str_cut(m->text, from, m->slots[i].at));
        buf_put(out, name);
        from = m->slots[i].at + name.len;
    }
    buf_put(out, str_cut(m->text, from, m->text.len));
}

Str copy_text(Arena *a, Str x, Str y, const Spelled *of_x, const Spelled *of_y, const Spelled *of) {
    Master m;
    if (!copy_master(&m, a, x, y, of_x, of_y))
        return (Str){0};
    Buf b = {.arena = a};
    copy_fill(&m, of, &b);
    Str text = buf_keep(&b, a);
    buf_free(&b);
    return text;
}
