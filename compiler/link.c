// link.c - names become references, patterns become values, and what comes with a resource is made.
#include "link.h"

#include "build.h"
#include "expand.h"
#include "hands.h"
#include "make.h"
#include "param.h"
#include "scope.h"
#include "spec.h"

#include <string.h>

static bool accepts(const Node *kinds, Str kind) {
    return node_lists(kinds, kind) ||
           (kinds->type == NODE_SCALAR &&
            (str_eq(kinds->text, kind) || str_eq(kinds->text, S("any"))));
}

// The names of what `from` may mean, and what they name: those of `kinds`, or all.
static size_t choices(Unit *u, const Resource *from, const Node *kinds, Str *names,
                      Resource **named) {
    size_t count = 0;
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        bool mine = from && from->workflow && r->workflow == from->workflow && r != from->workflow;
        if (!r->path.len || (kinds && !accepts(kinds, r->kind->name)))
            continue;
        named[count] = r;
        names[count++] = mine ? r->id : r->path;
    }
    return count;
}

Resource *link_unknown(Unit *u, const Resource *from, const Node *name, const Node *kinds) {
    Str *names = arena_new(u->arena, Str, u->count + 1);
    Resource **named = arena_new(u->arena, Resource *, u->count + 1);
    size_t count = choices(u, from, kinds, names, named);
    diag_error(u->diags, name->loc, "unknown-resource", "no resource is called `%.*s`",
               SFMT(name->text));
    ptrdiff_t best = diag_suggest(u->diags, name->loc, name->text, names, count);
    if (best < 0)
        return NULL;
    diag_guessed(u->diags);
    return named[best];
}

// With `patient`, what has no resource yet may be something that comes with another one, and is
// left for later.
static Node *link_ref(Unit *u, Resource *r, const Field *field, Node *value, bool patient) {
    Str rest = value->text;
    Resource *to = scope_resource(u, r, &rest);
    if ((!to || rest.ptr) && patient) {
        r->waits = true;
        return value;
    }
    if (!to || rest.ptr) {
        to = link_unknown(u, r, value, field->to);
        if (!to)
            return NULL;
    }
    if (!accepts(field->to, to->kind->name)) {
        Str says = field_says(u->arena, field);
        diag_error(u->diags, value->loc, "wrong-kind", "`%.*s` must be %.*s", SFMT(field->name),
                   SFMT(says));
        diag_also(u->diags, to->loc, "`%.*s` is %s %.*s", SFMT(to->id), str_article(to->kind->name),
                  SFMT(to->kind->name));
        Str *names = arena_new(u->arena, Str, u->count + 1);
        Resource **named = arena_new(u->arena, Resource *, u->count + 1);
        diag_suggest(u->diags, value->loc, value->text, names,
                     choices(u, r, field->to, names, named));
        return NULL;
    }
    Node *ref = node_ref(u->arena, to, value->loc);
    ref->with = value->with;
    return ref;
}

static bool is_open(const Node *value) {
    return value->type == NODE_SCALAR && str_find(value->text, S("$(")) >= 0;
}

static Node *link_tree(Unit *u, Resource *r, Node *value);

// What is in a tree is there, even if a hole in it was reported.
static Node *link_part(Unit *u, Resource *r, Node *value) {
    Node *linked = link_tree(u, r, value);
    return linked ? linked : node_null(u->arena, value->loc);
}

// Fills the holes in any tree that the user wrote: in place, so it has to be nobody else's.
static Node *link_tree(Unit *u, Resource *r, Node *value) {
    Node *name = node_string(u->arena, r->deployed_id, r->loc);
    if (is_open(value))
        return scope_pattern(u, r, value, name);
    for (uint32_t i = 0; value->type == NODE_LIST && i < value->count; i++)
        value->items[i] = link_part(u, r, value->items[i]);
    for (uint32_t i = 0; value->type == NODE_MAP && i < value->count; i++)
        value->entries[i].value = link_part(u, r, value->entries[i].value);
    return value;
}

// A parameter that says nothing about itself is described by the field that it is given to.
static Node *described(const Field *field, Node *value) {
    bool one = value && value->type == NODE_TEXT && value->count == 1 &&
               value->pieces[0].kind == PIECE_PARAM;
    Param *p = one ? (Param *)value->pieces[0].param : NULL;
    if (p && !p->doc.len)
        p->doc = field->doc;
    return value;
}

