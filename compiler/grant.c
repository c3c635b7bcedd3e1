// grant.c - least privilege. Statements come from templates as {actions, on, condition}; they are
// merged by what they are about, and never widened.
#include "grant.h"

#include "build.h"
#include "scope.h"
#include "spec.h"
#include "uses.h"

#include <stdlib.h>

// A statement while it is being merged.
typedef struct Statement {
    Node *actions, *on, *condition; // lists, and a map or NULL
} Statement;

typedef struct Policy {
    Unit *unit;
    const Resource *principal;
    Statement *list;
    size_t count, cap;
} Policy;

static bool has(const Node *list, const Node *item) {
    for (uint32_t i = 0; i < list->count; i++)
        if (node_same(list->items[i], item))
            return true;
    return false;
}

static void join(Arena *a, Node *list, const Node *more) {
    for (uint32_t i = 0; i < more->count; i++)
        if (!has(list, more->items[i]))
            node_push(a, list, more->items[i]);
}

static Node *as_list(Arena *a, Node *n) {
    Node *list = node_list(a, n->loc);
    if (n->type == NODE_LIST)
        join(a, list, n);
    else
        node_push(a, list, n);
    return list;
}

// A policy needs nothing to be there, and a function that may read the bucket whose events call it
// would be a circle of references.
Node *grant_spelled(Unit *u, Node *text) {
    if (text->type != NODE_TEXT)
        return text;
    Node *out = node_text(u->arena, text->loc);
    for (uint32_t i = 0; i < text->count; i++) {
        const Piece *piece = &text->pieces[i];
        const Attr *attr =
            piece->kind == PIECE_ATTR ? kind_attr(piece->res->kind, piece->text) : NULL;
        Node *value = attr && attr->spelled ? scope_render(u, piece->res, attr->spelled) : NULL;
        if (value)
            node_concat(u->arena, out, grant_spelled(u, value));
        else
            node_piece(u->arena, out, *piece);
    }
    return node_settle(u->arena, out);
}

enum { EXACT_BYTES = 3000 }; // of a policy's 10,240 (IAM quotas), for the instances of one fan-out

static size_t text_length(const Node *text) {
    size_t length = 0;
    for (uint32_t i = 0; i < text->count; i++)
        length += text->pieces[i].kind == PIECE_LITERAL ? text->pieces[i].text.len : 12;
    return length;
}

// Every item becomes `*`; of a project's own resource, only the users do.
static Node *wildcard(Unit *u, const Node *text, bool keep_project) {
    Node *out = node_text(u->arena, text->loc);
    for (uint32_t i = 0; i < text->count; i++) {
        Piece piece = text->pieces[i];
        bool open = piece.kind == PIECE_ITEM && !(keep_project && str_eq(piece.text, S("project")));
        node_piece(u->arena, out, open ? (Piece){.kind = PIECE_LITERAL, .text = S("*")} : piece);
    }
    return node_settle(u->arena, out);
}

// Whether a pattern that begins like the name of `to` can only be about what the system has: its
// own name, and not one that merely begins alike.
static bool is_ours(const Unit *u, const Resource *to) {
    const Node *name = to->name;
    Str first = name && name->type == NODE_TEXT ? name->pieces[0].text : (Str){0};
    if (!str_starts(first, u->system) || first.len == u->system.len)
        return false;
    char next = first.ptr[u->system.len];
    return next == '-' || next == '_' || next == '.' || next == '/';
}

// Whether each of them has one of `to` for its own: as a user's has the user's project.
static bool is_own(const Policy *p, const Resource *to) {
    const Resource *principal = p->principal;
    return principal && (principal->axis == to->axis ||
                         (principal->axis == AXIS_USER && to->axis == AXIS_PROJECT));
}

// What `text`, about a resource of a fan-out, is to somebody outside of it: one for each item while
// that is short, then a pattern, if the names begin with the system's own.
static Node *for_principal(const Policy *p, Resource *to, Node *text) {
    Unit *u = p->unit;
    bool fanned = to && resource_is_fanned(to);
    text = grant_spelled(u, text);
    if (!fanned || text->type != NODE_TEXT || is_own(p, to))
        return text;
    if (p->principal && p->principal->axis == AXIS_PROJECT)
        return wildcard(u, text, true);
    if (is_ours(u, to) && text_length(text) * unit_items(u, to->axis).count > EXACT_BYTES)
        return wildcard(u, text, false);
    Node *each = arena_new(u->arena, Node, 1);
    each->type = NODE_EACH;
    each->loc = text->loc;
    each->res = to;
    each->with = text;
    return each;
}

