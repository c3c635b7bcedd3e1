// names.c - physical names. The literal parts of a name are checked once, the items' parts for each
// item, and the whole is looked up among all others of its kind: by its hash, and if one comes
// twice, by all names once more.
#include "names.h"

#include "copy.h"
#include "emit.h"
#include "hashset.h"
#include "regex.h"
#include "scope.h"

#include <string.h>
#include <strings.h>

// A name that is there already. Only its hash is kept: when one comes again, it is made again.
typedef struct Named {
    uint64_t hash;
    const Resource *resource; // NULL: this place in the table is free
    const Item *item;
} Named;

// What an item brings into names.
typedef struct ItemHash {
    TextHash project, user;
} ItemHash;

typedef struct Names {
    uint64_t salt;         // of the kind that is looked at
    ItemHash *items[2][2]; // of projects or users, caseless or not, once that was asked for
    HashSet hashes;
    bool twice;   // a hash came again
    Named *slots; // of all names, once that is so
    size_t cap;
} Names;

// `c` is one of a class such as A-Za-z0-9_- (a dash at its end is itself).
static bool in_class(Str class, char c) {
    for (size_t i = 0; i < class.len; i++) {
        bool range = i + 2 < class.len && class.ptr[i + 1] == '-';
        if (range && c >= class.ptr[i] && c <= class.ptr[i + 2])
            return true;
        if (range)
            i += 2;
        else if (c == class.ptr[i])
            return true;
    }
    return false;
}

static bool check_chars(Unit *u, const Resource *r, Str text, Loc at) {
    for (size_t i = 0; i < text.len; i++) {
        if (in_class(r->kind->name_chars, text.ptr[i]))
            continue;
        size_t end = i + 1; // of the character, which may have several bytes
        while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
            end++;
        Str character = str_cut(text, i, end);
        diag_error(u->diags, at, "name-characters", "the name of a %.*s cannot have `%.*s`",
                   SFMT(r->kind->name), SFMT(character));
        diag_note(u->diags, "it may have %.*s", SFMT(r->kind->name_chars));
        diag_help(u->diags, "change the name or its pattern in `names`");
        return false;
    }
    return true;
}

static bool is_of_kind(const Resource *r, const Source *src) {
    for (const Resource *o = r; o; o = o->owner)
        if (o->kind->src == src)
            return true;
    return false;
}

// Where the user can change a name: a pattern of a kind is nothing that they could, nor what a kind
// says of something that comes with it.
static Loc name_place(const Resource *r) {
    if (r->name && r->name->loc.src && !is_of_kind(r, r->name->loc.src))
        return r->name->loc;
    while (r->owner && is_of_kind(r, r->loc.src))
        r = r->owner;
    return r->loc;
}

static size_t suffix_length(Unit *u, Resource *r) {
    return node_get_str(scope_render(u, r, r->kind->name_suffix), S("text")).len;
}

// The text that users wrote, as opposed to a suffix that the kind adds.
static bool check_literals(Unit *u, Resource *r) {
    const Node *name = r->name;
    size_t suffix = suffix_length(u, r);
    if (name->type == NODE_SCALAR)
        return check_chars(u, r, str_cut(name->text, 0, name->text.len - suffix), name_place(r));
    for (uint32_t i = 0; i < name->count; i++) {
        Str text = name->pieces[i].text;
        bool last = i + 1 == name->count;
        if (name->pieces[i].kind == PIECE_LITERAL &&
            !check_chars(u, r,
                         last && text.len >= suffix ? str_cut(text, 0, text.len - suffix) : text,
                         name_place(r)))
            return false;
    }
    return true;
}

// What is known of a name at build: an account has 12 digits, a Region at most 14 letters.
static void put_piece(const Piece *piece, Buf *out) {
    if (piece->kind == PIECE_DEPLOY)
        buf_put(out, str_eq(piece->text, S("account")) ? S("<account-id>") : S("ap-southeast-1"));
    else if (piece->kind == PIECE_LITERAL)
        buf_put(out, piece->text);
    else
        buf_fmt(out, "<%.*s>", SFMT(piece->text));
}

