// derive_version.c - what a version of a function is known by: the settings that it keeps.
#include "build.h"
#include "derive.h"
#include "digest.h"
#include "grant.h"
#include "scope.h"
#include "spec.h"

#include <stdlib.h>

enum { DIGITS = 12 }; // of the digest, which people have to look at

// What Lambda's UpdateFunctionConfiguration does not take is not of a version (Lambda API); its
// code is known by its own digest, and another name is another function.
static bool is_kept(Str property) {
    static const char *const others[] = {
        "Code",          "CodeSigningConfigArn",         "FunctionName",
        "RecursiveLoop", "ReservedConcurrentExecutions", "Tags"};
    return !str_is_one_of(property, others, COUNT(others));
}

static int by_key(const void *a, const void *b) {
    return str_cmp(((const Entry *)a)->key->text, ((const Entry *)b)->key->text);
}

static void put_text(Unit *u, Buf *out, Node *text) {
    text = grant_spelled(u, text);
    for (uint32_t i = 0; text->type == NODE_TEXT && i < text->count; i++) {
        const Piece *piece = &text->pieces[i];
        Str path = piece->kind == PIECE_ATTR ? piece->res->path : S("");
        buf_fmt(out, "%d%.*s.%.*s;", (int)piece->kind, SFMT(path), SFMT(piece->text));
    }
    if (text->type != NODE_TEXT)
        buf_put(out, node_str(text));
}

// The same for the same settings: whatever their order, and however a stack refers to another.
static void put_settings(Unit *u, Buf *out, Node *n) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++) {
        put_settings(u, out, n->items[i]);
        buf_char(out, ',');
    }
    if (n->type == NODE_MAP) {
        Node *sorted = node_copy(u->arena, n);
        qsort(sorted->entries, sorted->count, sizeof *sorted->entries, by_key);
        for (uint32_t i = 0; i < sorted->count; i++) {
            buf_fmt(out, "{%.*s:", SFMT(sorted->entries[i].key->text));
            put_settings(u, out, sorted->entries[i].value);
            buf_char(out, '}');
        }
    } else if (n->type != NODE_LIST) {
        put_text(u, out, n);
    }
}

Node *derive_version(Unit *u, Resource *r) {
    const Node *part = r->kind->cloudformation->items[0];
    Node *all = scope_render(u, r, node_get(part, S("Properties"))),
         *kept = node_map(u->arena, r->loc);
    Node *raw = node_get(node_get(resource_get(r, S("raw")), S("cloudformation")), S("main"));
    all = spec_merge(u->arena, all, raw);
    for (uint32_t i = 0; all && i < all->count; i++)
        if (is_kept(all->entries[i].key->text))
            node_entry(u->arena, kept, all->entries[i].key, all->entries[i].value);
    Buf settings = {0}, digest = {0};
    put_settings(u, &settings, kept);
    digest_put(&digest, digest_of(buf_str(&settings)));
    Str name = str_fmt(u->arena, "settings %.*s", DIGITS, digest.ptr);
    buf_free(&settings);
    buf_free(&digest);
    return node_string(u->arena, name, r->loc);
}
