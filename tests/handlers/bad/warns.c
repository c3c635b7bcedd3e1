// warns.c - an argument that nothing uses: -Wextra says so.
int main(int argc, char **argv) {
    return argc;
}
