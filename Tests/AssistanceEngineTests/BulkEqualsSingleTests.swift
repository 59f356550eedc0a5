import AssistanceCore
import AssistanceEngine
import Testing

/// The totals of many households are those of one assessment at a time.
@Suite("Bulk and single")
struct BulkEqualsSingleTests {
    @Test("Every status and sum is the same", arguments: Situation.all + [.unpublished])
    func totals(_ situation: Situation) throws {
        var random = situation.random(20_263)
        var batch = FactBatch(schema: SampleFacts.schema)
        // More than a chunk of households; then so many members that a chunk holds fewer households than usual.
        for number in 0..<(560 * PropertyEffort.times) {
            var household = SampleHousehold.random(on: situation.date, &random).calibrated(situation.byHand, &random)
            if random.chance(50) { household = household.decided(&random) }
            // Outside the bounds, or inside where they are wider.
            if random.chance(20) { household.members?[0][SampleFacts.decided] = Int64(random.below(200_000)) }
            household.append(to: &batch, hiding: Self.hidden(of: household, number, &random))
        }
        for _ in 0..<60 { Self.large(on: situation.date, &random).append(to: &batch) }
        let policy = try situation.policy()
        let bulk = BulkAssessor(policy, programs: ["low-income"], over: batch)
        #expect(bulk.usesColumns(0))

        let totals = try #require(bulk.run().first)
        #expect(totals.decidedByRow == 0)
        let decisions = try situation.decisions(batch)
        for (row, decision) in decisions.enumerated() {
            #expect(Totals.codes[Int(totals.status[row])] == decision.status, "household \(row)")
            for (place, id) in ["base", "supplements"].enumerated() {
                let fen = totals.least[place][row]...max(totals.least[place][row], totals.most[place][row])
                #expect(fen == decision.fen(id), "\(id) of household \(row)")
                #expect(totals.most[place][row] >= totals.least[place][row])
            }
        }
        let again = try #require(bulk.run().first)
        #expect(again.status == totals.status && again.least == totals.least && again.most == totals.most)
        let counts = Status.allCases.map { status in "\(status) \(decisions.count { $0.status == status })" }
        print("bulk, \(situation.testDescription): \(batch.count) households, \(counts), by row \(totals.decidedByRow)")
    }

    @Test("A batch of any size around a chunk is done whole", arguments: [0, 1, 511, 512, 513, 1_025])
    func sizes(_ count: Int) throws {
        let situation = Situation.four[1]
        var random = SeededRandom(UInt64(count))
        let samples = (0..<40).map { _ in SampleHousehold.random(on: situation.date, &random) }
        var one = FactBatch(schema: SampleFacts.schema)
        for sample in samples { sample.append(to: &one) }
        let expected = try situation.decisions(one)
        var batch = FactBatch(schema: SampleFacts.schema)
        for row in 0..<count { samples[row % samples.count].append(to: &batch) }
        let totals = try #require(BulkAssessor(situation.policy(), over: batch).run().first)
        #expect(totals.status.count == count)
        for row in 0..<count {
            let decision = expected[row % samples.count]
            #expect(Totals.codes[Int(totals.status[row])] == decision.status)
            #expect(totals.least[0][row] == decision.fen("base").lowerBound)
            #expect(totals.most[1][row] == decision.fen("supplements").upperBound)
        }
        print("bulk, sizes: \(count) households")
    }

    /// Mostly nothing; facts, whole lists, or everything.
    private static func hidden(of household: SampleHousehold, _ number: Int, _ random: inout SeededRandom) -> Set<
        String
    > {
        let paths = household.paths
        switch number % 8 {
        case 0: return Set((0..<3).map { _ in random.pick(paths) })
        case 1: return random.pick([["members"], ["plots"], ["members", "plots"], Set(paths)])
        case 2: return Set(paths.filter { $0.hasSuffix("obligors") || $0.hasSuffix("special_poverty") })
        case 3: return Set(paths.filter { _ in random.chance(4) })
        default: return []
        }
    }

    /// As many members as a household can have, some with as many obligors.
    private static func large(on date: CalendarDate, _ random: inout SeededRandom) -> SampleHousehold {
        var household = SampleHousehold.random(on: date, &random)
        household.members = (0..<40).map { SampleHousehold.member(on: date, isFirst: $0 == 0, &random) }
        if random.chance(5) {
            for place in 0..<40 {
                household.members?[place].obligors = (0..<40).map { _ in SampleHousehold.entry(.obligor, &random) }
            }
        }
        household.plots = (0..<40).map { _ in SampleHousehold.entry(.plot, &random) }
        return household
    }
}
