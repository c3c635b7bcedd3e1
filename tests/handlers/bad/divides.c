// divides.c - a half that is none: bugprone-integer-division.
int main(int argc, char **argv) {
    double half = argc / 2;
    return half > argv[0][0];
}
