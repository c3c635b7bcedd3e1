// names.c - physical names. The literal parts of a name are checked once, the items' parts for each
// item. The whole is looked up among all others of its kind: by its hash, and if one comes twice,
// by all names once more. Names of items of which their pattern says that they are no others' are
// not made at all.
#include "names.h"

#include "charset.h"
#include "copy.h"
#include "hashset.h"
#include "parts.h"
#include "pattern.h"
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

// The names of all items of a resource.
typedef struct Pattern {
    const Resource *resource;
    Stencil text;
} Pattern;

// The name of one that is there once.
typedef struct Single {
    const Resource *resource;
    Str name;
} Single;

// A name in workflows that are alike: pieces of text, and between them the workflow's name.
typedef struct AlikeName {
    const Kind *kind;
    Master master;
    TextHash *pieces; // one more than it has slots
    Form form;
} AlikeName;

// The names in workflows that are alike, of the two that copies are made of.
typedef struct Alikes {
    const Resource *like;
    AlikeName *list;
    size_t count;
    struct Alikes *next;
} Alikes;

typedef struct Names {
    ItemHash *items[2][2]; // of projects or users, caseless or not, once that was asked for
    Pattern *patterns;
    Single *singles;
    size_t pattern_count, single_count;
    Alikes *alikes;
    HashSet hashes;
    bool twice;   // a hash came again
    Named *slots; // of all names, once that is so
    size_t cap;
    StrMap classes; // of characters
    Str form;       // that names were compared with last
    Regex *regex;
} Names;

// Kinds have few classes, and one for all of their names.
static const Charset *chars_of(Unit *u, Names *names, const Kind *kind) {
    Charset *set = strmap_get(&names->classes, kind->name_chars);
    if (!set) {
        set = arena_new(u->arena, Charset, 1);
        *set = charset_of(kind->name_chars);
        strmap_put(&names->classes, u->arena, kind->name_chars, set);
    }
    return set;
}

