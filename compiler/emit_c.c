// emit_c.c - handlers: for every function and worker the data of its templates, and those rendered.
// What a kind is to C is in templates/handlers/: a client-KIND partial, a row of calls.yaml.
#include "emit_c.h"

#include "build.h"
#include "c_text.h"
#include "c_types.h"
#include "embedded.h"
#include "emit.h"
#include "json.h"
#include "scope.h"
#include "text.h"
#include "uses.h"

typedef struct Maker {
    Unit *unit;
    Kinds *kinds;
    CTypes c;
    StrMap names; // of functions in C, to their Resource
    Node *calls;  // how a kind calls a function: object, message, route
    Node *programs;
    Node *scripts; // of jobs
    StrMap cut;    // templates
} Maker;

static Arena *arena(const Maker *m) {
    return m->unit->arena;
}

static void put(const Maker *m, Node *map, const char *key, Str value) {
    node_put(arena(m), map, key, value);
}

static void put_flag(const Maker *m, Node *map, const char *key, bool value) {
    node_put_flag(arena(m), map, key, value);
}

static void put_escaped(const Maker *m, Node *map, const char *key, Str value) {
    Buf b = {.arena = arena(m)};
    c_escape(&b, value);
    put(m, map, key, buf_keep(&b, arena(m)));
    buf_free(&b);
}

static void put_comment(const Maker *m, Node *map, const char *key, Str value) {
    enum { COLUMNS = 100 };
    Buf b = {.arena = arena(m)};
    c_comment(&b, value, COLUMNS);
    put(m, map, key, buf_keep(&b, arena(m)));
    buf_free(&b);
}

static Str upper(const Maker *m, Str text) {
    return c_macro(arena(m), snake_case(arena(m), text));
}

// --- What a program uses ---

// A name of the spec as a parameter, beside those that templates/handlers/client-* have anyway.
static Str parameter(const Maker *m, Str name) {
    static const char *const others[] = {"ctx",     "item",     "items", "most",  "count",
                                         "message", "unused_s", "swept", "wait_s"};
    Str word = c_word(arena(m), name);
    return str_is_one_of(word, others, COUNT(others)) ? str_fmt(arena(m), "%.*s_", SFMT(word))
                                                      : word;
}

static Node *put_places(const Maker *m, Node *client, const Resource *r) {
    Arena *a = arena(m);
    Node *places = node_list(a, r->loc);
    Str names[2] = {S("project"), S("user")};
    uint32_t count = r->axis == AXIS_USER ? 2 : r->axis == AXIS_PROJECT ? 1 : 0;
    if (r->axis == AXIS_RUNTIME)
        count = r->runtime->count;
    for (uint32_t i = 0; i < count; i++) {
        Str name = r->axis == AXIS_RUNTIME ? r->runtime->items[i]->text : names[i];
        Node *place = node_map(a, r->loc);
        put_escaped(m, place, "name", name);
        put(m, place, "c", parameter(m, name));
        put_flag(m, place, "more", i + 1 < count);
        node_push(a, places, place);
    }
    node_set(a, client, S("places"), places);
    return places;
}

// The pieces of a text that are known only when it runs, as `$(account)`.
static Str with_holes(const Maker *m, const Node *text) {
    Buf b = {.arena = arena(m)};
    for (uint32_t i = 0; text->type == NODE_TEXT && i < text->count; i++) {
        const Piece *p = &text->pieces[i];
        buf_fmt(&b, p->kind == PIECE_LITERAL ? "%.*s" : "$(%.*s)", SFMT(p->text));
    }
    Str done = text->type == NODE_TEXT ? buf_keep(&b, arena(m)) : node_str(text);
    buf_free(&b);
    return done;
}

// What one that is made at run time is made with: as those are that a stack makes.
static void put_made(const Maker *m, Node *client, Resource *r) {
    Arena *a = arena(m);
    Node *made = node_map(a, r->loc);
    node_set(a, made, S("attributes"), scope_render(m->unit, r, r->kind->runtime));
    node_set(a, made, S("tags"), emit_tags(m->unit, r, true));
    Emitter e = {.unit = m->unit};
    Buf b = {.arena = a};
    c_literal(&b, with_holes(m, emit_spell(&e, json_text(a, made, false))));
    put(m, client, "made", buf_keep(&b, a));
    buf_free(&b);
}

