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
    private let columns: BulkColumns
    private let runner: ColumnRunner?
    private lazy var evaluators: [Evaluator] = zip(plans, program.wholes).map { plan, wholes in
        Evaluator(policy.graph, over: batch, for: plan.bulkResults(wholes), isTracing: false)
    }
    private lazy var giftEvaluators: [Evaluator] = plans.map { plan in
        let gifts = plan.benefits.filter { $0.gift != nil }.map(\.amount)
        return Evaluator(policy.graph, over: batch, for: [plan.eligible] + gifts, isTracing: false)
    }
    /// For what is lacking, of all plans at once.
    private lazy var tracer = Evaluator(
        policy.graph, over: batch, for: plans.flatMap { [$0.eligible] + $0.benefits.map(\.amount) })
    private var traced: Int?
    private lazy var gaps = Gaps(policy, RowNames(batch), batch.schema)

    /// Whether columns compute a plan; where not, every household is decided by the evaluator.
    public func usesColumns(_ plan: Int) -> Bool { columns.parts.contains { $0.plan == plan } }

    /// The instructions that columns run, by kind; nil where they compute no plan.
    public var instructions: String? { columns.program?.description }

    /// An assessor of a policy over one batch; for several, make the program once.
    public convenience init(_ policy: CompiledPolicy, programs: Set<String>? = nil, over batch: FactBatch) {
        self.init(BulkProgram(policy, programs: programs), over: batch)
    }

    /// An assessor of a policy that was made for bulk, over a batch.
    public init(_ program: BulkProgram, over batch: FactBatch) {
        self.program = program
        let batch = batch.read(as: program.policy.graph.schema)
        self.batch = batch
        columns = program.columns(over: batch)
        runner = columns.program.map { ColumnRunner($0, over: batch) }
    }

    /// The totals of all households, for each plan.
    public func run() -> [Totals] {
        var totals = zip(plans, program.wholes).map {
            Totals(benefits: $0.benefits.count, wholes: $1, households: batch.count)
        }
        var first = 0
        while let runner, first < batch.count {
            let count = runner.run(from: first)
            for part in columns.parts {
                if count == 0 {
                    decide(first, part.plan, &totals[part.plan])
                } else {
                    collect(runner, part, first, count, &totals[part.plan])
                }
            }
            first += max(count, 1)
        }
        for plan in plans.indices where !usesColumns(plan) {
            for household in 0..<batch.count { decide(household, plan, &totals[plan]) }
        }
        return totals
    }

    /// What columns say of a chunk of households.
    private func collect(
        _ runner: ColumnRunner, _ part: BulkColumns.Part, _ first: Int, _ count: Int, _ totals: inout Totals
    ) {
        guard let eligible = runner.codes(part.first) else { return }
        totals.status.withUnsafeMutableBufferPointer { status in
            // 0 where it surely is not, 1 where it surely is, 2 where it may be.
            for row in 0..<count {
                status[first + row] = eligible.low[row] &+ ((eligible.high[row] ^ eligible.low[row]) &<< 1)
            }
        }
        for (result, sum) in zip((part.first + 1)..., part.sums) {
            guard let amounts = runner.numbers(result) else { continue }
            take(amounts.low, eligible.high, sum.low, first, count, &totals.least[sum.benefit])
            take(amounts.high, eligible.high, sum.high, first, count, &totals.most[sum.benefit])
        }
        for (result, sum) in zip((part.first + 1 + part.sums.count)..., part.wholes) {
            guard let amounts = runner.numbers(result), var whole = totals.wholes.removeValue(forKey: sum.period)
            else { continue }
            take(amounts.low, eligible.high, sum.low, first, count, &whole.least)
            take(amounts.high, eligible.high, sum.high, first, count, &whole.most)
            totals.wholes[sum.period] = whole
        }
    }

    /// In fen; nothing where the household surely is not eligible.
    private func take(
        _ amounts: UnsafePointer<Int64>, _ eligible: UnsafePointer<UInt8>, _ perFen: Int64, _ first: Int,
        _ count: Int, _ sums: inout [Int64]
    ) {
        sums.withUnsafeMutableBufferPointer { sums in
            for row in 0..<count { sums[first + row] = amounts[row] &* perFen & (0 &- Int64(eligible[row])) }
        }
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
        for period in program.wholes[place] where status != .ineligible {
            guard let node = plan.totals[period] else { continue }
            let amount = Assessor.money(evaluator.value(node), period)
            totals.wholes[period]?.least[household] = amount.least.fen
            totals.wholes[period]?.most[household] = amount.most.fen
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
        let given = eligible.truth == true ? plans[place].benefits : []
        return gaps.missing([eligible] + given.map { tracer.value($0.amount) }, tracer)
    }

    /// What a plan gives a household in kind, by the place of the benefit; without the members it is for. Nothing where the
    /// household is surely not eligible. Columns do not compute it, so it takes the time of one assessment.
    public func gifts(_ household: Int, plan place: Int) -> [(benefit: Int, gift: Gift)] {
        guard plans.indices.contains(place), (0..<batch.count).contains(household) else { return [] }
        let plan = plans[place]
        guard plan.benefits.contains(where: { $0.gift != nil }) else { return [] }
        let evaluator = giftEvaluators[place]
        evaluator.evaluate(household: household)
        guard evaluator.value(plan.eligible).truth != false else { return [] }
        return plan.benefits.enumerated().compactMap { number, benefit in
            guard let gift = benefit.gift else { return nil }
            let quantity = evaluator.value(benefit.amount)
            guard quantity.highest > .zero else { return nil }
            return (number, Gift(gift.thing, least: quantity.lowest, most: quantity.highest, unit: gift.unit))
        }
    }
}
