// bench-1 as one loop in C, written from the rules: what a compiler makes of them when nothing is asked for but the sums.
#ifndef BENCH_LOOP_H
#define BENCH_LOOP_H

#include <stddef.h>
#include <stdint.h>

enum { BENCH_REGIONS = 14, BENCH_STAGES = 5, BENCH_AMOUNTS = 8 };

// The figures, in fen; those of the index in hundredths of a percent.
typedef struct {
    int64_t standard[BENCH_REGIONS][2];  // by rural and urban
    int64_t minimum_wage[BENCH_REGIONS];
    int64_t disposable[BENCH_REGIONS];
    int64_t heat_price[BENCH_REGIONS];
    int64_t grant[BENCH_STAGES];
    int64_t fuel;
    int64_t fuel_index, fuel_index_least, fuel_index_most;
} bench_figures;

// One column a fact. The members of household h are the rows from offsets[h] up to offsets[h + 1].
typedef struct {
    size_t households;
    const uint32_t *offsets;
    const uint8_t *age, *disability_grade, *severe_illness, *student_stage, *can_work, *cares, *no_supporter;
    const int64_t *monthly_income, *medical_oop;
    const uint8_t *region, *urban, *vehicles, *houses, *house_grade;
    const int64_t *deposits;
    const uint16_t *heating_m2;
} bench_columns;

// What is decided: a row for each household.
typedef struct {
    int64_t *amounts[BENCH_AMOUNTS];
    uint16_t *flags;
} bench_results;

// Decides the households from `first` up to `end`. May be called for different ones at the same time.
void bench_loop(const bench_figures *figures, const bench_columns *columns, size_t first, size_t end,
                const bench_results *results);

#endif