static void put_name(const Resource *r, const Item *item, Buf *out) {
    if (r->name->type == NODE_SCALAR) {
        buf_put(out, r->name->text);
        return;
    }
    for (uint32_t i = 0; i < r->name->count; i++) {
        const Piece *piece = &r->name->pieces[i];
        if (piece->kind == PIECE_ITEM && item)
            buf_put(out, item_value(out->arena, item, piece->text));
        else
            put_piece(piece, out);
    }
}

// The same for any item.
static Stencil pattern_of(Unit *u, const Resource *r) {
    Stencil s = {.text = {.arena = u->arena}, .arena = u->arena};
    for (uint32_t i = 0; r->name->type == NODE_TEXT && i < r->name->count; i++) {
        const Piece *piece = &r->name->pieces[i];
        if (piece->kind == PIECE_ITEM)
            stencil_slot(&s, piece->text);
        else
            put_piece(piece, &s.text);
    }
    if (r->name->type == NODE_SCALAR)
        buf_put(&s.text, r->name->text);
    return s;
}

static void check_length(Unit *u, const Resource *r, const Item *item, Str name) {
    bool is_long = name.len > r->kind->name_max;
    if (!is_long && name.len >= r->kind->name_min)
        return;
    diag_error(u->diags, name_place(r), "name-length",
               "the name `%.*s` has %zu characters; a %.*s has %s %zu", SFMT(name), name.len,
               SFMT(r->kind->name), is_long ? "at most" : "at least",
               is_long ? r->kind->name_max : r->kind->name_min);
    if (item)
        diag_also(u->diags, item->loc, "with `%.*s`", SFMT(item->key));
    diag_help(u->diags, is_long ? "shorten the pattern, or the name of the project or user"
                                : "make the pattern longer");
}

static void check_form(Unit *u, const Resource *r, const Item *item, Str name) {
    Str form = r->kind->name_form;
    if (!form.len || name.len > r->kind->name_max || regex_matches(form, name))
        return;
    diag_error(u->diags, name_place(r), "name-form", "`%.*s` is no name for a %.*s", SFMT(name),
               SFMT(r->kind->name));
    diag_note(u->diags, "%.*s", SFMT(r->kind->name_form_says));
    if (item)
        diag_also(u->diags, item->loc, "with `%.*s`", SFMT(item->key));
    diag_help(u->diags, "change the name or its pattern in `names`");
}

static void check_item(Unit *u, const Resource *r, const Item *item, const Stencil *pattern) {
    Buf name = {.arena = u->arena};
    stencil_fill(pattern, item, &name);
    check_length(u, r, item, buf_str(&name));
    check_form(u, r, item, buf_str(&name));
    buf_free(&name);
}

static void report_twin(Unit *u, const Named *other, const Resource *r, const Item *item,
                        Str name) {
    diag_error(u->diags, name_place(r), "duplicate-physical-name",
               "two %.*s would be called `%.*s`", SFMT(r->kind->section), SFMT(name));
    if (other->resource != r)
        diag_also(u->diags, name_place(other->resource), "the other one is `%.*s`",
                  SFMT(other->resource->path));
    if (item && other->item)
        diag_also(u->diags, item->loc, "`%.*s` and `%.*s` give one name", SFMT(other->item->key),
                  SFMT(item->key));
    diag_help(u->diags, "change one of the names or patterns");
}

// Names are apart by kind, and some kinds do not tell `Role` from `role`.
static uint64_t hash_of(const Names *names, const Kind *kind, Str name) {
    return text_hash_end(text_hash(name, kind->name_caseless), names->salt);
}

static bool is_same_name(const Named *other, const Resource *r, Str name) {
    Buf again = {0};
    put_name(other->resource, other->item, &again);
    Str there = buf_str(&again);
    bool same = other->resource->kind == r->kind && there.len == name.len &&
                (r->kind->name_caseless ? strncasecmp(there.ptr, name.ptr, name.len) == 0
                                        : str_eq(there, name));
    buf_free(&again);
    return same;
}

static void check_hash(Names *names, TextHash name) {
    names->twice = !hashset_add(&names->hashes, text_hash_end(name, names->salt)) || names->twice;
}

