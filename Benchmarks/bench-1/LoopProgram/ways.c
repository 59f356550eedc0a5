// The same households through the C library: many as a stream of Arrow record batches, one at a time fact by fact and as JSON.
// Every amount is compared with the loop's. Prints a line for each way.
// usage: bench-1-ways PARAMS DATADIR RUNS POLICIES JURISDICTION
#define _GNU_SOURCE
#include <jiuzhu.h>

#include "data.h"

enum { BATCH = 65536, SINGLES = 1000, HOUSE_COLUMNS = 8, MEMBER_COLUMNS = 10, COLUMNS = HOUSE_COLUMNS + MEMBER_COLUMNS };

// R1 to R8.
static const char *const programs[BENCH_AMOUNTS] = {"low-income", "special-poverty", "medical", "education",
                                                    "housing.repair", "employment", "heating", "temporary-relief"};
static const char *const run_programs[BENCH_AMOUNTS] = {"low-income", "special-poverty", "medical", "education",
                                                        "housing", "employment", "heating", "temporary-relief"};

// What the numbers of the data stand for, and their places in the lists of the facts.
static const char *const regions[] = {"r00", "r01", "r02", "r03", "r04", "r05", "r06",
                                      "r07", "r08", "r09", "r10", "r11", "r12", "r13"};
static const char *const residences[] = {"rural", "urban"}, *const dangers[] = {"A", "C", "D"};
static const char *const studies[] = {"none", "preschool", "primary", "senior", "bachelor"};
static const char *const cares[] = {"able", "partial", "unable"}, *const nothing[] = {"none"};
static const int64_t residence_places[] = {1, 0}, danger_places[] = {0, 2, 3}, study_places[] = {0, 1, 2, 4, 7};

static void check(int32_t code, jz_error *error) {
    if (code == JZ_OK) return;
    fprintf(stderr, "%s: %s\n", program_invocation_short_name, jz_error_message(error).data);
    exit(1);
}
// A call whose last argument is `&error`.
#define DO(call) do { jz_error *error = NULL; check(call, error); } while (0)

static void same(const char *way, size_t household, int program, int64_t found, int64_t expected) {
    if (found == expected) return;
    fprintf(stderr, "%s: %s, household %zu, R%d: %lld, and the loop says %lld\n", program_invocation_short_name, way,
            household, program + 1, (long long)found, (long long)expected);
    exit(1);
}

// ── Arrow in ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

// A column: its fact, its format, how wide its rows are, where they lie, and its words where they are numbers of these.
typedef struct {
    const char *name, *format;
    size_t width;
    const void *rows;
    const char *const *words;
    size_t word_count;
} source_column;

#define WORDS(list) list, sizeof(list) / sizeof *(list)

typedef struct {
    const bench_columns *columns;
    source_column sources[COLUMNS];  // of households, the last of them the members; then of members
    size_t next;
} source;

static void release_schema(struct ArrowSchema *schema) { schema->release = NULL; }
static void release_array(struct ArrowArray *array) { array->release = NULL; }
static void free_array(struct ArrowArray *array) {
    free(array->private_data);
    array->release = NULL;
}
static void free_schema(struct ArrowSchema *schema) {
    free(schema->private_data);
    schema->release = NULL;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    source *source = stream->private_data;
    struct block {
        struct ArrowSchema columns[COLUMNS], entry, words;
        struct ArrowSchema *children[COLUMNS], *entries[1];
    } *block = calloc(1, sizeof *block);
    if (!block) return ENOMEM;
    block->words = (struct ArrowSchema){.format = "u", .name = "", .release = release_schema};
    block->entry = (struct ArrowSchema){.format = "+s", .name = "item", .release = release_schema,
                                        .n_children = MEMBER_COLUMNS, .children = block->children + HOUSE_COLUMNS};
    block->entries[0] = &block->entry;
    for (int place = 0; place < COLUMNS; place++) {
        block->children[place] = &block->columns[place];
        block->columns[place] = (struct ArrowSchema){.format = source->sources[place].format, .name = source->sources[place].name,
                                                     .release = release_schema};
        if (source->sources[place].words) block->columns[place].dictionary = &block->words;
    }
    block->columns[HOUSE_COLUMNS - 1].n_children = 1;
    block->columns[HOUSE_COLUMNS - 1].children = block->entries;
    *out = (struct ArrowSchema){.format = "+s", .name = "", .n_children = HOUSE_COLUMNS, .children = block->children,
                                .release = free_schema, .private_data = block};
    return 0;
}

