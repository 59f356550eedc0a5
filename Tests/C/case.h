/* A whole case, from the application to the decision and its letter, through every function for cases. */
#ifndef JZ_TEST_CASE_H
#define JZ_TEST_CASE_H

#include "common.h"
#include <unistd.h>

static const unsigned char test_key[32] = "0123456789abcdef0123456789abcde";
static const unsigned char test_other_key[32] = "fedcba9876543210fedcba987654321";

/* A couple of 柳树镇 (林口县). */
static const char test_application[] =
    "{\"step\": \"apply\", \"day\": \"2026-06-01\", \"programs\": [\"low-income\"], \"area\": \"231025105\", \"people\": ["
    "{\"citizen_number\": \"000000195103080019\", \"name\": \"李长顺\"},"
    "{\"citizen_number\": \"000000195411200027\", \"name\": \"张桂兰\"}]}";

/* Who acts: at the township, or at the county. */
static inline jz_actor test_actor(const char *role, const char *id, const char *office)
{
    jz_actor actor = JZ_ACTOR_INIT;
    actor.id = id;
    actor.role = role;
    actor.office = office;
    actor.time = 1788254400; /* 2026-09-01 in China, after all that is done */
    return actor;
}

#define TEST_TOWNSHIP "231025105"
#define TEST_COUNTY "231025"

/* The text of a file of the repository, which lies beside the folder of policies; ends where there is none. */
static inline const char *test_text(const char *policies, const char *name)
{
    static char text[1 << 16];
    char path[4096];
    FILE *file;
    size_t size;
    snprintf(path, sizeof path, "%s/../%s", policies, name);
    file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(2);
    }
    size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = 0;
    return text;
}

/* A folder of its own for the files of a test. */
static inline const char *test_folder(void)
{
    static char folder[] = "/tmp/jiuzhu-cases-XXXXXX";
    if (mkdtemp(folder) == NULL) {
        fprintf(stderr, "there is no room in /tmp\n");
        exit(2);
    }
    return folder;
}

