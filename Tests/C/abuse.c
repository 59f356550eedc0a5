/* Every function with NULL, with a struct that is too short, with sizes that are none, with a handle of another kind. */
#include "common.h"

#define E JZ_E_ARGUMENT

/* A call that must fail with a number; its error is looked at and freed. */
#define FAILS(number, call)                                                           \
    do {                                                                              \
        jz_error *error = NULL;                                                       \
        int32_t got = (call);                                                         \
        if (got != (number)) {                                                        \
            fprintf(stderr, "%s:%d: %d instead of %s: %s: %s\n", __FILE__, __LINE__, (int)got, #number, #call, \
                    jz_error_message(error).data);                                    \
            jz_test_failures++;                                                       \
        }                                                                             \
        CHECK(error != NULL && jz_error_code(error) == (number));                     \
        CHECK(jz_error_message(error).size > 10 && jz_error_json(error).size > 20);   \
        jz_error_free(error);                                                         \
        error = NULL;                                                                 \
    } while (0)

static void nothing(void)
{
    jz_buffer_free(NULL);
    jz_policy_free(NULL);
    jz_plugins_free(NULL);
    jz_builder_free(NULL);
    jz_result_free(NULL);
    jz_error_free(NULL);
    CHECK(jz_buffer_view(NULL).size == 0 && jz_buffer_view(NULL).data[0] == 0);
    CHECK(jz_error_code(NULL) == JZ_OK && jz_error_class(NULL) == 0);
    CHECK(jz_error_message(NULL).size == 0 && jz_error_json(NULL).size == 0 && jz_error_file(NULL).size == 0);
    CHECK(jz_error_line(NULL) == 0 && jz_error_column(NULL) == 0);
    CHECK(jz_policy_digest(NULL).size == 0);
    CHECK(jz_result_count(NULL) == 0);
    CHECK(strcmp(jz_version(), JZ_VERSION) == 0 && jz_version_number() == JZ_VERSION_NUMBER && jz_abi() == JZ_ABI);
}

static void policies(const char *folder)
{
    jz_policy *policy = NULL;
    jz_policy_options options = JZ_POLICY_OPTIONS_INIT;
    const char *programs[] = {"low-income", "low-incom"};
    FAILS(E, jz_policy_load(NULL, JZ_NUL, "china", JZ_NUL, NULL, &policy, &error));
    FAILS(E, jz_policy_load(folder, JZ_NUL, NULL, 3, NULL, &policy, &error));
    FAILS(E, jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, NULL, NULL, &error));
    FAILS(JZ_E_LIMIT, jz_policy_load(folder, (size_t)1 << 40, "china", JZ_NUL, NULL, &policy, &error));
    FAILS(JZ_E_LIMIT, jz_policy_load(folder, (size_t)-2, "china", JZ_NUL, NULL, &policy, &error));
    FAILS(E, jz_policy_load(folder, JZ_NUL, "\xff\xfe", 2, NULL, &policy, &error));
    FAILS(JZ_E_NO_POLICY, jz_policy_load(folder, JZ_NUL, "", 0, NULL, &policy, &error));
    FAILS(JZ_E_NO_POLICY, jz_policy_load(folder, JZ_NUL, "../etc", JZ_NUL, NULL, &policy, &error));
    options.struct_size = 3;
    FAILS(E, jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, &options, &policy, &error));
    options.struct_size = 0xFFFFFFFFu;
    FAILS(E, jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, &options, &policy, &error));
    options.struct_size = sizeof options;
    options.flags = 8;
    FAILS(E, jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, &options, &policy, &error));
    options.flags = 0;
    options.program_count = 1;
    FAILS(E, jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, &options, &policy, &error));
    options.programs = programs;
    options.program_count = 2;
    FAILS(JZ_E_NAME, jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, &options, &policy, &error));
    options.program_count = (size_t)-1;
    FAILS(E, jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, &options, &policy, &error));
    FAILS(E, jz_policy_load_pack(NULL, 10, NULL, &policy, &error));
    FAILS(JZ_E_POLICY, jz_policy_load_pack("jiuzhu-pack 9", 13, NULL, &policy, &error));
    FAILS(JZ_E_POLICY, jz_policy_load_pack("", 0, NULL, &policy, &error));
    FAILS(E, jz_policy_load_pack("x", (size_t)-1, NULL, &policy, &error));
    FAILS(JZ_E_LIMIT, jz_policy_load_pack("x", (size_t)1 << 50, NULL, &policy, &error));
    CHECK(policy == NULL);
}

