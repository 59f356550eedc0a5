import AssistanceCore
import Testing

/// Batches of payments are right before any channel sees them.
@Suite("Batches of payments")
struct PaymentBatchTests {
    private static let right = Payment(
        id: "P1", name: "张三", account: "6217-0000-01", sum: Money(fen: 71_000), purpose: "低保金 2026-11")

    private static func batch(
        _ payments: [Payment], id: String = "B1", payer: String = "例县财政局"
    ) throws(PaymentProblem) -> PaymentBatch {
        try PaymentBatch(id: id, payer: payer, day: .earliest, payments: payments)
    }

    @Test("A batch knows the sum of its payments")
    func total() throws {
        let other = Payment(id: "P2", name: "李四", account: "1", sum: Money(fen: 1), purpose: "低保金")
        #expect(try Self.batch([Self.right, other]).total == Money(fen: 71_001))
    }

    @Test("What is wrong with a batch is said without names and accounts")
    func wrong() throws {
        func said(_ payments: [Payment], id: String = "B1", payer: String = "例县财政局") throws -> String {
            try #require(throws: PaymentProblem.self) { try Self.batch(payments, id: id, payer: payer) }.message
        }
        func payment(
            id: String = "P2", name: String = "李四", account: String = "1", fen: Int64 = 5, purpose: String = "低保金"
        ) -> Payment { Payment(id: id, name: name, account: account, sum: Money(fen: fen), purpose: purpose) }
        #expect(
            try said([Self.right], id: "B-1") == "the id of the batch is none; 1 to 32 letters and digits were expected"
        )
        #expect(
            try said([Self.right], payer: "") == "the payer is none; one line of 1 to 200 characters was expected")
        #expect(try said([]) == "the batch has 0 payments, and 1 to 1000000 were expected")
        let endless = String(repeating: "9", count: 33)
        #expect(
            try said([Self.right, payment(id: endless)])
                == "payment 2: its id is none; 1 to 32 letters and digits were expected")
        #expect(try said([Self.right, Self.right]) == "payment 2 ('P1'): its id stands twice")
        #expect(
            try said([payment(name: "李\n四")])
                == "payment 1 ('P2'): its name is none; one line of 1 to 200 characters was expected")
        #expect(
            try said([payment(account: "6217 0000")])
                == "payment 1 ('P2'): its account is none; 1 to 40 letters, digits and - were expected")
        #expect(
            try said([payment(purpose: "低\0保")])
                == "payment 1 ('P2'): its purpose is none; one line of 1 to 200 characters was expected")
        #expect(
            try said([payment(fen: -1)])
                == "payment 1 ('P2'): its sum is -0.01 yuan, and more than nothing was expected")
        #expect(
            try said([Self.right, payment(fen: .max)])
                == "the sums of the batch are more together than can be counted")
    }

    @Test("A problem names its line where it has one, and hides a citizen number")
    func problem() {
        #expect(PaymentProblem("the total is another", line: 3).description == "line 3: the total is another")
        #expect(PaymentProblem("the file is empty").description == "the file is empty")
        #expect(PaymentProblem("no 11010519491231002X").message == "no 110105************")
        #expect(SourceProblem("no 11010519491231002X").description == "no 110105************")
    }
}
