// cmd_cost.c - wgen cost: what a system costs in a month, by the `usage` of its spec. Kinds say
// what is multiplied (`price`), templates/prices.yaml what it costs; every formula is shown.
#include "build.h"
#include "flow.h"
#include "inspect.h"
#include "scope.h"
#include "unit.h"

#include <stdlib.h>

typedef struct Bill {
    Cli *cli;
    const Node *prices;
    Table table, unknown;
    Node *list;
    double total;
    size_t missing;
} Bill;

static const double GIGABYTE = 1024.0 * 1024.0 * 1024.0;

// A month's count, seconds, gigabytes, or a number. False: it is none of these.
static bool to_number(Str text, double *value) {
    long long whole;
    if (unit_rate(text, value) || unit_count(text, value))
        return true;
    if (unit_duration(text, &whole)) {
        *value = (double)whole;
        return true;
    }
    if (unit_size(text, &whole)) {
        *value = (double)whole / GIGABYTE;
        return true;
    }
    // milliseconds are no duration of a spec, but what calls take
    if (text.len > 2 && str_ends(text, S("ms")) &&
        unit_count(str_cut(text, 0, text.len - 2), value)) {
        *value /= 1000;
        return true;
    }
    return false;
}

static const Node *used(const Resource *r, Str word) {
    return node_get(resource_get(r, S("usage")), word);
}

// What a word of a formula stands for: the thing's own usage, that of the function that it calls,
// or that of its workflow, which all its parts run as often as.
static const Node *find_usage(const Resource *r, Str word) {
    bool calls = str_eq(word, S("requests")) || str_eq(word, S("executions"));
    const Resource *function =
        kind_field(r->kind, S("function")) >= 0 ? resource_ref(r, S("function")) : NULL;
    const Node *own = used(r, word);
    if (!own && calls)
        own = used(r, str_eq(word, S("requests")) ? S("executions") : S("requests"));
    if (!own && function)
        own = used(function, word);
    bool shared = calls || str_eq(word, S("stored"));
    if (!own && shared && r->workflow && r->workflow != r)
        own = find_usage(r->workflow, word);
    return own;
}

static Str value_of(Unit *u, const Resource *r, Node *factor) {
    if (factor->type == NODE_TEXT && factor->count == 1 && factor->pieces[0].kind == PIECE_PARAM &&
        factor->pieces[0].param->value)
        return node_str(factor->pieces[0].param->value);
    Str word = shown_text(u, factor);
    if (str_eq(word, S("states")) && r->machine)
        return str_fmt(u->arena, "%zu", r->machine->count);
    double number;
    const Node *usage = to_number(word, &number) ? NULL : find_usage(r, word);
    return usage ? node_str(usage) : word;
}

static void put_missing(Bill *b, Unit *u, const Resource *r, Str what, Str word) {
    table_cell(&b->unknown, inspect_where(u));
    table_cell(&b->unknown, r->path);
    table_cell(&b->unknown, what);
    table_cell(&b->unknown, str_fmt(u->arena, "say `usage: {%.*s: ...}`", SFMT(word)));
    b->missing++;
}

static void put_item(Bill *b, Unit *u, Resource *r, const Node *line) {
    const Node *of = node_get(line, S("of"));
    Str what = node_get_str(line, S("what")), key = shown_text(u, node_get(line, S("price")));
    const Node *price = node_get(b->prices, key);
    Buf formula = {.arena = b->cli->arena};
    double product = 1, number;
    for (uint32_t i = 0; of && i < of->count; i++) {
        Str value = value_of(u, r, of->items[i]);
        if (!to_number(value, &number)) {
            put_missing(b, u, r, what, value);
            buf_free(&formula);
            return;
        }
        product *= number;
        buf_fmt(&formula, "%s%.*s", i ? " x " : "", SFMT(value));
    }
    bool is_sum = template_truth(node_get(line, S("all"))); // of all instances already
    size_t instances = resource_is_fanned(r) && !is_sum ? unit_items(u, r->axis).count : 1;
    if (instances != 1)
        buf_fmt(&formula, " x %zu", instances);
    double each = strtod(arena_str(u->arena, node_get_str(price, S("price"))).ptr, NULL);
    double per = strtod(arena_str(u->arena, node_get_str(price, S("per"))).ptr, NULL);
    double cost = product * (double)instances * each / (per > 0 ? per : 1);
    buf_fmt(&formula, " at %.*s per %.*s %.*s", SFMT(node_get_str(price, S("price"))),
            SFMT(node_get_str(price, S("per"))), SFMT(node_get_str(price, S("unit"))));
    Str shown = str_fmt(b->cli->arena, "%.2f", cost), why = buf_keep(&formula, b->cli->arena);
    buf_free(&formula);
    const Str cells[] = {inspect_where(u),
                         r->workflow ? r->workflow->id : S("-"),
                         r->kind->name,
                         r->path,
                         what,
                         shown,
                         why};
    table_row(&b->table, cells);
    Node *map = node_map(b->cli->arena, (Loc){0});
    static const char *const keys[] = {"deployment", "workflow", "kind",   "id",
                                       "what",       "usd",      "formula"};
    for (size_t i = 0; i < COUNT(keys); i++)
        node_put(b->cli->arena, map, keys[i], cells[i]);
    node_push(b->cli->arena, b->list, map);
    b->total += cost;
}

static void put_unit(Bill *b, Unit *u) {
    for (size_t i = 0; i < u->count; i++) {
        Resource *r = u->resources[i];
        bool is_made = !r->existing.len && r->axis != AXIS_RUNTIME && r->kind->price;
        const Node *lines = is_made ? scope_render(u, r, r->kind->price) : NULL;
        for (uint32_t j = 0; lines && j < lines->count; j++)
            put_item(b, u, r, lines->items[j]);
    }
}

static void print_bill(Bill *b, Str date) {
    Buf out = {.arena = b->cli->arena};
    if (cli_has(b->cli, OPT_JSON)) {
        buf_put(&out, inspect_json(b->cli, b->list));
    } else {
        table_print(&b->table, &out);
        buf_fmt(
            &out,
            "\n%.2f USD a month, by prices of %.*s in us-east-1, without free tiers, discounts,\n"
            "tax and traffic.\n",
            b->total, SFMT(date));
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
            .prices = node_get(data, S("prices")),
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
                put_unit(&bill, b.list[i].units[j]);
        print_bill(&bill, node_get_str(data, S("date")));
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
