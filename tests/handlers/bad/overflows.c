// overflows.c - a sum that is too large: the sanitizer of undefined behaviour.
#include <limits.h>

int main(int argc, char **argv) {
    volatile int large = INT_MAX;
    large = large + argc;
    return large > argv[0][0];
}