static void plugins(const char *folder, const jz_policy *policy)
{
    jz_plugins *set = NULL;
    jz_policy *other = NULL;
    jz_buffer *text = NULL;
    jz_policy_options options = JZ_POLICY_OPTIONS_INIT;
    FAILS(E, jz_plugins_new(NULL, &error));
    CHECK(jz_plugins_new(&set, NULL) == JZ_OK);
    FAILS(E, jz_plugin_load(NULL, "x", 1, "00", 2, &error));
    FAILS(E, jz_plugin_load(set, NULL, 1, "00", 2, &error));
    FAILS(E, jz_plugin_load(set, "x", 1, NULL, 2, &error));
    FAILS(E, jz_plugin_load(set, "\xff", 1, "00", 2, &error));
    FAILS(JZ_E_LIMIT, jz_plugin_load(set, "x", (size_t)-2, "00", 2, &error));
    FAILS(JZ_E_PLUGIN, jz_plugin_load(set, "/nowhere/none.so", JZ_NUL, "00", 2, &error));
    FAILS(JZ_E_HANDLE, jz_plugin_load((jz_plugins *)policy, "x", 1, "00", 2, &error));
    FAILS(E, jz_source_query(NULL, NULL, "x", 1, NULL, 0, "[]", 2, &text, &error));
    FAILS(E, jz_source_query(set, NULL, NULL, 1, NULL, 0, "[]", 2, &text, &error));
    FAILS(JZ_E_NAME, jz_source_query(set, NULL, "x", 1, NULL, 0, "[]", 2, &text, &error));
    FAILS(JZ_E_HANDLE, jz_source_query((jz_plugins *)policy, NULL, "x", 1, NULL, 0, "[]", 2, &text, &error));
    FAILS(JZ_E_HANDLE, jz_source_query(set, (jz_policy *)set, "x", 1, NULL, 0, "[]", 2, &text, &error));
    FAILS(E, jz_channel_write(NULL, "x", 1, "{}", 2, &text, &error));
    FAILS(JZ_E_NAME, jz_channel_write(set, "x", 1, "{}", 2, &text, &error));
    FAILS(E, jz_channel_read(NULL, "x", 1, "", 0, NULL, 0, &text, &error));
    FAILS(JZ_E_NAME, jz_channel_read(set, "x", 1, "", 0, NULL, 0, &text, &error));
    FAILS(E, jz_plugins_report(NULL, &text, &error));
    FAILS(E, jz_plugins_report(set, NULL, &error));
    options.plugins = (const jz_plugins *)policy;
    FAILS(JZ_E_HANDLE, jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, &options, &other, &error));
    options.plugins = set;
    CHECK(jz_policy_load(folder, JZ_NUL, "china", JZ_NUL, &options, &other, NULL) == JZ_OK);
    jz_plugins_free(set);
    CHECK(jz_policy_digest(other).size == 64);
    jz_policy_free(other);
}

