// resource_policy.c - whether a service takes what stands in the policy of a resource: how long it
// is, and how many statements it has. Nobody can raise that. A kind says it as `policy-limit`:
//   {bytes: 8192, statements: 20, source: ...}
#include "policy.h"

#include "grant.h"

#include <stdlib.h>
#include <string.h>

typedef struct Extent {
    size_t bytes, statements;
} Extent;

// What Lambda makes of a permission, at least: its Sid is what CloudFormation calls it.
static size_t permission_length(const Unit *u, const Resource *permission) {
    static const char frame[] =
        "{\"Sid\":\"SYSTEM-ID-ABCDEFGHIJKL\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":},"
        "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"arn:aws:lambda:REGION:123456789012:"
        "function:NAME\",\"Condition\":{\"StringEquals\":{\"AWS:SourceAccount\":\"123456789012\"},"
        "\"ArnLike\":{\"AWS:SourceArn\":}}},";
    const Node *source = resource_get(permission, S("source"));
    return sizeof frame + u->system.len + permission->logical.len +
           policy_length(u, resource_get(permission, S("service"))) +
           (source ? policy_length(u, source) : 0);
}

// The permissions to call it are the statements of a function's policy.
static Extent of_permissions(const Unit *u, const Resource *function) {
    Extent all = {0};
    for (const Reference *ref = function->references; ref; ref = ref->next) {
        const Resource *from = ref->from;
        if (!str_eq(from->kind->name, S("permission")))
            continue;
        size_t count = resource_is_fanned(from) && from->axis != function->axis
                           ? unit_items_unasked(u, from->axis).count
                           : 1;
        all.statements += count;
        all.bytes += count * permission_length(u, from);
    }
    return all;
}

static Extent extent_of(Unit *u, Resource *r) {
    if (kind_field(r->kind, S("statements")) < 0 || !r->kind->policy)
        return of_permissions(u, r);
    enum { FRAME = sizeof "{\"Version\":\"2012-10-17\",\"Statement\":}" - 1 };
    const Node *statements = grant_statements(u, r);
    if (!statements)
        return (Extent){0};
    return (Extent){FRAME + policy_length(u, statements), statements->count};
}

static size_t limit_of(const Resource *r, const char *key) {
    const Node *limit = node_get(r->kind->policy_limit, str_from(key));
    return limit ? strtoul(limit->text.ptr, NULL, 10) : 0;
}

static void report(Unit *u, const Resource *r, size_t has, const char *of, size_t most) {
    diag_error(u->diags, r->loc, "policy-too-large", "the policy of %.*s has %zu %s, of %zu",
               SFMT(resource_what(u->arena, r)), has, of, most);
    diag_note(u->diags, "%.*s", SFMT(node_get_str(r->kind->policy_limit, S("source"))));
    diag_help(u->diags, "everything that sends to it or calls it stands there: let some of it go "
                        "to another one");
}

static void check(Unit *u, Resource *r) {
    size_t bytes = limit_of(r, "bytes"), statements = limit_of(r, "statements");
    Extent has = extent_of(u, r);
    if (statements && has.statements > statements)
        report(u, r, has.statements, "statements", statements);
    else if (has.bytes > bytes)
        report(u, r, has.bytes, "characters", bytes);
}

void policy_of_resources(Unit *u) {
    Unit brief = *u; // what is made to be counted is needed no longer
    brief.arena = u->scratch;
    for (size_t i = 0; i < u->count; i++) {
        if (!u->resources[i]->kind->policy_limit || u->resources[i]->existing.len)
            continue;
        check(&brief, u->resources[i]);
        unit_forget(&brief);
    }
}
