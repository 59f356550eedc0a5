/* A program as it was written when this header was new. It is built with this header, runs with today's library, and says
   what it said then. */
#include <jiuzhu.h>
#include <stdio.h>
#include <string.h>

static const char alone[] =
    "{\"id\": \"f1\", \"area\": \"990101\", \"residence\": \"urban\", \"members\": [{\"relation\": \"head\", "
    "\"birth\": \"1960-05-01\", \"income\": {\"pension\": 3600, \"others\": \"none\"}}]}";

/* Says an error and frees it. */
static void say_error(const char *of, int32_t code, jz_error **error) {
    printf("%s: %d, class %d, %.*s\n", of, (int) code, (int) jz_error_class(*error),
           (int) jz_error_message(*error).size, jz_error_message(*error).data);
    jz_error_free(*error);
    *error = NULL;
}

static void say_programs(const jz_result *result) {
    uint32_t program;
    size_t place;
    jz_household_info household = JZ_HOUSEHOLD_INFO_INIT;

    if (jz_result_household(result, 0, &household, NULL) != JZ_OK) return;
    printf("household %s in %s\n", household.id.data, household.area.data);
    for (program = 0; program < household.program_count; program++) {
        jz_program_info info = JZ_PROGRAM_INFO_INIT;
        uint32_t benefit;
        if (jz_result_program(result, 0, program, &info, NULL) != JZ_OK) return;
        printf("  %s %s: status %d, monthly %lld to %lld fen\n", info.id.data, info.label_zh.data, (int) info.status,
               (long long) info.least_fen[JZ_MONTHLY], (long long) info.most_fen[JZ_MONTHLY]);
        for (benefit = 0; benefit < info.benefit_count; benefit++) {
            jz_benefit_info sum = JZ_BENEFIT_INFO_INIT;
            if (jz_result_benefit(result, 0, program, benefit, &sum, NULL) != JZ_OK) return;
            printf("    benefit %s, period %d, %lld to %lld fen, flags %u\n", sum.id.data, (int) sum.period,
                   (long long) sum.least_fen, (long long) sum.most_fen, (unsigned) sum.flags);
        }
        for (place = 0;; place++) {
            jz_missing_info missing = JZ_MISSING_INFO_INIT;
            if (jz_result_missing(result, 0, program, place, &missing, NULL) != JZ_OK) break;
            printf("    missing %s %s, owner %d, row %llu\n", missing.path.data, missing.label_en.data,
                   (int) missing.owner, (unsigned long long) missing.row);
        }
        for (place = 0;; place++) {
            jz_reason_info reason = JZ_REASON_INFO_INIT;
            if (jz_result_reason(result, 0, program, place, &reason, NULL) != JZ_OK) break;
            printf("    reason %s, member %d, %s, %s\n", reason.id.data, (int) reason.member, reason.label_en.data,
                   reason.citation.data);
        }
    }
}

