// expand.c - from a spec's tree to resources.
#include "expand.h"

#include "blueprint.h"
#include "build.h"
#include "scope.h"
#include "spec.h"

Checker expand_checker(Unit *u, const Kind *kind, Str where, Loc at) {
    return (Checker){.arena = u->arena,
                     .diags = u->diags,
                     .params = node_get(u->root, S("parameters")),
                     .stage = &u->stage,
                     .where = where,
                     .where_at = at,
                     .topic = kind->name,
                     .matched = &u->matched};
}

static void add(Unit *u, Resource *r) {
    u->resources = arena_room(u->arena, u->resources, sizeof *u->resources, u->count, &u->cap);
    u->resources[u->count++] = r;
    const Resource *before = strmap_put(&u->by_path, u->arena, r->path, r);
    if (!before)
        return;
    diag_error(u->diags, r->loc, "duplicate-name", "`%.*s` names two things", SFMT(r->path));
    diag_label(u->diags, "this %.*s", SFMT(r->kind->name));
    diag_also(u->diags, before->loc, "and this %.*s", SFMT(before->kind->name));
    diag_help(u->diags,
              "give one of them another name, or an `id`: a system has one space of names");
}

static Node *visit_value(Unit *u, Resource *r, const Field *field, Node *value, Visit *visit);

static void visit_shape(Unit *u, Resource *r, const Shape *shape, Node *map, Visit *visit) {
    for (uint32_t i = 0; map->type == NODE_MAP && i < map->count; i++) {
        Entry *e = &map->entries[i];
        const Field *field = shape_find(shape, e->key->text);
        if (field)
            e->value = visit_value(u, r, field, e->value, visit);
    }
}

static Node *visit_value(Unit *u, Resource *r, const Field *field, Node *value, Visit *visit) {
    if (!value)
        return NULL;
    field = field_choose(field, value);
    if (field->type == FIELD_OBJECT) {
        visit_shape(u, r, &field->shape, value, visit);
    } else if (field->type == FIELD_STAGES && value->type == NODE_LIST) {
        for (uint32_t i = 0; i < value->count; i++)
            visit_shape(u, r, &u->stage, value->items[i], visit);
    } else if (field->type == FIELD_LIST && value->type == NODE_LIST) {
        for (uint32_t i = 0; i < value->count; i++)
            value->items[i] = visit_value(u, r, field->of, value->items[i], visit);
    } else if (field->type == FIELD_MAP && value->type == NODE_MAP) {
        for (uint32_t i = 0; i < value->count; i++)
            value->entries[i].value = visit_value(u, r, field->of, value->entries[i].value, visit);
    }
    value = visit(u, r, field, value);
    if (value && value->type == NODE_REF && value->with)
        visit_shape(u, r, &field->shape, value->with, visit); // the fields of the relation
    return value;
}

void expand_visit(Unit *u, Resource *r, Visit *visit) {
    for (size_t i = 0; i < r->kind->shape.count; i++)
        r->values[i] = visit_value(u, r, &r->kind->shape.fields[i], r->values[i], visit);
}

static Str first_word(const Node *words) {
    return words->type == NODE_LIST ? words->items[0]->text : words->text;
}

static bool is_word_of(const Node *words, Str word) {
    return node_lists(words, word) || (words->type == NODE_SCALAR && str_eq(words->text, word));
}

// Takes the keys of the relation itself (`after: 3`) out of what is written for a reference.
static Node *take_relation(Unit *u, const Resource *r, const Field *field, const Node *value,
                           Node **rest) {
    Node *own = node_map(u->arena, value->loc);
    *rest = node_map(u->arena, value->loc);
    for (uint32_t i = 0; i < value->count; i++) {
        const Entry *e = &value->entries[i];
        node_entry(u->arena, shape_find(&field->shape, e->key->text) ? own : *rest, e->key,
                   e->value);
    }
    if (!field->shape.count)
        return NULL;
    Checker c = expand_checker(u, r->kind, resource_what(u->arena, r), value->loc);
    c.topic = str_fmt(u->arena, "%.*s.%.*s", SFMT(r->kind->name), SFMT(field->name));
    Node **values = arena_new(u->arena, Node *, field->shape.count);
    shape_check(&c, &field->shape, own, value->loc, values);
    Node *with = node_map(u->arena, value->loc);
    for (size_t i = 0; i < field->shape.count; i++)
        node_set(u->arena, with, field->shape.fields[i].name, values[i]);
    return with;
}

