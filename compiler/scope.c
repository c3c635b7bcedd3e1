// scope.c - what the holes of templates and patterns stand for.
#include "scope.h"

#include "build.h"

typedef struct Context {
    Unit *unit;
    Resource *self;
    Node *name;
    bool failed;
} Context;

static Node *piece(Arena *a, PieceKind kind, Str text, Loc at) {
    Node *n = node_text(a, at);
    node_piece(a, n, (Piece){.kind = kind, .text = text});
    return n;
}

static Node *word(Arena *a, Str text, Loc at) {
    return text.len ? node_string(a, text, at) : NULL;
}

// A path as one name: its dots are dashes, and an instance of a fan-out says which it is.
static Node *path_text(const Unit *u, const Resource *r, Loc at) {
    Arena *a = u->arena;
    Node *text = node_text(a, at);
    Str rest = r->deployed, seg;
    for (bool first = true; str_split(&rest, '.', &seg); first = false) {
        if (!first)
            node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = S("-")});
        node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = seg});
    }
    bool user = r->axis == AXIS_USER, project = user || r->axis == AXIS_PROJECT;
    const Str words[] = {project ? S("project") : S(""), user ? S("user") : S("")};
    for (size_t i = 0; i < COUNT(words); i++) {
        if (!words[i].len)
            continue;
        node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = S("-")});
        node_piece(a, text, (Piece){.kind = PIECE_ITEM, .text = words[i]});
    }
    for (uint32_t i = 0; r->runtime && i < r->runtime->count; i++) {
        node_piece(a, text, (Piece){.kind = PIECE_LITERAL, .text = S("-")});
        node_piece(a, text, (Piece){.kind = PIECE_RUNTIME, .text = r->runtime->items[i]->text});
    }
    text = node_settle(a, text);
    return text->type == NODE_SCALAR && !text->text.len ? NULL : text;
}

static Node *builtin(const Context *c, Builtin which, const Hole *hole, Arena *a) {
    const Unit *u = c->unit;
    const Resource *r = c->self;
    Loc at = hole->loc;
    switch (which) {
    case BUILTIN_SYSTEM:
        return word(a, u->system, at);
    case BUILTIN_DEPLOYMENT:
        return word(
            a, u->env.len ? str_fmt(a, "%.*s-%.*s", SFMT(u->system), SFMT(u->env)) : u->system, at);
    case BUILTIN_ENV:
        return word(a, u->env, at);
    case BUILTIN_VERSION:
        return u->self ? resource_get(u->self, S("version")) : NULL;
    case BUILTIN_REGION: {
        Node *region = u->self ? resource_get(u->self, S("region")) : NULL;
        return region ? region : piece(a, PIECE_DEPLOY, S("region"), at);
    }
    case BUILTIN_ACCOUNT:
    case BUILTIN_PARTITION:
        return piece(a, PIECE_DEPLOY, str_from(builtin_names[which]), at);
    case BUILTIN_PROJECT:
        return r && resource_is_fanned(r) ? piece(a, PIECE_ITEM, S("project"), at) : NULL;
    case BUILTIN_USER:
        return r && r->axis == AXIS_USER ? piece(a, PIECE_ITEM, hole->text, at) : NULL;
    case BUILTIN_WORKFLOW:
        return r && r->workflow ? word(a, r->workflow->deployed_id, at) : NULL;
    case BUILTIN_ID:
        return r ? word(a, r->id, at) : NULL;
    default:
        return r ? path_text(u, r, at) : NULL;
    }
}

// The name inside an ARN is its last part, whatever stands between colons or slashes before it. A
// name is itself: `alias/theirs`.
static Str name_in_arn(Str arn) {
    if (!str_starts(arn, S("arn:")))
        return arn;
    for (size_t i = arn.len; i > 0; i--)
        if (arn.ptr[i - 1] == ':' || arn.ptr[i - 1] == '/')
            return str_cut(arn, i, arn.len);
    return arn;
}

Node *scope_field(Unit *u, Resource *r, size_t field) {
    const Field *declared = &r->kind->shape.fields[field];
    if (r->values[field] || !(declared->derived || declared->computed) || !u->derive)
        return r->values[field];
    for (size_t i = 0; i < DERIVED_REMEMBERED; i++)
        if (u->derived[i].resource == r && u->derived[i].field == field)
            return u->derived[i].value;
    Node *value = u->derive(u, r, field);
    u->derived[u->derived_count++ % DERIVED_REMEMBERED] = (Derived){r, field, value};
    return value;
}

Node *scope_get(Unit *u, Resource *r, Str field) {
    ptrdiff_t i = kind_field(r->kind, field);
    return i < 0 ? NULL : scope_field(u, r, (size_t)i);
}

