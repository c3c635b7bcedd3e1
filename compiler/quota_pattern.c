// quota_pattern.c - patterns of events, as EventBridge takes them. Source: EventBridge user guide,
// event patterns and content filtering.
#include "json.h"
#include "quota_parts.h"

#include <arpa/inet.h>
#include <string.h>

static bool is_value(const Node *n) {
    return node_is_string(n) || node_is_number(n);
}

static bool is_truth(const Node *n) {
    return node_is_scalar(n) && node_scalar_type(n) == SCALAR_BOOL;
}

static bool is_list_of(const Node *n, bool (*one)(const Node *)) {
    bool ok = n->type == NODE_LIST && n->count > 0;
    for (uint32_t i = 0; ok && i < n->count; i++)
        ok = one(n->items[i]);
    return ok;
}

static bool is_caseless(const Node *n) {
    const Node *text =
        node_is_map(n) && n->count == 1 ? node_get(n, S("equals-ignore-case")) : NULL;
    return text && node_is_string(text);
}

static bool is_part(const Node *n) {
    return node_is_string(n) || is_caseless(n);
}

static bool is_wildcard(const Node *n) {
    return node_is_string(n) && str_find(node_str(n), S("**")) < 0;
}

static bool is_one_of(const Node *n, const char *const *words, size_t count) {
    return node_is_scalar(n) && str_is_one_of(n->text, words, count);
}

// One comparison, or a lower and then an upper bound.
static bool is_range(const Node *n) {
    static const char *const any[] = {"<", "<=", "=", ">", ">="};
    if (n->type != NODE_LIST || (n->count != 2 && n->count != 4) || !node_is_number(n->items[1]) ||
        !is_one_of(n->items[0], any, COUNT(any)))
        return false;
    return n->count == 2 || (is_one_of(n->items[0], any + 3, 2) && is_one_of(n->items[2], any, 2) &&
                             node_is_number(n->items[3]));
}

static bool is_cidr(const Node *n) {
    char address[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    Str rest = node_str(n), head;
    long long bits;
    if (!node_is_string(n) || !str_split(&rest, '/', &head) || head.len >= sizeof address ||
        !str_to_int(rest, &bits))
        return false;
    memcpy(address, head.ptr, head.len);
    address[head.len] = '\0';
    int family = str_find(head, S(":")) < 0 ? AF_INET : AF_INET6;
    return inet_pton(family, address, bytes) == 1 && bits >= 0 &&
           bits <= (family == AF_INET ? 32 : 128);
}

static bool is_text_or_texts(const Node *n) {
    return node_is_string(n) || is_list_of(n, node_is_string);
}

static bool is_anything(const Node *n) {
    static const char *const inner[] = {"prefix", "suffix", "equals-ignore-case", "wildcard"};
    if (n->type != NODE_MAP)
        return is_value(n) || is_list_of(n, is_value);
    return n->count == 1 && str_is_one_of(n->entries[0].key->text, inner, COUNT(inner)) &&
           (is_text_or_texts(n->entries[0].value) || is_caseless(n->entries[0].value));
}

static const struct Matcher {
    const char *name;
    bool (*fits)(const Node *value);
    const char *example;
} matchers[] = {
    {"anything-but",       is_anything,    "`{anything-but: [VALUE]}` or `{anything-but: {prefix: TEXT}}`"},
    {"cidr",               is_cidr,        "`{cidr: 10.0.0.0/24}`"                                        },
    {"equals-ignore-case", node_is_string, "`{equals-ignore-case: TEXT}`"                                 },
    {"exists",             is_truth,       "`{exists: true}` or `{exists: false}`"                        },
    {"numeric",            is_range,       "`{numeric: [\">\", 0, \"<=\", 5]}`"                           },
    {"prefix",             is_part,        "`{prefix: TEXT}`"                                             },
    {"suffix",             is_part,        "`{suffix: TEXT}`"                                             },
    {"wildcard",           is_wildcard,    "`{wildcard: dir/*.png}`, without two `*` in a row"            },
};

static void unknown_matcher(Unit *u, const Node *key) {
    Str names[COUNT(matchers)];
    for (size_t i = 0; i < COUNT(matchers); i++)
        names[i] = str_from(matchers[i].name);
    diag_error(u->diags, key->loc, "event-pattern", "EventBridge does not match by `%.*s`",
               SFMT(key->text));
    diag_suggest(u->diags, key->loc, key->text, names, COUNT(names));
}

static void check_matcher(Unit *u, const Node *one) {
    if (one->count != 1) {
        diag_error(u->diags, one->loc, "event-pattern", "a value is matched in one way, not %u",
                   one->count);
        diag_help(u->diags, "write one map for each: one of them is enough to match");
        return;
    }
    const Node *key = one->entries[0].key, *value = one->entries[0].value;
    for (size_t i = 0; i < COUNT(matchers); i++) {
        if (!str_is(key->text, matchers[i].name))
            continue;
        if (!matchers[i].fits(value)) {
            diag_error(u->diags, value->loc, "event-pattern", "EventBridge takes no `%s` like this",
                       matchers[i].name);
            diag_help(u->diags, "write %s", matchers[i].example);
        }
        return;
    }
    unknown_matcher(u, key);
}

// What a field may be: any of these.
static void check_values(Unit *u, const Entry *e) {
    if (e->value->type != NODE_LIST || !e->value->count) {
        diag_error(u->diags, e->value->loc, "event-pattern",
                   "`%.*s` is compared with a list of values", SFMT(e->key->text));
        diag_help(u->diags, "write `%.*s: [VALUE]`", SFMT(e->key->text));
        return;
    }
    for (uint32_t i = 0; i < e->value->count; i++)
        if (node_is_map(e->value->items[i]))
            check_matcher(u, e->value->items[i]);
}

static void check_map(Unit *u, const Node *pattern);

static void check_or(Unit *u, const Node *list) {
    if (list->type != NODE_LIST || list->count < 2) {
        diag_error(u->diags, list->loc, "event-pattern", "`$or` needs two patterns at least");
        diag_help(u->diags, "write `$or: [{KEY: [VALUE]}, {KEY: [VALUE]}]`");
        return;
    }
    for (uint32_t i = 0; i < list->count; i++)
        check_map(u, list->items[i]);
}

static void check_map(Unit *u, const Node *pattern) {
    for (uint32_t i = 0; pattern->type == NODE_MAP && i < pattern->count; i++) {
        const Entry *e = &pattern->entries[i];
        if (str_eq(e->key->text, S("$or")))
            check_or(u, e->value);
        else if (e->value->type == NODE_MAP)
            check_map(u, e->value);
        else
            check_values(u, e);
    }
}

enum { PATTERN_CHARACTERS = 4096 }; // EventBridge API, PutRule and CreatePipe: an event pattern

void quota_pattern(Unit *u, const Node *pattern, Loc place) {
    Buf text = {.arena = u->arena};
    json_print(&text, pattern, 0, false);
    if (text.len > PATTERN_CHARACTERS) {
        diag_error(u->diags, place, "pattern-too-long", "the pattern has %zu characters", text.len);
        diag_note(u->diags, "EventBridge takes %d", PATTERN_CHARACTERS);
        diag_help(u->diags, "match by prefix, or divide it among several");
    }
    buf_free(&text);
    check_map(u, pattern);
}
