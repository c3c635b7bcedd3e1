// cmd_cost.c - wgen cost: what a system costs in a month, by the `usage` of its spec.
#include "build.h"
#include "cost.h"
#include "inspect.h"

// Of one workflow, or of one kind of resource.
typedef struct Sum {
    double usd;
    Str expected; // what the spec says that it will be
} Sum;

typedef struct Sums {
    StrMap by_name;
    Str *names;
    size_t count, cap;
    bool expected; // one of them has a number of its own
} Sums;

typedef struct Bill {
    Cli *cli;
    Table table, unknown;
    Sums workflows, kinds;
    Node *list;
    double total;
    size_t missing;
} Bill;

static Sum *sum_of(Bill *b, Sums *sums, Str name) {
    Sum *sum = strmap_get(&sums->by_name, name);
    if (sum)
        return sum;
    sum = arena_new(b->cli->arena, Sum, 1);
    strmap_put(&sums->by_name, b->cli->arena, name, sum);
    sums->names =
        arena_room(b->cli->arena, sums->names, sizeof *sums->names, sums->count, &sums->cap);
    sums->names[sums->count++] = name;
    return sum;
}

// For programs: what is not counted has no number, and says how it gets one.
static void put_json(Bill *b, Str where, const CostLine *line) {
    bool counted = !line->say.len;
    const struct {
        const char *key;
        Str value;
    } fields[] = {
        {"deployment",        where                          },
        {"workflow",          line->workflow                 },
        {"kind",              line->kind                     },
        {"id",                line->path                     },
        {"what",              line->what                     },
        {"usd",               counted ? str_fmt(b->cli->arena, "%.2f", line->usd) : S("")},
        {"formula", line->formula                               },
        {"say",      line->say     },
    };
    Node *map = node_map(b->cli->arena, (Loc){0});
    for (size_t i = 0; i < COUNT(fields); i++)
        if (fields[i].value.len)
            node_put(b->cli->arena, map, fields[i].key, fields[i].value);
    node_push(b->cli->arena, b->list, map);
}

static void put_missing(Bill *b, Str where, const CostLine *line) {
    Str say = str_fmt(b->cli->arena, "say `%.*s`", SFMT(line->say));
    const Str cells[] = {where, line->path, line->what, say};
    table_row(&b->unknown, cells);
    b->missing++;
}

static void put_line(Bill *b, Str where, const CostLine *line) {
    Str usd = str_fmt(b->cli->arena, "%.2f", line->usd);
    const Str cells[] = {where, line->workflow, line->kind, line->path, line->what,
                         usd,   line->formula};
    table_row(&b->table, cells);
    Str of = line->workflow;
    if (!str_eq(of, S("-")))
        of = str_fmt(b->cli->arena, "%.*s %.*s", SFMT(where), SFMT(of));
    sum_of(b, &b->workflows, of)->usd += line->usd;
    sum_of(b, &b->kinds, line->kind)->usd += line->usd;
}

// `usage: {expected: 26.42USD}` of a workflow: what somebody has reckoned.
static void take_expected(Bill *b, Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        const Resource *r = u->resources[i];
        Str expected = node_get_str(resource_get(r, S("usage")), S("expected"));
        if (!expected.len || r->workflow != r)
            continue;
        Str of = str_fmt(b->cli->arena, "%.*s %.*s", SFMT(inspect_where(u)), SFMT(r->id));
        sum_of(b, &b->workflows, of)->expected = expected;
        b->workflows.expected = true;
    }
}

static void put_unit(Bill *b, Unit *u, const Node *prices) {
    Costs costs = {.arena = b->cli->arena, .prices = prices};
    costs_add(&costs, u);
    b->total += costs.total;
    for (size_t i = 0; i < costs.count; i++) {
        const CostLine *line = &costs.list[i];
        put_json(b, inspect_where(u), line);
        if (line->say.len)
            put_missing(b, inspect_where(u), line);
        else
            put_line(b, inspect_where(u), line);
    }
    take_expected(b, u);
}

