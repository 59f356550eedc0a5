/* Sizes and places of the fields that programs have compiled in: none of them may ever change, fields are only added behind
   the last. */
#include <jiuzhu.h>

#define SIZE(type, size) _Static_assert(sizeof(type) >= (size), #type " has shrunk")
#define FIELD(type, field, place) _Static_assert(offsetof(type, field) == (place), #type "." #field " has moved")
#define LAST(type, field, place) \
    FIELD(type, field, place);   \
    _Static_assert(sizeof(((type *) 0)->field) + (place) <= sizeof(type), #type " has shrunk")
#define NUMBER(name, value) _Static_assert((name) == (value), #name " has another value")

_Static_assert(sizeof(void *) == 8, "64 bits");
_Static_assert(sizeof(jz_view) == 16, "jz_view is handed over by value and stays as it is");
FIELD(jz_view, data, 0);
FIELD(jz_view, size, 8);

SIZE(jz_policy_options, 32);
FIELD(jz_policy_options, struct_size, 0);
FIELD(jz_policy_options, flags, 4);
FIELD(jz_policy_options, programs, 8);
FIELD(jz_policy_options, program_count, 16);
LAST(jz_policy_options, plugins, 24);

SIZE(jz_assess_options, 24);
FIELD(jz_assess_options, struct_size, 0);
FIELD(jz_assess_options, flags, 4);
FIELD(jz_assess_options, date, 8);
FIELD(jz_assess_options, known_on, 12);
FIELD(jz_assess_options, stage, 16);
LAST(jz_assess_options, reserved, 20);

SIZE(jz_household_info, 40);
FIELD(jz_household_info, struct_size, 0);
FIELD(jz_household_info, program_count, 4);
FIELD(jz_household_info, id, 8);
LAST(jz_household_info, area, 24);

SIZE(jz_program_info, 112);
FIELD(jz_program_info, struct_size, 0);
FIELD(jz_program_info, status, 4);
FIELD(jz_program_info, id, 8);
FIELD(jz_program_info, label_zh, 24);
FIELD(jz_program_info, label_en, 40);
FIELD(jz_program_info, benefit_count, 56);
FIELD(jz_program_info, flags, 60);
FIELD(jz_program_info, least_fen, 64);
LAST(jz_program_info, most_fen, 88);

SIZE(jz_benefit_info, 80);
FIELD(jz_benefit_info, struct_size, 0);
FIELD(jz_benefit_info, period, 4);
FIELD(jz_benefit_info, id, 8);
FIELD(jz_benefit_info, label_zh, 24);
FIELD(jz_benefit_info, label_en, 40);
FIELD(jz_benefit_info, least_fen, 56);
FIELD(jz_benefit_info, most_fen, 64);
FIELD(jz_benefit_info, flags, 72);
LAST(jz_benefit_info, reserved, 76);

SIZE(jz_missing_info, 72);
FIELD(jz_missing_info, struct_size, 0);
FIELD(jz_missing_info, fact, 4);
FIELD(jz_missing_info, owner, 8);
FIELD(jz_missing_info, reserved, 12);
FIELD(jz_missing_info, row, 16);
FIELD(jz_missing_info, path, 24);
FIELD(jz_missing_info, label_zh, 40);
LAST(jz_missing_info, label_en, 56);

SIZE(jz_reason_info, 104);
FIELD(jz_reason_info, struct_size, 0);
FIELD(jz_reason_info, member, 4);
FIELD(jz_reason_info, id, 8);
FIELD(jz_reason_info, label_zh, 24);
FIELD(jz_reason_info, label_en, 40);
FIELD(jz_reason_info, distance_zh, 56);
FIELD(jz_reason_info, distance_en, 72);
LAST(jz_reason_info, citation, 88);

SIZE(jz_bulk_options, 48);
FIELD(jz_bulk_options, struct_size, 0);
FIELD(jz_bulk_options, flags, 4);
FIELD(jz_bulk_options, date, 8);
FIELD(jz_bulk_options, known_on, 12);
FIELD(jz_bulk_options, stage, 16);
FIELD(jz_bulk_options, rows, 20);
FIELD(jz_bulk_options, threads, 24);
FIELD(jz_bulk_options, reserved, 28);
FIELD(jz_bulk_options, progress, 32);
LAST(jz_bulk_options, user_data, 40);

SIZE(jz_store_options, 16);
FIELD(jz_store_options, struct_size, 0);
FIELD(jz_store_options, flags, 4);
LAST(jz_store_options, policy, 8);

SIZE(jz_store_info, 48);
FIELD(jz_store_info, struct_size, 0);
FIELD(jz_store_info, reserved, 4);
FIELD(jz_store_info, events, 8);
FIELD(jz_store_info, documents, 16);
FIELD(jz_store_info, persons, 24);
FIELD(jz_store_info, packs, 32);
LAST(jz_store_info, bytes, 40);

SIZE(jz_actor, 40);
FIELD(jz_actor, struct_size, 0);
FIELD(jz_actor, flags, 4);
FIELD(jz_actor, id, 8);
FIELD(jz_actor, role, 16);
FIELD(jz_actor, office, 24);
LAST(jz_actor, time, 32);

SIZE(jz_case_options, 24);
FIELD(jz_case_options, struct_size, 0);
FIELD(jz_case_options, flags, 4);
FIELD(jz_case_options, day, 8);
FIELD(jz_case_options, form, 12);
FIELD(jz_case_options, language, 16);
LAST(jz_case_options, limit, 20);

/* The Arrow project has fixed these. */
_Static_assert(sizeof(struct ArrowSchema) == 72, "ArrowSchema");
_Static_assert(sizeof(struct ArrowArray) == 80, "ArrowArray");
_Static_assert(sizeof(struct ArrowArrayStream) == 40, "ArrowArrayStream");

NUMBER(JZ_ABI, 0);
NUMBER(JZ_OK, 0);
NUMBER(JZ_E_ARGUMENT, 1);
NUMBER(JZ_E_HANDLE, 2);
NUMBER(JZ_E_INDEX, 3);
NUMBER(JZ_E_LIMIT, 10);
NUMBER(JZ_E_CANCELLED, 11);
NUMBER(JZ_E_NO_POLICY, 20);
NUMBER(JZ_E_POLICY, 21);
NUMBER(JZ_E_PLUGIN, 22);
NUMBER(JZ_E_INPUT, 30);
NUMBER(JZ_E_NAME, 31);
NUMBER(JZ_E_TYPE, 32);
NUMBER(JZ_E_UNIT, 33);
NUMBER(JZ_E_RANGE, 34);
NUMBER(JZ_E_CONTRADICTION, 35);
NUMBER(JZ_E_AREA, 36);
NUMBER(JZ_E_REFUSED, 40);
NUMBER(JZ_E_NO_CASE, 41);
NUMBER(JZ_E_STORE, 42);
NUMBER(JZ_E_FILE, 43);
NUMBER(JZ_E_BUSY, 44);
NUMBER(JZ_E_INTERNAL, 90);
NUMBER(JZ_CLASS_PROGRAM, 1);
NUMBER(JZ_CLASS_LIMIT, 2);
NUMBER(JZ_CLASS_POLICY, 3);
NUMBER(JZ_CLASS_INPUT, 4);
NUMBER(JZ_CLASS_INTERNAL, 5);
NUMBER(JZ_CLASS_CASE, 6);
NUMBER(JZ_APPLICATION, 0);
NUMBER(JZ_REVIEW, 1);
NUMBER(JZ_EXPLAIN, 1);
NUMBER(JZ_PRETTY, 2);
NUMBER(JZ_HOUSEHOLD, 0);
NUMBER(JZ_MEMBER, 1);
NUMBER(JZ_OBLIGOR, 2);
NUMBER(JZ_PLOT, 3);
NUMBER(JZ_BILL, 4);
NUMBER(JZ_LOSS, 5);
NUMBER(JZ_INELIGIBLE, 0);
NUMBER(JZ_ELIGIBLE, 1);
NUMBER(JZ_UNDETERMINED, 2);
NUMBER(JZ_CHINESE, 0);
NUMBER(JZ_ENGLISH, 1);
NUMBER(JZ_MONTHLY, 0);
NUMBER(JZ_YEARLY, 1);
NUMBER(JZ_ONCE, 2);
NUMBER(JZ_SUM_UNLIMITED, 1);
NUMBER(JZ_IN_KIND, 2);
NUMBER(JZ_ROW_HOUSEHOLD, 0);
NUMBER(JZ_ROW_BENEFIT, 1);
NUMBER(JZ_READ_ONLY, 1);
NUMBER(JZ_PERSONS, 1);
NUMBER(JZ_JSON, 0);
NUMBER(JZ_TEXT, 1);
NUMBER(JZ_HTML, 2);
