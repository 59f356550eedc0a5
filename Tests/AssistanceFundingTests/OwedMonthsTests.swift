import AssistanceCore
import Testing

@testable import AssistanceFunding

@Suite("What grants owe, month by month, and what is set off")
struct OwedMonthsTests {
    @Test("What is paid by the month is owed for every month on whose first day it runs")
    func months() throws {
        let grant = try grant(from: "2026-05-01", until: "2026-08-01")
        #expect(try owed([grant], "2026-12") == ["2026-05": 800, "2026-06": 800, "2026-07": 800])
        #expect(try owed([grant], "2026-06") == ["2026-05": 800, "2026-06": 800])
        #expect(try owed([grant], "2026-04") == [:])
    }

    @Test("The month within which a grant begins is owed by its days where policy pays so, else in full")
    func beginning() throws {
        let whole = try grant(from: "2026-06-16")
        let byDays = try grant(
            from: "2026-06-16",
            instalments: Instalments(first: Money(fen: 400), each: Money(fen: 800), count: 12, last: nil))
        #expect(try owed([whole], "2026-07") == ["2026-06": 800, "2026-07": 800])
        #expect(try owed([byDays], "2026-07") == ["2026-06": 400, "2026-07": 800])
    }

    @Test("A change within a month takes effect for the next, and no month is owed twice")
    func change() throws {
        let grants = try [
            grant(from: "2026-05-01", until: "2026-06-16"), grant(1, from: "2026-06-16", fen: 900),
        ]
        #expect(try owed(grants, "2026-07") == ["2026-05": 800, "2026-06": 800, "2026-07": 900])
        let twice = try [grant(from: "2026-06-10", until: "2026-06-16"), grant(1, from: "2026-06-16", fen: 900)]
        #expect(try owed(twice, "2026-07") == ["2026-06": 800, "2026-07": 900])
    }

    @Test("Another benefit of the programme is owed beside the first")
    func besides() throws {
        let grants = try [grant(from: "2026-06-01"), grant(1, "supplement", from: "2026-06-10", fen: 100)]
        #expect(try owed(grants, "2026-06") == ["2026-06": 900])
    }

    @Test("A grant that never ran owes nothing")
    func empty() throws {
        #expect(try owed([grant(from: "2026-06-10", until: "2026-06-10")], "2026-12") == [:])
    }

    @Test("What is paid by the year is owed in its payments, and the last takes the rest")
    func yearly() throws {
        let quarterly = Instalments(first: nil, each: Money(fen: 333), count: 3, last: Money(fen: 334))
        let grants = try [grant(period: .yearly, from: "2026-10-15", fen: 1000, instalments: quarterly)]
        #expect(try owed(grants, "2027-12") == ["2026-10": 333, "2027-02": 333, "2027-06": 334])
        #expect(try owed([grant(period: .yearly, from: "2026-10-15", fen: 1000)], "2027-12") == ["2026-10": 1000])
        #expect(try owed([grant(period: .once, from: "2026-10-15", fen: 1000)], "2027-12") == ["2026-10": 1000])
    }

    @Test("Of what is paid once the part that was handed over at once is not owed")
    func given() throws {
        var grants = try [
            grant(period: .once, from: "2026-06-01"), grant(1, period: .once, from: "2026-06-20", fen: 900),
        ]
        (grants[0].given, grants[1].given) = (Money(fen: 800), Money(fen: 700))
        #expect(try owed(grants, "2026-12") == ["2026-06": 200])
        // One that was withdrawn for another decision is not owed at all.
        #expect(try owed([grant(period: .once, from: "2026-06-10", until: "2026-06-10")], "2026-12") == [:])
    }

    @Test("Sums that are more than can be counted are none, and months end with the calendar")
    func limits() throws {
        let grants = try [grant(period: .once, from: "2026-06-01", fen: .max), grant(1, from: "2026-06-01")]
        #expect(OwedMonths.sums(of: grants, until: try month("2026-06")) == nil)
        #expect(try owed([grant(from: "9999-11-01")], "9999-12") == ["9999-11": 800, "9999-12": 800])
        #expect(try owed([grant(from: "9999-12-31")], "9999-12") == ["9999-12": 800])
    }

    @Test("What was paid too much is set off from what is owed, and never more than that")
    func setOff() throws {
        let less = try settled(owed: ["2026-06": 500, "2026-07": 500], paid: ["2026-06": 800])
        #expect(less.parts == ["2026-06": -300, "2026-07": 500])
        #expect(less.claim == 0)
        let more = try settled(
            owed: ["2026-05": 0, "2026-06": 0, "2026-07": 500], paid: ["2026-05": 400, "2026-06": 400])
        #expect(more.parts == ["2026-05": -400, "2026-06": -100, "2026-07": 500])
        #expect(more.claim == 300)
        let all = try settled(owed: [:], paid: ["2026-05": 400])
        #expect(all.parts == [:])
        #expect(all.claim == 400)
    }

    @Test(
        "A month is written as 2026-07 and in no other way",
        arguments: ["2026-7", "2026-13", "202607", "", "2026-07-01"])
    func wrongMonth(text: String) {
        #expect(PaymentMonth(text) == nil)
    }

    private func month(_ text: String) throws -> PaymentMonth { try #require(PaymentMonth(text)) }

    private func grant(
        _ place: Int = 0, _ benefit: String = "base", period: PaymentPeriod = .monthly, from: String,
        until: String? = nil, fen: Int64 = 800, instalments: Instalments? = nil
    ) throws -> PayableGrant {
        PayableGrant(
            place: place, benefit: benefit, period: period, from: try #require(CalendarDate(iso: from)),
            until: until.flatMap { CalendarDate(iso: $0) }, amount: Money(fen: fen), instalments: instalments)
    }

    private func owed(_ grants: [PayableGrant], _ last: String) throws -> [String: Int64] {
        let sums = try #require(OwedMonths.sums(of: grants, until: try month(last)))
        return Dictionary(uniqueKeysWithValues: sums.map { ($0.key.description, $0.value.fen) })
    }

    private func settled(
        owed: [String: Int64], paid: [String: Int64]
    ) throws -> (parts: [String: Int64], claim: Int64) {
        let due = try owed.map { (try month($0.key), Money(fen: $0.value)) }
        let parts = try paid.map { PaymentPart(month: try month($0.key), sum: Money(fen: $0.value)) }
        let settlement = try #require(
            PaymentSettlement(owed: Dictionary(uniqueKeysWithValues: due), paid: parts.sorted { $0.month < $1.month }))
        return (
            Dictionary(uniqueKeysWithValues: settlement.parts.map { ($0.month.description, $0.sum.fen) }),
            settlement.claim.fen
        )
    }
}
