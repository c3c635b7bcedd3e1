// policy.c - roles' policies as IAM takes them: counted as they will be once all names are known,
// and divided where they are too long.
#include "policy.h"

#include "build.h"
#include "grant.h"
#include "hands.h"
#include "link.h"
#include "scope.h"

#include <string.h>

// --- How long a document is ---

static size_t text_length(const Unit *u, const Node *text, const Item *item);

// What the name alone does not tell is at most as long as an ARN's end.
static size_t attribute_length(const Unit *u, const Piece *p) {
    enum { UNKNOWN = 64 };
    const Attr *attr = kind_attr(p->res->kind, p->text);
    Node *value = attr && attr->spelled ? scope_render((Unit *)u, p->res, attr->spelled) : NULL;
    return value && value->type == NODE_TEXT ? text_length(u, value, NULL) - 2 : UNKNOWN;
}

// The longest Region has 15 characters (us-isof-south-1). Where it is known, so is the partition,
// of which aws-us-gov is the longest. Of what is given at deployment nothing is known.
static size_t known_later(const Unit *u, const Piece *p) {
    enum { ACCOUNT = 12, REGION = 15, AWS = 3, PARTITION = 10, GIVEN = 64 };
    if (p->kind == PIECE_ATTR)
        return attribute_length(u, p);
    if (p->kind != PIECE_DEPLOY)
        return GIVEN;
    if (str_eq(p->text, S("account")))
        return ACCOUNT;
    if (str_eq(p->text, S("region")))
        return REGION;
    Str region = u->self ? node_str(resource_get(u->self, S("region"))) : (Str){0};
    bool common = region.len > 2 && region.ptr[2] == '-' && !str_starts(region, S("cn-")) &&
                  !str_starts(region, S("us-gov-")) && !str_starts(region, S("us-iso")) &&
                  !str_starts(region, S("eu-iso"));
    return common ? AWS : PARTITION;
}

static size_t item_length(const Item *item, Str piece) {
    enum { FIELD = 32 };
    return str_eq(piece, S("project")) ? item->project.len
           : str_eq(piece, S("user"))  ? item->user.len
                                       : FIELD;
}

static size_t longest_item(const Unit *u, Str piece) {
    Items all = unit_items(u, u->users.count ? AXIS_USER : AXIS_PROJECT);
    size_t most = 0;
    for (size_t i = 0; i < all.count; i++) {
        size_t length = item_length(&all.list[i], piece);
        most = length > most ? length : most;
    }
    return most;
}

static size_t text_length(const Unit *u, const Node *text, const Item *item) {
    size_t length = 2;
    for (uint32_t i = 0; i < text->count; i++) {
        const Piece *p = &text->pieces[i];
        length += p->kind == PIECE_LITERAL ? p->text.len
                  : p->kind != PIECE_ITEM  ? known_later(u, p)
                  : item                   ? item_length(item, p->text)
                                           : longest_item(u, p->text);
    }
    return length;
}

static size_t each_length(const Unit *u, const Node *each) {
    Items all = unit_items(u, each->res->axis);
    size_t length = all.count;
    for (size_t i = 0; i < all.count; i++)
        length += text_length(u, each->with, &all.list[i]);
    return length ? length - 1 : 0;
}

size_t policy_length(const Unit *u, const Node *n) {
    size_t length = 2 + (n->count > 1 ? n->count - 1 : 0); // brackets and commas, or quotes
    switch (n->type) {
    case NODE_TEXT:
        return text_length(u, n, NULL);
    case NODE_EACH:
        return each_length(u, n);
    case NODE_LIST:
        for (uint32_t i = 0; i < n->count; i++)
            length += policy_length(u, n->items[i]);
        return length;
    case NODE_MAP:
        for (uint32_t i = 0; i < n->count; i++)
            length += 3 + n->entries[i].key->text.len + policy_length(u, n->entries[i].value);
        return length;
    default:
        return 2 + n->text.len;
    }
}

