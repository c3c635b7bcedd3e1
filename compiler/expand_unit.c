// expand_unit.c - the top of a spec: the system itself, its projects and users, its parameters,
// and the sections of kinds.
#include "expand.h"

#include "alike.h"
#include "blueprint.h"
#include "build.h"
#include "hashset.h"
#include "words.h"

#include <string.h>

static void load_stage_shape(Unit *u) {
    const Node *root = template_tree(u->kinds, S("language/stage.yaml"));
    if (root)
        shape_load(u->arena, u->diags, node_get(root, S("fields")), S("stage"), &u->stage);
}

static void note_length(ItemTexts *texts, size_t len) {
    texts->shortest = texts->longest && texts->shortest < len ? texts->shortest : len;
    texts->longest = texts->longest > len ? texts->longest : len;
}

static void note_chars(ItemTexts *texts, unsigned first, unsigned all) {
    texts->dashes = texts->dashes || all & WORD_DASH;
    texts->underscores = texts->underscores || all & WORD_UNDERSCORE;
    texts->capitals = texts->capitals || all & WORD_CAPITAL;
    texts->digits_first = texts->digits_first || first == WORD_DIGIT;
}

// Notes what there is in it as well.
static bool is_item_name(Str s, ItemTexts *texts) {
    unsigned first = s.len ? word_chars(str_cut(s, 0, 1)) : WORD_OTHER, all = first | word_chars(s);
    note_length(texts, s.len);
    note_chars(texts, first, all);
    return s.len <= 64 && !(first & (WORD_DASH | WORD_UNDERSCORE)) && !(all & WORD_OTHER);
}

static bool check_item_name(Unit *u, const Node *name, const char *what, ItemTexts *texts) {
    if (is_item_name(name->text, texts))
        return true;
    diag_error(u->diags, name->loc, "wrong-type", "a %s cannot be called `%.*s`", what,
               SFMT(name->text));
    diag_help(u->diags, "use letters, digits, `-` and `_`: it becomes part of physical names");
    return false;
}

// A user is a name, or a map of one name to its fields.
static void read_user(Unit *u, const Item *project, const Node *name, Node *fields) {
    if (!node_is_scalar(name)) {
        diag_error(u->diags, name->loc, "wrong-type",
                   "a user is a name, or `NAME: {field: value}`");
        return;
    }
    if (!check_item_name(u, name, "user", &u->of_users))
        return;
    if (fields && !node_is_map(fields) && !node_is_null(fields)) {
        diag_error(u->diags, fields->loc, "wrong-type", "the fields of a user are a map");
        return;
    }
    Node *own = node_is_map(fields) ? fields : NULL;
    u->of_users.own_ids = u->of_users.own_ids || node_get(own, S("id"));
    u->users.list[u->users.count++] = (Item){project->project, name->text, own, name};
}

// What words are is known: each is a name of a user.
static void read_words(Unit *u, const Item *project, const Node *words) {
    Item user = {.project = project->project, .at = words};
    unsigned all = 0;
    for (uint32_t i = 0; i < words->count; i++) {
        user.user = words_at(words, i);
        all |= words->words[i].chars;
        note_length(&u->of_users, user.user.len);
        u->users.list[u->users.count++] = user;
    }
    note_chars(&u->of_users, 0, all);
}

static void read_users(Unit *u, const Item *project, const Node *users) {
    if (node_is_null(users))
        return;
    if (users->type == NODE_WORDS) {
        read_words(u, project, users);
    } else if (node_is_map(users)) {
        for (uint32_t i = 0; i < users->count; i++)
            read_user(u, project, users->entries[i].key, users->entries[i].value);
    } else if (node_is_list(users)) {
        for (uint32_t i = 0; i < users->count; i++) {
            Node *item = users->items[i];
            bool pair = node_is_map(item) && item->count == 1;
            read_user(u, project, pair ? item->entries[0].key : item,
                      pair ? item->entries[0].value : NULL);
        }
    } else {
        diag_error(u->diags, users->loc, "wrong-type",
                   "the users of a project are a list of names");
        diag_help(u->diags, "write `%.*s: [NAME, NAME]`", SFMT(project->project));
    }
}