static bool is_number(Str key_type) {
    return str_eq(key_type, S("number")) || str_eq(key_type, S("N"));
}

static void put_indexes(const Maker *m, Node *client, const Resource *r) {
    Arena *a = arena(m);
    const Node *indexes = resource_get(r, S("indexes"));
    Node *list = node_list(a, r->loc);
    for (uint32_t i = 0; indexes && i < indexes->count; i++) {
        const Entry *e = &indexes->entries[i];
        Node *index = node_map(a, r->loc);
        put_escaped(m, index, "name", e->key->text);
        put(m, index, "index", snake_case(a, e->key->text));
        put_escaped(m, index, "key", node_get_str(e->value, S("key")));
        put(m, index, "by", parameter(m, node_get_str(e->value, S("key"))));
        put_flag(m, index, "is_number", is_number(node_get_str(e->value, S("key-type"))));
        node_push(a, list, index);
    }
    node_set(a, client, S("indexes"), list);
}

// The item of a table as a type: its key, what is declared, and its time to live.
static Node *item_fields(const Maker *m, const Resource *r) {
    Arena *a = arena(m);
    const Node *attributes = resource_get(r, S("attributes"));
    Node *map = node_map(a, r->loc);
    const char *keys[] = {"key", "sort"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        Str type = node_str(resource_get(r, str_fmt(a, "%s-type", keys[i])));
        Str name = node_str(resource_get(r, str_from(keys[i])));
        if (name.len)
            node_set(a, map, name, node_plain(a, is_number(type) ? S("int") : S("string"), r->loc));
    }
    for (uint32_t i = 0; attributes && i < attributes->count; i++)
        if (!node_get(map, attributes->entries[i].key->text))
            node_entry(a, map, attributes->entries[i].key, attributes->entries[i].value);
    Str ttl = node_get_str(resource_get(r, S("ttl")), S("attribute"));
    if (ttl.len && !node_get(map, ttl))
        node_set(a, map, ttl, node_plain(a, S("time"), r->loc));
    return map;
}

static void put_item(Maker *m, Node *client, Resource *r, Str pascal) {
    Arena *a = arena(m);
    Str key = node_str(resource_get(r, S("key"))), sort = node_str(resource_get(r, S("sort")));
    const Node *ttl = resource_get(r, S("ttl"));
    if (!key.len && r->existing.len) {
        diag_error(m->unit->diags, r->loc, "missing-key", "%.*s needs `key`",
                   SFMT(resource_what(a, r)));
        diag_help(m->unit->diags, "the C of what uses it is made for its items: `key: ATTRIBUTE`");
    }
    const Type *item = type_read(&m->c.types, item_fields(m, r));
    Str name = str_fmt(a, "%.*sItem", SFMT(pascal));
    if (item)
        c_declare_item(&m->c, item, name, sort.len ? 2 : 1);
    put(m, client, "item", name);
    put_escaped(m, client, "key", key);
    put(m, client, "key_member", c_word(a, key));
    put_flag(m, client, "is_number", is_number(node_str(resource_get(r, S("key-type")))));
    put_flag(m, client, "sort", sort.len > 0);
    put_escaped(m, client, "sort_name", sort);
    put(m, client, "sort_member", c_word(a, sort));
    if (item)
        for (size_t i = 0; i < item->count && i < 2; i++)
            put(m, client, i ? "sort_declaration" : "key_declaration",
                c_declaration(&m->c, item->fields[i].type, parameter(m, item->fields[i].name)));
    put(m, client, "key_parameter", parameter(m, key));
    put(m, client, "sort_parameter", parameter(m, sort));
    put_flag(m, client, "ttl", ttl != NULL);
    put_escaped(m, client, "ttl_name", node_get_str(ttl, S("attribute")));
    const Node *after = node_get(ttl, S("after"));
    Node *seconds = after ? filter_find(S("seconds"))->apply(a, (Node *)after, (Str){0}) : NULL;
    put(m, client, "ttl_after", seconds ? seconds->text : S("0"));
    put_indexes(m, client, r);
}

