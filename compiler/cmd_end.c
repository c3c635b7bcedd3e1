// cmd_end.c - how a command ends: what is printed of its diagnostics, and the exit code.
#include "cmd.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "limits.h"
#include "rules.h"

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value && *value;
}

static bool wants_color(const Cli *cli, int fd) {
    Str when = str_from(cli_value(cli, OPT_COLOR));
    if (str_eq(when, S("always")) || str_eq(when, S("never")))
        return str_eq(when, S("always"));
    if (is_set("NO_COLOR"))
        return false;
    if (is_set("CLICOLOR_FORCE") || is_set("FORCE_COLOR"))
        return true;
    const char *wanted = getenv("CLICOLOR");
    if (wanted && strcmp(wanted, "0") == 0)
        return false;
    return isatty(fd) && is_set("TERM") && strcmp(getenv("TERM"), "dumb") != 0;
}

static DiagStyle style_of(Cli *cli) {
    DiagStyle style = {.max_errors = cli_number(cli, OPT_MAX_ERRORS, LIMIT_ERRORS_SHOWN)};
    Str format = str_from(cli_value(cli, OPT_FORMAT));
    style.format = str_eq(format, S("short")) ? DIAG_SHORT : DIAG_HUMAN;
    style.color = wants_color(cli, STDERR_FILENO);
    return style;
}

static int exit_code(const Diags *d) {
    bool usage = false, bug = false;
    for (const Diag *diag = d->first; diag; diag = diag->next) {
        usage = usage || strcmp(diag->id, "usage") == 0;
        bug = bug || strcmp(diag->id, "internal") == 0;
    }
    return bug           ? EXIT_BUG
           : usage       ? EXIT_USAGE
           : d->failures ? EXIT_MACHINE
           : d->errors   ? EXIT_SPEC
           : d->drifts   ? EXIT_DRIFT
                         : EXIT_FINE;
}

// How many errors have an edit that a machine could make.
static size_t count_fixes(const Diags *d) {
    size_t count = 0;
    for (const Diag *diag = d->first; diag; diag = diag->next) {
        bool fixable = false;
        for (uint32_t i = 0; i < diag->help_count; i++)
            fixable = fixable || (diag->helps[i].is_edit && diag->helps[i].tier >= FIX_UNSAFE);
        count += fixable && diag->severity == SEVERITY_ERROR;
    }
    return count;
}

// The one file that all of it is in, or an empty name.
static Str one_file(const Diags *d) {
    Str path = d->first && d->first->at.src ? d->first->at.src->path : (Str){0};
    for (const Diag *diag = d->first; diag; diag = diag->next)
        if (!diag->at.src || !str_eq(diag->at.src->path, path))
            return (Str){0};
    return path;
}

static void put_summary(const Diags *d, size_t shown, const char *after, Buf *out) {
    size_t errors = d->errors + d->drifts;
    if (!errors && !d->warnings)
        return;
    buf_put(out, S("wgen: "));
    if (d->errors)
        buf_fmt(out, "%zu error%s", d->errors, plural(d->errors));
    if (d->drifts)
        buf_fmt(out, "%s%zu difference%s", d->errors ? ", " : "", d->drifts, plural(d->drifts));
    if (d->warnings)
        buf_fmt(out, "%s%zu warning%s", errors ? ", " : "", d->warnings, plural(d->warnings));
    Str path = one_file(d);
    if (path.len)
        buf_put(out, S(" in "));
    escape_for_terminal(out, path);
    if (shown && errors > shown)
        buf_fmt(out, ", of which %zu are shown (`--max-errors 0` shows all)", shown);
    size_t fixes = count_fixes(d);
    if (fixes)
        buf_fmt(out, " (%zu with a fix)", fixes);
    buf_fmt(out, "%s%s\n", errors && after ? "; " : "", errors && after ? after : "");
}

static const ReportFormat *machine_format(const Cli *cli) {
    Str name = str_from(cli_value(cli, OPT_FORMAT));
    for (size_t i = 0; i < report_format_count; i++)
        if (str_is(name, report_formats[i].name))
            return &report_formats[i];
    return NULL;
}