// What is there twice counts once, so that no more is said of it.
static void report_twins(Unit *u, Items *all, const char *what) {
    Items items = *all;
    Item *kept = arena_new(u->arena, Item, items.count);
    all->list = kept;
    all->count = 0;
    StrMap keys = {0}, ids = {0};
    strmap_reserve(&keys, u->scratch, items.count);
    strmap_reserve(&ids, u->scratch, items.count);
    for (size_t i = 0; i < items.count; i++) {
        Item *item = &items.list[i];
        Str key = item_key(u->scratch, item), id = item_id(u->scratch, item);
        const Item *same = strmap_put(&keys, u->scratch, key, item);
        const Item *alike = strmap_put(&ids, u->scratch, id, item);
        if (same) {
            diag_error(u->diags, item_place(item), "duplicate-name", "%s `%.*s` is there twice",
                       what, SFMT(key));
            diag_also(u->diags, item_place(same), "first here");
            continue;
        }
        if (alike) {
            Str other = item_key(u->scratch, alike);
            diag_error(u->diags, item_place(item), "duplicate-id",
                       "`%.*s` and `%.*s` give one logical id, `%.*s`", SFMT(other), SFMT(key),
                       SFMT(id));
            diag_also(u->diags, item_place(alike), "the other one");
            diag_help(u->diags, "give one of them an id of its own: `%.*s: {id: NAME}`",
                      SFMT(item->user.len ? item->user : item->project));
        }
        kept[all->count++] = *item;
    }
    arena_reset(u->scratch);
}

// Of two keys that differ, without anything that an id leaves out or could have made itself, a
// capital in the middle of an id is where the user begins.
static bool ids_follow_keys(const ItemTexts *texts) {
    return !texts->dashes && !texts->underscores && !texts->capitals && !texts->own_ids;
}

// Whether two users of a project may be one; projects are keys of a map. Where each comes behind
// the one before, they are not.
static bool may_have_one_key(Unit *u, Items users) {
    size_t rising = 1;
    for (; rising < users.count; rising++)
        if (users.list[rising].project.ptr == users.list[rising - 1].project.ptr &&
            str_cmp(users.list[rising - 1].user, users.list[rising].user) >= 0)
            break;
    if (rising >= users.count)
        return false;
    HashSet keys = hashset_for(u->scratch, users.count);
    TextHash project = {0};
    bool may = false;
    for (size_t i = 0; i < users.count && !may; i++) {
        bool same = i > 0 && users.list[i].project.ptr == users.list[i - 1].project.ptr;
        project = same ? project : text_hash(users.list[i].project, false);
        may =
            !hashset_add(&keys, text_hash_end(text_hash(users.list[i].user, false), project.value));
    }
    arena_reset(u->scratch);
    return may;
}

static bool may_have_one_id(Unit *u, Items items) {
    HashSet ids = hashset_for(u->scratch, items.count);
    bool may = false;
    for (size_t i = 0; i < items.count && !may; i++)
        may = !hashset_add(&ids, str_hash(item_id(u->scratch, &items.list[i])));
    arena_reset(u->scratch);
    return may;
}

static void check_twins(Unit *u) {
    bool plain = ids_follow_keys(&u->of_projects);
    u->of_projects.twins = !plain && may_have_one_id(u, u->projects);
    plain = plain && ids_follow_keys(&u->of_users) && !u->of_users.digits_first;
    u->of_users.twins = may_have_one_key(u, u->users) || (!plain && may_have_one_id(u, u->users));
    if (u->of_projects.twins)
        report_twins(u, &u->projects, "project");
    if (u->of_users.twins)
        report_twins(u, &u->users, "user");
}

static void read_projects(Unit *u, const Node *projects) {
    uint32_t count = node_is_map(projects) ? projects->count : 0;
    size_t users = 0;
    for (uint32_t i = 0; i < count; i++)
        users += projects->entries[i].value->count;
    u->projects.list = arena_new(u->arena, Item, count);
    u->users.list = arena_space(u->arena, sizeof(Item), users);
    for (uint32_t i = 0; i < count; i++) {
        const Entry *e = &projects->entries[i];
        if (!check_item_name(u, e->key, "project", &u->of_projects))
            continue;
        Item *project = &u->projects.list[u->projects.count++];
        *project = (Item){.project = e->key->text, .at = e->key};
        read_users(u, project, e->value);
    }
    check_twins(u);
}

// What a parameter `of` a field stands for is known when that field is: link fills it in.
static void read_params(Unit *u, const Node *params) {
    uint32_t count = node_is_map(params) ? params->count : 0;
    u->params = arena_new(u->arena, Param *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const Entry *e = &params->entries[i];
        Param *p = arena_new(u->arena, Param, 1);
        p->name = e->key->text;
        p->loc = e->key->loc;
        p->value = node_get(e->value, S("default"));
        p->type = node_get_str(e->value, S("type"));
        p->doc = node_get_str(e->value, S("doc"));
        if (!p->type.len)
            p->type = node_is_list(p->value) ? S("list") : S("string");
        u->params[u->param_count++] = p;
    }
}