// --- Dividing it ---

// One statement after the other goes into the last document, one of its resources after the other;
// where the next does not fit, another document begins, and the statement again in it.
typedef struct Divider {
    Unit *unit;
    Node *documents;
    Node *statements; // of the last document
    size_t length;    // of the last document
} Divider;

static size_t most_of(const Divider *d) {
    return d->documents->count == 1 ? POLICY_INLINE : POLICY_MANAGED;
}

static void begin_document(Divider *d, const Node *whole) {
    Arena *a = d->unit->arena;
    Node *document = node_map(a, whole->loc);
    d->statements = node_list(a, whole->loc);
    node_set(a, document, S("Version"), node_get(whole, S("Version")));
    node_set(a, document, S("Statement"), d->statements);
    node_push(a, d->documents, document);
    d->length = policy_length(d->unit, document);
}

// The statement without its resources, which are `on`.
static Node *begin_statement(Divider *d, const Node *whole, Node *on) {
    Node *statement = node_map(d->unit->arena, whole->loc);
    for (uint32_t i = 0; i < whole->count; i++) {
        const Entry *e = &whole->entries[i];
        bool resources = str_eq(e->key->text, S("Resource"));
        node_entry(d->unit->arena, statement, e->key, resources ? on : e->value);
    }
    return statement;
}

// A text for one item; NULL: it has a field of the user's own.
static Node *for_item(Arena *a, const Node *text, const Item *item) {
    Node *out = node_text(a, text->loc);
    for (uint32_t i = 0; i < text->count; i++) {
        Piece p = text->pieces[i];
        if (p.kind == PIECE_ITEM && str_starts(p.text, S("user.")))
            return NULL;
        if (p.kind == PIECE_ITEM)
            p = (Piece){.kind = PIECE_LITERAL,
                        .text =
                            arena_str(a, str_eq(p.text, S("user")) ? item->user : item->project)};
        node_piece(a, out, p);
    }
    return node_settle(a, out);
}

// What is one for each of so many that no document could hold it is written out, to be divided.
static Node *written_out(Unit *u, Node *resources) {
    Node *out = node_list(u->arena, resources->loc);
    for (uint32_t i = 0; i < resources->count; i++) {
        Node *n = resources->items[i], *text = n;
        bool many = n->type == NODE_EACH && policy_length(u, n) > POLICY_MANAGED / 2;
        size_t count = 0;
        Item **all = many ? unit_sorted_items(u->arena, u, n->res->axis, &count) : NULL;
        for (size_t j = 0; j < count && text; j++) {
            text = for_item(u->arena, n->with, all[j]);
            node_push(u->arena, out, text);
        }
        if (!many || !text)
            node_push(u->arena, out, n);
    }
    return out;
}

static void divide_statement(Divider *d, const Node *policy, const Node *whole) {
    Arena *a = d->unit->arena;
    Node *resources = written_out(d->unit, node_as_list(a, node_get(whole, S("Resource"))));
    Node *on = NULL, *bare = begin_statement(d, whole, node_list(a, whole->loc));
    for (uint32_t i = 0; i < resources->count; i++) {
        size_t more = policy_length(d->unit, resources->items[i]) + 1;
        size_t first = more + policy_length(d->unit, bare) + 1;
        if (d->length + (on ? more : first) > most_of(d) && d->statements->count) {
            begin_document(d, policy);
            on = NULL;
        }
        d->length += on ? more : first;
        if (!on) {
            on = node_list(a, whole->loc);
            node_push(a, d->statements, begin_statement(d, whole, on));
        }
        node_push(a, on, resources->items[i]);
    }
}

// The documents that together are `policy`.
static Node *divide(Unit *u, const Node *policy) {
    Divider d = {.unit = u, .documents = node_list(u->arena, policy->loc)};
    const Node *statements = node_get(policy, S("Statement"));
    begin_document(&d, policy);
    for (uint32_t i = 0; i < statements->count; i++)
        divide_statement(&d, policy, statements->items[i]);
    return d.documents;
}

