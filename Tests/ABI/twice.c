#include <jiuzhu.h>
#include <string.h>

int used_elsewhere(void);

int used_elsewhere(void) {
    jz_error *error = NULL;
    jz_policy *policy = NULL;
    jz_view message;
    int32_t code = jz_policy_load("nowhere", JZ_NUL, "heilongjiang", JZ_NUL, NULL, &policy, &error);

    if (code != JZ_E_NO_POLICY || policy != NULL) return 10;
    if (jz_error_code(error) != code || jz_error_class(error) != JZ_CLASS_POLICY) return 11;
    message = jz_error_message(error);
    if (message.size == 0 || message.data[message.size] != '\0') return 12;
    jz_error_free(error);
    if (jz_error_code(NULL) != JZ_OK || jz_buffer_view(NULL).size != 0) return 13;
    return strcmp(jz_version(), JZ_VERSION) == 0 ? 0 : 14;
}
