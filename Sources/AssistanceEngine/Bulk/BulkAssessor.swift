import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Assesses all households of a batch under one policy, for totals.
///
/// Columns compute what is known, for all plans at once; what they leave open of a household the evaluator decides, so
/// that the answers are those of one assessment at a time. Not safe to share between threads; make one for each.
public final class BulkAssessor {
    /// The plans that are decided, in the order of the policy.
    public var plans: [ProgramPlan] { program.plans }
    private let program: BulkProgram
    private var policy: CompiledPolicy { program.policy }
    private let batch: FactBatch
    private let passes: [Pass]
    private lazy var evaluators: [Evaluator] = plans.map { plan in
        Evaluator(policy.graph, over: batch, for: plan.bulkResults, isTracing: false)
    }
    /// For what is lacking, of all plans at once.
    private lazy var tracer = Evaluator(policy.graph, over: batch, for: plans.flatMap(\.bulkResults))
    private var traced: Int?
    private lazy var gaps = Gaps(policy, RowNames(batch), batch.schema)

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

    /// An assessor of a policy over one batch; for several, make the program once.
    public convenience init(_ policy: CompiledPolicy, programs: Set<String>? = nil, over batch: FactBatch) {
        self.init(BulkProgram(policy, programs: programs), over: batch)
    }

    /// An assessor of a policy that was made for bulk, over a batch.
    public init(_ program: BulkProgram, over batch: FactBatch) {
        self.program = program
        let batch = batch.read(as: program.policy.graph.schema)
        self.batch = batch
        passes = program.passes.map { pass in
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

    /// What is lacking to decide a plan of a household, or a sum of it: paths as in a file of this household alone.
    public func missing(_ household: Int, plan place: Int) -> [Missing] {
        guard plans.indices.contains(place), (0..<batch.count).contains(household) else { return [] }
        if traced != household {
            tracer.evaluate(household: household)
            traced = household
        }
        let eligible = tracer.value(plans[place].eligible)
        let missing = gaps.missing(eligible, tracer)
        guard eligible.truth == true else { return missing }
        return plans[place].benefits.filter { $0.gift == nil }.reduce(missing) { missing, benefit in
            gaps.merged(missing, gaps.missing(tracer.value(benefit.amount), tracer))
        }
    }
}