int main(int count, char **arguments) {
    jz_policy_options of_policy = JZ_POLICY_OPTIONS_INIT;
    jz_assess_options options = JZ_ASSESS_OPTIONS_INIT;
    const char *const programs[] = { "low-income" };
    jz_error *error = NULL;
    jz_policy *policy = NULL;
    jz_policy *all = NULL;
    jz_builder *builder = NULL;
    jz_result *result = NULL;
    jz_buffer *text = NULL;
    jz_fact pension = -1;
    int32_t code;

    if (count != 2) return 64;
    options.date = 20300601;
    printf("abi %d\n", (int) jz_abi());

    /* Policies. */
    code = jz_policy_load(arguments[1], JZ_NUL, "nowhere", JZ_NUL, NULL, &policy, &error);
    printf("no policy: %d, class %d\n", (int) code, (int) jz_error_class(error));
    jz_error_free(error);
    of_policy.programs = programs;
    of_policy.program_count = 1;
    if (jz_policy_load(arguments[1], JZ_NUL, "p", 1, &of_policy, &policy, &error) != JZ_OK
        || jz_policy_load(arguments[1], JZ_NUL, "p", 1, NULL, &all, &error) != JZ_OK) {
        say_error("policy", jz_error_code(error), &error);
        return 1;
    }
    printf("digests: %d digits, %s\n", (int) jz_policy_digest(policy).size,
           strcmp(jz_policy_digest(policy).data, jz_policy_digest(all).data) == 0 ? "the same" : "different");

    /* JSON. */
    code = jz_assess_json(policy, "{\"homes\": -1}", JZ_NUL, &options, &text, &error);
    say_error("json", code, &error);
    code = jz_assess_json(policy, alone, sizeof alone - 1, &options, &text, &error);
    printf("json: %d, %s\n", (int) code,
           code == JZ_OK && strstr(jz_buffer_view(text).data, "\"monthly\":\"550.00\"") != NULL ? "550.00" : "?");
    jz_buffer_free(text);

    /* The builder: first without the pension, then with it. */
    if (jz_fact_find(all, "member.income.pension", JZ_NUL, &pension, &error) != JZ_OK
        || jz_builder_new(all, &builder, &error) != JZ_OK || jz_builder_household(builder, "f1", 2, &error) != JZ_OK
        || jz_builder_set(builder, "household.area", JZ_NUL, "990101", JZ_NUL, &error) != JZ_OK
        || jz_builder_set(builder, "household.residence", JZ_NUL, "urban", JZ_NUL, &error) != JZ_OK
        || jz_builder_entry(builder, JZ_MEMBER, &error) != JZ_OK
        || jz_builder_set(builder, "member.relation", JZ_NUL, "head", JZ_NUL, &error) != JZ_OK
        || jz_builder_set(builder, "member.birth", JZ_NUL, "1960-05-01", JZ_NUL, &error) != JZ_OK
        || jz_builder_set(builder, "member.income.others", JZ_NUL, "none", JZ_NUL, &error) != JZ_OK
        || jz_builder_unset(builder, pension, &error) != JZ_OK) {
        say_error("builder", jz_error_code(error), &error);
        return 1;
    }
    code = jz_builder_set(builder, "member.pension", JZ_NUL, "1", JZ_NUL, &error);
    printf("a name that is none: %d, class %d\n", (int) code, (int) jz_error_class(error));
    jz_error_free(error);
    code = jz_builder_set_amount(builder, pension, 360000, "yuan/month", JZ_NUL, &error);
    printf("another unit: %d, class %d\n", (int) code, (int) jz_error_class(error));
    jz_error_free(error);
    if (jz_assess(all, builder, &options, &result, &error) != JZ_OK) {
        say_error("assess", jz_error_code(error), &error);
        return 1;
    }
    say_programs(result);
    jz_result_free(result);
    if (jz_builder_set_amount(builder, pension, 360000, "yuan/year", JZ_NUL, &error) != JZ_OK
        || jz_assess(all, builder, &options, &result, &error) != JZ_OK) {
        say_error("assess", jz_error_code(error), &error);
        return 1;
    }
    jz_builder_free(builder);
    jz_policy_free(all);
    jz_policy_free(policy);
    say_programs(result);
    if (jz_result_text(result, 0, JZ_ENGLISH, 0, &text, NULL) == JZ_OK)
        printf("text: %s\n", strstr(jz_buffer_view(text).data, "550.00 yuan a month") != NULL ? "550.00" : "?");
    jz_buffer_free(text);
    if (jz_result_json(result, JZ_EXPLAIN, &text, NULL) == JZ_OK)
        printf("steps: %s\n", strstr(jz_buffer_view(text).data, "\"steps\":[{") != NULL ? "yes" : "?");
    jz_buffer_free(text);
    code = jz_result_program(result, 1, 0, NULL, &error);
    printf("beyond the end: %d, class %d\n", (int) code, (int) jz_error_class(error));
    jz_error_free(error);
    jz_result_free(result);
    return 0;
}
