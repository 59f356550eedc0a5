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
    /// The numbers of the facts that the plans depend on.
    private let facts: Set<Int>
    private let made = Mutex<[ColumnCoverage: BulkColumns]>([:])
    /// How many kinds of batches columns are kept for.
    private static let kept = 32

    /// The plans of a policy.
    ///
    /// - Parameter programs: The ids of the plans that are asked for; nil for all. Those of allowances have the key of
    ///   the allowance after a dot.
    public init(_ policy: CompiledPolicy, programs: Set<String>? = nil) {
        plans = policy.plans.filter { programs?.contains($0.program) ?? true }
        self.policy = policy
        facts = policy.graph.facts(behind: plans.flatMap(\.bulkResults))
    }

    /// The columns for what a batch gives.
    func columns(over batch: FactBatch) -> BulkColumns {
        let coverage = ColumnCoverage(of: batch, reading: facts)
        if let known = made.withLock({ $0[coverage] }) { return known }
        let columns = BulkColumns(plans, policy.graph, over: coverage)
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
    }

    /// The instructions; nil where columns compute no plan.
    let program: ColumnProgram?
    /// The plans that they compute. The others are the evaluator's.
    let parts: [Part]

    init(_ plans: [ProgramPlan], _ graph: Graph, over coverage: ColumnCoverage) {
        // All together, else those of which each can be computed by itself.
        let all = Array(plans.indices)
        let known =
            Self.columns(all, plans, graph, coverage)
            ?? Self.columns(
                all.filter { Self.columns([$0], plans, graph, coverage) != nil }, plans, graph, coverage)
        program = known?.program
        parts = known?.parts ?? []
    }

    private static func columns(
        _ group: [Int], _ plans: [ProgramPlan], _ graph: Graph, _ coverage: ColumnCoverage
    ) -> (program: ColumnProgram, parts: [Part])? {
        let results = group.flatMap { plans[$0].bulkResults }
        guard !group.isEmpty, let program = ColumnProgram(graph, results: results, over: coverage) else { return nil }
        var parts: [Part] = []
        var first = 0
        for plan in group {
            let benefits = plans[plan].benefits
            var sums: [(benefit: Int, low: Int64, high: Int64)] = []
            for (result, place) in zip((first + 1)..., plans[plan].moneyBenefits) {
                let (period, most) = (benefits[place].period, graph[benefits[place].amount].highest)
                let scales = program.scales(result)
                guard fits(most, period), let low = factor(scales.low, period),
                    let high = factor(scales.high, period)
                else { return nil }
                sums.append((place, low, high))
            }
            parts.append(Part(plan: plan, first: first, sums: sums))
            first += 1 + sums.count
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

    /// What bulk computes of a plan: whether it is met, and the sum of each benefit in money.
    var bulkResults: [NodeID] { [eligible] + moneyBenefits.map { benefits[$0].amount } }
}
