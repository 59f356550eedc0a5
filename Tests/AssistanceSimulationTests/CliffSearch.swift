import AssistanceCore
import AssistanceEngine
import AssistanceExpressions
import AssistancePolicy
import AssistancePopulation
import TestSupport

@testable import AssistanceSimulation

/// Looks for cliffs by chance: random households, each with sums of one income of one member from nothing to far above any
/// line; between those where anything turns, the turn is searched to the fen.
struct CliffSearch {
    /// Where one fen of income a year more gives a household more of a programme: at the least or the most of the sum.
    struct Hit: Sendable {
        let program: String
        /// The ways in that are taken before and after: `household → single`.
        let ways: String
        /// The benefits that rise.
        let benefits: Set<String>
        /// The document and article of each rule that turns by the income itself, not by what others turn; where none
        /// turns, of what makes the sums.
        let articles: Set<String>
        /// The last sum of income before it, in fen a year.
        let last: Int64
        /// Whose income it is, and what the sums are.
        let example: String
    }

    /// Whose income of which kind varies.
    private struct Series {
        let household: Int
        /// The place of the member in the household.
        let member: Int
        let fact: Int
    }

    /// Two sums of a series, the greater decided otherwise than the less.
    private struct Stretch {
        let series: Int
        var less: Int64
        var greater: Int64
        var before: Answer
        var after: Answer
    }

    /// What each plan decides about a household: its status, and the first year's sums of its benefits in fen.
    private struct Answer {
        var statuses: [UInt8] = []
        var sums: [[ClosedRange<Int64>]] = []

        /// The plans that give more in another answer, of those decided in both.
        func rises(to other: Answer) -> [Int] {
            statuses.indices.filter { plan in
                guard statuses[plan] != 2, other.statuses[plan] != 2 else { return false }
                let (old, new) = (whole(plan), other.whole(plan))
                return new.lowerBound > old.lowerBound || new.upperBound > old.upperBound
            }
        }

        /// Whether any benefit is more in another answer. What another loses beside it over a long stretch hides a rise of
        /// the whole.
        func hasRise(to other: Answer) -> Bool {
            statuses.indices.contains { plan in
                guard statuses[plan] != 2, other.statuses[plan] != 2 else { return false }
                return zip(sums[plan], other.sums[plan]).contains { old, new in
                    new.lowerBound > old.lowerBound || new.upperBound > old.upperBound
                }
            }
        }

        /// All benefits of a plan. What nothing limits is not more than anything else that nothing limits.
        private func whole(_ plan: Int) -> ClosedRange<Int64> {
            let least = sums[plan].reduce(0) { $0 + $1.lowerBound }
            let most = sums[plan].contains { $0.upperBound >= Assessor.unlimited }
            return least...(most ? max(least, Assessor.unlimited) : sums[plan].reduce(0) { $0 + $1.upperBound })
        }
    }

    /// How many sums of an income are tried before anything is searched.
    private static let points = 14

    private let engine: Engine
    private let policy: CompiledPolicy
    private let program: BulkProgram
    private let households: FactBatch
    private let series: [Series]

    /// A search among the households of a batch, in the kinds of income that a member may have.
    init(_ engine: Engine, _ policy: CompiledPolicy, among households: FactBatch, seed: UInt64) {
        self.engine = engine
        self.policy = policy
        self.households = households
        program = BulkProgram(policy)
        var random = SeededRandom(seed)
        let kinds = households.schema.keys(of: .member).filter { $0.hasPrefix("income.") }
        series = (0..<households.count).compactMap { household in
            let key = random.below(2) == 0 ? "income.wages" : kinds[random.below(kinds.count)]
            let members = households.rows(.member, of: household).count
            guard members > 0, let fact = households.schema.place(.member, key) else { return nil }
            return Series(household: household, member: random.below(members), fact: fact)
        }
    }

    /// Every cliff that is met.
    func run() -> [Hit] {
        var asked: [(series: Int, sum: Int64)] = []
        var random = SeededRandom(UInt64(series.count))
        for (place, series) in series.enumerated() {
            // Closer to each other where sums are small; up to 40,000 yuan a year for each member.
            let most = Int64(households.rows(.member, of: series.household).count) * 4_000_000
            for point in 0..<Int64(Self.points) {
                let chance = point == 0 ? 0 : Int64(random.below(50_000))
                asked.append((place, most * point * point / Int64(Self.points * Self.points) + chance))
            }
        }
        let answers = decide(asked)
        var stretches: [Stretch] = []
        for place in asked.indices.dropFirst() where asked[place].series == asked[place - 1].series {
            let (before, after) = (answers[place - 1], answers[place])
            guard before.statuses != after.statuses || before.hasRise(to: after) else { continue }
            stretches.append(
                Stretch(
                    series: asked[place].series, less: asked[place - 1].sum, greater: asked[place].sum, before: before,
                    after: after))
        }
        return halved(stretches).flatMap(hits)
    }

    /// Each stretch halved until its sums are next to each other, by preference where there is a rise.
    private func halved(_ stretches: [Stretch]) -> [Stretch] {
        var stretches = stretches
        while true {
            let open = stretches.indices.filter { stretches[$0].greater - stretches[$0].less > 1 }
            if open.isEmpty { return stretches }
            let middles = open.map { place -> (series: Int, sum: Int64) in
                let stretch = stretches[place]
                return (stretch.series, stretch.less + (stretch.greater - stretch.less) / 2)
            }
            for ((place, middle), answer) in zip(zip(open, middles), decide(middles)) {
                let stretch = stretches[place]
                let rises = (stretch.before.hasRise(to: answer), answer.hasRise(to: stretch.after))
                let turnsBefore = stretch.before.statuses != answer.statuses
                if rises.0 || (!rises.1 && turnsBefore) {
                    (stretches[place].greater, stretches[place].after) = (middle.sum, answer)
                } else {
                    (stretches[place].less, stretches[place].before) = (middle.sum, answer)
                }
            }
        }
    }

