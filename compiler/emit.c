// emit.c - what the printers share.
#include "emit.h"

#include "build.h"
#include "scope.h"
#include "spec.h"
#include "template.h"

#include <string.h>

Unit emit_unit(const Unit *u, Arena *a, Arena *brief, Kinds *kinds, bool *asked) {
    Unit own = *u;
    own.arena = a;
    own.scratch = brief;
    own.kinds = kinds;
    own.diags = kinds->diags;
    own.asked = asked;
    own.settled = true;
    memset(own.derived, 0, sizeof own.derived); // whoever made them asked unseen
    return own;
}

static void add_slot(Stencil *s, SlotKind kind, Str field) {
    s->slots = arena_room(s->arena, s->slots, sizeof *s->slots, s->count, &s->cap);
    s->slots[s->count++] = (Slot){s->text.len, kind, field};
}

void stencil_slot(Stencil *s, Str piece) {
    if (str_eq(piece, S("project")))
        add_slot(s, SLOT_PROJECT, (Str){0});
    else if (str_eq(piece, S("user")))
        add_slot(s, SLOT_USER, (Str){0});
    else if (str_eq(piece, S("key")))
        add_slot(s, SLOT_KEY, (Str){0});
    else
        add_slot(s, SLOT_FIELD, piece);
}

void stencil_id(Stencil *s) {
    add_slot(s, SLOT_ID, (Str){0});
}

// `field` becomes FIELD of `user.FIELD | FILTER ARGUMENT`; NULL: it has no filter.
static const Filter *take_filter(Str *field, Str *arg) {
    Str rest = str_cut(*field, sizeof "user." - 1, field->len), name;
    str_split(&rest, ' ', field);
    if (!rest.ptr)
        return NULL;
    rest = str_cut(rest, sizeof "| " - 1, rest.len);
    str_split(&rest, ' ', &name);
    *arg = rest.ptr ? rest : S("");
    return filter_find(name);
}

Str item_value(Arena *a, const Item *item, Str piece) {
    if (str_eq(piece, S("project")))
        return item->project;
    if (str_eq(piece, S("user")))
        return item->user;
    Str arg;
    const Filter *filter = take_filter(&piece, &arg);
    Node *value = node_get(item->fields, piece);
    return node_str(filter && value ? filter->apply(a, value, arg) : value);
}

Str item_field(Arena *a, Str piece) {
    Str arg;
    const Filter *filter = take_filter(&piece, &arg);
    return filter ? str_fmt(a, "%.*s_%s", SFMT(piece), filter->name) : piece;
}

static Str slot_value(Arena *a, const Slot *slot, Filling *of) {
    switch (slot->kind) {
    case SLOT_PROJECT:
        return of->item->project;
    case SLOT_USER:
        return of->item->user;
    case SLOT_ID:
        of->id = of->id.len ? of->id : item_id(a, of->item);
        return of->id;
    case SLOT_KEY:
        of->key = of->key.len ? of->key : item_key(a, of->item);
        return of->key;
    default:
        return item_value(a, of->item, slot->field);
    }
}

static char *put_at(char *at, const char *text, size_t len) {
    if (len)
        memcpy(at, text, len);
    return at + len;
}

// The printers' innermost loop: room is made once.
void stencil_fill(const Stencil *s, Filling *of, Buf *out) {
    size_t from = 0, room = s->text.len;
    for (size_t i = 0; i < s->count; i++)
        room += slot_value(s->arena, &s->slots[i], of).len;
    char *at = buf_room(out, room + 1);
    out->len += room;
    for (size_t i = 0; i < s->count; i++) {
        at = put_at(at, s->text.ptr + from, s->slots[i].at - from);
        Str value = slot_value(s->arena, &s->slots[i], of);
        at = put_at(at, value.ptr, value.len);
        from = s->slots[i].at;
    }
    put_at(at, s->text.ptr + from, s->text.len - from);
}

