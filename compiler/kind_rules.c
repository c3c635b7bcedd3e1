// kind_rules.c - the `rules` of kinds: {id, conflict | needs | one, at, says, help, source}. A rule
// is broken by a conflict that is there, by what it needs and is not, and by a list of which it
// wants one if there are none or several.
#include "quota.h"

#include "scope.h"

static Loc place(const Resource *r, const Node *rule) {
    const Node *value = resource_get(r, node_get_str(rule, S("at")));
    if (value && value->loc.src && value->loc.src != r->kind->src)
        return value->loc;
    return r->loc;
}

static void report(Unit *u, const Resource *r, const Node *rule) {
    Str what = resource_what(u->arena, r), says = node_get_str(rule, S("says")),
        help = node_get_str(rule, S("help"));
    Str source = node_get_str(rule, S("source"));
    diag_error(u->diags, place(r, rule), arena_str(u->arena, node_get_str(rule, S("id"))).ptr,
               "%.*s %.*s", SFMT(what), SFMT(says));
    if (help.len)
        diag_help(u->diags, "%.*s", SFMT(help));
    if (source.len)
        diag_note(u->diags, "%.*s", SFMT(source));
}

static void check(Unit *u, Resource *r, const Node *rule) {
    Node *rendered = scope_render(u, r, rule);
    if (!rendered)
        return; // its `$if` does not hold
    bool conflict = template_truth(node_get(rendered, S("conflict")));
    bool lacks = node_get(rule, S("needs")) && !template_truth(node_get(rendered, S("needs")));
    const Node *one = node_get(rendered, S("one"));
    bool not_one = node_get(rule, S("one")) && !(one && one->count == 1);
    if (conflict || lacks || not_one)
        report(u, r, rendered);
}

// A field that means nothing beside what else is written is a mistake.
static void check_only_with(Unit *u, Resource *r) {
    const Shape *shape = &r->kind->shape;
    for (size_t i = 0; i < shape->count; i++) {
        const Field *field = &shape->fields[i];
        if (!field->only_with || !r->values[i] || scope_render(u, r, field->only_with))
            continue;
        Str condition = node_get(field->only_with, S("$if"))->text;
        diag_error(u->diags, r->values[i]->loc, "field-without-effect", "`%.*s` means nothing here",
                   SFMT(field->name));
        diag_also(u->diags, r->loc, "in this %.*s", SFMT(r->kind->name));
        diag_help(u->diags, "it goes with `%.*s`", SFMT(condition));
    }
}

void rules_unit(Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        if (u->resources[i]->flawed)
            continue; // what it goes with may be what was reported
        check_only_with(u, u->resources[i]);
        const Node *rules = u->resources[i]->kind->rules;
        for (uint32_t j = 0; rules && j < rules->count; j++)
            check(u, u->resources[i], rules->items[j]);
    }
}
