/* What the fuzz targets share. Each is a libFuzzer target over the public C interface: whatever bytes come, a call answers
 * with a number of the header, and nothing traps, leaks or reads where it must not. */
#ifndef JZ_FUZZ_COMMON_H
#define JZ_FUZZ_COMMON_H

#include <jiuzhu.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A broken promise ends the run, so that the input is kept. */
#define PROMISE(condition)                                                               \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition);      \
            abort();                                                                     \
        }                                                                                \
    } while (0)

static inline jz_assess_options fuzz_options(void)
{
    jz_assess_options options = JZ_ASSESS_OPTIONS_INIT;
    options.date = 20260601;
    return options;
}

/* The policy of JIUZHU_FUZZ_POLICY below JIUZHU_FUZZ_POLICIES, loaded once. */
static inline const jz_policy *fuzz_policy(void)
{
    static jz_policy *policy;
    if (policy == NULL) {
        const char *folder = getenv("JIUZHU_FUZZ_POLICIES");
        jz_error *error = NULL;
        if (jz_policy_load(folder ? folder : "Policies", JZ_NUL, "heilongjiang/harbin", JZ_NUL, NULL, &policy, &error)
            != JZ_OK) {
            fprintf(stderr, "%s\n", jz_error_message(error).data);
            exit(2);
        }
    }
    return policy;
}

/* An error says something, in one line, and has its JSON. */
static inline void fuzz_error(int32_t number, jz_error *error)
{
    if (number == JZ_OK) {
        PROMISE(error == NULL);
        return;
    }
    PROMISE(error != NULL && jz_error_code(error) == number && number != JZ_E_INTERNAL);
    PROMISE(jz_error_message(error).size > 0);
    PROMISE(memchr(jz_error_message(error).data, '\n', jz_error_message(error).size) == NULL);
    PROMISE(jz_error_json(error).data[0] == '{');
    jz_error_free(error);
}

#endif
