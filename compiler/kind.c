// kind.c - loading kinds, and checking that every hole in them names something.
#include "kind_parts.h"

#include "build.h"
#include "embedded.h"
#include "file.h"
#include "limits.h"
#include "yaml.h"

#include <stdlib.h>
#include <string.h>

const char *const builtin_names[BUILTIN_COUNT] = {
    [BUILTIN_SYSTEM] = "system",
    [BUILTIN_DEPLOYMENT] = "deployment",
    [BUILTIN_ENV] = "env",
    [BUILTIN_VERSION] = "version",
    [BUILTIN_REGION] = "region",
    [BUILTIN_ACCOUNT] = "account",
    [BUILTIN_PARTITION] = "partition",
    [BUILTIN_PROJECT] = "project",
    [BUILTIN_USER] = "user",
    [BUILTIN_WORKFLOW] = "workflow",
    [BUILTIN_ID] = "id",
    [BUILTIN_PATH] = "path",
};

bool builtin_find(Str name, Builtin *which) {
    for (int i = 0; i < BUILTIN_COUNT; i++) {
        if (str_is(name, builtin_names[i])) {
            *which = (Builtin)i;
            return true;
        }
    }
    return false;
}

static int by_path(const void *key, const void *file) {
    return strcmp(key, ((const EmbeddedFile *)file)->path);
}

static const EmbeddedFile *embedded_file(Kinds *kinds, Str path) {
    Str name = arena_str(kinds->arena, path);
    return bsearch(name.ptr, embedded_files, embedded_count, sizeof *embedded_files, by_path);
}

static const Source *embedded_source(Kinds *kinds, const EmbeddedFile *file) {
    Source *src = arena_new(kinds->arena, Source, 1);
    src->path = str_fmt(kinds->arena, "templates/%s", file->path);
    src->text = (Str){file->text, file->size};
    return src;
}

// Nodes and what they hold are filled into memory that was taken for all of a file.
typedef struct Reader {
    const Source *src;
    const char *words;
    const EmbeddedNode *at;
    Node *node;  // the next one that is free
    Node **held; // and the next place for one that is in a list or a map
} Reader;

static Node **hold(Reader *r, size_t count) {
    Node **places = r->held;
    r->held += count;
    return places;
}

// Takes the next node, and what is in it.
static Node *embedded_node(Reader *r) {
    const EmbeddedNode *e = r->at++;
    Node *n = r->node++;
    *n = (Node){
        .type = e->type,
        .style = e->style,
        .tag = e->tag,
        .count = e->count,
        .cap = e->count,
        .loc = {r->src, e->line, e->col, e->marked}
    };
    if (e->type == NODE_LIST) {
        n->items = hold(r, e->count);
        for (uint32_t i = 0; i < e->count; i++)
            n->items[i] = embedded_node(r);
    } else if (e->type == NODE_MAP) {
        n->entries = (Entry *)hold(r, 2 * (size_t)e->count); // an entry is a key and its value
        for (uint32_t i = 0; i < e->count; i++) {
            n->entries[i].key = embedded_node(r);
            n->entries[i].value = embedded_node(r);
        }
    } else {
        n->text = (Str){r->words + e->word, e->len};
    }
    return n;
}

enum { LOOKED = 1 }; // the lowest bit; the others are for the folders in turn

// The same for a path that may be a folder.
static int by_path_or_below(const void *key, const void *file) {
    const char *path = ((const EmbeddedFile *)file)->path;
    size_t len = strlen(key);
    int order = strncmp(key, path, len);
    return order || !path[len] || path[len] == '/' ? order : '/' - path[len];
}

bool template_exists(const char *path) {
    return bsearch(path, embedded_files, embedded_count, sizeof *embedded_files, by_path_or_below);
}

// Beside templates of their own, systems keep their handlers in handlers/.
static bool is_template(Kinds *kinds, Str folder, Str name) {
    Str path = str_fmt(kinds->arena, "%.*s/%.*s", SFMT(folder), SFMT(name));
    return str_ends(name, S(".mustache")) || str_ends(name, S(".yaml")) ||
           template_exists(path.ptr);
}

