// place.c - which stack a resource lives in, for life. A resource goes with the one that it came
// with; together they are a family, and a family is never split.
#include "place.h"

#include "build.h"
#include "copy.h"
#include "expand.h"
#include "scope.h"

#include <stdlib.h>
#include <string.h>

typedef struct Placer {
    Unit *unit;
    Lock *lock;
    Arena keys;       // of what is looked up
    Buf key;          // that is looked up now
    StrMap stacks;    // by key: `shared 2`, `user 1`
    StrMap workflows; // by the path of a workflow
    size_t cap;
    size_t workflow_count, copy_count; // that have their stacks
} Placer;

// What stacks are called after, with `-` where a name has `_`.
#define SYSTEM "$(system | dashes)"
#define ENV "$(env | dashes)"
#define WORKFLOW "$(workflow | dashes)"

// Without one in `names`, it is where that is which is called so.
static Node *pattern_of(const Unit *u, const Resource *r, Str key, const char *otherwise) {
    Node *given = node_get(node_get(u->root, S("names")), key);
    return given ? given : node_string(u->arena, str_from(otherwise), r->loc);
}

// CloudFormation API reference, CreateStack: StackName.
enum { NAME_MOST = 128 };

static bool is_stack_name(Str s) {
    bool yes = s.len && char_is_word(s.ptr[0]) && s.ptr[0] > '9';
    for (size_t i = 0; i < s.len && yes; i++)
        yes = s.ptr[i] == '-' || (char_is_word(s.ptr[i]) && s.ptr[i] != '_');
    return yes;
}

static void no_stack_name(Unit *u, const Resource *r, const Node *pattern, Str name) {
    diag_error(u->diags, pattern->loc, "stack-name", "no stack can be called `%.*s`", SFMT(name));
    if (r != u->self && !loc_same(r->loc, pattern->loc))
        diag_also(u->diags, r->loc, "it is of this workflow");
    diag_note(u->diags, "CloudFormation API reference, CreateStack: a letter, then letters, digits "
                        "and `-`");
    diag_help(u->diags, str_find(name, S("_")) >= 0
                            ? "write `-` for `_`; `$(workflow | dashes)` does for what a name has"
                            : "begin with a letter, and go on with letters, digits and `-`");
}

// The name of a stack, from its pattern in `names` or the default. Stack names are known at build.
static Str stack_name(const Placer *p, Resource *r, Str key, const char *plain,
                      const char *with_env, uint32_t number) {
    Unit *u = p->unit;
    Node *pattern = pattern_of(u, r, key, u->env.len ? with_env : plain);
    const Node *name = scope_pattern(u, r, pattern, NULL);
    if (name && name->type != NODE_SCALAR) {
        diag_error(u->diags, pattern->loc, "stack-name",
                   "the name of a stack must be known at build");
        diag_help(u->diags, "use `$(system)`, `$(env)` and `$(workflow)` only");
    }
    Str text = node_str(name);
    if (name && name->type == NODE_SCALAR && !is_stack_name(text))
        no_stack_name(u, r, pattern, text);
    return number > 1 ? str_fmt(u->arena, "%.*s-%u", SFMT(text), number) : text;
}

static Stack *add_stack(Placer *p, StrMap *by, Str key, Str name) {
    Unit *u = p->unit;
    u->stacks = arena_room(u->arena, u->stacks, sizeof *u->stacks, u->stack_count, &p->cap);
    Stack *s = arena_new(u->arena, Stack, 1);
    s->name = name;
    strmap_put(by, u->arena, arena_str(u->arena, key), s);
    return u->stacks[u->stack_count++] = s;
}

static void add_to_stack(Unit *u, Stack *s, Resource *r) {
    s->resources = arena_room(u->arena, s->resources, sizeof *s->resources, s->count, &s->room);
    s->resources[s->count++] = r;
}

// A key of the lock, until the next one is made.
static Str key_of(Placer *p, Str word, const char *between, Str rest) {
    p->key.len = 0;
    buf_put(&p->key, word);
    buf_put(&p->key, str_from(between));
    buf_put(&p->key, rest);
    return buf_str(&p->key);
}