static void push(Policy *p, Statement s) {
    Arena *a = p->unit->arena;
    for (size_t i = 0; i < p->count; i++) {
        Statement *old = &p->list[i];
        bool same_condition =
            (!old->condition && !s.condition) || node_same(old->condition, s.condition);
        if (same_condition && node_same(old->on, s.on)) {
            join(a, old->actions, s.actions);
            return;
        }
        if (same_condition && node_same(old->actions, s.actions)) {
            join(a, old->on, s.on);
            return;
        }
    }
    p->list = arena_room(a, p->list, sizeof *p->list, p->count, &p->cap);
    p->list[p->count++] = s;
}

// The resource that an ARN is an attribute of, or NULL.
static Resource *subject(const Node *text) {
    for (uint32_t i = 0; text->type == NODE_TEXT && i < text->count; i++)
        if (text->pieces[i].kind == PIECE_ATTR)
            return text->pieces[i].res;
    return NULL;
}

static void add_statements(Policy *p, Resource *to, const Node *list);

static bool shares(const Node *some, const Node *actions) {
    for (uint32_t i = 0; i < actions->count; i++)
        if (some->type == NODE_LIST ? has(some, actions->items[i])
                                    : node_same(some, actions->items[i]))
            return true;
    return false;
}

// Doing this with what a customer key encrypts needs the key, in the way that the kind says.
static void add_key(Policy *p, const Resource *to, const Node *actions) {
    Resource *key = resource_ref(to, S("key"));
    if (!key)
        key = resource_ref(to, S("key-arn")); // of a table, whose `key` is an attribute
    for (size_t i = 0; key && i < to->kind->verb_count; i++) {
        const Node *statements = to->kind->verbs[i].statements;
        for (uint32_t j = 0; j < statements->count; j++) {
            const Node *s = statements->items[j];
            const Verb *use = kind_verb(key->kind, node_get_str(s, S("key")));
            if (use && shares(node_get(s, S("actions")), actions))
                add_statements(p, key, scope_render(p->unit, key, use->statements));
        }
    }
}

static void add_statements(Policy *p, Resource *to, const Node *list) {
    Arena *a = p->unit->arena;
    for (uint32_t i = 0; list && i < list->count; i++) {
        const Node *item = list->items[i];
        Node *actions = node_get(item, S("actions")), *on = node_get(item, S("on"));
        if (!actions || !on)
            continue;
        Statement s = {as_list(a, actions), node_list(a, on->loc), node_get(item, S("condition"))};
        const Node *targets = as_list(a, on);
        for (uint32_t j = 0; j < targets->count; j++) {
            Resource *about = to ? to : subject(targets->items[j]);
            node_push(a, s.on, for_principal(p, about, targets->items[j]));
            if (about)
                add_key(p, about, s.actions);
        }
        push(p, s);
    }
}

static void add_uses(Policy *p, const Resource *owner) {
    const Use *uses;
    size_t count = uses_of(owner, &uses);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < uses[i].verb_count; j++)
            add_statements(p, uses[i].to,
                           scope_render(p->unit, uses[i].to, uses[i].verbs[j]->statements));
}

static int by_text(const void *a, const void *b) {
    return str_cmp((*(Node *const *)a)->text, (*(Node *const *)b)->text);
}

// One of a kind stands without its list: that is how AWS gives a policy back.
static Node *unlisted(Node *list) {
    return list->count == 1 && list->items[0]->type != NODE_EACH ? list->items[0] : list;
}

// Different statements may have come to allow the same: they are one.
static void merge(Policy *p) {
    for (size_t i = 0; i < p->count; i++)
        qsort(p->list[i].actions->items, p->list[i].actions->count,
              sizeof *p->list[i].actions->items, by_text);
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        Statement *s = &p->list[i], *twin = NULL;
        for (size_t j = 0; j < kept && !twin; j++) {
            bool same_condition = (!p->list[j].condition && !s->condition) ||
                                  node_same(p->list[j].condition, s->condition);
            if (same_condition && node_same(p->list[j].actions, s->actions))
                twin = &p->list[j];
        }
        if (twin)
            join(p->unit->arena, twin->on, s->on);
        else
            p->list[kept++] = *s;
    }
    p->count = kept;
}

