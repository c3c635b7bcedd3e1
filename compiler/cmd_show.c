// cmd_show.c - wgen show: everything that became of one thing.
#include "build.h"
#include "emit.h"
#include "hcl_value.h"
#include "inspect.h"
#include "uses.h"

static void put_line(Buf *out, const char *title, Str text) {
    if (text.len)
        buf_fmt(out, "  %-12s %.*s\n", title, SFMT(text));
}

static Str list_of_parts(Unit *u, Resource *r, Target target) {
    Node *parts = emit_parts(u, r, target);
    Buf b = {.arena = u->arena};
    Emitter e = {.unit = u, .self = r, .stack = r->stack};
    for (uint32_t i = 0; parts && i < parts->count; i++) {
        Str part = node_get_str(parts->items[i], S("part"));
        Str type = node_get_str(parts->items[i], S("Type"));
        buf_put(&b, b.len ? S(", ") : S(""));
        if (target == TARGET_TF)
            buf_put(&b, hcl_address(&e, r, part));
        else
            buf_fmt(&b, "%.*s%.*s (%.*s)", SFMT(r->logical), SFMT(pascal_case(u->arena, part)),
                    SFMT(type));
    }
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

static Str list_of_uses(Unit *u, const Resource *r) {
    const Use *uses;
    size_t count = uses_of(r, &uses);
    Buf b = {.arena = u->arena};
    for (size_t i = 0; i < count; i++) {
        buf_fmt(&b, "%s%.*s:", i ? "; " : "", SFMT(uses[i].to->path));
        for (size_t j = 0; j < uses[i].verb_count; j++)
            buf_fmt(&b, "%s %.*s", j ? "," : "", SFMT(uses[i].verbs[j]->name));
    }
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

static Str list_of_users(Unit *u, const Resource *r) {
    Buf b = {.arena = u->arena};
    for (size_t i = 0; i < u->count; i++) {
        const Use *uses;
        size_t count = uses_of(u->resources[i], &uses);
        for (size_t j = 0; j < count; j++)
            for (size_t k = 0; uses[j].to == r && k < uses[j].verb_count; k++)
                buf_fmt(&b, "%s%.*s (%.*s)", b.len ? ", " : "", SFMT(u->resources[i]->path),
                        SFMT(uses[j].verbs[k]->name));
    }
    for (const Reference *ref = r->references; ref; ref = ref->next)
        if (ref->from != u->self && !ref->from->kind->internal && ref->from != r->owner)
            buf_fmt(&b, "%s%.*s (as its %.*s)", b.len ? ", " : "", SFMT(ref->from->path),
                    SFMT(ref->field->name));
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

static Str list_of_children(Unit *u, const Resource *r) {
    Buf b = {.arena = u->arena};
    for (const Resource *c = r->first_child; c; c = c->sibling)
        buf_fmt(&b, "%s%.*s (%.*s)", b.len ? ", " : "", SFMT(c->path), SFMT(c->kind->name));
    Str done = buf_keep(&b, u->arena);
    buf_free(&b);
    return done;
}

// What is said of it, line by line; `key` is the JSON's.
static const struct Fact {
    const char *title, *key;
} facts[] = {
    {"name",      "name"          },
    {"is",        "doc"           },
    {"spec",      "where"         },
    {"stack",     "stack"         },
    {"variable",  "variable"      },
    {"uses",      "uses"          },
    {"used by",   "usedBy"        },
    {"with it",   "withIt"        },
    {"AWS",       "cloudformation"},
    {"Terraform", "terraform"     },
};

static Str fact(Unit *u, Resource *r, size_t i) {
    switch (i) {
    case 0:
        return shown_name(u, r);
    case 1: {
        Str doc = shown_text(u, resource_get(r, S("doc")));
        return doc.len ? doc : r->kind->doc;
    }
    case 2:
        return shown_place(u, r);
    case 3:
        return r->existing.len         ? S("none: it is there already")
               : resource_is_fanned(r) ? S("one for each item of its fan-out")
               : r->stack              ? r->stack->name
                                       : (Str){0};
    case 4:
        return r->kind->env ? use_variable(u->arena, r) : (Str){0};
    case 5:
        return list_of_uses(u, r);
    case 6:
        return list_of_users(u, r);
    case 7:
        return list_of_children(u, r);
    case 8:
        return list_of_parts(u, r, TARGET_CFN);
    default:
        return list_of_parts(u, r, TARGET_TF);
    }
}

static void show(Cli *cli, Unit *u, Resource *r, Buf *out, Node *list) {
    Node *map = node_map(cli->arena, r->loc);
    if (out->len)
        buf_char(out, '\n');
    buf_fmt(out, "%.*s: %.*s %.*s\n", SFMT(inspect_where(u)), SFMT(r->kind->name), SFMT(r->path));
    node_put(cli->arena, map, "system", u->system);
    node_put(cli->arena, map, "environment", u->env);
    node_put(cli->arena, map, "kind", r->kind->name);
    node_put(cli->arena, map, "id", r->path);
    for (size_t i = 0; i < COUNT(facts); i++) {
        Str text = fact(u, r, i);
        put_line(out, facts[i].title, text);
        node_put(cli->arena, map, facts[i].key, text);
    }
    node_push(cli->arena, list, map);
}

static int run(Cli *cli) {
    Batch b;
    if (!inspect_open(cli, &b, 1)) {
        int code = cmd_end(cli, NULL);
        batch_free(&b);
        return code;
    }
    Str name = str_from(cli->args[0]);
    Buf out = {.arena = cli->arena};
    Node *list = node_list(cli->arena, (Loc){0});
    Unit *u;
    Resource *r;
    for (size_t at = 0; (r = inspect_next(&b, name, &at, &u));)
        show(cli, u, r, &out, list);
    int code;
    if (list->count) {
        cmd_print(cli, cli_has(cli, OPT_JSON) ? inspect_json(cli, list) : buf_str(&out));
        code = cmd_end(cli, NULL);
    } else {
        code = inspect_unknown(cli, &b, name);
    }
    buf_free(&out);
    batch_free(&b);
    return code;
}

const Command command_show = {
    .name = "show",
    .args = "NAME [SPEC...]",
    .doc = "everything that became of one thing, and where it comes from",
    .about =
        "NAME is as in the spec: `orders`, `queues.orders`, `orders.dead-letter`; in every system\n"
        "and environment that has one. SPEC is as in `wgen build`.",
    .examples =
        "wgen show orders                   # its name, stack, users, parts on both targets\n"
        "wgen show batch.heavy-etl          # what belongs to a workflow\n"
        "wgen show orders.role --json\n",
    .takes = {OPT_ENV, OPT_JSON},
    .most_args = 1000000,
    .run = run,
};