// What all `uses` of one thing allow, together.
static Node *verbs_of(const Maker *m, const Use *uses, size_t count, const Resource *to,
                      Str *text) {
    Arena *a = arena(m);
    Node *can = node_map(a, to->loc);
    Buf b = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < uses[i].verb_count && uses[i].to == to; j++) {
            Str verb = uses[i].verbs[j]->name;
            if (node_get(can, verb))
                continue;
            node_set(a, can, verb, node_bool(a, true, to->loc));
            buf_fmt(&b, "%s%.*s", b.len ? ", " : "", SFMT(verb));
        }
    }
    *text = buf_keep(&b, a);
    buf_free(&b);
    return can;
}

static Node *client_of(Maker *m, Resource *r, const Use *uses, size_t count) {
    Arena *a = arena(m);
    Node *client = node_map(a, r->loc);
    Str verbs;
    Node *can = verbs_of(m, uses, count, r, &verbs);
    Str pascal = c_word(a, pascal_case(a, r->id));
    put_escaped(m, client, "id", r->id);
    put_escaped(m, client, "kind", r->kind->name);
    put(m, client, "c", c_word(a, snake_case(a, r->id)));
    put(m, client, "macro", upper(m, r->id));
    put(m, client, "variable", use_variable(a, r));
    put(m, client, "verbs", verbs);
    node_set(a, client, S("can"), can);
    put_flag(m, client, "fifo", template_truth(resource_get(r, S("fifo"))));
    put_places(m, client, r);
    if (r->axis == AXIS_RUNTIME)
        put_made(m, client, r);
    if (kind_field(r->kind, S("key")) >= 0 && kind_field(r->kind, S("attributes")) >= 0)
        put_item(m, client, r, pascal);
    Str name = r->kind->name, file = str_fmt(a, "handlers/client-%.*s.h.mustache", SFMT(name));
    if (!template_source(m->kinds, file))
        name = S("other");
    put(m, client, "partial", str_fmt(a, "client-%.*s.h", SFMT(name)));
    put(m, client, "partial_c", str_fmt(a, "client-%.*s.c", SFMT(name)));
    return client;
}

static void put_clients(Maker *m, Node *data, const Resource *r) {
    Node *clients = node_list(arena(m), r->loc);
    const Use *uses;
    size_t count = uses_of(r, &uses);
    for (size_t i = 0; i < count; i++) {
        bool again = false;
        for (size_t j = 0; j < i; j++)
            again = again || uses[j].to == uses[i].to;
        if (again)
            continue;
        Node *client = client_of(m, uses[i].to, uses, count);
        node_push(arena(m), clients, client);
        if (uses[i].to == resource_ref(r, S("serves")))
            node_set(arena(m), data, S("serves"), client);
        if (uses[i].to == resource_ref(r, S("listens")))
            node_set(arena(m), data, S("listens"), client);
    }
    node_set(arena(m), data, S("clients"), clients);
}

// --- What a program is called with ---

typedef struct Search {
    const Resource *sought;
    bool found;
} Search;

static void search(const Node *n, Search *s) {
    if (!n || s->found)
        return;
    if (n->type == NODE_REF)
        s->found = n->res == s->sought;
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        search(n->items[i], s);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++)
        search(n->entries[i].value, s);
}

static bool names(const Resource *r, const Resource *function) {
    Search s = {function, false};
    for (size_t i = 0; i < r->kind->shape.count && r != function; i++)
        search(r->values[i], &s);
    return s.found;
}

static bool is_stage_over_storage(const Resource *r) {
    return r->workflow && resource_get(r->workflow, S("storage"));
}

// How this function is called: the word of calls.yaml for the first that names it; or a stage of a
// workflow that keeps its data in a bucket; or with JSON.
static Str call_of(const Maker *m, const Resource *function, const Resource **by) {
    for (size_t i = 0; i < m->unit->count; i++) {
        const Resource *r = m->unit->resources[i];
        Str word = node_get_str(m->calls, r->kind->name);
        if (word.len && names(r, function)) {
            *by = r;
            return word;
        }
    }
    if (resource_get(function, S("url")))
        return S("route");
    return is_stage_over_storage(function) ? S("stage") : S("json");
}