    private func batch(_ asked: [(series: Int, sum: Int64)]) -> FactBatch {
        var batch = households.households(asked.map { series[$0.series].household })
        for (row, (place, sum)) in asked.enumerated() {
            let series = series[place]
            batch.set(series.fact, row: batch.rows(.member, of: row).lowerBound + series.member, to: sum)
        }
        return batch
    }

    private func decide(_ asked: [(series: Int, sum: Int64)]) -> [Answer] {
        let totals = BulkAssessor(program, over: batch(asked)).run()
        return asked.indices.map { row in
            var answer = Answer()
            for (plan, totals) in zip(program.plans, totals) {
                answer.statuses.append(totals.status[row])
                answer.sums.append(
                    plan.benefits.indices.map { place in
                        let times: Int64 = plan.benefits[place].period == .monthly ? 12 : 1
                        let sum = totals.sum(place, household: row)
                        let most = sum.isUnbounded ? Assessor.unlimited : sum.most.fen * times
                        return sum.least.fen * times...max(sum.least.fen * times, most)
                    })
            }
            return answer
        }
    }

    // MARK: What a rise is

    private func hits(_ stretch: Stretch) -> [Hit] {
        let rising = stretch.before.rises(to: stretch.after)
        guard !rising.isEmpty else { return [] }
        let series = series[stretch.series]
        let both = batch([(stretch.series, stretch.less), (stretch.series, stretch.greater)])
        let assessor = Assessor(engine, policy, over: both)
        let sides = [0, 1].map { assessor.assess(household: $0, explain: false).determinations }
        let key = households.schema.facts[series.fact].key
        let example = "\(key) of member \(series.member), household \(series.household)"
        return rising.map { plan in
            let ways = sides.map { side in
                let taken = side[plan].routes.filter(\.isTaken).map(\.id)
                return taken.isEmpty ? "none" : taken.joined(separator: " + ")
            }
            let benefits = program.plans[plan].benefits
            let (old, new) = (stretch.before.sums[plan], stretch.after.sums[plan])
            let places = old.indices.filter {
                new[$0].lowerBound > old[$0].lowerBound || new[$0].upperBound > old[$0].upperBound
            }
            return Hit(
                program: program.plans[plan].program, ways: ways.joined(separator: " → "),
                benefits: Set(places.map { benefits[$0].id }),
                articles: articles(stretch, plan, places.map { benefits[$0].amount }), last: stretch.less,
                example: example + places.map { "; \(benefits[$0].id) \(old[$0]) becomes \(new[$0])" }.joined())
        }
    }

    /// What the rules that turn rest on; where none does, what makes the sums.
    private func articles(_ stretch: Stretch, _ plan: Int, _ sums: [NodeID]) -> Set<String> {
        let series = series[stretch.series]
        let one = households.households([series.household])
        let sampler = SweepSampler(policy, one, household: 0, fact: series.fact, row: series.member)
        guard let before = sampler.sample(stretch.less), let after = sampler.sample(stretch.greater) else { return [] }
        let turned = sampler.turned(before, after)
        let first = turned.filter { policy.graph.nodes(behind: [$0]).intersection(turned) == [$0] }
        var citations = sampler.causes(of: first, stretch.less, stretch.greater, [plan]).map(\.citation)
        if citations.isEmpty {
            citations = sums.map { id in
                guard case .named(let step, _) = policy.graph[id].operation else { return nil }
                return policy.graph.steps[step].origin?.citation
            }
        }
        return Set(
            citations.map { citation in
                guard let citation else { return "no article" }
                return citation.document.id + (citation.article.isEmpty ? "" : " " + citation.article)
            })
    }
}

/// Households of which more is known than of invented ones, and that are less alike: what the population does not state is
/// drawn, codes are changed here and there, and most earn little. What officers decide stays open.
enum ChanceHouseholds {
    /// What says who somebody is, or how many they are, is left as it was drawn.
    private static let kept: Set<String> = ["area", "residence", "relation", "size"]

    static func batch(_ count: Int, schema: FactSchema, on date: CalendarDate, seed: UInt64) -> FactBatch {
        var batch = SyntheticPopulation(areas: [], seed: seed, households: count, schema: schema, date: date)
            .batch(0..<count)
        for (place, fact) in schema.facts.enumerated() where !kept.contains(fact.key) && fact.group != "decided" {
            let isUnstated = batch.columns[place] == nil
            // Each fact has draws of its own, so that a new one changes no other.
            var random = SeededRandom(fact.key.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) })
            for row in 0..<batch.table(fact.owner).count {
                let (chance, draw) = (random.below(100), Int64(random.below(100_000)))
                switch fact.type {
                case .code, .yesNo:
                    guard isUnstated || chance < 8 else { continue }
                    batch.set(place, row: row, to: draw % (fact.type.storedRange.upperBound + 1))
                case .amount where fact.group == "income":
                    if chance < 50 { batch.set(place, row: row, to: 0) }
                case .amount where isUnstated, .count where isUnstated: batch.set(place, row: row, to: draw)
                case .date where isUnstated: batch.set(place, row: row, to: Int64(date.days) - 400 + draw % 800)
                default: continue
                }
            }
        }
        return batch
    }
}