// The columns as they lie in memory: nothing is copied but the words.
static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    source *source = stream->private_data;
    const size_t first = source->next, left = source->columns->households - first, count = left < BATCH ? left : BATCH;
    *out = (struct ArrowArray){0};
    if (count == 0) return 0;
    source->next += count;
    struct block {
        struct ArrowArray columns[COLUMNS], words[COLUMNS], entry;
        struct ArrowArray *children[COLUMNS], *entries[1];
        const void *buffers[COLUMNS][2], *word_buffers[COLUMNS][3];
        int32_t ends[COLUMNS][BENCH_REGIONS + 1];
        char texts[COLUMNS][128];
    } *block = calloc(1, sizeof *block);
    if (!block) return ENOMEM;
    const int64_t members = source->columns->offsets[first + count];
    for (int place = 0; place < COLUMNS; place++) {
        const source_column *column = &source->sources[place];
        const int is_member = place >= HOUSE_COLUMNS;
        block->buffers[place][1] = (const char *)column->rows + (is_member ? 0 : first * column->width);
        block->children[place] = &block->columns[place];
        block->columns[place] = (struct ArrowArray){.length = is_member ? members : (int64_t)count, .n_buffers = 2,
                                                    .buffers = block->buffers[place], .release = release_array};
        if (!column->words) continue;
        for (size_t word = 0; word < column->word_count; word++) {
            strcat(block->texts[place], column->words[word]);
            block->ends[place][word + 1] = (int32_t)strlen(block->texts[place]);
        }
        block->word_buffers[place][1] = block->ends[place];
        block->word_buffers[place][2] = block->texts[place];
        block->words[place] = (struct ArrowArray){.length = (int64_t)column->word_count, .n_buffers = 3,
                                                  .buffers = block->word_buffers[place], .release = release_array};
        block->columns[place].dictionary = &block->words[place];
    }
    static const void *always[1];
    block->entry = (struct ArrowArray){.length = members, .n_buffers = 1, .buffers = always, .n_children = MEMBER_COLUMNS,
                                       .children = block->children + HOUSE_COLUMNS, .release = release_array};
    block->entries[0] = &block->entry;
    block->columns[HOUSE_COLUMNS - 1].n_children = 1;
    block->columns[HOUSE_COLUMNS - 1].children = block->entries;
    *out = (struct ArrowArray){.length = (int64_t)count, .n_buffers = 1, .buffers = always, .n_children = HOUSE_COLUMNS,
                               .children = block->children, .release = free_array, .private_data = block};
    return 0;
}

static const char *last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}
static void release_stream(struct ArrowArrayStream *stream) { stream->release = NULL; }

// ── Arrow out ────────────────────────────────────────────────────────────────────────────────────────────────────────────

// The columns of an answer that a programme's sums stand in: by least and most, at most three periods.
typedef struct {
    int64_t columns[BENCH_AMOUNTS][2][3];
    int counts[BENCH_AMOUNTS][2];
} sum_columns;

static sum_columns find(const struct ArrowSchema *schema) {
    sum_columns found = {0};
    static const char *const periods[] = {"monthly", "yearly", "once"}, *const ends[] = {"least", "most"};
    for (int64_t child = 0; child < schema->n_children; child++)
        for (int program = 0; program < BENCH_AMOUNTS; program++)
            for (int end = 0; end < 2; end++)
                for (int period = 0; period < 3; period++) {
                    char name[128];
                    snprintf(name, sizeof name, "%s.%s.%s", programs[program], periods[period], ends[end]);
                    if (strcmp(name, schema->children[child]->name)) continue;
                    found.columns[program][end][found.counts[program][end]++] = child;
                }
    return found;
}

