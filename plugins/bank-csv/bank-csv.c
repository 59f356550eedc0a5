/*
 * 银行批量代发文件: a payment channel that writes fixed columns in GB 18030, and reads what the bank sends back.
 *
 * Both files are lines that end in CR LF. Texts stand left with spaces behind them, numbers right with zeros before them,
 * and each line ends in two check digits over the bytes before them (ISO 7064, MOD 97-10, each byte a digit to base 256).
 *
 *   payments    H batch 32, day 8, payer 60, count 8, fen 16
 *               D number 8, id 32, account 40, name 60, fen 16, purpose 60
 *               T count 8, fen 16
 *   return      R batch 32, day 8, count 8
 *               D number 8, id 32, fen 16, code 4, words 60     code 0000 is paid, every other returned
 *               T paid 8, fen 16, returned 8, fen 16
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <jiuzhu_plugin.h>

#include <iconv.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { ID = 32, DAY = 8, ACCOUNT = 40, TEXT = 60, COUNT = 8, FEN = 16, CODE = 4, CHECK = 2, LONGEST = 256 };
/* The most that a column of 16 digits holds. */
static const int64_t most_fen = 9999999999999999;
static const size_t most_payments = 99999999;

/* A line that is being written or read. */
typedef struct line {
    char bytes[LONGEST];
    size_t size, place;
} line;

/* The check digits of some bytes. */
static unsigned check(const char *bytes, size_t size)
{
    unsigned rest = 0;
    for (size_t i = 0; i < size; i++)
        rest = (rest * 256 + (unsigned char)bytes[i]) % 97;
    return 98 - rest * 100 % 97;
}

/* Converts a text between encodings; false where it does not fit or is none. */
static bool convert(const char *to, const char *from, const char *text, size_t size, char *out, size_t room, size_t *used)
{
    iconv_t converter = iconv_open(to, from);
    char *in = (char *)text, *next = out;
    size_t left = room, done;
    if (converter == (iconv_t)-1)
        return false;
    done = iconv(converter, &in, &size, &next, &left);
    iconv_close(converter);
    *used = room - left;
    return done != (size_t)-1;
}

/* ---------------------------------------------------------------------------------------------------------------- writing */

static void put(line *line, const char *bytes, size_t size, size_t width)
{
    memset(line->bytes + line->size, ' ', width);
    memcpy(line->bytes + line->size, bytes, size);
    line->size += width;
}

/* A text of the host's; false where its column is too narrow for it. */
static bool put_text(line *line, const char *text, size_t width)
{
    char bytes[TEXT];
    size_t size;
    if (width > sizeof bytes || !convert("GB18030", "UTF-8", text, strlen(text), bytes, width, &size))
        return false;
    put(line, bytes, size, width);
    return true;
}

static void put_number(line *line, int64_t number, int width)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%0*lld", width, (long long)number);
    put(line, digits, (size_t)width, (size_t)width);
}

static int32_t end(line *line, const jzp_host *host, jzp_file *file)
{
    put_number(line, (int64_t)check(line->bytes, line->size), CHECK);
    memcpy(line->bytes + line->size, "\r\n", 2);
    return host->write(file, line->bytes, line->size + 2);
}

static int32_t refuse(const jzp_host *host, jzp_file *file, const char *form, ...)
{
    char message[200];
    va_list values;
    va_start(values, form);
    vsnprintf(message, sizeof message, form, values);
    va_end(values);
    host->file_error(file, message);
    return JZP_FAILED;
}

static int32_t payments(const jzp_channel *self, const jzp_host *host, const jzp_batch_info *batch,
                        const jzp_payment *payments, size_t count, jzp_file *file)
{
    int64_t total = 0;
    line first = { { 0 }, 0, 0 }, last = { { 0 }, 0, 0 };
    (void)self;
    if (count > most_payments)
        return refuse(host, file, "a file has at most %zu payments", most_payments);
    for (size_t i = 0; i < count; i++)
        if (__builtin_add_overflow(total, payments[i].fen, &total) || total > most_fen)
            return refuse(host, file, "the sums are more together than a column of %d digits holds", FEN);
    put(&first, "H", 1, 1);
    if (!put_text(&first, batch->id, ID))
        return refuse(host, file, "the id of the batch is longer than %d bytes", ID);
    put_number(&first, batch->day, DAY);
    if (!put_text(&first, batch->payer, TEXT))
        return refuse(host, file, "the payer is longer than %d bytes in GB 18030", TEXT);
    put_number(&first, (int64_t)count, COUNT);
    put_number(&first, total, FEN);
    if (end(&first, host, file) != JZP_OK)
        return JZP_FAILED;
    for (size_t i = 0; i < count; i++) {
        const jzp_payment *payment = &payments[i];
        line line = { { 0 }, 0, 0 };
        const char *wide = NULL;
        put(&line, "D", 1, 1);
        put_number(&line, (int64_t)i + 1, COUNT);
        if (!put_text(&line, payment->id, ID))
            wide = "id";
        if (!put_text(&line, payment->account, ACCOUNT))
            wide = "account";
        if (!put_text(&line, payment->name, TEXT))
            wide = "name";
        put_number(&line, payment->fen, FEN);
        if (!put_text(&line, payment->purpose, TEXT))
            wide = "purpose";
        /* Nothing is cut off: a bank would pay to somebody else, or nobody. */
        if (wide)
            return refuse(host, file, "payment %zu: its %s is longer than its column in GB 18030", i + 1, wide);
        if (end(&line, host, file) != JZP_OK)
            return JZP_FAILED;
    }
    put(&last, "T", 1, 1);
    put_number(&last, (int64_t)count, COUNT);
    put_number(&last, total, FEN);
    return end(&last, host, file);
}

