// output.c - what a deployment tells.
#include "output.h"

#include "build.h"
#include "link.h"
#include "scope.h"

#include <string.h>

// CloudFormation knows an output by its name without punctuation.
static void check_twin(Unit *u, const Stack *s, const Output *output) {
    for (size_t i = 0; i < s->output_count; i++) {
        const Output *other = &s->outputs[i];
        if (!str_eq(pascal_case(u->arena, other->name), pascal_case(u->arena, output->name)))
            continue;
        diag_error(u->diags, output->loc, "duplicate-id",
                   "`%.*s` and `%.*s` are one output in CloudFormation", SFMT(other->name),
                   SFMT(output->name));
        diag_also(u->diags, other->loc, "the other one");
        diag_help(u->diags, "choose names that differ in more than their punctuation");
    }
}

static void add(Unit *u, Stack *s, Output output) {
    check_twin(u, s, &output);
    Output *more = arena_new(u->arena, Output, s->output_count + 1);
    if (s->output_count)
        memcpy(more, s->outputs, s->output_count * sizeof *more);
    more[s->output_count++] = output;
    s->outputs = more;
}

static void add_output(Unit *u, const Resource *from, const Entry *e) {
    Str rest = node_str(e->value);
    Resource *r = scope_resource(u, from, &rest);
    if (!r || !rest.ptr) {
        link_unknown(u, from, e->value, NULL);
        diag_note(u->diags, "an output is `RESOURCE.ATTRIBUTE`, such as `orders.url`");
        return;
    }
    bool known;
    Node *value = scope_member(u, r, rest, &known);
    if (!known) {
        Str *names = arena_new(u->arena, Str, r->kind->attr_count + 1);
        for (size_t i = 0; i < r->kind->attr_count; i++)
            names[i] = r->kind->attrs[i].name;
        names[r->kind->attr_count] = S("name");
        diag_error(u->diags, e->value->loc, "unknown-attribute", "%s %.*s has no attribute `%.*s`",
                   str_article(r->kind->name), SFMT(r->kind->name), SFMT(rest));
        Loc last = e->value->loc; // the last word of the path is the one that is wrong
        bool plain = last.len == e->value->text.len; // no quotes around it
        last.col += plain ? last.len - (uint32_t)rest.len : 0;
        last.len = plain ? (uint32_t)rest.len : last.len;
        diag_suggest(u->diags, plain ? last : (Loc){0}, rest, names, r->kind->attr_count + 1);
        return;
    }
    if (!scope_has_one(u, from, r, e->value->loc))
        return;
    Stack *stack = from && from->stack ? from->stack : r->stack ? r->stack : u->base;
    if (value && stack)
        add(u, stack,
            (Output){.name = e->key->text, .value = value, .stack = stack, .loc = e->key->loc});
}

static void add_outputs(Unit *u, const Resource *from, const Node *outputs) {
    for (uint32_t i = 0; node_is_map(outputs) && i < outputs->count; i++)
        add_output(u, from, &outputs->entries[i]);
}

void output_unit(Unit *u) {
    add_outputs(u, NULL, resource_get(u->self, S("outputs")));
    for (size_t i = 0; i < u->count; i++)
        if (u->resources[i] != u->self && u->resources[i]->workflow == u->resources[i])
            add_outputs(u, u->resources[i], resource_get(u->resources[i], S("outputs")));
}
