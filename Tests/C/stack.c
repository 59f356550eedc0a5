/* Every entry point on a stack of 128 kB. */
#include "case.h"
#include <pthread.h>

#define STACK (128 * 1024)

static const char *folder, *files;

static void *work(void *argument)
{
    jz_assess_options options = test_options();
    jz_policy *policy = test_policy(folder, "heilongjiang/harbin");
    jz_builder *builder = NULL;
    jz_result *result = NULL;
    jz_buffer *text = NULL;
    jz_error *error = NULL;
    jz_fact fact = -1;
    (void)argument;
    options.flags = JZ_EXPLAIN | JZ_PRETTY;
    CHECK(jz_assess_json(policy, test_family, JZ_NUL, &options, &text, &error) == JZ_OK);
    jz_buffer_free(text);
    CHECK(jz_policy_diagnostics(policy, "230100", JZ_NUL, &options, &text, &error) == JZ_OK);
    jz_buffer_free(text);
    CHECK(jz_policy_show(policy, NULL, 0, &options, &text, &error) == JZ_OK);
    jz_buffer_free(text);
    CHECK(jz_describe(policy, &text, &error) == JZ_OK);
    jz_buffer_free(text);
    CHECK(jz_fact_find(policy, "member.income.wages", JZ_NUL, &fact, &error) == JZ_OK);
    CHECK(jz_builder_new(policy, &builder, &error) == JZ_OK);
    CHECK(jz_builder_read_json(builder, test_family, JZ_NUL, &options, &error) == JZ_OK);
    CHECK(jz_assess(policy, builder, &options, &result, &error) == JZ_OK);
    CHECK(jz_result_json(result, JZ_EXPLAIN, &text, &error) == JZ_OK);
    jz_buffer_free(text);
    CHECK(jz_result_text(result, 0, JZ_CHINESE, JZ_EXPLAIN, &text, &error) == JZ_OK);
    jz_buffer_free(text);
    jz_result_free(result);
    jz_builder_free(builder);
    jz_policy_free(policy);

    /* Mistakes too. */
    CHECK(jz_policy_load(folder, JZ_NUL, "heilongjiang/harbim", JZ_NUL, NULL, &policy, &error) == JZ_E_NO_POLICY);
    jz_error_free(error);

    /* SQLite and keys as well. */
    test_whole_case(folder, files);
    return NULL;
}

int main(int count, char **arguments)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (count != 2)
        return 64;
    folder = arguments[1];
    files = test_folder();
    CHECK(pthread_attr_init(&attributes) == 0);
    CHECK(pthread_attr_setstacksize(&attributes, STACK) == 0);
    CHECK(pthread_create(&thread, &attributes, work, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    pthread_attr_destroy(&attributes);
    CHECK(rmdir(files) == 0);
    return test_end("stack of 128 kB");
}
