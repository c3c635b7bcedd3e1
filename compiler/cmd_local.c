// cmd_local.c - wgen local: systems as they run on this machine. What does that is Python, and is
// part of wgen (templates/local); here it is put into the cache, and takes over this process.
#include "cmd.h"
#include "embedded.h"
#include "root.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct Action {
    const char *name;
    unsigned least, most;
    const char *args;
} actions[] = {
    {"setup",  0, 0, ""            },
    {"up",     0, 1, " [SYSTEM]"   },
    {"status", 0, 0, ""            },
    {"send",   1, 2, " NAME [FILE]"},
    {"run",    1, 1, " WORKFLOW"   },
    {"logs",   0, 1, " [NAME]"     },
    {"down",   0, 0, ""            },
};

static const struct Action *find_action(Cli *cli) {
    Str names[COUNT(actions)], given = str_from(cli->arg_count ? cli->args[0] : "");
    for (size_t i = 0; i < COUNT(actions); i++) {
        names[i] = str_from(actions[i].name);
        if (str_eq(given, names[i]))
            return &actions[i];
    }
    if (!given.len) {
        diag_error(cli->diags, (Loc){0}, "usage", "`wgen local` needs to know what to do");
    } else {
        diag_error(cli->diags, (Loc){0}, "usage", "`wgen local` cannot `%.*s`", SFMT(given));
        if (diag_guess(cli->diags, given, names, COUNT(actions)))
            return NULL;
    }
    diag_help(cli->diags, "`wgen help local` lists what it does");
    return NULL;
}

static bool check_args(Cli *cli, const struct Action *action) {
    size_t given = cli->arg_count - 1;
    bool follows = strcmp(action->name, "logs") == 0, runs = strcmp(action->name, "run") == 0;
    if (given >= action->least && given <= action->most && (follows || !cli_has(cli, OPT_FOLLOW)) &&
        (runs || !cli_has(cli, OPT_INPUT)))
        return true;
    diag_error(cli->diags, (Loc){0}, "usage", "this is not how `wgen local %s` is used",
               action->name);
    diag_help(cli->diags, "usage: wgen local %s%s%s", action->name, action->args,
              runs      ? " [--input FILE]"
              : follows ? " [--follow]"
                        : "");
    return false;
}

static Str cache_dir(Cli *cli) {
    static const struct {
        const char *variable, *below;
    } places[] = {
        {"WGEN_CACHE",     ""            },
        {"XDG_CACHE_HOME", "/wgen"       },
        {"HOME",           "/.cache/wgen"}
    };
    for (size_t i = 0; i < COUNT(places); i++) {
        const char *value = getenv(places[i].variable);
        if (value && *value)
            return str_fmt(cli->arena, "%s%s", value, places[i].below);
    }
    diag_failure(cli->diags, (Loc){0}, "io", "there is no folder for what can be made again");
    diag_help(cli->diags, "set `HOME` or `WGEN_CACHE`");
    return (Str){0};
}

static bool is_ours(const EmbeddedFile *file) {
    return str_starts(str_from(file->path), S("local/"));
}

// Writes the files into a folder of their own, which then gets the name that it is looked for by.
static int put_files(Cli *cli, Str dir) {
    Str made = str_fmt(cli->arena, "%.*s.%d", SFMT(dir), (int)getpid());
    Root root;
    int failed = root_open(&root, made, true);
    for (size_t i = 0; i < embedded_count && !failed; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        Str path = str_from(file->path);
        if (is_ours(file))
            failed = root_write(&root, str_cut(path, sizeof "local/" - 1, path.len),
                                (Str){file->text, file->size});
    }
    root_close(&root);
    if (!failed && rename(made.ptr, dir.ptr))
        failed = errno;
    if (failed) {
        Str base = path_base(made);
        if (!root_open(&root, path_dir(made), false))
            root_clear(root.fd, base.ptr);
        root_close(&root);
    }
    return failed == EEXIST || failed == ENOTEMPTY ? 0 : failed; // another wgen was faster
}

