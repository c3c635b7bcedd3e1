// cmd_drift.c - wgen drift: what is deployed beside what the spec says. wgen itself asks no
// network: it prints the commands that read the stacks, and reads what these have written.
#include "cmd.h"
#include "compare.h"
#include "file.h"
#include "limits.h"
#include "yaml.h"

#include <string.h>

static void put_script(Cli *cli, const Batch *b, Buf *out) {
    buf_put(out, S("# Reads every stack as it is deployed, for `wgen drift --from DIR`.\n"
                   "mkdir -p \"${1:-deployed}\" && cd \"${1:-deployed}\" || exit\n"));
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = 0; j < b->list[i].unit_count; j++) {
            const Unit *u = b->list[i].units[j];
            Str region = node_str(resource_get(u->self, S("region")));
            for (size_t s = 0; s < u->stack_count; s++) {
                Str name = u->stacks[s]->name;
                Str where =
                    region.len ? str_fmt(cli->arena, " --region %.*s", SFMT(region)) : S("");
                buf_fmt(out,
                        "aws cloudformation get-template%.*s --stack-name '%.*s' "
                        "--template-stage Original >'%.*s.json'\n",
                        SFMT(where), SFMT(name), SFMT(name));
                buf_fmt(out,
                        "aws cloudformation describe-stack-resource-drifts%.*s --stack-name '%.*s' "
                        ">'%.*s.drifts.json' || rm -f '%.*s.drifts.json'\n",
                        SFMT(where), SFMT(name), SFMT(name), SFMT(name));
            }
        }
}

static Str text_of(const Node *n, Str key) {
    Str text = node_get_str(n, key);
    return text.len ? text : S("nothing");
}

// What CloudFormation itself has found: resources that somebody changed behind its back.
static void tell_drifts(Cli *cli, const Source *src, Str stack) {
    const Node *root = yaml_read(cli->arena, cli->diags, src, YAML_DATA);
    const Node *list = node_get(root, S("StackResourceDrifts"));
    for (uint32_t i = 0; node_is_list(list) && i < list->count; i++) {
        const Node *r = list->items[i];
        Str status = node_get_str(r, S("StackResourceDriftStatus"));
        Str id = node_get_str(r, S("LogicalResourceId"));
        if (str_eq(status, S("DELETED")))
            diag_drift(cli->diags, (Loc){0}, "drift", "`%.*s` of the stack %.*s was deleted",
                       SFMT(id), SFMT(stack));
        if (!str_eq(status, S("MODIFIED")))
            continue;
        diag_drift(cli->diags, (Loc){0}, "drift", "`%.*s` of the stack %.*s was changed by hand",
                   SFMT(id), SFMT(stack));
        const Node *differences = node_get(r, S("PropertyDifferences"));
        for (uint32_t j = 0; node_is_list(differences) && j < differences->count; j++) {
            const Node *d = differences->items[j];
            diag_note(cli->diags, "%.*s is %.*s, and %.*s in the template",
                      SFMT(text_of(d, S("PropertyPath"))), SFMT(text_of(d, S("ActualValue"))),
                      SFMT(text_of(d, S("ExpectedValue"))));
        }
    }
}

static bool read_dir(Cli *cli, const char *dir, DeployedList *deployed) {
    Str *names, suffix = S(".json"), drifts = S(".drifts.json");
    size_t count = file_list(cli->arena, cli->diags, dir, ".json", &names);
    bool ok = count > 0;
    if (!ok) {
        diag_failure(cli->diags, (Loc){0}, "unreadable", "there are no templates in `%s`", dir);
        diag_help(cli->diags, "`wgen drift | sh -s %s` reads them, each as STACK.json", dir);
    }
    for (size_t i = 0; i < count && ok; i++) {
        Str path = str_fmt(cli->arena, "%s/%.*s", dir, SFMT(names[i]));
        const Source *src = file_read(cli->arena, cli->diags, path.ptr, LIMIT_SPEC_BYTES);
        bool is_report = str_ends(names[i], drifts);
        Str stack = str_cut(names[i], 0, names[i].len - (is_report ? drifts : suffix).len);
        if (src && is_report)
            tell_drifts(cli, src, stack);
        else
            ok = src && deployed_template(deployed, cli->diags, src, stack);
    }
    return ok;
}

static int end(Batch *b, int code) {
    batch_free(b);
    return code;
}

static int run(Cli *cli) {
    const char *dir = cli_value(cli, OPT_FROM);
    Batch b = {0};
    DeployedList deployed = {.arena = cli->arena}, said = {.arena = cli->arena};
    if (!batch_find(cli, &b) || !batch_read(cli, &b))
        return end(&b, cmd_end(cli, NULL));
    if (!dir) {
        Buf out = {.arena = cli->arena};
        put_script(cli, &b, &out);
        cmd_print(cli, buf_str(&out));
        buf_free(&out);
        return end(&b, cmd_end(cli, NULL));
    }
    bool ok = read_dir(cli, dir, &deployed);
    for (size_t i = 0; i < b.count && ok; i++)
        ok = deployed_read(&said, cli->diags, cli_value(cli, OPT_TEMPLATES),
                           b.paths[i].files[0].ptr);
    const char *drift = "what is deployed is not what the spec says";
    int code = ok ? cmd_compare(cli, &deployed, &said, drift) : cmd_end(cli, NULL);
    return end(&b, code);
}

const Command command_drift = {
    .name = "drift",
    .args = "[SPEC...] [--from DIR]",
    .doc = "compare what is deployed with what the spec says",
    .about = "Without --from it prints the commands of the AWS CLI that read every stack into a\n"
             "folder; with it, it compares the templates in that folder with the spec, and tells\n"
             "what CloudFormation found changed by hand. Exits 3 if anything differs.",
    .examples =
        "wgen drift | sh -s deployed              # read the stacks, with your credentials\n"
        "wgen drift --from deployed               # and compare\n"
        "wgen drift specs/shop.yaml --from deployed --json\n",
    .takes = {OPT_FROM, OPT_JSON, OPT_MARKDOWN, OPT_EXIT_ZERO},
    .most_args = 1000000,
    .run = run,
};
