/* Says how long the library takes to be loaded, in microseconds: load-time LIBRARY */
#define _POSIX_C_SOURCE 200809L
#include <dlfcn.h>
#include <stdio.h>
#include <time.h>

int main(int count, char **arguments) {
    struct timespec before, after;
    if (count != 2) return 64;
    clock_gettime(CLOCK_MONOTONIC, &before);
    if (dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &after);
    printf("%ld\n", (after.tv_sec - before.tv_sec) * 1000000L + (after.tv_nsec - before.tv_nsec) / 1000L);
    return 0;
}
