// cmd_build.c - wgen build: compiles every system, then writes what changed, all or none.
#include "cache.h"
#include "cmd.h"
#include "dump.h"
#include "file.h"
#include "inputs.h"
#include "limits.h"
#include "lost.h"
#include "write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Lines that say something: not blank, not only a comment.
static size_t count_lines(Cli *cli, const SpecPath *path) {
    size_t count = 0;
    for (size_t i = 0; i < path->count; i++) {
        const Source *src =
            file_read_if_there(cli->arena, cli->diags, path->files[i].ptr, LIMIT_FILE_BYTES);
        Str rest = src ? src->text : (Str){0}, line;
        while (str_split(&rest, '\n', &line)) {
            line = str_trim(line);
            count += line.len && line.ptr[0] != '#';
        }
    }
    return count;
}

static void tell(Cli *cli, const Compilation *c, const char *out, size_t files) {
    size_t lines = count_lines(cli, &c->path), resources = 0, stacks = 0;
    for (size_t i = 0; i < c->unit_count; i++) {
        stacks += c->units[i]->stack_count;
        for (size_t j = 0; j < c->units[i]->stack_count; j++)
            resources += c->units[i]->stacks[j]->size;
    }
    cmd_say(cli, "%.*s: %zu line%s -> %zu resource%s in %zu stack%s, %zu file%s in %s/%.*s",
            SFMT(c->path.name), lines, plural(lines), resources, plural(resources), stacks,
            plural(stacks), files, plural(files), out, SFMT(c->path.name));
}

static const char *out_of(const Cli *cli) {
    return cli_has(cli, OPT_OUT) ? cli_value(cli, OPT_OUT) : "out";
}

// Placement that is forgotten or damaged would move what is deployed, which deletes it.
static bool has_lock(Compilation *c, const Writer *w, const char *out, bool is_intact) {
    if (c->lock.count == 0 || write_is_first(w) || is_intact)
        return true;
    if (c->lock.src)
        return lost_check(c, str_from(out));
    Source *src = arena_new(c->arena, Source, 1);
    src->path = str_fmt(c->arena, "%.*s/wgen.lock", SFMT(c->path.dir));
    diag_failure(c->diags, (Loc){src, 0, 0, 0}, "lost-lock",
                 "`%.*s` is gone, and with it where everything is deployed", SFMT(src->path));
    diag_help(c->diags, "restore it: `git checkout -- %.*s`", SFMT(src->path));
    diag_note(c->diags, "if nothing is deployed yet, remove the outputs of `%.*s` and build again",
              SFMT(c->path.name));
    return false;
}

static void put_lock(Compilation *c, Writer *w) {
    Buf text = {.arena = c->arena};
    lock_write(&c->lock, &text, c->only_env.len > 0);
    if (c->lock.count)
        write_own(w, S("wgen.lock"), buf_str(&text), false);
    buf_free(&text);
}

typedef struct Sink {
    Cli *cli;
    Str system;
    Writer *writer;
    Cache *cache;  // NULL: there is none
    size_t number; // of the system
    size_t files;
} Sink;

static void look_ahead(void *ctx, int hand, Outbox *box) {
    Sink *sink = ctx;
    if (!box->own)
        write_ahead(sink->writer, hand, box);
}

static bool put_files(void *ctx, const Outbox *box) {
    Sink *sink = ctx;
    for (size_t i = 0; i < box->count; i++) {
        const OutFile *file = box->files[i];
        if (box->own)
            write_own(sink->writer, file->path, buf_str(&file->text), true);
        else
            write_put(sink->writer, file);
    }
    if (sink->cache)
        cache_note(sink->cache, sink->number, box);
    sink->files += box->count;
    cmd_progress(sink->cli, "%.*s, %zu file%s", SFMT(sink->system), sink->files,
                 plural(sink->files));
    return true;
}

