// cmd_diff.c - wgen diff: what a deployment would do, before it does it.
#include "cmd.h"
#include "compare.h"
#include "file.h"

#include <string.h>

static bool read_side(Cli *cli, DeployedList *side, const char *path) {
    *side = (DeployedList){.arena = cli->arena};
    if (strcmp(path, "-") != 0)
        return deployed_read(side, cli->diags, cli_value(cli, OPT_TEMPLATES), path);
    const Source *src = cmd_stdin(cli, "standard input");
    return src && deployed_template(side, cli->diags, src, S("standard input"));
}

// Of outputs that hold several systems, only those that the other side speaks of.
static void keep_systems(DeployedList *of, const DeployedList *by) {
    size_t kept = 0;
    for (size_t i = 0; i < of->count; i++) {
        bool named = false;
        for (size_t j = 0; j < by->count; j++)
            named = named || str_eq(of->list[i].system, by->list[j].system);
        if (named)
            of->list[kept++] = of->list[i];
    }
    of->count = kept;
    kept = 0;
    for (size_t i = 0; i < of->cost_count; i++)
        if (by->count && str_eq(of->costs[i].system, by->list[0].system))
            of->costs[kept++] = of->costs[i];
    of->cost_count = kept;
}

static bool is_serious(const char *word, const Change *c) {
    bool anew = c->kind == CHANGE_REPLACED || c->kind == CHANGE_RENAMED;
    if (strcmp(word, "replace") == 0)
        return anew || change_loses_data(c);
    if (strcmp(word, "data-loss") == 0)
        return change_loses_data(c);
    if (strcmp(word, "grants") == 0)
        return c->wider_count > 0;
    return strcmp(word, "any") == 0;
}

static void fail_on(Cli *cli, const Comparison *c) {
    const char **words;
    size_t count = cli_values(cli, OPT_FAIL_ON, &words);
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        for (size_t j = 0; j < c->count; j++)
            found += is_serious(words[i], &c->list[j]);
        if (strcmp(words[i], "cost") == 0 && compare_dearer(c) > 0)
            diag_drift(cli->diags, (Loc){0}, "unwanted-change",
                       "it gets dearer, by %.2f USD a month, which `--fail-on cost` is about",
                       compare_dearer(c));
        else if (found)
            diag_drift(cli->diags, (Loc){0}, "unwanted-change",
                       "%zu change%s that `--fail-on %s` is about", found, plural(found), words[i]);
    }
}

int cmd_compare(Cli *cli, const DeployedList *before, const DeployedList *after,
                const char *drift) {
    Comparison c = {.arena = cli->arena};
    Buf out = {.arena = cli->arena};
    c.rules = template_tree(cmd_kinds(cli), S("replaces.yaml"));
    compare(&c, before, after);
    compare_costs(&c, before, after);
    if (cli_has(cli, OPT_JSON))
        compare_json(&c, &out);
    else if (cli_has(cli, OPT_MARKDOWN))
        compare_markdown(&c, &out);
    else
        compare_text(&c, &out);
    cmd_print(cli, buf_str(&out));
    buf_free(&out);
    fail_on(cli, &c);
    if (drift && c.count)
        diag_drift(cli->diags, (Loc){0}, "drift", "%s", drift);
    int code = cmd_end(cli, NULL);
    if (!cli_has(cli, OPT_JSON) && !cli_has(cli, OPT_MARKDOWN))
        cmd_say(cli, "%.*s", SFMT(compare_summary(&c)));
    return code;
}

static int run(Cli *cli) {
    const char *from = "out", *to = "specs";
    bool one_spec = cli->arg_count == 1 && strcmp(cli->args[0], "-") != 0 &&
                    deployed_is_spec(cli->arena, cli->args[0]);
    if (one_spec || cli->arg_count == 2)
        to = cli->args[cli->arg_count - 1];
    if (!one_spec && cli->arg_count > 0)
        from = cli->args[0];
    DeployedList before, after;
    if (!read_side(cli, &before, from) || !read_side(cli, &after, to) || cli->diags->errors)
        return cmd_end(cli, NULL);
    if (one_spec)
        keep_systems(&before, &after);
    return cmd_compare(cli, &before, &after, NULL);
}

const Command command_diff = {
    .name = "diff",
    .args = "[BEFORE] [AFTER]",
    .doc = "say what a deployment would do: what is added, made anew, lost, dearer",
    .about =
        "Compares two of: a spec, a folder of specs, a folder of outputs, a CloudFormation\n"
        "template (as `aws cloudformation get-template` prints it; `-` is standard input). BEFORE\n"
        "is out/ and AFTER is specs/ if not said otherwise. What a service makes anew on which\n"
        "change is known from its schema; what gets dearer, by the usage that the spec expects.",
    .examples =
        "wgen diff                                  # what building and deploying would change\n"
        "wgen diff old.yaml specs/orders.yaml       # two versions of a spec\n"
        "git show main:out/shop/cloudformation/shop.yaml | wgen diff - out\n"
        "wgen diff --fail-on data-loss --markdown   # in CI, for a pull request\n",
    .takes = {OPT_FAIL_ON, OPT_MARKDOWN, OPT_JSON, OPT_EXIT_ZERO},
    .most_args = 2,
    .run = run,
};