static Str key_of_item(Placer *p, Str word, const Item *item) {
    key_of(p, word, " ", item->project);
    if (item->user.len) {
        buf_char(&p->key, '/');
        buf_put(&p->key, item->user);
    }
    return buf_str(&p->key);
}

void headers_unit(Unit *u) {
    bool *asked = u->asked;
    u->asked = &u->heeds_items; // which parts there are is in the stacks
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        bool as_they_stand = !r->kind->cfn_varies && !r->kind->cfn_needs;
        r->headers =
            as_they_stand ? r->kind->cfn_headers : scope_render(u, r, r->kind->cfn_headers);
    }
    u->asked = asked;
}

// How many CloudFormation resources `r` is: its parts, of those that its fields call for.
static size_t part_count(const Resource *r) {
    bool is_made = !r->existing.len && r->axis != AXIS_RUNTIME;
    return is_made && r->headers ? r->headers->count : 0;
}

// The one that `r` came with, directly or not, of those that are placed by themselves.
static Resource *head_of(const Unit *u, Resource *r) {
    while (r->owner && r->owner != u->self && r->owner->axis == r->axis &&
           r->owner->workflow == r->workflow)
        r = r->owner;
    return r;
}

static void find_families(Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        r->head = head_of(u, r);
        r->head->size += part_count(r);
    }
}

static bool is_foundation(const Resource *r) {
    return r->foundation || str_eq(r->kind->stack, S("foundation"));
}

static Stack *foundation(Placer *p) {
    Stack *s = strmap_get(&p->stacks, S("foundation"));
    if (s)
        return s;
    return add_stack(p, &p->stacks, S("foundation"),
                     stack_name(p, p->unit->self, S("foundation-stack"), SYSTEM "-foundation",
                                SYSTEM "-" ENV "-foundation", 1));
}

static void add_copies(Placer *p, size_t before);

static Stack *workflow_stack(Placer *p, Resource *workflow) {
    Stack *s = strmap_get(&p->workflows, workflow->path);
    if (s)
        return s;
    add_copies(p, p->workflow_count++);
    return add_stack(
        p, &p->workflows, workflow->path,
        stack_name(p, workflow, S("stack"), SYSTEM "-" WORKFLOW, SYSTEM "-" ENV "-" WORKFLOW, 1));
}

// The stacks of the copies that stand before the workflow of that number.
static void add_copies(Placer *p, size_t before) {
    Unit *u = p->unit;
    for (; p->copy_count < u->copy_count && u->copies[p->copy_count].before <= before;
         p->copy_count++) {
        const Copy *c = &u->copies[p->copy_count];
        Stack *x = workflow_stack(p, c->like[0]), *y = workflow_stack(p, c->like[1]);
        Spelled of_x = copy_spell(&p->keys, c->like[0]->id),
                of_y = copy_spell(&p->keys, c->like[1]->id), of = copy_spell(&p->keys, c->id);
        Str name = copy_text(u->arena, x->name, y->name, &of_x, &of_y, &of);
        Stack *s = add_stack(p, &p->workflows, c->id, name);
        s->copy = c;
        s->like[0] = x;
        s->like[1] = y;
        x->copied = y->copied = true;
        u->apart = u->apart || !is_stack_name(name);
    }
}

static Stack *shared_stack(Placer *p, uint32_t number) {
    Str key = str_fmt(&p->keys, "shared %u", number);
    Stack *s = strmap_get(&p->stacks, key);
    if (s)
        return s;
    s = add_stack(p, &p->stacks, key,
                  stack_name(p, p->unit->self, S("shared-stack"), SYSTEM, SYSTEM "-" ENV, number));
    if (number == 1)
        p->unit->base = s;
    return s;
}

// What the lock remembers about the family of `head`, or a shared stack with room for it.
static Stack *shared_stack_for(Placer *p, const Resource *head, size_t size) {
    uint32_t number = lock_get(p->lock, key_of(p, S("shared"), " ", head->path));
    if (number)
        return shared_stack(p, number);
    number = 1;
    while (shared_stack(p, number)->size && shared_stack(p, number)->size + size > STACK_FILL)
        number++;
    lock_put(p->lock, key_of(p, S("shared"), " ", head->path), number);
    return shared_stack(p, number);
}

