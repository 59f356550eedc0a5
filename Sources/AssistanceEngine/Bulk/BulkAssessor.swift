import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Assesses all households of a batch under one policy, for totals.
///
/// Columns compute what is known, for all plans at once; what they leave open of a household the evaluator decides, so
/// that the answers are those of one assessment at a time. Not safe to share between threads; make one for each.
public final class BulkAssessor {
    /// The plans that are decided, in the order of the policy.
    public let plans: [ProgramPlan]
    private let policy: CompiledPolicy
    private let batch: FactBatch
    private let passes: [Pass]
    private lazy var evaluators: [Evaluator] = plans.map { plan in
        Evaluator(policy.graph, over: batch, for: plan.bulkResults, isTracing: false)
    }

    /// One run of columns over the batch, for some of the plans.
    private struct Pass {
        let runner: ColumnRunner
        /// The places of the plans whose results it has, each with the place of its first result.
        let parts: [(plan: Int, first: Int)]
        /// Whether its sums are the greatest of plans whose least another pass has.
        let isUpper: Bool
    }

    /// Whether columns compute a plan; where not, every household is decided by the evaluator.
    public func usesColumns(_ plan: Int) -> Bool { passes.contains { $0.parts.contains { $0.plan == plan } } }

    /// The instructions that columns run, by kind; one text for each pass over the households.
    public var columns: [String] { passes.map(\.runner.program.description) }

    /// An assessor of a policy over a batch.
    ///
    /// - Parameter programs: The ids of the plans that are asked for; nil for all. Those of allowances have the key of
    ///   the allowance after a dot.
    public init(_ policy: CompiledPolicy, programs: Set<String>? = nil, over batch: FactBatch) {
        let plans = policy.plans.filter { programs?.contains($0.program) ?? true }
        self.plans = plans
        self.policy = policy
        let batch = batch.read(as: policy.graph.schema)
        self.batch = batch
        passes = Self.passes(plans, policy.graph).map { pass in
            Pass(runner: ColumnRunner(pass.program, over: batch), parts: pass.parts, isUpper: pass.isUpper)
        }
    }

    /// The totals of all households, for each plan.
    public func run() -> [Totals] {
        var totals = plans.map { Totals(benefits: $0.benefits.count, households: batch.count) }
        var open = plans.indices.map { usesColumns($0) ? [Int]() : Array(0..<batch.count) }
        var first = 0
        while first < batch.count, !passes.isEmpty {
            // All passes cut the batch in the same chunks, for these depend on the households alone.
            var isOpen = plans.map { _ in [UInt8](repeating: 0, count: ColumnRunner.chunk) }
            var count = 0
            for pass in passes {
                count = pass.runner.run(from: first)
                for part in pass.parts {
                    if pass.isUpper {
                        collect(
                            pass.runner, part, first, count, totals[part.plan].status, &totals[part.plan].most, &isOpen)
                    } else {
                        collectStatus(pass.runner, part, first, count, &totals[part.plan].status, &isOpen)
                        collect(
                            pass.runner, part, first, count, totals[part.plan].status, &totals[part.plan].least, &isOpen
                        )
                    }
                }
            }
            for plan in plans.indices where usesColumns(plan) {
                for row in 0..<count where isOpen[plan][row] != 0 { open[plan].append(first + row) }
            }
            first += count
        }
        let bounded = Set(passes.filter(\.isUpper).flatMap(\.parts).map(\.plan))
        for plan in plans.indices {
            if !bounded.contains(plan) { totals[plan].most = totals[plan].least }
            for household in open[plan] { decide(household, plan, &totals[plan]) }
        }
        return totals
    }

    // MARK: Passes

