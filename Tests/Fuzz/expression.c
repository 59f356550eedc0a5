/* An expression of any bytes, as the value of a figure. */
#include "pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char head[] =
        "area: 990800 例市\nfrom: 2020-01-01\nsource: trial\nfigures:\n"
        "  standard: {unit: yuan/month, is: 700 yuan/month}\nlow-income:\n  routes:\n    household:\n      each: \"";
    char *text = malloc(sizeof head + size * 4 + 8);
    size_t count = sizeof head - 1, place;
    if (text == NULL)
        return 0;
    memcpy(text, head, count);
    for (place = 0; place < size; place++) {
        if (data[place] == '"' || data[place] == '\\')
            text[count++] = '\\';
        if (data[place] < 0x20)
            count += (size_t)sprintf(text + count, "\\x%02X", data[place]);
        else
            text[count++] = (char)data[place];
    }
    text[count++] = '"';
    text[count++] = '\n';
    fuzz_pack(text, count);
    free(text);
    return 0;
}
