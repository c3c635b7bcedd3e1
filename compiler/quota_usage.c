// quota_usage.c - the words of `usage`: each is one that a price or a quota counts by, or it would
// be left out in silence.
#include "quota_parts.h"

#include "unit.h"

enum { WORDS_MOST = 32 };

typedef struct Words {
    Str list[WORDS_MOST];
    size_t count;
} Words;

static void add(Words *w, Str word) {
    for (size_t i = 0; i < w->count; i++)
        if (str_eq(w->list[i], word))
            return;
    if (w->count < WORDS_MOST)
        w->list[w->count++] = word;
}

// The factors of formulas that are neither numbers nor fields.
static void add_factors(Words *w, const Node *formulas, Str key) {
    for (uint32_t i = 0; formulas && i < formulas->count; i++) {
        const Node *factors = node_get(formulas->items[i], key);
        for (uint32_t j = 0; factors && j < factors->count; j++) {
            Str word = node_str(factors->items[j]);
            if (word.len && word.ptr[0] >= 'a' && word.ptr[0] <= 'z')
                add(w, word);
        }
    }
}

static void add_kind(Words *w, const Kind *kind) {
    add_factors(w, kind->price, S("of"));
    add_factors(w, kind->quotas, S("rate"));
}

// What has no usage of its own is used as often as the function that it calls, and the parts of a
// workflow as often as that; see cost.c.
static Words words_of(const Unit *u, const Resource *r) {
    Words w = {0};
    add_kind(&w, r->kind);
    for (size_t i = 0; quota_is(r, "function") && i < u->count; i++)
        if (kind_field(u->resources[i]->kind, S("function")) >= 0)
            add_kind(&w, u->resources[i]->kind);
    for (size_t i = 0; i < w.count; i++)
        if (str_eq(w.list[i], S("requests")))
            add(&w, S("executions"));
        else if (str_eq(w.list[i], S("executions")))
            add(&w, S("requests"));
    if (quota_is(r, "workflow")) {
        add(&w, S("stored"));
        add(&w, S("expected"));
    }
    return w;
}

// So much, or what somebody has reckoned that it costs; what deployment gives is not known here.
static void check_amount(Unit *u, const Node *key, const Node *value) {
    double amount;
    Str currency, text = node_str(value);
    bool reckoned = str_eq(node_str(key), S("expected"));
    if (!value || value->type == NODE_TEXT || node_is_null(value))
        return;
    if (value->type == NODE_SCALAR &&
        (reckoned ? unit_money(text, &amount, &currency) : unit_amount(text, &amount)))
        return;
    diag_error(u->diags, value->loc, "wrong-type", "`%.*s` needs %s", SFMT(node_str(key)),
               reckoned ? "an amount of money" : "a number, or so much a day or month");
    diag_help(u->diags, "write it as %s",
              reckoned ? "`2.50USD`" : "`1000/day`, `1M/month`, `50ms` or `500MB`");
}

static void check_words(Unit *u, const Resource *r, const Node *usage) {
    Words w = words_of(u, r);
    for (uint32_t i = 0; usage && usage->type == NODE_MAP && i < usage->count; i++) {
        const Node *key = usage->entries[i].key;
        Str word = node_str(key), kind = r->kind->name;
        bool known = false;
        check_amount(u, key, usage->entries[i].value);
        for (size_t j = 0; j < w.count; j++)
            known = known || str_eq(w.list[j], word);
        if (known)
            continue;
        diag_error(u->diags, key->loc, "unknown-key",
                   "no cost or quota of %s %.*s is counted by `%.*s`", str_article(kind),
                   SFMT(kind), SFMT(word));
        if (w.count)
            diag_suggest(u->diags, key->loc, word, w.list, w.count);
        else
            diag_help(u->diags, "leave it out: nothing is counted by what %s %.*s is used for",
                      str_article(kind), SFMT(kind));
    }
}

static const Resource *find_own(const Unit *u, Str id) {
    for (size_t i = 0; i < u->count; i++)
        if (u->resources[i]->owner == u->self && str_eq(u->resources[i]->id, id))
            return u->resources[i];
    return NULL;
}

// What comes with a system, some of it only where it is needed.
static void check_system(Unit *u, const Node *usage) {
    Words ids = {0};
    for (size_t i = 0; i < u->self->kind->make_count; i++)
        add(&ids, u->self->kind->makes[i].name);
    for (uint32_t i = 0; usage->type == NODE_MAP && i < usage->count; i++) {
        const Node *key = usage->entries[i].key;
        const Resource *of = find_own(u, node_str(key));
        bool known = of != NULL;
        for (size_t j = 0; j < ids.count; j++)
            known = known || str_eq(ids.list[j], node_str(key));
        if (of)
            check_words(u, of, usage->entries[i].value);
        if (known)
            continue;
        diag_error(u->diags, key->loc, "unknown-key",
                   "nothing that comes with a system is called `%.*s`", SFMT(node_str(key)));
        diag_suggest(u->diags, key->loc, node_str(key), ids.list, ids.count);
    }
}

void quota_usage(Unit *u, const Resource *r) {
    const Node *usage = resource_get(r, S("usage"));
    if (usage && r == u->self)
        check_system(u, usage);
    else if (usage)
        check_words(u, r, usage);
}
