/* A handle that was freed is seen, as long as its memory is not used again. Not for sanitizers: they end at the look. */
#include "common.h"

int main(int count, char **arguments)
{
    jz_policy *policy;
    jz_buffer *text = NULL;
    if (count != 2)
        return 64;
    policy = test_policy(arguments[1], "china");
    CHECK(jz_describe(policy, &text, NULL) == JZ_OK);
    jz_buffer_free(text);
    CHECK(jz_buffer_view(text).size == 0);
    jz_buffer_free(text);
    jz_policy_free(policy);
    text = NULL;
    CHECK(jz_describe(policy, &text, NULL) == JZ_E_HANDLE);
    jz_policy_free(policy);
    return test_end("freed handles");
}
