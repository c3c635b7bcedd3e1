// uses.c - who uses what, and how.
#include "uses.h"

#include "build.h"
#include "link.h"
#include "scope.h"

#include <string.h>

static const Verb *find_verb(Unit *u, const Resource *to, const Node *word) {
    const Verb *verb = kind_verb(to->kind, node_str(word));
    if (verb)
        return verb;
    Str *names = arena_new(u->arena, Str, to->kind->verb_count + 1);
    for (size_t i = 0; i < to->kind->verb_count; i++)
        names[i] = to->kind->verbs[i].name;
    diag_error(u->diags, word->loc, "unknown-access", "%s %.*s has no access `%.*s`",
               str_article(to->kind->name), SFMT(to->kind->name), SFMT(node_str(word)));
    diag_also(u->diags, to->loc, "this %.*s", SFMT(to->kind->name));
    diag_suggest(u->diags, word->loc, node_str(word), names, to->kind->verb_count);
    return NULL;
}

// What is read as one thing is not always all that: an express workflow is started and forgotten.
static void check_effect(Unit *u, Resource *to, const Verb *verb, const Node *word) {
    const Node *statements = scope_render(u, to, verb->statements);
    if (statements && statements->count)
        return;
    diag_error(u->diags, word->loc, "access-without-effect",
               "%.*s `%.*s` has no access `%.*s`, as it is", SFMT(to->kind->name), SFMT(to->path),
               SFMT(verb->name));
    diag_also(u->diags, to->loc, "this %.*s", SFMT(to->kind->name));
    diag_help(u->diags, "`wgen explain access-without-effect` says what each has");
}

static void add_use(Unit *u, Resource *r, Resource *to, const Node *words, Loc at) {
    Use *use = &r->uses[r->use_count++];
    uint32_t count = words->type == NODE_LIST ? words->count : 1;
    *use = (Use){.to = to, .loc = at, .verbs = arena_new(u->arena, const Verb *, count)};
    to->used = true;
    for (uint32_t i = 0; i < count; i++) {
        const Node *word = words->type == NODE_LIST ? words->items[i] : words;
        const Verb *verb = find_verb(u, to, word);
        if (!verb)
            continue;
        check_effect(u, to, verb, word);
        use->verbs[use->verb_count++] = verb;
    }
}

// What the kind says that it uses: `- {to: $(serves), as: [receive]}`.
static void add_implied(Unit *u, Resource *r, const Node *implied) {
    for (uint32_t i = 0; implied && i < implied->count; i++) {
        const Node *to = node_get(implied->items[i], S("to")),
                   *as = node_get(implied->items[i], S("as"));
        if (to && to->type == NODE_REF && as)
            add_use(u, r, to->res, as, r->loc);
    }
}

static void add_written(Unit *u, Resource *r, const Node *written) {
    for (uint32_t i = 0; node_is_map(written) && i < written->count; i++) {
        const Entry *e = &written->entries[i];
        Str rest = e->key->text;
        Resource *to = scope_resource(u, r, &rest);
        if (!to || rest.ptr)
            link_unknown(u, r, e->key, NULL);
        else
            add_use(u, r, to, e->value, e->key->loc);
    }
}

// Who takes messages by way of this reference; NULL: it is about something else.
static const Resource *consumer_of(const Reference *ref) {
    if (!ref->field->consumes)
        return NULL;
    return ref->from->owner ? ref->from->owner : ref->from;
}

// Each message goes to one of those who read a queue, whichever asks first.
static void check_rivals(Unit *u, const Resource *queue) {
    const Resource *last = NULL;
    for (const Reference *ref = queue->references; ref; ref = ref->next) {
        const Resource *of = consumer_of(ref);
        if (!of || of == last)
            continue;
        if (last) {
            diag_warn(u->diags, last->loc, "rival-consumers",
                      "`%.*s` reads the queue of `%.*s`, and each message goes to one of them",
                      SFMT(last->path), SFMT(of->path));
            diag_also(u->diags, of->loc, "it reads the queue, too");
            diag_also(u->diags, queue->loc, "this queue");
            diag_help(u->diags, "give each a queue of its own, and send to a topic with both "
                                "`queues`");
            return;
        }
        last = of;
    }
}

void uses_unit(Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        const Node *written = resource_get(r, S("uses"));
        const Node *implied = scope_render(u, r, r->kind->uses);
        size_t room = (written ? written->count : 0) + (implied ? implied->count : 0);
        r->uses = arena_new(u->arena, Use, room + 1);
        add_implied(u, r, implied);
        add_written(u, r, written);
        check_rivals(u, r);
    }
}

size_t uses_of(const Resource *r, const Use **list) {
    *list = r->uses;
    return r->use_count;
}

bool use_allows(const Use *use, Str verb) {
    for (size_t i = 0; i < use->verb_count; i++)
        if (str_eq(use->verbs[i]->name, verb))
            return true;
    return false;
}

Str use_variable(Arena *a, const Resource *to) {
    Str suffix = node_get_str(to->kind->env, S("suffix"));
    Buf b = {.arena = a};
    for (size_t i = 0; i < to->id.len; i++) {
        char c = to->id.ptr[i];
        buf_char(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c == '-' || c == '.' ? '_' : c);
    }
    buf_fmt(&b, "_%.*s", SFMT(suffix));
    Str name = buf_keep(&b, a);
    buf_free(&b);
    return name;
}