void emit_use_param(const Emitter *e, const Param *param) {
    ParamUse *use = e->params;
    for (size_t i = 0; i < use->count; i++)
        if (use->list[i] == param)
            return;
    if (use->count < COUNT(use->list))
        use->list[use->count++] = param;
}

static Str part_name(const Node *part) {
    return node_get_str(part, S("part"));
}

// The user's own words about a part, the main one being called `main`.
static Node *raw_of(const Node *raw, const Node *part) {
    Str name = part_name(part);
    return node_get(raw, name.len ? name : S("main"));
}

// What a user wrote has no tags: the names of the blocks stand beside it.
static void tag_blocks(Node *n, const Node *blocks) {
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        tag_blocks(n->items[i], blocks);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        if (node_lists(blocks, n->entries[i].key->text))
            n->entries[i].value->tag = TAG_BLOCK;
        tag_blocks(n->entries[i].value, blocks);
    }
}

Node *emit_parts(Unit *u, Resource *r, Target target) {
    Node *parts =
        scope_render(u, r, target == TARGET_CFN ? r->kind->cloudformation : r->kind->terraform);
    const Node *all_raw = node_get(resource_get(r, S("raw")),
                                   target == TARGET_CFN ? S("cloudformation") : S("terraform"));
    for (uint32_t i = 0; parts && i < parts->count; i++) {
        Node *raw = all_raw ? raw_of(all_raw, parts->items[i]) : NULL;
        Str body = target == TARGET_CFN ? S("Properties") : S("body");
        const Node *blocks = node_get(parts->items[i], S("blocks"));
        if (blocks && node_get(parts->items[i], body))
            tag_blocks(node_get(parts->items[i], body), blocks);
        if (!raw)
            continue;
        Node *over = node_map(u->arena, raw->loc);
        node_set(u->arena, over, body, raw);
        parts->items[i] = spec_merge(u->arena, parts->items[i], over);
    }
    return parts;
}

bool emit_is_here(const Emitter *e, const Resource *res) {
    if (res->existing.len || res->axis == AXIS_RUNTIME)
        return false;
    if (res->axis == AXIS_NONE)
        return res->stack == e->stack;
    return e->self && e->self->axis == res->axis && e->self->set == res->set;
}

// Whether a target can refer to the attribute from here; if not, its name has to spell it.
static bool can_refer(const Emitter *e, const Piece *piece) {
    const Attr *attr = kind_attr(piece->res->kind, piece->text);
    return !attr->spelled_only && emit_is_here(e, piece->res);
}

static bool all_can_refer(const Emitter *e, const Node *text) {
    for (uint32_t i = 0; i < text->count; i++)
        if (text->pieces[i].kind == PIECE_ATTR && !can_refer(e, &text->pieces[i]))
            return false;
    return true;
}

// Where the spec says it. A text that is a kind's own, or nothing but the attribute, has no place
// there: it is said where that is which has the text.
static Loc place_of(const Emitter *e, const Node *text, const Piece *piece) {
    const Source *src = text->loc.src;
    const Resource *self = e->self ? e->self : piece->res, *res = piece->res;
    bool of_kind = !src || src == res->kind->src || src == self->kind->src;
    return of_kind || loc_same(text->loc, res->loc) ? self->loc : text->loc;
}

static void not_spelled(const Emitter *e, const Node *text, const Piece *piece) {
    Unit *u = e->unit;
    diag_error(u->diags, place_of(e, text, piece), "generated-attribute",
               "`%.*s` of %.*s is known only when it is made, and this is in another stack",
               SFMT(piece->text), SFMT(resource_what(u->arena, piece->res)));
    diag_also(u->diags, piece->res->loc, "this %.*s", SFMT(piece->res->kind->name));
    // What is one for each project or user stands in stacks of its own, with what is so as well.
    Axis axis = e->self ? e->self->axis : AXIS_NONE;
    if ((axis == AXIS_PROJECT || axis == AXIS_USER) && piece->res->axis != axis)
        diag_help(u->diags,
                  "make `%.*s` `per: %s` as well, or use an attribute that its name spells",
                  SFMT(piece->res->path), axis == AXIS_USER ? "user" : "project");
    else
        diag_help(u->diags,
                  "move both into one workflow, or use an attribute that its name spells");
}

