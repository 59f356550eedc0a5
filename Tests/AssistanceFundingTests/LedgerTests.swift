import AssistanceCasework
import AssistanceCore
import AssistanceFunding
import AssistanceRecords
import AssistanceStorage
import TestSupport
import Testing

@Suite("The ledger of funds")
struct LedgerTests {
    @Test("Money for the programme alone is spent before money for any, and that of the higher source first")
    func order() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-07-01")
        try funds.give(100_000, of: Fund(.county))
        try funds.give(20_000, of: SampleFunds.general)
        try funds.give(50_000, of: SampleFunds.earmarked)
        try funds.pay("2026-07")
        #expect(try funds.balance(.available, of: SampleFunds.earmarked) == 0)
        #expect(try funds.balance(.available, of: SampleFunds.general) == 0)
        #expect(try funds.balance(.available, of: Fund(.county)) == 90_000)
        // What comes back returns to the fund that was drawn on last.
        try funds.payments.take(
            [PaymentReceipt(id: "R1C1", .returned, sum: Money(fen: 80_000))], ofRun: 1,
            on: SampleFunds.day("2026-08-01"), by: SampleFunds.payer, at: SampleFunds.now)
        #expect(try funds.balance(.available, of: SampleFunds.earmarked) == 50_000)
        #expect(try funds.balance(.spent, of: SampleFunds.earmarked, at: "2026-07") == 50_000)
        try funds.expectWhole()
    }

    @Test("Money for another programme pays nothing (专款专用)")
    func earmarked() throws {
        let funds = try SampleFunds()
        try funds.grant(1, 80_000, from: "2026-07-01")
        try funds.give(500_000, of: Fund(.central, earmark: "special-poverty"))
        expectRefusal(
            .noFunds,
            "the funds of 231025 that may pay low-income lack 800.00 yuan of 800.00; give them the money first"
        ) { try funds.pay("2026-07") }
        let fund = Fund(.central, earmark: "allowances")
        #expect(fund.mayPay("allowances.orphan"))
        #expect(!fund.mayPay("allowancesx"))
        #expect(LedgerAccount.spent(SampleFunds.county, fund, program: "low-income") == nil)
    }

    @Test("A transfer goes between accounts of one fund, one step at a time, and is more than nothing")
    func transfers() throws {
        let (area, fund) = (SampleFunds.county, SampleFunds.general)
        expectRefusal(
            .wrongAccounts,
            "provincial funds cannot become central funds for low-income: money stays within its fund (专款专用)"
        ) {
            _ = try LedgerTransfer(
                from: .available(area, fund), to: .available(area, SampleFunds.earmarked), Money(fen: 1))
        }
        expectRefusal(.wrongSum, "the sum is 0.00 yuan, and more than nothing was expected") {
            _ = try LedgerTransfer(from: .budget(area, fund), to: .available(area, fund), .zero)
        }
        expectRefusal(
            .wrongAccounts,
            "no money goes from budget of 231025 to spent of 231025; it goes between budget and available, between available and spent, and between what two areas can pay"
        ) {
            let spent = try #require(LedgerAccount.spent(area, fund, program: "low-income"))
            _ = try LedgerTransfer(from: .budget(area, fund), to: spent, Money(fen: 1))
        }
    }

    @Test("What is not there cannot be moved, and no transfer of several is made then")
    func lacking() throws {
        let funds = try SampleFunds()
        try funds.give(100)
        let down = try LedgerTransfer(
            from: .available(SampleFunds.county, SampleFunds.general),
            to: .available(SampleFunds.township, SampleFunds.general), Money(fen: 60))
        expectRefusal(
            .noFunds, "provincial funds of 231025 would stand at -0.20 yuan; there is not as much to move"
        ) {
            try funds.payments.move(
                [down, down], on: SampleFunds.day("2026-02-01"), by: SampleFunds.payer, at: SampleFunds.now)
        }
        expectRefusal(.wrongAccounts, "money is spent by runs alone; propose one") {
            let spent = try #require(
                LedgerAccount.spent(SampleFunds.county, SampleFunds.general, program: "low-income"))
            let transfer = try LedgerTransfer(
                from: .available(SampleFunds.county, SampleFunds.general), to: spent, Money(fen: 1))
            try funds.payments.move(
                [transfer], on: SampleFunds.day("2026-02-01"), by: SampleFunds.payer, at: SampleFunds.now)
        }
        #expect(try funds.balance(.available) == 100)
        try funds.payments.move([down], on: SampleFunds.day("2026-02-01"), by: SampleFunds.payer, at: SampleFunds.now)
        #expect(try funds.balance(.available, at: "2026-01") == 100)
        try funds.expectWhole()
    }

    @Test("The tables refuse what does not balance, leaves its fund, or is changed later")
    func tables() throws {
        let funds = try SampleFunds()
        try funds.give(100)
        try funds.give(100, of: SampleFunds.earmarked)
        func refused(_ sql: String, _ words: String) {
            do {
                try funds.cases.records.write { try $0.database.run(sql) }
                Issue.record("it was written")
            } catch { #expect("\(error)".contains(words), "\(error)") }
        }
        refused(
            "INSERT INTO ledger(day, month, origin, target, fen) VALUES (0, 202601, 1, 4, 5)", "stays within its fund")
        refused("INSERT INTO ledger(day, month, origin, target, fen) VALUES (0, 202601, 1, 2, 0)", "CHECK")
        refused("INSERT INTO ledger(day, month, origin, target, fen) VALUES (0, 202601, 1, 1, 5)", "CHECK")
        refused("UPDATE ledger SET fen = 7", "never changed")
        refused("DELETE FROM ledger", "never changed")
        refused(
            """
            INSERT INTO ledger_accounts(kind, area, source, earmark, program)
            VALUES ('spent', 0, 'central', 'low-income', 'heating')
            """, "CHECK")
    }

    @Test("Whatever is granted, ended, paid and returned: the ledger balances and nobody is paid more than is owed")
    func anything() throws {
        var random = SeededRandom(20_260_701)
        let funds = try SampleFunds()
        try funds.give(100_000_000)
        try funds.give(2_000_000, of: SampleFunds.earmarked)
        var granted: Set<Int64> = []
        for month in 1...9 {
            let text = "2026-0\(month)"
            for number in 1...8 as ClosedRange<Int64> where random.below(3) == 0 {
                if granted.contains(number) { continue }
                try funds.grant(number, Int64(random.below(900) + 1) * 100, from: text + "-01")
                granted.insert(number)
            }
            for number in granted.sorted() where random.below(4) == 0 {
                try funds.grant(number, Int64(random.below(900) + 1) * 100, from: text + "-0\(1 + random.below(9))")
            }
            let order = try SampleFunds.order(text)
            let list = try funds.payments.list(order, for: SampleFunds.payer)
            guard !list.lines.isEmpty else { continue }
            let run = try funds.pay(text)
            #expect(run.total == list.total)
            #expect(list.lines.allSatisfy { $0.sum >= .zero })
            #expect(list.lines.reduce(0) { $0 + $1.sum.fen } == list.total.fen)
            let receipts = list.lines.filter { $0.sum > .zero && random.below(3) > 0 }.map { line in
                PaymentReceipt(
                    id: "R\(run.number)C\(line.number)", random.below(3) == 0 ? .returned : .paid, sum: line.sum)
            }
            let before = try funds.spent()
            try funds.payments.take(
                receipts, ofRun: run.number, on: SampleFunds.day(text + "-20"), by: SampleFunds.payer,
                at: SampleFunds.now)
            let returned = receipts.filter { $0.outcome == .returned }.reduce(0) { $0 + $1.sum.fen }
            #expect(try funds.spent() == before - returned)
            try funds.expectWhole()
        }
        #expect(try funds.standing() == funds.spent())
    }
}

extension SampleFunds {
    /// What the ledger says was paid.
    fileprivate func spent() throws -> Int64 {
        try balance(.spent) + balance(.spent, of: Self.earmarked)
    }

    /// What the months say was paid.
    fileprivate func standing() throws -> Int64 {
        try cases.records.read { reader in
            let rows = try reader.database.select("SELECT sum(fen) FROM payment_months")
            return try rows.step() ? rows.integer(0) ?? 0 : 0
        }
    }
}
