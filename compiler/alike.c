// alike.c - which workflows differ in nothing but their name: one definition, names of one shape,
// and nothing in the spec that speaks of any one of them.
#include "alike.h"

#include "yaml.h"

#include <string.h>

enum {
    FEWEST = 4, // with fewer there is nothing to win
    GROUPS = 64,
    LENGTHS = 256
};

typedef struct Named {
    StrMap names; // of workflows -> whether something speaks of them
    bool *spoken_of;
    bool lengths[LENGTHS]; // that a name has: most words have another
} Named;

typedef struct Group {
    uint32_t first, second, count;
    uint64_t hash; // of their definition
} Group;

static char shape_of(char c) {
    return c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : c >= '0' && c <= '9' ? '0' : c;
}

// Names of one shape are written alike everywhere: as long, and in quotes or not.
static bool same_shape(Str a, Str b) {
    for (size_t i = 0; i < a.len && a.len == b.len; i++)
        if (shape_of(a.ptr[i]) != shape_of(b.ptr[i]))
            return false;
    return a.len == b.len;
}

static bool is_candidate(const Entry *e) {
    return node_is_map(e->value) && !node_find(e->value, S("id")) &&
           yaml_is_plain_string(e->key->text);
}

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
}

// Takes every word of `text` that is one of the names out of these.
static void strike(Named *n, Str text) {
    size_t i = 0;
    while (i < text.len) {
        size_t from = i;
        while (i < text.len && is_name_char(text.ptr[i]))
            i++;
        const bool *named =
            n->lengths[(i - from) % LENGTHS] ? strmap_get(&n->names, str_cut(text, from, i)) : NULL;
        if (named)
            n->spoken_of[named - n->spoken_of] = true;
        i += i < text.len;
    }
}

static void strike_all(Named *named, const Node *n, const Node *workflows) {
    if (n->type == NODE_SCALAR)
        strike(named, n->text);
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        strike_all(named, n->items[i], workflows);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        if (n != workflows)
            strike(named, n->entries[i].key->text);
        strike_all(named, n->entries[i].value, workflows);
    }
}

// Who the users are is the same to all workflows.
static void strike_system(Named *named, const Node *root, const Node *workflows) {
    for (uint32_t i = 0; i < root->count; i++) {
        const Entry *e = &root->entries[i];
        strike(named, e->key->text);
        if (!str_eq(e->key->text, S("projects")))
            strike_all(named, e->value, workflows);
    }
}

static bool *find_spoken_of(Unit *u, const Node *workflows) {
    Named named = {.spoken_of = arena_new(u->scratch, bool, workflows->count)};
    strmap_reserve(&named.names, u->scratch, workflows->count);
    for (uint32_t i = 0; i < workflows->count; i++) {
        Str name = workflows->entries[i].key->text;
        named.lengths[name.len % LENGTHS] = name.len > 0;
        strmap_put(&named.names, u->scratch, name, &named.spoken_of[i]);
    }
    strike_system(&named, u->root, workflows);
    return named.spoken_of;
}

// The same for trees that are equal, as they are written; in a map in any order.
static uint64_t hash_of(const Node *n) {
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t hash = n->type;
    if (n->type == NODE_SCALAR)
        return str_hash(n->text);
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        hash = (hash ^ hash_of(n->items[i])) * odd;
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        hash += (str_hash(n->entries[i].key->text) ^ hash_of(n->entries[i].value) * odd) * odd;
    return hash;
}

static Group *group_of(Group *groups, size_t *count, const Node *workflows, uint32_t at) {
    const Entry *e = &workflows->entries[at];
    uint64_t hash = hash_of(e->value);
    for (size_t i = 0; i < *count; i++) {
        const Entry *first = &workflows->entries[groups[i].first];
        if (groups[i].hash == hash && same_shape(first->key->text, e->key->text) &&
            node_equal(first->value, e->value))
            return &groups[i];
    }
    if (*count == GROUPS)
        return NULL;
    groups[*count] = (Group){.first = at, .hash = hash};
    return &groups[(*count)++];
}

Alike *alike_find(Unit *u, const Node *workflows) {
    Alike *found = arena_new(u->arena, Alike, workflows->count + 1);
    if (u->apart || workflows->count < FEWEST)
        return found;
    Arena *brief = u->scratch;
    const bool *spoken_of = find_spoken_of(u, workflows);
    Group **group = arena_new(brief, Group *, workflows->count);
    Group groups[GROUPS];
    size_t count = 0;
    for (uint32_t i = 0; i < workflows->count; i++) {
        bool fits = !spoken_of[i] && is_candidate(&workflows->entries[i]) &&
                    !unit_former(u, workflows->entries[i].key->text);
        group[i] = fits ? group_of(groups, &count, workflows, i) : NULL;
        if (group[i] && ++group[i]->count == 2)
            group[i]->second = i;
    }
    for (uint32_t i = 0; i < workflows->count; i++) {
        const Group *g = group[i];
        bool is_copy = g && g->count >= FEWEST && i != g->first && i != g->second;
        if (is_copy)
            found[i] = (Alike){
                true, {g->first, g->second}
            };
    }
    arena_reset(brief);
    return found;
}
