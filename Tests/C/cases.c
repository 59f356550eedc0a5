/* Files of cases: misuse, files that are not what they should be, a file that others use, two threads, and a whole case. */
#include "case.h"
#include <pthread.h>
#include <sqlite3.h>
#include <sys/stat.h>

static const char *policies, *folder;

/* A call that must fail with a number, and says a word; it makes nothing. */
static void fails(int32_t expected, int32_t code, jz_error *error, const char *word, int line)
{
    if (code != expected || error == NULL || jz_error_code(error) != code
        || strstr(jz_error_json(error).data, word) == NULL) {
        fprintf(stderr, "cases.c:%d: %d instead of %d with '%s': %s\n", line, (int)code, (int)expected, word,
                jz_error_json(error).data);
        jz_test_failures++;
    }
    jz_error_free(error);
}

#define FAILS(number, word, call)                      \
    do {                                               \
        jz_error *error = NULL;                        \
        int32_t code = (call);                         \
        fails((number), code, error, (word), __LINE__); \
    } while (0)

#define CREATE(path, store) jz_store_create(path, JZ_NUL, test_key, sizeof test_key, NULL, store, &error)
#define OPEN(path, key, store) jz_store_open(path, JZ_NUL, key, sizeof key, NULL, store, &error)

static void files(void)
{
    jz_store *store = NULL, *other = NULL;
    jz_store_options options = JZ_STORE_OPTIONS_INIT;
    FILE *file;
    char path[256];
    snprintf(path, sizeof path, "%s/files.db", folder);

    jz_store_free(NULL);
    FAILS(JZ_E_ARGUMENT, "out is NULL", CREATE(path, NULL));
    FAILS(JZ_E_ARGUMENT, "path is NULL", CREATE(NULL, &store));
    FAILS(JZ_E_ARGUMENT, "the secret has 4 bytes",
          jz_store_create(path, JZ_NUL, "abcd", 4, NULL, &store, &error));
    FAILS(JZ_E_ARGUMENT, "the secret has 65 bytes",
          jz_store_create(path, JZ_NUL, "0123456789012345678901234567890123456789012345678901234567890123456789", 65,
                          NULL, &store, &error));
    FAILS(JZ_E_ARGUMENT, "a key has a size", jz_store_create(path, JZ_NUL, test_key, JZ_NUL, NULL, &store, &error));
    FAILS(JZ_E_ARGUMENT, "key is NULL", jz_store_create(path, JZ_NUL, NULL, 32, NULL, &store, &error));
    FAILS(JZ_E_FILE, "storage", CREATE("/nowhere/at/all/cases.db", &store));
    FAILS(JZ_E_FILE, "no-such-file", OPEN(path, test_key, &store));
    FAILS(JZ_E_STORE, "not-records", OPEN(folder, test_key, &store));
    options.flags = JZ_READ_ONLY;
    FAILS(JZ_E_ARGUMENT, "JZ_READ_ONLY", jz_store_create(path, JZ_NUL, test_key, 32, &options, &store, &error));
    options.flags = 2;
    FAILS(JZ_E_ARGUMENT, "flags", jz_store_open(path, JZ_NUL, test_key, 32, &options, &store, &error));
    options.flags = 0;
    options.struct_size = 8;
    FAILS(JZ_E_ARGUMENT, "struct_size of jz_store_options is 8",
          jz_store_open(path, JZ_NUL, test_key, 32, &options, &store, &error));
    options.struct_size = sizeof options;
    options.policy = (const jz_policy *)(const void *)"JZBUFFER12345678";
    FAILS(JZ_E_HANDLE, "policy", jz_store_open(path, JZ_NUL, test_key, 32, &options, &store, &error));
    CHECK(store == NULL && access(path, F_OK) != 0);

    /* Something else, and nothing at all. */
    file = fopen(path, "wb");
    CHECK(file != NULL && fputs("this is a letter and no file of cases, however long it may be", file) >= 0);
    if (file != NULL)
        fclose(file);
    FAILS(JZ_E_STORE, "not-records", OPEN(path, test_key, &store));
    FAILS(JZ_E_FILE, "file-exists", CREATE(path, &store));
    test_remove(path);

    CHECK(jz_store_create(path, JZ_NUL, test_key, sizeof test_key, NULL, &store, NULL) == JZ_OK);
    CHECK(jz_store_open(path, JZ_NUL, test_key, 32, NULL, &other, NULL) == JZ_OK);
    jz_store_free(other);
    FAILS(JZ_E_STORE, "wrong-key", OPEN(path, test_other_key, &other));
    FAILS(JZ_E_FILE, "file-exists", jz_store_backup(store, path, JZ_NUL, &error));
    FAILS(JZ_E_FILE, "storage", jz_store_backup(store, "/nowhere/at/all/copy.db", JZ_NUL, &error));
    jz_store_free(store);
    if (geteuid() != 0) {
        /* The superuser writes what others may only read. */
        CHECK(chmod(path, 0400) == 0);
        FAILS(JZ_E_FILE, "read-only", OPEN(path, test_key, &store));
    }
    test_remove(path);
}

