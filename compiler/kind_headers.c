// kind_headers.c - the parts of a kind without what is in them: enough to count them, and to say
// what comes before what.
#include "kind_parts.h"

#include "build.h"

static Node *headers_of(Arena *a, const Node *parts, Str body) {
    Node *headers = parts ? node_list(a, parts->loc) : NULL;
    for (uint32_t i = 0; parts && i < parts->count; i++) {
        const Node *part = parts->items[i];
        Node *header = node_map(a, part->loc);
        header->has_directive = part->has_directive;
        for (uint32_t j = 0; j < part->count; j++)
            if (!str_eq(part->entries[j].key->text, body))
                node_entry(a, header, part->entries[j].key, part->entries[j].value);
        node_push(a, headers, header);
    }
    return headers;
}

// One that says its type by itself, and `$if` nothing, is there in every resource.
static bool is_always_there(const Node *header) {
    return !header->has_directive && node_is_scalar(node_get(header, S("Type")));
}

void kind_load_headers(Arena *a, Kind *kind) {
    kind->cfn_headers = headers_of(a, kind->cloudformation, S("Properties"));
    kind->tf_headers = headers_of(a, kind->terraform, S("body"));
    const Node *headers = kind->cfn_headers;
    for (uint32_t i = 0; headers && i < headers->count; i++) {
        kind->cfn_varies = kind->cfn_varies || !is_always_there(headers->items[i]);
        kind->cfn_needs = kind->cfn_needs || node_get(headers->items[i], S("needs"));
    }
}
