// wgen_main.c - the program that Lambda starts. NAME.gen.c says which function it is.
#include "wgen_run.h"

extern const WgFunction wg_function;

int main(void) {
    return wg_lambda(&wg_function);
}
