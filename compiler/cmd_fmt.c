// cmd_fmt.c - wgen fmt: the one layout of specs.
#include "cmd.h"
#include "diff_text.h"
#include "file.h"
#include "layout.h"
#include "limits.h"
#include "yaml.h"

#include <string.h>

typedef struct Fmt {
    Cli *cli;
    Buf shown; // differences
    FileChange *changes;
    size_t count, cap, same;
} Fmt;

// The text of `src` laid out; an empty ptr after reporting.
static Str lay_out(Cli *cli, const Source *src) {
    if (!yaml_read(cli->arena, cli->diags, src, YAML_TEMPLATE))
        return (Str){0};
    Buf text = {.arena = cli->arena};
    layout_text(cli->arena, src->text, &text);
    Str kept = text.len ? buf_keep(&text, cli->arena) : S("");
    buf_free(&text);
    if (layout_same(cli->arena, src->text, kept))
        return kept;
    diag_failure(cli->diags, (Loc){(Source *)src, 0, 0, 0}, "internal",
                 "laying out `%.*s` would change what it says", SFMT(src->path));
    diag_help(cli->diags, "this is a bug in wgen, and nothing was changed: please report it");
    return (Str){0};
}

static void add_change(Fmt *f, const Source *src, Str text) {
    f->changes = arena_room(f->cli->arena, f->changes, sizeof *f->changes, f->count, &f->cap);
    f->changes[f->count++] = (FileChange){.path = src->path, .old = src->text, .text = text};
}

static void fmt_source(Fmt *f, const Source *src) {
    Str text = lay_out(f->cli, src);
    if (!text.ptr)
        return;
    if (str_eq(text, src->text)) {
        f->same++;
        return;
    }
    if (cli_has(f->cli, OPT_DIFF))
        diff_text(&f->shown, src->text, text, src->path, src->path);
    if (cli_has(f->cli, OPT_CHECK))
        diag_drift(f->cli->diags, (Loc){(Source *)src, 0, 0, 0}, "layout",
                   "`%.*s` is not laid out as `wgen fmt` does", SFMT(src->path));
    add_change(f, src, text);
}

static bool fmt_paths(Fmt *f) {
    Batch b;
    if (!batch_find(f->cli, &b))
        return false;
    for (size_t i = 0; i < b.count; i++) {
        for (size_t j = 0; j < b.paths[i].count; j++) {
            const Source *src =
                file_read(f->cli->arena, f->cli->diags, b.paths[i].files[j].ptr, LIMIT_FILE_BYTES);
            if (src)
                fmt_source(f, src);
        }
    }
    return f->cli->diags->errors == 0;
}

static int fmt_stdin(Fmt *f) {
    Cli *cli = f->cli;
    const Source *src = cmd_stdin(cli, "standard input");
    if (src)
        fmt_source(f, src);
    Str text = f->count ? f->changes[0].text : src ? src->text : (Str){0};
    if (cli_has(cli, OPT_DIFF) || cli_has(cli, OPT_CHECK))
        text = buf_str(&f->shown);
    if (cli->diags->errors == 0)
        cmd_print(cli, text);
    return cmd_end(cli, NULL);
}

static int fmt_files(Fmt *f) {
    Cli *cli = f->cli;
    bool check = cli_has(cli, OPT_CHECK), ok = fmt_paths(f);
    if (!cli_has(cli, OPT_QUIET))
        cmd_print(cli, buf_str(&f->shown));
    if (ok && !check)
        ok = cmd_change_files(cli, f->changes, f->count);
    int code = cmd_end(cli, ok ? "run `wgen fmt`" : "nothing was written");
    for (size_t i = 0; code == EXIT_FINE && i < f->count; i++)
        cmd_say(cli, "%.*s", SFMT(f->changes[i].path));
    if (code == EXIT_FINE)
        cmd_say(cli, "%zu file%s laid out, %zu as %s", f->count, plural(f->count), f->same,
                f->same == 1 ? "it was" : "they were");
    return code;
}

static int run(Cli *cli) {
    Fmt f = {.cli = cli, .shown = {.arena = cli->arena}};
    bool piped = cli->arg_count == 1 && strcmp(cli->args[0], "-") == 0;
    int code = piped ? fmt_stdin(&f) : fmt_files(&f);
    buf_free(&f.shown);
    return code;
}

const Command command_fmt = {
    .name = "fmt",
    .args = "[SPEC...|-]",
    .doc = "lay out the text of specs",
    .about = "Gives specs their one layout: two spaces for each level, lists within their key, no\n"
             "space that nobody needs. Columns that were lined up stay, comments stay where they\n"
             "belong, and what a spec means never changes. `-` is standard input, laid out on\n"
             "standard output. SPEC is as in `wgen build`.",
    .examples = "wgen fmt                         # every spec in specs/\n"
                "wgen fmt specs/orders.yaml       # one system\n"
                "wgen fmt --check --diff          # in CI: exit 3 if one is not laid out\n"
                "wgen fmt - <orders.yaml          # in an editor\n",
    .takes = {OPT_CHECK, OPT_DIFF},
    .most_args = 1000000,
    .reports = true,
    .run = run,
};
