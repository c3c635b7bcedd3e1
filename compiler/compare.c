// compare.c - stacks as they are beside stacks as they are to be.
#include "compare.h"

#include "json.h"

#include <stdlib.h>

// An ARN of this account in this Region is known by its last part.
static Str short_arn(Str arn) {
    Str rest = arn, part, whose = S(":${AWS::Region}:${AWS::AccountId}:");
    ptrdiff_t at = str_find(arn, whose);
    if (!str_starts(arn, S("arn:${AWS::Partition}:")) || at < 0)
        return arn;
    rest = str_cut(arn, (size_t)at + whose.len, arn.len);
    part = str_cut(arn, sizeof "arn:${AWS::Partition}:" - 1, (size_t)at);
    return part.len && str_find(part, S(":")) < 0 ? rest : arn;
}

// References as people say them: X, X.Arn, a text with `${...}` in it.
static Str function_text(Arena *a, const Node *n) {
    const Node *value = n->entries[0].value;
    Str name = n->entries[0].key->text;
    if (str_eq(name, S("Ref")) && node_is_scalar(value))
        return value->text;
    if (str_eq(name, S("Fn::Sub")) && node_is_scalar(value))
        return short_arn(value->text);
    if (str_eq(name, S("Fn::GetAtt")) && node_is_list(value) && value->count == 2)
        return str_fmt(a, "%.*s.%.*s", SFMT(node_str(value->items[0])),
                       SFMT(node_str(value->items[1])));
    return (Str){0};
}

static bool is_function(const Node *n) { // Ref, Fn::Sub: a value, and no tree of its own
    return node_is_map(n) && n->count == 1 &&
           (str_eq(n->entries[0].key->text, S("Ref")) ||
            str_starts(n->entries[0].key->text, S("Fn::")));
}

static Str as_json(Arena *a, const Node *n) {
    Str text_of_it = is_function(n) ? function_text(a, n) : (Str){0};
    if (text_of_it.ptr)
        return text_of_it;
    Buf b = {.arena = a};
    if (n)
        json_print(&b, n, 0, false);
    Str text = b.len ? buf_keep(&b, a) : (Str){0};
    buf_free(&b);
    return text;
}

// Whether a change of the property at `path` (A/B/C) makes a resource of that type anew.
static bool forces_replacement(const Comparison *c, Str type, Str path) {
    const Node *list = node_get(node_get(c->rules, S("replaces")), type);
    for (uint32_t i = 0; node_is_list(list) && i < list->count; i++) {
        Str rule = list->items[i]->text;
        bool below = str_starts(path, rule) && (path.len == rule.len || path.ptr[rule.len] == '/');
        bool above = str_starts(rule, path) && rule.len > path.len && rule.ptr[path.len] == '/';
        if (below || above)
            return true;
    }
    return false;
}

static void add_detail(Comparison *c, Change *change, Str path, const Node *x, const Node *y) {
    change->details = arena_room(c->arena, change->details, sizeof *change->details,
                                 change->detail_count, &change->detail_cap);
    change->details[change->detail_count++] =
        (Detail){path, as_json(c->arena, x), as_json(c->arena, y),
                 forces_replacement(c, change->type, path)};
}

static void compare_values(Comparison *c, Change *change, Str path, const Node *x, const Node *y) {
    if (x && y && node_equal(x, y))
        return;
    bool maps = node_is_map(x) && node_is_map(y) && !is_function(x) && !is_function(y);
    if (!maps) {
        add_detail(c, change, path, x, y);
        return;
    }
    for (uint32_t i = 0; i < x->count; i++) {
        Str key = x->entries[i].key->text;
        compare_values(c, change,
                       path.len ? str_fmt(c->arena, "%.*s/%.*s", SFMT(path), SFMT(key)) : key,
                       x->entries[i].value, node_get(y, key));
    }
    for (uint32_t i = 0; i < y->count; i++) {
        Str key = y->entries[i].key->text;
        if (!node_get(x, key))
            add_detail(c, change,
                       path.len ? str_fmt(c->arena, "%.*s/%.*s", SFMT(path), SFMT(key)) : key, NULL,
                       y->entries[i].value);
    }
}

