/* Streams of Arrow arrays that lie about everything a reader can know: formats, counts, offsets, indexes, NULL pointers.
 *
 * What no reader can know is true here: a buffer of fixed width is as long as length and offset say, and a buffer of bytes
 * as long as the greatest offset into it. */
#include "common.h"

struct input {
    const uint8_t *data;
    size_t size;
};

static uint64_t number(struct input *input, int bytes)
{
    uint64_t value = 0;
    while (bytes-- > 0 && input->size > 0) {
        value = value << 8 | *input->data++;
        input->size--;
    }
    return value;
}

/* What must be freed when an array or a schema is released. */
struct owned {
    void *blocks[24];
    int count;
};

static void *block(struct owned *owned, size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (memory == NULL || owned->count >= 24)
        abort();
    owned->blocks[owned->count++] = memory;
    return memory;
}

static void free_all(struct owned *owned)
{
    while (owned->count > 0)
        free(owned->blocks[--owned->count]);
    free(owned);
}

static int live;

static void release_schema(struct ArrowSchema *schema)
{
    int64_t child;
    struct owned *owned = schema->private_data;
    /* The true number of children stands behind the first block. */
    int64_t count = *(int64_t *)owned->blocks[0];
    struct ArrowSchema **children = owned->blocks[1];
    for (child = 0; child < count; child++)
        if (children[child] != NULL && children[child]->release != NULL)
            children[child]->release(children[child]);
    if (schema->dictionary != NULL && schema->dictionary->release != NULL)
        schema->dictionary->release(schema->dictionary);
    free_all(owned);
    schema->release = NULL;
    live--;
}

static void release_array(struct ArrowArray *array)
{
    int64_t child;
    struct owned *owned = array->private_data;
    int64_t count = *(int64_t *)owned->blocks[0];
    struct ArrowArray **children = owned->blocks[1];
    for (child = 0; child < count; child++)
        if (children[child] != NULL && children[child]->release != NULL)
            children[child]->release(children[child]);
    if (array->dictionary != NULL && array->dictionary->release != NULL)
        array->dictionary->release(array->dictionary);
    free_all(owned);
    array->release = NULL;
    live--;
}

static const char *const formats[] = {
    "u", "U", "vu", "l", "i", "s", "c", "C", "S", "I", "b", "tdD", "tdm", "d:18,2", "d:38,4", "d:9,2,32", "d:5", "+l", "+L",
    "+vl", "+vL", "+s", "z", "n", "g", "", "+us:0", "d:", "tdX", "w:8", "d:99999999999999999999,2", "+w:4",
};
static const char *const names[] = {
    "household", "area", "residence", "members", "birth", "relation", "income.wages", "income.total", "income.others", "illness",
    "obligors", "bills", "plots", "losses", "size", "disability_grade", "unheard_of", "",
};
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The shape of a column, made once and used for its schema and for all its arrays. */
struct shape {
    uint8_t format, name;
    int children, has_dictionary;
    struct shape *child[6];
    struct shape *dictionary;
};

static struct shape *make_shape(struct input *input, int depth)
{
    struct shape *shape = calloc(1, sizeof *shape);
    int child;
    if (shape == NULL)
        abort();
    shape->format = (uint8_t)(number(input, 1) % COUNT(formats));
    shape->name = (uint8_t)(number(input, 1) % COUNT(names));
    if (depth == 0)
        shape->format = 21; /* +s at the top, most of the time */
    if (depth == 0 && (number(input, 1) & 31) == 31)
        shape->format = 0;
    if (depth < 5) {
        const char *format = formats[shape->format];
        shape->children = format[0] == '+' ? (format[1] == 's' ? (int)(number(input, 1) % 7) : 1) : 0;
        if ((number(input, 1) & 63) == 63)
            shape->children = (int)(number(input, 1) % 7);
        for (child = 0; child < shape->children; child++)
            shape->child[child] = make_shape(input, depth + 1);
        if (shape->children == 0 && (number(input, 1) & 7) == 7) {
            shape->has_dictionary = 1;
            shape->dictionary = make_shape(input, 5);
        }
    }
    return shape;
}

static void free_shape(struct shape *shape)
{
    int child;
    if (shape == NULL)
        return;
    for (child = 0; child < 6; child++)
        free_shape(shape->child[child]);
    free_shape(shape->dictionary);
    free(shape);
}

static int lies(struct input *input) { return (number(input, 1) & 127) == 127; }

