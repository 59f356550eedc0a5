/* 16 threads on one policy give the bytes of one thread, and a policy may be freed while calls with it are running. */
#include "common.h"
#include <pthread.h>

/* Fewer where each step takes a hundred times as long. */
#ifndef THREADS
#define THREADS 16
#define TIMES 6
#endif

static const char *folder;
static jz_view expected;
static jz_policy *shared;

static void *assess(void *argument)
{
    jz_assess_options options = test_options();
    int time;
    (void)argument;
    for (time = 0; time < TIMES; time++) {
        jz_buffer *answer = NULL;
        jz_error *error = NULL;
        jz_view text;
        CHECK(jz_assess_json(shared, test_family, JZ_NUL, &options, &answer, &error) == JZ_OK);
        text = jz_buffer_view(answer);
        CHECK(text.size == expected.size && memcmp(text.data, expected.data, text.size) == 0);
        jz_buffer_free(answer);
        jz_error_free(error);
    }
    return NULL;
}

/* A thread that holds a builder of its own, and that goes on when the policy's handle is gone. */
struct own {
    jz_policy *policy;
    pthread_barrier_t *begun;
};

static void *hold(void *argument)
{
    struct own *own = argument;
    jz_assess_options options = test_options();
    jz_builder *builder = NULL;
    jz_result *result = NULL;
    jz_error *error = NULL;
    CHECK(jz_builder_new(own->policy, &builder, &error) == JZ_OK);
    CHECK(jz_builder_read_json(builder, test_family, JZ_NUL, &options, &error) == JZ_OK);
    CHECK(jz_assess(own->policy, builder, &options, &result, &error) == JZ_OK);
    pthread_barrier_wait(own->begun);
    /* From here on nobody holds the policy but this result. */
    {
        jz_buffer *text = NULL;
        CHECK(jz_result_json(result, JZ_EXPLAIN, &text, &error) == JZ_OK);
        CHECK(jz_buffer_view(text).size > 1000);
        jz_buffer_free(text);
    }
    jz_builder_free(builder);
    jz_result_free(result);
    return NULL;
}

int main(int count, char **arguments)
{
    pthread_t threads[THREADS];
    pthread_barrier_t begun;
    struct own own;
    jz_assess_options options = test_options();
    jz_buffer *answer = NULL;
    jz_policy *alone;
    int number;
    if (count != 2)
        return 64;
    folder = arguments[1];

    alone = test_policy(folder, "heilongjiang/harbin");
    CHECK(jz_assess_json(alone, test_family, JZ_NUL, &options, &answer, NULL) == JZ_OK);
    expected = jz_buffer_view(answer);
    CHECK(expected.size > 0);

    /* A policy of its own, so that all threads ask for its plans at the same time. */
    shared = test_policy(folder, "heilongjiang/harbin");
    for (number = 0; number < THREADS; number++)
        CHECK(pthread_create(&threads[number], NULL, assess, NULL) == 0);
    for (number = 0; number < THREADS; number++)
        CHECK(pthread_join(threads[number], NULL) == 0);

    own.policy = shared;
    own.begun = &begun;
    CHECK(pthread_barrier_init(&begun, NULL, THREADS + 1) == 0);
    for (number = 0; number < THREADS; number++)
        CHECK(pthread_create(&threads[number], NULL, hold, &own) == 0);
    pthread_barrier_wait(&begun);
    jz_policy_free(shared);
    for (number = 0; number < THREADS; number++)
        CHECK(pthread_join(threads[number], NULL) == 0);
    pthread_barrier_destroy(&begun);

    jz_buffer_free(answer);
    jz_policy_free(alone);
    return test_end("threads");
}