typedef struct Grants {
    Arena *arena;
    Str *list;
    size_t count, cap;
} Grants;

static Str one_of(Arena *a, const Node *list, uint32_t i) {
    const Node *n = node_is_list(list) ? list->items[i] : list;
    return node_is_scalar(n) ? n->text : as_json(a, n);
}

static uint32_t many(const Node *n) {
    return node_is_list(n) ? n->count : 1;
}

// Every action on every resource of one statement is a line of words.
static void add_statement(Grants *g, const Node *statement) {
    Arena *a = g->arena;
    const Node *action = node_get(statement, S("Action")),
               *resource = node_get(statement, S("Resource")),
               *principal = node_get(statement, S("Principal")),
               *condition = node_get(statement, S("Condition"));
    bool deny = str_eq(node_get_str(statement, S("Effect")), S("Deny"));
    for (uint32_t i = 0; action && i < many(action); i++) {
        for (uint32_t j = 0; j < many(resource); j++) {
            Buf b = {.arena = a};
            buf_fmt(&b, "%s%.*s", deny ? "not " : "", SFMT(one_of(a, action, i)));
            if (resource)
                buf_fmt(&b, " on %.*s", SFMT(one_of(a, resource, j)));
            if (principal)
                buf_fmt(&b, ", for %.*s", SFMT(as_json(a, principal)));
            if (condition)
                buf_fmt(&b, ", if %.*s", SFMT(as_json(a, condition)));
            g->list = arena_room(a, g->list, sizeof *g->list, g->count, &g->cap);
            g->list[g->count++] = buf_keep(&b, a);
            buf_free(&b);
        }
    }
}

static void find_statements(Grants *g, const Node *n) {
    if (node_is_map(n) && node_get(n, S("Effect"))) {
        add_statement(g, n);
        return;
    }
    for (uint32_t i = 0; node_is_map(n) && i < n->count; i++)
        find_statements(g, n->entries[i].value);
    for (uint32_t i = 0; node_is_list(n) && i < n->count; i++)
        find_statements(g, n->items[i]);
}

static Grants grants_of(Comparison *c, const Node *resource) {
    Grants g = {.arena = c->arena};
    const Node *properties = node_get(resource, S("Properties"));
    if (str_eq(node_get_str(resource, S("Type")), S("AWS::Lambda::Permission")))
        add_statement(&g, properties);
    find_statements(&g, properties);
    return g;
}

static bool has_grant(const Grants *g, Str grant) {
    for (size_t i = 0; i < g->count; i++)
        if (str_eq(g->list[i], grant))
            return true;
    return false;
}

// A denial that goes is a grant as well.
static void compare_grants(Comparison *c, Change *change, const Node *x, const Node *y) {
    Grants before = grants_of(c, x), after = grants_of(c, y);
    change->wider = arena_new(c->arena, Str, before.count + after.count + 1);
    change->narrower = arena_new(c->arena, Str, before.count + after.count + 1);
    const Grants *sides[] = {&before, &after};
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < sides[side]->count; i++) {
            Str grant = sides[side]->list[i];
            bool wider = (side == 1) != str_starts(grant, S("not "));
            if (has_grant(sides[!side], grant))
                continue;
            if (wider)
                change->wider[change->wider_count++] = grant;
            else
                change->narrower[change->narrower_count++] = grant;
        }
    }
}

static bool stays(const Node *resource, Str policy) {
    Str word = node_get_str(resource, policy);
    return str_starts(word, S("Retain")) || str_eq(word, S("Snapshot"));
}

// Under which nothing else can be; absent if CloudFormation thinks of one.
static const Node *own_name(const Comparison *c, const Node *resource) {
    Str type = node_get_str(resource, S("Type"));
    Str path = node_get_str(node_get(c->rules, S("named")), type), key;
    const Node *name = path.len ? node_get(resource, S("Properties")) : NULL;
    while (name && str_split(&path, '/', &key))
        name = node_get(name, key);
    return name;
}

