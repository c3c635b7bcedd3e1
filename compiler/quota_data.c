// quota_data.c - what DynamoDB and S3 would refuse.
#include "quota_parts.h"

// The letter of DynamoDB for a declared type; empty: it can be no part of a key.
static const char *key_letter(Str type) {
    static const struct {
        const char *type, *letter;
    } letters[] = {
        {"string", "S"},
        {"int",    "N"},
        {"number", "N"},
        {"time",   "N"},
    };
    for (size_t i = 0; i < COUNT(letters); i++)
        if (str_is(type, letters[i].type))
            return letters[i].letter;
    return "";
}

// DynamoDB developer guide, data types: a key is a string, a number or binary; what code writes
// has the type that is declared.
static void check_key_type(Unit *u, const Resource *r, const Node *key, const Node *type) {
    const Node *declared = key ? node_get(resource_get(r, S("attributes")), key->text) : NULL;
    if (!declared || str_eq(node_str(type), S("B")))
        return;
    const char *letter = declared->type == NODE_SCALAR ? key_letter(declared->text) : "";
    if (str_is(node_str(type), letter))
        return;
    diag_error(u->diags, declared->loc, "key-type", "`%.*s` is part of a key, which is a %s",
               SFMT(key->text), str_eq(node_str(type), S("N")) ? "number" : "string");
    diag_also(u->diags, key->loc, "here");
    if (!*letter)
        diag_help(u->diags, "a key is a string or a number");
    else
        diag_help(u->diags, "say so beside the key as well: `key-type: %s`, `sort-type: %s`",
                  *letter == 'N' ? "number" : "string", *letter == 'N' ? "number" : "string");
}

static void check_keys(Unit *u, const Resource *r, const Node *key, const Node *sort) {
    if (!key || !sort || !str_eq(node_str(key), node_str(sort)))
        return;
    diag_error(u->diags, sort->loc, "key-twice", "`%.*s` is both attributes of the key",
               SFMT(node_str(sort)));
    diag_also(u->diags, key->loc, "the other one, of table `%.*s`", SFMT(r->path));
    diag_help(u->diags, "remove `sort`, or name another attribute");
}

static void check_indexes(Unit *u, const Resource *r) {
    const Node *indexes = resource_get(r, S("indexes"));
    for (uint32_t i = 0; indexes && i < indexes->count; i++) {
        const Node *index = indexes->entries[i].value;
        const Node *key = node_get(index, S("key")), *sort = node_get(index, S("sort"));
        check_keys(u, r, key, sort);
        check_key_type(u, r, key, node_get(index, S("key-type")));
        check_key_type(u, r, sort, node_get(index, S("sort-type")));
    }
}

// Application Auto Scaling API: the most is not below the least.
static void check_scale(Unit *u, const Resource *r, const char *field) {
    const Node *most = node_get(resource_get(r, S("scale")), S("max"));
    long long now, max;
    if (!quota_integer(r, field, &now) || !node_to_int(most, &max) || now <= max)
        return;
    diag_error(u->diags, most->loc, "out-of-range", "it grows to %lld, and `%s` is %lld already",
               max, field, now);
    diag_help(u->diags, "raise `max`, or lower `%s`", field);
}

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
    check_keys(u, r, resource_get(r, S("key")), resource_get(r, S("sort")));
    check_key_type(u, r, resource_get(r, S("key")), resource_get(r, S("key-type")));
    check_key_type(u, r, resource_get(r, S("sort")), resource_get(r, S("sort-type")));
    check_indexes(u, r);
    check_scale(u, r, "read");
    check_scale(u, r, "write");
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

// S3 user guide, lifecycle: an object cannot move when it is gone.
static void check_lifecycle(Unit *u, const Resource *r) {
    long long expire, archive;
    if (!quota_seconds(r, "expire", &expire) || !quota_seconds(r, "archive", &archive) ||
        archive < expire)
        return;
    diag_error(u->diags, quota_at(r, "archive"), "field-without-effect",
               "objects of `%.*s` are deleted before they would be archived", SFMT(r->path));
    diag_also(u->diags, quota_at(r, "expire"), "here");
    diag_help(u->diags, "archive them earlier, or keep them longer");
}

// S3 user guide, event notifications: no two for one event may overlap in prefix and suffix.
void quota_bucket(Unit *u, const Resource *r) {
    const Node *events = resource_get(r, S("events"));
    check_lifecycle(u, r);
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
        queue = queue ? queue : node_get(e, S("publish"));
        if (queue && queue->type == NODE_REF && quota_true(queue->res, "fifo")) {
            diag_error(u->diags, queue->loc, "fifo-event", "S3 cannot send to FIFO %.*s `%.*s`",
                       SFMT(queue->res->kind->name), SFMT(queue->res->path));
            diag_help(u->diags, "send to a standard one, or call a function that sends on");
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
