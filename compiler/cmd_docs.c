// cmd_docs.c - wgen docs: the pages that a build writes beside a system, without writing them.
#include "inspect.h"

static bool put_pages(void *ctx, const OutFile *file) {
    Cli *cli = ctx;
    if (str_find(file->path, S("/docs/")) < 0)
        return true;
    if (cli_has(cli, OPT_LIST))
        cmd_print(cli, str_fmt(cli->arena, "%.*s\n", SFMT(file->path)));
    else if (!cli_has(cli, OPT_PAGE) ||
             str_ends(file->path, str_fmt(cli->arena, "/%s.md", cli_value(cli, OPT_PAGE))))
        cmd_print(cli, buf_str(&file->text));
    return true;
}

static bool put(void *ctx, const Outbox *box) {
    for (size_t i = 0; i < box->count && !box->own; i++)
        put_pages(ctx, box->files[i]);
    return true;
}

static int run(Cli *cli) {
    Batch b;
    if (batch_find(cli, &b) && batch_read(cli, &b))
        for (size_t i = 0; i < b.count; i++)
            compile_emit(&b.list[i], (Receiver){.put = put, .ctx = cli});
    int code = cmd_end(cli, NULL);
    batch_free(&b);
    return code;
}

const Command command_docs = {
    .name = "docs",
    .args = "[SPEC...]",
    .doc = "print the runbook and the other pages about a system",
    .about =
        "The pages that `wgen build` writes to out/SYSTEM/docs: a runbook for whoever is on call,\n"
        "what there is, how it runs, who may do what, what it costs. SPEC is as in `wgen build`.",
    .examples = "wgen docs specs/orders.yaml --page runbook | less\n"
                "wgen docs specs/orders.yaml -e production --page access\n"
                "wgen docs --list                       # which pages there are\n",
    .takes = {OPT_PAGE, OPT_LIST, OPT_ENV},
    .most_args = 1000000,
    .run = run,
};
