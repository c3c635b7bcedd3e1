// cfn_most.c - how long CloudFormation's YAML may become, without printing it. A check needs no
// more: templates are far from the largest that the service takes, or they are printed.
#include "cfn_value.h"

#include <string.h>

enum {
    QUOTED = 6, // bytes of a character as `\\u001f`
    AROUND = 64 // more than any words that stand around a value: {Fn::If: [..., {Ref: ...}]}
};

typedef struct Most {
    const Emitter *emitter;
    size_t bytes;
    bool unknown;
} Most;

static size_t indentation(unsigned depth) {
    return 2 * (size_t)depth + AROUND / 8;
}

// In quotes, or as a block of lines that are all indented.
static void add_string(Most *m, Str s, unsigned depth) {
    size_t lines = 1;
    const char *at = s.ptr, *end = s.ptr + s.len;
    while (s.len && (at = memchr(at, '\n', (size_t)(end - at))) && ++at)
        lines++;
    m->bytes += QUOTED * s.len + lines * indentation(depth);
}

static void add_param(Most *m, const Param *param) {
    emit_use_param(m->emitter, param);
    m->bytes += 2 * param->name.len + AROUND;
}

static void add_piece(Most *m, const Piece *p, unsigned depth) {
    m->bytes += AROUND;
    if (p->kind == PIECE_LITERAL)
        add_string(m, p->text, depth);
    if (p->kind == PIECE_PARAM)
        add_param(m, p->param);
    if (p->kind == PIECE_ATTR) {
        const Attr *attr = kind_attr(p->res->kind, p->text);
        m->bytes += p->res->logical.len + attr->part.len + attr->cfn.len;
    }
    m->unknown = m->unknown || p->kind == PIECE_ITEM;
}

static void add_text(Most *m, Node *n, unsigned depth) {
    n = emit_spell(m->emitter, n);
    m->bytes += AROUND;
    if (n->type == NODE_SCALAR)
        add_string(m, n->text, depth);
    for (uint32_t i = 0; n->type == NODE_TEXT && i < n->count; i++)
        add_piece(m, &n->pieces[i], depth + 1);
}

static void add_entries(Most *m, const Node *map, unsigned depth);

static void add_value(Most *m, Node *n, unsigned depth) {
    bool container = n->type == NODE_MAP || n->type == NODE_LIST;
    m->unknown = m->unknown || n->type == NODE_EACH || (container && n->tag == TAG_JSON);
    if (n->type == NODE_MAP && n->when) { // three lines around it
        add_param(m, n->when);
        m->bytes += 4 * indentation(depth + 1);
        depth += 2;
    }
    if (n->type == NODE_MAP)
        add_entries(m, n, depth);
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count && !m->unknown; i++) {
        m->bytes += indentation(depth);
        add_value(m, n->items[i], depth + 1);
    }
    if (n->type == NODE_TEXT)
        add_text(m, n, depth);
    if (!container)
        add_string(m, n->text, depth);
}

static void add_entries(Most *m, const Node *map, unsigned depth) {
    for (uint32_t i = 0; i < map->count && !m->unknown; i++) {
        add_string(m, map->entries[i].key->text, depth);
        add_value(m, map->entries[i].value, depth + 1);
    }
}

size_t cfn_most(const Emitter *e, const Node *map, unsigned depth) {
    Most m = {.emitter = e};
    add_entries(&m, map, depth);
    return m.unknown ? SIZE_MAX : m.bytes;
}