// A field of the system itself, or NULL. Of those that every kind has, it has two.
static const Field *system_field(const Kind *system, Str key) {
    const Field *field = shape_find(&system->shape, key);
    bool own = field && (size_t)(field - system->shape.fields) < system->own_fields;
    return own || str_eq(key, S("tags")) || str_eq(key, S("usage")) ? field : NULL;
}

// Reports it, and returns what was meant, or nothing.
static Str unknown_section(Unit *u, const Node *key, const Kind *system) {
    Str *kinds, *names;
    size_t kind_count = kind_names(u->kinds, &kinds), count = 0;
    names = arena_new(u->arena, Str, kind_count + system->shape.count);
    for (size_t i = 0; i < kind_count; i++) {
        const Kind *kind = kind_find(u->kinds, kinds[i]);
        if (kind && !kind->internal)
            names[count++] = kind->section;
    }
    for (size_t i = 0; i < system->own_fields; i++)
        names[count++] = system->shape.fields[i].name;
    diag_error(u->diags, key->loc, "unknown-key", "unknown key `%.*s` in a system",
               SFMT(key->text));
    ptrdiff_t best = diag_suggest(u->diags, key->loc, key->text, names, count);
    diag_note(u->diags, "`wgen explain system` lists what a system may have");
    if (best < 0 || node_get(u->root, names[best]))
        return (Str){0};
    diag_guessed(u->diags);
    return names[best];
}

static Node *known_as(Unit *u, const Node *key, Str name) {
    return node_string(u->arena, name, key->loc);
}

// Of the defaults of one kind, those that are right: each resource would report the others again.
static Node *known_fields(Unit *u, const Kind *kind, const Entry *defaults) {
    Str where = str_fmt(u->arena, "the defaults of %.*ss", SFMT(kind->name));
    Checker c = expand_checker(u, kind, where, defaults->key->loc);
    c.partial = true;
    Node *known = node_map(u->arena, defaults->value->loc);
    for (uint32_t i = 0; i < defaults->value->count; i++) {
        const Entry *e = &defaults->value->entries[i];
        const Field *field = shape_find(&kind->shape, e->key->text);
        Node *key = e->key;
        if (!field || field->derived) {
            field = shape_unknown_key(&c, &kind->shape, defaults->value, key);
            key = field ? known_as(u, key, field->name) : NULL;
        }
        size_t before = u->diags->errors;
        if (field && !node_is_null(e->value))
            field_check(&c, field, e->value);
        if (key && u->diags->errors == before)
            node_entry(u->arena, known, key, e->value);
        else
            strmap_put(&u->flawed, u->arena, kind->name, (void *)kind);
    }
    return known;
}

static const Kind *kind_of_defaults(Unit *u, const Node *defaults, const Node *key) {
    Str *names;
    size_t count = kind_names(u->kinds, &names);
    for (size_t i = 0; i < count; i++)
        if (str_eq(names[i], key->text))
            return kind_find(u->kinds, key->text);
    diag_error(u->diags, key->loc, "unknown-key", "no kind is called `%.*s`", SFMT(key->text));
    ptrdiff_t best = diag_suggest(u->diags, key->loc, key->text, names, count);
    if (best < 0 || node_get(defaults, names[best]))
        return NULL;
    diag_guessed(u->diags);
    return kind_find(u->kinds, names[best]);
}

static Node *known_defaults(Unit *u, const Node *defaults) {
    Node *known = node_map(u->arena, defaults->loc);
    for (uint32_t i = 0; i < defaults->count; i++) {
        const Entry *e = &defaults->entries[i];
        const Kind *kind = kind_of_defaults(u, defaults, e->key);
        if (!kind || node_is_null(e->value))
            continue;
        if (node_is_map(e->value))
            node_set(u->arena, known, kind->name, known_fields(u, kind, e));
        else
            diag_error(u->diags, e->value->loc, "wrong-type",
                       "the defaults of %.*ss are a map of fields, found %.*s", SFMT(kind->name),
                       SFMT(field_found(u->arena, e->value)));
    }
    return known;
}

// The root, without keys that mean nothing. One that is mistyped is taken for what it was meant to
// be, so that nothing that refers to what is in it is reported.
static Node *known_root(Unit *u, const Kind *system) {
    Node *known = node_map(u->arena, u->root->loc);
    for (uint32_t i = 0; i < u->root->count; i++) {
        const Entry *e = &u->root->entries[i];
        Node *key = e->key;
        if (!system_field(system, key->text) && !kind_of_section(u->kinds, key->text)) {
            Str meant = unknown_section(u, key, system);
            key = meant.len ? known_as(u, key, meant) : NULL;
        }
        if (!key)
            continue;
        bool defaults = str_eq(key->text, S("defaults")) && node_is_map(e->value);
        node_entry(u->arena, known, key, defaults ? known_defaults(u, e->value) : e->value);
    }
    return known;
}

