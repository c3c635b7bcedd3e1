// cmd_list.c - wgen list: what a system has.
#include "build.h"
#include "inspect.h"

static Str stack_of(const Resource *r) {
    return r->existing.len         ? S("(it is there already)")
           : resource_is_fanned(r) ? S("(one for each)")
           : r->stack              ? r->stack->name
                                   : S("(made while it runs)");
}

static void add_row(Table *t, Unit *u, const Resource *r) {
    table_cell(t, inspect_where(u));
    table_cell(t, r->kind->name);
    table_cell(t, r->path);
    table_cell(t, shown_name(u, r));
    table_cell(t, stack_of(r));
    table_cell(t, shown_place(u, r));
}

static void add_object(Node *list, Unit *u, const Resource *r) {
    Arena *a = u->arena;
    Node *map = node_map(a, r->loc);
    node_put(a, map, "system", u->system);
    node_put(a, map, "environment", u->env);
    node_put(a, map, "kind", r->kind->name);
    node_put(a, map, "id", r->path);
    node_put(a, map, "name", shown_name(u, r));
    node_put(a, map, "stack", r->stack ? r->stack->name : (Str){0});
    node_put(a, map, "logicalId", r->logical);
    node_put(a, map, "where", shown_place(u, r));
    node_push(a, list, map);
}

static int run(Cli *cli) {
    Batch b;
    bool json = cli_has(cli, OPT_JSON), all = cli_has(cli, OPT_VERBOSE);
    Buf out = {.arena = cli->arena};
    if (inspect_open(cli, &b, 0)) {
        Table t = {.arena = cli->arena, .columns = 6};
        Node *list = node_list(cli->arena, (Loc){0});
        const Str titles[] = {S("SYSTEM"), S("KIND"), S("ID"), S("NAME"), S("STACK"), S("SPEC")};
        table_row(&t, titles);
        for (size_t i = 0; i < b.count; i++)
            for (size_t j = 0; j < b.list[i].unit_count; j++) {
                Unit *u = b.list[i].units[j];
                for (size_t k = 0; k < u->count; k++) {
                    const Resource *r = u->resources[k];
                    if (r == u->self || (!all && shown_is_part(r)))
                        continue;
                    if (json)
                        add_object(list, u, r);
                    else
                        add_row(&t, u, r);
                }
            }
        if (json)
            buf_put(&out, inspect_json(cli, list));
        else
            table_print(&t, &out);
        cmd_print(cli, buf_str(&out));
    }
    buf_free(&out);
    int code = cmd_end(cli, NULL);
    batch_free(&b);
    return code;
}

const Command command_list = {
    .name = "list",
    .args = "[SPEC...]",
    .doc = "what a system has: names, stacks, and where the spec says so",
    .about =
        "One line for each thing that the specs ask for, in every environment. What comes with\n"
        "one, such as its log and its role, is listed with --verbose. SPEC is as in `wgen\n"
        "build`.",
    .examples = "wgen list                          # everything in specs/\n"
                "wgen list specs/orders.yaml -e staging   # one environment\n"
                "wgen list -v                       # with roles, logs, alarms\n"
                "wgen list --json | jq -r '.[].name'\n",
    .takes = {OPT_ENV, OPT_JSON},
    .most_args = 1000000,
    .run = run,
};