static Node *write_statement(Unit *u, const Statement *s) {
    Node *out = node_map(u->arena, s->actions->loc);
    node_set(u->arena, out, S("Effect"), node_string(u->arena, S("Allow"), out->loc));
    node_set(u->arena, out, S("Action"), unlisted(s->actions));
    node_set(u->arena, out, S("Resource"), unlisted(s->on));
    node_set(u->arena, out, S("Condition"), s->condition);
    return out;
}

static Node *document(Unit *u, Node *statements) {
    Node *doc = node_map(u->arena, statements->loc);
    node_set(u->arena, doc, S("Version"), node_string(u->arena, S("2012-10-17"), doc->loc));
    node_set(u->arena, doc, S("Statement"), statements);
    return doc;
}

Node *grant_policy(Unit *u, Resource *role) {
    Policy p = {.unit = u, .principal = role};
    add_statements(&p, NULL, resource_get(role, S("statements")));
    if (role->owner) {
        add_uses(&p, role->owner);
        add_statements(&p, NULL, resource_get(role->owner, S("needs"))); // of workflows' stages
    }
    merge(&p);
    Node *list = node_list(u->arena, role->loc);
    for (size_t i = 0; i < p.count; i++)
        node_push(u->arena, list, write_statement(u, &p.list[i]));
    return list->count ? document(u, list) : NULL;
}

Node *grant_statements(Unit *u, Resource *r) {
    Node *list = node_list(u->arena, r->loc);
    const Node *own = scope_render(u, r, r->kind->policy);
    if (own)
        join(u->arena, list, own);
    if (r->permits)
        join(u->arena, list, r->permits);
    return list->count ? list : NULL;
}

static bool is_second_like(const Unit *u, const Resource *workflow) {
    for (size_t i = 0; i < u->copy_count; i++)
        if (u->copies[i].like[1] == workflow)
            return true;
    return false;
}

static Entry *source_of(const Node *statement) {
    const Node *like = node_get(node_get(statement, S("Condition")), S("ArnLike"));
    return (Entry *)node_find(like, S("aws:SourceArn"));
}

// Nothing but the account and the source is asked.
static bool same_account(const Node *a, const Node *b) {
    bool plain = a->count == 2 && b->count == 2 && node_get(a, S("ArnLike"))->count == 1;
    return plain && node_same(node_get(a, S("StringEquals")), node_get(b, S("StringEquals")));
}

static bool same_but_source(const Node *a, const Node *b) {
    for (uint32_t i = 0; i < a->count; i++) {
        Str key = a->entries[i].key->text;
        const Node *mine = a->entries[i].value, *other = node_get(b, key);
        bool same =
            str_eq(key, S("Condition")) ? same_account(mine, other) : node_same(mine, other);
        if (!same)
            return false;
    }
    return a->count == b->count;
}

// What one service does for several sources is one statement: some services take few.
static bool join_sources(Unit *u, Node *policy, const Node *statement, bool *known) {
    const Entry *more = source_of(statement);
    for (uint32_t i = 0; more && i < policy->count; i++) {
        Entry *old = source_of(policy->items[i]);
        if (!old || !same_but_source(policy->items[i], statement))
            continue;
        Node *sources = as_list(u->arena, old->value);
        uint32_t before = sources->count;
        join(u->arena, sources, as_list(u->arena, more->value));
        *known = sources->count == before;
        old->value = unlisted(sources);
        return true;
    }
    return false;
}

// If the second of many workflows asks for something else than the first, so does each of them.
static void add_to_resource_policy(Unit *u, const Resource *from, Resource *to, Node *statement) {
    bool known = false;
    if (!to->permits)
        to->permits = node_list(u->arena, to->loc);
    if (has(to->permits, statement))
        return;
    if (!join_sources(u, to->permits, statement, &known))
        node_push(u->arena, to->permits, statement);
    else if (known)
        return;
    if (from->workflow != to->workflow && is_second_like(u, from->workflow))
        u->apart = true;
}

static Node *attribute(Unit *u, Resource *r, Str name) {
    bool known;
    return scope_member(u, r, name, &known);
}

