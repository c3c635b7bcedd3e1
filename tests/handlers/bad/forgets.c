// forgets.c - what is freed is used: the analyzer of clang-tidy sees it.
#include <stdlib.h>

int main(void) {
    int *p = malloc(sizeof *p);
    free(p);
    return *p;
}
