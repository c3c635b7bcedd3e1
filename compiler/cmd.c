// cmd.c - what the commands share.
#include "cmd.h"

#include "cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "shared.h"

const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

double cmd_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void cmd_progress_end(Cli *cli) {
    if (cli->told > 0)
        cmd_put(STDERR_FILENO, S("\r\033[K"));
    cli->told = 0;
}

void cmd_progress(Cli *cli, const char *fmt, ...) {
    static const double first = 0.5, every = 0.1;
    double now = cmd_seconds();
    const char *term = getenv("TERM");
    if (now - cli->started < first || now - cli->told < every || cli_has(cli, OPT_QUIET) ||
        !cmd_is_for_people(cli) || !isatty(STDERR_FILENO) || !term || strcmp(term, "dumb") == 0)
        return;
    Buf line = {.arena = cli->arena};
    va_list args;
    va_start(args, fmt);
    buf_put(&line, S("\r\033[Kwgen: "));
    buf_vfmt(&line, fmt, args);
    va_end(args);
    cmd_put(STDERR_FILENO, buf_str(&line));
    buf_free(&line);
    cli->told = now;
}

bool cmd_put(int fd, Str text) {
    for (size_t done = 0; done < text.len;) {
        ssize_t n = write(fd, text.ptr + done, text.len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

void cmd_print(Cli *cli, Str text) {
    cmd_progress_end(cli);
    if (cli->output_failed || cmd_put(STDOUT_FILENO, text))
        return;
    cli->output_failed = true;
    if (errno != EPIPE) // whoever reads has read enough
        diag_failure(cli->diags, (Loc){0}, "io", "cannot write to standard output: %s",
                     strerror(errno));
}

void cmd_say(Cli *cli, const char *fmt, ...) {
    if (cli_has(cli, OPT_QUIET) || !cmd_is_for_people(cli))
        return;
    cmd_progress_end(cli);
    Buf line = {.arena = cli->arena};
    va_list args;
    va_start(args, fmt);
    buf_put(&line, S("wgen: "));
    buf_vfmt(&line, fmt, args);
    buf_char(&line, '\n');
    va_end(args);
    cmd_put(STDERR_FILENO, buf_str(&line));
    buf_free(&line);
}

static int by_name(const void *a, const void *b) {
    return str_cmp(((const SpecPath *)a)->name, ((const SpecPath *)b)->name);
}

// The name that a spec on standard input gives itself, if no path does.
static Str own_name(Str text) {
    Str line, key = S("system:");
    while (str_split(&text, '\n', &line))
        if (str_starts(line, key))
            return str_trim(str_cut(line, key.len, line.len));
    return S("stdin");
}

static bool find_piped(Cli *cli, SpecPath **found) {
    const char *name = cli_value(cli, OPT_STDIN_NAME);
    const Source *src = cmd_stdin(cli, name ? name : "standard input");
    size_t count;
    Str path = name  ? str_from(name)
               : src ? str_fmt(cli->arena, "specs/%.*s.yaml", SFMT(own_name(src->text)))
                     : (Str){0};
    if (!src || !spec_find(cli->arena, cli->diags, path.ptr, found, &count))
        return false;
    (*found)->files[0] = src->path;
    (*found)->given = cli->piped = src;
    return true;
}

static bool add_systems(Cli *cli, Batch *b, const char *path) {
    SpecPath *found;
    size_t count = 1;
    bool piped = strcmp(path, "-") == 0;
    if (piped && !command_takes(cli->command, OPT_STDIN_NAME)) {
        diag_error(cli->diags, (Loc){0}, "usage", "`wgen %s` does not read standard input",
                   cli->command->name);
        diag_help(cli->diags, "name a file; `wgen check -` and `wgen fmt -` read it");
        return false;
    }
    if (piped ? !find_piped(cli, &found) : !spec_find(cli->arena, cli->diags, path, &found, &count))
        return false;
    SpecPath *all = arena_new(cli->arena, SpecPath, b->count + count);
    if (b->count)
        memcpy(all, b->paths, b->count * sizeof *all);
    memcpy(all + b->count, found, count * sizeof *all);
    b->paths = all;
    b->count += count;
    return true;
}

bool batch_find(Cli *cli, Batch *b) {
    bool ok = true;
    *b = (Batch){0};
    if (cli->arg_count == 0 && !file_is_dir("specs")) {
        diag_failure(cli->diags, (Loc){0}, "no-spec", "there is no folder `specs` here");
        diag_help(cli->diags, "name a spec, or the folder that they are in: `wgen %s PATH`",
                  cli->command->name);
        return false;
    }
    if (cli->arg_count == 0)
        ok = add_systems(cli, b, "specs");
    for (size_t i = 0; i < cli->arg_count; i++)
        ok = add_systems(cli, b, cli->args[i]) && ok;
    if (b->count)
        qsort(b->paths, b->count, sizeof *b->paths, by_name);
    for (size_t i = 1; i < b->count; i++) {
        if (!str_eq(b->paths[i].name, b->paths[i - 1].name))
            continue;
        diag_error(cli->diags, (Loc){0}, "usage", "two systems are called `%.*s`",
                   SFMT(b->paths[i].name));
        diag_note(cli->diags, "one is in `%.*s`, one in `%.*s`", SFMT(b->paths[i - 1].dir),
                  SFMT(b->paths[i].dir));
        ok = false;
    }
    return ok;
}

// The files that were read, for formats that list them.
static void note_files(Cli *cli, const Batch *b) {
    cli->file_count = 0;
    for (size_t i = 0; i < b->count; i++)
        cli->file_count += b->paths[i].count;
    cli->files = arena_new(cli->arena, Str, cli->file_count + 1);
    for (size_t i = 0, n = 0; i < b->count; i++)
        for (size_t j = 0; j < b->paths[i].count; j++)
            cli->files[n++] = b->paths[i].files[j];
}

// What systems would take from one another. Each is sound by itself.
static void check_shared(Cli *cli, const Batch *b) {
    size_t count = 0;
    for (size_t i = 0; i < b->count; i++)
        count += b->list[i].unit_count;
    Unit **units = arena_new(cli->arena, Unit *, count + 1);
    count = 0;
    for (size_t i = 0; i < b->count; i++)
        for (size_t j = 0; j < b->list[i].unit_count; j++)
            units[count++] = b->list[i].units[j];
    if (b->count > 1)
        shared_check(cli->diags, units, count);
}

bool batch_read(Cli *cli, Batch *b) {
    note_files(cli, b);
    b->arenas = arena_new(cli->arena, Arena, b->count);
    b->list = arena_new(cli->arena, Compilation, b->count);
    for (size_t i = 0; i < b->count; i++) {
        b->arenas[i].large = true;
        b->list[i] = (Compilation){.arena = &b->arenas[i],
                                   .diags = cli->diags,
                                   .templates = cli_value(cli, OPT_TEMPLATES),
                                   .apart = b->apart,
                                   .shard = b->shard,
                                   .only_env = str_from(cli_value(cli, OPT_ENV)),
                                   .recall = b->cache ? cache_recall(b->cache, i) : NULL,
                                   .path = b->paths[i]};
        cmd_progress(cli, "%zu of %zu systems, %.*s", i + 1, b->count, SFMT(b->paths[i].name));
        size_t errors = cli->diags->errors;
        cli->diags->errors = 0; // each is looked at as far as if it were alone
        compile_check(&b->list[i]);
        cli->diags->errors += errors;
    }
    if (cli->diags->errors == 0)
        check_shared(cli, b);
    return cli->diags->errors == 0;
}

void batch_free(Batch *b) {
    for (size_t i = 0; i < b->count && b->arenas; i++) {
        compile_free(&b->list[i]);
        arena_free(&b->arenas[i]);
    }
}

Kinds *cmd_kinds(Cli *cli) {
    const char **dirs = arena_new(cli->arena, const char *, 2);
    dirs[0] = cli_value(cli, OPT_TEMPLATES);
    Kinds *kinds = arena_new(cli->arena, Kinds, 1);
    *kinds = (Kinds){.arena = cli->arena, .diags = cli->diags, .dirs = dirs};
    return kinds;
}