static bool has_templates(Kinds *kinds, const char *dir, Str folder) {
    Str path = str_fmt(kinds->arena, "%s/%.*s", dir, SFMT(folder)), *names;
    size_t count = file_list(kinds->arena, kinds->diags, path.ptr, "", &names);
    for (size_t i = 0; i < count; i++)
        if (is_template(kinds, folder, names[i]))
            return true;
    return false;
}

// Which of the folders that come before the embedded ones have some of one called so.
static uintptr_t dirs_with(Kinds *kinds, Str folder) {
    uintptr_t found = (uintptr_t)strmap_get(&kinds->folders, folder);
    if (found)
        return found;
    found = LOOKED;
    for (size_t i = 0; kinds->dirs && kinds->dirs[i]; i++)
        if (has_templates(kinds, kinds->dirs[i], folder))
            found |= (uintptr_t)LOOKED << (i + 1);
    strmap_put(&kinds->folders, kinds->arena, arena_str(kinds->arena, folder), (void *)found);
    return found;
}

// A file in one of them.
static const Source *own_source(Kinds *kinds, Str path) {
    const Source *src = NULL;
    Str rest = path, folder;
    str_split(&rest, '/', &folder);
    uintptr_t found = rest.ptr ? dirs_with(kinds, folder) : UINTPTR_MAX;
    for (size_t i = 0; kinds->dirs && kinds->dirs[i] && !src; i++) {
        if (!(found >> (i + 1) & 1))
            continue;
        Str full = str_fmt(kinds->arena, "%s/%.*s", kinds->dirs[i], SFMT(path));
        src = file_read_if_there(kinds->arena, kinds->diags, full.ptr, LIMIT_FILE_BYTES);
    }
    return src;
}

bool template_is_own(Kinds *kinds, Str path) {
    return str_ends(path, S(".yaml")) ? own_source(kinds, path) != NULL
                                      : dirs_with(kinds, path) != LOOKED;
}

const Source *template_source(Kinds *kinds, Str path) {
    const Source *src = own_source(kinds, path);
    const EmbeddedFile *file = src ? NULL : embedded_file(kinds, path);
    return file ? embedded_source(kinds, file) : src;
}

Node *template_tree(Kinds *kinds, Str path) {
    const Source *src = own_source(kinds, path);
    if (src)
        return yaml_read(kinds->arena, kinds->diags, src, YAML_TEMPLATE);
    const EmbeddedFile *file = embedded_file(kinds, path);
    if (!file || !file->tree)
        return NULL;
    Reader r = {.src = embedded_source(kinds, file),
                .words = file->words,
                .at = file->tree,
                .node = arena_space(kinds->arena, sizeof(Node), file->nodes),
                .held = arena_space(kinds->arena, sizeof(Node *), file->nodes)};
    return embedded_node(&r);
}

// A kind while it is being loaded.
typedef struct Loader {
    Kinds *kinds;
    Kind *kind;
    const Node *root;
} Loader;

static void complain(Loader *l, Loc at, const char *what, Str text) {
    diag_error(l->kinds->diags, at, "template", "%s `%.*s`", what, SFMT(text));
}

static bool resolve_builtin(Hole *hole) {
    Builtin which;
    if (!builtin_find(hole->path[0], &which))
        return false;
    hole->base = BASE_BUILTIN;
    hole->index = which;
    bool fits = hole->path_len == 1 || which == BUILTIN_USER;
    hole->path_len = 1; // `user.retention` is one piece of text, no member of another
    return fits;
}

// A path may go as deep as the declared shape, and no deeper.
static bool path_fits(const Field *field, const Hole *hole) {
    for (uint32_t i = 1; i < hole->path_len; i++) {
        if (field->type == FIELD_REF || field->type == FIELD_ANY || field->type == FIELD_ENUM)
            return true; // of a reference: an attribute, checked when the target is known
        const Shape *shape = &field->shape;
        if (field->otherwise && !shape->count)
            shape = &field->otherwise->shape;
        const Field *next = shape_find(shape, hole->path[i]);
        if (!next)
            return false;
        field = next;
    }
    return true;
}

