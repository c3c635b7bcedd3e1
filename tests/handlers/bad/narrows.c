// narrows.c - a number that loses its upper half: -Wconversion says so.
int main(int argc, char **argv) {
    unsigned char low = argc * (argv[0][0] + 1);
    return low;
}
