import AssistanceCore
import AssistanceEngine
import AssistanceExpressions
import AssistancePolicy

/// How what a household is given goes as one income rises, and where it has less for earning more (收入变动试算、陡坡效应).
///
/// A cliff is a pair of sums one fen a year apart at which a condition turns and the household loses more than it earns.
/// Each is found exactly: between two sums of the range whose conditions differ, the turn is searched by halving. Two turns
/// of one and the same condition within one step are not seen. What is lost by rounding alone is no cliff.
public struct IncomeSweep: Sendable {
    /// What one programme gives in a year: twelve months, what is paid yearly, and what is paid once.
    public struct Support: Hashable, Sendable {
        /// Whether the household is eligible.
        public let status: Status
        /// The least in fen.
        public let least: Int64
        /// The most in fen; nil where nothing limits it, or where it is not known whether the household is eligible.
        public let most: Int64?
    }

    /// A sum of the range, and what is given there.
    public struct Point: Hashable, Sendable {
        /// The income that varies, in fen a year.
        public let income: Int64
        /// What each programme gives, in the order of `programs`.
        public let support: [Support]

        /// All of it together, the least in fen.
        public var least: Int64 { support.reduce(0) { $0 + $1.least } }
        /// All of it together, the most; nil where one is not limited.
        public var most: Int64? {
            support.reduce(0 as Int64?) { sum, next in sum.flatMap { s in next.most.map { s + $0 } } }
        }
    }

    /// A rule that turned at a cliff.
    public struct Cause: Hashable, Sendable {
        /// What it is called.
        public let label: Label
        /// The rule as it is written.
        public let rule: String
        /// The document and article.
        public let citation: Citation?
        /// `low-income.yaml:12`
        public let place: String
    }

    /// Where the household has less for earning more.
    public struct Cliff: Hashable, Sendable {
        /// The last sum before it, in fen a year; one fen more, and it has less.
        public let last: Int64
        /// What is lost in the first year, by the place of each programme that gives less, in fen: the greater of what the
        /// least and the most of it lose.
        public let losses: [Int: Int64]
        /// The rules that turned.
        public let causes: [Cause]

        /// All that is lost.
        public var loss: Int64 { losses.values.reduce(0, +) }
    }

    /// A programme of the policy.
    public struct Program: Hashable, Sendable {
        /// The id.
        public let id: String
        /// What it is called.
        public let label: Label
    }

    /// The range.
    public let range: IncomeRange
    /// What varies: 成员1(户主)的工资性收入.
    public let label: Label
    /// How many months of income a file states.
    public let months: Int64
    /// The programmes.
    public let programs: [Program]
    /// The sums of the range, each with what is given.
    public let points: [Point]
    /// The points right before and right after each turn of a condition, for a chart.
    let turns: [Point]
    /// The cliffs, by rising income.
    public let cliffs: [Cliff]

    /// Why a household cannot be swept.
    public enum Failure: Error, Sendable, Hashable {
        /// It has no such member.
        case noMember(String)
        /// A sum of the range is none that a file may state, in yuan a year.
        case outOfRange(Money)
    }

    /// Sweeps one household of a batch.
    ///
    /// - Parameters:
    ///   - row: The household's place in the batch.
    ///   - names: What its members are to the head.
    public init(
        _ range: IncomeRange, _ policy: CompiledPolicy, over batch: FactBatch, household row: Int,
        members names: [Label]
    ) throws(Failure) {
        let batch = batch.read(as: policy.graph.schema)
        let member = try Self.member(range, batch, row, on: policy.date)
        let fact = batch.schema.place(.member, range.key) ?? 0
        let window = policy.plans.lazy.compactMap(\.window).first
        months = window.flatMap { window in window.until?.completedMonths(since: window.from) }.map { Int64($0) } ?? 12
        self.range = range
        let place = member - batch.rows(.member, of: row).lowerBound
        let name = names.indices.contains(place) ? names[place] : Label("成员\(place + 1)", "member \(place + 1)")
        let what = batch.schema.facts[fact].label
        label = Label(name.chinese + "的" + what.chinese, name.english + ": " + what.english)
        programs = policy.plans.map { Program(id: $0.program, label: $0.label) }

        let sampler = SweepSampler(policy, batch, household: row, fact: fact, row: member)
        var points: [Point] = []
        var turns: [Point] = []
        var cliffs: [Cliff] = []
        var before: (stored: Int64, sample: SweepSampler.Sample)?
        for sum in range.sums {
            let (stored, overflow) = sum.fen.multipliedReportingOverflow(by: range.isMonthly ? self.months : 1)
            guard !overflow, let sample = sampler.sample(stored) else { throw .outOfRange(sum) }
            points.append(Point(income: stored, support: sample.support))
            for turn in before.map({ sampler.turns(between: $0, and: (stored, sample)) }) ?? [] {
                turns += [turn.before, turn.after].map { Point(income: $0.stored, support: $0.sample.support) }
                if let cliff = sampler.cliff(turn.before, turn.after) { cliffs.append(cliff) }
            }
            before = (stored, sample)
        }
        self.points = points
        self.turns = turns
        self.cliffs = cliffs
    }

    /// The row of the member whose income varies.
    private static func member(
        _ range: IncomeRange, _ batch: FactBatch, _ household: Int, on date: CalendarDate
    ) throws(Failure) -> Int {
        let rows = batch.rows(.member, of: household)
        if let place = range.member {
            guard place < rows.count else {
                throw .noMember("there is no members[\(place)]; the household has \(rows.count)")
            }
            return rows.lowerBound + place
        }
        // Files begin with the head as a rule; where they do not, the head is meant still.
        let relation = batch.schema.place(.member, "relation")
        let head = relation.flatMap { relation in
            rows.first { row in
                guard case .code(let list) = batch.schema.facts[relation].type else { return false }
                return batch.value(relation, row: row).flatMap { Int(exactly: $0) }.flatMap { list[$0] }?.name == "head"
            }
        }
        guard let member = head ?? rows.first else { throw .noMember("the household lists no members") }
        return member
    }
}