static void add_route(const Maker *m, Node *routes, Str method, Str path, Str name) {
    Node *route = node_map(arena(m), routes->loc);
    put_escaped(m, route, "method", method);
    put_escaped(m, route, "path", path);
    put(m, route, "c", name);
    node_push(arena(m), routes, route);
}

static Str route_name(const Maker *m, Str method, Str path) {
    Str name = snake_case(arena(m), str_fmt(arena(m), "%.*s%.*s", SFMT(method), SFMT(path)));
    Buf b = {.arena = arena(m)};
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] != '_' || (b.len && b.ptr[b.len - 1] != '_'))
            buf_char(&b, name.ptr[i]);
    while (b.len && b.ptr[b.len - 1] == '_')
        b.len--;
    Str done = buf_keep(&b, arena(m));
    buf_free(&b);
    return done;
}

static void put_routes(const Maker *m, Node *data, const Resource *api, Str function) {
    const Node *list = api ? resource_get(api, S("routes")) : NULL;
    Node *routes = node_list(arena(m), data->loc);
    StrMap seen = {0};
    for (uint32_t i = 0; list && i < list->count; i++) {
        Str path = node_str(list->items[i]), method;
        if (!str_split(&path, ' ', &method) || !path.ptr)
            continue; // was reported
        Str name = route_name(m, method, path);
        const Node *other = strmap_put(&seen, arena(m), name, list->items[i]);
        if (other && !str_eq(node_str(other), node_str(list->items[i]))) { // else names.c says it
            diag_error(m->unit->diags, list->items[i]->loc, "c-name",
                       "`%.*s` and `%.*s` are one name in C, `%.*s`", SFMT(node_str(other)),
                       SFMT(node_str(list->items[i])), SFMT(name));
            diag_help(m->unit->diags, "change one of the paths");
        }
        add_route(m, routes, method, path, name);
    }
    if (!list)
        add_route(m, routes, S("ANY"), S("/{path+}"), function);
    node_set(arena(m), data, S("routes"), routes);
}

static void put_errors(const Maker *m, Node *data, const Resource *r) {
    const Node *errors = resource_get(r, S("errors"));
    Node *list = node_list(arena(m), r->loc);
    for (uint32_t i = 0; errors && i < errors->count; i++) {
        Node *error = node_map(arena(m), r->loc);
        put_escaped(m, error, "name", errors->items[i]->text);
        put(m, error, "macro", c_macro(arena(m), errors->items[i]->text));
        node_push(arena(m), list, error);
    }
    node_set(arena(m), data, S("errors"), list);
    put_flag(m, data, "fails", list->count > 0);
}

// `input` and `output`: `typed`, how the user's function takes it, and its table.
static void put_type(Maker *m, Node *data, const Resource *r, const char *key, Str pascal) {
    Arena *a = arena(m);
    const Type *type = type_read(&m->c.types, resource_get(r, str_from(key)));
    Node *value = node_map(a, r->loc), *tables = node_list(a, r->loc);
    if (type && type->kind == TYPE_OBJECT)
        type = NULL; // any JSON
    Str name = str_fmt(a, "%.*s%.*s", SFMT(pascal), SFMT(pascal_case(a, str_from(key))));
    put_flag(m, value, "typed", type != NULL);
    if (type) {
        c_declare(&m->c, type, name);
        put(m, value, "table", c_table(&m->c, type, str_fmt(a, "%.*s_value", SFMT(name)), tables));
        bool plain = type->kind != TYPE_STRUCT; // a list, a word: it needs a name
        put(m, value, "alias", plain ? c_declaration(&m->c, type, c_word(a, name)) : S(""));
        put(m, value, "declaration",
            plain ? str_fmt(a, "%.*s *", SFMT(c_word(a, name)))
                  : c_declaration(&m->c, type, S("*")));
    }
    node_set(a, value, S("tables"), tables);
    node_set(a, data, str_from(key), value);
}

