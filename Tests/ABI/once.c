/* The header twice in one file, and in each of two files of one program: once.c and twice.c. Every initialiser is used. */
#include <jiuzhu.h>
#include <jiuzhu.h>

int used_elsewhere(void);

int main(void) {
    jz_policy_options policy = JZ_POLICY_OPTIONS_INIT;
    jz_assess_options assess = JZ_ASSESS_OPTIONS_INIT;
    jz_bulk_options bulk = JZ_BULK_OPTIONS_INIT;
    jz_household_info household = JZ_HOUSEHOLD_INFO_INIT;
    jz_program_info program = JZ_PROGRAM_INFO_INIT;
    jz_benefit_info benefit = JZ_BENEFIT_INFO_INIT;
    jz_missing_info missing = JZ_MISSING_INFO_INIT;
    jz_reason_info reason = JZ_REASON_INFO_INIT;
    jz_store_options store = JZ_STORE_OPTIONS_INIT;
    jz_store_info stored = JZ_STORE_INFO_INIT;
    jz_actor actor = JZ_ACTOR_INIT;
    jz_case_options shown = JZ_CASE_OPTIONS_INIT;

    if (policy.struct_size != sizeof policy || assess.struct_size != sizeof assess || bulk.struct_size != sizeof bulk)
        return 1;
    if (household.struct_size != sizeof household || program.struct_size != sizeof program) return 2;
    if (benefit.struct_size != sizeof benefit || missing.struct_size != sizeof missing) return 3;
    if (reason.struct_size != sizeof reason || reason.member != -1 || missing.fact != -1 || missing.owner != -1) return 4;
    if (policy.programs != NULL || bulk.progress != NULL || assess.stage != JZ_APPLICATION) return 5;
    if (jz_version_number() != JZ_VERSION_NUMBER || jz_abi() != JZ_ABI) return 6;
    if (store.struct_size != sizeof store || stored.struct_size != sizeof stored || store.policy != NULL) return 7;
    if (actor.struct_size != sizeof actor || shown.struct_size != sizeof shown || shown.form != JZ_JSON) return 8;
    return used_elsewhere();
}
