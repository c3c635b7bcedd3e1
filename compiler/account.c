// account.c - what a system has of each kind, beside the `quotas` that the kind declares:
//   {most: 1000, what: roles, per: an account, code: L-FE177D64, service: IAM, source: ...}
// With `of`, a field's sum is counted and not the resources; with `having`, those that have a
// field.
#include "account.h"

#include <stdlib.h>

#include "kind.h"

static size_t field_value(const Resource *r, Str field) {
    Str text = node_str(resource_get(r, field));
    size_t value = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
        value = value * 10 + (size_t)(text.ptr[i] - '0');
    return value;
}

// How many `r` stands for; of workflows that are alike two stand for all, so in halves.
static size_t halves(const Unit *u, const Resource *r) {
    if (r->existing.len || r->axis == AXIS_RUNTIME)
        return 0;
    if (r->axis != AXIS_NONE)
        return 2 * unit_items_unasked(u, r->axis).count;
    return 2 + (r->workflow ? r->workflow->copied : 0);
}

static size_t halves_counted(const Unit *u, const Resource *r, Str of, Str having) {
    if (having.len && !resource_get(r, having))
        return 0;
    return halves(u, r) * (of.len ? field_value(r, of) : 1);
}

static void check(Unit *u, const Kind *kind, const Node *quota) {
    Str of = node_get_str(quota, S("of")), having = node_get_str(quota, S("having")),
        code = node_get_str(quota, S("code")), service = node_get_str(quota, S("service")),
        most = node_get_str(quota, S("most"));
    size_t count = 0;
    const Resource *first = NULL;
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        size_t some = r->kind == kind ? halves_counted(u, r, of, having) : 0;
        first = first || !some ? first : r;
        count += some;
    }
    count /= 2;
    if (!first || count <= strtoul(most.ptr, NULL, 10))
        return;
    diag_warn(u->diags, first->loc, "account-quota", "`%.*s` has %zu %.*s; %.*s can have %.*s",
              SFMT(u->system), count, SFMT(node_get_str(quota, S("what"))),
              SFMT(node_get_str(quota, S("per"))), SFMT(most));
    diag_note(u->diags, "%.*s", SFMT(node_get_str(quota, S("source"))));
    diag_help(u->diags,
              "before it is deployed, ask for more in Service Quotas (%.*s%s%.*s), or divide it "
              "over accounts",
              SFMT(service), code.len ? ", " : "", SFMT(code));
}

void account_unit(Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        const Kind *kind = u->resources[i]->kind;
        bool seen = false;
        for (size_t j = 0; j < i && !seen && kind->quotas; j++)
            seen = u->resources[j]->kind == kind;
        for (uint32_t j = 0; !seen && kind->quotas && j < kind->quotas->count; j++)
            check(u, kind, kind->quotas->items[j]);
    }
    enum { STACKS = 2000 }; // CloudFormation quotas: stacks, for each account and Region
    if (u->stack_count <= STACKS)
        return;
    diag_warn(u->diags, u->root->loc, "account-quota",
              "`%.*s` has %zu stacks; an account and Region can have %d", SFMT(u->system),
              u->stack_count, STACKS);
    diag_help(u->diags, "before it is deployed, ask for more in Service Quotas (CloudFormation, "
                        "L-0485CB21), or divide it over accounts");
}
