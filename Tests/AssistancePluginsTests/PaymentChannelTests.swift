import AssistanceCore
import AssistancePlugins
import Testing

/// Payment channels of plugins, as the host uses them.
@Suite("Payment channels of plugins")
struct PaymentChannelTests {
    private static func channel(_ payments: String, _ returned: String, reads: Bool = true) -> String {
        Source.entry(
            """
            static const jzp_channel c = { sizeof(jzp_channel), 0, "bank-csv", "银行文件", "bank's file", payments,
                                           \(reads ? "returned" : "NULL"), NULL };
            static const jzp_channel *const channels[] = { &c };
            static const jzp_descriptor d = { JZP_MAGIC, JZP_ABI, sizeof(jzp_descriptor), "bank", "1.0.0", 0, NULL, 0,
                                              NULL, 1, channels };
            return &d;
            """,
            before: """
                #include <pthread.h>
                #include <stdio.h>
                #include <string.h>
                static int32_t payments(const jzp_channel *self, const jzp_host *host, const jzp_batch_info *batch,
                                        const jzp_payment *list, size_t count, jzp_file *file)
                {
                    (void)self; (void)host; (void)batch; (void)list; (void)count; (void)file;
                    \(payments)
                    return JZP_OK;
                }
                int32_t returned(const jzp_channel *self, const jzp_host *host, const void *bytes, size_t size,
                                 jzp_receipts *receipts);
                int32_t returned(const jzp_channel *self, const jzp_host *host, const void *bytes, size_t size,
                                 jzp_receipts *receipts)
                {
                    (void)self; (void)host; (void)bytes; (void)size; (void)receipts;
                    \(returned)
                    return JZP_OK;
                }
                """)
    }

    private static func channel(_ code: String, in build: PluginBuild) throws -> PluginChannel {
        try #require(try PluginSet.of([code], in: build).plugins.first?.channels.first)
    }

    private static func batch() throws -> PaymentBatch {
        try PaymentBatch(
            id: "B202611", payer: "例县财政局", day: #require(CalendarDate(iso: "2026-11-20")),
            payments: [
                Payment(
                    id: "P1", name: "张三", account: "6217000012345678901", sum: Money(fen: 71_000),
                    purpose: "低保金 2026-11"),
                Payment(
                    id: "P2", name: "李四", account: "6217-0000-02", sum: Money(fen: 1), purpose: "低保金 2026-11"),
            ])
    }

    private static let line = """
        char line[200];
        for (size_t i = 0; i < count; i++) {
            int n = snprintf(line, sizeof line, "%s|%s|%s|%lld|%s\\n", list[i].id, list[i].name, list[i].account,
                             (long long)list[i].fen, list[i].purpose);
            host->write(file, line, (size_t)n);
        }
        int n = snprintf(line, sizeof line, "%s %s %d %u\\n", batch->id, batch->payer, batch->day, batch->struct_size);
        host->write(file, line, (size_t)n);
        host->write(file, NULL, 0);
        """