Node *emit_spell(const Emitter *e, Node *text) {
    if (text->type != NODE_TEXT || all_can_refer(e, text))
        return text;
    Unit *u = e->unit;
    Node *spelled = node_text(u->arena, text->loc);
    spelled->tag = text->tag;
    for (uint32_t i = 0; i < text->count; i++) {
        const Piece *piece = &text->pieces[i];
        if (piece->kind != PIECE_ATTR || can_refer(e, piece)) {
            node_piece(u->arena, spelled, *piece);
            continue;
        }
        const Attr *attr = kind_attr(piece->res->kind, piece->text);
        Node *value = attr->spelled ? scope_render(u, piece->res, attr->spelled) : NULL;
        if (!value && e->for_people) {
            node_piece(u->arena, spelled, *piece);
            continue;
        }
        if (!value) {
            not_spelled(e, text, piece);
            return node_string(u->arena, S(""), text->loc); // what is printed is thrown away
        }
        node_concat(u->arena, spelled, emit_spell(e, value));
    }
    return node_settle(u->arena, spelled);
}

bool emit_look(const Emitter *e, Node *value) {
    bool done = value->type != NODE_EACH;
    if (value->type == NODE_TEXT)
        emit_spell(e, value);
    for (uint32_t i = 0; value->type == NODE_LIST && i < value->count && done; i++)
        done = emit_look(e, value->items[i]);
    for (uint32_t i = 0; value->type == NODE_MAP && i < value->count && done; i++)
        done = emit_look(e, value->entries[i].value);
    return done;
}

static void add_tag(Unit *u, Node *tags, const char *key, Node *value) {
    if (value)
        node_set(u->arena, tags, str_from(key), value);
}

static Node *item_text(Unit *u, const char *piece) {
    Node *text = node_text(u->arena, u->root->loc);
    node_piece(u->arena, text, (Piece){.kind = PIECE_ITEM, .text = str_from(piece)});
    return text;
}

Node *emit_tags(Unit *u, const Resource *r, bool with_system) {
    Node *tags = node_map(u->arena, r->loc);
    if (with_system) {
        add_tag(u, tags, "system", node_string(u->arena, u->system, r->loc));
        if (u->env.len)
            add_tag(u, tags, "environment", node_string(u->arena, u->env, r->loc));
    }
    if (r->workflow)
        add_tag(u, tags, "workflow", node_string(u->arena, r->workflow->id, r->loc));
    if (resource_is_fanned(r))
        add_tag(u, tags, "project", item_text(u, "project"));
    if (r->axis == AXIS_USER)
        add_tag(u, tags, "user", item_text(u, "user"));
    if (resource_is_fanned(r)) // what an alarm over all of them goes by
        add_tag(u, tags, "resource", node_string(u->arena, r->path, r->loc));
    Node *own = resource_get(r, S("tags"));
    if (with_system && u->self)
        own = spec_merge(u->arena, resource_get(u->self, S("tags")), own);
    tags = spec_merge(u->arena, tags, own);
    return tags->count ? tags : NULL;
}

static void add_need(const Emitter *e, Node *list, const Node *need) {
    for (uint32_t i = 0; need->type == NODE_LIST && i < need->count; i++)
        add_need(e, list, need->items[i]);
    if (need->type == NODE_MAP || (need->type == NODE_REF && emit_is_here(e, need->res)))
        node_push(e->unit->arena, list, (Node *)need);
}

Node *emit_needs(const Emitter *e, const Node *part) {
    const Node *needs = node_get(part, S("needs"));
    Node *list = node_list(e->unit->arena, part->loc);
    if (needs)
        add_need(e, list, needs);
    return list;
}
