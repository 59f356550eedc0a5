/* A policy file of any bytes. */
#include "pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_pack(data, size);
    return 0;
}
