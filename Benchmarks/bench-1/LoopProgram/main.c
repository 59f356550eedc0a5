// Runs the loop over the column files of a folder.
// usage: bench-1-loop PARAMS DATADIR THREADS RUNS [OUT]
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "BenchLoop.h"

enum { MOST_THREADS = 64, MOST_RUNS = 64 };

static void fail(const char *what) {
    fprintf(stderr, "bench-1-loop: %s: %s\n", what, errno ? strerror(errno) : "not as expected");
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void *reserve(size_t size) {
    void *memory = NULL;
    if (posix_memalign(&memory, 64, size + 64)) fail("memory");
    return memory;
}

static void *column(const char *folder, const char *name, size_t *size) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) fail(path);
    *size = (size_t)ftell(file);
    rewind(file);
    void *bytes = reserve(*size);
    if (fread(bytes, 1, *size, file) != *size) fail(path);
    fclose(file);
    return bytes;
}

// The numbers of a parameter file in the order in which it has them; its keys have no digits.
static bench_figures figures(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) fail(path);
    int64_t numbers[BENCH_REGIONS * 5 + BENCH_STAGES + 4] = {0};
    size_t count = 0;
    for (int character = getc(file); character != EOF; character = getc(file)) {
        if (character < '0' || character > '9') continue;
        if (count == sizeof numbers / sizeof *numbers) fail(path);
        for (; character >= '0' && character <= '9'; character = getc(file))
            numbers[count] = numbers[count] * 10 + character - '0';
        count++;
    }
    fclose(file);
    if (count != sizeof numbers / sizeof *numbers) fail(path);
    bench_figures figures;
    memcpy(&figures, numbers, sizeof figures);
    for (int stage = 0; stage < BENCH_STAGES; stage++) figures.grant[stage] *= 100;
    return figures;
}

typedef struct {
    const bench_figures *figures;
    const bench_columns *columns;
    const bench_results *results;
    size_t first, end;
} part;

static void *run(void *of) {
    const part *part = of;
    bench_loop(part->figures, part->columns, part->first, part->end, part->results);
    return NULL;
}

static int ascending(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) * 2 - 1; }

int main(int count, char **arguments) {
    if (count < 5) fail("usage: bench-1-loop PARAMS DATADIR THREADS RUNS [OUT]");
    const bench_figures known = figures(arguments[1]);
    const char *folder = arguments[2];
    const size_t threads = strtoul(arguments[3], NULL, 10), runs = strtoul(arguments[4], NULL, 10);
    if (threads < 1 || threads > MOST_THREADS || runs < 1 || runs > MOST_RUNS) fail("threads or runs");

    double start = now();
    size_t size, bytes;
    bench_columns columns;
    columns.offsets = column(folder, "offsets.u32", &size);
    const size_t households = columns.households = size / 4 - 1, members = columns.offsets[households];
#define READ(field, name, rows, type)                                    \
    columns.field = column(folder, name, &bytes);                        \
    if (bytes != (rows) * sizeof(type)) fail(name);
    READ(age, "p_age.u8", members, uint8_t)
    READ(disability_grade, "p_disability_grade.u8", members, uint8_t)
    READ(severe_illness, "p_severe_illness.u8", members, uint8_t)
    READ(student_stage, "p_student_stage.u8", members, uint8_t)
    READ(can_work, "p_can_work.u8", members, uint8_t)
    READ(cares, "p_cares.u8", members, uint8_t)
    READ(no_supporter, "p_no_supporter.u8", members, uint8_t)
    READ(monthly_income, "p_monthly_income_fen.i64", members, int64_t)
    READ(medical_oop, "p_medical_oop_fen.i64", members, int64_t)
    READ(region, "h_region.u8", households, uint8_t)
    READ(urban, "h_urban.u8", households, uint8_t)
    READ(vehicles, "h_vehicles.u8", households, uint8_t)
    READ(houses, "h_houses.u8", households, uint8_t)
    READ(house_grade, "h_house_grade.u8", households, uint8_t)
    READ(deposits, "h_deposits_fen.i64", households, int64_t)
    READ(heating_m2, "h_heating_m2.u16", households, uint16_t)
    bench_results results;
    for (int r = 0; r < BENCH_AMOUNTS; r++) results.amounts[r] = reserve(households * sizeof(int64_t));
    results.flags = reserve(households * sizeof(uint16_t));
    const double load = now() - start;

    double times[MOST_RUNS];
    // The first is to warm up.
    for (size_t turn = 0; turn <= runs; turn++) {
        start = now();
        pthread_t thread[MOST_THREADS];
        part parts[MOST_THREADS];
        for (size_t t = 0; t < threads; t++) {
            parts[t] = (part){&known, &columns, &results, households * t / threads, households * (t + 1) / threads};
            if (t > 0 && pthread_create(&thread[t], NULL, run, &parts[t])) fail("thread");
        }
        run(&parts[0]);
        for (size_t t = 1; t < threads; t++) pthread_join(thread[t], NULL);
        if (turn > 0) times[turn - 1] = now() - start;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);

    printf("{\"peer\": \"c-loop-%zut\", \"n\": %zu, \"p\": %zu, \"import_s\": 0, \"load_s\": %.6f, \"runs\": [", threads,
           households, members, load);
    for (size_t turn = 0; turn < runs; turn++) printf("%s%.6f", turn ? ", " : "", times[turn]);
    qsort(times, runs, sizeof *times, ascending);
    printf("], \"compute_s\": %.6f, \"rss_mb\": %.1f, \"sums\": [", times[runs / 2], (double)usage.ru_maxrss / 1024);
    for (int r = 0; r < BENCH_AMOUNTS; r++) {
        int64_t sum = 0;
        for (size_t h = 0; h < households; h++) sum += results.amounts[r][h];
        printf("%s%lld", r ? ", " : "", (long long)sum);
    }
    printf("]}\n");
    if (count > 5) {
        FILE *file = fopen(arguments[5], "wb");
        if (!file) fail(arguments[5]);
        for (int r = 0; r < BENCH_AMOUNTS; r++)
            if (fwrite(results.amounts[r], sizeof(int64_t), households, file) != households) fail(arguments[5]);
        if (fwrite(results.flags, sizeof(uint16_t), households, file) != households) fail(arguments[5]);
        if (fclose(file)) fail(arguments[5]);
    }
    return 0;
}
