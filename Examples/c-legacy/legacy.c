/* An old system's records, decided two ways: by the library, and by `jiuzhu serve --stdio`.
 *
 *   legacy HOUSEHLD.DAT POLICIES JIUZHU
 *
 * The system writes fixed fields in GB 18030 (README.md has the layout), and its programs are in C of 1990. It says what a
 * field is; what follows from it, it leaves to the policy. A blank field is unknown, and stays unknown.
 *
 * Names of people are never handed over: the library decides without them.
 */
#include <errno.h>
#include <iconv.h>
#include <jiuzhu.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define DATE 20240902
#define DATE_TEXT "2024-09-02"
#define POLICY "heilongjiang/harbin"
#define MEMBERS 40

/* ---------------------------------------------------------------------------------------------------- the old system */

/* A text in GB 18030 of fixed width takes at most this in UTF-8, with its NUL. */
typedef char word[64];

struct member {
    word relation, sex, works, illness, study;
    char birth[9];
    char wages[16], pension[16], other[16]; /* yuan with two decimals; empty where the field is blank */
};

struct household {
    char number[9], area[7];
    word residence;
    char medical[16];
    int count;
    struct member members[MEMBERS];
};

static void stop(const char *why, const char *what) {
    fprintf(stderr, "%s%s%s\n", why, *what ? ": " : "", what);
    exit(1);
}

/* Cuts a field of a record, without the blanks at its end. */
static void cut(const char *record, size_t from, size_t size, char *out) {
    memcpy(out, record + from, size);
    while (size > 0 && out[size - 1] == ' ') size--;
    out[size] = '\0';
}

/* A field of Chinese words, in UTF-8. */
static void cut_words(iconv_t converter, const char *record, size_t from, size_t size, char *out) {
    char field[32];
    char *in = field;
    size_t left, room = sizeof(word) - 1;

    cut(record, from, size, field);
    left = strlen(field);
    if (iconv(converter, &in, &left, &out, &room) == (size_t) -1) stop("a field is not in GB 18030", "");
    *out = '\0';
}

/* Ten digits of fen as yuan; nothing for a blank field. No sum is ever a floating-point number. */
static void cut_money(const char *record, size_t from, char *out) {
    char digits[11];

    cut(record, from, 10, digits);
    *out = '\0';
    if (*digits == '\0') return;
    if (strlen(digits) != 10 || strspn(digits, "0123456789") != 10) stop("a sum has no ten digits", digits);
    sprintf(out, "%.8s.%s", digits, digits + 8);
    while (*out == '0' && out[1] != '.') memmove(out, out + 1, strlen(out));
}

/* The old system's words and the codes of household files. An empty field has none; another word is an error. */
static const char *code(const char *words) {
    static const char *const codes[][2] = {
        { "城镇", "urban" },  { "农村", "rural" },     { "户主", "head" },       { "配偶", "spouse" },
        { "子女", "child" },  { "男", "male" },        { "女", "female" },       { "是", "true" },
        { "否", "false" },    { "无", "none" },        { "慢性病", "chronic" },  { "重大疾病", "serious" },
        { "小学", "primary" }, { "初中", "junior" },
    };
    size_t place;

    for (place = 0; place < sizeof codes / sizeof *codes; place++)
        if (strcmp(codes[place][0], words) == 0) return codes[place][1];
    if (*words) stop("a word that is none", words);
    return "";
}

/* Reads the next household; `line` holds the first record of the one after it. 0 at the end. */
static int next_household(FILE *file, iconv_t converter, char *line, size_t size, struct household *it) {
    if (*line == '\0' && fgets(line, (int) size, file) == NULL) return 0;
    memset(it, 0, sizeof *it);
    if (*line != 'H' || strlen(line) < 49) stop("a household's record was expected", line);
    cut(line, 1, 8, it->number);
    cut(line, 9, 6, it->area);
    cut_words(converter, line, 15, 4, it->residence);
    cut_money(line, 19, it->medical);
    while (fgets(line, (int) size, file) != NULL) {
        struct member *member = &it->members[it->count];
        if (*line != 'M') return 1;
        if (strlen(line) < 83 || it->count == MEMBERS) stop("a member's record was expected", line);
        it->count++;
        cut_words(converter, line, 9, 8, member->relation);
        cut(line, 29, 8, member->birth);
        cut_words(converter, line, 37, 2, member->sex);
        cut_words(converter, line, 39, 2, member->works);
        cut_words(converter, line, 41, 8, member->illness);
        cut_words(converter, line, 49, 4, member->study);
        cut_money(line, 53, member->wages);
        cut_money(line, 63, member->pension);
        cut_money(line, 73, member->other);
    }
    *line = '\0';
    return 1;
}