static const ItemHash *item_hashes(Unit *u, Names *names, Axis axis, bool caseless) {
    ItemHash **list = &names->items[axis == AXIS_USER][caseless];
    Items items = unit_items_unasked(u, axis);
    if (*list)
        return *list;
    *list = arena_new(u->arena, ItemHash, items.count + 1);
    for (size_t i = 0; i < items.count; i++) {
        bool same = i > 0 && items.list[i].project.ptr == items.list[i - 1].project.ptr;
        (*list)[i] =
            (ItemHash){same ? (*list)[i - 1].project : text_hash(items.list[i].project, caseless),
                       text_hash(items.list[i].user, caseless)};
    }
    return *list;
}

static TextHash part_hash(Unit *u, const Slot *slot, const Item *item, const ItemHash *hash,
                          bool caseless) {
    if (slot->kind == SLOT_PROJECT)
        return hash->project;
    if (slot->kind == SLOT_USER)
        return hash->user;
    if (slot->kind == SLOT_KEY)
        return text_hash(item->key, caseless);
    return text_hash(item_value(u->arena, item, slot->field), caseless);
}

// A name for each item, of which only the hash is made: of the hashes of its parts.
static void check_instances(Unit *u, Names *names, const Resource *r, const Stencil *pattern) {
    bool caseless = r->kind->name_caseless;
    Items items = unit_items_unasked(u, r->axis);
    const ItemHash *hashes = item_hashes(u, names, r->axis, caseless);
    TextHash *literals = arena_new(u->arena, TextHash, pattern->count + 1);
    Str text = buf_str(&pattern->text);
    for (size_t i = 0, from = 0; i <= pattern->count; i++) {
        size_t to = i < pattern->count ? pattern->slots[i].at : text.len;
        literals[i] = text_hash(str_cut(text, from, to), caseless);
        from = to;
    }
    for (size_t i = 0; i < items.count; i++) {
        TextHash name = literals[0];
        for (size_t j = 0; j < pattern->count; j++)
            name =
                text_hash_join(text_hash_join(name, part_hash(u, &pattern->slots[j], &items.list[i],
                                                              &hashes[i], caseless)),
                               literals[j + 1]);
        if (name.len > r->kind->name_max || name.len < r->kind->name_min || r->kind->name_form.len)
            check_item(u, r, &items.list[i], pattern);
        check_hash(names, name);
    }
}

// The whole is looked up, and its length and form checked.
static void check_names(Unit *u, Names *names, const Resource *r, Buf *scratch) {
    names->salt = str_hash(r->kind->name);
    if (resource_is_fanned(r)) {
        Stencil pattern = pattern_of(u, r);
        check_instances(u, names, r, &pattern);
        buf_free(&pattern.text);
        return;
    }
    scratch->len = 0;
    put_name(r, NULL, scratch);
    check_length(u, r, NULL, buf_str(scratch));
    check_form(u, r, NULL, buf_str(scratch));
    check_hash(names, text_hash(buf_str(scratch), r->kind->name_caseless));
}

static void find_twin(Unit *u, Names *names, const Resource *r, const Item *item, Str name) {
    uint64_t hash = hash_of(names, r->kind, name);
    size_t at = hash & (names->cap - 1);
    for (; names->slots[at].resource; at = (at + 1) & (names->cap - 1)) {
        const Named *other = &names->slots[at];
        if (other->hash == hash && is_same_name(other, r, name)) {
            report_twin(u, other, r, item, name);
            return;
        }
    }
    names->slots[at] = (Named){hash, r, item};
}

static void find_twins_of(Unit *u, Names *names, const Resource *r, Buf *scratch) {
    scratch->len = 0;
    names->salt = str_hash(r->kind->name);
    if (!resource_is_fanned(r)) {
        put_name(r, NULL, scratch);
        find_twin(u, names, r, NULL, buf_str(scratch));
        return;
    }
    Stencil pattern = pattern_of(u, r);
    Items items = unit_items_unasked(u, r->axis);
    for (size_t i = 0; i < items.count; i++) {
        scratch->len = 0;
        stencil_fill(&pattern, &items.list[i], scratch);
        find_twin(u, names, r, &items.list[i], buf_str(scratch));
    }
    buf_free(&pattern.text);
}

