// What the programs in C share: files, memory, the clock.
#ifndef BENCH_DATA_H
#define BENCH_DATA_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "BenchLoop.h"

static inline void fail(const char *what) {
    fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, errno ? strerror(errno) : "not as expected");
    exit(1);
}

static inline double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static inline void *reserve(size_t size) {
    void *memory = NULL;
    if (posix_memalign(&memory, 64, size + 64)) fail("memory");
    return memory;
}

static inline void *column(const char *folder, const char *name, size_t *size) {
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
static inline bench_figures figures(const char *path) {
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

// The columns of a folder.
static inline bench_columns read_columns(const char *folder) {
    size_t size, bytes;
    bench_columns columns;
    columns.offsets = column(folder, "offsets.u32", &size);
    columns.households = size / 4 - 1;
    const size_t households = columns.households, members = columns.offsets[households];
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
    return columns;
}

// Room for what is decided of so many households.
static inline bench_results room(size_t households) {
    bench_results results;
    for (int r = 0; r < BENCH_AMOUNTS; r++) results.amounts[r] = reserve(households * sizeof(int64_t));
    results.flags = reserve(households * sizeof(uint16_t));
    return results;
}

static inline int ascending(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) * 2 - 1; }

// The one in the middle of some times, which are sorted.
static inline double median(double *times, size_t count) {
    qsort(times, count, sizeof *times, ascending);
    return times[count / 2];
}

#endif
