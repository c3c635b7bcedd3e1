// account.c - what a system has of each kind, beside the `quotas` that the kind declares:
//   {most: 1000, what: roles, per: an account, code: L-FE177D64, service: IAM, source: ...}
// With `of`, a field's sum is counted and not the resources; with `having`, those that have a
// field. With `rate`, what is going on at once on average: the product of these words of `usage`, a
// second. With `each`, it is what one of them may have, and with `help`, what to do instead.
#include "account.h"

#include <stdlib.h>

#include "cost.h"
#include "policy.h"
#include "scope.h"

enum { MONTH_SECONDS = 30 * 24 * 60 * 60 }; // as rates are counted: see unit.c

static double field_value(const Resource *r, Str field) {
    Str text = node_str(resource_get(r, field));
    double value = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
        value = value * 10 + (text.ptr[i] - '0');
    return value;
}

// How many `r` stands for; of workflows that are alike two stand for all, so in halves.
static size_t halves(const Unit *u, const Resource *r) {
    if (r->existing.len || r->axis == AXIS_RUNTIME)
        return 0;
    if (r->axis != AXIS_NONE)
        return 2 * unit_items_unasked(u, r->axis).count;
    return resource_halves(r);
}

static double value_of(Unit *u, Resource *r, const Node *quota) {
    Str of = node_get_str(quota, S("of")), having = node_get_str(quota, S("having"));
    const Node *rate = node_get(quota, S("rate"));
    double product;
    if (rate)
        return cost_product(u, r, rate, &product) ? product / MONTH_SECONDS : 0;
    if (having.len && !resource_get(r, having))
        return 0;
    return of.len ? field_value(r, of) : 1;
}

static void report(Unit *u, const Resource *first, Str who, double count, const Node *quota) {
    Str code = node_get_str(quota, S("code")), service = node_get_str(quota, S("service")),
        help = node_get_str(quota, S("help"));
    diag_warn(u->diags, first->loc, "account-quota", "%.*s has %.0f %.*s; %.*s can have %.*s",
              SFMT(who), count, SFMT(node_get_str(quota, S("what"))),
              SFMT(node_get_str(quota, S("per"))), SFMT(node_get_str(quota, S("most"))));
    diag_note(u->diags, "%.*s", SFMT(node_get_str(quota, S("source"))));
    if (help.len)
        diag_help(u->diags, "%.*s", SFMT(help));
    else
        diag_help(u->diags,
                  "before it is deployed, ask for more in Service Quotas (%.*s%s%.*s), or divide "
                  "it over accounts",
                  SFMT(service), code.len ? ", " : "", SFMT(code));
}

// Quotas of one thing. They are rendered for it: they name its fields.
static void check_each(Unit *u, Resource *r, const Node *quota) {
    double most = strtod(node_get_str(quota, S("most")).ptr, NULL), value = value_of(u, r, quota);
    if (value > most)
        report(u, r, resource_what(u->arena, r), value, quota);
}

// Nothing in it has to be filled in: it is what it would be rendered to.
static bool is_fixed(const Node *quota) {
    bool fixed = !quota->has_directive;
    for (uint32_t i = 0; i < quota->count && fixed; i++) // of words, as a rule
        fixed = quota->entries[i].key->type == NODE_SCALAR &&
                quota->entries[i].value->type == NODE_SCALAR &&
                !node_is_null(quota->entries[i].value);
    return fixed;
}

static void check_sum(Unit *u, const Kind *kind, Node *quota) {
    double most = strtod(node_get_str(quota, S("most")).ptr, NULL), count = 0;
    bool each = node_get(quota, S("each")), fixed = is_fixed(quota);
    const Resource *first = NULL;
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        size_t stands_for = r->kind == kind ? halves(u, r) : 0;
        if (!stands_for)
            continue;
        const Node *own = fixed ? quota : scope_render(u, r, quota);
        if (own && each)
            check_each(u, r, own);
        else if (own)
            count += (double)stands_for / 2 * value_of(u, r, own);
        first = first ? first : r;
    }
    if (first && !each && count > most)
        report(u, first, str_fmt(u->arena, "`%.*s`", SFMT(u->system)), count, quota);
}

static void check_stacks(Unit *u) {
    enum { STACKS = 2000 }; // CloudFormation quotas: stacks, for each account and Region
    if (u->stack_count <= STACKS)
        return;
    diag_warn(u->diags, u->root->loc, "account-quota",
              "`%.*s` has %zu stacks; an account and Region can have %d", SFMT(u->system),
              u->stack_count, STACKS);
    diag_help(u->diags, "before it is deployed, ask for more in Service Quotas (CloudFormation, "
                        "L-0485CB21), or divide it over accounts");
}

// Step Functions and API Gateway name every log that they deliver to in one policy of the account,
// AWSLogDeliveryWrite20150319, unless its name begins with /aws/vendedlogs/, which stands there
// once for all: https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
enum { LOG_POLICY_CHARACTERS = 5120 };

static size_t delivery_length(Unit *u, Resource *r) {
    enum { FRAME = sizeof "\":log-stream:*\"," };
    bool known;
    const Node *log = scope_member(u, r, S("log"), &known);
    Resource *to = log && log->type == NODE_REF ? log->res : NULL;
    const Node *name = to ? to->name : NULL;
    Str begin = name && name->type == NODE_TEXT ? name->pieces[0].text : node_str(name);
    Node *arn = to ? scope_member(u, to, S("plain-arn"), &known) : NULL;
    return arn && !str_starts(begin, S("/aws/vendedlogs/")) ? FRAME + policy_length(u, arn) : 0;
}

static void check_log_deliveries(Unit *u) {
    size_t length = 0, count = 0;
    const Resource *first = NULL;
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        bool delivers = str_eq(r->kind->name, S("workflow")) || str_eq(r->kind->name, S("api"));
        size_t own = delivers ? delivery_length(u, r) : 0;
        first = own && !first ? r : first;
        length += own * halves(u, r) / 2;
        count += own ? halves(u, r) : 0;
    }
    if (length <= LOG_POLICY_CHARACTERS)
        return;
    diag_warn(u->diags, first->loc, "account-quota",
              "%zu logs of workflows and APIs make the account's policy of log deliveries %zu "
              "characters long; it can have %d",
              count / 2, length, LOG_POLICY_CHARACTERS);
    diag_note(u->diags, "Step Functions developer guide, CloudWatch Logs resource policies");
    diag_help(u->diags, "begin the names of these logs with `/aws/vendedlogs/`: then one pattern "
                        "stands for all of them");
}

void account_unit(Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        const Kind *kind = u->resources[i]->kind;
        bool seen = false;
        for (size_t j = 0; j < i && !seen && kind->quotas; j++)
            seen = u->resources[j]->kind == kind;
        for (uint32_t j = 0; !seen && kind->quotas && j < kind->quotas->count; j++)
            check_sum(u, kind, kind->quotas->items[j]);
    }
    check_log_deliveries(u);
    check_stacks(u);
}