static bool check_chars(Unit *u, Names *names, const Resource *r, Str text, Loc at) {
    const Charset *set = chars_of(u, names, r->kind);
    for (size_t i = 0; i < text.len; i++) {
        if (charset_has(set, text.ptr[i]))
            continue;
        size_t end = i + 1; // of the character, which may have several bytes
        while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
            end++;
        Str character = str_cut(text, i, end);
        diag_error(u->diags, at, "name-characters", "the name of %s %.*s cannot have `%.*s`",
                   str_article(r->kind->name), SFMT(r->kind->name), SFMT(character));
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
static bool check_literals(Unit *u, Names *names, Resource *r) {
    const Node *name = r->name;
    size_t suffix = suffix_length(u, r);
    if (name->type == NODE_SCALAR)
        return check_chars(u, names, r, str_cut(name->text, 0, name->text.len - suffix),
                           name_place(r));
    for (uint32_t i = 0; i < name->count; i++) {
        Str text = name->pieces[i].text;
        bool last = i + 1 == name->count;
        if (name->pieces[i].kind == PIECE_LITERAL &&
            !check_chars(u, names, r,
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
               "the name `%.*s` has %zu characters; %s %.*s has %s %zu", SFMT(name), name.len,
               str_article(r->kind->name), SFMT(r->kind->name), is_long ? "at most" : "at least",
               is_long ? r->kind->name_max : r->kind->name_min);
    if (item)
        diag_also(u->diags, item_place(item), "with `%.*s`", SFMT(item_key(u->arena, item)));
    diag_help(u->diags, is_long ? "shorten the pattern, or the name of the project or user"
                                : "make the pattern longer");
}

static bool has_form(Names *names, Str form, Str name) {
    if (!str_eq(names->form, form)) {
        regex_free(names->regex);
        names->regex = regex_new(form);
        names->form = form;
    }
    return regex_match(names->regex, name);
}

static void check_form(Unit *u, Names *names, const Resource *r, const Item *item, Str name) {
    Str form = r->kind->name_form;
    if (!form.len || name.len > r->kind->name_max || has_form(names, form, name))
        return;
    diag_error(u->diags, name_place(r), "name-form", "`%.*s` is no name for %s %.*s", SFMT(name),
               str_article(r->kind->name), SFMT(r->kind->name));
    diag_note(u->diags, "%.*s", SFMT(r->kind->name_form_says));
    if (item)
        diag_also(u->diags, item_place(item), "with `%.*s`", SFMT(item_key(u->arena, item)));
    diag_help(u->diags, "change the name or its pattern in `names`");
}

static ItemsTexts texts_of(const Unit *u) {
    return (ItemsTexts){&u->of_projects, &u->of_users};
}

static void check_items_names(Unit *u, Names *names, const Resource *r, const Stencil *pattern,
                              Buf *scratch) {
    size_t least, most;
    Items items = unit_items_unasked(u, r->axis);
    if (!r->kind->name_form.len && pattern_lengths(pattern, r->axis, texts_of(u), &least, &most) &&
        least >= r->kind->name_min && most <= r->kind->name_max)
        return;
    for (size_t i = 0; i < items.count; i++) {
        scratch->len = 0;
        stencil_fill(pattern, &(Filling){.item = &items.list[i]}, scratch);
        check_length(u, r, &items.list[i], buf_str(scratch));
        check_form(u, names, r, &items.list[i], buf_str(scratch));
    }
}

static void report_twin(Unit *u, const Named *other, const Resource *r, const Item *item,
                        Str name) {
    diag_error(u->diags, name_place(r), "duplicate-physical-name",
               "two %.*s would be called `%.*s`", SFMT(r->kind->section), SFMT(name));
    if (other->resource != r)
        diag_also(u->diags, name_place(other->resource), "the other one is `%.*s`",
                  SFMT(other->resource->path));
    if (item && other->item)
        diag_also(u->diags, item_place(item), "`%.*s` and `%.*s` give one name",
                  SFMT(item_key(u->arena, other->item)), SFMT(item_key(u->arena, item)));
    diag_help(u->diags, "change one of the names or patterns");
}

// Names are apart by kind, and some kinds do not tell `Role` from `role`.
static uint64_t hash_of(const Kind *kind, Str name) {
    return text_hash_end(text_hash(name, kind->name_caseless), str_hash(kind->name));
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

static void add_hash(Names *names, uint64_t hash) {
    names->twice = !hashset_add(&names->hashes, hash) || names->twice;
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
        return text_hash(item_key(u->arena, item), caseless);
    return text_hash(item_value(u->arena, item, slot->field), caseless);
}

// A name for each item, of which only the hash is made: of the hashes of its parts.
static void add_instances(Unit *u, Names *names, const Pattern *p) {
    const Kind *kind = p->resource->kind;
    const Stencil *pattern = &p->text;
    bool caseless = kind->name_caseless;
    uint64_t salt = str_hash(kind->name);
    Items items = unit_items_unasked(u, p->resource->axis);
    const ItemHash *hashes = item_hashes(u, names, p->resource->axis, caseless);
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
        add_hash(names, text_hash_end(name, salt));
    }
}

// Its length and form are checked; the whole is looked up when all are known.
static void check_names(Unit *u, Names *names, const Resource *r, Buf *scratch) {
    if (resource_is_fanned(r)) {
        Pattern *p = &names->patterns[names->pattern_count++];
        *p = (Pattern){r, pattern_of(u, r)};
        check_items_names(u, names, r, &p->text, scratch);
        return;
    }
    scratch->len = 0;
    put_name(r, NULL, scratch);
    check_length(u, r, NULL, buf_str(scratch));
    check_form(u, names, r, NULL, buf_str(scratch));
    names->singles[names->single_count++] = (Single){r, buf_keep(scratch, u->arena)};
}

// Whether its names are neither one another's nor those of anything else.
static bool is_apart(const Unit *u, const Names *names, const Pattern *p) {
    const Kind *kind = p->resource->kind;
    bool caseless = kind->name_caseless;
    ItemsTexts texts = texts_of(u);
    Form form = pattern_form(&p->text);
    bool apart = pattern_tells_apart(&p->text, p->resource->axis, texts, caseless);
    for (size_t i = 0; i < names->pattern_count && apart; i++) {
        const Pattern *other = &names->patterns[i];
        apart = other == p || other->resource->kind != kind ||
                forms_are_apart(form, pattern_form(&other->text), texts, caseless);
    }
    for (size_t i = 0; i < names->single_count && apart; i++) {
        const Single *other = &names->singles[i];
        apart = other->resource->kind != kind ||
                forms_are_apart(form, pattern_form_of(other->name), texts, caseless);
    }
    for (const Alikes *a = names->alikes; a && apart; a = a->next)
        for (size_t i = 0; i < a->count && apart; i++)
            apart =
                a->list[i].kind != kind || forms_are_apart(form, a->list[i].form, texts, caseless);
    return apart;
}

static void find_twin(Unit *u, Names *names, const Resource *r, const Item *item, Str name) {
    uint64_t hash = hash_of(r->kind, name);
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
    if (!resource_is_fanned(r)) {
        put_name(r, NULL, scratch);
        find_twin(u, names, r, NULL, buf_str(scratch));
        return;
    }
    Stencil pattern = pattern_of(u, r);
    Items items = unit_items_unasked(u, r->axis);
    for (size_t i = 0; i < items.count; i++) {
        scratch->len = 0;
        stencil_fill(&pattern, &(Filling){.item = &items.list[i]}, scratch);
        find_twin(u, names, r, &items.list[i], buf_str(scratch));
    }
    buf_free(&pattern.text);
}

// What users and projects bring into a name.
static void check_items(Unit *u, Names *names, const Resource *r) {
    if (!resource_is_fanned(r) || r->name->type != NODE_TEXT)
        return;
    const Charset *set = chars_of(u, names, r->kind);
    if (charset_has(set, 'Z') && charset_has(set, '_') && charset_has(set, '-'))
        return;
    Items items = unit_items_unasked(u, r->axis);
    for (size_t i = 0; i < items.count; i++)
        for (uint32_t j = 0; j < r->name->count; j++)
            if (r->name->pieces[j].kind == PIECE_ITEM)
                check_chars(u, names, r,
                            item_value(u->arena, &items.list[i], r->name->pieces[j].text),
                            item_place(&items.list[i]));
}

static bool has_names(const Resource *r) {
    return r->name && !r->existing.len && r->kind->name_chars.len && r->axis != AXIS_RUNTIME;
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

static AlikeName alike_name(Unit *u, const Kind *kind, Master master, const Spelled *of) {
    AlikeName name = {.kind = kind, .master = master};
    Str text = master.text;
    size_t from = 0;
    name.pieces = arena_new(u->arena, TextHash, master.count + 1);
    name.form = (Form){.head = text};
    for (size_t i = 0; i <= master.count; i++) {
        const CopySlot *slot = i < master.count ? &master.slots[i] : NULL;
        Str piece = str_cut(text, from, slot ? slot->at : text.len);
        name.pieces[i] = text_hash(piece, kind->name_caseless);
        name.form.head = i ? name.form.head : piece;
        name.form.tail = piece;
        from = slot ? slot->at + of->as[slot->spelling].len : text.len;
    }
    return name;
}

// NULL: the two are not alike.
static Alikes *alikes_of(Unit *u, const Copy *c) {
    Alikes *a = arena_new(u->arena, Alikes, 1);
    OwnNames x = names_of(u, c->like[0]), y = names_of(u, c->like[1]);
    Spelled of_x = copy_spell(u->arena, c->like[0]->id),
            of_y = copy_spell(u->arena, c->like[1]->id);
    if (!are_alike(&x, &y))
        return NULL;
    *a = (Alikes){.like = c->like[0], .list = arena_new(u->arena, AlikeName, x.count + 1)};
    for (; a->count < x.count; a->count++) {
        Master master;
        if (!copy_master(&master, u->arena, x.list[a->count], y.list[a->count], &of_x, &of_y))
            return NULL;
        a->list[a->count] = alike_name(u, x.kinds[a->count], master, &of_x);
    }
    return a;
}

static const Alikes *alikes_find(const Names *names, const Copy *c) {
    const Alikes *a = names->alikes;
    while (a && a->like != c->like[0])
        a = a->next;
    return a;
}

// How many names copies have. Where two turn out to be not alike, nothing is a copy.
static size_t find_alikes(Unit *u, Names *names) {
    size_t count = 0;
    for (size_t i = 0; i < u->copy_count && !u->apart; i++) {
        const Alikes *known = alikes_find(names, &u->copies[i]);
        Alikes *more = known ? NULL : alikes_of(u, &u->copies[i]);
        u->apart = !known && !more;
        if (more) {
            more->next = names->alikes;
            names->alikes = more;
        }
        count += known ? known->count : more ? more->count : 0;
    }
    return count;
}

// False: a name is somebody else's.
static bool add_copy(Unit *u, Names *names, const Copy *c) {
    const Alikes *a = alikes_find(names, c);
    Spelled of = copy_spell(u->arena, c->id);
    TextHash parts[2][SPELLINGS];
    bool ok = true;
    for (int i = 0; i < SPELLINGS; i++) {
        parts[false][i] = text_hash(of.as[i], false);
        parts[true][i] = text_hash(of.as[i], true);
    }
    for (size_t i = 0; i < a->count && ok; i++) {
        const AlikeName *name = &a->list[i];
        TextHash hash = name->pieces[0];
        for (size_t j = 0; j < name->master.count; j++)
            hash = text_hash_join(
                text_hash_join(hash,
                               parts[name->kind->name_caseless][name->master.slots[j].spelling]),
                name->pieces[j + 1]);
        ok = hashset_add(&names->hashes, text_hash_end(hash, str_hash(name->kind->name)));
    }
    return ok;
}

// A copy whose name is somebody else's has no text of its own: nothing is a copy then, and each
// workflow is looked at by itself.
static void add_copies(Unit *u, Names *names) {
    for (size_t i = 0; i < u->copy_count && !u->apart; i++)
        u->apart = !add_copy(u, names, &u->copies[i]);
}

static void find_twins(Unit *u, Names *names, const bool *good, Buf *scratch) {
    size_t count = names->single_count;
    for (size_t i = 0; i < names->pattern_count; i++)
        count += unit_items_unasked(u, names->patterns[i].resource->axis).count;
    names->cap = hashset_for(u->arena, count).cap;
    names->slots = arena_new(u->arena, Named, names->cap);
    for (size_t i = 0; i < u->count; i++)
        if (good[i])
            find_twins_of(u, names, u->resources[i], scratch);
}

// All names that are looked up, but those of copies.
static void add_all(Unit *u, Names *names) {
    size_t copies = find_alikes(u, names), count = names->single_count + copies;
    bool *apart = arena_new(u->arena, bool, names->pattern_count + 1);
    for (size_t i = 0; i < names->pattern_count; i++) {
        const Pattern *p = &names->patterns[i];
        apart[i] = is_apart(u, names, p);
        count += apart[i] ? 0 : unit_items_unasked(u, p->resource->axis).count;
    }
    names->hashes = hashset_for(u->arena, count);
    for (size_t i = 0; i < names->single_count; i++)
        add_hash(names, hash_of(names->singles[i].resource->kind, names->singles[i].name));
    for (size_t i = 0; i < names->pattern_count; i++)
        if (!apart[i])
            add_instances(u, names, &names->patterns[i]);
}

void names_unit(Unit *u) {
    Arena own = {.on_oom = u->arena->on_oom, .oom_arg = u->arena->oom_arg};
    Unit brief = *u; // the names are needed no longer than they are compared
    brief.arena = &own;
    Names names = {.patterns = arena_new(&own, Pattern, u->count + 1),
                   .singles = arena_new(&own, Single, u->count + 1)};
    Buf scratch = {.arena = &own};
    bool *good = arena_new(&own, bool, u->count + 1);
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        parts_check(&brief, r);
        good[i] = has_names(r) && check_literals(&brief, &names, r);
        if (!good[i])
            continue;
        check_items(&brief, &names, r);
        check_names(&brief, &names, r, &scratch);
    }
    add_all(&brief, &names);
    if (names.twice)
        find_twins(&brief, &names, good, &scratch);
    add_copies(&brief, &names);
    u->apart = brief.apart;
    for (size_t i = 0; i < names.pattern_count; i++)
        buf_free(&names.patterns[i].text.text);
    regex_free(names.regex);
    buf_free(&scratch);
    arena_free(&own);
}