static bool is_shared(const Resource *r) {
    return r->axis == AXIS_NONE && !r->workflow && !is_foundation(r) && r->path.len;
}

// Known families first: a new one must see how full the stacks really are.
static void place_shared(Placer *p) {
    Unit *u = p->unit;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < u->count; i++) {
            Resource *head = u->resources[i];
            if (head->stack || !is_shared(head) || head->head != head)
                continue;
            bool known = lock_find(p->lock, key_of(p, S("shared"), " ", head->path)) > 0;
            if (known != (pass == 0))
                continue;
            Stack *s = shared_stack_for(p, head, head->size);
            s->size += head->size;
            head->stack = s;
        }
    }
}

static void place_others(Placer *p) {
    Unit *u = p->unit;
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (r->stack || r->axis != AXIS_NONE || !r->path.len)
            continue;
        if (is_foundation(r) && r->head == r && !r->size)
            continue; // it exists already: there may be nothing to found
        if (is_foundation(r))
            r->stack = foundation(p);
        else if (r->workflow)
            r->stack = workflow_stack(p, r->workflow);
        else {
            r->stack = r->head->stack;
            continue;
        }
        r->stack->size += r->head == r ? r->size : 0;
    }
    add_copies(p, SIZE_MAX);
    for (size_t i = 0; i < u->count; i++)
        if (u->resources[i]->stack)
            add_to_stack(u, u->resources[i]->stack, u->resources[i]);
    for (size_t i = 0; i < u->stack_count; i++) {
        Stack *s = u->stacks[i];
        if (!s->copy)
            continue;
        s->resources = s->like[0]->resources;
        s->count = s->like[0]->count;
        s->size = s->like[0]->size;
    }
}

static Str axis_word(Axis axis) {
    return axis == AXIS_USER ? S("user") : S("project");
}

// The families of one axis that share their stacks.
typedef struct Set {
    Resource **members;
    size_t count;
    size_t size; // CloudFormation resources for one item
} Set;

typedef struct Sets {
    Set *list; // from 1
    uint32_t last;
} Sets;

static Str set_key(Placer *p, const Resource *head) {
    return key_of(p, axis_word(head->axis), "-set ", head->path);
}

// Whether the items that are placed already leave room for families that are new to set 1.
static bool set_has_room(Placer *p, Axis axis, size_t grown) {
    Items all = unit_items_unasked(p->unit, axis);
    uint32_t last = 0, *items = arena_new(&p->keys, uint32_t, all.count + 1), *counts;
    for (size_t i = 0; i < all.count; i++) {
        items[i] = lock_find(p->lock, key_of_item(p, axis_word(axis), &all.list[i]));
        last = items[i] > last ? items[i] : last;
    }
    counts = arena_new(&p->keys, uint32_t, last + 1);
    for (size_t i = 0; i < all.count; i++)
        if (items[i] && ++counts[items[i]] * grown > STACK_MOST)
            return false;
    return true;
}

// The number of each family's set: what the lock knows, and the same one for all that are new.
static uint32_t number_sets(Placer *p, Axis axis) {
    const Unit *u = p->unit;
    size_t known = 0, fresh = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (r->axis != axis || r->head != r)
            continue;
        r->set = lock_get(p->lock, set_key(p, r));
        last = r->set > last ? r->set : last;
        known += r->set == 1 ? r->size : 0;
        fresh += r->set ? 0 : r->size;
    }
    if (!fresh && !known && !last)
        return 0;
    uint32_t number = fresh && set_has_room(p, axis, known + fresh) ? 1 : last + 1;
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (r->axis != axis || r->head != r || r->set)
            continue;
        lock_put(p->lock, set_key(p, r), number);
        r->set = number;
        last = number > last ? number : last;
    }
    return last;
}

