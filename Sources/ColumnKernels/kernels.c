#include "ColumnKernels.h"

column_divisor column_divisor_of(int64_t by, int mode) {
    // With factor = floor(2^shift / by) + 1 the error of the product stays below a unit of the quotient for every number
    // below 2^63, and factor below 2^64.
    const int bits = by > 1 ? 64 - __builtin_clzll((uint64_t)by - 1) : 0;
    const column_divisor divisor = {
        .factor = (uint64_t)(((unsigned __int128)1 << (63 + bits)) / (uint64_t)by) + 1,
        .add = mode == COLUMN_UP ? (uint64_t)by - 1 : mode == COLUMN_NEAREST ? (uint64_t)by / 2 : 0,
        .shift = 63 + bits,
    };
    return divisor;
}

#define QUOTIENT(number, divisor) \
    (int64_t)((unsigned __int128)((number) + (divisor).add) * (divisor).factor >> (divisor).shift)

#define NAME(name) name##_everywhere
#include "kernels.inc"
#undef NAME

#if defined(__x86_64__) && defined(__clang__)

#define NAME(name) name##_avx2
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt,fma"))), apply_to = function)
#include "kernels.inc"
#pragma clang attribute pop
#undef NAME

#define NAME(name) name##_avx512
#pragma clang attribute push( \
    __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt,fma,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#include "kernels.inc"
#pragma clang attribute pop
#undef NAME

const column_kernels *column_kernels_here(void) {
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2")) return &kernels_everywhere;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
               ? &kernels_avx512
               : &kernels_avx2;
}

#else

const column_kernels *column_kernels_here(void) { return &kernels_everywhere; }

#endif
