// cmd_graph.c - wgen graph: pictures of a system.
#include <stdio.h>
#include <string.h>

#include "graph.h"
#include "inspect.h"

typedef struct Pictures {
    const Graph **list;
    Str *titles;
    size_t count, cap, title_cap;
} Pictures;

static void add(Cli *cli, Pictures *p, const Graph *g, Str title) {
    p->list = arena_room(cli->arena, p->list, sizeof *p->list, p->count, &p->cap);
    p->titles = arena_room(cli->arena, p->titles, sizeof *p->titles, p->count, &p->title_cap);
    p->list[p->count] = g;
    p->titles[p->count++] = title;
}

static void draw(Cli *cli, const Pictures *p, Buf *out) {
    const char *as = cli_value(cli, OPT_AS);
    bool dot = as && strcmp(as, "mermaid") != 0;
    if (!p->count)
        return;
    for (size_t i = 0; i < p->count; i++)
        buf_fmt(out, dot ? "// %.*s\n" : "%%%% %.*s\n", SFMT(p->titles[i]));
    const Graph *g =
        p->count == 1 ? p->list[0] : graph_join(cli->arena, p->list, p->titles, p->count);
    if (dot)
        graph_dot(g, out);
    else
        graph_mermaid(g, out);
}

static void add_unit(Cli *cli, Unit *u, Pictures *p) {
    const char *of = cli_value(cli, OPT_OF);
    Str where = inspect_where(u);
    if (of && strcmp(of, "data") == 0)
        add(cli, p, graph_data(u), where);
    else if (!of || strcmp(of, "system") == 0)
        add(cli, p, graph_system(u), where);
    else
        for (size_t i = 0; i < u->count; i++)
            if (u->resources[i]->machine)
                add(cli, p, graph_workflow(u, u->resources[i]),
                    str_fmt(u->arena, "%.*s: %.*s", SFMT(where), SFMT(u->resources[i]->path)));
}

// The drawing itself is Graphviz's; it writes to standard output.
static void put_svg(Cli *cli, Str dot) {
    fflush(stdout);
    FILE *graphviz = popen("dot -Tsvg", "w");
    bool ok = graphviz && fwrite(dot.ptr, 1, dot.len, graphviz) == dot.len;
    ok = graphviz && pclose(graphviz) == 0 && ok;
    if (ok)
        return;
    diag_failure(cli->diags, (Loc){0}, "io", "`dot` could not draw it");
    diag_help(cli->diags, "install Graphviz, or draw it elsewhere: `wgen graph --as dot`");
}

static int run(Cli *cli) {
    Batch b;
    Buf out = {.arena = cli->arena};
    const char *as = cli_value(cli, OPT_AS);
    if (inspect_open(cli, &b, 0)) {
        Pictures p = {0};
        for (size_t i = 0; i < b.count; i++)
            if (b.list[i].unit_count) // all environments are alike
                add_unit(cli, b.list[i].units[0], &p);
        draw(cli, &p, &out);
        if (!p.count)
            cmd_say(cli, "there is no workflow to draw");
        else if (as && strcmp(as, "svg") == 0)
            put_svg(cli, buf_str(&out));
        else
            cmd_print(cli, buf_str(&out));
    }
    buf_free(&out);
    int code = cmd_end(cli, NULL);
    batch_free(&b);
    return code;
}

const Command command_graph = {
    .name = "graph",
    .args = "[SPEC...]",
    .doc = "draw a system, its workflows, or where its data goes",
    .about =
        "A picture of each system, as Mermaid, which GitHub and editors show, or for Graphviz.\n"
        "Dashed lines are ways that are taken when something fails. SPEC is as in `wgen build`.",
    .examples = "wgen graph specs/orders.yaml                  # what is connected with what\n"
                "wgen graph specs/orders.yaml --of workflow    # its states, choices and catches\n"
                "wgen graph specs/orders.yaml --of data --as svg > data.svg\n",
    .takes = {OPT_OF, OPT_AS, OPT_ENV},
    .most_args = 1000000,
    .run = run,
};