static Sets collect_sets(Placer *p, Axis axis) {
    const Unit *u = p->unit;
    Sets sets = {.last = number_sets(p, axis)};
    sets.list = arena_new(&p->keys, Set, sets.last + 1);
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (r->axis != axis)
            continue;
        r->set = r->head->set;
        sets.list[r->set].count++;
        sets.list[r->set].size += r->head == r ? r->size : 0;
    }
    for (uint32_t s = 1; s <= sets.last; s++) {
        sets.list[s].members = arena_new(&p->keys, Resource *, sets.list[s].count + 1);
        sets.list[s].count = 0;
    }
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        if (r->axis == axis)
            sets.list[r->set].members[sets.list[r->set].count++] = r;
    }
    return sets;
}

// The stack of that number of a set. Sets count for themselves, so that two branches may each open
// a stack of another one.
static Stack *item_stack(Placer *p, Axis axis, uint32_t set_number, const Set *set,
                         uint32_t number) {
    Unit *u = p->unit;
    bool users = axis == AXIS_USER;
    Str name = stack_name(p, u->self, users ? S("users-stack") : S("projects-stack"),
                          users ? SYSTEM "-users" : SYSTEM "-projects",
                          users ? SYSTEM "-" ENV "-users" : SYSTEM "-" ENV "-projects", set_number);
    Str key = str_fmt(&p->keys, "%.*s %u %u", SFMT(axis_word(axis)), set_number, number);
    Stack *s = add_stack(p, &p->stacks, key, str_fmt(u->arena, "%.*s-%u", SFMT(name), number));
    s->axis = axis;
    s->set = set_number;
    for (size_t i = 0; i < set->count; i++)
        add_to_stack(u, s, set->members[i]);
    return s;
}

// New items fill up the last stack of their project, then the last one of the set, then a new one.
// `numbers` are those of the stacks that the others have; `counts` have room for all there can be.
static void number_items(Placer *p, Items all, Str prefix, size_t fill, uint32_t *numbers,
                         uint32_t *counts, uint32_t open) {
    for (size_t i = 0; i < all.count; i++)
        counts[numbers[i]] += numbers[i] > 0;
    for (size_t i = 0; i < all.count; i++) {
        if (numbers[i])
            continue;
        bool same = i > 0 && str_eq(all.list[i].project, all.list[i - 1].project);
        uint32_t near = same ? numbers[i - 1] : 0;
        if (near && counts[near] < fill)
            numbers[i] = near;
        else if (open && counts[open] < fill)
            numbers[i] = open;
        else
            numbers[i] = ++open;
        counts[numbers[i]]++;
        lock_put(p->lock, key_of_item(p, prefix, &all.list[i]), numbers[i]);
    }
}

// Those of a stack that stand one behind the other among all need no list of their own. `most`:
// there will be so many.
static void add_items(Arena *a, Items *items, Items more, size_t most) {
    Item *own = items->list;
    if (!items->count)
        items->list = more.list;
    else if (!items->is_own && own + items->count != more.list) {
        items->list = arena_new(a, Item, most);
        items->is_own = true;
        memcpy(items->list, own, items->count * sizeof *own);
    }
    if (items->is_own)
        memcpy(items->list + items->count, more.list, more.count * sizeof *own);
    items->count += more.count;
}

// The numbers of the stacks that items have; 0: none yet. The highest.
static uint32_t find_numbers(Placer *p, Items all, Str prefix, uint32_t *numbers) {
    uint32_t highest = 0;
    for (size_t i = 0; i < all.count; i++) {
        Items rest = {.list = all.list + i, .count = all.count - i};
        i += lock_get_next(p->lock, prefix, rest, numbers + i);
        if (i < all.count)
            numbers[i] = lock_get(p->lock, key_of_item(p, prefix, &all.list[i]));
    }
    for (size_t i = 0; i < all.count; i++)
        highest = numbers[i] > highest ? numbers[i] : highest;
    return highest;
}