// What users and projects bring into a name.
static void check_items(Unit *u, const Resource *r) {
    bool plain = in_class(r->kind->name_chars, 'Z') && in_class(r->kind->name_chars, '_') &&
                 in_class(r->kind->name_chars, '-');
    if (plain || !resource_is_fanned(r) || r->name->type != NODE_TEXT)
        return;
    Items items = unit_items_unasked(u, r->axis);
    for (size_t i = 0; i < items.count; i++)
        for (uint32_t j = 0; j < r->name->count; j++)
            if (r->name->pieces[j].kind == PIECE_ITEM)
                check_chars(u, r, item_value(u->arena, &items.list[i], r->name->pieces[j].text),
                            items.list[i].loc);
}

static bool has_names(const Resource *r) {
    return r->name && !r->existing.len && r->kind->name_chars.len && r->axis != AXIS_RUNTIME;
}

static size_t instance_count(const Unit *u) {
    size_t count = 0;
    for (size_t i = 0; i < u->count; i++)
        if (has_names(u->resources[i]))
            count += resource_is_fanned(u->resources[i])
                         ? unit_items_unasked(u, u->resources[i]->axis).count
                         : 1;
    for (size_t i = 0; i < u->count; i++) // each copy is one of two
        if (has_names(u->resources[i]) && u->resources[i]->workflow)
            count += (u->resources[i]->workflow->copied + 1) / 2;
    return count;
}

// The names in a workflow, in one order for all that are alike.
typedef struct OwnNames {
    Str *list;
    const Kind **kinds;
    size_t count;
} OwnNames;

static OwnNames names_of(const Unit *u, const Resource *w) {
    OwnNames own = {arena_new(u->arena, Str, u->count), arena_new(u->arena, const Kind *, u->count),
                    0};
    Buf name = {.arena = u->arena};
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        if (r->workflow != w || !has_names(r))
            continue;
        name.len = 0;
        put_name(r, NULL, &name);
        own.kinds[own.count] = r->kind;
        own.list[own.count++] = buf_keep(&name, u->arena);
    }
    buf_free(&name);
    return own;
}

static bool are_alike(const OwnNames *a, const OwnNames *b) {
    return a->count == b->count && memcmp(a->kinds, b->kinds, a->count * sizeof *a->kinds) == 0;
}

// A copy whose name is somebody else's has no text of its own: nothing is a copy then, and each
// workflow is looked at by itself.
static void check_copies(Unit *u, Names *names) {
    OwnNames own[2] = {0};
    Spelled of[2];
    const Resource *like = NULL;
    for (size_t i = 0; i < u->copy_count && !u->apart; i++) {
        const Copy *c = &u->copies[i];
        for (int k = 0; k < 2 && c->like[0] != like; k++) {
            own[k] = names_of(u, c->like[k]);
            of[k] = copy_spell(u->arena, c->like[k]->id);
        }
        like = c->like[0];
        u->apart = !are_alike(&own[0], &own[1]);
        Spelled mine = copy_spell(u->arena, c->id);
        for (size_t j = 0; j < own[0].count && !u->apart; j++) {
            Str name = copy_text(u->arena, own[0].list[j], own[1].list[j], &of[0], &of[1], &mine);
            names->salt = str_hash(own[0].kinds[j]->name);
            u->apart =
                !name.ptr || !hashset_add(&names->hashes, hash_of(names, own[0].kinds[j], name));
        }
    }
}

// A route without the names of its variables: `GET /a/{id}/b` is `GET /a/{}/b`.
static Str route_shape(Arena *a, Str route) {
    char *shape = arena_alloc(a, 1, route.len + 1);
    size_t len = 0;
    bool in_name = false;
    for (size_t i = 0; i < route.len; i++) {
        char c = route.ptr[i];
        in_name = in_name && c != '}' && c != '+';
        if (!in_name)
            shape[len++] = c;
        in_name = in_name || c == '{';
    }
    return (Str){shape, len};
}