static Node *program_data(Maker *m, Resource *r, bool is_worker) {
    Arena *a = arena(m);
    Node *data = node_map(a, r->loc);
    const Resource *by = NULL;
    Str call = is_worker ? S("worker") : call_of(m, r, &by), pascal = pascal_case(a, r->id);
    m->c.own = node_list(a, r->loc);
    m->c.taken_here = (StrMap){0};
    put(m, data, "file", r->id);
    put(m, data, "system", m->unit->system);
    put(m, data, "c", snake_case(a, r->id));
    put(m, data, "macro", upper(m, r->id));
    put_comment(m, data, "doc", node_str(resource_get(r, S("doc"))));
    const char *shapes[] = {"object", "message", "route", "stage", "json", "worker"};
    for (size_t i = 0; i < COUNT(shapes); i++)
        put_flag(m, data, str_fmt(a, "is_%s", shapes[i]).ptr, str_is(call, shapes[i]));
    put_flag(m, data, "image",
             is_worker || resource_get(r, S("package")) == NULL ||
                 node_get(resource_get(r, S("package")), S("image")) != NULL);
    put(m, data, "arch", node_str(resource_get(r, S("architecture"))));
    put_type(m, data, r, "input", pascal);
    put_type(m, data, r, "output", pascal);
    put_errors(m, data, r);
    put_clients(m, data, r);
    if (str_eq(call, S("route")))
        put_routes(m, data, by, snake_case(a, r->id));
    Node *heartbeat = resource_get(r, S("heartbeat"));
    if (heartbeat)
        put(m, data, "heartbeat", filter_find(S("seconds"))->apply(a, heartbeat, (Str){0})->text);
    node_set(a, data, S("structs"), m->c.own);
    put_flag(m, data, "any", m->c.own->count > 0);
    return data;
}

// --- All of a system ---

static bool same_type(const Resource *a, const Resource *b, Str field) {
    const Node *x = resource_get(a, field), *y = resource_get(b, field);
    return x && y ? node_equal(x, y) : x == y;
}

// One file of the user's serves every function of that id; they must then look the same to it.
static void add_program(Maker *m, Resource *r, bool is_worker) {
    Resource *twin = strmap_get(&m->names, r->id);
    if (twin) {
        bool same = same_type(twin, r, S("input")) && same_type(twin, r, S("output"));
        if (same && twin->kind == r->kind)
            return;
        diag_error(m->unit->diags, r->loc, "c-name", "two different handlers are called `%.*s`",
                   SFMT(r->id));
        diag_also(m->unit->diags, twin->loc, "the other one");
        diag_help(m->unit->diags, "give one of them another id");
        return;
    }
    strmap_put(&m->names, arena(m), r->id, r);
    node_push(arena(m), m->programs, program_data(m, r, is_worker));
}

// What is run as it is written: one file may serve several jobs.
static void add_script(Maker *m, const Resource *r) {
    Str file = node_get_str(resource_get(r, S("script")), S("file")), name = file, folder;
    Str key = str_fmt(arena(m), "file %.*s", SFMT(file));
    if (!file.len || strmap_put(&m->names, arena(m), key, m))
        return;
    Node *data = node_map(arena(m), r->loc);
    while (str_find(name, S("/")) >= 0)
        str_split(&name, '/', &folder);
    put(m, data, "file", file);
    put(m, data, "name", name);
    put(m, data, "id", r->id);
    put_flag(m, data, "is_stage", is_stage_over_storage(r));
    node_push(arena(m), m->scripts, data);
}

static void declare_types(Maker *m) {
    const Node *types = node_get(m->unit->root, S("types"));
    for (uint32_t i = 0; types && i < types->count; i++) {
        Node *name = node_plain(arena(m), types->entries[i].key->text, types->entries[i].key->loc);
        const Type *type = type_read(&m->c.types, name);
        if (type)
            c_declare(&m->c, type, types->entries[i].key->text);
    }
}

static void make(Maker *m, Unit *u) {
    *m = (Maker){.unit = u, .c.types.unit = u};
    m->kinds = u->kinds;
    m->c.shared = node_list(u->arena, (Loc){0});
    m->programs = node_list(u->arena, (Loc){0});
    m->scripts = node_list(u->arena, (Loc){0});
    m->calls = template_tree(m->kinds, S("handlers/calls.yaml"));
    declare_types(m);
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        Str role = node_get_str(m->calls, str_fmt(u->arena, "is-%.*s", SFMT(r->kind->name)));
        if (str_eq(role, S("script")))
            add_script(m, r);
        else if (role.len && !r->existing.len)
            add_program(m, r, str_eq(role, S("worker")));
    }
}

