// extends.c - a constant of GNU's C, which -Wpedantic does not take for one of ISO's.
int main(void) {
    return ({ 0; });
}