static void make_schema(const struct shape *shape, struct input *input, struct ArrowSchema *out)
{
    struct owned *owned = calloc(1, sizeof *owned);
    int64_t *count;
    int child;
    if (owned == NULL)
        abort();
    count = block(owned, sizeof *count);
    *count = shape->children;
    memset(out, 0, sizeof *out);
    out->children = block(owned, 6 * sizeof *out->children);
    out->format = formats[shape->format];
    out->name = lies(input) ? NULL : names[shape->name];
    out->flags = ARROW_FLAG_NULLABLE;
    out->n_children = lies(input) ? (int64_t)number(input, 8) : shape->children;
    for (child = 0; child < shape->children; child++) {
        out->children[child] = block(owned, sizeof **out->children);
        make_schema(shape->child[child], input, out->children[child]);
    }
    if (out->n_children > shape->children)
        out->n_children = shape->children; /* more than there are would be beyond what a reader can know */
    if (lies(input) && shape->children > 0)
        out->format = NULL;
    if (shape->has_dictionary) {
        out->dictionary = block(owned, sizeof *out->dictionary);
        make_schema(shape->dictionary, input, out->dictionary);
    }
    out->private_data = owned;
    out->release = release_schema;
    live++;
}

static size_t width(const char *format)
{
    switch (format[0]) {
    case 'l': return 8;
    case 'i': case 'I': return 4;
    case 's': case 'S': return 2;
    case 'c': case 'C': return 1;
    case 'g': return 8;
    case 't': return strcmp(format, "tdD") == 0 ? 4 : 8;
    case 'd': return strstr(format, ",32") ? 4 : 32;
    default: return 32;
    }
}

static void make_array(const struct shape *shape, struct input *input, int64_t length, struct ArrowArray *out)
{
    struct owned *owned = calloc(1, sizeof *owned);
    const char *format = formats[shape->format];
    int64_t *count;
    int64_t offset = (int64_t)(number(input, 1) & 3), rows = length + offset, inner = 0, row;
    int child;
    uint8_t *bytes;
    if (owned == NULL)
        abort();
    count = block(owned, sizeof *count);
    *count = shape->children;
    memset(out, 0, sizeof *out);
    out->children = block(owned, 6 * sizeof *out->children);
    out->buffers = block(owned, 8 * sizeof *out->buffers);
    out->length = length;
    out->offset = offset;
    out->null_count = (number(input, 1) & 3) == 3 ? (int64_t)number(input, 1) - 2 : -1;

    /* Validity, sometimes none. */
    if (number(input, 1) & 1) {
        bytes = block(owned, (size_t)rows / 8 + 1);
        for (row = 0; row < rows / 8 + 1; row++)
            bytes[row] = (uint8_t)number(input, 1);
        out->buffers[0] = bytes;
    }
    out->n_buffers = 2;
    if (shape->has_dictionary || format[0] == 0 || (format[0] != 'u' && format[0] != 'U' && format[0] != 'v' && format[0] != 'z'
        && format[0] != '+')) {
        size_t size = (size_t)rows * 32 + 32, wide = width(format), place;
        bytes = block(owned, size);
        for (place = 0; place < (size_t)rows * wide && place < size; place++)
            bytes[place] = (place % wide) < 2 ? (uint8_t)number(input, 1) : 0;
        out->buffers[1] = bytes;
    } else if (format[0] == 'v' || strncmp(format, "+v", 2) == 0) {
        /* Views: of text inline or in one buffer; of lists offsets and sizes. */
        bytes = block(owned, (size_t)rows * 16 + 16);
        for (row = 0; row < rows * 16; row++)
            bytes[row] = (row & 3) == 0 ? (uint8_t)(number(input, 1) & 15) : (row & 15) >= 4 ? (uint8_t)('a' + (row & 7)) : 0;
        out->buffers[1] = bytes;
        if (format[0] == 'v') {
            int64_t *sizes = block(owned, 8);
            uint8_t *data = block(owned, 64);
            memset(data, 'x', 64);
            *sizes = 64;
            out->buffers[2] = data;
            out->buffers[3] = sizes;
            out->n_buffers = 4;
        } else {
            uint8_t *sizes = block(owned, (size_t)rows * 8 + 8);
            for (row = 0; row < rows * 8; row++)
                sizes[row] = (row & 3) == 0 && (row & 7) == 0 ? (uint8_t)(number(input, 1) & 3) : 0;
            out->buffers[2] = sizes;
            out->n_buffers = 3;
            inner = 20;
        }
    } else if (strcmp(format, "+s") == 0) {
        out->n_buffers = 1;
        inner = rows;
    } else {
        /* Offsets, most of them rising. */
        int large = format[0] == 'U' || strcmp(format, "+L") == 0;
        int64_t at = 0, most = 0;
        uint8_t *offsets = block(owned, (size_t)(rows + 1) * (large ? 8 : 4));
        for (row = 0; row <= rows; row++) {
            int64_t value = lies(input) ? (int64_t)(int8_t)number(input, 1) : at;
            if (large)
                memcpy(offsets + row * 8, &value, 8);
            else {
                int32_t small = (int32_t)value;
                memcpy(offsets + row * 4, &small, 4);
            }
            most = value > most ? value : most;
            at += (int64_t)(number(input, 1) & 7);
        }
        out->buffers[1] = offsets;
        if (format[0] != '+') {
            static const char letters[] = "urban rural head spouse 1980-05-01 none 230100 cancer true";
            bytes = block(owned, (size_t)most + 1);
            for (row = 0; row < most; row++)
                bytes[row] = lies(input) ? (uint8_t)number(input, 1) : (uint8_t)letters[row % (int64_t)(sizeof letters - 1)];
            out->buffers[2] = bytes;
            out->n_buffers = 3;
        } else {
            inner = most;
        }
    }
    for (child = 0; child < shape->children; child++) {
        int64_t rows_inside = lies(input) ? (int64_t)(number(input, 1) & 15) : inner;
        out->children[child] = block(owned, sizeof **out->children);
        make_array(shape->child[child], input, rows_inside, out->children[child]);
    }
    out->n_children = shape->children;
    if (lies(input))
        out->n_children = (int64_t)number(input, 8) % (shape->children + 1);
    if (shape->has_dictionary) {
        out->dictionary = block(owned, sizeof *out->dictionary);
        make_array(shape->dictionary, input, (int64_t)(number(input, 1) & 15), out->dictionary);
        if (lies(input)) {
            out->dictionary->release(out->dictionary);
            out->dictionary = NULL;
        }
    }
    if (lies(input))
        out->n_buffers = (int64_t)(number(input, 1) % 6) - 1;
    if (lies(input))
        out->buffers[number(input, 1) & 3] = NULL;
    if (lies(input))
        out->length = -1 - (int64_t)number(input, 7);
    if (lies(input))
        out->offset = INT64_MAX - (int64_t)number(input, 1);
    if (lies(input))
        out->buffers = NULL;
    out->private_data = owned;
    out->release = release_array;
    live++;
}

