/* Calls of the builder in any order, with any values. */
#include "common.h"

struct input {
    const uint8_t *data;
    size_t size;
};

static uint64_t number(struct input *input, int bytes)
{
    uint64_t value = 0;
    while (bytes-- > 0 && input->size > 0) {
        value = value << 8 | *input->data++;
        input->size--;
    }
    return value;
}

static size_t text(struct input *input, char *out)
{
    size_t count = number(input, 1) & 31, place;
    for (place = 0; place < count; place++)
        out[place] = (char)number(input, 1);
    out[count] = 0;
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {
        "household.residence", "household.area", "household.size", "member.birth", "member.relation", "member.income",
        "member.income.wages", "member.income.others", "member.income.total", "member.citizen_number", "member.disability",
        "member.disability_certificate", "member.illness", "obligor.relation", "bill.cost", "plot.area", "loss.kind",
    };
    struct input input = {data, size};
    jz_assess_options options = fuzz_options();
    jz_builder *builder = NULL;
    jz_result *result = NULL;
    jz_error *error = NULL;
    char value[64];
    int calls = 0;
    PROMISE(jz_builder_new(fuzz_policy(), &builder, NULL) == JZ_OK);
    while (input.size > 0 && calls++ < 400) {
        uint64_t what = number(&input, 1);
        jz_fact fact = (jz_fact)number(&input, 1 + (what >> 7));
        int32_t answer;
        error = NULL;
        switch (what & 15) {
        case 0: case 1: answer = jz_builder_household(builder, value, text(&input, value), &error); break;
        case 2: case 3: answer = jz_builder_entry(builder, fact, &error); break;
        case 4: answer = jz_builder_list(builder, fact, &error); break;
        case 5: answer = jz_builder_select(builder, fact & 7, number(&input, 1), &error); break;
        case 6: case 7: {
            const char *name = names[(size_t)fact % (sizeof names / sizeof *names)];
            answer = jz_builder_set(builder, name, JZ_NUL, value, text(&input, value), &error);
            break;
        }
        case 8: answer = jz_builder_set_text(builder, fact, value, text(&input, value), &error); break;
        case 9: answer = jz_builder_set_count(builder, fact, (int64_t)number(&input, 8), &error); break;
        case 10: answer = jz_builder_set_amount(builder, fact, (int64_t)number(&input, 8), NULL, 0, &error); break;
        case 11: answer = jz_builder_set_bool(builder, fact, (int32_t)number(&input, 1), &error); break;
        case 12: answer = jz_builder_set_date(builder, fact, (int32_t)number(&input, 4), &error); break;
        case 13: answer = jz_builder_set_code(builder, fact, (int64_t)number(&input, 1 + 7 * (what >> 7)), &error); break;
        case 14: answer = jz_builder_set_none(builder, fact, &error); break;
        default: answer = jz_builder_unset(builder, fact, &error); break;
        }
        fuzz_error(answer, error);
    }
    error = NULL;
    {
        int32_t answer = jz_assess(fuzz_policy(), builder, &options, &result, &error);
        PROMISE((answer == JZ_OK) == (result != NULL));
        fuzz_error(answer, error);
    }
    if (result != NULL && jz_result_count(result) > 0) {
        jz_buffer *json = NULL;
        error = NULL;
        fuzz_error(jz_result_json(result, 0, &json, &error), error);
        jz_buffer_free(json);
    }
    jz_result_free(result);
    jz_builder_free(builder);
    return 0;
}
