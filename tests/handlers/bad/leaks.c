// leaks.c - a block that nobody frees: the leak sanitizer, and valgrind.
#include <stdlib.h>

int main(int argc, char **argv) {
    char *p = malloc((size_t)argc);
    p[0] = argv[0][0];
    p = NULL;
    return p != NULL;
}