static void misuse(jz_policy *policy)
{
    jz_store *store = NULL, *reader = NULL, *none = (jz_store *)(void *)policy;
    jz_store_options of_store = JZ_STORE_OPTIONS_INIT;
    jz_store_info info = JZ_STORE_INFO_INIT;
    jz_case_options options = JZ_CASE_OPTIONS_INIT;
    jz_actor actor = test_actor("clerk", "c-1", TEST_TOWNSHIP), bad;
    jz_buffer *text = NULL;
    int64_t number = 77;
    const char *household = test_text(policies, "Examples/households/elderly-couple.json");
    char path[256];
    snprintf(path, sizeof path, "%s/misuse.db", folder);
    of_store.policy = policy;
    CHECK(jz_store_create(path, JZ_NUL, test_key, 32, &of_store, &store, NULL) == JZ_OK);

    /* NULL, and handles of another kind. */
    FAILS(JZ_E_ARGUMENT, "store is NULL", jz_store_verify(NULL, NULL, 0, &text, &error));
    FAILS(JZ_E_HANDLE, "none of a store", jz_store_verify(none, NULL, 0, &text, &error));
    FAILS(JZ_E_ARGUMENT, "anchor is none", jz_store_verify(store, "abc.1.def", JZ_NUL, &text, &error));
    FAILS(JZ_E_ARGUMENT, "out is NULL", jz_store_verify(store, NULL, 0, NULL, &error));
    FAILS(JZ_E_ARGUMENT, "store is NULL", jz_store_anchor(NULL, &text, &error));
    FAILS(JZ_E_HANDLE, "none of a store", jz_store_anchor(none, &text, &error));
    FAILS(JZ_E_ARGUMENT, "store is NULL", jz_store_backup(NULL, path, JZ_NUL, &error));
    FAILS(JZ_E_ARGUMENT, "path is NULL", jz_store_backup(store, NULL, 3, &error));
    FAILS(JZ_E_ARGUMENT, "store is NULL", jz_store_rekey(NULL, test_key, 32, &text, &error));
    FAILS(JZ_E_ARGUMENT, "the secret has 31 bytes", jz_store_rekey(store, test_key, 31, &text, &error));
    FAILS(JZ_E_ARGUMENT, "store is NULL", jz_store_stats(NULL, &info, &error));
    FAILS(JZ_E_ARGUMENT, "out is NULL", jz_store_stats(store, NULL, &error));
    info.struct_size = 12;
    FAILS(JZ_E_ARGUMENT, "struct_size of jz_store_info is 12", jz_store_stats(store, &info, &error));
    FAILS(JZ_E_ARGUMENT, "store is NULL",
          jz_case_open(NULL, &actor, "{}", 2, household, JZ_NUL, &number, &text, &error));
    FAILS(JZ_E_HANDLE, "none of a store",
          jz_case_open(none, &actor, "{}", 2, household, JZ_NUL, &number, &text, &error));
    FAILS(JZ_E_ARGUMENT, "actor is NULL", jz_case_open(store, NULL, "{}", 2, household, JZ_NUL, &number, &text, &error));
    FAILS(JZ_E_ARGUMENT, "number is NULL", jz_case_open(store, &actor, "{}", 2, household, JZ_NUL, NULL, &text, &error));
    FAILS(JZ_E_ARGUMENT, "out is NULL", jz_case_open(store, &actor, "{}", 2, household, JZ_NUL, &number, NULL, &error));
    FAILS(JZ_E_ARGUMENT, "request is NULL",
          jz_case_open(store, &actor, NULL, 2, household, JZ_NUL, &number, &text, &error));
    FAILS(JZ_E_LIMIT, "household has more",
          jz_case_open(store, &actor, "{}", 2, household, (size_t)1 << 40, &number, &text, &error));

    /* Who acts. */
    bad = actor;
    bad.id = NULL;
    FAILS(JZ_E_ARGUMENT, "id of jz_actor is NULL", jz_case_show(store, &bad, 1, NULL, &text, &error));
    bad.id = "c 1";
    FAILS(JZ_E_ARGUMENT, "id of jz_actor is 1 to 64", jz_case_show(store, &bad, 1, NULL, &text, &error));
    bad = actor;
    bad.role = "clark";
    FAILS(JZ_E_NAME, "did you mean 'clerk'?", jz_case_show(store, &bad, 1, NULL, &text, &error));
    bad = actor;
    bad.office = "2310";
    FAILS(JZ_E_AREA, "office of jz_actor is no division code", jz_case_show(store, &bad, 1, NULL, &text, &error));
    bad = actor;
    bad.time = -1;
    FAILS(JZ_E_ARGUMENT, "time of jz_actor is -1", jz_case_show(store, &bad, 1, NULL, &text, &error));
    bad = actor;
    bad.flags = 1;
    FAILS(JZ_E_ARGUMENT, "flags", jz_case_show(store, &bad, 1, NULL, &text, &error));
    bad = actor;
    bad.struct_size = 0;
    FAILS(JZ_E_ARGUMENT, "struct_size of jz_actor is 0", jz_case_show(store, &bad, 1, NULL, &text, &error));

    /* What is asked. */
    FAILS(JZ_E_INPUT, "\"file\":\"request\"", jz_case_open(store, &actor, "[", 1, household, JZ_NUL, &number, &text, &error));
    FAILS(JZ_E_INPUT, "there is no key 'stap' here",
          jz_case_open(store, &actor, "{\"stap\": 1, \"step\": \"apply\", \"day\": \"2026-06-01\"}", JZ_NUL, household, JZ_NUL,
                       &number, &text, &error));
    FAILS(JZ_E_INPUT, "\"file\":\"household\"",
          jz_case_open(store, &actor, test_application, JZ_NUL, "{\"residense\": 1}", JZ_NUL, &number, &text, &error));
    FAILS(JZ_E_REFUSED, "the household has 1 members, and 2 persons are named",
          jz_case_open(store, &actor, test_application, JZ_NUL, "{\"members\": [{}]}", JZ_NUL, &number, &text, &error));
    FAILS(JZ_E_NO_CASE, "the file has no case 1;",
          jz_case_advance(store, &actor, 1, "{\"step\": \"accept\", \"day\": \"2026-06-02\"}", JZ_NUL, NULL, 0, &text, &error));
    FAILS(JZ_E_NO_CASE, "the file has no case -9223372036854775808;",
          jz_case_show(store, &actor, INT64_MIN, NULL, &text, &error));
    FAILS(JZ_E_ARGUMENT, "document is NULL", jz_case_advance(store, &actor, 1, "{}", 2, NULL, 1, &text, &error));
    options.form = JZ_HTML;
    FAILS(JZ_E_ARGUMENT, "form is 2, and JZ_JSON or JZ_TEXT was expected",
          jz_case_show(store, &actor, 1, &options, &text, &error));
    options.form = JZ_TEXT;
    options.language = 3;
    FAILS(JZ_E_ARGUMENT, "language is 3", jz_case_show(store, &actor, 1, &options, &text, &error));
    options.language = JZ_CHINESE;
    options.day = 20260230;
    FAILS(JZ_E_ARGUMENT, "day is 20260230", jz_case_overdue(store, &actor, "230000", 6, &options, &text, &error));
    FAILS(JZ_E_AREA, "area is no division code", jz_case_overdue(store, &actor, "23", 2, NULL, &text, &error));
    options.day = 0;
    options.flags = JZ_PERSONS;
    FAILS(JZ_E_ARGUMENT, "flags", jz_case_list(store, &actor, "230000", 6, NULL, 0, &options, &text, &error));
    FAILS(JZ_E_NAME, "did you mean 'granted'?",
          jz_case_list(store, &actor, "230000", 6, "grantet", JZ_NUL, NULL, &text, &error));
    FAILS(JZ_E_AREA, "area is no division code", jz_case_review(store, &actor, "", 0, NULL, &text, &error));
    FAILS(JZ_E_INPUT, "the last character", jz_case_find(store, &actor, "000000195411200028", JZ_NUL, &text, &error));
    FAILS(JZ_E_NAME, "did you mean 'decision'?",
          jz_case_letter(store, &actor, 1, "decisio", JZ_NUL, JZ_TEXT, &text, &error));
    FAILS(JZ_E_ARGUMENT, "form is 0, and JZ_TEXT or JZ_HTML was expected",
          jz_case_letter(store, &actor, 1, "decision", JZ_NUL, JZ_JSON, &text, &error));
    FAILS(JZ_E_NO_CASE, "no case 1", jz_case_letter(store, &actor, 1, "decision", JZ_NUL, JZ_TEXT, &text, &error));
    FAILS(JZ_E_ARGUMENT, "day is 0", jz_case_notice(store, &actor, TEST_TOWNSHIP, JZ_NUL, 0, JZ_TEXT, &text, &error));
    FAILS(JZ_E_REFUSED, "no notice of a case",
          jz_case_notice(store, &actor, TEST_TOWNSHIP, JZ_NUL, 20260610, JZ_TEXT, &text, &error));

    /* Payments and funds. */
    FAILS(JZ_E_ARGUMENT, "store is NULL", jz_case_pay_runs(NULL, &actor, "231025", 6, &text, &error));
    FAILS(JZ_E_ARGUMENT, "out is NULL", jz_case_pay_runs(store, &actor, TEST_TOWNSHIP, JZ_NUL, NULL, &error));
    FAILS(JZ_E_REFUSED, "231025", jz_case_pay_runs(store, &actor, "231025", 6, &text, &error));
    FAILS(JZ_E_ARGUMENT, "month is 202613",
          jz_case_pay_list(store, &actor, TEST_TOWNSHIP, JZ_NUL, "low-income", JZ_NUL, 202613, &text, &error));
    FAILS(JZ_E_ARGUMENT, "month is -2147483648",
          jz_case_fund_balances(store, &actor, TEST_TOWNSHIP, JZ_NUL, INT32_MIN, &text, &error));
    FAILS(JZ_E_ARGUMENT, "day is 7",
          jz_case_pay_propose(store, &actor, TEST_TOWNSHIP, JZ_NUL, "low-income", JZ_NUL, 202606, 7, &text, &error));
    FAILS(JZ_E_REFUSED, "wrong-role",
          jz_case_pay_propose(store, &actor, TEST_TOWNSHIP, JZ_NUL, "low-income", JZ_NUL, 202606, 0, &text, &error));
    FAILS(JZ_E_REFUSED, "no-run", jz_case_pay_confirm(store, &actor, 9, 20260701, &text, &error));
    FAILS(JZ_E_REFUSED, "no-run", jz_case_pay_drop(store, &actor, INT64_MIN, 20260701, &text, &error));
    FAILS(JZ_E_INPUT, "there are two payees of case 1",
          jz_case_pay_batch(store, &actor, 1,
                            "{\"payer\": \"p\", \"day\": \"2026-07-05\", \"purpose\": \"x\", \"payees\": [{\"case\": 1, "
                            "\"name\": \"a\", \"account\": \"1\"}, {\"case\": 1, \"name\": \"b\", \"account\": \"2\"}]}",
                            JZ_NUL, &text, &error));
    FAILS(JZ_E_INPUT, "paid or returned was expected",
          jz_case_pay_receipts(store, &actor, 1,
                               "{\"schema\": 1, \"channel\": \"c\", \"receipts\": [{\"id\": \"R1C1\", \"outcome\": \"lost\", "
                               "\"fen\": 1, \"reason\": null}]}",
                               JZ_NUL, 20260701, &text, &error));
    FAILS(JZ_E_NAME, "did you mean 'province'?",
          jz_case_fund_move(store, &actor, NULL, 0, "231025", 6, "provinc", JZ_NUL, NULL, 0, 1, 20260701, &error));
    FAILS(JZ_E_REFUSED, "wrong-sum",
          jz_case_fund_move(store, &actor, NULL, 0, "231025", 6, "province", JZ_NUL, NULL, 0, INT64_MIN, 20260701, &error));
    FAILS(JZ_E_AREA, "from is no division code",
          jz_case_fund_move(store, &actor, "", 0, "231025", 6, "province", JZ_NUL, NULL, 0, 1, 20260701, &error));
    CHECK(number == 77 && text == NULL);

    /* Read only, and without a policy. */
    CHECK(jz_case_open(store, &actor, test_application, JZ_NUL, household, JZ_NUL, &number, &text, NULL) == JZ_OK);
    jz_buffer_free(text);
    of_store.flags = JZ_READ_ONLY;
    CHECK(jz_store_open(path, JZ_NUL, test_key, 32, &of_store, &reader, NULL) == JZ_OK);
    FAILS(JZ_E_FILE, "read-only",
          jz_case_advance(reader, &actor, 1, "{\"step\": \"accept\", \"day\": \"2026-06-02\"}", JZ_NUL, NULL, 0, &text, &error));
    options.day = 20260602;
    FAILS(JZ_E_FILE, "read-only", jz_case_show(reader, &actor, 1, &options, &text, &error));
    options.flags = 0;
    CHECK(jz_case_show(reader, &actor, 1, &options, &text, NULL) == JZ_OK);
    CHECK(test_has(text, "可办理事项"));
    actor.office = "520000";
    FAILS(JZ_E_REFUSED, "case 1 does not belong to", jz_case_show(reader, &actor, 1, &options, &text, &error));
    actor.office = TEST_TOWNSHIP;
    jz_store_free(reader);
    CHECK(jz_store_open(path, JZ_NUL, test_key, 32, NULL, &reader, NULL) == JZ_OK);
    FAILS(JZ_E_REFUSED, "\"code\":\"no-rule\"",
          jz_case_advance(reader, &actor, 1, "{\"step\": \"accept\", \"day\": \"2026-06-02\"}", JZ_NUL, NULL, 0, &text, &error));
    jz_store_free(reader);
    jz_store_free(store);
    test_remove(path);
}