static bool keeps_name(const Comparison *c, const Node *before, const Node *after) {
    const Node *x = own_name(c, before), *y = own_name(c, after);
    return x && y && node_equal(x, y);
}

static const Node *find_named(const Node *list, Str key, const Node *item) {
    for (uint32_t i = 0; node_is_list(list) && i < list->count; i++)
        if (str_eq(node_get_str(list->items[i], key), node_get_str(item, key)))
            return list->items[i];
    return NULL;
}

static bool differs(const Node *x, const Node *y) {
    return x && y ? !node_equal(x, y) : x || y;
}

// Items of `x` that are not in `y`; one that is another under the same name counts as two.
static size_t count_others(const Node *rule, const Node *x, const Node *y) {
    const Node *fixed = node_get(rule, S("fixed"));
    size_t count = 0;
    for (uint32_t i = 0; node_is_list(x) && i < x->count; i++) {
        const Node *other = find_named(y, node_get_str(rule, S("name")), x->items[i]);
        bool same = other;
        for (uint32_t j = 0; same && j < fixed->count; j++)
            same = !differs(node_get(x->items[i], fixed->items[j]->text),
                            node_get(other, fixed->items[j]->text));
        count += !other ? 1 : same ? 0 : 2;
    }
    return count;
}

// Of what changes one by one, more than one changes: with a name that stays, that is never one.
static bool changes_several(const Comparison *c, const Node *before, const Node *after) {
    const Node *rule =
        node_get(node_get(c->rules, S("one-by-one")), node_get_str(before, S("Type")));
    Str list = node_get_str(rule, S("list"));
    const Node *x = node_get(node_get(before, S("Properties")), list),
               *y = node_get(node_get(after, S("Properties")), list);
    return rule && count_others(rule, x, y) + count_others(rule, y, x) > 1;
}

// Its own name, or else the first property that makes it anew and ends in Name.
static Str name_of(const Comparison *c, const Node *resource) {
    const Node *own = own_name(c, resource);
    if (own)
        return node_is_scalar(own) ? own->text : as_json(c->arena, own);
    const Node *list =
        node_get(node_get(c->rules, S("replaces")), node_get_str(resource, S("Type")));
    for (uint32_t i = 0; node_is_list(list) && i < list->count; i++) {
        const Node *name = node_get(node_get(resource, S("Properties")), list->items[i]->text);
        if (str_ends(list->items[i]->text, S("Name")) && name)
            return node_is_scalar(name) ? name->text : as_json(c->arena, name);
    }
    return (Str){0};
}

static Change *add_change(Comparison *c, ChangeKind kind, const Deployed *stack, Str id,
                          const Node *resource) {
    c->list = arena_room(c->arena, c->list, sizeof *c->list, c->count, &c->cap);
    Change *change = &c->list[c->count++];
    *change = (Change){.kind = kind,
                       .stack = stack,
                       .id = id,
                       .type = node_get_str(resource, S("Type")),
                       .name = name_of(c, resource)};
    change->holds_data = node_lists(node_get(c->rules, S("holds")), change->type);
    return change;
}

