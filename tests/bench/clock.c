// clock.c - runs a command once and writes what it cost: microseconds on the wall, microseconds of
// the processors, kilobytes at most. `clock RESULT COMMAND...`. Small, because what a process is
// said to have used begins with what its parent had in memory when it was started.
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long micros(long long seconds, long long rest) {
    return seconds * 1000000 + rest;
}

int main(int argc, char **argv) {
    struct timespec from, to;
    struct rusage used;
    pid_t pid;
    int status;
    if (argc < 3)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &from);
    if (posix_spawnp(&pid, argv[2], NULL, NULL, argv + 2, environ) ||
        wait4(pid, &status, 0, &used) != pid) {
        perror(argv[2]);
        return 4;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    FILE *f = fopen(argv[1], "w");
    if (!f)
        return 4;
    fprintf(f, "%lld %lld %ld\n",
            micros(to.tv_sec, to.tv_nsec / 1000) - micros(from.tv_sec, from.tv_nsec / 1000),
            micros(used.ru_utime.tv_sec + used.ru_stime.tv_sec,
                   used.ru_utime.tv_usec + used.ru_stime.tv_usec),
            used.ru_maxrss);
    fclose(f);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