bool cmd_is_for_people(const Cli *cli) {
    return !machine_format(cli);
}

static void put_report(Cli *cli, const ReportFormat *format) {
    Buf text = {.arena = cli->arena};
    Report r = {.arena = cli->arena,
                .diags = cli->diags,
                .kinds = cmd_kinds(cli),
                .files = cli->files,
                .file_count = cli->file_count};
    format->put(&r, &text);
    cmd_print(cli, buf_str(&text));
    buf_free(&text);
}

static void put_for_people(Cli *cli, const char *after, int code) {
    DiagStyle style = style_of(cli);
    Buf text = {.arena = cli->arena};
    diags_print(cli->diags, style, &text);
    cmd_progress_end(cli);
    if (style.format == DIAG_HUMAN && code != EXIT_USAGE && !cli_has(cli, OPT_QUIET))
        put_summary(cli->diags, style.max_errors, after, &text);
    cmd_put(STDERR_FILENO, buf_str(&text));
    buf_free(&text);
}

// In a step of GitHub Actions people read the log, and GitHub reads what it shows at the lines.
static bool is_github_step(const Cli *cli) {
    const char *github = getenv("GITHUB_ACTIONS");
    return github && strcmp(github, "true") == 0 && !cli_has(cli, OPT_FORMAT) && cli->command &&
           cli->command->reports;
}

bool cmd_levels_known(Cli *cli) {
    static const OptionId levels[] = {OPT_DENY, OPT_ALLOW};
    Str *ids;
    size_t count = rule_ids(cli->arena, &ids);
    for (size_t i = 0; i < COUNT(levels); i++) {
        const char **given;
        for (size_t n = cli_values(cli, levels[i], &given), j = 0; j < n; j++) {
            Str id = str_from(given[j]);
            bool known = levels[i] == OPT_DENY && str_eq(id, S("warnings"));
            for (size_t k = 0; k < count && !known; k++)
                known = str_eq(ids[k], id);
            if (known)
                continue;
            diag_error(cli->diags, (Loc){0}, "usage", "there is no warning `%.*s`", SFMT(id));
            if (!diag_guess(cli->diags, id, ids, count))
                diag_help(cli->diags, "`wgen explain --list` lists what there is");
            return false;
        }
    }
    return true;
}

// Warnings that are errors here, or that nobody wants to hear of.
static void apply_levels(Cli *cli) {
    const char **deny, **allow;
    size_t deny_count = cli_values(cli, OPT_DENY, &deny),
           allow_count = cli_values(cli, OPT_ALLOW, &allow);
    Diags *d = cli->diags;
    for (Diag *diag = d->first; diag; diag = diag->next) {
        if (diag->severity != SEVERITY_WARNING || diag->suppressed)
            continue;
        for (size_t i = 0; i < allow_count && !diag->suppressed; i++)
            diag->suppressed = strcmp(allow[i], diag->id) == 0;
        bool denied = false;
        for (size_t i = 0; i < deny_count && !diag->suppressed; i++)
            denied = denied || strcmp(deny[i], "warnings") == 0 || strcmp(deny[i], diag->id) == 0;
        if (denied)
            diag->severity = SEVERITY_ERROR;
        d->warnings -= denied || diag->suppressed;
        d->errors += denied;
    }
}

int cmd_end(Cli *cli, const char *after) {
    const ReportFormat *format = machine_format(cli);
    cmd_ignore_end(cli);
    apply_levels(cli);
    diags_sort(cli->diags);
    int code = exit_code(cli->diags);
    if (format && code != EXIT_USAGE && cli->command && cli->command->reports)
        put_report(cli, format);
    else
        put_for_people(cli, after, code);
    if (is_github_step(cli) && code != EXIT_USAGE)
        put_report(cli, &(ReportFormat){"github", report_github});
    bool finding = code == EXIT_SPEC || code == EXIT_DRIFT;
    return finding && cli_has(cli, OPT_EXIT_ZERO) ? EXIT_FINE : code;
}