// Where the files are: a folder whose name is different when they are.
static Str find_files(Cli *cli) {
    uint64_t hash = 0;
    for (size_t i = 0; i < embedded_count; i++)
        if (is_ours(&embedded_files[i]))
            hash = hash * 31 + str_hash((Str){embedded_files[i].text, embedded_files[i].size});
    Str cache = cache_dir(cli);
    if (!cache.len)
        return cache;
    Str dir = str_fmt(cli->arena, "%.*s/local-%016llx", SFMT(cache), (unsigned long long)hash);
    if (access(dir.ptr, R_OK) == 0)
        return dir;
    int failed = put_files(cli, dir);
    if (failed) {
        diag_failure(cli->diags, (Loc){0}, "io", "cannot write to `%.*s`: %s", SFMT(cache),
                     strerror(failed));
        return (Str){0};
    }
    return dir;
}

// What the program is called with; ends with NULL.
static char **command_line(Cli *cli, Str dir) {
    static const OptionId passed[] = {OPT_ENV, OPT_INPUT, OPT_FOLLOW, OPT_QUIET, OPT_VERBOSE};
    char self[4096];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self);
    Str wgen = len > 0 && (size_t)len < sizeof self ? (Str){self, (size_t)len} : S("wgen");
    const char **line = arena_new(cli->arena, const char *, 8 + 2 * COUNT(passed) + cli->arg_count);
    size_t count = 0;
    line[count++] = "python3";
    line[count++] = str_fmt(cli->arena, "%.*s/local.py", SFMT(dir)).ptr;
    line[count++] = "--wgen";
    line[count++] = arena_str(cli->arena, wgen).ptr;
    for (size_t i = 0; i < COUNT(passed); i++) {
        const Option *option = &options[passed[i]];
        if (!cli_has(cli, passed[i]))
            continue;
        line[count++] = str_fmt(cli->arena, "--%s", option->name).ptr;
        if (option->value)
            line[count++] = cli_value(cli, passed[i]);
    }
    line[count++] = "--";
    for (size_t i = 0; i < cli->arg_count; i++)
        line[count++] = cli->args[i];
    return (char **)line;
}

static int run(Cli *cli) {
    const struct Action *action = find_action(cli);
    if (!action || !check_args(cli, action))
        return cmd_end(cli, NULL);
    Str dir = find_files(cli);
    if (dir.len) {
        execvp("python3", command_line(cli, dir));
        diag_failure(cli->diags, (Loc){0}, "io", "cannot start `python3`: %s", strerror(errno));
        diag_help(cli->diags, "on Debian: apt-get install python3 python3-venv");
    }
    return cmd_end(cli, NULL);
}

const Command command_local = {
    .name = "local",
    .args = "ACTION [ARG...]",
    .doc = "run systems on this machine, on an emulator of AWS",
    .about =
        "  setup            install the emulator, once: Python's packages, from PyPI\n"
        "  up [SYSTEM]      build a system, compile its handlers and start all of it\n"
        "  status           what is up, what it is called, and what has happened\n"
        "  send NAME [FILE] give a file, or what is on standard input, to a queue, a topic, a\n"
        "                   bucket (NAME/KEY), a function or a workflow\n"
        "  run WORKFLOW     start it and show its path: inputs, outputs, times, errors\n"
        "  logs [NAME]      what functions and workers have printed\n"
        "  down             stop everything; all data is gone\n\n"
        "NAME is as in the spec, with project and user behind it where there is one for each\n"
        "(`input/amelia/scott`), or as it is called on AWS. A handler that was edited is\n"
        "compiled again when it is called next. This is the one command that starts other\n"
        "programs; what they serve is reached from this machine only.\n\n"
        "Where LocalStack answers, at LOCALSTACK_HOST (localhost:4566), `up` deploys to that\n"
        "instead, as deploy.sh does; with LOCALSTACK_HOST= it does not ask.",
    .examples = "wgen local setup                            # once\n"
                "wgen local up orders                        # specs/orders.yaml\n"
                "wgen local run fulfil --input order.json    # stage by stage\n"
                "echo '{\"id\": 7}' | wgen local send incoming  # to a queue\n"
                "wgen local logs --follow\n",
    .takes = {OPT_ENV, OPT_INPUT, OPT_FOLLOW},
    .most_args = 3,
    .run = run,
};
