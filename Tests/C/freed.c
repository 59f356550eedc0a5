/* A handle that was freed is seen, as long as its memory is not used again. Not for sanitizers: they end at the look. */
#include "case.h"

int main(int count, char **arguments)
{
    jz_policy *policy;
    jz_buffer *text = NULL;
    jz_store *store = NULL;
    const char *folder = test_folder();
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

    CHECK(jz_store_create(test_path(folder, "freed.db"), JZ_NUL, test_key, sizeof test_key, NULL, &store, NULL) == JZ_OK);
    jz_store_free(store);
    CHECK(jz_store_anchor(store, &text, NULL) == JZ_E_HANDLE);
    jz_store_free(store);
    test_remove(test_path(folder, "freed.db"));
    CHECK(rmdir(folder) == 0);
    return test_end("freed handles");
}
