// cmd_ignore.c - comments `# wgen: ignore[ID] reason` in specs: which ids they may name, and those
// that had nothing to suppress.
#include "cmd.h"
#include "file.h"
#include "limits.h"
#include "rules.h"

// What a spec means must be beyond doubt; what is good for it can be judged otherwise.
static bool may_ignore(void *ctx, const char *id) {
    Cli *cli = ctx;
    const Rule *rule = rule_find(cmd_kinds(cli), str_from(id));
    return rule && (str_eq(rule->family, S("service")) || str_eq(rule->family, S("security")) ||
                    str_eq(rule->family, S("style")));
}

void cmd_ignore_begin(Cli *cli) {
    cli->diags->may_ignore = may_ignore;
    cli->diags->ignore_ctx = cli;
}

static bool is_used(const Diags *d, const Ignore *ignore, Str path) {
    for (const Diag *diag = d->first; diag; diag = diag->next)
        if (diag->suppressed && diag->at.src && str_eq(diag->at.src->path, path) &&
            diag->at.line == ignore->line && ignore_names(ignore, str_from(diag->id)))
            return true;
    return false;
}

static void check_one(Cli *cli, const Ignore *ignore, Str path, bool whole) {
    Str first, rest = ignore->ids;
    str_split(&rest, ',', &first);
    first = str_trim(first);
    if (!ignore->reason.len) {
        diag_warn(cli->diags, ignore->at, "ignore-without-reason",
                  "`%.*s` is ignored without a reason", SFMT(first));
        diag_help(cli->diags, "write `# wgen: ignore[%.*s] because ...`", SFMT(first));
    } else if (whole && !is_used(cli->diags, ignore, path)) {
        diag_warn(cli->diags, ignore->at, "unused-ignore", "there is no `%.*s` here to ignore",
                  SFMT(first));
        diag_help(cli->diags, "take the comment away");
    }
}

void cmd_ignore_end(Cli *cli) {
    bool whole = cli->diags->errors == 0 && !cli_has(cli, OPT_ENV) && cli->is_whole;
    for (size_t i = 0; i < cli->file_count; i++) {
        Diags quiet = {.arena = cli->arena};
        bool piped = cli->piped && str_eq(cli->piped->path, cli->files[i]);
        const Source *src =
            piped ? cli->piped
                  : file_read_if_there(cli->arena, &quiet, cli->files[i].ptr, LIMIT_FILE_BYTES);
        Ignore *list;
        size_t count = src ? diag_ignores(cli->arena, src, &list) : 0;
        for (size_t j = 0; j < count; j++)
            check_one(cli, &list[j], cli->files[i], whole);
    }
}
