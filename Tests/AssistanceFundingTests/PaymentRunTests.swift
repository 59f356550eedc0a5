import AssistanceCasework
import AssistanceCore
import AssistanceFunding
import AssistanceRecords
import AssistanceStorage
import Testing

@Suite("Runs of payments")
struct PaymentRunTests {
    @Test("A month is paid once, and then nothing is owed")
    func once() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-07-01")
        try funds.grant(2, 50_000, from: "2026-07-01")
        try funds.give(1_000_000)
        let list = try funds.payments.list(try SampleFunds.order("2026-07"), for: SampleFunds.payer)
        #expect(list.lines.map(\.number) == [1, 2])
        #expect(list.total == Money(fen: 130_000))
        let run = try funds.pay("2026-07")
        #expect(run.stage == .confirmed)
        #expect(run.cases == 2)
        #expect(try funds.payments.list(try SampleFunds.order("2026-07"), for: SampleFunds.payer).lines.isEmpty)
        expectRefusal(
            .nothingOwed,
            "up to 2026-07 nothing of low-income is owed in 231025 that is not paid or proposed; look at the runs that are there"
        ) { try funds.pay("2026-07") }
        try funds.expectWhole()
    }

    @Test("Months that nobody paid are paid with the next run")
    func arrears() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-05-01")
        try funds.give(1_000_000)
        try funds.pay("2026-07")
        let run = try funds.payments.list(try SampleFunds.order("2026-08"), for: SampleFunds.payer)
        #expect(run.lines.map { $0.months.map(\.month.description) } == [["2026-08"]])
        #expect(try funds.balance(.spent) == 240_000)
    }

    @Test("What was handed over at once is not paid again: a list has the rest, and of a smaller grant nothing")
    func relief() throws {
        let funds = try SampleFunds()
        try funds.relieve(1, 200_000, granting: 300_000, on: "2026-06-03")
        try funds.relieve(2, 200_000, granting: 150_000, on: "2026-06-03")
        try funds.give(1_000_000)
        let list = try funds.payments.list(
            SampleFunds.order("2026-06", "temporary-relief"), for: SampleFunds.payer)
        #expect(list.lines.map(\.number) == [1])
        #expect(list.lines.map(\.sum.fen) == [100_000])
        #expect(list.claims.isEmpty)
        #expect(try funds.cases.verify(anchor: nil).isWhole)
    }

    @Test("A higher sum from a past day on is paid back, a lower one is set off, and the rest is a claim")
    func changes() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-05-01")
        try funds.give(1_000_000)
        try funds.pay("2026-07")
        try funds.grant(1, 90_000, from: "2026-06-01")
        let more = try funds.payments.list(try SampleFunds.order("2026-08"), for: SampleFunds.payer)
        #expect(more.lines.first?.months.map(\.sum.fen) == [10_000, 10_000, 90_000])
        try funds.pay("2026-08")
        try funds.end(1, from: "2026-08-01")
        let claims = try funds.payments.list(try SampleFunds.order("2026-09"), for: SampleFunds.payer)
        #expect(claims.lines.isEmpty)
        #expect(claims.claims.map(\.sum.fen) == [90_000])
        try funds.expectWhole()
    }

    @Test("Where all is set off the run says so, and the bank is given nothing")
    func allSetOff() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-06-01")
        try funds.give(1_000_000)
        try funds.pay("2026-07")
        try funds.grant(1, 40_000, from: "2026-06-01")
        let list = try funds.payments.list(try SampleFunds.order("2026-08"), for: SampleFunds.payer)
        #expect(list.lines.first?.months.map(\.sum.fen) == [-40_000, 40_000])
        #expect(list.claims.map(\.sum.fen) == [40_000])
        #expect(try funds.pay("2026-08").total == .zero)
        expectRefusal(.nothingOwed, "run 2 has nothing for a bank: all of it is set off, or has come back") {
            _ = try funds.payments.batch(
                ofRun: 2, payer: "例县财政局", day: SampleFunds.day("2026-08-10"), purpose: "低保金", for: SampleFunds.payer
            ) { _ in nil }
        }
        #expect(
            try funds.payments.list(try SampleFunds.order("2026-09"), for: SampleFunds.payer).lines.first?.sum == .zero)
        try funds.expectWhole()
    }

    @Test("A list says in words what is paid, held and claimed")
    func words() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-06-01", persons: [7, 8])
        try funds.grant(2, 40_000, from: "2026-07-01", persons: [7, 9])
        try funds.grant(3, 50_000, from: "2026-06-01", persons: [10, 11])
        try funds.give(1_000_000)
        let june = try funds.payments.propose(
            SampleFunds.order("2026-06"), on: SampleFunds.day("2026-06-10"), by: SampleFunds.payer, at: SampleFunds.now)
        try funds.end(3, from: "2026-06-01")
        let list = try funds.payments.list(SampleFunds.order("2026-07"), for: SampleFunds.payer)
        #expect(
            FundingText(of: funds.cases).text(of: list) == """
                发放名单:low-income,黑龙江省林口县 231025,截至 2026-07
                  户数  1
                  金额  800.00 元

                发放明细
                  个案 1  800.00 元  2026-07 800.00

                暂缓发放
                  个案 2  2026-07  有成员已在个案 1 中领取

                应追回
                  个案 3  500.00 元

                """)
        #expect(
            FundingText(in: .english, of: funds.cases).text(of: list).hasSuffix(
                "\n\nheld\n  case 2  2026-07  a member is paid in case 1\n\nclaimed\n  case 3  500.00 yuan\n"))
        #expect(list.json.contains("\"paid_in\": 1"))
        #expect(
            FundingText(of: funds.cases).text(of: [june])
                == "批次 1  low-income  231025  2026-06  待确认  2 户  1,300.00 元  提出 payer-1\n")
        #expect(FundingText(of: funds.cases).text(of: [PaymentRun]()) == "没有发放批次\n")
    }

    @Test("What came back is owed again and returns to the funds; the same receipt twice changes nothing")
    func returns() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-07-01")
        try funds.grant(2, 50_000, from: "2026-07-01")
        try funds.give(1_000_000)
        let run = try funds.pay("2026-07")
        let batch = try funds.payments.batch(
            ofRun: run.number, payer: "例县财政局", day: SampleFunds.day("2026-07-10"), purpose: "低保金",
            for: SampleFunds.payer
        ) { Payee(name: "户\($0)", account: "622\($0)") }
        #expect(batch.id == "R1")
        #expect(batch.payments.map(\.id) == ["R1C1", "R1C2"])
        #expect(batch.payments.map(\.purpose) == ["低保金 2026-07", "低保金 2026-07"])
        let receipts = [
            PaymentReceipt(id: "R1C1", .paid, sum: Money(fen: 80_000)),
            PaymentReceipt(id: "R1C2", .returned, sum: Money(fen: 50_000), reason: "户名不符"),
        ]
        for _ in 1...2 {
            try funds.payments.take(
                receipts, ofRun: run.number, on: SampleFunds.day("2026-07-12"), by: SampleFunds.payer,
                at: SampleFunds.now)
        }
        #expect(try funds.balance(.spent) == 80_000)
        #expect(
            try funds.payments.list(try SampleFunds.order("2026-07"), for: SampleFunds.payer).lines.map(\.number) == [2]
        )
        #expect(try funds.pay("2026-07").total == Money(fen: 50_000))
        #expect(try funds.balance(.spent) == 130_000)
        expectRefusal(
            .wrongReceipt, "the payment 'R1C2' came back before, and cannot have been paid; another run pays it"
        ) {
            try funds.payments.take(
                [PaymentReceipt(id: "R1C2", .paid, sum: Money(fen: 50_000))], ofRun: 1,
                on: SampleFunds.day("2026-07-13"), by: SampleFunds.payer, at: SampleFunds.now)
        }
        try funds.expectWhole()
    }

    @Test("A person is paid once for a programme and month, in the case of the lower number")
    func oncePerPerson() throws {
        let funds = try SampleFunds()
        let part = [CasePart(person: 7, amount: Money(fen: 40_000))]
        try funds.grant(1, 40_000, from: "2026-07-01", persons: [7, 8], parts: part)
        try funds.grant(2, 40_000, from: "2026-06-01", persons: [7, 9], parts: part)
        // Counted in the household, and nothing of it falls to them.
        try funds.grant(
            3, 30_000, from: "2026-06-01", persons: [7, 10], parts: [CasePart(person: 10, amount: Money(fen: 30_000))])
        let list = try funds.payments.list(try SampleFunds.order("2026-07"), for: SampleFunds.payer)
        #expect(list.lines.map(\.number) == [1, 2, 3])
        #expect(list.lines.map(\.sum.fen) == [40_000, 40_000, 60_000])
        #expect(list.held.map { "\($0.number) \($0.month) \($0.other)" } == ["2 2026-07 1"])
    }

    @Test("A run that is dropped leaves everything owed")
    func drop() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-07-01")
        let order = try SampleFunds.order("2026-07")
        let day = SampleFunds.day("2026-07-10")
        let run = try funds.payments.propose(order, on: day, by: SampleFunds.payer, at: SampleFunds.now)
        #expect(try funds.payments.list(order, for: SampleFunds.payer).lines.isEmpty)
        #expect(
            try funds.payments.drop(run: run.number, on: day, by: SampleFunds.payer, at: SampleFunds.now).stage
                == .dropped)
        #expect(try funds.payments.list(order, for: SampleFunds.payer).total == Money(fen: 80_000))
        expectRefusal(.wrongStage, "run 1 is dropped, and one that is proposed was expected") {
            _ = try funds.payments.confirm(run: 1, on: day, by: SampleFunds.confirmer, at: SampleFunds.now)
        }
        try funds.expectWhole()
    }

    @Test("Who may not do it is refused, and nothing is changed")
    func refusals() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-07-01")
        let order = try SampleFunds.order("2026-07")
        let day = SampleFunds.day("2026-07-10")
        let elsewhere = try #require(DivisionCode("231026"))
        expectRefusal(.wrongRole, "confirmer may not do it, but payer") {
            _ = try funds.payments.propose(order, on: day, by: SampleFunds.confirmer, at: SampleFunds.now)
        }
        expectRefusal(.outsideArea, "231025 does not belong to 231026") {
            let payer = CaseActor(id: "payer-2", role: .payer, area: elsewhere)
            _ = try funds.payments.propose(order, on: day, by: payer, at: SampleFunds.now)
        }
        expectRefusal(.wrongActor, "an actor is 1 to 64 letters, digits, '.', '_' and '-'") {
            let payer = CaseActor(id: "", role: .payer, area: SampleFunds.county)
            _ = try funds.payments.propose(order, on: day, by: payer, at: SampleFunds.now)
        }
        expectRefusal(.notDue, "2028-01-01 lies in the future; today is 2027-12-31") {
            _ = try funds.payments.propose(
                order, on: SampleFunds.day("2028-01-01"), by: SampleFunds.payer, at: SampleFunds.now)
        }
        expectRefusal(.noRun, "there is no run 1 in the file") {
            _ = try funds.payments.confirm(run: 1, on: day, by: SampleFunds.confirmer, at: SampleFunds.now)
        }
        let head = try funds.cases.records.head
        _ = try funds.payments.propose(order, on: day, by: SampleFunds.payer, at: SampleFunds.now)
        expectRefusal(.notApart, "payer-1 has done propose with run 1, and one person may not do both") {
            let same = CaseActor(id: "payer-1", role: .confirmer, area: SampleFunds.county)
            _ = try funds.payments.confirm(run: 1, on: day, by: same, at: SampleFunds.now)
        }
        expectRefusal(
            .noFunds,
            "the funds of 231025 that may pay low-income lack 800.00 yuan of 800.00; give them the money first"
        ) { _ = try funds.payments.confirm(run: 1, on: day, by: SampleFunds.confirmer, at: SampleFunds.now) }
        expectRefusal(.wrongStage, "run 1 is proposed, and only one that is confirmed is paid") {
            _ = try funds.payments.batch(ofRun: 1, payer: "例县财政局", day: day, purpose: "低保金", for: SampleFunds.payer) {
                _ in nil
            }
        }
        #expect(try funds.cases.records.head.number == head.number + 1)
        try funds.expectWhole()
    }

    @Test("A receipt that is of no payment of the run, or of another sum, is refused with all others")
    func wrongReceipts() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-07-01")
        try funds.give(1_000_000)
        try funds.pay("2026-07")
        func take(_ receipts: [PaymentReceipt]) throws {
            try funds.payments.take(
                receipts, ofRun: 1, on: SampleFunds.day("2026-07-12"), by: SampleFunds.payer, at: SampleFunds.now)
        }
        let good = PaymentReceipt(id: "R1C1", .returned, sum: Money(fen: 80_000))
        expectRefusal(.wrongReceipt, "the payment 'R1C9' is none of run 1") {
            try take([good, PaymentReceipt(id: "R1C9", .paid, sum: Money(fen: 1))])
        }
        expectRefusal(.wrongReceipt, "the payment 'R1C1' is 800.00 yuan, and the receipt says 0.01") {
            try take([PaymentReceipt(id: "R1C1", .paid, sum: Money(fen: 1))])
        }
        expectRefusal(.wrongReceipt, "there are two receipts of 'R1C1'") { try take([good, good]) }
        expectRefusal(.noPayee, "who is paid for case 1 is not known; name the payee and the account") {
            _ = try funds.payments.batch(
                ofRun: 1, payer: "例县财政局", day: SampleFunds.day("2026-07-10"), purpose: "低保金", for: SampleFunds.payer
            ) { _ in nil }
        }
        #expect(try funds.balance(.spent) == 80_000)
    }

    @Test("A row that was edited beside the events is found")
    func editedRow() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-07-01")
        try funds.give(1_000_000)
        try funds.pay("2026-07")
        try funds.cases.records.write { try $0.database.run("UPDATE payments SET fen = 90000") }
        #expect(
            try funds.payments.verify(anchor: nil).problems.map(\.message) == [
                "the table payments stands otherwise than the events say; put a backup in its place"
            ])
    }
}
