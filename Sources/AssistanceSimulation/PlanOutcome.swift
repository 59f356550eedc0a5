import AssistanceCore
import AssistanceEngine
import AssistanceExpressions
import AssistancePolicy

/// What a plan decides about the households of a batch, by period of payment.
struct PlanOutcome {
    /// What a household is given within a time, in fen; `most` nil where nothing limits it.
    struct Support {
        var least: Int64 = 0
        var most: Int64? = 0

        static func + (a: Support, b: Support) -> Support {
            Support(least: a.least + b.least, most: a.most.flatMap { most in b.most.map { most + $0 } })
        }

        /// So many times the sum; sums lie far below what would not fit.
        func times(_ count: Int64) -> Support { Support(least: least * count, most: most.map { $0 * count }) }
    }

    private let totals: Totals
    /// The benefits in money of each period.
    private let benefits: [[Int]]

    private init(_ plan: ProgramPlan, _ totals: Totals) {
        self.totals = totals
        benefits = PaymentPeriod.allCases.map { period in
            plan.benefits.indices.filter { plan.benefits[$0].gift == nil && plan.benefits[$0].period == period }
        }
    }

    /// What plans decide, by their ids.
    static func all(_ program: BulkProgram, over batch: FactBatch) -> [String: PlanOutcome] {
        guard !program.plans.isEmpty else { return [:] }
        return Dictionary(
            zip(program.plans, BulkAssessor(program, over: batch).run()).map { ($0.program, PlanOutcome($0, $1)) },
            uniquingKeysWith: { a, _ in a })
    }

    func status(_ household: Int) -> Status { Totals.codes[Int(totals.status[household])] }

    /// What it is given in each period. What is undetermined may be nothing.
    func support(_ household: Int) -> [Support] {
        let status = status(household)
        guard status != .ineligible else { return PaymentPeriod.allCases.map { _ in Support() } }
        return zip(PaymentPeriod.allCases, benefits).map { period, places in
            let sums =
                totals.whole(period, household: household).map { [$0] }
                ?? places.map { totals.sum($0, household: household) }
            return sums.reduce(Support()) { whole, sum in
                whole
                    + Support(
                        least: status == .eligible ? sum.least.fen : 0, most: sum.isUnbounded ? nil : sum.most.fen)
            }
        }
    }
}

/// What households lack to the line in a year, before they are given anything (收入与保障线的差额).
struct Shortfall {
    private let graph: Graph
    private let node: NodeID

    /// By the measure of a policy; nil where it measures nobody by a line.
    init?(_ policy: CompiledPolicy) {
        guard let node = policy.plans.lazy.compactMap(\.shortfall).first else { return nil }
        self.node = node
        graph = policy.graph
    }

    /// In fen of each household, rounded to the nearest; nil where it is not known.
    func fen(of batch: FactBatch) -> [Int64?] {
        let batch = batch.read(as: graph.schema)
        let coverage = ColumnCoverage(of: batch, reading: graph.facts(behind: [node]))
        guard let columns = ColumnProgram(graph, results: [node], over: coverage) else {
            let evaluator = Evaluator(graph, over: batch, for: [node], isTracing: false)
            return (0..<batch.count).map { fen($0, evaluator) }
        }
        var result = [Int64?](repeating: nil, count: batch.count)
        let runner = ColumnRunner(columns, over: batch)
        let scales = columns.scales(0)
        var first = 0
        while first < batch.count {
            let count = runner.run(from: first)
            if count > 0, let ends = runner.numbers(0) {
                for row in 0..<count {
                    let low = Rational(ends.low[row]).divided(by: Rational(scales.low))
                    let high = Rational(ends.high[row]).divided(by: Rational(scales.high))
                    result[first + row] = low == high ? low.flatMap(Self.fen) : nil
                }
            } else {
                result[first] = fen(first, Evaluator(graph, over: batch, for: [node], isTracing: false))
            }
            first += max(count, 1)
        }
        return result
    }

    private func fen(_ household: Int, _ evaluator: Evaluator) -> Int64? {
        evaluator.evaluate(household: household)
        return evaluator.value(node).known.flatMap(Self.fen)
    }

    private static func fen(_ sum: Rational) -> Int64? {
        sum.divided(by: PaymentPeriod.yearly.unit.size)?.multiplied(by: Rational(100))?
            .rounded(.nearest, toMultipleOf: .one)?.exactly(1).flatMap { Int64(exactly: $0) }
    }
}