// --- The managed policies ---

static bool fits(const Unit *u, const Node *documents) {
    for (uint32_t i = 0; i < documents->count; i++)
        if (policy_length(u, documents->items[i]) > (i ? POLICY_MANAGED : POLICY_INLINE))
            return false; // one resource, or one that is for each of many
    return true;
}

static bool names_each(const Node *n) {
    bool found = n->type == NODE_EACH;
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count && !found; i++)
        found = names_each(n->items[i]);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count && !found; i++)
        found = names_each(n->entries[i].value);
    return found;
}

static void report(Unit *u, const Resource *role, const Node *policy) {
    const Resource *who = role->owner ? role->owner : role;
    diag_error(u->diags, role->loc, "policy-too-large", "the policy of %.*s has %zu characters",
               SFMT(resource_what(u->arena, who)), policy_length(u, policy));
    diag_note(u->diags,
              "IAM quotas: %d in the role, and %d in each of %d managed policies that it can have",
              POLICY_INLINE, POLICY_MANAGED, POLICY_ATTACHED);
    if (names_each(policy))
        diag_help(u->diags, "begin the names of what there is one for each of with `$(system)-`: "
                            "then a pattern stands for all of them");
    else
        diag_help(u->diags, "let it use less, or divide what it does");
}

// What the role may do, in as many documents as it takes; NULL: nothing. What is too much for all
// of them is reported, and stays whole.
static Node *documents_of(Unit *u, Resource *role) {
    Node *policy = grant_policy(u, role), *whole = node_as_list(u->arena, policy);
    const Node *given = resource_get(role, S("managed"));
    if (!policy || policy_length(u, policy) <= POLICY_INLINE)
        return whole;
    Node *documents = divide(u, policy);
    uint32_t all = documents->count - 1 + (given ? given->count : 0);
    if (all <= POLICY_ATTACHED && fits(u, documents))
        return documents;
    report(u, role, policy);
    return whole;
}

static void set_policies(Unit *u, Resource *role, const Node *documents) {
    Node *policies = documents->count > 1 ? node_list(u->arena, role->loc) : NULL;
    for (uint32_t i = 1; i < documents->count; i++) {
        Resource *more = link_more(u, role, S("policy"), S("policy"), i);
        resource_set(more, S("document"), documents->items[i]);
        node_push(u->arena, policies, node_ref(u->arena, more, role->loc));
    }
    resource_set(role, S("policy"), documents->items[0]);
    resource_set(role, S("policies"), policies);
}

typedef struct Roles {
    Resource **list;
    Node **documents; // of each
    size_t count;
} Roles;

enum { TOGETHER = 16 }; // that are done by one hand, one after the other

static void write_policies(Unit *u, void *ctx, size_t number) {
    Roles *roles = ctx;
    Unit own = *u;
    for (size_t i = number * TOGETHER; i < (number + 1) * TOGETHER && i < roles->count; i++) {
        own.asked = &roles->list[i]->heeds_items;
        memset(own.derived, 0, sizeof own.derived); // whoever made them asked for the last one
        roles->documents[i] = documents_of(&own, roles->list[i]);
    }
}

void policy_unit(Unit *u) {
    Roles roles = {.list = arena_new(u->arena, Resource *, u->count + 1),
                   .documents = arena_new(u->arena, Node *, u->count + 1)};
    for (size_t i = 0; i < u->count; i++)
        if (str_eq(u->resources[i]->kind->name, S("role")) && !u->resources[i]->existing.len)
            roles.list[roles.count++] = u->resources[i];
    hands_do(u, (roles.count + TOGETHER - 1) / TOGETHER, write_policies, &roles);
    for (size_t i = 0; i < roles.count; i++)
        if (roles.documents[i])
            set_policies(u, roles.list[i], roles.documents[i]);
}