// Items keep their stacks, which stand in the order of their numbers.
static void place_items(Placer *p, Axis axis, uint32_t set_number, const Set *set) {
    Unit *u = p->unit;
    Items all = unit_items_unasked(u, axis);
    size_t fill = set->size && set->size < STACK_FILL ? STACK_FILL / set->size : 1;
    Str word = axis_word(axis);
    Str prefix = set_number == 1 ? word : str_fmt(&p->keys, "%.*s.%u", SFMT(word), set_number);
    uint32_t *numbers = arena_new(&p->keys, uint32_t, all.count + 1);
    uint32_t open = find_numbers(p, all, prefix, numbers);
    uint32_t *counts = arena_new(&p->keys, uint32_t, open + all.count + 1);
    number_items(p, all, prefix, fill, numbers, counts, open);
    Stack **stacks = arena_new(&p->keys, Stack *, open + all.count + 1);
    for (size_t i = 1; i <= open + all.count; i++) {
        if (!counts[i])
            continue;
        stacks[i] = item_stack(p, axis, set_number, set, (uint32_t)i);
        stacks[i]->size = set->size * counts[i];
    }
    for (size_t i = 0, end; i < all.count; i = end) {
        for (end = i + 1; end < all.count && numbers[end] == numbers[i];)
            end++;
        add_items(u->arena, &stacks[numbers[i]]->items,
                  (Items){.list = all.list + i, .count = end - i}, counts[numbers[i]]);
    }
}

static void place_axis(Placer *p, Axis axis) {
    Sets sets = collect_sets(p, axis);
    for (uint32_t s = 1; s <= sets.last; s++)
        if (sets.list[s].count)
            place_items(p, axis, s, &sets.list[s]);
}

// Two branches that were merged may both have filled it up.
static void help_with_items(Diags *d, const Stack *s) {
    size_t of_each = s->size / s->items.count;
    size_t more = of_each < STACK_MOST ? (s->size - STACK_MOST + of_each - 1) / of_each : 0;
    if (!more) {
        diag_help(d, "divide what there is for each into several systems");
        return;
    }
    diag_help(d,
              "if some of its %ss are not deployed yet, drop %zu of their lines from the lock and "
              "remove the outputs of this stack: they are put into another one",
              s->axis == AXIS_USER ? "user" : "project", more);
}

static void check_sizes(const Placer *p) {
    const Unit *u = p->unit;
    for (size_t i = 0; i < u->stack_count; i++) {
        const Stack *s = u->stacks[i];
        if (s->size <= STACK_MOST)
            continue;
        const Resource *owner = s->count ? s->resources[0]->workflow : NULL;
        diag_error(u->diags, owner ? owner->loc : u->root->loc, "stack-too-large",
                   "the stack `%.*s` would have %zu resources", SFMT(s->name), s->size);
        diag_note(u->diags,
                  "CloudFormation takes 500; wgen keeps below %d so that a stack can still change",
                  STACK_MOST);
        if (s->axis == AXIS_NONE)
            diag_help(u->diags, "move what is new to another workflow or system, or drop its lines "
                                "from the lock if it is not deployed yet");
        else
            help_with_items(u->diags, s);
    }
}

static void check_names(Placer *p) {
    const Unit *u = p->unit;
    StrMap names = {0};
    for (size_t i = 0; i < u->stack_count; i++) {
        Stack *s = u->stacks[i];
        const Resource *of = s->count && s->axis == AXIS_NONE ? s->resources[0]->workflow : NULL;
        Loc at = of ? of->loc : u->root->loc;
        if (s->name.len > NAME_MOST) {
            diag_error(u->diags, at, "stack-name", "`%.*s` is too long for the name of a stack",
                       SFMT(s->name));
            diag_note(u->diags, "CloudFormation API reference, CreateStack: %d characters at most",
                      NAME_MOST);
            diag_help(u->diags, "say a shorter pattern in `names`");
        }
        if (!s->name.len || !strmap_put(&names, &p->keys, s->name, s))
            continue;
        diag_error(u->diags, at, "stack-name", "two stacks are called `%.*s`", SFMT(s->name));
        diag_help(u->diags, "say a pattern in `names` that tells them apart: with `$(workflow)`, "
                            "for those of workflows");
    }
}

void place_unit(Unit *u, Lock *lock) {
    Placer p = {.unit = u, .lock = lock, .key = {.arena = u->arena}};
    find_families(u);
    place_shared(&p);
    place_others(&p);
    place_axis(&p, AXIS_PROJECT);
    place_axis(&p, AXIS_USER);
    check_sizes(&p);
    check_names(&p);
    buf_free(&p.key);
    arena_free(&p.keys);
}