static bool resolve_make(const Kind *kind, Hole *hole) {
    for (size_t i = 0; i < kind->make_count; i++) {
        if (!str_eq(kind->makes[i].name, hole->path[0]))
            continue;
        hole->base = BASE_MAKE;
        hole->index = (uint32_t)i;
        return true;
    }
    return false;
}

static bool resolve_param(const Kind *kind, Hole *hole) {
    for (size_t i = 0; i < kind->param_count; i++) {
        if (!str_eq(kind->params[i].name, hole->path[0]))
            continue;
        hole->base = BASE_PARAM;
        hole->index = (uint32_t)i;
        return hole->path_len == 1;
    }
    return false;
}

static bool resolve_hole(void *ctx, Hole *hole) {
    Loader *l = ctx;
    const Kind *kind = l->kind;
    ptrdiff_t field = kind_field(kind, hole->path[0]);
    bool known = true;
    if (str_eq(hole->path[0], S("self"))) {
        hole->base = BASE_SELF;
        known = hole->path_len == 1 || str_eq(hole->path[1], S("name")) ||
                str_eq(hole->path[1], S("id")) || kind_attr(kind, hole->path[1]);
    } else if (str_eq(hole->path[0], S("owner"))) {
        hole->base = BASE_OWNER;
    } else if (field >= 0 &&
               !str_eq(hole->path[0], S("id"))) { // `id` is the base name, given or not
        hole->base = BASE_FIELD;
        hole->index = (uint32_t)field;
        known = path_fits(&kind->shape.fields[field], hole);
    } else {
        known = resolve_builtin(hole) || resolve_make(kind, hole) || resolve_param(kind, hole);
    }
    if (!known)
        complain(l, hole->loc, "nothing here is called", hole->text);
    return known;
}

static void compile(Loader *l, Node *body) {
    if (!body)
        return;
    Resolver r = {resolve_hole, l, l->kinds->arena, l->kinds->diags};
    template_compile(&r, body);
}

static Node *compiled_scalar(Loader *l, Node *scalar) {
    Resolver r = {resolve_hole, l, l->kinds->arena, l->kinds->diags};
    return scalar ? template_pattern(&r, scalar) : NULL;
}

static void load_attrs(Loader *l) {
    const Node *map = node_get(l->root, S("attrs"));
    uint32_t count = map ? map->count : 0;
    Attr *attrs = arena_new(l->kinds->arena, Attr, count + 1);
    l->kind->attrs = attrs;
    l->kind->attr_count = count; // names first: bodies and spellings refer to one another
    for (uint32_t i = 0; i < count; i++)
        attrs[i].name = map->entries[i].key->text;
    for (uint32_t i = 0; i < count; i++) {
        const Node *body = map->entries[i].value;
        Str cfn = node_get_str(body, S("cfn"));
        attrs[i].part = node_get_str(body, S("part"));
        attrs[i].cfn = str_starts(cfn, S("GetAtt ")) ? str_cut(cfn, 7, cfn.len) : (Str){0};
        attrs[i].tf = node_get_str(body, S("tf"));
        const Node *tf_part = node_get(body, S("tf-part"));
        attrs[i].tf_part = tf_part ? node_str(tf_part) : attrs[i].part;
        attrs[i].doc = node_get_str(body, S("doc"));
        attrs[i].first = node_get(body, S("first"));
        attrs[i].spelled_only = !cfn.len && !attrs[i].tf.len;
        attrs[i].spelled = compiled_scalar(l, node_get(body, S("spelled")));
        if (!attrs[i].spelled && !cfn.len && !attrs[i].first)
            complain(l, body->loc,
                     "an attribute is spelled or has a form for each target:", attrs[i].name);
    }
}

