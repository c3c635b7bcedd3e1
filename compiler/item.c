// item.c - what is made of the names of projects and users.
#include "item.h"

#include "words.h"

Str item_key(Arena *a, const Item *item) {
    return item->user.len ? str_join(a, item->project, S("/"), item->user) : item->project;
}

Str item_id(Arena *a, const Item *item) {
    Str own = node_get_str(item->fields, S("id"));
    if (own.len)
        return pascal_case(a, own);
    Str project = pascal_case(a, item->project);
    return item->user.len ? pascal_behind(a, project, item->user) : project;
}

Loc item_place(const Item *item) {
    return item->at->type == NODE_WORDS ? words_place(item->at, item->user) : item->at->loc;
}

// The character of a key that is behind `at` bytes of its project.
static int key_char(const Item *item, size_t at) {
    return at < item->project.len ? (unsigned char)item->project.ptr[at] : item->user.len ? '/' : 0;
}

int item_cmp(const Item *a, const Item *b) {
    size_t shared = a->project.len < b->project.len ? a->project.len : b->project.len;
    int order = shared ? memcmp(a->project.ptr, b->project.ptr, shared) : 0;
    if (!order)
        order = key_char(a, shared) - key_char(b, shared);
    return order ? order : str_cmp(a->user, b->user);
}
