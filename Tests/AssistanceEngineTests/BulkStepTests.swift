import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import TestSupport
import Testing

/// Named steps and chunks of households in bulk.
@Suite("Steps in bulk")
struct BulkStepTests {
    private static func batch(_ situation: Situation, _ count: Int) -> FactBatch {
        var random = situation.random(77)
        var batch = FactBatch(schema: SampleFacts.schema)
        for number in 0..<count {
            let household = SampleHousehold.random(on: situation.date, &random)
            household.append(to: &batch, hiding: number % 5 == 0 ? Set(household.paths.prefix(number % 7)) : [])
        }
        return batch
    }

    @Test("A step has both ends that one assessment at a time finds", arguments: Situation.four)
    func ends(_ situation: Situation) throws {
        let policy = try situation.policy()
        let batch = Self.batch(situation, 600)
        let steps = [
            BulkStep("low-income", "low_income"), BulkStep("low-income", "total"), BulkStep("low-income", "n"),
        ]
        let bulk = BulkAssessor(try BulkProgram(policy, programs: ["low-income"], steps: steps), over: batch)
        let totals = try #require(bulk.run().first)
        var seen = 0
        bulk.run(0..<batch.count) { chunk in
            for (row, household) in chunk.households.enumerated() {
                let status = chunk.status(0)[row]
                #expect(status == totals.status[household])
                let eligible = (chunk.step(0).least[row], chunk.step(0).most[row])
                #expect(eligible == (status == 1 ? (1, 1) : status == 0 ? (0, 0) : (0, 1)))
                let base = (chunk.sums(0, 0).least[row], chunk.sums(0, 1).least[row])
                #expect(base == (totals.least[0][household], totals.least[1][household]))
                if status == 1 {
                    #expect(chunk.step(1).least[row] >= max(base.0, base.1))
                    #expect(chunk.step(1).most[row] <= totals.most[0][household] + totals.most[1][household])
                }
                seen += 1
            }
        }
        #expect(seen == batch.count)
    }

    @Test(
        "Part of a batch is decided as all of it", arguments: [0..<0, 0..<1, 3..<520, 511..<513, 590..<700, 700..<800])
    func parts(_ households: Range<Int>) throws {
        let situation = Situation.four[0]
        let bulk = BulkAssessor(try situation.policy(), over: Self.batch(situation, 600))
        let totals = try #require(bulk.run().first)
        var met: [Int] = []
        bulk.run(households) { chunk in
            for (row, household) in chunk.households.enumerated() {
                #expect(chunk.sums(0, 0).most[row] == totals.most[0][household])
                met.append(household)
            }
        }
        #expect(met == Array(households.clamped(to: 0..<600)))
    }

    @Test(
        "A step that cannot be had is refused by name, and why",
        arguments: [
            (
                BulkStep("low-incom", "total"),
                "the step 'total' of 'low-incom' has no plan: there is none of that name in the policy of the area and day"
            ),
            (BulkStep("low-income", "totl"), "the step 'totl' of 'low-income' is not one of that plan"),
            (
                BulkStep("low-income", "paid"),
                "the step 'paid' of 'low-income' belongs to each member, not to the household"
            ),
            (
                BulkStep("low-income", "per_capita_income"),
                "the step 'per_capita_income' of 'low-income' may lie between hundredths of its unit, or be too large to count them"
            ),
        ])
    func refused(_ step: BulkStep, _ message: String) throws {
        let policy = try Situation.four[0].policy()
        let problem = #expect(throws: BulkStepProblem.self) { try BulkProgram(policy, steps: [step]) }
        #expect(problem?.description == message)
        #expect(problem?.step == step)
    }
}
