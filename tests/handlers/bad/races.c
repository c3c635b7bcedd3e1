// races.c - two threads that write one number: the thread sanitizer.
#include <pthread.h>

static int number;

static void *add(void *arg) {
    for (int i = 0; i < 100000; i++)
        number++;
    return arg;
}

int main(void) {
    pthread_t other;
    if (pthread_create(&other, 0, add, 0))
        return 1;
    add(0);
    return pthread_join(other, 0);
}