struct stream {
    struct input *input;
    struct shape *shape;
    int batches;
};

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    struct stream *stream = self->private_data;
    make_schema(stream->shape, stream->input, out);
    return 0;
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    struct stream *stream = self->private_data;
    memset(out, 0, sizeof *out);
    if (stream->batches-- <= 0)
        return 0;
    if (lies(stream->input))
        return (int)(number(stream->input, 1));
    make_array(stream->shape, stream->input, (int64_t)(number(stream->input, 1) & 15), out);
    return 0;
}

static const char *last_error(struct ArrowArrayStream *self)
{
    struct stream *stream = self->private_data;
    return number(stream->input, 1) & 1 ? "the source is broken" : NULL;
}

static void release_stream(struct ArrowArrayStream *self)
{
    struct stream *stream = self->private_data;
    free_shape(stream->shape);
    free(stream);
    self->release = NULL;
    live--;
}

static void make_stream(struct input *input, struct ArrowArrayStream *out)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL)
        abort();
    stream->input = input;
    stream->shape = make_shape(input, 0);
    stream->batches = (int)(number(input, 1) & 3);
    out->get_schema = get_schema;
    out->get_next = get_next;
    out->get_last_error = last_error;
    out->release = release_stream;
    out->private_data = stream;
    live++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct ArrowArrayStream households, members, answer;
    jz_bulk_options options = JZ_BULK_OPTIONS_INIT;
    jz_buffer *warnings = NULL;
    jz_error *error = NULL;
    int two = number(&input, 1) & 1;
    int32_t code;
    live = 0;
    memset(&answer, 0, sizeof answer);
    options.date = 20260601;
    options.rows = (int32_t)(number(&input, 1) & 1);
    options.threads = (int32_t)(number(&input, 1) & 1) * 2;
    make_stream(&input, &households);
    if (two)
        make_stream(&input, &members);
    code = jz_assess_arrow(fuzz_policy(), &households, two ? &members : NULL, &options, &answer, &warnings, &error);
    PROMISE(households.release == NULL && (!two || members.release == NULL));
    PROMISE((code == JZ_OK) == (answer.release != NULL));
    fuzz_error(code, error);
    jz_buffer_free(warnings);
    if (answer.release != NULL) {
        struct ArrowSchema schema;
        struct ArrowArray array;
        int times = 0;
        if (answer.get_schema(&answer, &schema) == 0) {
            PROMISE(schema.release != NULL && strcmp(schema.format, "+s") == 0);
            schema.release(&schema);
        }
        for (;;) {
            memset(&array, 0, sizeof array);
            if (answer.get_next(&answer, &array) != 0) {
                PROMISE(answer.get_last_error(&answer) != NULL);
                break;
            }
            if (array.release == NULL || times++ > 64)
                break;
            array.release(&array);
        }
        if (array.release != NULL)
            array.release(&array);
        answer.release(&answer);
    }
    /* Everything that was handed over has been released, once. */
    PROMISE(live == 0);
    return 0;
}