static void report_route(Unit *u, const Node *route, const Node *twin) {
    Str one = node_str(route), other = node_str(twin);
    diag_error(u->diags, route->loc, "route-conflict", "`%.*s` is the same route as `%.*s`",
               SFMT(one), SFMT(other));
    diag_also(u->diags, twin->loc, "this one");
    diag_help(u->diags, "%s",
              str_eq(one, other) ? "remove one of them"
                                 : "give the variable one name in both, or make "
                                   "them one route");
}

// False if two are one: CreateRoute answers ConflictException to a route that is there, or whose
// variable is there under another name. Two that are one name in C were reported.
static bool check_routes(Unit *u, const Resource *r) {
    const Node *routes = resource_get(r, S("routes"));
    StrMap shapes = {0}, ids = {0};
    bool good = true;
    for (uint32_t i = 0; routes && i < routes->count; i++) {
        Node *route = routes->items[i];
        Str id = snake_case(u->arena, node_str(route));
        const Node *twin =
            strmap_put(&shapes, u->arena, route_shape(u->arena, node_str(route)), route);
        good = !strmap_put(&ids, u->arena, id, route) && !twin && good;
        if (twin)
            report_route(u, route, twin);
    }
    return good;
}

// Two parts of one resource that come to one id would be one thing in the output, or none.
static bool check_parts(Unit *u, const Resource *r, const Node *headers, bool is_cfn) {
    StrMap ids = {0};
    bool varies = false, good = true;
    for (uint32_t i = 0; headers && i < headers->count; i++) {
        const Node *part = node_get(headers->items[i], S("part"));
        varies = varies || (part && part->type != NODE_SCALAR);
    }
    const Node *parts = varies ? scope_render(u, (Resource *)r, headers) : NULL;
    for (uint32_t i = 0; good && parts && i < parts->count; i++) {
        Str part = node_get_str(parts->items[i], S("part"));
        Str id = is_cfn ? pascal_case(u->arena, part) : snake_case(u->arena, part);
        const Node *twin = id.len ? strmap_put(&ids, u->arena, id, (void *)parts->items[i]) : NULL;
        good = !twin || !str_eq(node_get_str(twin, is_cfn ? S("Type") : S("resource")),
                                node_get_str(parts->items[i], is_cfn ? S("Type") : S("resource")));
        if (good)
            continue;
        diag_error(u->diags, r->loc, "duplicate-id",
                   "`%.*s` and `%.*s` of `%.*s` give one id, `%.*s`",
                   SFMT(node_get_str(twin, S("part"))), SFMT(part), SFMT(r->path), SFMT(id));
        diag_help(u->diags, "two of its entries differ in nothing but `-`, `.` and the like: "
                            "change one, or make them one");
    }
    return good;
}

static void find_twins(Unit *u, Names *names, const bool *good, Buf *scratch) {
    names->cap = names->hashes.cap;
    names->slots = arena_new(u->arena, Named, names->cap);
    for (size_t i = 0; i < u->count; i++)
        if (good[i])
            find_twins_of(u, names, u->resources[i], scratch);
}

void names_unit(Unit *u) {
    Arena own = {.on_oom = u->arena->on_oom, .oom_arg = u->arena->oom_arg};
    Unit brief = *u; // the names are needed no longer than they are compared
    brief.arena = &own;
    Names names = {.hashes = hashset_for(&own, instance_count(u))};
    Buf scratch = {.arena = &own};
    bool *good = arena_new(&own, bool, u->count + 1);
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (!r->existing.len && check_routes(&brief, r) &&
            check_parts(&brief, r, r->kind->cfn_headers, true))
            check_parts(&brief, r, r->kind->tf_headers, false);
        good[i] = has_names(r) && check_literals(&brief, r);
        if (!good[i])
            continue;
        check_items(&brief, r);
        check_names(&brief, &names, r, &scratch);
    }
    if (names.twice)
        find_twins(&brief, &names, good, &scratch);
    check_copies(&brief, &names);
    u->apart = brief.apart;
    buf_free(&scratch);
    arena_free(&own);
}