static bool write_one(Cli *cli, Batch *b, Writer *w, size_t system, size_t *files) {
    Compilation *c = &b->list[system];
    Sink sink = {cli, c->path.name, w, b->cache, system, 0};
    write_system(w, system, c->only_env);
    bool is_intact =
        b->cache && c->lock.src && cache_is_intact(b->cache, system, &c->lock.src->text);
    Receiver to = {put_files, look_ahead, &sink};
    if (!has_lock(c, w, out_of(cli), is_intact) || !compile_emit(c, to))
        return false;
    put_lock(c, w);
    write_system_end(w);
    *files = sink.files;
    return true;
}

static Place *places_of(const Cli *cli, const Batch *b) {
    Place *places = arena_new(cli->arena, Place, b->count);
    for (size_t i = 0; i < b->count; i++)
        places[i] = (Place){b->paths[i].name, b->paths[i].dir};
    return places;
}

// The systems, as they are once what was interrupted is finished: that may change their locks.
static bool find_all(Cli *cli, Batch *b, WriteOptions how) {
    return batch_find(cli, b) && write_recover(cli->arena, cli->diags, str_from(out_of(cli)),
                                               places_of(cli, b), b->count, how);
}

// For a build that says nothing but how many files there are, and changes all or none.
static Cache *cache_of(Cli *cli, const Batch *b) {
    static const OptionId off[] = {OPT_CHECK, OPT_ENV,       OPT_FORCE,   OPT_DUMP,
                                   OPT_DIFF,  OPT_TEMPLATES, OPT_VERBOSE, OPT_SHARD};
    for (size_t i = 0; i < COUNT(off); i++)
        if (cli_has(cli, off[i]))
            return NULL;
    return cmd_is_for_people(cli)
               ? cache_open(cli->arena, cli->diags, str_from(out_of(cli)), b->paths, b->count)
               : NULL;
}

// What another build placed since the locks were read, and before it was this one's turn to write,
// would be forgotten: everything is read anew then. `before` is what had been said before it was.
static bool read_in_turn(Cli *cli, Batch *b, const Diags *before) {
    bool is_current = true;
    for (size_t i = 0; i < b->count && is_current; i++)
        is_current = compile_is_current(&b->list[i]);
    if (is_current || cli->diags->failures > before->failures)
        return is_current;
    diags_forget(cli->diags, before);
    batch_free(b);
    return batch_read(cli, b);
}

static bool write_all(Cli *cli, Batch *b, WriteOptions how, const Diags *before,
                      WriteCounts *counts) {
    const char *out = out_of(cli);
    Writer *w =
        write_begin(cli->arena, cli->diags, str_from(out), places_of(cli, b), b->count, how);
    if (!w)
        return false;
    if (b->cache)
        cache_locked(b->cache);
    bool ok = read_in_turn(cli, b, before);
    if (b->cache)
        cache_compiled(b->cache);
    for (size_t i = 0; i < b->count && ok; i++) {
        write_guard(w, &b->arenas[i]);
        size_t files = 0;
        ok = write_one(cli, b, w, i, &files);
        if (ok && cli_has(cli, OPT_VERBOSE))
            tell(cli, &b->list[i], out, files);
    }
    if (ok && cli->diags->errors == 0)
        return write_finish(w, counts);
    write_cancel(w);
    return false;
}

static int end(Cli *cli) {
    bool differs = cli->diags->drifts && !cli->diags->errors;
    return cmd_end(cli, differs ? "run `wgen build`" : "nothing was written");
}

// I/N; all where nothing is said. False after reporting.
static bool take_shard(Cli *cli, Shard *shard) {
    const char *text = cli_value(cli, OPT_SHARD);
    char rest;
    *shard = (Shard){0};
    if (!text || (sscanf(text, "%4u/%4u%c", &shard->number, &shard->of, &rest) == 2 &&
                  shard->number >= 1 && shard->number <= shard->of))
        return true;
    diag_error(cli->diags, (Loc){0}, "usage", "`%s` is no shard", text);
    diag_help(cli->diags, "say which of how many: `--shard 1/4` to `--shard 4/4`");
    return false;
}