static void compare_both(Comparison *c, const Deployed *stack, Str id, const Node *x,
                         const Node *y) {
    if (node_equal(x, y))
        return;
    Change *change = add_change(c, CHANGE_CHANGED, stack, id, x);
    Str type = node_get_str(y, S("Type"));
    bool anew = !str_eq(change->type, type);
    compare_values(c, change, S(""), node_get(x, S("Properties")), node_get(y, S("Properties")));
    for (size_t i = 0; i < change->detail_count; i++)
        anew = anew || change->details[i].replaces;
    compare_grants(c, change, x, y);
    if (anew)
        change->kind = CHANGE_REPLACED;
    change->too_much = !anew && changes_several(c, x, y);
    change->refused = change->too_much || (anew && keeps_name(c, x, y));
    change->keeps_data = stays(x, S("UpdateReplacePolicy"));
    if (!change->detail_count && !anew) { // of the resource itself: DependsOn, DeletionPolicy
        Arena *a = c->arena;
        static const char *const keys[] = {"DeletionPolicy", "UpdateReplacePolicy", "DependsOn",
                                           "Condition",      "UpdatePolicy",        "Metadata"};
        for (size_t i = 0; i < COUNT(keys); i++) {
            Str key = str_from(keys[i]);
            const Node *old = node_get(x, key), *new = node_get(y, key);
            if (old != new && !(old && new &&node_equal(old, new)))
                add_detail(c, change, str_fmt(a, "(%.*s)", SFMT(key)), old, new);
        }
    }
}

// Alike but for what is its name: then it is the same thing, as people see it.
static bool is_renamed(Comparison *c, const Node *x, const Node *y) {
    Change scratch = {.type = node_get_str(x, S("Type"))};
    if (!str_eq(scratch.type, node_get_str(y, S("Type"))))
        return false;
    compare_values(c, &scratch, S(""), node_get(x, S("Properties")), node_get(y, S("Properties")));
    for (size_t i = 0; i < scratch.detail_count; i++)
        if (!scratch.details[i].replaces && !str_starts(scratch.details[i].path, S("Tags")))
            return false;
    return true;
}

static const Deployed *twin_of(const DeployedList *list, const Deployed *stack) {
    for (size_t i = 0; i < list->count; i++) {
        const Deployed *other = &list->list[i];
        bool alone = !other->system.len || !stack->system.len;
        if (str_eq(other->name, stack->name) &&
            (alone || (str_eq(other->system, stack->system) && str_eq(other->env, stack->env))))
            return other;
    }
    return NULL;
}

// A template that stands alone may have any file's name: then it is the stack that has most of its
// ids.
static const Deployed *match(const DeployedList *list, const Deployed *stack) {
    const Deployed *best = twin_of(list, stack);
    size_t most = 0;
    bool named = best != NULL;
    for (size_t i = 0; i < list->count && !named && !stack->system.len; i++) {
        size_t same = 0;
        for (uint32_t j = 0; j < stack->resources->count; j++)
            same +=
                node_get(list->list[i].resources, stack->resources->entries[j].key->text) != NULL;
        if (same > most) {
            most = same;
            best = &list->list[i];
        }
    }
    return best;
}

typedef struct Pair {
    const Deployed *before, *after;
} Pair;

static bool is_matched(const Pair *pairs, size_t count, const Deployed *stack) {
    for (size_t i = 0; i < count; i++)
        if (pairs[i].before == stack || pairs[i].after == stack)
            return true;
    return false;
}

static bool stands_alone(const DeployedList *list) {
    return list->count == 1 && !list->list[0].system.len;
}

// Where one side is a single template, the other side's stacks are no matter, but for one.
static size_t make_pairs(const DeployedList *before, const DeployedList *after, Pair *pairs) {
    size_t count = 0;
    if (stands_alone(before) || stands_alone(after)) {
        bool first = stands_alone(before);
        const Deployed *one = first ? before->list : after->list;
        const Deployed *other = match(first ? after : before, one);
        if (!other && stands_alone(first ? after : before))
            other = first ? after->list : before->list;
        pairs[0] = first ? (Pair){one, other} : (Pair){other, one};
        return 1;
    }
    for (size_t i = 0; i < after->count; i++)
        pairs[count++] = (Pair){twin_of(before, &after->list[i]), &after->list[i]};
    for (size_t i = 0; i < before->count; i++)
        if (!is_matched(pairs, count, &before->list[i]))
            pairs[count++] = (Pair){&before->list[i], NULL};
    return count;
}

static const Node *find(const Deployed *stack, Str id) {
    return stack ? node_get(stack->resources, id) : NULL;
}

typedef struct Gone {
    const Deployed *stack;
    Str id;
    const Node *resource;
    bool taken;
} Gone;

