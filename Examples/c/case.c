/* Carries one household from the application to the decision and its letter, each step by who may do it.
 *
 *   case POLICIES FILE HOUSEHOLD APPLICATION
 *
 * FILE is made: the file of cases. Each step is checked by the procedure that policy states; one that a rule forbids is refused
 * with that rule and changes nothing, and the program goes on. What the household is entitled to nobody types in.
 */
#include <jiuzhu.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENT "入户调查:房屋为砖瓦结构,邻里反映情况属实。"
#define TOWNSHIP "231025105"
#define COUNTY "231025"

/* Who does what on which day, and what is sealed with it. The first confirmation comes while the public notice still lasts. */
static const struct {
    const char *role, *office, *request, *document;
} steps[] = {
    { "clerk", TOWNSHIP, "{\"step\": \"accept\", \"day\": \"2026-06-02\"}", NULL },
    { "clerk", TOWNSHIP, "{\"step\": \"authorize\", \"day\": \"2026-06-02\", \"members\": [0, 1], \"from\": \"2026-06-02\","
                         " \"until\": \"2027-06-01\"}", NULL },
    { "verifier", COUNTY, "{\"step\": \"verify\", \"day\": \"2026-06-05\"}", DOCUMENT },
    { "surveyor", TOWNSHIP, "{\"step\": \"visit\", \"day\": \"2026-06-06\", \"from\": \"2026-06-06\","
                            " \"visitors\": [\"surveyor-1\", \"village-3\"]}", DOCUMENT },
    { "clerk", TOWNSHIP, "{\"step\": \"assess\", \"day\": \"2026-06-08\"}", NULL },
    { "reviewer", TOWNSHIP, "{\"step\": \"review\", \"day\": \"2026-06-09\", \"verdict\": \"approve\"}", NULL },
    { "clerk", TOWNSHIP, "{\"step\": \"publish\", \"day\": \"2026-06-10\"}", DOCUMENT },
    { "confirmer", COUNTY, "{\"step\": \"confirm\", \"day\": \"2026-06-16\", \"verdict\": \"approve\"}", NULL },
    { "confirmer", COUNTY, "{\"step\": \"confirm\", \"day\": \"2026-06-18\", \"verdict\": \"approve\"}", NULL },
};

static int failed(jz_error *error) {
    fprintf(stderr, "%s\n", jz_error_message(error).data);
    jz_error_free(error);
    return 1;
}

/* Somebody who acts; the day is fixed, so that the letter is the same each time this runs. */
static jz_actor actor(const char *role, const char *office) {
    jz_actor actor = JZ_ACTOR_INIT;

    actor.id = role; /* a staff number, where there is more than one of a role */
    actor.role = role;
    actor.office = office;
    actor.time = 1782120000; /* 2026-06-22 in China */
    return actor;
}

/* The text of a small file; NULL where it cannot be read. */
static char *text_of(const char *path) {
    static const size_t most = 1 << 16;
    FILE *file = fopen(path, "rb");
    char *text = file == NULL ? NULL : calloc(1, most);

    if (text != NULL && fread(text, 1, most - 1, file) == 0) {
        free(text);
        text = NULL;
    }
    if (file != NULL) fclose(file);
    if (text == NULL) fprintf(stderr, "%s cannot be read\n", path);
    return text;
}

/* Prints an answer and frees it. */
static void print(jz_buffer *text) {
    fputs(jz_buffer_view(text).data, stdout);
    jz_buffer_free(text);
}

int main(int count, char **arguments) {
    jz_store_options of_store = JZ_STORE_OPTIONS_INIT;
    jz_case_options options = JZ_CASE_OPTIONS_INIT;
    jz_actor clerk = actor("clerk", TOWNSHIP);
    jz_policy *policy = NULL;
    jz_store *store = NULL;
    jz_buffer *text = NULL, *anchor = NULL;
    jz_error *error = NULL;
    unsigned char key[32];
    char *household, *application;
    FILE *chance;
    int64_t number;
    size_t place;

    if (count != 5) return fprintf(stderr, "usage: case POLICIES FILE HOUSEHOLD APPLICATION\n"), 64;
    household = text_of(arguments[3]);
    application = text_of(arguments[4]);
    if (household == NULL || application == NULL) return 1;

    /* Who has the key can read and forge all of the file: a host keeps it where others do not come. */
    chance = fopen("/dev/urandom", "rb");
    if (chance == NULL || fread(key, 1, sizeof key, chance) != sizeof key) return fprintf(stderr, "no random key\n"), 1;
    fclose(chance);

    if (jz_policy_load(arguments[1], JZ_NUL, "heilongjiang/mudanjiang", JZ_NUL, NULL, &policy, &error) != JZ_OK)
        return failed(error);
    of_store.policy = policy;
    if (jz_store_create(arguments[2], JZ_NUL, key, sizeof key, &of_store, &store, &error) != JZ_OK
        || jz_case_open(store, &clerk, application, JZ_NUL, household, JZ_NUL, &number, &text, &error) != JZ_OK)
        return failed(error);
    jz_buffer_free(text);
    free(household);
    free(application);

    options.form = JZ_TEXT;
    options.day = 20260623;
    for (place = 0; place < sizeof steps / sizeof *steps; place++) {
        const jz_actor who = actor(steps[place].role, steps[place].office);
        const char *document = steps[place].document;
        int32_t code = jz_case_advance(store, &who, number, steps[place].request, JZ_NUL, document,
                                       document == NULL ? 0 : strlen(document), &text, &error);

        if (code == JZ_E_REFUSED) {
            printf("%s\n", jz_error_message(error).data);
            jz_error_free(error);
            continue;
        }
        if (code != JZ_OK) return failed(error);
        jz_buffer_free(text);
        if (jz_case_list(store, &clerk, TOWNSHIP, JZ_NUL, NULL, 0, &options, &text, &error) != JZ_OK) return failed(error);
        print(text);
    }

    /* Hands the decision over: the text of its letter is sealed with the step. */
    if (jz_case_decide(store, &clerk, number, 20260622, JZ_TEXT, &text, &error) != JZ_OK) return failed(error);
    printf("\n");
    print(text);
    if (jz_case_show(store, &clerk, number, &options, &text, &error) != JZ_OK) return failed(error);
    printf("\n");
    print(text);

    /* The anchor is kept elsewhere; with it a file whose end was cut off is found later. */
    if (jz_store_anchor(store, &anchor, &error) != JZ_OK
        || jz_store_verify(store, jz_buffer_view(anchor).data, JZ_NUL, &text, &error) != JZ_OK)
        return failed(error);
    printf("\nthe file is %s\n", strstr(jz_buffer_view(text).data, "\"whole\":true") != NULL ? "whole" : "NOT whole");
    jz_buffer_free(text);

    jz_buffer_free(anchor);
    jz_store_free(store);
    jz_policy_free(policy);
    return 0;
}