static void load_verbs(Loader *l) {
    const Node *map = node_get(l->root, S("grants"));
    uint32_t count = map ? map->count : 0;
    Verb *verbs = arena_new(l->kinds->arena, Verb, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        Node *body = map->entries[i].value;
        Node *list = body;
        if (node_is_map(body)) {
            list = node_list(l->kinds->arena, body->loc);
            node_push(l->kinds->arena, list, body);
        }
        compile(l, list);
        verbs[i] = (Verb){.name = map->entries[i].key->text, .statements = list};
    }
    l->kind->verbs = verbs;
    l->kind->verb_count = count;
}

static void load_makes(Loader *l) {
    const Node *map = node_get(l->root, S("makes"));
    uint32_t count = map ? map->count : 0;
    Make *makes = arena_new(l->kinds->arena, Make, count + 1);
    for (uint32_t i = 0; i < count; i++)
        makes[i].name = map->entries[i].key->text;
    l->kind->makes = makes; // names first, as with attributes
    l->kind->make_count = count;
    for (uint32_t i = 0; i < count; i++) {
        makes[i].body = map->entries[i].value;
        makes[i].is_list = node_get(makes[i].body, S("$for")) != NULL;
        compile(l, makes[i].body);
    }
}

static void load_params(Loader *l) {
    const Node *map = node_get(l->root, S("parameters"));
    uint32_t count = map ? map->count : 0;
    KindParam *params = arena_new(l->kinds->arena, KindParam, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const Node *body = map->entries[i].value;
        params[i] = (KindParam){.name = map->entries[i].key->text,
                                .type = node_get_str(body, S("type")),
                                .doc = node_get_str(body, S("doc")),
                                .shared = node_is_word(node_get(body, S("shared")), S("true"))};
    }
    l->kind->params = params;
    l->kind->param_count = count;
}

static Apart apart_of(Loader *l, const Node *word) {
    static const char *const words[] = {"region", "account", "anywhere", "nowhere"};
    for (size_t i = 0; i < COUNT(words) && word; i++)
        if (node_is_word(word, str_from(words[i])))
            return (Apart)i;
    if (word)
        complain(l, word->loc, "a name is unique in a region, an account, anywhere or nowhere, not",
                 node_str(word));
    return APART_REGION;
}

static void load_name(Loader *l) {
    const Node *name = node_get(l->root, S("name"));
    long long n;
    l->kind->name_pattern = node_get(name, S("pattern"));
    l->kind->name_chars = node_get_str(name, S("chars"));
    l->kind->name_min = node_to_int(node_get(name, S("min")), &n) ? (size_t)n : 1;
    l->kind->name_max = node_to_int(node_get(name, S("max")), &n) ? (size_t)n : 255;
    l->kind->name_form = node_get_str(node_get(name, S("form")), S("matches"));
    l->kind->name_form_says = node_get_str(node_get(name, S("form")), S("says"));
    l->kind->name_caseless = node_is_word(node_get(name, S("caseless")), S("true"));
    l->kind->name_suffix = node_get(name, S("suffix"));
    l->kind->name_apart = apart_of(l, node_get(name, S("unique")));
    compile(l, l->kind->name_suffix);
}

// The kind's own fields, then those that every kind has.
static void load_shape(Loader *l) {
    Kinds *kinds = l->kinds;
    Shape own = {0};
    shape_load(kinds->arena, kinds->diags, node_get(l->root, S("fields")), l->kind->name, &own);
    Shape *all = &l->kind->shape;
    all->what = l->kind->name;
    all->count = own.count + kinds->common.count;
    all->fields = arena_new(kinds->arena, Field, all->count + 1);
    if (own.count)
        memcpy(all->fields, own.fields, own.count * sizeof(Field));
    memcpy(all->fields + own.count, kinds->common.fields, kinds->common.count * sizeof(Field));
    l->kind->own_fields = own.count;
    for (size_t i = 0; i < all->count; i++)
        strmap_put(&l->kind->index, kinds->arena, all->fields[i].name, (void *)(intptr_t)(i + 1));
    for (size_t i = 0; i < own.count; i++)
        if (shape_find(&kinds->common, own.fields[i].name))
            complain(l, own.fields[i].loc, "every kind has a field", own.fields[i].name);
}

