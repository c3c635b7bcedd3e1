// file.c - reading files and directories.
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const Source *fail(Arena *a, Diags *d, const char *path, const char *why) {
    Source *src = arena_new(a, Source, 1);
    src->path = arena_str(a, str_from(path));
    diag_failure(d, (Loc){src, 0, 0, 0}, "unreadable", "cannot read `%s`: %s", path, why);
    return NULL;
}

static ssize_t read_fully(int fd, char *into, size_t room) {
    size_t got = 0;
    while (got < room) {
        ssize_t n = read(fd, into + got, room - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        got += (size_t)n;
    }
    return (ssize_t)got;
}

static const Source *read_open(Arena *a, Diags *d, const char *path, int fd, size_t limit) {
    struct stat st;
    if (fstat(fd, &st) < 0)
        return fail(a, d, path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return fail(a, d, path, "not a regular file");
    if ((size_t)st.st_size > limit) {
        fail(a, d, path, "it is too large");
        diag_note(d, "%lld bytes, the limit is %zu", (long long)st.st_size, limit);
        return NULL;
    }
    size_t size = (size_t)st.st_size;
    char *bytes = arena_alloc(a, 1, size + 2);
    ssize_t got = read_fully(fd, bytes, size + 1);
    if (got < 0)
        return fail(a, d, path, strerror(errno));
    if ((size_t)got > size)
        return fail(a, d, path, "it grew while it was read");
    Source *src = arena_new(a, Source, 1);
    src->path = arena_str(a, str_from(path));
    src->text = (Str){bytes, (size_t)got};
    return src;
}

static const Source *read_path(Arena *a, Diags *d, const char *path, size_t limit, bool may_lack) {
    // O_NONBLOCK: opening a pipe must not wait for a writer.
    int fd;
    do
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    while (fd < 0 && errno == EINTR);
    if (fd < 0) {
        if (may_lack && (errno == ENOENT || errno == ENOTDIR))
            return NULL;
        return fail(a, d, path, strerror(errno));
    }
    const Source *src = read_open(a, d, path, fd, limit);
    close(fd);
    return src;
}

const Source *file_read(Arena *a, Diags *d, const char *path, size_t limit) {
    return read_path(a, d, path, limit, false);
}

const Source *file_read_if_there(Arena *a, Diags *d, const char *path, size_t limit) {
    return read_path(a, d, path, limit, true);
}

static int by_name(const void *a, const void *b) {
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

size_t file_list(Arena *a, Diags *d, const char *dir, const char *suffix, Str **names) {
    *names = NULL;
    DIR *open_dir;
    do
        open_dir = opendir(dir);
    while (!open_dir && errno == EINTR);
    if (!open_dir && errno == ENOMEM)
        out_of_memory(a);
    if (!open_dir) {
        if (errno != ENOENT && errno != ENOTDIR)
            fail(a, d, dir, strerror(errno));
        return 0;
    }
    size_t count = 0, cap = 0;
    errno = 0;
    for (struct dirent *e; (e = readdir(open_dir)); errno = 0) {
        Str name = str_from(e->d_name);
        if (name.ptr[0] == '.' || !str_ends(name, str_from(suffix)))
            continue;
        *names = arena_room(a, *names, sizeof **names, count, &cap);
        (*names)[count++] = arena_str(a, name);
    }
    if (errno)
        fail(a, d, dir, strerror(errno));
    closedir(open_dir);
    if (count)
        qsort(*names, count, sizeof **names, by_name);
    return count;
}

bool file_is_dir(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}