static void texts(jz_policy *policy)
{
    jz_buffer *text = NULL;
    jz_assess_options options = test_options();
    struct {
        jz_assess_options known;
        uint64_t later;
    } newer = {JZ_ASSESS_OPTIONS_INIT, 0};
    FAILS(E, jz_assess_json(NULL, "{}", 2, &options, &text, &error));
    FAILS(E, jz_assess_json(policy, NULL, 2, &options, &text, &error));
    FAILS(E, jz_assess_json(policy, "{}", 2, &options, NULL, &error));
    FAILS(JZ_E_LIMIT, jz_assess_json(policy, "{}", (size_t)1 << 40, &options, &text, &error));
    FAILS(JZ_E_INPUT, jz_assess_json(policy, "", 0, &options, &text, &error));
    FAILS(JZ_E_INPUT, jz_assess_json(policy, "{\"a\": \"\xff\"}", JZ_NUL, &options, &text, &error));
    FAILS(JZ_E_INPUT, jz_assess_json(policy, "{\"residense\": \"urban\"}", JZ_NUL, &options, &text, &error));
    FAILS(JZ_E_AREA, jz_assess_json(policy, "{\"area\": \"520400\"}", JZ_NUL, &options, &text, &error));
    /* A handle of another kind. */
    FAILS(JZ_E_HANDLE, jz_assess_json((const jz_policy *)(const void *)"JZBUFFER12345678", "{}", 2, &options, &text, &error));
    options.struct_size = 4;
    FAILS(E, jz_assess_json(policy, "{}", 2, &options, &text, &error));
    options = test_options();
    options.date = 20260230;
    FAILS(E, jz_assess_json(policy, "{}", 2, &options, &text, &error));
    options.date = INT32_MIN;
    FAILS(E, jz_assess_json(policy, "{}", 2, &options, &text, &error));
    options = test_options();
    options.stage = 7;
    FAILS(E, jz_assess_json(policy, "{}", 2, &options, &text, &error));
    options = test_options();
    options.flags = 1u << 31;
    FAILS(E, jz_assess_json(policy, "{}", 2, &options, &text, &error));
    /* A newer program's struct is fine while it asks for nothing that is not known. */
    newer.known = test_options();
    newer.known.struct_size = sizeof newer;
    CHECK(jz_assess_json(policy, "{}", 2, &newer.known, &text, NULL) == JZ_OK);
    jz_buffer_free(text);
    newer.later = 1;
    FAILS(E, jz_assess_json(policy, "{}", 2, &newer.known, &text, &error));
    FAILS(JZ_E_AREA, jz_policy_show(policy, "23", 2, NULL, &text, &error));
    FAILS(E, jz_policy_show(NULL, NULL, 0, NULL, &text, &error));
    FAILS(E, jz_policy_diagnostics(NULL, NULL, 0, NULL, &text, &error));
    FAILS(E, jz_describe(NULL, NULL, &error));
    CHECK(text == NULL);
    /* Whoever wants no error gets the number alone. */
    CHECK(jz_assess_json(policy, "{", 1, NULL, &text, NULL) == JZ_E_INPUT);
}

