import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
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

    @Test("What a plan knows of all its benefits together is what one assessment says, and less open than their sum")
    func wholes() throws {
        let engine = Engine(Situation.engine.library, programs: assistancePrograms)
        let situation = Situation.four[2].on("2025-06-12", urban: 86_000, rural: 64_800)
        let findings = Findings()
        let policy = engine.policy(
            area: try #require(DivisionCode("230184")), date: situation.date, stage: .application, findings)
        #expect(!findings.hasErrors)
        let path = Repository.root + "/Examples/households/33-one-stop-settlement.json"
        var tokens = JSONScanner(try #require(PolicyFiles.read(path)), file: path)
        var problems: [Diagnostic] = []
        let couple = HouseholdReader.read(
            &tokens, schema: engine.library.schema, date: situation.date, file: path, findings: &problems
        ).batch
        #expect(problems == [])
        var random = situation.random(20_266)
        var sample = FactBatch(schema: SampleFacts.schema)
        for number in 0..<200 {
            let household = SampleHousehold.random(on: situation.date, &random)
            household.append(to: &sample, hiding: Self.hidden(of: household, number, &random))
        }
        var narrower = 0
        for batch in [couple, sample] {
            let program = BulkProgram(withTotalsOf: policy)
            let totals = BulkAssessor(program, over: batch).run()
            let assessor = Assessor(engine, policy, over: batch)
            for row in 0..<batch.count {
                let decisions = assessor.assess(household: row, explain: false).determinations
                for (place, decision) in decisions.enumerated() where decision.status != .ineligible {
                    for (period, sum) in decision.totals {
                        guard let whole = totals[place].whole(period, household: row) else { continue }
                        #expect(whole == sum, "\(decision.program) \(period) of household \(row)")
                        let each = program.plans[place].benefits.indices
                            .filter { program.plans[place].benefits[$0].period == period }
                            .map { totals[place].sum($0, household: row) }
                        if whole.most.fen < each.reduce(0, { $0 + $1.most.fen }) { narrower += 1 }
                    }
                }
            }
            // Without being asked nobody is told.
            let others = BulkAssessor(policy, over: batch).run()
            #expect(others.allSatisfy { $0.whole(.yearly, household: 0) == nil })
            for (some, all) in zip(others, totals) { #expect(some.status == all.status && some.most == all.most) }
        }
        #expect(narrower > 0)
        // Where a file says that they are a low-income family: 480 of premiums are certain, and both layers together pay
        // at most the 20,000 that are left.
        let alone = Engine(engine.library, programs: assistancePrograms, run: ["medical"]).policy(
            area: policy.area, date: policy.date, stage: .application, findings)
        let medical = BulkAssessor(BulkProgram(withTotalsOf: alone), over: couple).run().first
        #expect(
            medical?.whole(.yearly, household: 0) == MoneyRange(Money(fen: 48_000), Money(fen: 2_048_000)))
        print("wholes: \(narrower) narrower")
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