// The condition becomes a template that is something if it holds.
static Node *compiled_condition(Loader *l, Node *condition) {
    if (!condition)
        return NULL;
    Node *map = node_map(l->kinds->arena, condition->loc);
    node_set(l->kinds->arena, map, S("$if"), condition);
    node_set(l->kinds->arena, map, S("holds"), node_bool(l->kinds->arena, true, condition->loc));
    compile(l, map);
    return map;
}

static void compile_children(Loader *l, Shape *shape) {
    for (size_t i = 0; i < shape->count; i++) {
        compile(l, shape->fields[i].child);
        shape->fields[i].only_with = compiled_condition(l, shape->fields[i].only_with);
        compile_children(l, &shape->fields[i].shape);
        if (shape->fields[i].of)
            compile_children(l, &shape->fields[i].of->shape);
    }
}

static void load_bodies(Loader *l) {
    Kind *kind = l->kind;
    struct {
        const char *key;
        Node **body;
        bool is_template;
    } bodies[] = {
        {"cloudformation", &kind->cloudformation, true },
        {"terraform",      &kind->terraform,      true },
        {"env",            &kind->env,            true },
        {"rules",          &kind->rules,          true },
        {"permits",        &kind->permits,        true },
        {"uses",           &kind->uses,           true },
        {"policy",         &kind->policy,         true },
        {"runtime",        &kind->runtime,        true },
        {"deploy",         &kind->deploy,         true },
        {"look",           &kind->look,           true },
        {"remove",         &kind->remove,         true },
        {"adopt",          &kind->adopt,          true },
        {"widgets",        &kind->widgets,        true },
        {"price",          &kind->price,          true },
        {"quotas",         &kind->quotas,         true },
        {"policy-limit",   &kind->policy_limit,   false},
        {"replaces",       &kind->replaces,       false},
        {"examples",       &kind->examples,       false},
    };
    for (size_t i = 0; i < COUNT(bodies); i++) {
        *bodies[i].body = node_get(l->root, str_from(bodies[i].key));
        if (bodies[i].is_template)
            compile(l, *bodies[i].body);
    }
}

static void check_keys(Loader *l) {
    static const char *const keys[] = {
        "kind",     "section",  "shorthand",      "doc",       "name",  "fields",
        "attrs",    "grants",   "makes",          "permits",   "rules", "env",
        "stack",    "widgets",  "cloudformation", "terraform", "price", "quotas",
        "replaces", "examples", "internal",       "policy",    "uses",  "parameters",
        "runtime",  "deploy",   "look",           "remove",    "adopt", "policy-limit",
    };
    for (uint32_t i = 0; i < l->root->count; i++) {
        const Node *key = l->root->entries[i].key;
        if (!str_is_one_of(key->text, keys, COUNT(keys)))
            complain(l, key->loc, "a kind has no key", key->text);
    }
}

static void load_common(Kinds *kinds) {
    if (kinds->common.count)
        return;
    const Node *root = template_tree(kinds, S("language/common.yaml"));
    shape_load(kinds->arena, kinds->diags, node_get(root, S("fields")), S("resource"),
               &kinds->common);
}

static Kind *load(Kinds *kinds, const Node *root, Str name) {
    load_common(kinds);
    Kind *kind = arena_new(kinds->arena, Kind, 1);
    Loader l = {kinds, kind, root};
    kind->src = root->loc.src;
    kind->loc = root->loc;
    kind->name = node_get_str(root, S("kind"));
    kind->section = node_get_str(root, S("section"));
    kind->doc = node_get_str(root, S("doc"));
    kind->shorthand = node_get_str(root, S("shorthand"));
    kind->stack = node_get_str(root, S("stack"));
    kind->internal = node_is_word(node_get(root, S("internal")), S("true"));
    if (!str_eq(kind->name, name))
        complain(&l, root->loc, "the file's name and its `kind` must be the same:", kind->name);
    check_keys(&l);
    load_shape(&l);
    load_params(&l);
    load_attrs(&l);
    load_makes(&l);
    load_name(&l);
    load_verbs(&l);
    compile_children(&l, &kind->shape);
    load_bodies(&l);
    kind_load_headers(kinds->arena, kind);
    return kind;
}