static void builders(jz_policy *policy)
{
    jz_builder *builder = NULL;
    jz_result *result = NULL;
    jz_fact fact = 0, wages, birth, residence, size;
    jz_assess_options options = test_options();
    size_t number;
    static const char long_id[] = "00000000001111111111222222222233333333334444444444555555555566666";

    FAILS(E, jz_builder_new(NULL, &builder, &error));
    FAILS(E, jz_builder_new(policy, NULL, &error));
    FAILS(E, jz_fact_find(policy, NULL, JZ_NUL, &fact, &error));
    FAILS(E, jz_fact_find(policy, "member.birth", JZ_NUL, NULL, &error));
    FAILS(JZ_E_NAME, jz_fact_find(policy, "member.brith", JZ_NUL, &fact, &error));
    FAILS(JZ_E_NAME, jz_fact_find(policy, "birth", JZ_NUL, &fact, &error));
    CHECK(jz_fact_find(policy, "member.income.wages", JZ_NUL, &wages, NULL) == JZ_OK);
    CHECK(jz_fact_find(policy, "member.birth", JZ_NUL, &birth, NULL) == JZ_OK);
    CHECK(jz_fact_find(policy, "household.residence", JZ_NUL, &residence, NULL) == JZ_OK);
    CHECK(jz_fact_find(policy, "household.size", JZ_NUL, &size, NULL) == JZ_OK);

    CHECK(jz_builder_new(policy, &builder, NULL) == JZ_OK);
    /* Nothing has begun yet. */
    FAILS(E, jz_builder_entry(builder, JZ_MEMBER, &error));
    FAILS(E, jz_builder_set_code(builder, residence, 1, &error));
    FAILS(JZ_E_INPUT, jz_builder_household(builder, long_id, JZ_NUL, &error));
    CHECK(jz_builder_household(builder, NULL, 0, NULL) == JZ_OK);
    FAILS(E, jz_builder_set_amount(builder, wages, 1, NULL, 0, &error));
    CHECK(jz_builder_entry(builder, JZ_MEMBER, NULL) == JZ_OK);
    FAILS(E, jz_builder_entry(builder, 17, &error));
    FAILS(E, jz_builder_entry(builder, -1, &error));
    FAILS(E, jz_builder_entry(builder, JZ_HOUSEHOLD, &error));
    FAILS(JZ_E_INDEX, jz_builder_select(builder, JZ_MEMBER, 1, &error));
    FAILS(JZ_E_INDEX, jz_builder_select(builder, JZ_MEMBER, (size_t)-1, &error));

    FAILS(JZ_E_INDEX, jz_builder_set_count(builder, 1 << 30, 1, &error));
    FAILS(JZ_E_INDEX, jz_builder_set_count(builder, -1, 1, &error));
    FAILS(JZ_E_TYPE, jz_builder_set_count(builder, wages, 1, &error));
    FAILS(JZ_E_TYPE, jz_builder_set_date(builder, wages, 20200101, &error));
    FAILS(JZ_E_TYPE, jz_builder_set_bool(builder, wages, 1, &error));
    FAILS(JZ_E_TYPE, jz_builder_set_code(builder, wages, 1, &error));
    FAILS(JZ_E_TYPE, jz_builder_set_amount(builder, birth, 1, NULL, 0, &error));
    FAILS(JZ_E_UNIT, jz_builder_set_amount(builder, wages, 1, "yuan/month", JZ_NUL, &error));
    FAILS(JZ_E_UNIT, jz_builder_set_amount(builder, wages, 1, "furlong", JZ_NUL, &error));
    FAILS(JZ_E_RANGE, jz_builder_set_amount(builder, wages, -1, NULL, 0, &error));
    FAILS(JZ_E_RANGE, jz_builder_set_amount(builder, wages, INT64_MIN, NULL, 0, &error));
    FAILS(JZ_E_RANGE, jz_builder_set_amount(builder, wages, INT64_MAX, NULL, 0, &error));
    FAILS(JZ_E_RANGE, jz_builder_set_count(builder, size, -5, &error));
    FAILS(E, jz_builder_set_date(builder, birth, 20260230, &error));
    FAILS(E, jz_builder_set_date(builder, birth, INT32_MAX, &error));
    FAILS(JZ_E_RANGE, jz_builder_set_code(builder, residence, 62, &error));
    FAILS(JZ_E_RANGE, jz_builder_set_code(builder, residence, INT64_MIN, &error));
    FAILS(JZ_E_TYPE, jz_builder_set_none(builder, birth, &error));
    FAILS(JZ_E_NAME, jz_builder_set(builder, "member.wage", JZ_NUL, "1", 1, &error));
    FAILS(E, jz_builder_set(builder, NULL, JZ_NUL, "1", 1, &error));
    FAILS(E, jz_builder_set(builder, "member.birth", JZ_NUL, NULL, 1, &error));
    FAILS(JZ_E_INPUT, jz_builder_set(builder, "member.birth", JZ_NUL, "1980-02-30", JZ_NUL, &error));
    FAILS(JZ_E_RANGE, jz_builder_set_text(builder, wages, "1.234", JZ_NUL, &error));
    FAILS(JZ_E_LIMIT, jz_builder_set_text(builder, wages, "1", (size_t)1 << 60, &error));
    FAILS(JZ_E_INPUT, jz_builder_read_json(builder, "[", 1, &options, &error));
    FAILS(E, jz_builder_set_bool(NULL, residence, 1, &error));
    FAILS(E, jz_builder_clear(NULL, &error));

    /* After all that the household is what was set, and nothing else. */
    CHECK(jz_builder_set_amount(builder, wages, 960000, "yuan/year", JZ_NUL, NULL) == JZ_OK);
    FAILS(E, jz_assess(NULL, builder, &options, &result, &error));
    FAILS(E, jz_assess(policy, NULL, &options, &result, &error));
    FAILS(E, jz_assess(policy, builder, &options, NULL, &error));
    CHECK(jz_assess(policy, builder, &options, &result, NULL) == JZ_OK);
    CHECK(jz_result_count(result) == 1);
    {
        jz_household_info household = JZ_HOUSEHOLD_INFO_INIT;
        jz_program_info program = JZ_PROGRAM_INFO_INIT;
        jz_benefit_info benefit = JZ_BENEFIT_INFO_INIT;
        jz_missing_info missing = JZ_MISSING_INFO_INIT;
        jz_reason_info reason = JZ_REASON_INFO_INIT;
        jz_buffer *text = NULL;
        size_t none = (size_t)-1;
        CHECK(jz_result_household(result, 0, &household, NULL) == JZ_OK && household.program_count > 5);
        FAILS(JZ_E_INDEX, jz_result_household(result, 1, &household, &error));
        FAILS(JZ_E_INDEX, jz_result_household(result, none, &household, &error));
        FAILS(E, jz_result_household(result, 0, NULL, &error));
        FAILS(E, jz_result_household(NULL, 0, &household, &error));
        FAILS(JZ_E_INDEX, jz_result_program(result, 0, household.program_count, &program, &error));
        FAILS(JZ_E_INDEX, jz_result_program(result, none, none, &program, &error));
        FAILS(JZ_E_INDEX, jz_result_benefit(result, 0, 0, none, &benefit, &error));
        FAILS(JZ_E_INDEX, jz_result_missing(result, 0, 0, none, &missing, &error));
        FAILS(JZ_E_INDEX, jz_result_reason(result, 0, 0, none, &reason, &error));
        household.struct_size = 2;
        FAILS(E, jz_result_household(result, 0, &household, &error));
        program.struct_size = 0;
        FAILS(E, jz_result_program(result, 0, 0, &program, &error));
        FAILS(E, jz_result_text(result, 0, 9, 0, &text, &error));
        FAILS(JZ_E_INDEX, jz_result_text(result, 5, JZ_CHINESE, 0, &text, &error));
        FAILS(E, jz_result_json(result, 64, &text, &error));
        FAILS(E, jz_result_json(result, 0, NULL, &error));
        FAILS(E, jz_result_json(NULL, 0, &text, &error));
    }
    jz_result_free(result);

    CHECK(jz_builder_clear(builder, NULL) == JZ_OK);
    CHECK(jz_builder_household(builder, "1", 1, NULL) == JZ_OK);
    for (number = 0; number < 40; number++)
        CHECK(jz_builder_entry(builder, JZ_MEMBER, NULL) == JZ_OK);
    FAILS(JZ_E_LIMIT, jz_builder_entry(builder, JZ_MEMBER, &error));
    jz_builder_free(builder);
}

int main(int count, char **arguments)
{
    jz_policy *policy;
    if (count != 2)
        return 64;
    nothing();
    policies(arguments[1]);
    policy = test_policy(arguments[1], "heilongjiang/harbin");
    plugins(arguments[1], policy);
    texts(policy);
    builders(policy);
    jz_policy_free(policy);
    return test_end("misuse");
}