void handlers_check(Unit *u) {
    Maker m;
    make(&m, u);
}

static const Source *find_partial(void *ctx, Str name) {
    const Maker *m = ctx;
    return template_source(m->kinds, str_fmt(arena(m), "handlers/%.*s.mustache", SFMT(name)));
}

static void render(Maker *m, const char *template, const Node *data, Buf *out) {
    TextRules rules = {.partial = find_partial, .ctx = m, .strict = true, .cut = &m->cut};
    const Source *src = find_partial(m, str_from(template));
    if (src)
        text_render(arena(m), m->unit->diags, &rules, src, data, out);
}

static void render_program(Maker *m, Node *data, Outbox *box) {
    Arena *a = arena(m);
    Str file = node_get_str(data, S("file"));
    render(m, "function.h", data, outbox_add(box, str_fmt(a, "handlers/%.*s.gen.h", SFMT(file))));
    render(m, "function.c", data, outbox_add(box, str_fmt(a, "handlers/%.*s.gen.c", SFMT(file))));
    if (node_is_word(node_get(data, S("image")), S("true")))
        render(m, "Dockerfile", data,
               outbox_add(box, str_fmt(a, "handlers/%.*s.Dockerfile", SFMT(file))));
}

static void copy_runtime(const Maker *m, Outbox *box) {
    const Str prefix = S("runtime/");
    for (size_t i = 0; i < embedded_count; i++) {
        Str path = str_from(embedded_files[i].path);
        const Source *src = str_starts(path, prefix) ? template_source(m->kinds, path) : NULL;
        Str name = src ? str_fmt(arena(m), "handlers/%.*s", SFMT(path)) : path;
        if (src && src->text.ptr == embedded_files[i].text)
            outbox_lend(box, name, src->text);
        else if (src)
            buf_put(outbox_add(box, name), src->text);
    }
}

// The processor that packages are built for: images are built one by one.
static Str processor(const Maker *m) {
    const Node *first = m->programs->items[0];
    for (uint32_t i = 0; i < m->programs->count; i++)
        if (node_is_word(node_get(m->programs->items[i], S("image")), S("false"))) {
            first = m->programs->items[i];
            break;
        }
    return node_get_str(first, S("arch"));
}

void emit_handlers(Unit *u, Stacks stacks, Outbox *box) {
    Maker m;
    (void)stacks;
    make(&m, u);
    if (!m.programs->count)
        return;
    Node *all = node_map(u->arena, (Loc){0});
    put(&m, all, "system", u->system);
    put(&m, all, "arch", processor(&m));
    put_escaped(&m, all, "version",
                u->self ? node_str(resource_get(u->self, S("version"))) : S(""));
    node_set(u->arena, all, S("programs"), m.programs);
    node_set(u->arena, all, S("structs"), m.c.shared);
    put_flag(&m, all, "any", m.c.shared->count > 0);
    render(&m, "types.h", all, outbox_add(box, S("handlers/types.gen.h")));
    render(&m, "types.c", all, outbox_add(box, S("handlers/types.gen.c")));
    render(&m, "Makefile", all, outbox_add(box, S("handlers/Makefile")));
    for (uint32_t i = 0; i < m.programs->count; i++)
        render_program(&m, m.programs->items[i], box);
    copy_runtime(&m, box);
}

void emit_skeletons(Unit *u, Stacks stacks, Outbox *box) {
    Maker m;
    (void)stacks;
    make(&m, u);
    for (uint32_t i = 0; i < m.programs->count; i++) {
        Str file = node_get_str(m.programs->items[i], S("file"));
        render(&m, "skeleton.c", m.programs->items[i],
               outbox_add(box, str_fmt(u->arena, "handlers/%.*s.c", SFMT(file))));
    }
    for (uint32_t i = 0; i < m.scripts->count; i++)
        render(&m, "script.py", m.scripts->items[i],
               outbox_add(box, node_get_str(m.scripts->items[i], S("file"))));
}
