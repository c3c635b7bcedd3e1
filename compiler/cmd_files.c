// cmd_files.c - the user's own files: reading what is piped in, and replacing them, all or none.
#include "cmd.h"
#include "limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const Source *cmd_stdin(Cli *cli, const char *name) {
    Buf text = {.arena = cli->arena};
    Source *src = arena_new(cli->arena, Source, 1);
    src->path = str_from(name);
    ssize_t n = 1;
    while (n > 0 && text.len <= LIMIT_FILE_BYTES) {
        char *room = buf_room(&text, 65536);
        n = read(STDIN_FILENO, room, 65536);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0)
            text.len += (size_t)n;
    }
    if (n < 0 || text.len > LIMIT_FILE_BYTES)
        diag_failure(cli->diags, (Loc){src, 0, 0, 0}, "unreadable",
                     "cannot read standard input: %s", n < 0 ? strerror(errno) : "it is too large");
    src->text = text.len ? buf_keep(&text, cli->arena) : S("");
    bool ok = n >= 0 && text.len <= LIMIT_FILE_BYTES;
    buf_free(&text);
    return ok ? src : NULL;
}

static bool fail(Cli *cli, Str path) {
    diag_failure(cli->diags, (Loc){0}, "io", "cannot write `%.*s`: %s", SFMT(path),
                 strerror(errno));
    return false;
}

// A link stays one: what it points to is replaced.
static Str real_path(Cli *cli, Str path) {
    char *real = realpath(arena_str(cli->arena, path).ptr, NULL);
    Str kept = real ? arena_str(cli->arena, str_from(real)) : path;
    free(real);
    return kept;
}

static Str staged(Cli *cli, Str path) {
    return str_fmt(cli->arena, "%.*s.wgen-new", SFMT(path));
}

// The folders on the way to a new file.
static bool make_folders(Cli *cli, Str path) {
    for (size_t i = 1; i < path.len; i++) {
        if (path.ptr[i] != '/')
            continue;
        if (mkdir(arena_str(cli->arena, str_cut(path, 0, i)).ptr, 0777) && errno != EEXIST)
            return false;
    }
    return true;
}

static bool stage(Cli *cli, Str path, Str text, bool is_new) {
    struct stat st;
    if (is_new && !make_folders(cli, path))
        return fail(cli, path);
    const char *name = staged(cli, path).ptr;
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail(cli, path);
    bool ok = cmd_put(fd, text);
    if (ok && stat(path.ptr, &st) == 0)
        ok = fchmod(fd, st.st_mode & 07777) == 0;
    ok = ok && fsync(fd) == 0;
    int error = errno;
    close(fd);
    errno = error;
    return ok || fail(cli, path);
}

bool cmd_change_files(Cli *cli, const FileChange *changes, size_t count) {
    Str *paths = arena_new(cli->arena, Str, count + 1);
    bool ok = true;
    size_t done = 0;
    for (; done < count && ok; done++) {
        const FileChange *c = &changes[done];
        paths[done] = c->is_new ? arena_str(cli->arena, c->path) : real_path(cli, c->path);
        if (!c->is_gone)
            ok = stage(cli, paths[done], c->text, c->is_new);
    }
    for (size_t i = 0; i < done; i++) {
        const char *name = staged(cli, paths[i]).ptr;
        if (changes[i].is_gone)
            ok = ok && (unlink(paths[i].ptr) == 0 || fail(cli, paths[i]));
        else if (ok)
            ok = rename(name, paths[i].ptr) == 0 || fail(cli, paths[i]);
        else
            unlink(name);
    }
    return ok;
}
