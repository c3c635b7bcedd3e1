// key.c - what the text of stacks is made from, as a digest.
#include "key.h"

#include <string.h>

static void put_number(Buf *all, uint64_t n) {
    buf_put(all, (Str){(const char *)&n, sizeof n});
}

static void put_digest(Buf *all, Digest d) {
    put_number(all, d.high);
    put_number(all, d.low);
}

static void put_text(Buf *all, Str s) {
    uint64_t len = s.len;
    char *at = buf_room(all, sizeof len + s.len);
    memcpy(at, &len, sizeof len);
    if (s.len)
        memcpy(at + sizeof len, s.ptr, s.len);
    all->len += sizeof len + s.len;
}

static void put_tree(Buf *all, const Node *n, const Node *without) {
    put_number(all, n ? n->type | (uint64_t)n->style << 8 | (uint64_t)n->tag << 16 : UINT64_MAX);
    if (!n)
        return;
    put_text(all, n->text);
    put_number(all, n->count);
    for (uint32_t i = 0; n->type == NODE_LIST && i < n->count; i++)
        put_tree(all, n->items[i], without);
    for (uint32_t i = 0; n->type == NODE_MAP && i < n->count; i++) {
        put_text(all, n->entries[i].key->text);
        put_tree(all, n->entries[i].value == without ? NULL : n->entries[i].value, without);
    }
}

static Digest end(Buf *all) {
    Digest d = digest_of(buf_str(all));
    buf_free(all);
    return d;
}

Digest key_of_spec(const Node *root) {
    Buf all = {0};
    put_tree(&all, root, node_get(root, S("projects")));
    return end(&all);
}

// Whether the one behind an item stands behind it in the spec as well, as in `ann, bob`.
static bool is_in_one_text(const Item *item) {
    const char *end = item->user.ptr + item->user.len;
    return item[0].at->type == NODE_WORDS && item[1].at == item[0].at &&
           item[1].user.ptr == end + 2 && end[0] == ',' && end[1] == ' ';
}

// Users that stand in one text are put as that.
static void put_items(Buf *all, Items items) {
    put_number(all, items.count);
    for (size_t i = 0; i < items.count; i++) {
        const Item *first = &items.list[i];
        while (i + 1 < items.count && is_in_one_text(&items.list[i]))
            i++;
        Str last = items.list[i].user;
        put_text(all, first->project);
        put_text(all, (Str){first->user.ptr, (size_t)(last.ptr + last.len - first->user.ptr)});
        put_tree(all, first->fields, NULL);
    }
}

// What begins lines that are of items: `user p/u 1`, or `user.2 p/u 1` in a second set.
static bool is_of_item(Str key, Str *prefix) {
    static const Str words[] = {
        {"user ",    5},
        {"user.",    5},
        {"project ", 8},
        {"project.", 8}
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        *prefix = words[i];
        if (str_starts(key, words[i]))
            return true;
    }
    return false;
}

// In whatever order: a lock that was just made is not sorted yet.
static Digest key_of_lock(const Lock *lock) {
    Digest sum = {0};
    for (size_t at = 0; at < lock->count;) {
        const LockLine *line = lock_at(lock, at);
        Str prefix;
        if (is_of_item(line->key, &prefix)) {
            at = lock_behind(lock, at, prefix);
            continue;
        }
        at++;
        if (!line->used)
            continue;
        Buf text = {.arena = lock->arena};
        put_text(&text, line->key);
        put_number(&text, line->number);
        Digest d = end(&text);
        sum = (Digest){sum.high + d.high, sum.low + d.low};
    }
    return sum;
}

UnitKey key_of_unit(const Unit *u, const Lock *lock, Digest machine) {
    Buf all = {.arena = u->arena};
    put_digest(&all, machine);
    put_digest(&all, u->spec);
    put_text(&all, u->dir);
    put_text(&all, u->system);
    put_text(&all, u->env);
    put_number(&all, u->apart);
    put_digest(&all, key_of_lock(lock));
    UnitKey key = {.same = digest_of(buf_str(&all))};
    put_items(&all, u->projects);
    put_items(&all, u->users);
    key.items = end(&all);
    if (u->heeds_items)
        key.same = key.items;
    return key;
}

static bool any_heeds_items(Resource *const *resources, size_t count) {
    bool heeds = false;
    for (size_t i = 0; i < count && !heeds; i++)
        heeds = resources[i]->heeds_items;
    return heeds;
}

bool key_heeds_items(const Unit *u) {
    return any_heeds_items(u->resources, u->count);
}

void key_stacks(Unit *u, const UnitKey *unit) {
    Buf all = {.arena = u->arena};
    for (size_t i = 0; i < u->stack_count; i++) {
        Stack *s = u->stacks[i];
        all.len = 0;
        put_text(&all, s->name);
        put_text(&all, s->copy ? s->copy->id : S(""));
        put_number(&all, (uint64_t)s->axis << 32 | s->set);
        put_items(&all, s->items);
        put_digest(&all, any_heeds_items(s->resources, s->count) ? unit->items : unit->same);
        s->key = digest_of(buf_str(&all));
    }
    buf_free(&all);
}

Digest key_of_stacks(Digest unit, Str printer, Stacks stacks) {
    Buf all = {0};
    put_digest(&all, unit);
    put_text(&all, printer);
    for (size_t i = 0; i < stacks.count; i++)
        put_digest(&all, stacks.list[i]->key);
    return end(&all);
}