Node *scope_member(Unit *u, Resource *res, Str name, bool *known) {
    *known = true;
    if (str_eq(name, S("name")))
        return res->existing.len ? node_string(u->arena, name_in_arn(res->existing), res->loc)
                                 : res->name;
    if (str_eq(name, S("id")))
        return node_string(u->arena, res->deployed_id, res->loc);
    bool has_arn = str_starts(res->existing, S("arn:"));
    if (has_arn && str_eq(name, S("arn")))
        return node_string(u->arena, res->existing, res->loc);
    const Attr *attr = kind_attr(res->kind, name);
    for (uint32_t i = 0; attr && attr->first && i < attr->first->count; i++) {
        const Attr *choice = kind_attr(res->kind, attr->first->items[i]->text);
        if (choice && scope_render(u, res, choice->spelled))
            return scope_member(u, res, choice->name, known);
    }
    if (attr) {
        Node *text = node_text(u->arena, res->loc);
        node_piece(u->arena, text, (Piece){.kind = PIECE_ATTR, .text = name, .res = res});
        return text;
    }
    ptrdiff_t field = kind_field(res->kind, name);
    if (field >= 0)
        return scope_field(u, res, (size_t)field);
    for (size_t i = 0; i < res->kind->make_count; i++)
        if (str_eq(res->kind->makes[i].name, name))
            return res->made ? res->made[i] : NULL;
    *known = false;
    return NULL;
}

static Node *member(const Scope *s, Resource *res, Str name) {
    Context *c = s->ctx;
    bool known;
    Node *value = scope_member(c->unit, res, name, &known);
    if (!known) {
        diag_error(c->unit->diags, c->self ? c->self->loc : res->loc, "template",
                   "%s %.*s has no attribute `%.*s`", str_article(res->kind->name),
                   SFMT(res->kind->name), SFMT(name));
        c->failed = true;
    }
    return value;
}

static Node *kind_base(const Scope *s, const Hole *hole) {
    const Context *c = s->ctx;
    switch ((Base)hole->base) {
    case BASE_FIELD:
        return scope_field(c->unit, c->self, hole->index);
    case BASE_MAKE:
        return c->self->made ? c->self->made[hole->index] : NULL;
    case BASE_PARAM: {
        const Param *param = c->self->params[hole->index];
        Node *text = node_text(s->arena, hole->loc);
        node_piece(s->arena, text,
                   (Piece){.kind = PIECE_PARAM, .text = param->name, .param = param});
        return text;
    }
    case BASE_SELF:
        return node_ref(s->arena, c->self, hole->loc);
    case BASE_OWNER:
        return c->self->owner ? node_ref(s->arena, c->self->owner, hole->loc) : NULL;
    default:
        return builtin(c, (Builtin)hole->index, hole, s->arena);
    }
}

Node *scope_render(Unit *u, Resource *r, const Node *body) {
    if (!body)
        return NULL;
    Context c = {.unit = u, .self = r};
    Scope scope = {.base = kind_base, .member = member, .ctx = &c, .arena = u->arena};
    return template_render(&scope, body);
}

static Resource *find_in(Unit *u, const Resource *from, Str name) {
    const Resource *workflow = from ? from->workflow : NULL;
    Resource *found = NULL;
    if (workflow && str_eq(name, S("workflow")))
        return (Resource *)workflow;
    if (workflow)
        found = unit_find(u, str_fmt(u->arena, "%.*s.%.*s", SFMT(workflow->path), SFMT(name)));
    return found ? found : unit_find(u, name);
}

Resource *scope_resource(Unit *u, const Resource *from, Str *path) {
    Str rest = *path, head;
    if (!str_split(&rest, '.', &head))
        return NULL;
    Resource *found = find_in(u, from, head);
    const Kind *section = found || !rest.ptr ? NULL : kind_of_section(u->kinds, head);
    if (section) { // `tables.orders`: the section only says it more clearly
        str_split(&rest, '.', &head);
        found = find_in(u, from, head);
    }
    while (found && rest.ptr) { // WORKFLOW.ID, OWNER.FIELD
        Str longer = rest, next;
        str_split(&longer, '.', &next);
        Resource *inner =
            unit_find(u, str_fmt(u->arena, "%.*s.%.*s", SFMT(found->path), SFMT(next)));
        if (!inner)
            break;
        found = inner;
        rest = longer;
    }
    if (found)
        *path = rest;
    return found;
}

enum { PATTERN_BUILTIN, PATTERN_NAME, PATTERN_PARAM, PATTERN_RUNTIME, PATTERN_PATH };

static bool is_runtime(const Resource *r, Str name) {
    return (r && node_lists(r->runtime, name)) || str_eq(name, S("execution")) ||
           str_eq(name, S("stage"));
}

static ptrdiff_t param_index(const Unit *u, Str name) {
    for (size_t i = 0; i < u->param_count; i++)
        if (str_eq(u->params[i]->name, name))
            return (ptrdiff_t)i;
    return -1;
}

static bool resolve_pattern(void *ctx, Hole *hole) {
    const Context *c = ctx;
    Builtin which;
    ptrdiff_t param = hole->path_len == 1 ? param_index(c->unit, hole->path[0]) : -1;
    if (str_eq(hole->text, S("name"))) {
        hole->base = PATTERN_NAME;
    } else if (param >= 0) {
        hole->base = PATTERN_PARAM;
        hole->index = (uint32_t)param;
    } else if (is_runtime(c->self, hole->text)) {
        hole->base = PATTERN_RUNTIME;
    } else if (builtin_find(hole->path[0], &which) &&
               (hole->path_len == 1 || which == BUILTIN_USER)) {
        hole->base = PATTERN_BUILTIN;
        hole->index = which;
    } else {
        hole->base = PATTERN_PATH;
    }
    return true;
}