// A list that is given at deployment cannot stand where one value is wanted, or in a text.
static void check_list_param(Unit *u, const Field *field, const Node *value) {
    for (uint32_t i = 0; value && value->type == NODE_TEXT && i < value->count; i++) {
        const Param *p = value->pieces[i].kind == PIECE_PARAM ? value->pieces[i].param : NULL;
        bool fits = field->type == FIELD_LIST || field->type == FIELD_ANY;
        if (!p || !str_eq(p->type, S("list")) || (fits && value->count == 1))
            continue;
        diag_error(u->diags, value->loc, "wrong-type", "`%.*s` wants a text, and `%.*s` is a list",
                   SFMT(field->name), SFMT(p->name));
        diag_also(u->diags, p->loc, "this parameter");
        diag_help(u->diags, "make the parameter `type: string`");
    }
}

static void note_reference(Unit *u, Resource *from, const Field *field, Resource *to) {
    for (const Reference *ref = to->references; ref && ref->from == from; ref = ref->next)
        if (ref->field == field)
            return; // it is being linked a second time
    Reference *reference = arena_new(u->arena, Reference, 1);
    *reference = (Reference){from, field, to->references};
    to->references = reference;
}

static void check_of_user(Unit *u, const Resource *r, const Field *field, Node *value, Str name) {
    Checker c = {.arena = u->arena, .diags = u->diags};
    Items items = unit_items_unasked(u, AXIS_USER);
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.list[i];
        Node *own = node_get(item->fields, name);
        if (own && field_is_measured(field->type)) {
            field_check(&c, field_choose(field, own), own);
        } else if (!own) {
            diag_error(u->diags, item_place(item), "missing-key", "user `%.*s` needs `%.*s`",
                       SFMT(item->user), SFMT(name));
            diag_also(u->diags, value->loc, "what is made of `%.*s` for each user has it here",
                      SFMT(r->id));
            diag_help(u->diags, "write `%.*s: {%.*s: ...}`", SFMT(item->user), SFMT(name));
        }
    }
}

// What is said with a user's own field, each user has to have. A whole number is one on the
// targets.
static void link_user_fields(Unit *u, const Resource *r, const Field *field, Node *value) {
    for (uint32_t i = 0; value && value->type == NODE_TEXT && i < value->count; i++) {
        Piece *piece = &value->pieces[i];
        if (piece->kind != PIECE_ITEM || !str_starts(piece->text, S("user.")))
            continue;
        check_of_user(u, r, field, value,
                      str_cut(piece->text, sizeof "user." - 1, piece->text.len));
        if (field->type == FIELD_INT)
            piece->text = str_fmt(u->arena, "%.*s | number", SFMT(piece->text));
    }
}

static Node *link_value(Unit *u, Resource *r, const Field *field, Node *value, bool patient) {
    if (field->type == FIELD_REF && node_is_scalar(value) && !node_is_word(value, S("false")))
        value = link_ref(u, r, field, value, patient);
    if (value && value->type == NODE_REF && !field->many &&
        !scope_has_one(u, r, value->res, value->loc))
        return NULL;
    if (value && value->type == NODE_REF)
        note_reference(u, r, field, value->res);
    if (!value || value->type == NODE_REF)
        return value;
    if (str_eq(field->name, S("name")) && field->type == FIELD_PATTERN) {
        link_user_fields(u, r, field, r->name);
        return value; // is r->name by now
    }
    if (is_open(value)) {
        Node *linked = described(field, link_tree(u, r, value));
        check_list_param(u, field, linked);
        link_user_fields(u, r, field, linked);
        return linked;
    }
    if (field->type == FIELD_ANY) // of `defaults`, or of all environments
        return link_tree(u, r, node_copy(u->arena, value));
    return value;
}

static Node *visit_patiently(Unit *u, Resource *r, const Field *field, Node *value) {
    return link_value(u, r, field, value, true);
}

static Node *visit_link(Unit *u, Resource *r, const Field *field, Node *value) {
    return link_value(u, r, field, value, false);
}