static void print_sums(Bill *b, Sums *sums, Str title, Buf *out) {
    Table t = {.arena = b->cli->arena, .columns = sums->expected ? 3 : 2};
    const Str titles[] = {title, S("USD"), S("EXPECTED")};
    table_row(&t, titles);
    for (size_t i = 0; i < sums->count; i++) {
        const Sum *sum = strmap_get(&sums->by_name, sums->names[i]);
        const Str cells[] = {sums->names[i], str_fmt(b->cli->arena, "%.2f", sum->usd),
                             sum->expected.len ? sum->expected : S("-")};
        table_row(&t, cells);
    }
    buf_char(out, '\n');
    table_print(&t, out);
}

// In lines as long as a terminal is wide.
static void print_folded(Buf *out, Str text) {
    enum { WIDTH = 80 };
    size_t line = out->len;
    Str word;
    while (str_split(&text, ' ', &word)) {
        bool fits = out->len - line + 1 + word.len <= WIDTH;
        if (out->len > line)
            buf_char(out, fits ? ' ' : '\n');
        line = fits ? line : out->len;
        buf_put(out, word);
    }
    buf_char(out, '\n');
}

static void print_bill(Bill *b, const Node *prices) {
    Buf out = {.arena = b->cli->arena};
    if (cli_has(b->cli, OPT_JSON)) {
        buf_put(&out, inspect_json(b->cli, b->list));
    } else {
        table_print(&b->table, &out);
        print_sums(b, &b->workflows, S("BY WORKFLOW"), &out);
        print_sums(b, &b->kinds, S("BY KIND"), &out);
        buf_fmt(
            &out,
            "\n%.2f USD a month, by prices of %.*s in us-east-1, without free tiers, discounts\n"
            "and tax.\n",
            b->total, SFMT(node_get_str(prices, S("date"))));
        print_folded(&out, str_fmt(b->cli->arena, "Never counted: %.*s.",
                                   SFMT(node_get_str(prices, S("never")))));
        if (b->missing) {
            buf_put(&out, S("\nNot counted, for want of its usage:\n\n"));
            table_print(&b->unknown, &out);
        }
    }
    cmd_print(b->cli, buf_str(&out));
    buf_free(&out);
}

static int run(Cli *cli) {
    Batch b;
    if (inspect_open(cli, &b, 0)) {
        const Node *data = template_tree(cmd_kinds(cli), S("prices.yaml"));
        Bill bill = {
            .cli = cli,
            .table = {.arena = cli->arena, .columns = 7},
            .unknown = {.arena = cli->arena,                   .columns = 4},
            .list = node_list(cli->arena, (Loc){0}
              )
        };
        const Str titles[] = {S("SYSTEM"), S("WORKFLOW"), S("KIND"),   S("ID"),
                              S("WHAT"),   S("USD"),      S("FORMULA")};
        table_row(&bill.table, titles);
        for (size_t i = 0; i < b.count; i++)
            for (size_t j = 0; j < b.list[i].unit_count; j++)
                put_unit(&bill, b.list[i].units[j], data);
        print_bill(&bill, data);
    }
    int code = cmd_end(cli, NULL);
    batch_free(&b);
    return code;
}

const Command command_cost = {
    .name = "cost",
    .args = "[SPEC...]",
    .doc = "what a system costs in a month, by the usage that its spec expects",
    .about =
        "Every line shows its formula: what the spec's `usage` says, times what the thing has, at\n"
        "the price of AWS. A part of a workflow is used as often as the workflow runs. What lacks "
        "a\n"
        "number is listed, and not guessed. SPEC is as in `wgen build`.",
    .examples = "wgen cost                          # everything in specs/\n"
                "wgen cost specs/orders.yaml -e production\n"
                "wgen cost --json | jq 'map(.usd | tonumber) | add'\n",
    .takes = {OPT_ENV, OPT_JSON},
    .most_args = 1000000,
    .run = run,
};
