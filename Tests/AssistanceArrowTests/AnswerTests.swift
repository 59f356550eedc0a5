import AssistanceArrow
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Answers are those of bulk, whatever the columns were")
struct AnswerTests {
    /// What bulk decides of every plan of every household.
    private static func outcomes(_ batch: FactBatch) throws -> [(area: DivisionCode, plans: [BulkOutcome])] {
        let engine = Heilongjiang.engine
        let area = try #require(batch.schema.place(.household, "area"))
        let programs = BulkPrograms(engine, date: Heilongjiang.date, knownOn: nil, stage: .application)
        var outcomes: [Int: (area: DivisionCode, plans: [BulkOutcome])] = [:]
        for number in Set((0..<batch.count).compactMap { batch.value(area, row: $0) }) {
            let code = try #require(DivisionCode(number: number))
            let rows = (0..<batch.count).filter { batch.value(area, row: $0) == number }
            let assessor = BulkAssessor(try programs.program(of: code), over: batch.households(rows))
            let totals = assessor.run()
            for (place, row) in rows.enumerated() {
                outcomes[row] = (
                    code, assessor.plans.indices.map { assessor.outcome(totals, plan: $0, household: place) }
                )
            }
        }
        return try (0..<batch.count).map { try #require(outcomes[$0]) }
    }

    /// The row of a household: its statuses and sums.
    private static func row(_ number: Int, _ area: DivisionCode, _ plans: [BulkOutcome]) throws -> [String: String] {
        var row = ["household": PopulationColumns.id(number), "area": area.text]
        let findings = Findings()
        let policy = Heilongjiang.engine.policy(
            area: area, date: Heilongjiang.date, stage: .application, findings)
        for (plan, outcome) in zip(policy.plans, plans) {
            row[outcome.plan + ".status"] = outcome.status.rawValue
            for period in Set(plan.benefits.filter { $0.gift == nil }.map(\.period)) {
                let sums = outcome.benefits.filter { $0.period == period }.compactMap(\.amount)
                let name = "\(outcome.plan).\(period.rawValue)"
                row[name + ".least"] = String(sums.reduce(0) { $0 + $1.least.fen })
                if !sums.contains(where: \.isUnbounded) {
                    row[name + ".most"] = String(sums.reduce(0) { $0 + $1.most.fen })
                }
            }
        }
        return row
    }

    private static let batch = Heilongjiang.withGaps(Heilongjiang.population(150))
    private static let expected = Result { try outcomes(batch) }

    private static func rows() throws -> [[String: String]] {
        try expected.get().enumerated().map { try row($0, $1.area, $1.plans) }
    }

    @Test("A row a household, members as lists", arguments: PopulationColumns.Style.allCases)
    func nested(_ style: PopulationColumns.Style) throws {
        let columns = PopulationColumns(batch: Self.batch, style: style)
        let answer = try Heilongjiang.answer(columns.nested(every: 60))
        #expect(answer.number == 0 && answer.message == nil)
        #expect(answer.batches == [60, 60, 30])
        let rows = try Self.rows()
        for (found, expected) in zip(answer.rows, rows) { #expect(found == expected) }
        #expect(answer.rows.count == rows.count)
        // Every status occurs, or the test shows little.
        let statuses = Set(answer.rows.compactMap { $0["low-income.status"] })
        #expect(statuses == ["eligible", "ineligible", "undetermined"])
    }

    @Test("A row a household, members as a stream of their own", arguments: PopulationColumns.Style.allCases)
    func flat(_ style: PopulationColumns.Style) throws {
        let (households, members) = PopulationColumns(batch: Self.batch, style: style).flat(every: 70, 37)
        let answer = try Heilongjiang.answer(households, members: members, threads: 2)
        #expect(answer.batches == [70, 70, 10])
        #expect(answer.rows == (try Self.rows()))
    }

    @Test("The columns are the plans that any area of the policy has")
    func names() throws {
        let names = try Heilongjiang.answer([]).names
        #expect(
            Array(names.prefix(9)) == [
                "household", "area", "low-income.status", "low-income.monthly.least", "low-income.monthly.most",
                "low-income.yearly.least", "low-income.yearly.most", "low-income.once.least", "low-income.once.most",
            ])
        #expect(names.contains("housing.rent.status") && names.contains("heating.yearly.most"))
        #expect(Set(names).count == names.count)
        for area in ["230000", "230102", "230103", "231025", "230624"].compactMap({ DivisionCode($0) }) {
            let policy = Heilongjiang.engine.policy(
                area: area, date: Heilongjiang.date, stage: .application, Findings())
            for plan in policy.plans { #expect(names.contains(plan.program + ".status"), "\(plan.program)") }
        }
    }

    @Test("A row a benefit, with what is missing", arguments: [1, 3])
    func benefits(_ threads: Int) throws {
        let columns = PopulationColumns(batch: Self.batch, style: .typed)
        let answer = try Heilongjiang.answer(columns.nested(every: 150), .benefits, threads: threads)
        #expect(
            answer.names == [
                "household", "area", "program", "status", "benefit", "period", "least", "most", "missing",
            ])
        var expected: [[String: String]] = []
        for (number, (area, plans)) in try Self.expected.get().enumerated() {
            for plan in plans {
                var row = ["household": PopulationColumns.id(number), "area": area.text, "program": plan.plan]
                row["status"] = plan.status.rawValue
                row["missing"] = plan.missing.prefix(100).joined(separator: ";")
                if plan.benefits.isEmpty { expected.append(row) }
                for benefit in plan.benefits {
                    row["benefit"] = benefit.id
                    row["period"] = benefit.period.rawValue
                    // What is given in kind has no sum.
                    row["least"] = benefit.amount.map { String($0.least.fen) }
                    row["most"] = benefit.amount.flatMap { $0.isUnbounded ? nil : String($0.most.fen) }
                    expected.append(row)
                }
            }
        }
        #expect(answer.rows == expected)
        #expect(expected.contains { $0["benefit"] != nil } && expected.contains { $0["missing"] != "" })
    }

    @Test("A large record batch is answered in parts, by one thread as by three")
    func parts() throws {
        let batch = PopulationColumns(batch: Self.batch, style: .coded).nested(every: 150)
        var told: [UInt64] = []
        let alone = try Heilongjiang.answer(
            batch, partSize: 40,
            progress: {
                told.append($0)
                return true
            })
        #expect(alone.batches == [40, 40, 40, 30])
        #expect(told == [40, 80, 120, 150])
        #expect(alone.rows == (try Self.rows()))
        #expect(try Heilongjiang.answer(batch, threads: 3, partSize: 7).rows == alone.rows)
        #expect(try Heilongjiang.answer([.rows(9_000, [])]).batches == [8_192, 808])
    }

    @Test("Households without an id or area are of the policy's own")
    func jurisdiction() throws {
        let answer = try Heilongjiang.answer([.rows(2, [.texts("residence", ["urban", nil])])])
        #expect(answer.rows.map { $0["household"] } == [nil, nil])
        #expect(answer.rows.map { $0["area"] } == ["230000", "230000"])
        #expect(answer.rows.map { $0["low-income.status"] } == ["undetermined", "undetermined"])
    }
}

@Suite("Runs end as they should")
struct RunTests {
    private static func homes(_ numbers: [Int16]) -> TestColumn {
        .rows(
            numbers.count,
            [.numbers("homes", "s", numbers), .texts("area", numbers.map { _ in "230102" })])
    }

