// build.c - building the one tree.
#include "build.h"

#include <string.h>

static Node *make(Arena *a, NodeType type, Loc at) {
    Node *n = arena_new(a, Node, 1);
    n->type = (uint8_t)type;
    n->loc = at;
    return n;
}

Node *node_null(Arena *a, Loc at) {
    Node *n = make(a, NODE_NULL, at);
    n->text = S("null");
    return n;
}

static Node *scalar(Arena *a, Str text, NodeStyle style, Loc at) {
    Node *n = make(a, NODE_SCALAR, at);
    n->text = text;
    n->style = (uint8_t)style;
    return n;
}

Node *node_string(Arena *a, Str text, Loc at) {
    return scalar(a, text, STYLE_QUOTED, at);
}

Node *node_plain(Arena *a, Str text, Loc at) {
    return scalar(a, text, STYLE_PLAIN, at);
}

Node *node_int(Arena *a, long long value, Loc at) {
    return scalar(a, str_fmt(a, "%lld", value), STYLE_PLAIN, at);
}

Node *node_bool(Arena *a, bool value, Loc at) {
    return scalar(a, value ? S("true") : S("false"), STYLE_PLAIN, at);
}

Node *node_ref(Arena *a, Resource *res, Loc at) {
    Node *n = make(a, NODE_REF, at);
    n->res = res;
    return n;
}

Node *node_list(Arena *a, Loc at) {
    return make(a, NODE_LIST, at);
}

Node *node_map(Arena *a, Loc at) {
    return make(a, NODE_MAP, at);
}

Node *node_text(Arena *a, Loc at) {
    return make(a, NODE_TEXT, at);
}

enum { ITEMS = 4, PIECES = 1 }; // that there is room for at first: most texts have one piece

// Room for one item more than there is room for; what is there moves.
__attribute__((noinline)) static void *grown(Arena *a, Node *n, const void *items, size_t size,
                                             uint32_t first) {
    n->cap = !n->cap ? first : n->cap < ITEMS ? ITEMS : n->cap * 2;
    void *more = arena_alloc(a, size, n->cap);
    if (n->count)
        memcpy(more, items, n->count * size);
    return more;
}

// What is in it stands behind it.
Node *node_map_for(Arena *a, Loc at, uint32_t count) {
    Node *n = arena_alloc(a, 1, sizeof *n + count * sizeof(Entry));
    n->type = NODE_MAP;
    n->loc = at;
    n->cap = count;
    n->entries = (Entry *)(n + 1);
    return n;
}

void node_push(Arena *a, Node *list, Node *item) {
    if (!item)
        return;
    if (list->count == list->cap)
        list->items = grown(a, list, list->items, sizeof *list->items, ITEMS);
    list->items[list->count++] = item;
}

void node_entry(Arena *a, Node *map, Node *key, Node *value) {
    if (!value)
        return;
    if (map->count == map->cap)
        map->entries = grown(a, map, map->entries, sizeof *map->entries, ITEMS);
    map->entries[map->count++] = (Entry){key, value};
}

void node_set(Arena *a, Node *map, Str key, Node *value) {
    if (value)
        node_entry(a, map, node_string(a, key, value->loc), value);
}

void node_piece(Arena *a, Node *text, Piece piece) {
    Piece *last = text->count ? &text->pieces[text->count - 1] : NULL;
    if (piece.kind == PIECE_LITERAL) {
        if (!piece.text.len)
            return;
        if (last && last->kind == PIECE_LITERAL) {
            char *joined = arena_alloc(a, 1, last->text.len + piece.text.len + 1);
            memcpy(joined, last->text.ptr, last->text.len);
            memcpy(joined + last->text.len, piece.text.ptr, piece.text.len);
            last->text = (Str){joined, last->text.len + piece.text.len};
            return;
        }
    }
    if (text->count == text->cap)
        text->pieces = grown(a, text, text->pieces, sizeof *text->pieces, PIECES);
    text->pieces[text->count++] = piece;
}

void node_concat(Arena *a, Node *text, const Node *value) {
    if (!value)
        return;
    if (value->type == NODE_SCALAR)
        node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = value->text});
    else if (value->type == NODE_TEXT)
        for (uint32_t i = 0; i < value->count; i++)
            node_piece(a, text, value->pieces[i]);
}

Node *node_settle(Arena *a, Node *text) {
    if (text->type != NODE_TEXT)
        return text;
    if (text->count == 0)
        return node_string(a, S(""), text->loc);
    if (text->count == 1 && text->pieces[0].kind == PIECE_LITERAL)
        return node_string(a, text->pieces[0].text, text->loc);
    return text;
}

Node *node_as_list(Arena *a, Node *n) {
    if (!n || n->type == NODE_LIST)
        return n;
    Node *list = node_list(a, n->loc);
    node_push(a, list, n);
    return list;
}

void node_put(Arena *a, Node *map, const char *key, Str text) {
    node_set(a, map, str_from(key), node_string(a, text, map->loc));
}

void node_put_flag(Arena *a, Node *map, const char *key, bool value) {
    node_set(a, map, str_from(key), node_bool(a, value, map->loc));
}

Node *node_copy(Arena *a, const Node *n) {
    if (!n)
        return NULL;
    Node *copy = arena_new(a, Node, 1);
    *copy = *n;
    copy->cap = n->count;
    switch (n->type) {
    case NODE_LIST:
        copy->items = arena_new(a, Node *, n->count);
        for (uint32_t i = 0; i < n->count; i++)
            copy->items[i] = node_copy(a, n->items[i]);
        break;
    case NODE_MAP:
        copy->entries = arena_new(a, Entry, n->count);
        for (uint32_t i = 0; i < n->count; i++)
            copy->entries[i] = (Entry){n->entries[i].key, node_copy(a, n->entries[i].value)};
        break;
    case NODE_TEXT:
        copy->pieces = arena_new(a, Piece, n->count);
        memcpy(copy->pieces, n->pieces, n->count * sizeof *n->pieces);
        break;
    default:
        break;
    }
    return copy;
}
