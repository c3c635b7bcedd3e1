// root.c - directories that wgen writes below. Paths are walked component by component, because
// openat2(RESOLVE_NO_SYMLINKS) is missing on old kernels and in some sandboxes.
#include "root.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { FOLDER = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

Str path_dir(Str path) {
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/')
            return str_cut(path, 0, i - 1);
    return str_cut(path, 0, 0);
}

Str path_base(Str path) {
    Str dir = path_dir(path);
    return dir.len ? str_cut(path, dir.len + 1, path.len) : path;
}

static bool is_plain(char c) {
    return char_is_word(c) || c == '.' || c == '-';
}

// Device names of Windows, with any ending, and what git keeps for itself.
static bool is_special(Str name) {
    static const char *const words[] = {"con", "prn", "aux", "nul", "com", "lpt", "git~1"};
    const char *dot = memchr(name.ptr, '.', name.len);
    Str stem = dot ? str_cut(name, 0, (size_t)(dot - name.ptr)) : name;
    for (size_t i = 0; i < COUNT(words) && stem.len >= 3 && stem.len <= 5; i++) {
        size_t len = strlen(words[i]);
        bool numbered = i == 4 || i == 5;
        bool fits = numbered ? stem.len == len + 1 && stem.ptr[len] >= '1' && stem.ptr[len] <= '9'
                             : stem.len == len;
        if (fits && strncasecmp(stem.ptr, words[i], len) == 0)
            return true;
    }
    return false;
}

static bool is_portable(Str name) {
    bool plain = name.len > 0 && name.len <= 80;
    for (size_t i = 0; i < name.len && plain; i++)
        plain = is_plain(name.ptr[i]);
    return plain && name.ptr[0] != '.' && name.ptr[0] != '-' && name.ptr[name.len - 1] != '.' &&
           !is_special(name);
}

bool path_is_portable(Str path) {
    Str name;
    bool ok = path.len > 0 && path.len < ROOT_PATH_MAX;
    while (ok && str_split(&path, '/', &name))
        ok = is_portable(name);
    return ok;
}

static int open_at(int dir, const char *name, int flags) {
    int fd;
    do
        fd = openat(dir, name, flags | O_CLOEXEC, 0666);
    while (fd < 0 && errno == EINTR);
    return fd;
}

// `s` with a NUL behind it. False if it does not fit.
static bool terminate(char *into, size_t size, Str s) {
    if (s.len >= size) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(into, s.ptr, s.len);
    into[s.len] = '\0';
    return true;
}

// Makes `path` and what is missing above it.
static int make_path(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int failed = mkdir(path, 0777);
        *slash = '/';
        if (failed && errno != EEXIST)
            return errno;
    }
    return mkdir(path, 0777) && errno != EEXIST ? errno : 0;
}

Root root_closed(Str path) {
    return (Root){.path = path, .fd = -1, .dir = -1};
}

int root_open_in(Root *r, const Root *above, const char *name) {
    *r = root_closed(above->path);
    r->fd = open_at(above->fd, name, FOLDER | O_NOFOLLOW);
    return r->fd < 0 ? errno : 0;
}

int root_open(Root *r, Str path, bool make) {
    char name[ROOT_PATH_MAX];
    *r = root_closed(path);
    if (!terminate(name, sizeof name, path))
        return errno;
    int failed = make ? make_path(name) : 0;
    if (failed)
        return failed;
    r->fd = open_at(AT_FDCWD, name, FOLDER);
    return r->fd < 0 ? errno : 0;
}

static void forget_dir(Root *r) {
    if (r->dir >= 0 && r->dir != r->fd)
        close(r->dir);
    r->dir = -1;
}

void root_close(Root *r) {
    forget_dir(r);
    if (r->fd >= 0)
        close(r->fd);
    r->fd = -1;
}

void root_look_again(Root *r) {
    r->absent_len = 0;
}

static bool is_absent(const Root *r, Str dir) {
    Str absent = {r->absent, r->absent_len};
    return absent.len && str_starts(dir, absent) &&
           (dir.len == absent.len || dir.ptr[absent.len] == '/');
}

static int step_into(int dir, Str name, bool make) {
    char text[ROOT_PATH_MAX];
    if (!terminate(text, sizeof text, name))
        return -1;
    int fd = open_at(dir, text, FOLDER | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT && make && (mkdirat(dir, text, 0777) == 0 || errno == EEXIST))
        fd = open_at(dir, text, FOLDER | O_NOFOLLOW);
    return fd;
}

