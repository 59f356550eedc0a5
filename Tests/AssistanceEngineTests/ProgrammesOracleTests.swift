import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

/// The oracle over all programmes of a run, which tell each other standings and sums.
@Suite("Hidden facts and all programmes")
struct ProgrammesOracleTests {
    private static let engine = Engine(Situation.engine.library, programs: assistancePrograms)
    /// 林口县 in a month of which every standard is known, and 道里区 with heating.
    private static let places = [
        Situation.four[0].on("2026-09-01", urban: 83_200, rural: 63_200), Situation.four[1],
        Situation.four[2].on("2022-10-15", urban: 83_500, rural: 62_500),
    ]

    @Test("What any programme decides is what it decides of every completion", arguments: places)
    func completions(_ situation: Situation) throws {
        let findings = Findings()
        let policy = Self.engine.policy(
            area: try #require(DivisionCode(situation.area)), date: situation.date, stage: situation.stage, findings)
        #expect(!findings.hasErrors)
        var random = situation.random(20_263)
        var tally: [String: Int] = [:]
        for number in 0..<(60 * PropertyEffort.times) {
            let truth = Self.modest(SampleHousehold.random(on: situation.date, &random), &random)
            let hidden = Self.hidden(of: truth, &random)
            var batch = truth.batch(hiding: hidden)
            truth.append(to: &batch)
            for filling in SampleHousehold.Filling.allCases {
                truth.completed(hidden, filling, on: situation.date, &random).append(to: &batch)
            }
            let assessor = Assessor(Self.engine, policy, over: batch)
            let all = (0..<batch.count).map { assessor.assess(household: $0, explain: false).determinations }
            for (place, full) in all.enumerated().dropFirst() {
                for (open, full) in zip(all[0], full) {
                    let found = Self.contradictions(open, full)
                    #expect(
                        found.isEmpty, "\(open.program) of \(number), completion \(place), hidden \(hidden.sorted())")
                }
            }
            for decision in all[1] { tally[decision.program + " " + decision.status.rawValue, default: 0] += 1 }
        }
        #expect(tally["special-poverty eligible", default: 0] > 0 && tally["low-income eligible", default: 0] > 0)
        print(
            "all programmes, \(situation.testDescription): \(tally.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })"
        )
    }

    /// A household that comes into question for special poverty more often than not.
    private static func modest(_ household: SampleHousehold, _ random: inout SeededRandom) -> SampleHousehold {
        var household = household
        household.members = household.members?.map { member in
            var member = member
            if random.chance(70) { for key in SampleFacts.incomes { member[key] = 0 } }
            if random.chance(60) { member["can_work"] = 0 }
            if random.chance(60) { member.obligors = [] }
            member["special_poverty"] = random.chance(5) ? 1 : 0
            return member
        }
        return household
    }

    private static func hidden(of household: SampleHousehold, _ random: inout SeededRandom) -> Set<String> {
        let paths = household.paths.filter { !$0.hasSuffix("special_poverty") && $0 != "members" }
        return Set((0..<(1 + random.below(4))).map { _ in random.pick(paths) })
    }

    private static func contradictions(_ open: Determination, _ full: Determination) -> [String] {
        var found: [String] = []
        if open.status != .undetermined, open.status != full.status { found.append("status \(open.status)") }
        for id in Set(open.benefits.map(\.id)).union(full.benefits.map(\.id)) {
            // What is eligible and not named gives nothing; what is undecided promises nothing.
            guard open.status != .undetermined || open.benefits.contains(where: { $0.id == id }) else { continue }
            func sum(_ decision: Determination) -> MoneyRange {
                decision.benefits.first { $0.id == id }?.amount ?? MoneyRange(.zero, .zero)
            }
            let (a, b) = (sum(open), sum(full))
            if a.least > b.least || (b.most > a.most && !a.isUnbounded) { found.append("\(id): \(a), completed \(b)") }
        }
        if let paid = open.membersPaid, paid != full.membersPaid { found.append("members paid \(paid)") }
        for (a, b) in zip(open.standings, full.standings) where a.status != .undetermined && a.status != b.status {
            found.append("standing \(a.id)")
        }
        return found
    }
}