static Gone *list_of(Comparison *c, const Pair *pairs, size_t count, bool added, size_t *found) {
    size_t room = 0;
    for (size_t i = 0; i < count; i++) {
        const Deployed *stack = added ? pairs[i].after : pairs[i].before;
        room += stack ? stack->resources->count : 0;
    }
    Gone *list = arena_new(c->arena, Gone, room + 1);
    *found = 0;
    for (size_t i = 0; i < count; i++) {
        const Deployed *stack = added ? pairs[i].after : pairs[i].before;
        const Deployed *other = added ? pairs[i].before : pairs[i].after;
        for (uint32_t j = 0; stack && j < stack->resources->count; j++) {
            const Entry *e = &stack->resources->entries[j];
            if (!find(other, e->key->text))
                list[(*found)++] = (Gone){stack, e->key->text, e->value, false};
        }
    }
    return list;
}

static Gone *find_renamed(Comparison *c, Gone *added, size_t count, const Gone *gone) {
    for (size_t i = 0; i < count; i++) // in another stack, under the same id
        if (!added[i].taken && str_eq(added[i].id, gone->id) &&
            str_eq(node_get_str(added[i].resource, S("Type")),
                   node_get_str(gone->resource, S("Type"))) &&
            str_eq(added[i].stack->env, gone->stack->env))
            return &added[i];
    for (size_t i = 0; i < count; i++)
        if (!added[i].taken && str_eq(added[i].stack->env, gone->stack->env) &&
            is_renamed(c, gone->resource, added[i].resource))
            return &added[i];
    return NULL;
}

static int by_place(const void *a, const void *b) {
    const Change *x = a, *y = b;
    int order = str_cmp(x->stack->system, y->stack->system);
    order = order ? order : str_cmp(x->stack->env, y->stack->env);
    order = order ? order : str_cmp(x->stack->name, y->stack->name);
    return order ? order : str_cmp(x->id, y->id);
}

void compare(Comparison *c, const DeployedList *before, const DeployedList *after) {
    Pair *pairs = arena_new(c->arena, Pair, before->count + after->count + 1);
    size_t count = make_pairs(before, after, pairs), added_count, gone_count;
    for (size_t i = 0; i < count; i++)
        for (uint32_t j = 0;
             pairs[i].before && pairs[i].after && j < pairs[i].before->resources->count; j++) {
            const Entry *e = &pairs[i].before->resources->entries[j];
            const Node *now = find(pairs[i].after, e->key->text);
            if (now)
                compare_both(c, pairs[i].after, e->key->text, e->value, now);
        }
    Gone *added = list_of(c, pairs, count, true, &added_count);
    Gone *gone = list_of(c, pairs, count, false, &gone_count);
    for (size_t i = 0; i < gone_count; i++) {
        Gone *other = find_renamed(c, added, added_count, &gone[i]);
        Change *change = add_change(c, other ? CHANGE_RENAMED : CHANGE_REMOVED, gone[i].stack,
                                    gone[i].id, gone[i].resource);
        change->keeps_data = stays(gone[i].resource, S("DeletionPolicy"));
        compare_grants(c, change, gone[i].resource, other ? other->resource : NULL);
        if (other) {
            other->taken = true;
            change->other = other->stack;
            change->other_id = other->id;
            change->refused = keeps_name(c, gone[i].resource, other->resource);
        }
    }
    for (size_t i = 0; i < added_count; i++)
        if (!added[i].taken)
            compare_grants(
                c, add_change(c, CHANGE_ADDED, added[i].stack, added[i].id, added[i].resource),
                NULL, added[i].resource);
    if (c->count)
        qsort(c->list, c->count, sizeof *c->list, by_place);
}

bool change_loses_data(const Change *change) {
    bool goes = change->kind == CHANGE_REPLACED || change->kind == CHANGE_RENAMED ||
                change->kind == CHANGE_REMOVED;
    return goes && change->holds_data && !change->keeps_data;
}