// Writes the sums of a record batch to `amounts`, from household `first` on; where least and most differ, less than nothing.
static void read_sums(const struct ArrowArray *array, const sum_columns *found, size_t first, const bench_results *amounts) {
    for (int program = 0; program < BENCH_AMOUNTS; program++) {
        int64_t *amount = amounts->amounts[program] + first;
        memset(amount, 0, (size_t)array->length * sizeof *amount);
        for (int number = 0; number < found->counts[program][0]; number++) {
            const struct ArrowArray *least = array->children[found->columns[program][0][number]];
            const struct ArrowArray *most = array->children[found->columns[program][1][number]];
            // There is no benefit of this period.
            if (most->null_count == most->length) continue;
            const uint8_t *known = most->null_count ? most->buffers[0] : NULL;
            const int64_t *low = (const int64_t *)least->buffers[1] + least->offset;
            const int64_t *high = (const int64_t *)most->buffers[1] + most->offset;
            for (int64_t row = 0; row < array->length; row++) {
                const int64_t bit = row + most->offset;
                const int is_known = !known || (known[bit / 8] >> (bit % 8) & 1);
                amount[row] += is_known && low[row] == high[row] ? low[row] : INT64_MIN / 8;
            }
        }
    }
}

// One run over all households: seconds.
static double arrow(const jz_policy *policy, source *source, int threads, const bench_results *amounts) {
    const double start = now();
    struct ArrowArrayStream in = {get_schema, get_next, last_error, release_stream, source}, answer = {0};
    jz_bulk_options options = JZ_BULK_OPTIONS_INIT;
    options.date = 20250601;
    options.threads = threads;
    source->next = 0;
    DO(jz_assess_arrow(policy, &in, NULL, &options, &answer, NULL, &error));
    struct ArrowSchema schema = {0};
    if (answer.get_schema(&answer, &schema)) fail(answer.get_last_error(&answer));
    const sum_columns found = find(&schema);
    schema.release(&schema);
    size_t households = 0;
    for (;;) {
        struct ArrowArray array = {0};
        if (answer.get_next(&answer, &array)) fail(answer.get_last_error(&answer));
        if (!array.release) break;
        read_sums(&array, &found, households, amounts);
        households += (size_t)array.length;
        array.release(&array);
    }
    answer.release(&answer);
    if (households != source->columns->households) fail("households of the answer");
    return now() - start;
}

// ── One household ────────────────────────────────────────────────────────────────────────────────────────────────────────

typedef struct {
    jz_fact years, grade, illness, study, wages, cost, can_work, self_care, no_supporter;
    jz_fact region, residence, assets, vehicles, homes, danger, heated_area;
} facts;

static jz_fact fact(const jz_policy *policy, const char *name) {
    jz_fact found = -1;
    DO(jz_fact_find(policy, name, JZ_NUL, &found, &error));
    return found;
}

static facts find_facts(const jz_policy *policy) {
    return (facts){
        .years = fact(policy, "member.years"), .grade = fact(policy, "member.disability_grade"),
        .illness = fact(policy, "member.severe_illness"), .study = fact(policy, "member.study"),
        .wages = fact(policy, "member.income.wages"), .cost = fact(policy, "member.cost_in_scope"),
        .can_work = fact(policy, "member.can_work"), .self_care = fact(policy, "member.self_care"),
        .no_supporter = fact(policy, "member.no_supporter"), .region = fact(policy, "household.region"),
        .residence = fact(policy, "household.residence"), .assets = fact(policy, "household.financial_assets"),
        .vehicles = fact(policy, "household.vehicles"), .homes = fact(policy, "household.homes"),
        .danger = fact(policy, "household.house_danger"), .heated_area = fact(policy, "household.heated_area")};
}