/* The path of a file in it, until the next. */
static inline const char *test_path(const char *folder, const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Removes a file with what stands beside it. */
static inline void test_remove(const char *path)
{
    char other[4200];
    remove(path);
    snprintf(other, sizeof other, "%s-wal", path);
    remove(other);
    snprintf(other, sizeof other, "%s-shm", path);
    remove(other);
}

/* Whether a text is in a buffer, which is freed. */
static inline int test_has(jz_buffer *buffer, const char *text)
{
    int found = strstr(jz_buffer_view(buffer).data, text) != NULL;
    if (!found)
        fprintf(stderr, "'%s' is not in: %s\n", text, jz_buffer_view(buffer).data);
    jz_buffer_free(buffer);
    return found;
}

/* A step that must be done, with a document or NULL, and the stage to which it leads. */
static inline void test_step(jz_store *store, jz_actor actor, const char *request, const char *document,
                             const char *stage)
{
    jz_buffer *state = NULL;
    jz_error *error = NULL;
    char expected[64];
    if (jz_case_advance(store, &actor, 1, request, JZ_NUL, document, document == NULL ? 0 : strlen(document), &state,
                        &error) != JZ_OK) {
        fprintf(stderr, "%s: %s\n", request, jz_error_message(error).data);
        jz_test_failures++;
        jz_error_free(error);
        return;
    }
    snprintf(expected, sizeof expected, "\"stage\": \"%s\"", stage);
    CHECK(test_has(state, expected));
}

static inline void test_whole_case(const char *policies, const char *folder)
{
    jz_policy *policy = test_policy(policies, "heilongjiang/mudanjiang");
    jz_store_options of_store = JZ_STORE_OPTIONS_INIT;
    jz_case_options options = JZ_CASE_OPTIONS_INIT;
    jz_store_info info = JZ_STORE_INFO_INIT;
    jz_actor clerk = test_actor("clerk", "c-1", TEST_TOWNSHIP), verifier = test_actor("verifier", "v-1", TEST_COUNTY);
    jz_actor surveyor = test_actor("surveyor", "s-1", TEST_TOWNSHIP);
    jz_actor reviewer = test_actor("reviewer", "r-1", TEST_TOWNSHIP);
    jz_actor confirmer = test_actor("confirmer", "k-1", TEST_COUNTY), payer = test_actor("payer", "p-1", TEST_COUNTY);
    char path[4096];
    jz_store *store = NULL, *again = NULL;
    jz_buffer *text = NULL, *anchor = NULL;
    jz_error *error = NULL;
    int64_t number = 0;

    snprintf(path, sizeof path, "%s/whole.db", folder);
    of_store.policy = policy;
    CHECK(jz_store_create(path, JZ_NUL, test_key, sizeof test_key, &of_store, &store, &error) == JZ_OK);
    /* The store keeps the policy. */
    jz_policy_free(policy);
    CHECK(jz_store_anchor(store, &anchor, &error) == JZ_OK);

    CHECK(jz_case_open(store, &clerk, test_application, JZ_NUL,
                       test_text(policies, "Examples/households/elderly-couple.json"), JZ_NUL, &number, &text,
                       &error) == JZ_OK);
    CHECK(number == 1);
    CHECK(test_has(text, "\"stage\": \"applied\""));

    /* What the rules forbid is refused with its reason, and changes nothing. */
    CHECK(jz_case_advance(store, &reviewer, 1, "{\"step\": \"review\", \"day\": \"2026-06-02\", \"verdict\": \"approve\"}",
                          JZ_NUL, NULL, 0, &text, &error) == JZ_E_REFUSED);
    CHECK(jz_error_class(error) == JZ_CLASS_CASE);
    CHECK(strstr(jz_error_json(error).data, "\"cause\":{\"code\":\"illegal-transition\",\"message\":\"the case is applied")
          != NULL);
    CHECK(strstr(jz_error_json(error).data, "\"step\":\"review\",\"rule\":null}") != NULL);
    jz_error_free(error);

    test_step(store, clerk, "{\"step\": \"accept\", \"day\": \"2026-06-02\"}", NULL, "accepted");
    CHECK(jz_case_overdue(store, &clerk, TEST_TOWNSHIP, JZ_NUL, NULL, &text, &error) == JZ_OK);
    jz_buffer_free(text);
    options.day = 20260801;
    options.form = JZ_TEXT;
    options.language = JZ_ENGLISH;
    CHECK(jz_case_overdue(store, &clerk, TEST_TOWNSHIP, JZ_NUL, &options, &text, &error) == JZ_OK);
    CHECK(test_has(text, "1  231025105  accepted  applied 2026-06-01  confirm due 2026-07-"));
    test_step(store, clerk,
              "{\"step\": \"authorize\", \"day\": \"2026-06-02\", \"members\": [0, 1], \"from\": \"2026-06-02\", "
              "\"until\": \"2027-06-01\"}",
              NULL, "accepted");
    test_step(store, verifier, "{\"step\": \"verify\", \"day\": \"2026-06-05\"}", "nothing found", "accepted");
    test_step(store, surveyor,
              "{\"step\": \"visit\", \"day\": \"2026-06-06\", \"from\": \"2026-06-06\", \"visitors\": [\"s-1\", \"v-3\"]}",
              "a brick house", "accepted");
    test_step(store, clerk, "{\"step\": \"assess\", \"day\": \"2026-06-08\"}", NULL, "assessed");
    test_step(store, reviewer, "{\"step\": \"review\", \"day\": \"2026-06-09\", \"verdict\": \"approve\"}", NULL, "reviewed");
    test_step(store, clerk, "{\"step\": \"publish\", \"day\": \"2026-06-10\"}", "posted", "noticed");
    CHECK(jz_case_notice(store, &clerk, TEST_TOWNSHIP, JZ_NUL, 20260610, JZ_TEXT, &text, &error) == JZ_OK);
    CHECK(test_has(text, "李*顺"));
    test_step(store, confirmer, "{\"step\": \"confirm\", \"day\": \"2026-06-18\", \"verdict\": \"approve\"}", NULL,
              "confirmed");

    /* A decision that is not handed over yet can be read as it will be. */
    clerk.time = 1782120000; /* 2026-06-22 */
    CHECK(jz_case_letter(store, &clerk, 1, "decision", JZ_NUL, JZ_HTML, &text, &error) == JZ_OK);
    CHECK(strstr(jz_buffer_view(text).data, "社会救助审核确认决定书") != NULL);
    CHECK(test_has(text, "<!DOCTYPE html>"));
    CHECK(jz_case_decide(store, &clerk, 1, 20260622, JZ_TEXT, &text, &error) == JZ_OK);
    CHECK(test_has(text, "社会救助审核确认决定书"));
    CHECK(jz_case_letter(store, &clerk, 1, "decision", JZ_NUL, JZ_TEXT, &text, &error) == JZ_OK);
    CHECK(test_has(text, "李长顺"));

    options.day = 20260623;
    CHECK(jz_case_show(store, &clerk, 1, &options, &text, &error) == JZ_OK);
    CHECK(strstr(jz_buffer_view(text).data, "李长顺") == NULL);
    CHECK(test_has(text, "case 1: granted"));
    options.flags = JZ_PERSONS;
    options.form = JZ_JSON;
    CHECK(jz_case_show(store, &clerk, 1, &options, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"citizen_number\": \"000000195103080019\""));
    options.flags = 0;
    CHECK(jz_case_list(store, &clerk, TEST_TOWNSHIP, JZ_NUL, "granted", JZ_NUL, &options, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"case\": 1"));
    CHECK(jz_case_list(store, &clerk, TEST_COUNTY, JZ_NUL, NULL, 0, NULL, &text, &error) == JZ_E_REFUSED);
    jz_error_free(error);
    options.day = 20270701;
    CHECK(jz_case_review(store, &clerk, TEST_TOWNSHIP, JZ_NUL, &options, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"review_due\": \"2027-06-22\""));
    CHECK(jz_case_find(store, &clerk, "000000195411200027", JZ_NUL, &text, &error) == JZ_OK);
    CHECK(test_has(text, "{\"schema\":1,\"cases\":[1]}"));

    /* What it is paid: funds, a run of the county, its batch, and what the bank says of it. */
    CHECK(jz_case_fund_move(store, &payer, NULL, 0, TEST_COUNTY, JZ_NUL, "province", JZ_NUL, NULL, 0, 1000000, 20260701,
                            &error) == JZ_OK);
    CHECK(jz_case_pay_list(store, &payer, TEST_COUNTY, JZ_NUL, "low-income", JZ_NUL, 202607, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"case\": 1"));
    CHECK(jz_case_pay_propose(store, &payer, TEST_COUNTY, JZ_NUL, "low-income", JZ_NUL, 202607, 20260702, &text, &error)
          == JZ_OK);
    CHECK(test_has(text, "\"run\": 1"));
    CHECK(jz_case_pay_confirm(store, &payer, 1, 20260703, &text, &error) == JZ_E_REFUSED);
    jz_error_free(error);
    CHECK(jz_case_pay_confirm(store, &confirmer, 1, 20260703, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"confirmed\""));
    CHECK(jz_case_pay_batch(store, &payer, 1,
                            "{\"payer\": \"林口县民政局\", \"day\": \"2026-07-05\", \"purpose\": \"低保金\", \"payees\": "
                            "[{\"case\": 1, \"name\": \"李长顺\", \"account\": \"6228480001\"}]}",
                            JZ_NUL, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"id\":\"R1C1\",\"name\":\"李长顺\",\"account\":\"6228480001\",\"fen\":89700,"));
    CHECK(jz_case_pay_receipts(store, &payer, 1,
                               "{\"schema\": 1, \"channel\": \"bank-csv\", \"receipts\": [{\"id\": \"R1C1\", \"outcome\": "
                               "\"paid\", \"fen\": 89700, \"reason\": null}]}",
                               JZ_NUL, 20260706, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"outcome\": \"paid\""));
    CHECK(jz_case_pay_runs(store, &payer, TEST_COUNTY, JZ_NUL, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"fen\": 89700"));
    CHECK(jz_case_fund_balances(store, &payer, TEST_COUNTY, JZ_NUL, 202607, &text, &error) == JZ_OK);
    CHECK(test_has(text, "910300"));
    CHECK(jz_case_pay_propose(store, &payer, TEST_COUNTY, JZ_NUL, "low-income", JZ_NUL, 202608, 20260802, &text, &error)
          == JZ_OK);
    jz_buffer_free(text);
    CHECK(jz_case_pay_drop(store, &payer, 2, 20260803, &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"dropped\""));
    CHECK(jz_case_pay_supplement(store, &payer, TEST_COUNTY, JZ_NUL, "allowances.price-subsidy", JZ_NUL, 202607, 20260801,
                                 &text, &error) == JZ_OK);
    CHECK(test_has(text, "\"given\": 0"));

    CHECK(jz_store_stats(store, &info, &error) == JZ_OK);
    CHECK(info.persons == 2 && info.packs == 1 && info.events > 10 && info.documents > 5 && info.bytes >= 4096);
    CHECK(jz_store_verify(store, jz_buffer_view(anchor).data, JZ_NUL, &text, &error) == JZ_OK);
    CHECK(test_has(text, "{\"schema\":1,\"whole\":true,"));
    CHECK(jz_store_backup(store, test_path(folder, "copy.db"), JZ_NUL, &error) == JZ_OK);

    /* With another key the file is opened with that key alone; the copy still with the old one. */
    jz_buffer_free(anchor);
    CHECK(jz_store_rekey(store, test_other_key, sizeof test_other_key, &anchor, &error) == JZ_OK);
    CHECK(jz_store_open(path, JZ_NUL, test_key, sizeof test_key, NULL, &again, &error) == JZ_E_STORE);
    CHECK(strstr(jz_error_json(error).data, "\"code\":\"wrong-key\"") != NULL && again == NULL);
    jz_error_free(error);
    of_store.policy = NULL;
    of_store.flags = JZ_READ_ONLY;
    CHECK(jz_store_open(path, JZ_NUL, test_other_key, sizeof test_other_key, &of_store, &again, &error) == JZ_OK);
    CHECK(jz_store_verify(again, jz_buffer_view(anchor).data, JZ_NUL, &text, &error) == JZ_OK);
    CHECK(test_has(text, "{\"schema\":1,\"whole\":true,"));
    jz_store_free(again);
    jz_store_free(store);
    CHECK(jz_store_open(test_path(folder, "copy.db"), JZ_NUL, test_key, sizeof test_key, &of_store, &store, &error)
          == JZ_OK);
    jz_store_free(store);
    jz_buffer_free(anchor);
    test_remove(path);
    test_remove(test_path(folder, "copy.db"));
}

#endif
