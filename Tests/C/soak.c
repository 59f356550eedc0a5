/* Memory after 10^5 assessments and after 10^6 differs by at most 1 MB. The second argument is the number of times. */
#include "common.h"

static long resident_kb(void)
{
    char line[256];
    long kb = -1;
    FILE *file = fopen("/proc/self/status", "r");
    if (file == NULL)
        return -1;
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "VmRSS: %ld", &kb) == 1)
            break;
    fclose(file);
    return kb;
}

int main(int count, char **arguments)
{
    jz_assess_options options = test_options();
    jz_policy *policy;
    jz_builder *builder = NULL;
    long early = 0, late = 0, number, times;
    if (count != 3)
        return 64;
    times = atol(arguments[2]);
    policy = test_policy(arguments[1], "heilongjiang/harbin");
    CHECK(jz_builder_new(policy, &builder, NULL) == JZ_OK);
    for (number = 1; number <= times; number++) {
        jz_result *result = NULL;
        jz_program_info program = JZ_PROGRAM_INFO_INIT;
        CHECK(jz_builder_clear(builder, NULL) == JZ_OK);
        CHECK(jz_builder_household(builder, "4711", JZ_NUL, NULL) == JZ_OK);
        CHECK(jz_builder_set(builder, "household.residence", JZ_NUL, "urban", JZ_NUL, NULL) == JZ_OK);
        CHECK(jz_builder_entry(builder, JZ_MEMBER, NULL) == JZ_OK);
        CHECK(jz_builder_set(builder, "member.birth", JZ_NUL, "1980-05-01", JZ_NUL, NULL) == JZ_OK);
        CHECK(jz_builder_set(builder, "member.income", JZ_NUL, "none", JZ_NUL, NULL) == JZ_OK);
        CHECK(jz_assess(policy, builder, &options, &result, NULL) == JZ_OK);
        CHECK(jz_result_program(result, 0, 0, &program, NULL) == JZ_OK);
        jz_result_free(result);
        if (number % 1000 == 0) {
            /* Now and then with everything that is made when it is asked for, and a call that fails. */
            jz_buffer *answer = NULL;
            jz_error *error = NULL;
            CHECK(jz_assess_json(policy, test_family, JZ_NUL, &options, &answer, NULL) == JZ_OK);
            CHECK(jz_assess_json(policy, "{\"residense\": 1}", JZ_NUL, &options, NULL, &error) == JZ_E_ARGUMENT);
            jz_error_free(error);
            jz_buffer_free(answer);
        }
        if (number == times / 10)
            early = resident_kb();
    }
    late = resident_kb();
    printf("resident: %ld kB after %ld assessments, %ld kB after %ld\n", early, times / 10, late, times);
    CHECK(late - early <= 1024);
    jz_builder_free(builder);
    jz_policy_free(policy);
    return test_end("memory");
}
