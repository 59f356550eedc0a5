/* Decides about a family of which something is not known yet, asks for it, and decides again.
 *
 *   ask POLICIES <answers.txt
 *
 * The library never guesses: where a fact that matters is lacking, the decision is "undetermined" and says what is lacking and
 * whose it is, so that a program can ask for it. What cannot change the answer is not asked for.
 */
#include <jiuzhu.h>
#include <stdio.h>
#include <string.h>

/* What is known of the family: the names of facts and what is said of them, as in a household file. A line without a name
   begins a member, or an entry of a list. How much land there is, and what grows on it, nobody has written down. */
static const struct {
    int32_t entry;
    const char *name, *text;
} family[] = {
    { 0, "household.area", "231025" },
    { 0, "household.residence", "rural" },
    { 0, "household.rigid_expenditure.total", "4800" },
    { JZ_PLOT, NULL, NULL },
    { 0, "plot.use", "own" },
    { JZ_MEMBER, NULL, NULL },
    { 0, "member.relation", "head" },
    { 0, "member.birth", "1951-03-08" },
    { 0, "member.special_poverty", "false" },
    { 0, "member.away", "none" },
    { 0, "member.can_work", "false" },
    { 0, "member.disability", "none" },
    { 0, "member.illness", "none" },
    { 0, "member.income.basic_pension", "1800" },
    { 0, "member.income.others", "none" },
    { JZ_OBLIGOR, NULL, NULL },
    { 0, "obligor.age", "47" },
    { 0, "obligor.standing", "none" },
    { 0, "obligor.disability_grade", "0" },
    { 0, "obligor.lacks_civil_capacity", "false" },
    { 0, "obligor.whereabouts", "known" },
    { JZ_MEMBER, NULL, NULL },
    { 0, "member.relation", "spouse" },
    { 0, "member.birth", "1954-11-20" },
    { 0, "member.special_poverty", "false" },
    { 0, "member.away", "none" },
    { 0, "member.can_work", "false" },
    { 0, "member.disability_kind", "limb" },
    { 0, "member.disability_grade", "2" },
    { 0, "member.illness", "none" },
    { 0, "member.income", "none" },
    { JZ_OBLIGOR, NULL, NULL },
    { 0, "obligor.age", "47" },
    { 0, "obligor.standing", "none" },
    { 0, "obligor.disability_grade", "0" },
    { 0, "obligor.lacks_civil_capacity", "false" },
    { 0, "obligor.whereabouts", "known" },
};

static int failed(jz_error *error) {
    fprintf(stderr, "%s\n", jz_error_message(error).data);
    jz_error_free(error);
    return 1;
}

/* Sets all that is known; 0, or the number of the mistake. */
static int32_t tell(jz_builder *builder, jz_error **error) {
    size_t line;
    int32_t code = jz_builder_household(builder, "couple", JZ_NUL, error);

    for (line = 0; code == JZ_OK && line < sizeof family / sizeof *family; line++)
        code = family[line].name == NULL
                   ? jz_builder_entry(builder, family[line].entry, error)
                   : jz_builder_set(builder, family[line].name, JZ_NUL, family[line].text, JZ_NUL, error);
    return code;
}

/* Asks for one fact until the answer can be taken; 0 where there is no answer. */
static int ask(jz_builder *builder, const jz_missing_info *missing) {
    char answer[256];
    jz_error *error = NULL;

    for (;;) {
        printf("  %s? ", missing->label_en.data);
        if (fgets(answer, sizeof answer, stdin) == NULL) return 0;
        answer[strcspn(answer, "\r\n")] = '\0';
        printf("%s\n", answer);
        if (jz_builder_select(builder, missing->owner, (size_t) missing->row, &error) == JZ_OK
            && jz_builder_set_text(builder, missing->fact, answer, JZ_NUL, &error) == JZ_OK)
            return 1;
        printf("    %s\n", jz_error_message(error).data);
        jz_error_free(error);
    }
}

int main(int count, char **arguments) {
    static const char *const programs[] = { "low-income" };
    jz_policy_options of_policy = JZ_POLICY_OPTIONS_INIT;
    jz_assess_options options = JZ_ASSESS_OPTIONS_INIT;
    jz_policy *policy = NULL;
    jz_builder *builder = NULL;
    jz_result *result = NULL;
    jz_buffer *text = NULL;
    jz_error *error = NULL;

    if (count != 2) return fprintf(stderr, "usage: ask POLICIES\n"), 64;
    of_policy.programs = programs;
    of_policy.program_count = 1;
    options.date = 20260601;
    if (jz_policy_load(arguments[1], JZ_NUL, "heilongjiang/mudanjiang", JZ_NUL, &of_policy, &policy, &error) != JZ_OK
        || jz_builder_new(policy, &builder, &error) != JZ_OK || tell(builder, &error) != JZ_OK)
        return failed(error);

    for (;;) {
        jz_program_info decision = JZ_PROGRAM_INFO_INIT;
        jz_missing_info missing = JZ_MISSING_INFO_INIT;

        if (jz_assess(policy, builder, &options, &result, &error) != JZ_OK
            || jz_result_program(result, 0, 0, &decision, &error) != JZ_OK)
            return failed(error);
        printf("%s: %s", decision.label_en.data,
               decision.status == JZ_ELIGIBLE     ? "eligible"
               : decision.status == JZ_INELIGIBLE ? "not eligible"
                                                  : "cannot be decided yet");
        if (decision.status == JZ_ELIGIBLE)
            printf(", %ld.%02d yuan a month", (long) (decision.least_fen[JZ_MONTHLY] / 100),
                   (int) (decision.least_fen[JZ_MONTHLY] % 100));
        printf("\n");
        /* One question at a time: what it answers may make others needless. */
        if (jz_result_missing(result, 0, 0, 0, &missing, NULL) != JZ_OK) break;
        if (missing.fact < 0 || !ask(builder, &missing)) {
            printf("  nobody can say: %s\n", missing.label_en.data);
            break;
        }
        jz_result_free(result);
    }

    /* Why: every step with its rule, article and line of the policy file. */
    if (jz_result_text(result, 0, JZ_ENGLISH, JZ_EXPLAIN, &text, &error) != JZ_OK) return failed(error);
    printf("\n%s", jz_buffer_view(text).data);

    jz_buffer_free(text);
    jz_result_free(result);
    jz_builder_free(builder);
    jz_policy_free(policy);
    return 0;
}
