// main.c - argv; the commands; exit codes.
#include "cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

// A line each, so that branches merge.
// clang-format off
static const Command *const commands[] = {
    &command_add,
    &command_build,
    &command_check,
    &command_completion,
    &command_cost,
    &command_diff,
    &command_docs,
    &command_drift,
    &command_explain,
    &command_fmt,
    &command_graph,
    &command_help,
    &command_import,
    &command_init,
    &command_list,
    &command_local,
    &command_man,
    &command_new,
    &command_remove,
    &command_rename,
    &command_schema,
    &command_show,
    &command_version,
    &command_who,
    NULL,
};
// clang-format on

// A file that is opened must not become standard output because nobody opened that.
static void open_standard_files(void) {
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY) != fd)
            _exit(EXIT_MACHINE);
}

static int dispatch(Cli *cli, int argc, char **argv) {
    if (!cli_parse(cli, argc, argv))
        return cmd_end(cli, NULL);
    const char *dir = cli_value(cli, OPT_DIRECTORY);
    if (dir && chdir(dir)) {
        diag_failure(cli->diags, (Loc){0}, "io", "cannot enter `%s`: %s", dir, strerror(errno));
        return cmd_end(cli, NULL);
    }
    if (cli_has(cli, OPT_VERSION))
        return command_version.run(cli);
    if (cli_has(cli, OPT_HELP))
        return command_help.run(cli);
    if (!cmd_levels_known(cli))
        return cmd_end(cli, NULL);
    if (cli->command && cli_has(cli, OPT_WATCH))
        return cmd_watch(cli);
    if (cli->command)
        return cli->command->run(cli);
    int code = command_help.run(cli);
    return code ? code : EXIT_USAGE;
}

// Nothing but what is safe in a signal's handler. What is being written is finished or undone by
// the next build.
static void die_of_bug(int number) {
    static const char words[] = "\nwgen: this is a bug in wgen " WGEN_VERSION
                                "; please report it, with the spec if you can\n";
    (void)number;
    (void)!write(STDERR_FILENO, words, sizeof words - 1);
    _exit(EXIT_BUG);
}

// On a stack of its own: the usual one may be what is used up. Sanitizers report such signals
// better.
static void catch_bugs(void) {
#ifndef SANITIZED
    static char stack[64 * 1024];
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    struct sigaction action = {.sa_handler = die_of_bug, .sa_flags = SA_ONSTACK};
    for (size_t i = 0; i < COUNT(numbers); i++)
        sigaction(numbers[i], &action, NULL);
#endif
}

// One heap for both threads: what one frees the other takes. What is freed is taken again before
// long, so none is given back; room that is not used costs nothing.
static void share_heap(void) {
#ifdef __GLIBC__
    enum { MB = 1024 * 1024 };
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, 16 * MB);
    mallopt(M_TRIM_THRESHOLD, 1024 * MB);
    mallopt(M_MMAP_THRESHOLD, 32 * MB);
#endif
}

int main(int argc, char **argv) {
    share_heap();
    open_standard_files();
    catch_bugs();
    signal(SIGPIPE, SIG_IGN); // a write says so itself
    signal(SIGXFSZ, SIG_IGN);
    Arena arena = {0};
    Diags diags = {.arena = &arena};
    Cli cli = {.arena = &arena, .diags = &diags, .commands = commands};
    cli.started = cmd_seconds();
    cmd_ignore_begin(&cli);
    int code = dispatch(&cli, argc, argv);
    if (code == EXIT_FINE && diags.failures) // the last thing that was printed did not arrive
        code = EXIT_MACHINE;
    arena_free(&arena);
    return code;
}