const Kind *kind_find(Kinds *kinds, Str name) {
    Kind *kind = strmap_get(&kinds->by_name, name);
    if (kind)
        return kind;
    const Node *root = template_tree(kinds, str_fmt(kinds->arena, "kinds/%.*s.yaml", SFMT(name)));
    kind = node_is_map(root) ? load(kinds, root, name) : NULL;
    if (kind)
        strmap_put(&kinds->by_name, kinds->arena, kind->name, kind);
    return kind;
}

// A section is its kind's name in the plural; the kind's file confirms which plural it is.
const Kind *kind_of_section(Kinds *kinds, Str key) {
    const Str endings[][2] = {
        {S(""),    S("") },
        {S("s"),   S("") },
        {S("es"),  S("") },
        {S("ies"), S("y")}
    };
    const Kind *kind = NULL;
    for (size_t i = 0; i < COUNT(endings) && !kind; i++) {
        if (!str_ends(key, endings[i][0]))
            continue;
        Str stem = str_cut(key, 0, key.len - endings[i][0].len);
        kind = kind_find(kinds, str_fmt(kinds->arena, "%.*s%.*s", SFMT(stem), SFMT(endings[i][1])));
        if (kind && !str_eq(kind->section, key))
            kind = NULL;
    }
    return kind;
}

Kinds kinds_beside(const Kinds *kinds, Arena *a, Diags *d) {
    Kinds beside = *kinds;
    beside.arena = a;
    beside.diags = d;
    beside.by_name = strmap_copy(&kinds->by_name, a);
    beside.services = strmap_copy(&kinds->services, a);
    beside.folders = strmap_copy(&kinds->folders, a);
    return beside;
}

static int by_name(const void *a, const void *b) {
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

size_t kind_names(Kinds *kinds, Str **names) {
    const Str prefix = S("kinds/"), suffix = S(".yaml");
    size_t count = 0, room = embedded_count;
    Str *own[8] = {0};
    size_t own_count[8] = {0};
    for (size_t i = 0; i < COUNT(own) && kinds->dirs && kinds->dirs[i]; i++) {
        Str dir = str_fmt(kinds->arena, "%s/kinds", kinds->dirs[i]);
        own_count[i] = file_list(kinds->arena, kinds->diags, dir.ptr, ".yaml", &own[i]);
        room += own_count[i];
    }
    *names = arena_new(kinds->arena, Str, room + 1);
    for (size_t i = 0; i < embedded_count; i++) {
        Str path = str_from(embedded_files[i].path);
        if (str_starts(path, prefix))
            (*names)[count++] = str_cut(path, prefix.len, path.len - suffix.len);
    }
    for (size_t i = 0; i < COUNT(own); i++)
        for (size_t j = 0; j < own_count[i]; j++)
            (*names)[count++] = str_cut(own[i][j], 0, own[i][j].len - suffix.len);
    qsort(*names, count, sizeof **names, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !str_eq((*names)[kept - 1], (*names)[i]))
            (*names)[kept++] = (*names)[i];
    return kept;
}

const Attr *kind_attr(const Kind *kind, Str name) {
    for (size_t i = 0; i < kind->attr_count; i++)
        if (str_eq(kind->attrs[i].name, name))
            return &kind->attrs[i];
    return NULL;
}

const Verb *kind_verb(const Kind *kind, Str name) {
    for (size_t i = 0; i < kind->verb_count; i++)
        if (str_eq(kind->verbs[i].name, name))
            return &kind->verbs[i];
    return NULL;
}

ptrdiff_t kind_field(const Kind *kind, Str name) {
    return (ptrdiff_t)(intptr_t)strmap_get(&kind->index, name) - 1;
}
