import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// What a programme decides about every household of a batch: status and sums, without explanation.
public struct Totals: Sendable {
    /// For each household: 0 not eligible, 1 eligible, 2 undetermined.
    public internal(set) var status: [UInt8]
    /// For each benefit of the plan and household the sum in fen, and the least where it is open; 0 where not eligible, and for
    /// what is given in kind.
    public internal(set) var least: [[Int64]]
    /// The same, the greatest where it is open.
    public internal(set) var most: [[Int64]]
    /// How many households were decided row by row, because a fact or a figure was lacking.
    public internal(set) var decidedByRow = 0

    /// The codes of `status`.
    public static let codes: [Status] = [.ineligible, .eligible, .undetermined]
}

/// Assesses all households of a batch under one policy, for totals.
///
/// Columns compute what is known; a household that they leave open is decided by the evaluator, so that the answers are
/// those of one assessment at a time. Not safe to share between threads; make one for each.
public final class BulkAssessor {
    private let plan: ProgramPlan
    private let policy: CompiledPolicy
    private let batch: FactBatch
    /// Status and sums, the least where policy leaves a choice.
    private let runner: ColumnRunner?
    /// The greatest sums, where policy leaves a choice.
    private let upper: ColumnRunner?
    private let evaluator: Evaluator

    /// Whether columns compute this policy; where not, every household is decided by the evaluator.
    public var usesColumns: Bool { runner != nil }

    /// The instructions that columns run, by kind; nil where they do not.
    public var columns: String? { runner?.program.description }

    /// An assessor of one programme of a policy over a batch; nil where the policy has no such programme.
    public init?(_ policy: CompiledPolicy, program: String, over batch: FactBatch) {
        guard let plan = policy.plans.first(where: { $0.program == program }) else { return nil }
        self.plan = plan
        self.policy = policy
        let batch = batch.read(as: policy.graph.schema)
        self.batch = batch
        let results = [plan.eligible] + plan.benefits.map(\.amount)
        // Where nothing falls when more is chosen, both ends of a choice are computed; else what depends on one is open.
        let hasChoice = results.contains(where: policy.graph.isOpen)
        let isBounded = hasChoice && results.allSatisfy(policy.graph.risesWithChoices)
        func columns(_ choice: ColumnProgram.Choice) -> ColumnRunner? {
            ColumnProgram(policy.graph, results: results, choosing: choice).map { ColumnRunner($0, over: batch) }
        }
        if isBounded, let least = columns(.least), let most = columns(.most) {
            (runner, upper) = (least, most)
        } else {
            // One end alone must never pass for the sum.
            (runner, upper) = (columns(.open), nil)
        }
        evaluator = Evaluator(policy.graph, over: batch, for: results, isTracing: false)
    }

    /// The totals of all households.
    public func run() -> Totals {
        let zeros = [Int64](repeating: 0, count: batch.count)
        var totals = Totals(
            status: [UInt8](repeating: 2, count: batch.count), least: plan.benefits.map { _ in zeros },
            most: plan.benefits.map { _ in zeros })
        var open: [Int] = []
        guard let runner else {
            for household in 0..<batch.count { decide(household, &totals) }
            return totals
        }
        var first = 0
        while first < batch.count {
            let count = runner.run(from: first)
            var isOpen = [UInt8](repeating: 0, count: count)
            collectStatus(runner, first, count, &totals.status, &isOpen)
            collectSums(runner, first, count, totals.status, &totals.least, &isOpen)
            if let upper {
                _ = upper.run(from: first)
                collectSums(upper, first, count, totals.status, &totals.most, &isOpen)
            }
            for row in 0..<count where isOpen[row] != 0 { open.append(first + row) }
            first += count
        }
        if upper == nil { totals.most = totals.least }
        for household in open { decide(household, &totals) }
        return totals
    }

    private func collectStatus(
        _ runner: ColumnRunner, _ first: Int, _ count: Int, _ status: inout [UInt8], _ isOpen: inout [UInt8]
    ) {
        status.withUnsafeMutableBufferPointer { status in
            runner.withResult(0) { _, eligible, known in
                guard let eligible else { return }
                for row in 0..<count { status[first + row] = eligible[row] }
                if let known { for row in 0..<count where known[row] == 0 { isOpen[row] = 1 } }
            }
        }
    }

    /// The sums of the benefits; open where an eligible household's is not known.
    private func collectSums(
        _ runner: ColumnRunner, _ first: Int, _ count: Int, _ status: [UInt8], _ sums: inout [[Int64]],
        _ isOpen: inout [UInt8]
    ) {
        for place in plan.benefits.indices where plan.benefits[place].gift == nil {
            // A scale that is not whole fen, which no plan has, leaves everything to the evaluator.
            let perFen = factor(runner.scale(place + 1), plan.benefits[place].period)
            runner.withResult(place + 1) { amounts, _, known in
                guard let amounts else { return }
                sums[place].withUnsafeMutableBufferPointer { sums in
                    for row in 0..<count { sums[first + row] = amounts[row] &* (perFen ?? 0) }
                }
                guard known != nil || perFen == nil else { return }
                for row in 0..<count where status[first + row] == 1 {
                    if perFen == nil || known?[row] == 0 { isOpen[row] = 1 }
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
    private func decide(_ household: Int, _ totals: inout Totals) {
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
