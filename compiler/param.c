// param.c - values that are given at deployment.
#include "param.h"

#include "build.h"
#include "scope.h"

// The filter that the kind's body puts a field through: a parameter has to be in that unit.
static const Filter *filter_of(const Node *body, ptrdiff_t field) {
    const Filter *found = NULL;
    if (!body)
        return NULL;
    if (body->type == NODE_TEXT)
        for (uint32_t i = 0; i < body->count && !found; i++) {
            const Hole *hole = body->pieces[i].kind == PIECE_HOLE ? body->pieces[i].hole : NULL;
            if (hole && hole->base == BASE_FIELD && hole->index == (uint32_t)field &&
                hole->path_len == 1)
                found = hole->filter;
        }
    for (uint32_t i = 0; body->type == NODE_LIST && i < body->count && !found; i++)
        found = filter_of(body->items[i], field);
    for (uint32_t i = 0; body->type == NODE_MAP && i < body->count && !found; i++)
        found = filter_of(body->entries[i].value, field);
    return found;
}

static void conflict(Unit *u, const Param *p, const Resource *r) {
    diag_error(u->diags, p->loc, "parameter-conflict",
               "`%.*s` stands for fields of different values", SFMT(p->name));
    diag_also(u->diags, r->loc, "another value here");
    diag_help(u->diags, "give them one value, or a parameter each");
}

static void stand_for(Unit *u, Param *p, Resource *r, ptrdiff_t index, bool *first) {
    const Field *field = &r->kind->shape.fields[index];
    if (field->only_with && !scope_render(u, r, field->only_with))
        return; // it means nothing here, so there is nothing to give
    Node *value = r->values[index];
    const Filter *filter = filter_of(r->kind->cloudformation, index);
    if (value && filter)
        value = filter->apply(u->arena, value, (Str){0});
    bool same = *first || (value && p->value ? node_equal(value, p->value) : value == p->value);
    if (!same)
        conflict(u, p, r);
    *first = false;
    p->value = value;
    p->type = node_is_number(value) || field_is_measured(field->type) ? S("number")
              : node_is_list(value)                                   ? S("list")
                                                                      : p->type;
    if (!p->doc.len)
        p->doc = field->doc;
    Node *text = node_text(u->arena, p->loc);
    node_piece(u->arena, text, (Piece){.kind = PIECE_PARAM, .text = p->name, .param = p});
    r->values[index] = text;
}

static void unknown_field(Unit *u, const Node *of) {
    diag_error(u->diags, of->loc, "unknown-field", "there is no field `%.*s`", SFMT(of->text));
    diag_help(u->diags, "write `SECTION.NAME.FIELD`, or `defaults.KIND.FIELD` for all of a kind");
}

// `defaults.table.read` is the field of every table.
static void stand_for_all(Unit *u, Param *p, const Node *of) {
    Str rest = of->text, head, kind;
    bool first = true, any = false;
    str_split(&rest, '.', &head);
    str_split(&rest, '.', &kind);
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        ptrdiff_t index = str_eq(r->kind->name, kind) && rest.ptr ? kind_field(r->kind, rest) : -1;
        any = any || index >= 0;
        if (index >= 0)
            stand_for(u, p, r, index, &first);
    }
    if (!any)
        unknown_field(u, of);
}

void param_unit(Unit *u) {
    const Node *declared = node_get(u->root, S("parameters"));
    for (size_t i = 0; i < u->param_count; i++) {
        Param *p = u->params[i];
        const Node *of = node_get(declared->entries[i].value, S("of"));
        if (!node_is_scalar(of))
            continue;
        Str rest = of->text;
        bool first = true;
        if (str_starts(rest, S("defaults."))) {
            stand_for_all(u, p, of);
            continue;
        }
        Resource *r = scope_resource(u, NULL, &rest);
        ptrdiff_t index = r && rest.ptr ? kind_field(r->kind, rest) : -1;
        if (index < 0)
            unknown_field(u, of);
        else
            stand_for(u, p, r, index, &first);
    }
}