static void build(jz_builder *builder, const facts *facts, const bench_columns *columns, size_t h) {
    DO(jz_builder_clear(builder, &error));
    DO(jz_builder_household(builder, NULL, 0, &error));
    DO(jz_builder_set_code(builder, facts->region, columns->region[h], &error));
    DO(jz_builder_set_code(builder, facts->residence, residence_places[columns->urban[h]], &error));
    DO(jz_builder_set_amount(builder, facts->assets, columns->deposits[h], NULL, 0, &error));
    DO(jz_builder_set_count(builder, facts->vehicles, columns->vehicles[h], &error));
    DO(jz_builder_set_count(builder, facts->homes, columns->houses[h], &error));
    DO(jz_builder_set_code(builder, facts->danger, danger_places[columns->house_grade[h]], &error));
    DO(jz_builder_set_amount(builder, facts->heated_area, columns->heating_m2[h] * 100, NULL, 0, &error));
    for (size_t m = columns->offsets[h]; m < columns->offsets[h + 1]; m++) {
        DO(jz_builder_entry(builder, JZ_MEMBER, &error));
        DO(jz_builder_list(builder, JZ_OBLIGOR, &error));
        DO(jz_builder_set_count(builder, facts->years, columns->age[m], &error));
        DO(jz_builder_set_count(builder, facts->grade, columns->disability_grade[m], &error));
        DO(jz_builder_set_bool(builder, facts->illness, columns->severe_illness[m], &error));
        DO(jz_builder_set_code(builder, facts->study, study_places[columns->student_stage[m]], &error));
        DO(jz_builder_set_amount(builder, facts->wages, columns->monthly_income[m], NULL, 0, &error));
        DO(jz_builder_set_amount(builder, facts->cost, columns->medical_oop[m], NULL, 0, &error));
        DO(jz_builder_set_bool(builder, facts->can_work, columns->can_work[m], &error));
        DO(jz_builder_set_code(builder, facts->self_care, columns->cares[m], &error));
        DO(jz_builder_set_bool(builder, facts->no_supporter, columns->no_supporter[m], &error));
    }
}

static const char *yes_no(int is) { return is ? "true" : "false"; }

static size_t write_json(char *text, size_t room, const bench_columns *columns, size_t h) {
    size_t size = 0;
#define ADD(...) size += (size_t)snprintf(text + size, room - size, __VA_ARGS__); if (size >= room) fail("room for JSON")
#define FEN(sum) (long long)(sum) / 100, (int)((sum) % 100)
    ADD("{\"region\": \"%s\", \"residence\": \"%s\", \"financial_assets\": %lld.%02d, \"vehicles\": %d, \"homes\": %d, "
        "\"house_danger\": \"%s\", \"heated_area\": %d, \"members\": [",
        regions[columns->region[h]], residences[columns->urban[h]], FEN(columns->deposits[h]), columns->vehicles[h],
        columns->houses[h], dangers[columns->house_grade[h]], columns->heating_m2[h]);
    for (size_t m = columns->offsets[h]; m < columns->offsets[h + 1]; m++) {
        ADD("%s{\"years\": %d, \"disability_grade\": %d, \"severe_illness\": %s, \"study\": \"%s\", \"income\": {\"wages\": "
            "%lld.%02d}, \"cost_in_scope\": %lld.%02d, \"can_work\": %s, \"self_care\": \"%s\", \"no_supporter\": %s, "
            "\"obligors\": []}",
            m > columns->offsets[h] ? ", " : "", columns->age[m], columns->disability_grade[m],
            yes_no(columns->severe_illness[m]), studies[columns->student_stage[m]], FEN(columns->monthly_income[m]),
            FEN(columns->medical_oop[m]), yes_no(columns->can_work[m]), cares[columns->cares[m]],
            yes_no(columns->no_supporter[m]));
    }
    ADD("]}");
    return size;
}