/* Keeps a file from being written until it is told. */
static sqlite3 *locked(const char *path)
{
    sqlite3 *lock = NULL;
    CHECK(sqlite3_open(path, &lock) == SQLITE_OK);
    CHECK(sqlite3_exec(lock, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
    return lock;
}

struct waiting {
    jz_store *store;
    int32_t code;
};

static void *wait_for_lock(void *argument)
{
    struct waiting *it = argument;
    jz_actor actor = test_actor("clerk", "c-1", TEST_TOWNSHIP);
    jz_buffer *text = NULL;
    do { /* until the other thread is not within a call */
        it->code = jz_case_advance(it->store, &actor, 1, "{\"step\": \"accept\", \"day\": \"2026-06-02\"}", JZ_NUL, NULL,
                                   0, &text, NULL);
    } while (it->code == JZ_E_HANDLE);
    jz_buffer_free(text);
    return NULL;
}

static void others(jz_policy *policy)
{
    jz_store *store = NULL;
    jz_store_options options = JZ_STORE_OPTIONS_INIT;
    jz_actor actor = test_actor("clerk", "c-1", TEST_TOWNSHIP);
    jz_buffer *text = NULL;
    int64_t number = 0;
    struct waiting waiting = {NULL, -1};
    pthread_t thread;
    sqlite3 *lock;
    char path[256];
    snprintf(path, sizeof path, "%s/others.db", folder);
    options.policy = policy;
    CHECK(jz_store_create(path, JZ_NUL, test_key, 32, &options, &store, NULL) == JZ_OK);
    CHECK(jz_case_open(store, &actor, test_application, JZ_NUL,
                       test_text(policies, "Examples/households/elderly-couple.json"), JZ_NUL, &number, &text, NULL)
          == JZ_OK);
    jz_buffer_free(text);

    /* Another writes for too long. Who reads does not wait. */
    lock = locked(path);
    CHECK(jz_store_anchor(store, &text, NULL) == JZ_OK);
    jz_buffer_free(text);
    FAILS(JZ_E_BUSY, "\"code\":\"locked\"",
          jz_case_advance(store, &actor, 1, "{\"step\": \"accept\", \"day\": \"2026-06-02\"}", JZ_NUL, NULL, 0, &text, &error));

    /* While one thread waits for it, another that uses the same store is told; nothing is lost. */
    waiting.store = store;
    CHECK(pthread_create(&thread, NULL, wait_for_lock, &waiting) == 0);
    for (;;) {
        jz_error *error = NULL;
        int32_t code = jz_store_anchor(store, &text, &error);
        if (code == JZ_OK) {
            jz_buffer_free(text);
            usleep(1000);
            continue;
        }
        fails(JZ_E_HANDLE, code, error, "another thread is within a call with this store", __LINE__);
        break;
    }
    sqlite3_close(lock);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK(waiting.code == JZ_OK);
    CHECK(jz_case_list(store, &actor, TEST_TOWNSHIP, JZ_NUL, "accepted", JZ_NUL, NULL, &text, NULL) == JZ_OK);
    CHECK(test_has(text, "\"case\": 1"));

    /* Somebody changes the file behind everybody's back. */
    CHECK(sqlite3_open(path, &lock) == SQLITE_OK);
    CHECK(sqlite3_exec(lock, "UPDATE cases SET stage = 'granted'", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(lock);
    CHECK(jz_store_verify(store, NULL, 0, &text, NULL) == JZ_OK);
    CHECK(test_has(text, "\"problems\":[{\"code\":\"damaged\",\"message\":\"case 1 stands otherwise in the lists"));
    jz_store_free(store);
    test_remove(path);
}

int main(int count, char **arguments)
{
    jz_policy *policy;
    if (count != 2)
        return 64;
    policies = arguments[1];
    folder = test_folder();
    policy = test_policy(policies, "heilongjiang/mudanjiang");
    files();
    misuse(policy);
    others(policy);
    jz_policy_free(policy);
    test_whole_case(policies, folder);
    CHECK(rmdir(folder) == 0);
    return test_end("cases");
}
