// cmd_watch.c - --watch: the command once more whenever a file that it reads has changed.
#include "cmd.h"
#include "file.h"
#include "root.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { EVERY_MS = 200, DEPTH = 8 };

// Of the names, sizes and times of all files below `path`.
static uint64_t state_of(Arena *a, Str path, unsigned depth) {
    struct stat st;
    if (stat(path.ptr, &st))
        return 1;
    Str line = str_fmt(a, "%.*s %lld %lld %ld", SFMT(path), (long long)st.st_size,
                       (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
    uint64_t state = S_ISDIR(st.st_mode) ? 1 : str_hash(line);
    if (!S_ISDIR(st.st_mode) || depth == DEPTH)
        return state;
    Diags quiet = {.arena = a};
    Str *names;
    size_t count = file_list(a, &quiet, path.ptr, "", &names);
    for (size_t i = 0; i < count; i++) {
        Str inner = str_fmt(a, "%.*s/%.*s", SFMT(path), SFMT(names[i]));
        state = state * 31 + state_of(a, inner, depth + 1);
    }
    return state;
}

// A spec NAME.yaml has its folder NAME beside it, and the blueprints of all systems.
static uint64_t state_of_spec(Arena *a, Str path) {
    uint64_t state = state_of(a, path, 0);
    if (str_ends(path, S(".yaml")))
        state = state * 31 + state_of(a, arena_str(a, str_cut(path, 0, path.len - 5)), 0);
    Str dir = path_dir(path);
    Str shared = str_fmt(a, "%.*s%sblueprints", SFMT(dir), dir.len ? "/" : "");
    return state * 31 + state_of(a, shared, 0);
}

static uint64_t state_of_all(const Cli *cli) {
    Arena a = {0};
    uint64_t state = 1;
    const char *templates = cli_value(cli, OPT_TEMPLATES);
    for (size_t i = 0; i < cli->arg_count; i++)
        state = state * 31 + state_of_spec(&a, str_from(cli->args[i]));
    if (!cli->arg_count)
        state = state_of(&a, S("specs"), 0);
    if (templates)
        state = state * 31 + state_of(&a, str_from(templates), 0);
    arena_free(&a);
    return state;
}

// Each time in a process of its own, so that nothing is left of the time before.
static bool run_once(Cli *cli, int *code) {
    pid_t child = fork();
    if (child < 0) {
        diag_failure(cli->diags, (Loc){0}, "io", "cannot start: %s", strerror(errno));
        return false;
    }
    if (child == 0)
        _exit(cli->command->run(cli));
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_BUG;
    return true;
}

int cmd_watch(Cli *cli) {
    struct timespec pause = {0, EVERY_MS * 1000000L};
    int code = EXIT_FINE;
    for (;;) {
        uint64_t before = state_of_all(cli);
        if (!run_once(cli, &code))
            return cmd_end(cli, NULL);
        cmd_say(cli, "waiting for a change (Ctrl-C ends it)");
        while (state_of_all(cli) == before)
            nanosleep(&pause, NULL);
    }
}