    @Test("Wrong households end the run before any of their batch is answered")
    func wrong() throws {
        let answer = try Heilongjiang.answer([Self.homes([1, 2]), Self.homes([3, -1, -2]), Self.homes([1])])
        #expect(answer.batches == [2])
        #expect(answer.number == EINVAL)
        #expect(
            answer.message == """
                households[3].homes: a whole number from 0 to 9,999 was expected, and this lies outside [out-of-range]
                households[4].homes: a whole number from 0 to 9,999 was expected, and this lies outside [out-of-range]
                """)
    }

    @Test("A hundred mistakes of all parts of a batch are told")
    func many() throws {
        var numbers = [Int16](repeating: 1, count: 8_300)
        for row in 8_150..<8_300 { numbers[row] = -1 }
        let lines = try #require(try Heilongjiang.answer([Self.homes(numbers)], threads: 2).message)
            .split(separator: "\n")
        #expect(lines.count == 101)
        #expect(lines.first?.hasPrefix("households[8150].homes") == true)
        #expect(lines.dropLast().last?.hasPrefix("households[8249].homes") == true)
        #expect(lines.last == "there are more mistakes than these; correct them and try again")
    }

    @Test("Areas that are none of the policy")
    func areas() throws {
        let answer = try Heilongjiang.answer([.rows(4, [.texts("area", ["230102", "110101", "239999", nil])])])
        #expect(answer.number == EINVAL)
        #expect(
            answer.message == """
                households[1].area: 110101 does not lie in 230000 黑龙江省, whose policy was asked for [area-outside-policy]
                households[2].area: no areas.yaml of this policy has the area 239999; it would lie in 230000 黑龙江省 [unknown-area]
                """)
    }

    @Test("After a mistake the stream says it again, and nothing more")
    func sticky() throws {
        let tally = Tally()
        var out = ArrowArrayStream()
        try Heilongjiang.begin(
            Heilongjiang.assessment(.households), [Self.homes([-1]), Self.homes([1])], tally, into: &out)
        var array = ArrowArray()
        for _ in 0..<3 {
            #expect(out.get_next(&out, &array) == EINVAL)
            #expect(array.release == nil)
            let message = try #require(out.get_last_error(&out))
            #expect(String(cString: message).contains("[out-of-range]"))
        }
        out.release(&out)
        #expect(tally.isClear)
    }

    @Test("A run that is asked to stop ends there")
    func cancelled() throws {
        var told: [UInt64] = []
        let answer = try Heilongjiang.answer(
            [Self.homes([1, 2]), Self.homes([3]), Self.homes([4])],
            progress: { households in
                told.append(households)
                return households < 3
            })
        #expect(told == [2, 3])
        #expect(answer.batches == [2])
        #expect(answer.number == ECANCELED && answer.message == "the progress function asked to stop")
    }

    @Test("Record batches are released as they are answered")
    func memory() throws {
        let tally = Tally()
        var out = ArrowArrayStream()
        let batch = Self.homes([1, 2, 3])
        try Heilongjiang.begin(
            Heilongjiang.assessment(.households), Array(repeating: batch, count: 30), tally, into: &out)
        for _ in 0..<30 {
            var array = ArrowArray()
            #expect(out.get_next(&out, &array) == 0 && array.length == 3)
            #expect(tally.arrays == 0)
            array.release(&array)
        }
        // The end, and again.
        for _ in 0..<2 {
            var array = ArrowArray()
            #expect(out.get_next(&out, &array) == 0 && array.release == nil)
        }
        out.release(&out)
        #expect(tally.isClear)
    }

    @Test("Streams, arrays and their columns may be moved, and outlive what they came from")
    func moved() throws {
        let tally = Tally()
        var made = ArrowArrayStream()
        try Heilongjiang.begin(Heilongjiang.assessment(.households), [Self.homes([1, 2])], tally, into: &made)
        var out = made
        made = ArrowArrayStream()
        var (array, schema) = (ArrowArray(), ArrowSchema())
        #expect(out.get_schema(&out, &schema) == 0 && out.get_next(&out, &array) == 0)
        out.release(&out)
        #expect(out.release == nil && tally.isClear)
        // One column is moved away, and the others are released.
        let child = try #require(array.children?[1])
        var area = child.pointee
        child.pointee.release = nil
        array.release(&array)
        #expect(array.release == nil)
        let text = try #require(area.buffers?[2])
        #expect(String(decoding: UnsafeRawBufferPointer(start: text, count: 12), as: UTF8.self) == "230102230102")
        area.release(&area)
        #expect(String(cString: schema.format) == "+s")
        schema.release(&schema)
        #expect(schema.release == nil)
    }

    @Test("A stream that is released before it was pulled releases all")
    func unpulled() throws {
        let tally = Tally()
        var out = ArrowArrayStream()
        try Heilongjiang.begin(
            Heilongjiang.assessment(.benefits), [.rows(1, [.texts("household", ["a"])])],
            members: [.rows(1, [.texts("household", ["a"])])], tally, into: &out)
        out.release(&out)
        #expect(tally.isClear)
    }
}