// The places of R1 to R8 among the programmes of a result.
static void find_programs(const jz_result *result, size_t places[BENCH_AMOUNTS]) {
    jz_household_info household = JZ_HOUSEHOLD_INFO_INIT;
    DO(jz_result_household(result, 0, &household, &error));
    for (int program = 0; program < BENCH_AMOUNTS; program++) {
        places[program] = SIZE_MAX;
        for (size_t place = 0; place < household.program_count; place++) {
            jz_program_info info = JZ_PROGRAM_INFO_INIT;
            DO(jz_result_program(result, 0, place, &info, &error));
            if (!strcmp(info.id.data, programs[program])) places[program] = place;
        }
        if (places[program] == SIZE_MAX) fail(programs[program]);
    }
}

static void compare(const char *way, const jz_result *result, const size_t places[BENCH_AMOUNTS], size_t household,
                    const bench_results *expected) {
    for (int program = 0; program < BENCH_AMOUNTS; program++) {
        jz_program_info info = JZ_PROGRAM_INFO_INIT;
        DO(jz_result_program(result, 0, places[program], &info, &error));
        int64_t sum = 0;
        for (int period = 0; period < 3; period++)
            sum += info.least_fen[period] == info.most_fen[period] ? info.least_fen[period] : -1;
        same(way, household, program, sum, expected->amounts[program][household]);
    }
}

static void say(const char *way, double microseconds) { printf("  %-58s %10.2f us\n", way, microseconds); }

// Each way `runs` times over some households; the median of the means.
static void singles(const jz_policy *policy, const bench_columns *columns, const bench_results *expected, size_t runs) {
    const size_t count = columns->households < SINGLES ? columns->households : SINGLES;
    const facts known = find_facts(policy);
    jz_assess_options options = JZ_ASSESS_OPTIONS_INIT, explained = JZ_ASSESS_OPTIONS_INIT;
    options.date = explained.date = 20250601;
    explained.flags = JZ_EXPLAIN;
    char (*texts)[4096] = reserve(count * sizeof *texts);
    size_t *sizes = reserve(count * sizeof *sizes), places[BENCH_AMOUNTS];
    jz_builder *builder = NULL;
    DO(jz_builder_new(policy, &builder, &error));
    for (size_t h = 0; h < count; h++) {
        jz_result *result = NULL;
        build(builder, &known, columns, h);
        DO(jz_assess(policy, builder, &options, &result, &error));
        if (h == 0) find_programs(result, places);
        compare("the builder", result, places, h, expected);
        jz_result_free(result);
        sizes[h] = write_json(texts[h], sizeof *texts, columns, h);
        DO(jz_builder_clear(builder, &error));
        DO(jz_builder_read_json(builder, texts[h], sizes[h], &options, &error));
        DO(jz_assess(policy, builder, &options, &result, &error));
        compare("JSON", result, places, h, expected);
        jz_result_free(result);
    }

    double *times = reserve(runs * sizeof *times);
#define EACH(way, body)                                                \
    for (size_t turn = 0; turn < runs; turn++) {                       \
        double spent = 0;                                              \
        for (size_t h = 0; h < count; h++) {                           \
            jz_result *result = NULL;                                  \
            jz_buffer *buffer = NULL;                                  \
            double start = 0;                                          \
            body;                                                      \
            spent += now() - start;                                    \
            jz_result_free(result);                                    \
            jz_buffer_free(buffer);                                    \
        }                                                              \
        times[turn] = spent / (double)count;                           \
    }                                                                  \
    say(way, median(times, runs) * 1e6);
#define BEGIN start = now()
#define ASSESS DO(jz_assess(policy, builder, &options, &result, &error))
    EACH("its facts set in the builder", BEGIN; build(builder, &known, columns, h))
    EACH("decided from the builder", build(builder, &known, columns, h); BEGIN; ASSESS)
    EACH("set, decided, and the sums of eight programmes read", BEGIN; build(builder, &known, columns, h); ASSESS;
         compare("the builder", result, places, h, expected))
    EACH("JSON in, JSON out", BEGIN; DO(jz_assess_json(policy, texts[h], sizes[h], &options, &buffer, &error)))
    EACH("JSON in, JSON out with every step", BEGIN;
         DO(jz_assess_json(policy, texts[h], sizes[h], &explained, &buffer, &error)))
    EACH("every step of a result as text", build(builder, &known, columns, h); ASSESS; BEGIN;
         DO(jz_result_text(result, 0, JZ_ENGLISH, JZ_EXPLAIN, &buffer, &error)))
    jz_builder_free(builder);
}

