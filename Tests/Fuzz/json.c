/* Households as JSON. */
#include "common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    jz_assess_options options = fuzz_options();
    jz_buffer *answer = NULL;
    jz_error *error = NULL;
    int32_t number = jz_assess_json(fuzz_policy(), (const char *)data, size, &options, &answer, &error);
    PROMISE((number == JZ_OK) == (answer != NULL));
    PROMISE(number != JZ_OK || jz_buffer_view(answer).data[0] == '{');
    fuzz_error(number, error);
    jz_buffer_free(answer);
    return 0;
}