/* ---------------------------------------------------------------------------------------------------------------- reading */

/* A return file, and where in it the reader is. */
typedef struct reading {
    const jzp_host *host;
    jzp_receipts *receipts;
    const char *bytes;
    size_t left;
    int64_t number;
} reading;

static int32_t wrong(const reading *at, const char *message)
{
    at->host->receipt_error(at->receipts, message, at->number);
    return JZP_FAILED;
}

static bool take_number(line *line, size_t width, int64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < width; i++) {
        char digit = line->bytes[line->place++];
        if (digit < '0' || digit > '9')
            return false;
        *number = *number * 10 + (digit - '0');
    }
    return true;
}

/* A text without the spaces behind it, in UTF-8; false where it is not GB 18030. */
static bool take_text(line *line, size_t width, char *text, size_t room)
{
    const char *bytes = line->bytes + line->place;
    size_t size = width, used;
    line->place += width;
    while (size > 0 && bytes[size - 1] == ' ')
        size--;
    if (!convert("UTF-8", "GB18030", bytes, size, text, room - 1, &used))
        return false;
    text[used] = 0;
    return true;
}

/* The next line, of a kind and size, with its check digits looked at. */
static bool next(reading *at, char kind, size_t size, line *line)
{
    int64_t digits;
    at->number++;
    if (at->left < size + CHECK + 2 || at->bytes[0] != kind) {
        wrong(at, at->left == 0 ? "the file is cut: a line was expected here"
                                : "the line is not of the kind or length that was expected here");
        return false;
    }
    memcpy(line->bytes, at->bytes, size + CHECK);
    line->place = size;
    if (memcmp(at->bytes + size + CHECK, "\r\n", 2) || !take_number(line, CHECK, &digits)
        || digits != (int64_t)check(line->bytes, size)) {
        wrong(at, "the check digits at the end of the line do not agree with it");
        return false;
    }
    line->place = 1;
    at->bytes += size + CHECK + 2;
    at->left -= size + CHECK + 2;
    return true;
}

static int32_t returned(const jzp_channel *self, const jzp_host *host, const void *bytes, size_t size,
                        jzp_receipts *receipts)
{
    reading at = { host, receipts, bytes, size, 0 };
    int64_t day, count, counts[2] = { 0, 0 }, sums[2] = { 0, 0 };
    char batch[ID * 4], id[ID * 4], words[TEXT * 4];
    line line;
    (void)self;
    if (!next(&at, 'R', 1 + ID + DAY + COUNT, &line))
        return JZP_FAILED;
    if (!take_text(&line, ID, batch, sizeof batch) || !take_number(&line, DAY, &day) || !take_number(&line, COUNT, &count))
        return wrong(&at, "the first line has no batch, day or count");
    for (int64_t i = 1; i <= count; i++) {
        int64_t number, fen, code;
        int32_t outcome;
        if (!next(&at, 'D', 1 + COUNT + ID + FEN + CODE + TEXT, &line))
            return JZP_FAILED;
        if (!take_number(&line, COUNT, &number) || number != i)
            return wrong(&at, "the lines are not numbered one after the other");
        if (!take_text(&line, ID, id, sizeof id) || !take_number(&line, FEN, &fen) || !take_number(&line, CODE, &code)
            || !take_text(&line, TEXT, words, sizeof words))
            return wrong(&at, "the line has no id, sum, code or words");
        outcome = code == 0 ? JZP_PAID : JZP_RETURNED;
        counts[outcome]++;
        if (__builtin_add_overflow(sums[outcome], fen, &sums[outcome]))
            return wrong(&at, "the sums are more together than can be counted");
        if (host->receipt(receipts, id, outcome, fen, words[0] ? words : NULL) != JZP_OK)
            return JZP_FAILED;
    }
    if (!next(&at, 'T', 1 + 2 * (COUNT + FEN), &line))
        return JZP_FAILED;
    for (int32_t outcome = JZP_PAID; outcome <= JZP_RETURNED; outcome++) {
        int64_t fen;
        if (!take_number(&line, COUNT, &count) || !take_number(&line, FEN, &fen) || count != counts[outcome]
            || fen != sums[outcome])
            return wrong(&at, "the totals of the last line do not agree with the lines before it");
    }
    at.number++;
    return at.left == 0 ? JZP_OK : wrong(&at, "something stands behind the last line");
}

static const jzp_channel bank = { sizeof(jzp_channel), 0, "bank-csv", "银行批量代发文件", "bank's file in fixed columns",
                                  payments, returned, NULL };
static const jzp_channel *const channels[] = { &bank };

JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi);
JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi)
{
    static const jzp_descriptor descriptor = { JZP_MAGIC, JZP_ABI, sizeof(jzp_descriptor), "bank-csv", "1.0.0", 0, NULL,
                                               0, NULL, 1, channels };
    return host_abi >= JZP_ABI ? &descriptor : NULL;
}