// References and logical ids are made of names.
static bool check_name(Unit *u, const Node *name, Str what) {
    if (field_is_id(name->text))
        return true;
    diag_error(u->diags, name->loc, "wrong-type", "`%.*s` cannot be the name of %s %.*s",
               SFMT(name->text), str_article(what), SFMT(what));
    diag_help(u->diags, "begin with a letter, and use letters, digits, `-` and `_`, at most 64");
    return false;
}

static bool read_entry(Unit *u, const Kind *kind, const Entry *e, Node *def) {
    Str id = node_get_str(e->value, S("id"));
    if (def)
        expand_resource(u, (NewResource){.kind = kind,
                                         .id = id.len ? id : e->key->text,
                                         .path = e->key->text,
                                         .def = def,
                                         .loc = e->key->loc});
    return def != NULL;
}

static void add_copy(Unit *u, const Node *workflows, uint32_t at, const Alike *alike,
                     size_t before) {
    Copy *c = &u->copies[u->copy_count++];
    const Node *key = workflows->entries[at].key;
    *c = (Copy){.id = key->text, .loc = key->loc, .before = before};
    for (int i = 0; i < 2; i++) {
        c->like[i] = unit_find(u, workflows->entries[alike->like[i]].key->text);
        if (c->like[i])
            c->like[i]->copied++;
        else
            u->apart = true; // it has errors, which are reported for each
    }
}

static void read_workflows(Unit *u, const Kind *kind, const Node *workflows) {
    size_t base = u->dir.len; // specs/NAME -> specs/blueprints
    while (base > 0 && u->dir.ptr[base - 1] != '/')
        base--;
    Str folder = str_fmt(u->arena, "%.*sblueprints", (int)base, u->dir.ptr);
    Blueprints blueprints = {.own = node_get(u->root, S("blueprints")), .folder = folder};
    const Alike *alike = alike_find(u, workflows);
    size_t expanded = 0;
    u->copies = arena_new(u->arena, Copy, workflows->count);
    for (uint32_t i = 0; i < workflows->count; i++) {
        const Entry *e = &workflows->entries[i];
        if (alike[i].is_copy)
            add_copy(u, workflows, i, &alike[i], expanded);
        else if (check_name(u, e->key, kind->name))
            expanded +=
                read_entry(u, kind, e, blueprint_apply(u->arena, u->diags, &blueprints, e->value));
    }
}

static void read_section(Unit *u, const Kind *kind, const Entry *section) {
    if (!node_is_map(section->value)) {
        diag_error(u->diags, section->value->loc, "wrong-type", "`%.*s` is a map of names",
                   SFMT(section->key->text));
        diag_help(u->diags, "write `%.*s: {NAME: {...}}`", SFMT(section->key->text));
        return;
    }
    if (str_eq(kind->name, S("workflow"))) {
        read_workflows(u, kind, section->value);
        return;
    }
    for (uint32_t i = 0; i < section->value->count; i++) {
        const Entry *e = &section->value->entries[i];
        if (check_name(u, e->key, kind->name))
            read_entry(u, kind, e, e->value);
    }
}

// The keys of `root` that are fields of the system itself.
static Node *system_fields(Unit *u, const Kind *system) {
    Node *own = node_map(u->arena, u->root->loc);
    for (uint32_t i = 0; i < u->root->count; i++) {
        const Entry *e = &u->root->entries[i];
        if (system_field(system, e->key->text))
            node_entry(u->arena, own, e->key, e->value);
    }
    return own;
}

// Where the spec does not say it rightly, its file does.
static Str name_of_system(const Unit *u) {
    Str name = node_get_str(u->root, S("system"));
    size_t base = u->dir.len; // specs/NAME
    while (base > 0 && u->dir.ptr[base - 1] != '/')
        base--;
    return name.len ? name : str_cut(u->dir, base, u->dir.len);
}

void expand_unit(Unit *u) {
    load_stage_shape(u);
    const Kind *system = kind_find(u->kinds, S("system"));
    u->root = known_root(u, system);
    u->system = name_of_system(u);
    const Node *root = u->root;
    read_params(u, node_get(root, S("parameters")));
    NewResource self = {.kind = system, .id = u->system, .loc = root->loc, .path = S("")};
    self.def = system_fields(u, system);
    u->self = expand_resource(u, self);
    read_projects(u, node_get(root, S("projects")));
    for (uint32_t i = 0; i < root->count; i++) {
        const Entry *e = &root->entries[i];
        const Kind *kind =
            system_field(system, e->key->text) ? NULL : kind_of_section(u->kinds, e->key->text);
        if (kind && !kind->internal)
            read_section(u, kind, e);
    }
}