// Of `{queue: orders, after: 3}`: the name, or NULL if the map defines a resource.
static Node *named_in(const Field *field, const Node *rest) {
    bool one = rest->count == 1 && is_word_of(field->to, rest->entries[0].key->text);
    return one && node_is_scalar(rest->entries[0].value) ? rest->entries[0].value : NULL;
}

static Node *define_inline(Unit *u, Resource *r, const Field *field, Node *def) {
    const Kind *kind = kind_find(u->kinds, first_word(field->to));
    if (!kind)
        return NULL;
    Node *child = field->child ? scope_render(u, r, field->child) : NULL;
    NewResource n = {.kind = kind, .def = spec_merge(u->arena, child, def), .loc = def->loc};
    if (def->loc.src == r->kind->src) // a default: nobody would look for it there
        n.loc = r->loc;
    n.owner = r;
    n.workflow = r->workflow;
    n.axis = r->axis;
    Str id = node_get_str(def, S("id"));
    Str scope = r->workflow ? r->workflow->path : S("");
    if (id.len) {
        n.id = id;
        n.path = scope.len ? str_fmt(u->arena, "%.*s.%.*s", SFMT(scope), SFMT(id)) : id;
    } else {
        n.id = str_fmt(u->arena, "%.*s-%.*s", SFMT(r->id), SFMT(field->name));
        n.path = str_fmt(u->arena, "%.*s.%.*s", SFMT(r->path), SFMT(field->name));
    }
    return node_ref(u->arena, expand_resource(u, n), def->loc);
}

// What is defined in place becomes a resource, and its value a reference to it. Names are left for
// link, when all resources are known.
static Node *visit_inline(Unit *u, Resource *r, const Field *field, Node *value) {
    if (field->type != FIELD_REF || (value->type != NODE_MAP && !field->shape.count))
        return value;
    if (r->axis == AXIS_RUNTIME && value->loc.src == r->kind->src)
        return NULL; // what comes and goes has nothing beside it, unless the spec says so
    if (node_is_scalar(value)) { // a name alone: the relation has its defaults
        Node *unused, *none = node_map(u->arena, value->loc);
        value = node_copy(u->arena, value);
        value->with = take_relation(u, r, field, none, &unused);
        return value;
    }
    Node *rest, *with = take_relation(u, r, field, value, &rest);
    Node *name = named_in(field, rest);
    Node *ref = name ? node_copy(u->arena, name) : define_inline(u, r, field, rest);
    if (ref)
        ref->with = with;
    return ref;
}

static Axis axis_of(Unit *u, Resource *r, Axis inherited) {
    const Node *per = resource_get(r, S("per"));
    if (!per)
        return inherited;
    if (node_is_map(per)) {
        r->runtime = node_get(per, S("runtime"));
        if (r->runtime)
            return AXIS_RUNTIME;
        diag_error(u->diags, per->loc, "unknown-value", "`per` cannot be this map");
        diag_help(u->diags, "write `per: user`, `per: project` or `per: {runtime: [NAME]}`");
        return inherited;
    }
    return str_eq(per->text, S("user")) ? AXIS_USER : AXIS_PROJECT;
}

// The pattern that names `r` and what `$(name)` stands for in it.
static Node *pattern_of(Unit *u, const Resource *r, Node *made_name, Node **base) {
    const Node *names = node_get(u->root, S("names"));
    const Kind *kind = r->kind;
    *base = node_string(u->arena, r->deployed_id, r->loc);
    if (r->owner && made_name) { // it is named after its owner
        *base = r->owner->name;
        Str key = str_fmt(u->arena, "%.*s-%.*s", SFMT(r->owner->kind->name), SFMT(r->id));
        return node_get(names, key);
    }
    Node *pattern = resource_get(r, S("name"));
    if (!pattern)
        pattern = node_get(names, kind->name);
    if (!pattern)
        pattern = node_get(names, S("default"));
    return pattern && node_is_scalar(pattern) ? pattern : kind->name_pattern;
}

static Node *with_suffix(Unit *u, Resource *r, Node *name) {
    const Node *suffix = scope_render(u, r, r->kind->name_suffix);
    Str text = node_get_str(suffix, S("text"));
    if (!text.len || !name)
        return name;
    Str last = name->type == NODE_TEXT ? name->pieces[name->count - 1].text : name->text;
    if (str_ends(last, text))
        return name;
    Node *longer = node_text(u->arena, name->loc);
    node_concat(u->arena, longer, name);
    node_piece(u->arena, longer, (Piece){.kind = PIECE_LITERAL, .text = text});
    return node_settle(u->arena, longer);
}

