#include "BenchLoop.h"

static inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

void bench_loop(const bench_figures *figures, const bench_columns *columns, size_t first, size_t end,
                const bench_results *results) {
    static const int care_percent[3] = {4, 15, 35};
    const int64_t index = least(most(figures->fuel_index, figures->fuel_index_least), figures->fuel_index_most);
    const int64_t fuel = figures->fuel * index / 10000;

    for (size_t h = first; h < end; h++) {
        const int region = columns->region[h], urban = columns->urban[h];
        const int64_t standard = figures->standard[region][urban], wage = figures->minimum_wage[region];
        const int64_t disposable = figures->disposable[region];
        const int64_t basic = (13 * standard + 999) / 1000 * 100;
        const uint32_t begin = columns->offsets[h], stop = columns->offsets[h + 1];

        // The members: who is special, and what the others have together.
        uint64_t special = 0;
        int64_t support = 0, raw = 0, gross = 0, spent = 0, supplements = 0, grants = 0;
        int base = 0, workers = 0, earners = 0;
        for (uint32_t m = begin; m < stop; m++) {
            const int age = columns->age[m], grade = columns->disability_grade[m];
            const int disabled = grade == 1 || grade == 2;
            const int64_t income = columns->monthly_income[m];
            grants += figures->grant[columns->student_stage[m]];
            if ((age >= 60 || age < 16 || disabled) && columns->no_supporter[m] && income <= standard) {
                special |= (uint64_t)1 << (m - begin);
                support += basic + wage * care_percent[columns->cares[m]] / 100;
                continue;
            }
            const int percent = disabled ? 30 : age >= 70 || columns->severe_illness[m] ? 20 : age <= 14 ? 10 : 0;
            base++;
            workers += columns->can_work[m];
            earners += income > 0;
            raw += income;
            gross += income - (columns->can_work[m] ? least(income / 5, 30000) : 0);
            spent += columns->medical_oop[m];
            supplements += standard * percent / 100;
        }

        const int64_t net = gross - least(spent / 12, gross), each = base ? net / base : 0;
        const int proper = columns->vehicles[h] == 0 && columns->houses[h] <= (urban ? 1 : 2) &&
                           columns->deposits[h] <= 24 * standard * base;
        const int low = base > 0 && proper && each < standard;
        const int edge = base > 0 && proper && 2 * each < 3 * standard;
        const int aided = low || special != 0;
        const int idle = low && earners == 0 ? workers : 0;

        const int64_t deductible = low ? 0 : edge ? disposable / 10 : disposable / 4;
        const int64_t rate = low ? 75 : edge ? 60 : 50;
        int64_t medical = 0;
        for (uint32_t m = begin; m < stop; m++) {
            const int64_t cost = columns->medical_oop[m];
            const int isSpecial = special >> (m - begin) & 1;
            medical += least(isSpecial ? cost : most(cost - deductible, 0) * rate / 100, 5000000);
        }

        const int grade = columns->house_grade[h];
        const int64_t heat = urban ? least(columns->heating_m2[h], 60) * figures->heat_price[region] * 90 / 100 : fuel;
        const int64_t amounts[BENCH_AMOUNTS] = {
            low ? most(((standard - each) * base + 99) / 100 * 100, 5000) + supplements : 0,
            support,
            medical,
            aided ? grants : 0,
            aided ? (grade == 1 ? 750000 : grade == 2 ? 2500000 : 0) : 0,
            idle > 0 ? wage : 0,
            aided ? heat : 0,
            !aided && 2 * spent > 12 * raw && each < 2 * standard ? standard * least(base, 3) * 3 : 0,
        };
        unsigned flags = (unsigned)proper << 8 | (unsigned)edge << 9 | (unsigned)idle << 10;
        for (int r = 0; r < BENCH_AMOUNTS; r++) {
            results->amounts[r][h] = amounts[r];
            flags |= (unsigned)(amounts[r] > 0) << r;
        }
        results->flags[h] = (uint16_t)flags;
    }
}