    @Test("A batch is written as the plugin writes it, and what the bank sends back is read")
    func both() throws {
        let build = try PluginBuild()
        let code = Self.channel(
            Self.line,
            """
            if (size != 4 || memcmp(bytes, "back", 4)) return JZP_FAILED;
            host->receipt(receipts, "P2", JZP_RETURNED, 1, "账号不存在");
            host->receipt(receipts, "P1", JZP_PAID, 71000, NULL);
            """)
        let channel = try Self.channel(code, in: build)
        #expect(channel.id == "bank-csv" && channel.readsReturns)
        let batch = try Self.batch()
        #expect(
            String(decoding: try channel.file(of: batch), as: UTF8.self) == """
                P1|张三|6217000012345678901|71000|低保金 2026-11
                P2|李四|6217-0000-02|1|低保金 2026-11
                B202611 例县财政局 20261120 24

                """)
        #expect(
            try channel.receipts(in: Array("back".utf8), of: batch) == [
                PaymentReceipt(id: "P2", .returned, sum: Money(fen: 1), reason: "账号不存在"),
                PaymentReceipt(id: "P1", .paid, sum: Money(fen: 71_000)),
            ])
        // A bank's words are passed on, but no citizen number in them.
        let number = "11010119900307055" + String(try #require(CitizenNumber.checkCharacter(for: "11010119900307055")))
        let words = Self.channel(
            "", #"host->receipt(receipts, "P1", JZP_RETURNED, 5, "户名与 \#(number)\t不符");"#)
        let reason = try Self.channel(words, in: build).receipts(in: []).first?.reason
        #expect(reason == "户名与 110101************\u{FFFD}不符")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let lines: String
        let message: String
        var line: Int?

        var testDescription: String { name }

        init(_ name: String, _ lines: String, _ message: String, line: Int? = nil) {
            self.name = name
            self.lines = lines
            self.message = message
            self.line = line
        }
    }

    private static let title = "the plugin 'bank' 1.0.0, the payment channel 'bank-csv': "

    static let files = [
        Case("nothing", "", "it wrote nothing"),
        Case(
            "says so", #"host->file_error(file, "an account of another bank"); return JZP_FAILED;"#,
            "an account of another bank"),
        Case("says so and answers JZP_OK", line + #"host->file_error(file, "no");"#, "no"),
        Case("silent", line + "return -1;", "its payments answered -1, and it did not say why"),
        Case("not provided", "return JZP_NOT_PROVIDED;", "its payments answered 2, and it did not say why"),
        Case("no bytes", "host->write(file, NULL, 7);", "write was given NULL, and 7 bytes were announced"),
        Case(
            "too large",
            "static char large[1 << 20]; for (int i = 0; i < 65; i++) host->write(file, large, sizeof large);",
            "the file has more than 64 MB"),
        Case("absurd size", #"host->write(file, "a", (size_t)-1);"#, "the file has more than 64 MB"),
        Case("no message", "host->file_error(file, NULL);", "the message given to file_error is NULL"),
        Case(
            "receipts into a file", #"return host->receipt((jzp_receipts *)file, "P1", JZP_PAID, 1, NULL);"#,
            "its payments answered 1, and it did not say why"),
    ]

    @Test("A file with which anything is wrong is none", arguments: files)
    func wrongFile(_ wrong: Case) throws {
        let build = try PluginBuild()
        let channel = try Self.channel(Self.channel(wrong.lines, ""), in: build)
        let batch = try Self.batch()
        let problem = try #require(throws: PaymentProblem.self) { try channel.file(of: batch) }
        #expect(problem.message == Self.title + wrong.message)
    }

    static let returns = [
        Case(
            "says so", #"host->receipt_error(receipts, "the total is another", 12); return JZP_FAILED;"#,
            "the total is another", line: 12),
        Case("without a line", #"host->receipt_error(receipts, "it is empty", 0);"#, "it is empty"),
        Case("absurd line", #"host->receipt_error(receipts, "it is empty", INT64_MIN);"#, "it is empty"),
        Case("silent", "return 4;", "its returned answered 4, and it did not say why"),
        Case(
            "twice",
            #"host->receipt(receipts, "P1", JZP_PAID, 5, NULL); host->receipt(receipts, "P1", JZP_RETURNED, 5, NULL);"#,
            "there are two receipts of 'P1'"),
        Case(
            "outcome", #"host->receipt(receipts, "P1", 2, 5, NULL);"#,
            "receipt was given the outcome 2, and JZP_PAID or JZP_RETURNED was expected"),
        Case("no id", "host->receipt(receipts, NULL, JZP_PAID, 5, NULL);", "the id given to receipt is NULL"),
        Case(
            "bad id", #"host->receipt(receipts, "P 1", JZP_PAID, 5, NULL);"#,
            "the id of a receipt is none; 1 to 32 letters and digits were expected"),
        Case(
            "nothing paid", #"host->receipt(receipts, "P1", JZP_PAID, 0, NULL);"#,
            "the receipt of 'P1' is of 0.00 yuan, and more than nothing was expected"),
        Case(
            "less than nothing", #"host->receipt(receipts, "P1", JZP_PAID, INT64_MIN, NULL);"#,
            "the receipt of 'P1' is of -92233720368547758.08 yuan, and more than nothing was expected"),
        Case(
            "reason not UTF-8", #"host->receipt(receipts, "P1", JZP_RETURNED, 5, "\xd5\xcb");"#,
            "the reason given to receipt is not valid UTF-8"),
        Case(
            "several", #"host->receipt(receipts, "", JZP_PAID, 5, NULL); host->receipt_error(receipts, "bad", 3);"#,
            "the id given to receipt is empty (and 1 more)"),
    ]

    @Test("Of a return file with which anything is wrong nothing is taken", arguments: returns)
    func wrongReturn(_ wrong: Case) throws {
        let build = try PluginBuild()
        let channel = try Self.channel(Self.channel("", wrong.lines), in: build)
        let problem = try #require(throws: PaymentProblem.self) { try channel.receipts(in: [1]) }
        #expect(problem.message == Self.title + wrong.message && problem.line == wrong.line)
    }

    @Test("Receipts are of payments of the batch, with their sums")
    func others() throws {
        let build = try PluginBuild()
        let batch = try Self.batch()
        func problem(_ lines: String, reads: Bool = true) throws -> String {
            let channel = try Self.channel(Self.channel("", lines, reads: reads), in: build)
            return try #require(throws: PaymentProblem.self) { try channel.receipts(in: [], of: batch) }.message
        }
        #expect(
            try problem(#"host->receipt(receipts, "P3", JZP_PAID, 5, NULL);"#)
                == "the payment 'P3' is none of the batch 'B202611'")
        #expect(
            try problem(#"host->receipt(receipts, "P1", JZP_PAID, 70000, NULL);"#)
                == "the payment 'P1' is 710.00 yuan, and the file says 700.00; nothing of it is taken")
        #expect(try problem("", reads: false) == Self.title + "it reads no return files")
    }
}
