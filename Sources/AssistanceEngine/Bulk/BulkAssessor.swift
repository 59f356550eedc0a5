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
    private var batch: FactBatch
    private var columns: BulkColumns
    private var runner: ColumnRunner?
    /// For the plans and the steps that columns do not compute, and for what is given in kind, each made when it is needed.
    private var evaluators: [Evaluator?]
    private var giftEvaluators: [Evaluator?]
    private var stepEvaluator: Evaluator?
    /// What a chunk is told in: for each plan, each benefit of it, and each step.
    private let status: [ChunkColumn<UInt8>]
    private let sums: [[ChunkEnds]]
    private let steps: [ChunkEnds]
    /// For what is lacking, of all plans at once.
    private var tracer: Evaluator?
    private var traced: Int?

    /// Whether columns compute a plan; where not, every household is decided by the evaluator.
    public func usesColumns(_ plan: Int) -> Bool { columns.plans[plan] != nil }

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
        evaluators = program.plans.map { _ in nil }
        giftEvaluators = evaluators
        status = program.plans.map { _ in ChunkColumn() }
        sums = program.plans.map { plan in plan.benefits.map { _ in ChunkEnds() } }
        steps = program.steps.map { _ in ChunkEnds() }
    }

    /// Goes on with another batch, and keeps the memory where the columns are the same.
    public func turn(to batch: FactBatch) {
        let batch = batch.read(as: policy.graph.schema)
        self.batch = batch
        if program.isOpen {
            runner?.turn(to: batch)
        } else {
            columns = program.columns(over: batch)
            runner = columns.program.map { ColumnRunner($0, over: batch) }
        }
        for evaluator in evaluators + giftEvaluators { evaluator?.turn(to: batch) }
        stepEvaluator?.turn(to: batch)
        tracer?.turn(to: batch)
        traced = nil
    }

    /// The totals of all households, for each plan.
    public func run() -> [Totals] {
        var totals = plans.map { Totals(benefits: $0.benefits.count, households: batch.count) }
        run(0..<batch.count) { chunk in
            for plan in plans.indices { totals[plan].take(chunk, plan, program.totals[plan]) }
        }
        return totals
    }

    /// Decides some households of the batch, and hands over what was decided chunk by chunk, in their order.
    public func run(_ households: Range<Int>, each take: (BulkChunk) throws -> Void) rethrows {
        let households = households.clamped(to: 0..<batch.count)
        var first = households.lowerBound
        while first < households.upperBound {
            let count = runner.map { $0.run(from: first, upTo: households.upperBound) } ?? 1
            let next = first..<(first + max(count, 1))
            try take(chunk(next, isByColumns: runner != nil && count > 0))
            first = next.upperBound
        }
    }

    private func chunk(_ households: Range<Int>, isByColumns: Bool) -> BulkChunk {
        BulkChunk(
            households: households,
            plans: plans.indices.map { place in
                if isByColumns, let runner, let plan = columns.plans[place] {
                    return collect(runner, place, plan, households.count)
                }
                return decide(place, households)
            },
            steps: steps.indices.map { place in
                if isByColumns, let runner, let step = columns.steps[place] {
                    return read(runner, step, into: steps[place], households.count)
                }
                return decide(step: place, households)
            })
    }

    // MARK: By columns

    private func collect(_ runner: ColumnRunner, _ place: Int, _ plan: BulkColumns.Plan, _ count: Int)
        -> BulkChunk.Plan
    {
        var status = UnsafePointer(status[place].values)
        if let eligible = runner.codes(plan.eligible) {
            status = eligible.low
            if eligible.low != eligible.high {
                // 0 where it surely is not, 1 where it surely is, 2 where it may be.
                for row in 0..<count {
                    self.status[place].values[row] =
                        eligible.low[row] &+ ((eligible.high[row] ^ eligible.low[row]) &<< 1)
                }
                status = UnsafePointer(self.status[place].values)
            }
        }
        let sums = zip(plan.sums, sums[place]).map { sum, ends in
            sum.flatMap(runner.numbers).map { ($0.low, $0.high) } ?? ends.none
        }
        return BulkChunk.Plan(status: status, sums: sums, isByRow: false)
    }

    private func read(_ runner: ColumnRunner, _ step: Int, into ends: ChunkEnds, _ count: Int) -> BulkChunk.Ends {
        if let numbers = runner.numbers(step) { return (numbers.low, numbers.high) }
        guard let codes = runner.codes(step) else { return ends.none }
        for row in 0..<count { ends.least.values[row] = Int64(codes.low[row]) }
        if codes.low == codes.high { return ends.known }
        for row in 0..<count { ends.most.values[row] = Int64(codes.high[row]) }
        return ends.both
    }

    // MARK: By the evaluator

    /// A plan for some households, with everything that is open.
    private func decide(_ place: Int, _ households: Range<Int>) -> BulkChunk.Plan {
        let plan = plans[place]
        let evaluator = evaluators[place] ?? evaluator(of: plan.bulkResults, isTracing: false)
        evaluators[place] = evaluator
        for (row, household) in households.enumerated() {
            evaluator.evaluate(household: household)
            let status = Assessor.status(evaluator.value(plan.eligible))
            self.status[place].values[row] = UInt8(Totals.codes.firstIndex(of: status) ?? 2)
            for (benefit, ends) in zip(plan.benefits, sums[place]) where benefit.gift == nil {
                let amount = Assessor.money(evaluator.value(benefit.amount), benefit.period)
                ends.least.values[row] = status == .ineligible ? 0 : amount.least.fen
                ends.most.values[row] = status == .ineligible ? 0 : amount.most.fen
            }
        }
        let sums = zip(plan.benefits, sums[place]).map { $0.gift == nil ? $1.both : $1.none }
        return BulkChunk.Plan(status: status[place].values, sums: sums, isByRow: true)
    }

    private func decide(step place: Int, _ households: Range<Int>) -> BulkChunk.Ends {
        let (step, ends) = (program.steps[place], steps[place])
        let evaluator = stepEvaluator ?? evaluator(of: program.steps.map(\.node), isTracing: false)
        stepEvaluator = evaluator
        for (row, household) in households.enumerated() {
            evaluator.evaluate(household: household)
            let value = evaluator.value(step.node)
            ends.least.values[row] = step.number(value.lowest)
            ends.most.values[row] = step.number(value.highest)
        }
        return ends.both
    }

    /// What is lacking to decide a plan of a household, or a sum of it: paths as in a file of this household alone.
    public func missing(_ household: Int, plan place: Int) -> [Missing] {
        guard plans.indices.contains(place), (0..<batch.count).contains(household) else { return [] }
        let tracer =
            tracer
            ?? evaluator(
                of: plans.flatMap { [$0.eligible] + $0.benefits.map(\.amount) }, isTracing: true)
        self.tracer = tracer
        if traced != household {
            tracer.evaluate(household: household)
            traced = household
        }
        let eligible = tracer.value(plans[place].eligible)
        let given = eligible.truth == true ? plans[place].benefits : []
        let gaps = Gaps(policy, RowNames(batch), batch.schema)
        return gaps.missing([eligible] + given.map { tracer.value($0.amount) }, tracer)
    }

    /// What a plan gives a household in kind, by the place of the benefit; without the members it is for. Nothing where the
    /// household is surely not eligible. Columns do not compute it, so it takes the time of one assessment.
    public func gifts(_ household: Int, plan place: Int) -> [(benefit: Int, gift: Gift)] {
        guard plans.indices.contains(place), (0..<batch.count).contains(household) else { return [] }
        let plan = plans[place]
        let gifts = plan.benefits.filter { $0.gift != nil }.map(\.amount)
        guard !gifts.isEmpty else { return [] }
        let evaluator = giftEvaluators[place] ?? evaluator(of: [plan.eligible] + gifts, isTracing: false)
        giftEvaluators[place] = evaluator
        evaluator.evaluate(household: household)
        guard evaluator.value(plan.eligible).truth != false else { return [] }
        return plan.benefits.enumerated().compactMap { number, benefit in
            guard let gift = benefit.gift else { return nil }
            let quantity = evaluator.value(benefit.amount)
            guard quantity.highest > .zero else { return nil }
            return (number, Gift(gift.thing, least: quantity.lowest, most: quantity.highest, unit: gift.unit))
        }
    }

    private func evaluator(of results: [NodeID], isTracing: Bool) -> Evaluator {
        Evaluator(policy.graph, over: batch, for: results, isTracing: isTracing)
    }
}