/* What the system's own rules of admission have made sure of everybody in its file: none has another income than its three
   fields, none is away, disabled, or in special-poverty support. It has to be said: what is not said is unknown. */
static const char *const sure[][2] = {
    { "away", "none" },
    { "disability", "none" },
    { "orphan", "none" },
    { "special_poverty", "false" },
};
static const char *const no_income[] = {
    "business",   "property",     "basic_pension",     "other_transfer", "maintenance_received",
    "farm_subsidy", "old_age_allowance",
};
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* ------------------------------------------------------------------------------------------------------- the library */

/* Ends the program where a call has failed: check(call(..., &error), &error). */
static void check(int32_t code_of_call, jz_error **error) {
    if (code_of_call != JZ_OK) stop("jiuzhu", jz_error_message(*error).data);
}

/* Sets a fact of the newest member, or of the household where the key says so; nothing where the text is empty. */
static void set(jz_builder *builder, const char *name, const char *text) {
    jz_error *error = NULL;

    if (*text) check(jz_builder_set(builder, name, JZ_NUL, text, JZ_NUL, &error), &error);
}

static void build(jz_builder *builder, const struct household *it) {
    jz_error *error = NULL;
    char name[64], birth[11];
    int place;
    size_t next;

    check(jz_builder_clear(builder, &error), &error);
    check(jz_builder_household(builder, it->number, JZ_NUL, &error), &error);
    set(builder, "household.area", it->area);
    set(builder, "household.residence", code(it->residence));
    check(jz_builder_list(builder, JZ_PLOT, &error), &error);
    if (*it->medical) {
        set(builder, "household.rigid_expenditure.medical", it->medical);
        set(builder, "household.rigid_expenditure.others", "none");
    }
    for (place = 0; place < it->count; place++) {
        const struct member *member = &it->members[place];

        check(jz_builder_entry(builder, JZ_MEMBER, &error), &error);
        set(builder, "member.relation", code(member->relation));
        sprintf(birth, "%.4s-%.2s-%.2s", member->birth, member->birth + 4, member->birth + 6);
        set(builder, "member.birth", birth);
        set(builder, "member.sex", code(member->sex));
        set(builder, "member.can_work", code(member->works));
        set(builder, "member.illness", code(member->illness));
        set(builder, "member.study", code(member->study));
        for (next = 0; next < COUNT(sure); next++) {
            sprintf(name, "member.%s", sure[next][0]);
            set(builder, name, sure[next][1]);
        }
        set(builder, "member.refusals", "0");
        set(builder, "member.income.wages", member->wages);
        set(builder, "member.income.pension", member->pension);
        set(builder, "member.income.other", member->other);
        for (next = 0; next < COUNT(no_income); next++) {
            sprintf(name, "member.income.%s", no_income[next]);
            set(builder, name, "0");
        }
    }
}

/* ----------------------------------------------------------------------------------------------- jiuzhu serve --stdio */

struct server {
    pid_t process;
    FILE *to, *from;
};

static struct server start(const char *command, const char *policies) {
    struct server it;
    int in[2], out[2];

    if (pipe(in) != 0 || pipe(out) != 0) stop("no pipe", strerror(errno));
    it.process = fork();
    if (it.process < 0) stop("no process", strerror(errno));
    if (it.process == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[0]), close(in[1]), close(out[0]), close(out[1]);
        execl(command, command, "serve", "--stdio", "--policies", policies, "--policy", POLICY, "--date", DATE_TEXT,
              "--program", "low-income", (char *) NULL);
        _exit(127);
    }
    close(in[0]), close(out[1]);
    it.to = fdopen(in[1], "w");
    it.from = fdopen(out[0], "r");
    if (it.to == NULL || it.from == NULL) stop("no stream", strerror(errno));
    return it;
}

/* `,"key":value` where there is a value; text stands in quotes, numbers and true and false do not. */
static void write_value(FILE *to, const char *key, const char *value) {
    int bare = strspn(value, "0123456789.") == strlen(value) || strcmp(value, "true") == 0 || strcmp(value, "false") == 0;

    if (*value) fprintf(to, bare ? ",\"%s\":%s" : ",\"%s\":\"%s\"", key, value);
}

