// coverage_end.c - a part of what `make coverage` builds: which lines were run is written down at
// the end, also if that is SIGTERM, as for a command that watches.
#include <signal.h>
#include <stdlib.h>

static void end(int number) {
    exit(128 + number);
}

__attribute__((constructor)) static void begin(void) {
    signal(SIGTERM, end);
}
