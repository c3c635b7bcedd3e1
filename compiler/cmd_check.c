// cmd_check.c - wgen check: every mistake in one run, and nothing written.
#include "cmd_parts.h"

static int run(Cli *cli) {
    double start = cmd_seconds();
    Batch b;
    bool found = batch_find(cli, &b) && (!cli_has(cli, OPT_FIX) || cmd_fix(cli, &b));
    bool ok = found && batch_read(cli, &b);
    for (size_t i = 0; i < b.count && found; i++) { // some rules need what is written: sizes, names
        if (!b.list[i].sound)
            continue;
        cmd_progress(cli, "%zu of %zu systems, %.*s", i + 1, b.count, SFMT(b.paths[i].name));
        ok = compile_emit(&b.list[i], (Receiver){0}) && ok;
    }
    cli->is_whole = ok;
    int code = cmd_end(cli, NULL);
    if (ok && code == EXIT_FINE)
        cmd_say(cli, "%zu system%s checked, no errors (%.2f s)", b.count, plural(b.count),
                cmd_seconds() - start);
    batch_free(&b);
    return code;
}

const Command command_check = {
    .name = "check",
    .args = "[SPEC...]",
    .doc = "find every mistake in the specs, and write nothing",
    .about =
        "Reads specs and applies every rule to them: types, ranges, names, references, quotas,\n"
        "data flow. Each mistake is shown with its place and its cure; `wgen explain ID` says\n"
        "more of it. SPEC is as in `wgen build`; `-` is standard input. A finding that is known "
        "is\n"
        "ignored by a comment on its line or above it: `# wgen: ignore[ID] reason`.",
    .examples = "wgen check                       # every system in specs/\n"
                "wgen check specs/orders.yaml     # one system\n"
                "wgen check --format short        # a line for each, for editors and grep\n"
                "wgen check --fix                 # and correct what can safely be\n"
                "wgen check --fix --unsafe-fixes --diff   # show what else could be\n"
                "wgen check --deny warnings       # in CI: warnings count\n",
    .takes = {OPT_ENV, OPT_FIX, OPT_UNSAFE_FIXES, OPT_DIFF, OPT_WATCH, OPT_DENY, OPT_ALLOW,
              OPT_EXIT_ZERO, OPT_STDIN_NAME},
    .most_args = 1000000,
    .reports = true,
    .run = run,
};