// The environment, the blueprints and the like are read where they are used, not as values.
static void link_values(Unit *u, Resource *r, Visit *visit) {
    if (r != u->self)
        expand_visit(u, r, visit);
}

// What comes with the resources from `first` on, and with that in turn.
static void make_from(Unit *u, size_t first) {
    for (size_t i = first; i < u->count; i++) { // grows while it runs
        size_t before = u->count;
        if (!u->resources[i]->waits)
            make_resources(u, u->resources[i]);
        for (size_t j = before; j < u->count; j++)
            link_values(u, u->resources[j], visit_link);
    }
}

// What was made in case somebody needs it is needed by what stays.
static bool stays(const Resource *r) {
    for (const Resource *o = r; o; o = o->owner) {
        bool needed = !o->lazy || o->used;
        for (const Reference *ref = o->references; ref && !needed; ref = ref->next)
            needed = stays(ref->from);
        if (!needed)
            return false;
    }
    return true;
}

static void drop_unused(Unit *u) {
    size_t kept = 0;
    for (size_t i = 0; i < u->count; i++)
        if (stays(u->resources[i]))
            u->resources[kept++] = u->resources[i];
    u->count = kept;
}

// Puts `r` and then what came with it behind what is there.
static void place_family(Resource *r, Resource **sorted, size_t *count) {
    sorted[(*count)++] = r;
    for (Resource *child = r->first_child; child; child = child->sibling)
        place_family(child, sorted, count);
}

static void sort_families(Unit *u) {
    for (size_t i = u->count; i > 0; i--) { // from the end, so that each list is in order
        Resource *r = u->resources[i - 1];
        if (!r->owner)
            continue;
        r->sibling = r->owner->first_child;
        r->owner->first_child = r;
    }
    Resource **sorted = arena_new(u->arena, Resource *, u->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < u->count; i++)
        if (!u->resources[i]->owner)
            place_family(u->resources[i], sorted, &count);
    memcpy(u->resources, sorted, count * sizeof *sorted);
    u->count = count;
}

// The words of a path that name things. The kind is not said twice: what came as the `role` of a
// function is RoleIntake, its `alarm-errors` AlarmIntakeErrors.
static Str naming_path(Arena *a, const Resource *r, Str path, Str id) {
    Str kind = r->kind->name;
    if (!r->owner)
        return id.len ? id : path;
    size_t last = path.len;
    while (last > 0 && path.ptr[last - 1] != '.')
        last--;
    Str outer = last ? str_cut(path, 0, last - 1) : S(""), own = str_cut(path, last, path.len);
    if (str_eq(own, kind))
        return outer.len ? outer : S("system");
    if (str_starts(own, kind) && own.ptr[kind.len] == '-')
        own = str_cut(own, kind.len + 1, own.len);
    return outer.len ? str_fmt(a, "%.*s.%.*s", SFMT(outer), SFMT(own)) : own;
}

// The names that Terraform's state may know it by.
static void identify_former(Unit *u, Resource *r) {
    const Former *f = r->former;
    r->tf_former = f ? arena_new(u->arena, Str, f->count) : NULL;
    for (size_t i = 0; f && i < f->count; i++) {
        Str id = str_eq(r->id, f->now) ? f->names[i] : r->id;
        Str path = former_path(u->scratch, f, i, r->path);
        r->tf_former[i] = snake_case(u->arena, naming_path(u->scratch, r, path, id));
    }
}

// Returns what Terraform knows it by, its kind before its name.
static Str spell_ids(Unit *u, Resource *r) {
    Arena *brief = u->scratch;
    Str path = naming_path(brief, r, r->path, r->id);
    Str deployed = naming_path(brief, r, r->deployed, r->deployed_id);
    r->logical = pascal_behind(u->arena, pascal_case(brief, r->kind->name), deployed);
    r->tf = snake_case(u->arena, path.len ? path : r->kind->name);
    identify_former(u, r);
    return str_join(u->arena, r->kind->name, S("."), r->tf);
}

typedef struct Ids {
    StrMap logical, tf;
    Str *tf_keys; // of each resource
} Ids;