static void write_household(FILE *to, const struct household *it) {
    char birth[11];
    int place;
    size_t next;

    fprintf(to, "{\"id\":\"%s\",\"area\":\"%s\",\"plots\":\"none\"", it->number, it->area);
    write_value(to, "residence", code(it->residence));
    if (*it->medical) fprintf(to, ",\"rigid_expenditure\":{\"medical\":%s,\"others\":\"none\"}", it->medical);
    fprintf(to, ",\"members\":[");
    for (place = 0; place < it->count; place++) {
        const struct member *member = &it->members[place];

        sprintf(birth, "%.4s-%.2s-%.2s", member->birth, member->birth + 4, member->birth + 6);
        fprintf(to, "%s{\"birth\":\"%s\",\"refusals\":0", place == 0 ? "" : ",", birth);
        write_value(to, "relation", code(member->relation));
        write_value(to, "sex", code(member->sex));
        write_value(to, "can_work", code(member->works));
        write_value(to, "illness", code(member->illness));
        write_value(to, "study", code(member->study));
        for (next = 0; next < COUNT(sure); next++) write_value(to, sure[next][0], sure[next][1]);
        fprintf(to, ",\"income\":{\"%s\":0", no_income[0]);
        for (next = 1; next < COUNT(no_income); next++) write_value(to, no_income[next], "0");
        write_value(to, "wages", member->wages);
        write_value(to, "pension", member->pension);
        write_value(to, "other", member->other);
        fprintf(to, "}}");
    }
    /* One line, and at once. */
    fprintf(to, "]}\n");
    fflush(to);
}

/* The answer's line without its end, to be freed. */
static char *read_line(FILE *from) {
    size_t size = 0, room = 4096;
    char *line = malloc(room);

    for (;;) {
        int next = getc(from);
        if (next == EOF) stop("the server has ended", "");
        if (size + 1 == room) line = realloc(line, room *= 2);
        if (line == NULL) stop("no memory", "");
        if (next == '\n') break;
        line[size++] = (char) next;
    }
    line[size] = '\0';
    return line;
}

/* --------------------------------------------------------------------------------------------------------------- both */

static void say(const struct household *it, const jz_result *result, int same) {
    static const char *const statuses[] = { "ineligible", "eligible", "undetermined" };
    jz_error *error = NULL;
    jz_program_info decision = JZ_PROGRAM_INFO_INIT;
    jz_missing_info missing = JZ_MISSING_INFO_INIT;
    jz_reason_info reason = JZ_REASON_INFO_INIT;
    size_t place;

    check(jz_result_program(result, 0, 0, &decision, &error), &error);
    printf("%s  %d members  %s", it->number, it->count, statuses[decision.status]);
    if (decision.status == JZ_ELIGIBLE)
        printf("  %ld.%02d yuan a month", (long) (decision.least_fen[JZ_MONTHLY] / 100),
               (int) (decision.least_fen[JZ_MONTHLY] % 100));
    printf("\n");
    for (place = 0; jz_result_missing(result, 0, 0, place, &missing, NULL) == JZ_OK; place++)
        printf("          missing: %s\n", missing.path.data);
    for (place = 0; jz_result_reason(result, 0, 0, place, &reason, NULL) == JZ_OK; place++)
        printf("          reason: %s%s%s\n", reason.label_zh.data, reason.distance_zh.size ? ":" : "",
               reason.distance_zh.data);
    printf("          through serve --stdio: %s\n", same ? "the same bytes" : "SOMETHING ELSE");
}

int main(int count, char **arguments) {
    static const char *const programs[] = { "low-income" };
    static struct household household;
    static char line[256];
    jz_policy_options of_policy = JZ_POLICY_OPTIONS_INIT;
    jz_assess_options options = JZ_ASSESS_OPTIONS_INIT;
    jz_policy *policy = NULL;
    jz_builder *builder = NULL;
    jz_error *error = NULL;
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    struct server server;
    FILE *file;
    int differ = 0;

    if (count != 4) stop("usage: legacy HOUSEHLD.DAT POLICIES JIUZHU", "");
    if (converter == (iconv_t) -1) stop("this C library does not know GB 18030", "");
    file = fopen(arguments[1], "rb");
    if (file == NULL) stop(arguments[1], strerror(errno));
    server = start(arguments[3], arguments[2]);
    of_policy.programs = programs;
    of_policy.program_count = 1;
    options.date = DATE;
    check(jz_policy_load(arguments[2], JZ_NUL, POLICY, JZ_NUL, &of_policy, &policy, &error), &error);
    check(jz_builder_new(policy, &builder, &error), &error);

    while (next_household(file, converter, line, sizeof line, &household)) {
        jz_result *result = NULL;
        jz_buffer *json = NULL;
        jz_view text;
        char *answer;
        int same;

        write_household(server.to, &household);
        build(builder, &household);
        check(jz_assess(policy, builder, &options, &result, &error), &error);
        check(jz_result_json(result, 0, &json, &error), &error);
        answer = read_line(server.from);
        text = jz_buffer_view(json);
        same = strlen(answer) == text.size && memcmp(answer, text.data, text.size) == 0;
        differ += !same;
        say(&household, result, same);
        free(answer);
        jz_buffer_free(json);
        jz_result_free(result);
    }

    fclose(server.to);
    fclose(server.from);
    fclose(file);
    iconv_close(converter);
    jz_builder_free(builder);
    jz_policy_free(policy);
    return differ != 0;
}
