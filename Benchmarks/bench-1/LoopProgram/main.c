// Runs the loop over the column files of a folder.
// usage: bench-1-loop PARAMS DATADIR THREADS RUNS [OUT]
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/resource.h>

#include "data.h"

enum { MOST_THREADS = 64, MOST_RUNS = 64 };

typedef struct {
    const bench_figures *figures;
    const bench_columns *columns;
    const bench_results *results;
    size_t first, end;
} part;

static void *run(void *of) {
    const part *part = of;
    bench_loop(part->figures, part->columns, part->first, part->end, part->results);
    return NULL;
}

int main(int count, char **arguments) {
    if (count < 5) fail("usage: bench-1-loop PARAMS DATADIR THREADS RUNS [OUT]");
    const bench_figures known = figures(arguments[1]);
    const char *folder = arguments[2];
    const size_t threads = strtoul(arguments[3], NULL, 10), runs = strtoul(arguments[4], NULL, 10);
    if (threads < 1 || threads > MOST_THREADS || runs < 1 || runs > MOST_RUNS) fail("threads or runs");

    double start = now();
    const bench_columns columns = read_columns(folder);
    const size_t households = columns.households, members = columns.offsets[households];
    const bench_results results = room(households);
    const double load = now() - start;

    double times[MOST_RUNS];
    // The first is to warm up.
    for (size_t turn = 0; turn <= runs; turn++) {
        start = now();
        pthread_t thread[MOST_THREADS];
        part parts[MOST_THREADS];
        for (size_t t = 0; t < threads; t++) {
            parts[t] = (part){&known, &columns, &results, households * t / threads, households * (t + 1) / threads};
            if (t > 0 && pthread_create(&thread[t], NULL, run, &parts[t])) fail("thread");
        }
        run(&parts[0]);
        for (size_t t = 1; t < threads; t++) pthread_join(thread[t], NULL);
        if (turn > 0) times[turn - 1] = now() - start;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);

    printf("{\"peer\": \"c-loop-%zut\", \"n\": %zu, \"p\": %zu, \"import_s\": 0, \"load_s\": %.6f, \"runs\": [", threads,
           households, members, load);
    for (size_t turn = 0; turn < runs; turn++) printf("%s%.6f", turn ? ", " : "", times[turn]);
    printf("], \"compute_s\": %.6f, \"rss_mb\": %.1f, \"sums\": [", median(times, runs), (double)usage.ru_maxrss / 1024);
    for (int r = 0; r < BENCH_AMOUNTS; r++) {
        int64_t sum = 0;
        for (size_t h = 0; h < households; h++) sum += results.amounts[r][h];
        printf("%s%lld", r ? ", " : "", (long long)sum);
    }
    printf("]}\n");
    if (count > 5) {
        FILE *file = fopen(arguments[5], "wb");
        if (!file) fail(arguments[5]);
        for (int r = 0; r < BENCH_AMOUNTS; r++)
            if (fwrite(results.amounts[r], sizeof(int64_t), households, file) != households) fail(arguments[5]);
        if (fwrite(results.flags, sizeof(uint16_t), households, file) != households) fail(arguments[5]);
        if (fclose(file)) fail(arguments[5]);
    }
    return 0;
}