static void check_ids(Unit *u, Ids *ids, Resource *r, Str tf_key) {
    const Resource *same = strmap_put(&ids->logical, u->scratch, r->logical, r);
    const Resource *alike = strmap_put(&ids->tf, u->scratch, tf_key, r);
    const Resource *twin = same ? same : alike;
    if (!twin || str_eq(twin->path, r->path)) // of one path: that has been reported
        return;
    if (twin->owner && r->owner && str_eq(twin->owner->logical, r->owner->logical))
        return; // what they came with is alike, which has been reported
    diag_error(u->diags, r->loc, "duplicate-id", "`%.*s` and `%.*s` give one logical id, `%.*s`",
               SFMT(twin->path), SFMT(r->path), SFMT(r->logical));
    diag_also(u->diags, twin->loc, "the other one");
    diag_help(u->diags, "give one of them an id of its own: `id: NAME`");
}

enum { TOGETHER = 64 }; // that are spelled by one hand, one after the other

static void spell_some(Unit *u, void *ctx, size_t number) {
    Ids *ids = ctx;
    for (size_t i = number * TOGETHER; i < (number + 1) * TOGETHER && i < u->count; i++)
        ids->tf_keys[i] = spell_ids(u, u->resources[i]);
    arena_reset(u->scratch);
}

static void identify_all(Unit *u) {
    Ids ids = {.tf_keys = arena_new(u->arena, Str, u->count + 1)};
    hands_do(u, (u->count + TOGETHER - 1) / TOGETHER, spell_some, &ids);
    strmap_reserve(&ids.logical, u->scratch, u->count);
    strmap_reserve(&ids.tf, u->scratch, u->count);
    for (size_t i = 0; i < u->count; i++)
        check_ids(u, &ids, u->resources[i], ids.tf_keys[i]);
    arena_reset(u->scratch);
}

void link_unit(Unit *u) {
    make_resources(u, u->self); // what others name without its being declared: the key, the alerts
    size_t declared = u->count;
    for (size_t i = 0; i < declared; i++)
        link_values(u, u->resources[i], visit_patiently);
    param_unit(u);
    make_from(u, 1);
    for (size_t i = 0; i < declared; i++) { // what named something that came with another thing
        Resource *r = u->resources[i];
        size_t before = u->count;
        if (!r->waits)
            continue;
        r->waits = false;
        link_values(u, r, visit_link);
        make_resources(u, r);
        for (size_t j = before; j < u->count; j++)
            link_values(u, u->resources[j], visit_link);
        make_from(u, before);
    }
    drop_unused(u);
    sort_families(u);
    identify_all(u);
}

static bool came_with(const Resource *r, const Resource *owner) {
    while (r && r != owner)
        r = r->owner;
    return r != NULL;
}

// Behind what came with its owner, where it would stand had it been there from the start.
static void place_late(Unit *u, Resource *r) {
    Resource **end = &r->owner->first_child;
    while (*end)
        end = &(*end)->sibling;
    *end = r;
    size_t at = u->count - 1; // expand_resource has put it there
    while (at > 0 && !came_with(u->resources[at - 1], r->owner))
        at--;
    memmove(&u->resources[at + 1], &u->resources[at], (u->count - 1 - at) * sizeof *u->resources);
    u->resources[at] = r;
}

Resource *link_more(Unit *u, Resource *of, Str kind, Str word, size_t number) {
    Arena *a = u->arena;
    Node *def = node_map(a, of->loc), *name = node_text(a, of->loc);
    Str text = str_fmt(a, "-%zu", number + 1);
    node_concat(a, name, of->name);
    node_piece(a, name, (Piece){.kind = PIECE_LITERAL, .text = text});
    node_set(a, def, S("name"), node_settle(a, name));
    NewResource n = {.kind = kind_find(u->kinds, kind),
                     .id = str_fmt(a, "%.*s%.*s", SFMT(word), SFMT(text)),
                     .def = def,
                     .loc = of->loc,
                     .owner = of,
                     .workflow = of->workflow,
                     .axis = of->axis,
                     .made = true};
    n.path = str_fmt(a, "%.*s.%.*s", SFMT(of->path), SFMT(n.id));
    Resource *r = expand_resource(u, n);
    resource_set(r, S("number"), node_int(a, (long long)number, of->loc));
    place_late(u, r);
    link_values(u, r, visit_link);
    spell_ids(u, r);
    arena_reset(u->scratch);
    return r;
}