// What stands in the policy of `to` about `whose`, of which there may be one for each item there.
static Node *seen_from(Unit *u, const Resource *to, Resource *whose, Node *n) {
    if (!n || !resource_is_fanned(whose))
        return n;
    if (n->type == NODE_MAP) {
        Node *map = node_map(u->arena, n->loc);
        for (uint32_t i = 0; i < n->count; i++)
            node_set(u->arena, map, n->entries[i].key->text,
                     seen_from(u, to, whose, n->entries[i].value));
        return map;
    }
    if (!node_has_piece(grant_spelled(u, n), PIECE_ITEM))
        return n;
    Policy policy = {.unit = u, .principal = to};
    Node *list = node_list(u->arena, n->loc);
    node_push(u->arena, list, for_principal(&policy, whose, n));
    return unlisted(list);
}

static Node *source_condition(Unit *u, Loc at, Node *source) {
    Arena *a = u->arena;
    Node *condition = node_map(a, at), *equals = node_map(a, at), *like = node_map(a, at);
    Node *account = node_text(a, at);
    node_piece(a, account, (Piece){.kind = PIECE_DEPLOY, .text = S("account")});
    node_set(a, equals, S("aws:SourceAccount"), account);
    node_set(a, condition, S("StringEquals"), equals);
    node_set(a, like, S("aws:SourceArn"), source);
    if (like->count)
        node_set(a, condition, S("ArnLike"), like);
    return condition;
}

// A service may do this for the named source in this account, and for nobody else.
static Node *service_statement(Unit *u, const Node *permit, Node *source, Node *on) {
    Arena *a = u->arena;
    Loc at = permit->loc;
    Node *statement = node_map(a, at), *principal = node_map(a, at);
    Node *own = node_get(permit, S("condition"));
    Node *condition = own ? own : source_condition(u, at, source);
    node_set(a, principal, S("Service"), node_get(permit, S("service")));
    node_set(a, statement, S("Effect"), node_string(a, S("Allow"), at));
    node_set(a, statement, S("Principal"), principal);
    node_set(a, statement, S("Action"), unlisted(as_list(a, node_get(permit, S("actions")))));
    node_set(a, statement, S("Resource"), on);
    node_set(a, statement, S("Condition"), condition);
    return statement;
}

// The service must be able to use the key that encrypts what it sends to.
static void permit_key(Unit *u, const Resource *from, Resource *to, const Node *permit) {
    Resource *key = resource_ref(to, S("key"));
    if (!key)
        return;
    static const char *const words[] = {"kms:Decrypt", "kms:GenerateDataKey*"};
    Node *actions = node_list(u->arena, permit->loc), *wanted = node_map(u->arena, permit->loc);
    for (size_t i = 0; i < COUNT(words); i++)
        node_push(u->arena, actions, node_string(u->arena, str_from(words[i]), permit->loc));
    node_set(u->arena, wanted, S("actions"), actions);
    node_set(u->arena, wanted, S("service"), node_get(permit, S("service")));
    node_set(u->arena, wanted, S("condition"),
             seen_from(u, key, to, node_get(permit, S("key-condition"))));
    Node *all = node_string(u->arena, S("*"), permit->loc);
    add_to_resource_policy(u, from, key, service_statement(u, wanted, NULL, all));
}

static void permit(Unit *u, Resource *from, const Node *permit_node, const Node *on) {
    for (uint32_t i = 0; on->type == NODE_LIST && i < on->count; i++)
        permit(u, from, permit_node, on->items[i]);
    if (on->type != NODE_REF || on->res->existing.len ||
        kind_field(on->res->kind, S("statements")) < 0)
        return;
    Node *resource = seen_from(u, on->res, from, node_get(permit_node, S("resource")));
    Node *source = seen_from(u, on->res, from, node_get(permit_node, S("source")));
    if (!resource)
        resource = attribute(u, on->res, S("arn"));
    add_to_resource_policy(u, from, on->res, service_statement(u, permit_node, source, resource));
    permit_key(u, from, on->res, permit_node);
}

void grant_unit(Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        const Node *permits = scope_render(u, u->resources[i], u->resources[i]->kind->permits);
        for (uint32_t j = 0; permits && j < permits->count; j++) {
            const Node *on = node_get(permits->items[j], S("on"));
            if (on)
                permit(u, u->resources[i], permits->items[j], on);
        }
    }
}
