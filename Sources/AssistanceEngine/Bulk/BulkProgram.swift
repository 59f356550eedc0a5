import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import Synchronization

/// A policy made ready for bulk: the plans that are decided, and the columns that do it. It is made once and run over any
/// number of batches.
///
/// May be shared between threads. Columns are made for what a batch gives, and kept for the batches that give the same.
public final class BulkProgram: Sendable {
    /// The plans that are decided, in the order of the policy.
    public let plans: [ProgramPlan]
    let policy: CompiledPolicy
    /// For each plan the periods whose sum it knows itself, where they were asked for.
    let wholes: [[PaymentPeriod]]
    /// The numbers of the facts that the plans depend on.
    private let facts: Set<Int>
    private let made = Mutex<[ColumnCoverage: BulkColumns]>([:])
    /// How many kinds of batches columns are kept for.
    private static let kept = 32

    /// The plans of a policy.
    ///
    /// - Parameters:
    ///   - programs: The ids of the plans that are asked for; nil for all. Those of allowances have the key of the
    ///     allowance after a dot.
    ///   - wholes: Whether the sum of all benefits of a period is asked for, where a plan knows it better than by each.
    public init(_ policy: CompiledPolicy, programs: Set<String>? = nil, wholes: Bool = false) {
        let plans = policy.plans.filter { programs?.contains($0.program) ?? true }
        self.plans = plans
        self.policy = policy
        self.wholes = plans.map { wholes ? $0.wholePeriods : [] }
        facts = policy.graph.facts(behind: zip(plans, self.wholes).flatMap { $0.bulkResults($1) })
    }

    /// The columns for what a batch gives.
    func columns(over batch: FactBatch) -> BulkColumns {
        let coverage = ColumnCoverage(of: batch, reading: facts)
        if let known = made.withLock({ $0[coverage] }) { return known }
        let columns = BulkColumns(plans, wholes, policy.graph, over: coverage)
        made.withLock { made in
            if made.count >= Self.kept { made.removeAll() }
            made[coverage] = columns
        }
        return columns
    }
}

/// The columns of the plans of a policy, in one program.
struct BulkColumns: Sendable {
    /// A plan that columns compute.
    struct Part: Sendable {
        /// Its place among the plans.
        let plan: Int
        /// The place of its first result: whether it is met. The sums of its benefits in money follow.
        let first: Int
        /// For each benefit in money its place among the plan's, and how many fen one stored integer of either end is.
        let sums: [(benefit: Int, low: Int64, high: Int64)]
        /// The same for the periods whose sum is asked for; their results follow those of the benefits.
        let wholes: [(period: PaymentPeriod, low: Int64, high: Int64)]
    }

    /// The instructions; nil where columns compute no plan.
    let program: ColumnProgram?
    /// The plans that they compute. The others are the evaluator's.
    let parts: [Part]

    init(
        _ plans: [ProgramPlan], _ wholes: [[PaymentPeriod]], _ graph: Graph, over coverage: ColumnCoverage
    ) {
        // All together, else those of which each can be computed by itself.
        let all = Array(plans.indices)
        let known =
            Self.columns(all, plans, wholes, graph, coverage)
            ?? Self.columns(
                all.filter { Self.columns([$0], plans, wholes, graph, coverage) != nil }, plans, wholes, graph,
                coverage)
        program = known?.program
        parts = known?.parts ?? []
    }

    private static func columns(
        _ group: [Int], _ plans: [ProgramPlan], _ wholes: [[PaymentPeriod]], _ graph: Graph,
        _ coverage: ColumnCoverage
    ) -> (program: ColumnProgram, parts: [Part])? {
        let results = group.flatMap { plans[$0].bulkResults(wholes[$0]) }
        guard !group.isEmpty, let program = ColumnProgram(graph, results: results, over: coverage) else { return nil }
        var parts: [Part] = []
        var first = 0
        for plan in group {
            // The place of a result, and how many fen one stored integer of either end is; nil where that is not whole.
            func sum(_ result: Int, _ node: NodeID, _ period: PaymentPeriod) -> (low: Int64, high: Int64)? {
                let scales = program.scales(result)
                guard fits(graph[node].highest, period), let low = factor(scales.low, period),
                    let high = factor(scales.high, period)
                else { return nil }
                return (low, high)
            }
            var result = first + 1
            var sums: [(benefit: Int, low: Int64, high: Int64)] = []
            for place in plans[plan].moneyBenefits {
                let benefit = plans[plan].benefits[place]
                guard let factors = sum(result, benefit.amount, benefit.period) else { return nil }
                sums.append((place, factors.low, factors.high))
                result += 1
            }
            var periods: [(period: PaymentPeriod, low: Int64, high: Int64)] = []
            for period in wholes[plan] {
                guard let node = plans[plan].totals[period], let factors = sum(result, node, period) else {
                    return nil
                }
                periods.append((period, factors.low, factors.high))
                result += 1
            }
            parts.append(Part(plan: plan, first: first, sums: sums, wholes: periods))
            first = result
        }
        return (program, parts)
    }

    /// How many fen of the period one stored integer of a scale is, where that is whole; nil where it is not.
    private static func factor(_ scale: Int64, _ period: PaymentPeriod) -> Int64? {
        Rational(100).divided(by: period.unit.size)?.divided(by: Rational(scale))?.exactly(1)
            .flatMap { Int64(exactly: $0) }
    }

    /// Whether a sum is a number of fen of 64 bits.
    private static func fits(_ most: Rational, _ period: PaymentPeriod) -> Bool {
        most.divided(by: period.unit.size)?.rounded(.up, toMultipleOf: .hundredth)?.exactly(100)
            .flatMap { Int64(exactly: $0) } != nil
    }
}

extension ProgramPlan {
    /// The places of the benefits in money.
    var moneyBenefits: [Int] { benefits.indices.filter { benefits[$0].gift == nil } }

    /// The periods of which the plan itself knows what its benefits come to: where they are several, each may be open while
    /// the whole is not, or is less so.
    var wholePeriods: [PaymentPeriod] {
        PaymentPeriod.allCases.filter { period in
            totals[period] != nil && moneyBenefits.count { benefits[$0].period == period } > 1
        }
    }

    /// What bulk computes of a plan: whether it is met, the sum of each benefit in money, and the whole of some periods.
    func bulkResults(_ wholes: [PaymentPeriod]) -> [NodeID] {
        [eligible] + moneyBenefits.map { benefits[$0].amount } + wholes.compactMap { totals[$0] }
    }
}
