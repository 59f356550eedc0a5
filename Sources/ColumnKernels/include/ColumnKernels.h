// The inner loops of columns: one operation over the rows of a chunk.
//
// They stand in C because they are compiled once for every machine and again for those with wider registers, which no
// setting of a package can ask of Swift. Each is a few lines; what is computed, and that nothing overflows, is settled
// before they are called. Numbers are 64 bits, yes/no and codes 8. No function keeps a pointer.
#ifndef COLUMN_KERNELS_H
#define COLUMN_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Which operands are one number for all rows, and not a column: bits that may be joined.
enum { COLUMN_A_IS_ONE = 1, COLUMN_B_IS_ONE = 2 };

// How a quotient that is not whole becomes so.
enum { COLUMN_DOWN = 0, COLUMN_UP = 1, COLUMN_NEAREST = 2 };

// A divisor as a product and a shift: (number + add) × factor >> shift, in 128 bits, is the quotient.
typedef struct {
    uint64_t factor, add;
    int shift;
} column_divisor;

// The divisor `by`, at least 1 and below 2^62, rounding as a mode says.
column_divisor column_divisor_of(int64_t by, int mode);

typedef void column_numbers(const int64_t *a, const int64_t *b, int64_t *result, size_t count, int ones);
typedef void column_comparison(const int64_t *a, const int64_t *b, uint8_t *result, size_t count, int ones);
typedef void column_bytes(const uint8_t *a, const uint8_t *b, uint8_t *result, size_t count, int ones);

typedef struct {
    column_numbers *add, *subtract, *multiply, *minimum, *maximum;
    column_comparison *less, *less_or_equal, *equal;
    // `and`, `or` and the rest of bytes that are 0 or 1, or codes.
    column_bytes *both, *either, *least, *most, *same, *not_more;
    void (*invert)(const uint8_t *a, uint8_t *result, size_t count);
    // Where the test is 1 the first, else the second.
    void (*choose)(const uint8_t *test, const int64_t *a, const int64_t *b, int64_t *result, size_t count, int ones);
    void (*choose_bytes)(const uint8_t *test, const uint8_t *a, const uint8_t *b, uint8_t *result, size_t count,
                         int ones);
    // a × up over b × down as a whole number; b is at least 1.
    void (*divide)(const int64_t *a, const int64_t *b, int64_t *result, size_t count, int b_is_one, int64_t up,
                   int64_t down, int mode);
    // a × up over one divisor, and over that of the place b, below 256; nothing but 0 and more below 2^62 is divided, and
    // the answer is no where there is anything else.
    int (*divide_by)(const int64_t *a, int64_t *result, size_t count, int64_t up, const column_divisor *by);
    int (*divide_by_small)(const int64_t *a, const int64_t *b, int64_t *result, size_t count, int64_t up,
                           const column_divisor *table);
    // Whether a code below 64 is one of a set of bits.
    void (*is_one_of)(const uint8_t *a, uint8_t *result, size_t count, uint64_t codes);
    // Whether any code from a to b is one of a set of bits.
    void (*any_is_one_of)(const uint8_t *a, const uint8_t *b, uint8_t *result, size_t count, uint64_t codes);
    // Whether a set of bits has any of another.
    void (*has_any)(const int64_t *a, uint8_t *result, size_t count, int64_t codes);
    // How many bits a set has.
    void (*count_bits)(const int64_t *a, int64_t *result, size_t count);
    // The number of a table at a place of 8 bits.
    void (*look_up)(const uint8_t *place, const int64_t *table, int64_t *result, size_t count);
    void (*look_up_bytes)(const uint8_t *place, const uint8_t *table, uint8_t *result, size_t count);
    // a × factor + b, of codes.
    void (*combine)(const uint8_t *a, const uint8_t *b, uint8_t *result, size_t count, uint8_t factor);

    // The sum of a number and of stored ones, which are `missing` where they are the least of the width.
    void (*add_8)(const int8_t *stored, int64_t *result, size_t count, int64_t missing);
    void (*add_16)(const int16_t *stored, int64_t *result, size_t count, int64_t missing);
    void (*add_32)(const int32_t *stored, int64_t *result, size_t count, int64_t missing);
    void (*add_64)(const int64_t *stored, int64_t *result, size_t count, int64_t missing);
    // Stored numbers as they are, and `missing` where the least number of the width says that there is none.
    void (*load_8)(const int8_t *stored, int64_t *result, size_t count, int64_t missing);
    void (*load_16)(const int16_t *stored, int64_t *result, size_t count, int64_t missing);
    void (*load_32)(const int32_t *stored, int64_t *result, size_t count, int64_t missing);
    void (*load_64)(const int64_t *stored, int64_t *result, size_t count, int64_t missing);
    void (*load_byte)(const int8_t *stored, uint8_t *result, size_t count, uint8_t missing);

    // The value of the parent's row for each row of a list.
    void (*spread)(const int64_t *a, const int32_t *parents, int64_t *result, size_t count);
    void (*spread_bytes)(const uint8_t *a, const int32_t *parents, uint8_t *result, size_t count);
    // What the rows of a list add up to where the test is 1. Rows are those from starts[i] - first up to
    // starts[i + 1] - first; `running` has room for one number more than rows.
    void (*sum)(const int64_t *a, const uint8_t *test, const int32_t *starts, int32_t first, int64_t *running,
                int64_t *result, size_t count, size_t rows, int ones);
    // How many rows of the list have a test that is 1.
    void (*count)(const uint8_t *test, const int32_t *starts, int32_t first, int32_t *running, int64_t *result,
                  size_t count, size_t rows, int test_is_one);
    // Whether any row of those with a test that is 1 has an `a` of 1; with `flip`, whether every row has.
    void (*quantify)(const uint8_t *a, const uint8_t *test, uint8_t flip, const int32_t *starts, int32_t first,
                     int32_t *running, uint8_t *result, size_t count, size_t rows, int ones);
} column_kernels;

// The loops for the machine that it is called on.
const column_kernels *column_kernels_here(void);

#endif
