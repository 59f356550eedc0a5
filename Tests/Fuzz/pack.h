/* A pack of a small jurisdiction with one file of any bytes. */
#ifndef JZ_FUZZ_PACK_H
#define JZ_FUZZ_PACK_H

#include "common.h"

static const char fuzz_areas[] = "area: 990800 例市\n";
static const char fuzz_documents[] = "documents:\n  trial: {title: 〔例〕, status: illustrative, note: invented}\n";

/* Appends a file to a pack; the pack has room. */
static inline size_t fuzz_add(char *pack, size_t at, const char *path, const void *bytes, size_t size)
{
    at += (size_t)sprintf(pack + at, "%s\n%zu\n", path, size);
    memcpy(pack + at, bytes, size);
    return at + size;
}

/* Loads a pack whose file trial/trial.yaml is these bytes, and makes its plans. */
static inline void fuzz_pack(const void *bytes, size_t size)
{
    char *pack = malloc(size + sizeof fuzz_areas + sizeof fuzz_documents + 256);
    jz_assess_options options = fuzz_options();
    jz_policy *policy = NULL;
    jz_error *error = NULL;
    size_t count;
    int32_t number;
    if (pack == NULL)
        return;
    count = (size_t)sprintf(pack, "jiuzhu-pack 1\ntrial\n3\n");
    count = fuzz_add(pack, count, "trial/areas.yaml", fuzz_areas, sizeof fuzz_areas - 1);
    count = fuzz_add(pack, count, "trial/documents.yaml", fuzz_documents, sizeof fuzz_documents - 1);
    count = fuzz_add(pack, count, "trial/trial.yaml", bytes, size);
    number = jz_policy_load_pack(pack, count, NULL, &policy, &error);
    free(pack);
    PROMISE((number == JZ_OK) == (policy != NULL));
    fuzz_error(number, error);
    if (policy != NULL) {
        jz_buffer *text = NULL;
        error = NULL;
        number = jz_policy_diagnostics(policy, "990800", JZ_NUL, &options, &text, &error);
        fuzz_error(number, error);
        jz_buffer_free(text);
        error = NULL;
        text = NULL;
        number = jz_assess_json(policy, "{\"area\": \"990800\", \"members\": [{}]}", JZ_NUL, &options, &text, &error);
        fuzz_error(number, error);
        jz_buffer_free(text);
        jz_policy_free(policy);
    }
}

#endif