static bool write_depfile(Cli *cli, const Batch *b) {
    const char *path = cli_value(cli, OPT_DEPFILE);
    if (!path)
        return true;
    Str rules = inputs_rules(cli->arena, cli->diags, str_from(out_of(cli)), b->paths, b->count,
                             cli_value(cli, OPT_TEMPLATES));
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool ok = fd >= 0 && cmd_put(fd, rules);
    if ((fd >= 0 && close(fd)) || !ok)
        diag_failure(cli->diags, (Loc){0}, "io", "cannot write `%s`: %s", path, strerror(errno));
    return ok;
}

static void say_counts(Cli *cli, WriteCounts n, double start) {
    cmd_say(cli, "%zu file%s up to date, %zu written, %zu removed (%.2f s)", n.same, plural(n.same),
            n.written, n.removed, cmd_seconds() - start);
}

static int build(Cli *cli, Batch *b) {
    double start = cmd_seconds();
    Buf diff = {.arena = cli->arena};
    WriteCounts n = {0};
    Shard shard;
    WriteOptions how = {.check = cli_has(cli, OPT_CHECK)};
    how.diff = how.check || cli_has(cli, OPT_DIFF) ? &diff : NULL;
    how.force_count = cli_values(cli, OPT_FORCE, (const char ***)&how.force);
    how.lock_seconds = cli_number(cli, OPT_LOCK_TIMEOUT, 10);
    how.partial = cli_has(cli, OPT_SHARD);
    if (!take_shard(cli, &shard) || !find_all(cli, b, how))
        return end(cli);
    b->shard = shard;
    Cache *cache = cache_of(cli, b);
    if (cache && cache_holds(cache, &n.same)) {
        write_depfile(cli, b);
        say_counts(cli, n, start);
        return cmd_end(cli, NULL);
    }
    if (cache) {
        how.settled = cache_keep;
        how.settled_arg = cache;
        b->cache = cache;
        cache_look_ahead(cache);
    }
    const Diags before = *cli->diags;
    if (!batch_read(cli, b))
        return end(cli);
    if (cli_has(cli, OPT_DUMP)) {
        for (size_t i = 0; i < b->count; i++)
            dump(&b->list[i], str_from(cli_value(cli, OPT_DUMP)), &diff);
        cmd_print(cli, buf_str(&diff));
        buf_free(&diff);
        return cmd_end(cli, NULL);
    }
    bool ok = write_all(cli, b, how, &before, &n) && write_depfile(cli, b);
    if (!cli_has(cli, OPT_QUIET) && cmd_is_for_people(cli))
        cmd_print(cli, buf_str(&diff));
    buf_free(&diff);
    cli->is_whole = ok;
    int code = end(cli);
    if (ok && code == EXIT_FINE)
        say_counts(cli, n, start);
    return code;
}

static int run(Cli *cli) {
    Batch b = {0};
    int code = build(cli, &b);
    if (b.cache)
        cache_look_end(b.cache);
    batch_free(&b);
    return code;
}

const Command command_build = {
    .name = "build",
    .args = "[SPEC...]",
    .doc = "make everything that the specs describe, below out/",
    .about =
        "Checks every spec, and if all are right, writes what changed: CloudFormation and\n"
        "Terraform, state machines, handlers, docs. All of it is written or nothing. Files that\n"
        "wgen did not write, and files of its own that were edited, are left alone.\n"
        "SPEC is a file, a system's folder, or a folder of systems; without any, specs/.",
    .examples = "wgen build                       # every system in specs/, into out/\n"
                "wgen build specs/orders.yaml     # one system\n"
                "wgen build --check               # in CI: is out/ what the specs say?\n"
                "wgen build --env staging --diff  # one environment, with what changes\n",
    .takes = {OPT_OUT, OPT_CHECK, OPT_DIFF, OPT_ENV, OPT_FORCE, OPT_LOCK_TIMEOUT, OPT_DUMP,
              OPT_SHARD, OPT_DEPFILE, OPT_WATCH, OPT_DENY, OPT_ALLOW, OPT_EXIT_ZERO},
    .most_args = 1000000,
    .reports = true,
    .run = run,
};
