import AssistanceCasework
import AssistanceCore
import AssistanceFunding
import AssistanceRecords
import AssistanceStorage
import Testing

@Suite("Lists of many cases")
struct ScaleTests {
    @Test("Ten thousand cases are paid their months, and once")
    func many() throws {
        let funds = try SampleFunds()
        try funds.fill(10_000)
        try funds.give(1_000_000_000_000)
        let run = try funds.pay("2026-06")
        #expect(run.cases == 10_000)
        // Case n has 100 + n mod 500 yuan a month, from January on where n is odd and from April on where it is even.
        let sum = (1...10_000).reduce(0) { $0 + (100 + $1 % 500) * 100 * ($1 % 2 == 1 ? 6 : 3) }
        #expect(run.total.fen == Int64(sum))
        #expect(try funds.payments.list(try SampleFunds.order("2026-06"), for: SampleFunds.payer).lines.isEmpty)
        #expect(try funds.pay("2026-07").cases == 10_000)
        // The lists of cases were filled without events; those of payments were not.
        #expect(try funds.cases.records.read { try $0.paymentsThatDiffer() }.map(\.description) == [])
    }
}

extension SampleFunds {
    /// Fills the lists with so many cases and their grants, without the events that they come from.
    func fill(_ count: Int64) throws {
        let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        let (january, april) = (Int64(Self.day("2026-01-01").days), Int64(Self.day("2026-04-01").days))
        try cases.records.write { writer in
            try writer.database.run(
                """
                INSERT INTO cases(id, area, stage, opened, last, events)
                \(numbers) SELECT i, ?, 'granted', ?, ?, 6 FROM n
                """, [.integer(count), .integer(Self.township.number), .integer(january), .integer(january)])
            try writer.database.run(
                """
                INSERT INTO case_grants(case_id, place, program, period, first, fen, benefit)
                \(numbers) SELECT i, 0, 'low-income', 'monthly', iif(i % 2, ?, ?), (100 + i % 500) * 100, 'base' FROM n
                """, [.integer(count), .integer(january), .integer(april)])
            try writer.database.run(
                "INSERT INTO case_members(person, case_id) \(numbers) SELECT i, i FROM n", [.integer(count)])
        }
    }
}
