// overruns.c - one byte behind a block: the address sanitizer, and valgrind.
#include <stdlib.h>

int main(int argc, char **argv) {
    char *p = malloc((size_t)argc);
    p[argc] = argv[0][0];
    int last = p[argc];
    free(p);
    return last == 0;
}
