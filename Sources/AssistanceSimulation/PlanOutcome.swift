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

    /// What plans of a policy decide, by their ids.
    static func all(_ policy: CompiledPolicy, _ programs: Set<String>, over batch: FactBatch) -> [String: PlanOutcome] {
        guard !programs.isEmpty else { return [:] }
        let assessor = BulkAssessor(policy, programs: programs, over: batch)
        return Dictionary(
            zip(assessor.plans, assessor.run()).map { ($0.program, PlanOutcome($0, $1)) },
            uniquingKeysWith: { a, _ in a })
    }

    func status(_ household: Int) -> Status { Totals.codes[Int(totals.status[household])] }

    /// What it is given in each period. What is undetermined may be nothing.
    func support(_ household: Int) -> [Support] {
        let status = status(household)
        return benefits.map { places in
            places.reduce(Support()) { sum, place in
                if status == .ineligible { return sum }
                let (least, most) = (totals.least[place][household], totals.most[place][household])
                return sum
                    + Support(least: status == .eligible ? least : 0, most: most < Assessor.unlimited ? most : nil)
            }
        }
    }
}

/// What the households of a batch lack to the line, in fen a year, each rounded to the nearest fen.
struct ShortfallColumn {
    private let evaluator: Evaluator
    private let node: NodeID

    init?(_ policy: CompiledPolicy, over batch: FactBatch) {
        guard let node = policy.plans.lazy.compactMap(\.shortfall).first else { return nil }
        self.node = node
        evaluator = Evaluator(
            policy.graph, over: batch.read(as: policy.graph.schema), for: [node], isTracing: false)
    }

    /// Nil where it is not known.
    func fen(_ household: Int) -> Int64? {
        evaluator.evaluate(household: household)
        guard let known = evaluator.value(node).known,
            let fen = known.divided(by: PaymentPeriod.yearly.unit.size)?.multiplied(by: Rational(100))?
                .rounded(.nearest, toMultipleOf: .one)?.exactly(1)
        else { return nil }
        return Int64(exactly: fen)
    }
}