// A name that a template gave is a value already; one that the user gave is a pattern.
static void name_resource(Unit *u, Resource *r, bool made) {
    if (!r->kind->name_pattern)
        return;
    Node *given = resource_get(r, S("name"));
    Node *base, *pattern = pattern_of(u, r, made ? given : NULL, &base);
    if (pattern)
        r->name = scope_pattern(u, r, pattern, base);
    else
        r->name = given;
    r->name = with_suffix(u, r, r->name);
}

static void check_references_of_existing(Unit *u, Resource *r) {
    r->existing = node_str(resource_get(r, S("existing")));
    if (r->existing.len && r->axis != AXIS_NONE)
        diag_error(u->diags, r->loc, "existing-fan-out",
                   "%.*s exists once, and cannot be one for each",
                   SFMT(resource_what(u->arena, r)));
}

// The values that its kind takes at deployment. One that is shared is there once in the system.
static void make_params(Unit *u, Resource *r) {
    const Kind *kind = r->kind;
    r->params = arena_new(u->arena, Param *, kind->param_count + 1);
    for (size_t i = 0; i < kind->param_count; i++) {
        const KindParam *declared = &kind->params[i];
        Param *p = declared->shared ? strmap_get(&u->shared_params, declared->name) : NULL;
        if (!p) {
            p = arena_new(u->arena, Param, 1);
            p->name = declared->shared
                          ? declared->name
                          : str_fmt(u->arena, "%.*s-%.*s", SFMT(r->path), SFMT(declared->name));
            p->type = declared->type;
            p->doc = declared->doc;
            p->required = true;
            p->loc = r->loc;
        }
        if (declared->shared)
            strmap_put(&u->shared_params, u->arena, declared->name, p);
        r->params[i] = p;
    }
}

static Node *with_shorthand(Unit *u, const Kind *kind, Node *def) {
    if (!kind->shorthand.len || !def || def->type == NODE_MAP || node_is_null(def))
        return def;
    Node *map = node_map(u->arena, def->loc);
    node_set(u->arena, map, kind->shorthand, def);
    return map;
}

static bool has_own_id(const Resource *r) {
    size_t before = r->path.len - (r->id.len < r->path.len ? r->id.len : r->path.len);
    return str_ends(r->path, r->id) && (before == 0 || r->path.ptr[before - 1] == '.');
}

// What was renamed is deployed under the name that it had first.
static void find_former(Unit *u, Resource *r) {
    r->deployed = r->path;
    r->deployed_id = r->id;
    r->former = unit_former(u, r->path);
    if (!r->former)
        return;
    const Former *f = r->former;
    r->deployed = former_path(u->arena, f, 0, r->path);
    bool named_after =
        r->owner ? !has_own_id(r) && str_starts(r->id, f->now) : str_eq(r->id, f->now);
    if (named_after)
        r->deployed_id = former_path(u->arena, f, 0, r->id);
}

Resource *expand_resource(Unit *u, NewResource n) {
    Resource *r = arena_new(u->arena, Resource, 1);
    const Kind *kind = n.kind;
    r->kind = kind;
    r->id = n.id;
    r->path = n.path;
    r->loc = n.loc;
    r->owner = n.owner;
    r->workflow = str_eq(kind->name, S("workflow")) ? r : n.workflow;
    find_former(u, r);
    r->values = arena_new(u->arena, Node *, kind->shape.count + 1);
    r->made = arena_new(u->arena, Node *, kind->make_count + 1);
    make_params(u, r);
    Node *def = with_shorthand(u, kind, n.def);
    if (def && !node_is_null(def) && def->type != NODE_MAP) {
        Str found = field_found(u->arena, def);
        diag_error(u->diags, def->loc, "wrong-type", "%.*s is a map of fields, found %.*s",
                   SFMT(resource_what(u->arena, r)), SFMT(found));
        def = NULL;
    }
    Node *defaults = node_get(node_get(u->root, S("defaults")), kind->name);
    Node *merged = spec_merge(u->arena, defaults, node_is_null(def) ? NULL : def);
    Checker c = expand_checker(u, kind, resource_what(u->arena, r), n.loc);
    c.made = n.made;
    r->flawed = !shape_check(&c, &kind->shape, merged, n.loc, r->values) ||
                strmap_get(&u->flawed, kind->name);
    r->axis = axis_of(u, r, n.axis);
    check_references_of_existing(u, r);
    r->workflow = r->existing.len ? n.workflow : r->workflow; // there is no stack of it
    name_resource(u, r, n.made);
    add(u, r);
    expand_visit(u, r, visit_inline);
    return r;
}
