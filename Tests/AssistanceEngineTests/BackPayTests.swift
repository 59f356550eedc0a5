import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import TestSupport
import Testing

/// The standard of 2023 of an invented place was published on 20 October and is in force since January.
@Suite("Back pay")
struct BackPayTests {
    private static func day(_ text: String) -> CalendarDate { OutputFixtures.day(text) }

    private static func period(
        _ from: String, _ upto: String, before: String = "2023-09-30", known: String? = nil
    ) throws -> BackPayPeriod {
        try #require(
            BackPayPeriod(from: day(from), upto: day(upto), knownBefore: day(before), known: known.map(day)))
    }

    private static func pay(_ period: BackPayPeriod, residence: String = "urban", wages: String = "2400") -> BackPay {
        let text =
            "{\"residence\": \"\(residence)\", \"members\": [{\"birth\": \"1990-01-01\", \"disability\": \"none\", \"income\": {\"wages\": \(wages), \"others\": \"none\"}}]}"
        let engine = ReplayTests.engine()
        let findings = Findings()
        let assessor = BackPayAssessor(
            engine, households: ReplayTests.households(text), period: period, stage: .application)
        let pay = assessor.backPay(household: 0, in: engine.library.jurisdiction, findings)
        #expect(findings.sorted.map(\.description) == [])
        return pay
    }

    private static func sums(_ pay: BackPay) -> [String] {
        func text(_ range: MoneyRange?) -> String { range.map { $0.known?.text ?? "open" } ?? "unknown" }
        return (pay.programs.first?.months ?? []).map {
            "\($0.day.iso.prefix(7)) \(text($0.before.amount)) \(text($0.now.amount)) \(text($0.difference))"
        } + ["\(text(pay.programs.first?.total))"]
    }

    @Test("each month is the sum by what is known now less the sum by what was known then")
    func worked() throws {
        let pay = Self.pay(try Self.period("2022-12-01", "2023-02-28"))
        #expect(
            Self.sums(pay) == [
                "2022-12 400.00 400.00 0.00", "2023-01 400.00 450.00 50.00", "2023-02 400.00 450.00 50.00", "100.00",
            ])
        let year = Self.pay(try Self.period("2023-01-01", "2023-10-01"))
        #expect(Self.sums(year).last == "500.00")
        #expect(year.changes.map(\.key) == ["figures.standard"])
        #expect(year.changes.first?.months.count == 10)
        #expect(year.changes.first?.before?.node.position.line == 11)
        #expect(year.changes.first?.now?.node.position.line == 16)
    }

    @Test("what was known by both days owes nothing")
    func nothing() throws {
        let pay = Self.pay(try Self.period("2023-01-01", "2023-02-01", before: "2023-10-20"))
        #expect(Self.sums(pay) == ["2023-01 450.00 450.00 0.00", "2023-02 450.00 450.00 0.00", "0.00"])
        #expect(pay.changes.isEmpty)
        let early = Self.pay(try Self.period("2023-01-01", "2023-01-01", known: "2023-10-19"))
        #expect(Self.sums(early) == ["2023-01 400.00 400.00 0.00", "0.00"])
    }

    @Test("a standard that fell was paid too much, and a household above it owes no less than all")
    func negative() throws {
        let rural = Self.pay(try Self.period("2023-01-01", "2023-01-01"), residence: "rural")
        #expect(Self.sums(rural) == ["2023-01 200.00 190.00 -10.00", "-10.00"])
        #expect(BackPayText(in: .english).text(of: rural).contains("a negative sum was paid too much"))
        let newly = Self.pay(try Self.period("2023-01-01", "2023-01-01"), wages: "7440")
        #expect(Self.sums(newly) == ["2023-01 0.00 30.00 30.00", "30.00"])
    }

    @Test("a month that cannot be decided is unknown, never zero, and not in the sum")
    func undecided() throws {
        let pay = Self.pay(try Self.period("2022-12-01", "2023-01-01", before: "2021-12-19"))
        #expect(Self.sums(pay) == ["2022-12 unknown 400.00 unknown", "2023-01 unknown 450.00 unknown", "unknown"])
        #expect(pay.programs.first?.undecided == 2)
        let text = BackPayText(in: .english).text(of: pay)
        #expect(text.contains("cannot be decided yet  400.00     unknown\n"))
        #expect(text.contains("what cannot be decided yet (2) is not counted as zero"))
        let wages = Self.pay(try Self.period("2023-01-01", "2023-01-01"), wages: "null")
        #expect(Self.sums(wages) == ["2023-01 unknown unknown unknown", "unknown"])
        #expect(wages.programs.first?.missing.map(\.path) == ["members[0].income.wages"])
    }

    @Test("months run from the first to the last, at most ten years, and never back")
    func months() throws {
        let period = try Self.period("2023-11-15", "2024-02-01")
        #expect(period.months.map(\.iso) == ["2023-11-01", "2023-12-01", "2024-01-01", "2024-02-01"])
        func isRefused(_ from: String, _ upto: String) -> Bool {
            BackPayPeriod(
                from: Self.day(from), upto: Self.day(upto), knownBefore: Self.day("2023-01-01"), known: nil) == nil
        }
        #expect(isRefused("2023-02-01", "2023-01-31"))
        #expect(!isRefused("2013-02-01", "2023-01-31"))
        #expect(isRefused("2013-01-01", "2023-01-31"))
        #expect(!isRefused("9999-12-01", "9999-12-31"))
    }

    @Test("the text and the JSON are the recorded ones", arguments: Language.allCases)
    func output(_ language: Language) throws {
        let pay = Self.pay(try Self.period("2022-12-01", "2023-02-01", known: "2023-10-31"))
        RecordedText.expect(
            BackPayText(in: language).text(of: pay), at: "Tests/Fixtures/Output/backpay.\(language.rawValue).txt")
        // The digest of the policy changes with every word of it.
        let json = BackPayJSON.text(of: [pay]).replacing(pay.receipt.policyDigest, with: "…")
        RecordedText.expect(json, at: "Tests/Fixtures/Output/backpay.json")
    }
}