int main(int count, char **arguments) {
    if (count != 6) fail("usage: bench-1-ways PARAMS DATADIR RUNS POLICIES JURISDICTION");
    const bench_figures known = figures(arguments[1]);
    const bench_columns columns = read_columns(arguments[2]);
    const size_t runs = strtoul(arguments[3], NULL, 10), households = columns.households;
    if (runs < 1 || runs > 1000 || households == 0) fail("runs or households");
    const bench_results expected = room(households), amounts = room(households);
    double *loops = reserve(runs * sizeof *loops), *streams = reserve(runs * sizeof *streams);

    jz_policy *policy = NULL;
    jz_policy_options options = JZ_POLICY_OPTIONS_INIT;
    options.programs = run_programs;
    options.program_count = BENCH_AMOUNTS;
    DO(jz_policy_load(arguments[4], JZ_NUL, arguments[5], JZ_NUL, &options, &policy, &error));

    const size_t members = columns.offsets[households];
    source source = {&columns, {
        {"region", "C", 1, columns.region, WORDS(regions)}, {"residence", "C", 1, columns.urban, WORDS(residences)},
        {"financial_assets", "d:18,2,64", 8, columns.deposits, NULL, 0}, {"vehicles", "C", 1, columns.vehicles, NULL, 0},
        {"homes", "C", 1, columns.houses, NULL, 0}, {"house_danger", "C", 1, columns.house_grade, WORDS(dangers)},
        {"heated_area", "S", 2, columns.heating_m2, NULL, 0}, {"members", "+l", 4, columns.offsets, NULL, 0},
        {"years", "C", 1, columns.age, NULL, 0}, {"disability_grade", "C", 1, columns.disability_grade, NULL, 0},
        {"severe_illness", "C", 1, columns.severe_illness, NULL, 0},
        {"study", "C", 1, columns.student_stage, WORDS(studies)},
        {"income.wages", "d:18,2,64", 8, columns.monthly_income, NULL, 0},
        {"cost_in_scope", "d:18,2,64", 8, columns.medical_oop, NULL, 0}, {"can_work", "C", 1, columns.can_work, NULL, 0},
        {"self_care", "C", 1, columns.cares, WORDS(cares)}, {"no_supporter", "C", 1, columns.no_supporter, NULL, 0},
        {"obligors", "C", 1, memset(reserve(members), 0, members), WORDS(nothing)}}, 0};

    double one = 0;
    for (int threads = 1; threads <= 2; threads++) {
        // The first is to warm up. The loop and the stream take turns, so that what else runs is equal for both.
        for (size_t turn = 0; turn <= runs; turn++) {
            const double start = now();
            bench_loop(&known, &columns, 0, households, &expected);
            const double loop = now() - start, stream = arrow(policy, &source, threads, &amounts);
            if (turn > 0) { loops[turn - 1] = loop; streams[turn - 1] = stream; }
        }
        for (int program = 0; program < BENCH_AMOUNTS; program++)
            for (size_t h = 0; h < households; h++)
                same("Arrow", h, program, amounts.amounts[program][h], expected.amounts[program][h]);
        const double time = median(streams, runs), loop = median(loops, runs);
        if (threads == 1) {
            printf("a stream of Arrow record batches in, decisions as such a stream out; each amount is the loop's\n");
            printf("  %d thread:  %6.1f ns a household, %.2f of C's loop on one core\n", threads, time / (double)households * 1e9, time / loop);
            one = time;
        } else {
            printf("  %d threads: %6.1f ns a household, %.2f times one\n", threads, time / (double)households * 1e9, one / time);
        }
    }
    printf("one household through each way in, mean over %d, each amount is the loop's\n", (int)(households < SINGLES ? households : SINGLES));
    singles(policy, &columns, &expected, runs);
    jz_policy_free(policy);
    return 0;
}