static void report(Context *c, const Hole *hole, const char *help) {
    diag_error(c->unit->diags, hole->loc, "unknown-hole", "`$(%.*s)` stands for nothing here",
               SFMT(hole->text));
    diag_help(c->unit->diags, "%s", help);
    c->failed = true;
}

bool scope_has_one(Unit *u, const Resource *from, const Resource *to, Loc at) {
    Axis own = from ? from->axis : AXIS_NONE;
    if (to->axis == AXIS_NONE || to->axis == own || to->existing.len ||
        (to->axis == AXIS_PROJECT && own == AXIS_USER))
        return true;
    bool comes = to->axis == AXIS_RUNTIME;
    const char *each = to->axis == AXIS_USER ? "user" : "project";
    diag_error(u->diags, at, "many-for-one",
               comes ? "`%.*s` comes and goes, and which one is meant cannot be said here"
                     : "there is one `%.*s` for each %s, and which one is meant is not said",
               SFMT(to->path), each);
    diag_also(u->diags, to->loc, comes ? "it is made while the system runs" : "one for each %s",
              each);
    if (comes)
        diag_help(u->diags, "name what is there all the time");
    else
        diag_help(u->diags, "make this `per: %s` as well, or name what there is one of", each);
    return false;
}

static Node *path_value(Context *c, const Hole *hole) {
    Str rest = hole->text;
    Resource *res = scope_resource(c->unit, c->self, &rest);
    if (!res || !rest.ptr) {
        Str names[BUILTIN_COUNT + 1];
        for (int i = 0; i < BUILTIN_COUNT; i++)
            names[i] = str_from(builtin_names[i]);
        names[BUILTIN_COUNT] = S("name");
        ptrdiff_t best = suggest_best(hole->text, names, COUNT(names));
        report(
            c, hole,
            best < 0
                ? "a hole names a builtin (`wgen help holes`), a parameter, or `RESOURCE.ATTRIBUTE`"
                : str_fmt(c->unit->arena, "did you mean `$(%.*s)`?", SFMT(names[best])).ptr);
        return NULL;
    }
    bool known;
    Node *value = scope_member(c->unit, res, rest, &known);
    if (!known)
        report(c, hole,
               str_fmt(c->unit->arena,
                       "%s %.*s has no such attribute: `wgen explain %.*s` lists them",
                       str_article(res->kind->name), SFMT(res->kind->name), SFMT(res->kind->name))
                   .ptr);
    else if ((str_eq(rest, S("name")) || kind_attr(res->kind, rest)) &&
             !scope_has_one(c->unit, c->self, res, hole->loc))
        c->failed = true;
    if (!c->unit->settled)
        res->used = true;
    return value;
}

static Node *pattern_base(const Scope *s, const Hole *hole) {
    Context *c = s->ctx;
    Node *value = NULL;
    switch (hole->base) {
    case PATTERN_NAME:
        return c->name;
    case PATTERN_PARAM: {
        Node *text = node_text(s->arena, hole->loc);
        node_piece(s->arena, text,
                   (Piece){.kind = PIECE_PARAM,
                           .text = hole->path[0],
                           .param = c->unit->params[hole->index]});
        return text;
    }
    case PATTERN_RUNTIME:
        return piece(s->arena, PIECE_RUNTIME, hole->text, hole->loc);
    case PATTERN_PATH:
        return path_value(c, hole);
    default:
        value = builtin(c, (Builtin)hole->index, hole, s->arena);
        if (!value && hole->index == BUILTIN_PROJECT)
            report(c, hole, "only what is `per: project` or `per: user` has one");
        else if (!value && hole->index == BUILTIN_USER)
            report(c, hole, "only what is `per: user` has one");
        else if (!value)
            report(c, hole, "it is known only where there is one: remove it, or give it a value");
        return value;
    }
}

// The path is the whole of it: `user.retention` is no member of a value `user`.
static void shorten(Node *text) {
    for (uint32_t i = 0; i < text->count; i++)
        if (text->pieces[i].kind == PIECE_HOLE)
            text->pieces[i].hole->path_len = 1;
}

Node *scope_pattern(Unit *u, Resource *r, const Node *scalar, Node *name) {
    Context c = {.unit = u, .self = r, .name = name};
    // Taken apart, it is needed no longer than this; but for an escape it has no text of its own.
    bool brief = str_find(scalar->text, S("$$(")) < 0;
    Resolver resolver = {resolve_pattern, &c, brief ? u->scratch : u->arena, u->diags};
    Node *text = template_pattern(&resolver, scalar);
    if (!text)
        return NULL;
    shorten(text);
    Scope scope = {.base = pattern_base, .ctx = &c, .arena = u->arena};
    Node *value = text->count ? template_render(&scope, text)
                              : node_string(u->arena, scalar->text, scalar->loc);
    arena_reset(u->scratch);
    return c.failed ? NULL : value;
}
