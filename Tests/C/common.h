/* What the tests in C share: a check that says where it failed, a policy, a household. */
#ifndef JZ_TEST_COMMON_H
#define JZ_TEST_COMMON_H

#include <jiuzhu.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int jz_test_failures;

#define CHECK(condition)                                                              \
    do {                                                                              \
        if (!(condition)) {                                                           \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);   \
            jz_test_failures++;                                                       \
        }                                                                             \
    } while (0)

/* The folder of policies is the first argument of every test. */
static inline jz_policy *test_policy(const char *folder, const char *jurisdiction)
{
    jz_policy *policy = NULL;
    jz_error *error = NULL;
    if (jz_policy_load(folder, JZ_NUL, jurisdiction, JZ_NUL, NULL, &policy, &error) != JZ_OK) {
        fprintf(stderr, "%s\n", jz_error_message(error).data);
        exit(2);
    }
    return policy;
}

/* A family of Harbin with everything that low-income assistance asks for. */
__attribute__((unused)) static const char test_family[] =
    "{\"id\": \"K-17\", \"residence\": \"urban\", \"members\": ["
    "{\"relation\": \"head\", \"birth\": \"1980-05-01\", \"sex\": \"female\", \"income\": {\"wages\": 9600, \"others\": \"none\"}},"
    "{\"relation\": \"child\", \"birth\": \"2012-09-01\", \"income\": \"none\"}]}";

static inline jz_assess_options test_options(void)
{
    jz_assess_options options = JZ_ASSESS_OPTIONS_INIT;
    options.date = 20260601;
    return options;
}

static inline int test_end(const char *name)
{
    if (jz_test_failures == 0)
        printf("ok: %s\n", name);
    return jz_test_failures != 0;
}

#endif
