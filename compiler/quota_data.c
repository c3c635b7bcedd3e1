// quota_data.c - what DynamoDB and S3 would refuse.
#include "quota_parts.h"

void quota_table(Unit *u, const Resource *r) {
    Str ttl = node_get_str(resource_get(r, S("ttl")), S("attribute"));
    const Node *declared = ttl.len ? node_get(resource_get(r, S("attributes")), ttl) : NULL;
    if (ttl.len && (str_eq(ttl, node_str(resource_get(r, S("key")))) ||
                    str_eq(ttl, node_str(resource_get(r, S("sort")))))) {
        diag_error(u->diags, quota_at(r, "ttl"), "ttl-key",
                   "`%.*s` is part of the key, and cannot say when an item goes", SFMT(ttl));
        diag_help(u->diags, "name another attribute");
    }
    if (declared && !str_eq(node_str(declared), S("time"))) {
        diag_error(u->diags, declared->loc, "ttl-type",
                   "`%.*s` says when an item goes, so it must be a `time`", SFMT(ttl));
        diag_also(u->diags, quota_at(r, "ttl"), "here");
        diag_help(u->diags, "write `%.*s: time`: DynamoDB reads it as epoch seconds", SFMT(ttl));
    }
    bool provisioned = str_eq(node_str(resource_get(r, S("billing"))), S("PROVISIONED"));
    if (provisioned && (!resource_get(r, S("read")) || !resource_get(r, S("write")))) {
        diag_error(u->diags, quota_at(r, "billing"), "missing-key",
                   "a provisioned table needs `read` and `write`");
        diag_help(u->diags, "add both, or use `billing: on-demand`");
    }
}

static bool overlap(Str a, Str b) {
    return str_starts(a, b) || str_starts(b, a);
}

// S3 user guide, event notifications: no two for one event may overlap in prefix and suffix.
void quota_bucket(Unit *u, const Resource *r) {
    const Node *events = resource_get(r, S("events"));
    for (uint32_t i = 0; events && i < events->count; i++) {
        const Node *e = events->items[i], *queue = node_get(e, S("send"));
        size_t targets = (node_find(e, S("call")) != NULL) + (node_find(e, S("send")) != NULL) +
                         (node_find(e, S("publish")) != NULL);
        if (targets != 1) {
            diag_error(u->diags, e->loc, "event-target",
                       "an event of a bucket has one of `call`, `send` and `publish`, not %zu",
                       targets);
            diag_help(u->diags, "write one event for each");
        }
        if (queue && queue->type == NODE_REF && quota_true(queue->res, "fifo")) {
            diag_error(u->diags, queue->loc, "fifo-event", "S3 cannot send to FIFO queue `%.*s`",
                       SFMT(queue->res->path));
            diag_help(u->diags, "send to a standard queue, or call a function that sends on");
        }
        for (uint32_t j = 0; j < i; j++) {
            const Node *other = events->items[j];
            if (!str_eq(node_get_str(e, S("event")), node_get_str(other, S("event"))) ||
                !overlap(node_get_str(e, S("prefix")), node_get_str(other, S("prefix"))))
                continue;
            Str suffix = node_get_str(e, S("suffix")), before = node_get_str(other, S("suffix"));
            if (suffix.len && before.len && !str_ends(suffix, before) && !str_ends(before, suffix))
                continue;
            diag_error(u->diags, e->loc, "overlapping-events",
                       "two events of bucket `%.*s` are about the same objects", SFMT(r->path));
            diag_also(u->diags, other->loc, "the other one");
            diag_help(u->diags,
                      "give them prefixes that do not begin alike, or one of them a topic for all");
        }
    }
}
