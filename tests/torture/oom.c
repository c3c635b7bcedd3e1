// oom.c - preloaded, it fails the N-th allocation of a process (OOM_AT), or that and every later one
// (OOM_FROM), of whatever library. With OOM_COUNT it writes how many there were to that file.
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *at, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_long calls;
static long fail_at = -1, fail_from = -1;

static long number(const char *name) {
    const char *text = getenv(name);
    long value = 0;
    if (!text)
        return -1;
    while (*text >= '0' && *text <= '9')
        value = value * 10 + (*text++ - '0');
    return value;
}

__attribute__((constructor)) static void begin(void) {
    fail_at = number("OOM_AT");
    fail_from = number("OOM_FROM");
    atomic_store(&calls, 0);
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("OOM_COUNT");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    char text[32];
    if (fd >= 0 && write(fd, text, (size_t)snprintf(text, sizeof text, "%ld\n", calls)) < 0)
        _exit(1);
}

static int fails(void) {
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (n != fail_at && (fail_from < 0 || n < fail_from))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size) {
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *at, size_t size) {
    return fails() ? NULL : __libc_realloc(at, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return fails() ? NULL : __libc_memalign(alignment, size);
}
