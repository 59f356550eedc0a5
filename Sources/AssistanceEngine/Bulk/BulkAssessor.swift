import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// What a programme decides about every household of a batch: status and sums, without explanation.
public struct Totals: Sendable {
    /// For each household: 0 not eligible, 1 eligible, 2 undetermined.
    public internal(set) var status: [UInt8]
    /// For each benefit of the plan and household the sum in fen, and the least where it is open; 0 where not eligible.
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
    private let runner: ColumnRunner?
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
        self.batch = batch
        let results = [plan.eligible] + plan.benefits.map(\.amount)
        runner = ColumnProgram(policy.graph, results: results).map { ColumnRunner($0, over: batch) }
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
            collect(runner, first, count, &totals, &open)
            first += count
        }
        for household in open { decide(household, &totals) }
        return totals
    }

    private func collect(
        _ runner: ColumnRunner, _ first: Int, _ count: Int, _ totals: inout Totals, _ open: inout [Int]
    ) {
        var isOpen = [UInt8](repeating: 0, count: count)
        func markOpen(_ known: UnsafePointer<UInt8>, _ row: Int) { if known[row] == 0 { isOpen[row] = 1 } }
        totals.status.withUnsafeMutableBufferPointer { status in
            runner.withResult(0) { _, eligible, known in
                guard let eligible else { return }
                for row in 0..<count { status[first + row] = eligible[row] }
                if let known { for row in 0..<count { markOpen(known, row) } }
            }
            for place in plan.benefits.indices {
                // A scale that is not whole fen, which no plan has, leaves everything to the evaluator.
                let perFen = factor(runner.scale(place + 1), plan.benefits[place].period)
                runner.withResult(place + 1) { amounts, _, known in
                    guard let amounts else { return }
                    totals.least[place].withUnsafeMutableBufferPointer { least in
                        for row in 0..<count { least[first + row] = amounts[row] &* (perFen ?? 0) }
                        totals.most[place].withUnsafeMutableBufferPointer { most in
                            for row in 0..<count { most[first + row] = least[first + row] }
                        }
                    }
                    guard known != nil || perFen == nil else { return }
                    for row in 0..<count where status[first + row] == 1 {
                        if perFen == nil { isOpen[row] = 1 }
                        if let known { markOpen(known, row) }
                    }
                }
            }
        }
        for row in 0..<count where isOpen[row] != 0 { open.append(first + row) }
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
        for (place, benefit) in plan.benefits.enumerated() {
            let amount = Assessor.money(evaluator.value(benefit.amount), benefit.period)
            totals.least[place][household] = status == .ineligible ? 0 : amount.least.fen
            totals.most[place][household] = status == .ineligible ? 0 : amount.most.fen
        }
    }
}