int root_dir(Root *r, Str dir, bool make) {
    if (r->dir >= 0 && str_eq(dir, (Str){r->dir_path, r->dir_len}))
        return r->dir;
    if (make)
        root_look_again(r);
    if (is_absent(r, dir)) {
        r->missing = r->absent_len;
        errno = ENOENT;
        return -1;
    }
    forget_dir(r);
    int at = r->fd;
    Str rest = dir.len ? dir : (Str){0}, name;
    while (str_split(&rest, '/', &name)) {
        int inner = step_into(at, name, make);
        int saved = errno;
        if (at != r->fd)
            close(at);
        at = inner;
        errno = saved;
        if (at < 0) {
            r->missing = (size_t)(name.ptr + name.len - dir.ptr);
            if (saved == ENOENT && r->missing < sizeof r->absent) {
                r->absent_len = r->missing;
                memcpy(r->absent, dir.ptr, r->absent_len);
            }
            errno = saved;
            return -1;
        }
    }
    if (!terminate(r->dir_path, sizeof r->dir_path, dir)) {
        if (at != r->fd)
            close(at);
        return -1;
    }
    r->dir_len = dir.len;
    return r->dir = at;
}

Seen seen_of(const struct stat *st) {
    return (Seen){(int64_t)st->st_ino, st->st_size, st->st_mode,
                  (int64_t)st->st_dev, st->st_mtim, st->st_ctim};
}

Digest seen_digest(const Seen *seen) {
    return digest_of((Str){(const char *)seen, sizeof *seen});
}

static int see(int fd, struct stat *st, Seen *seen) {
    if (fstat(fd, st))
        return errno;
    *seen = seen_of(st);
    return 0;
}

static int write_fully(int fd, Str text) {
    for (size_t done = 0; done < text.len;) {
        ssize_t n = write(fd, text.ptr + done, text.len - done);
        if (n < 0 && errno != EINTR)
            return errno;
        done += n > 0 ? (size_t)n : 0;
    }
    return 0;
}

int root_write(Root *r, Str path, Str text) {
    char name[ROOT_PATH_MAX];
    struct stat st;
    int dir = root_dir(r, path_dir(path), true);
    if (dir < 0 || !terminate(name, sizeof name, path_base(path)))
        return errno;
    int fd = open_at(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (fd < 0)
        return errno;
    int failed = write_fully(fd, text);
    if (!failed)
        failed = see(fd, &st, &r->seen);
    if (close(fd) && errno != EINTR && !failed)
        failed = errno;
    return failed;
}

int root_remove(Root *r, Str path) {
    char name[ROOT_PATH_MAX];
    int dir = root_dir(r, path_dir(path), false);
    if (dir < 0 || !terminate(name, sizeof name, path_base(path)))
        return errno;
    return unlinkat(dir, name, 0) ? errno : 0;
}

static RootFile read_open(int fd, Buf *text, Seen *seen) {
    struct stat st;
    if (see(fd, &st, seen))
        return ROOT_ERROR;
    if (!S_ISREG(st.st_mode))
        return ROOT_OTHER;
    size_t start = text->len;
    for (;;) {
        size_t got = text->len - start;
        size_t want = (size_t)st.st_size >= got ? (size_t)st.st_size - got + 1 : 4096;
        ssize_t n = read(fd, buf_room(text, want), want);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ROOT_ERROR;
        if (n == 0)
            return ROOT_REGULAR;
        text->len += (size_t)n;
    }
}

RootFile root_read(Root *r, Str path, Buf *text) {
    char name[ROOT_PATH_MAX];
    if (r->fd < 0)
        return ROOT_ABSENT;
    int dir = root_dir(r, path_dir(path), false);
    if (dir < 0)
        return errno == ENOENT                      ? ROOT_ABSENT
               : errno == ELOOP || errno == ENOTDIR ? ROOT_OTHER
                                                    : ROOT_ERROR;
    if (!terminate(name, sizeof name, path_base(path)))
        return ROOT_ERROR;
    // O_NONBLOCK: opening a pipe must not wait for a writer.
    int fd = open_at(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT                                       ? ROOT_ABSENT
               : errno == ELOOP || errno == ENXIO || errno == ENODEV ? ROOT_OTHER
                                                                     : ROOT_ERROR;
    RootFile found = read_open(fd, text, &r->seen);
    int saved = errno;
    close(fd);
    errno = saved;
    return found;
}

static bool is_dots(const char *name) {
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

// The kernel's own call, as opendir would allocate and this runs when memory has ended.
static void clear_entries(int dir) {
    char entries[4096] __attribute__((aligned(8)));
    bool removed = true;
    while (removed && lseek(dir, 0, SEEK_SET) == 0) {
        removed = false;
        for (ssize_t n; (n = getdents64(dir, entries, sizeof entries)) > 0;) {
            for (ssize_t at = 0; at < n;) {
                const struct dirent64 *e = (const struct dirent64 *)(void *)(entries + at);
                if (!is_dots(e->d_name))
                    removed = root_clear(dir, e->d_name) == 0 || removed;
                at += e->d_reclen;
            }
        }
    }
}

int root_clear(int dir, const char *name) {
    if (unlinkat(dir, name, 0) == 0 || errno == ENOENT)
        return 0;
    int inner = open_at(dir, name, FOLDER | O_NOFOLLOW);
    if (inner < 0)
        return errno;
    clear_entries(inner);
    close(inner);
    return unlinkat(dir, name, AT_REMOVEDIR) ? errno : 0;
}
