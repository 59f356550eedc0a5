/*
 * A host of a few lines: it asks the channel for a file, compares it byte by byte, and hands it return files that are right
 * and wrong.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <jiuzhu_plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi);

struct jzp_file {
    char bytes[4096];
    size_t size;
    char said[200];
};

struct jzp_receipts {
    char text[1000];
    char said[300];
};

static int32_t keep(jzp_file *file, const void *bytes, size_t size)
{
    if (size > sizeof file->bytes - file->size)
        return JZP_FAILED;
    memcpy(file->bytes + file->size, bytes, size);
    file->size += size;
    return JZP_OK;
}

static void hear(jzp_file *file, const char *message) { snprintf(file->said, sizeof file->said, "%s", message); }

static int32_t receive(jzp_receipts *receipts, const char *id, int32_t outcome, int64_t fen, const char *reason)
{
    size_t used = strlen(receipts->text);
    snprintf(receipts->text + used, sizeof receipts->text - used, "%s %s %lld %s\n", id,
             outcome == JZP_PAID ? "paid" : "returned", (long long)fen, reason ? reason : "-");
    return JZP_OK;
}

static void hear_line(jzp_receipts *receipts, const char *message, int64_t line)
{
    snprintf(receipts->said, sizeof receipts->said, "line %lld: %s", (long long)line, message);
}

static int failures;

static void expect(const char *what, const char *found, const char *expected)
{
    if (strcmp(found, expected) == 0)
        return;
    fprintf(stderr, "bank-csv: %s\n  found:    %s\n  expected: %s\n", what, found, expected);
    failures++;
}

/* A line of a return file with its check digits. */
static void add(char *file, const char *line)
{
    unsigned rest = 0;
    char end[8];
    for (const char *byte = line; *byte; byte++)
        rest = (rest * 256 + (unsigned char)*byte) % 97;
    snprintf(end, sizeof end, "%02u\r\n", 98 - rest * 100 % 97);
    strcat(strcat(file, line), end);
}

/* The receipts of a return file, or what is said against it. */
static const char *read_back(const jzp_channel *channel, const jzp_host *host, const char *bytes, size_t size)
{
    static jzp_receipts receipts;
    memset(&receipts, 0, sizeof receipts);
    return channel->returned(channel, host, bytes, size, &receipts) == JZP_OK ? receipts.text : receipts.said;
}

int main(void)
{
    const jzp_channel *channel = jiuzhu_plugin(JZP_ABI)->channels[0];
    jzp_host host;
    const jzp_batch_info batch = { sizeof batch, 20261120, "B202611", "\xE4\xBE\x8B\xE5\x8E\xBF" /* 例县 */ };
    jzp_payment payments[2] = {
        { "P1", "\xE5\xBC\xA0\xE4\xB8\x89" /* 张三 */, "6217000012345678901", 71000, "2026-11" },
        { "P2", "\xE6\x9D\x8E\xF0\xA0\xAE\xB7" /* 李𠮷, four bytes in GB 18030 */, "62-1", 1, "2026-11" },
    };
    static jzp_file file;
    char back[1000] = "", text[1000];
    memset(&host, 0, sizeof host);
    host.struct_size = sizeof host;
    host.abi = JZP_ABI;
    host.write = keep;
    host.file_error = hear;
    host.receipt = receive;
    host.receipt_error = hear_line;

    if (channel->payments(channel, &host, &batch, payments, 2, &file) != JZP_OK)
        expect("a batch is written", file.said, "");
    file.bytes[file.size] = 0;
    char expected[1000] = "";
    snprintf(text, sizeof text, "H%-32s%s%-60s%s%s", "B202611", "20261120", "\xC0\xFD\xCF\xD8", "00000002",
             "0000000000071001");
    add(expected, text);
    snprintf(text, sizeof text, "D%s%-32s%-40s%-60s%s%-60s", "00000001", "P1", "6217000012345678901", "\xD5\xC5\xC8\xFD",
             "0000000000071000", "2026-11");
    add(expected, text);
    snprintf(text, sizeof text, "D%s%-32s%-40s%-60s%s%-60s", "00000002", "P2", "62-1", "\xC0\xEE\x95\x34\xB2\x35",
             "0000000000000001", "2026-11");
    add(expected, text);
    add(expected, "T000000020000000000071001");
    expect("the file", file.bytes, expected);

    memset(&file, 0, sizeof file);
    payments[1].name = "1234567890123456789012345678901234567890123456789012345678901";
    channel->payments(channel, &host, &batch, payments, 2, &file);
    expect("a long name", file.said, "payment 2: its name is longer than its column in GB 18030");
    payments[1].fen = 9999999999999999;
    channel->payments(channel, &host, &batch, payments, 2, &file);
    expect("a large sum", file.said, "the sums are more together than a column of 16 digits holds");

    snprintf(text, sizeof text, "R%-32s%s%s", "B202611", "20261121", "00000002");
    add(back, text);
    snprintf(text, sizeof text, "D%s%-32s%s%s%-60s", "00000001", "P1", "0000000000071000", "0000", "");
    add(back, text);
    snprintf(text, sizeof text, "D%s%-32s%s%s%-60s", "00000002", "P2", "0000000000000001", "0404",
             "\xCE\xDE\xB4\xCB\xBB\xA7" /* 无此户 */);
    add(back, text);
    size_t body = strlen(back);
    add(back, "T000000010000000000071000000000010000000000000001");
    size_t size = strlen(back);
    expect("a return file", read_back(channel, &host, back, size),
           "P1 paid 71000 -\nP2 returned 1 \xE6\x97\xA0\xE6\xAD\xA4\xE6\x88\xB7\n");

    expect("an empty file", read_back(channel, &host, back, 0), "line 1: the file is cut: a line was expected here");
    expect("a file without its end", read_back(channel, &host, back, body),
           "line 4: the file is cut: a line was expected here");
    for (size_t cut = 1; cut < size; cut++)
        if (strncmp(read_back(channel, &host, back, cut), "line ", 5) != 0)
            expect("a file that is cut anywhere", "it is taken", "it is refused");
    for (size_t place = 0; place < size; place++) {
        back[place] ^= 1;
        if (strncmp(read_back(channel, &host, back, size), "line ", 5) != 0)
            expect("a file with one other bit", "it is taken", "it is refused");
        back[place] ^= 1;
    }
    back[size] = '\n';
    expect("more behind the end", read_back(channel, &host, back, size + 1),
           "line 5: something stands behind the last line");
    back[body] = 0;
    add(back, "T000000020000000000071000000000000000000000000000");
    expect("other totals", read_back(channel, &host, back, size),
           "line 4: the totals of the last line do not agree with the lines before it");
    expect("a file of something else", read_back(channel, &host, "<html><body>502</body></html>", 29),
           "line 1: the line is not of the kind or length that was expected here");
    if (failures == 0)
        puts("bank-csv: all as expected");
    return failures != 0;
}