    /// The programs of columns: one of everything that is not left to officers and of the least that they may decide,
    /// one of the most, and one of what could be either.
    private static func passes(_ plans: [ProgramPlan], _ graph: Graph) -> [(
        program: ColumnProgram, parts: [(plan: Int, first: Int)], isUpper: Bool
    )] {
        var (low, high, unbounded): ([Int], [Int], [Int]) = ([], [], [])
        for (place, plan) in plans.enumerated() {
            let results = plan.bulkResults
            if !results.contains(where: graph.isOpen) {
                low.append(place)
            } else if results.allSatisfy(graph.risesWithChoices) {
                low.append(place)
                high.append(place)
            } else {
                // One end alone must never pass for the sum.
                unbounded.append(place)
            }
        }
        // What cannot be lowered at both ends is left to the evaluator at either.
        let refused = Set(high.filter { ColumnProgram(graph, results: plans[$0].bulkResults, choosing: .most) == nil })
        low.removeAll(where: refused.contains)
        high.removeAll(where: refused.contains)
        return [(low, ColumnProgram.Choice.least, false), (high, .most, true), (unbounded, .open, false)]
            .compactMap { group, choice, isUpper in
                // All together, else those of which each can be lowered by itself.
                let pass =
                    pass(group, plans, graph, choice)
                    ?? pass(
                        group.filter { ColumnProgram(graph, results: plans[$0].bulkResults, choosing: choice) != nil },
                        plans, graph, choice)
                return pass.map { ($0, $1, isUpper) }
            }
    }

    private static func pass(
        _ group: [Int], _ plans: [ProgramPlan], _ graph: Graph, _ choice: ColumnProgram.Choice
    ) -> (program: ColumnProgram, parts: [(plan: Int, first: Int)])? {
        var (results, parts): ([NodeID], [(plan: Int, first: Int)]) = ([], [])
        for place in group {
            parts.append((place, results.count))
            results += plans[place].bulkResults
        }
        guard !group.isEmpty, let program = ColumnProgram(graph, results: results, choosing: choice) else { return nil }
        return (program, parts)
    }

    // MARK: Results

    private func collectStatus(
        _ runner: ColumnRunner, _ part: (plan: Int, first: Int), _ first: Int, _ count: Int, _ status: inout [UInt8],
        _ isOpen: inout [[UInt8]]
    ) {
        status.withUnsafeMutableBufferPointer { status in
            runner.withResult(part.first) { _, eligible, known in
                guard let eligible else { return }
                for row in 0..<count { status[first + row] = eligible[row] }
                if let known { for row in 0..<count where known[row] == 0 { isOpen[part.plan][row] = 1 } }
            }
        }
    }

    /// The sums of the benefits; open where an eligible household's is not known.
    private func collect(
        _ runner: ColumnRunner, _ part: (plan: Int, first: Int), _ first: Int, _ count: Int, _ status: [UInt8],
        _ sums: inout [[Int64]], _ isOpen: inout [[UInt8]]
    ) {
        let benefits = plans[part.plan].benefits
        let money = benefits.indices.filter { benefits[$0].gift == nil }
        for (result, place) in zip((part.first + 1)..., money) {
            // A scale that is not whole fen, which no plan has, leaves everything to the evaluator.
            let perFen = factor(runner.scale(result), benefits[place].period)
            runner.withResult(result) { amounts, _, known in
                guard let amounts else { return }
                sums[place].withUnsafeMutableBufferPointer { sums in
                    for row in 0..<count { sums[first + row] = amounts[row] &* (perFen ?? 0) }
                }
                guard known != nil || perFen == nil else { return }
                for row in 0..<count where status[first + row] == 1 {
                    if perFen == nil || known?[row] == 0 { isOpen[part.plan][row] = 1 }
                }
            }
        }
    }

    /// How many fen of the period one stored integer of a scale is, where that is whole; nil where it is not.
    private func factor(_ scale: Int64, _ period: PaymentPeriod) -> Int64? {
        Rational(100).divided(by: period.unit.size)?.divided(by: Rational(scale))?.exactly(1)
            .flatMap { Int64(exactly: $0) }
    }

    /// One household by the evaluator, with everything that is open.
    private func decide(_ household: Int, _ place: Int, _ totals: inout Totals) {
        let (plan, evaluator) = (plans[place], evaluators[place])
        evaluator.evaluate(household: household)
        totals.decidedByRow += 1
        let status = Assessor.status(evaluator.value(plan.eligible))
        totals.status[household] = UInt8(Totals.codes.firstIndex(of: status) ?? 2)
        for (place, benefit) in plan.benefits.enumerated() where benefit.gift == nil {
            let amount = Assessor.money(evaluator.value(benefit.amount), benefit.period)
            totals.least[place][household] = status == .ineligible ? 0 : amount.least.fen
            totals.most[place][household] = status == .ineligible ? 0 : amount.most.fen
        }
    }
}

extension ProgramPlan {
    /// What bulk computes of a plan: whether it is met, and the sum of each benefit in money.
    fileprivate var bulkResults: [NodeID] { [eligible] + benefits.filter { $0.gift == nil }.map(\.amount) }
}
