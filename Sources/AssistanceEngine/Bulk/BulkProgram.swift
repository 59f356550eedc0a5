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
    /// The named steps that are asked for besides.
    let steps: [FoundStep]
    /// For each plan the places among the steps of the sums by how often that it has of its own, where they are asked for.
    public let totals: [[PaymentPeriod: Int]]
    /// The numbers of the facts that plans and steps depend on.
    private let facts: Set<Int>
    private let made = Mutex<[ColumnCoverage: BulkColumns]>([:])
    /// The columns for every batch; nil where each has columns for what it gives.
    private let open: BulkColumns?
    /// How many kinds of batches columns are kept for.
    private static let kept = 32

    /// The plans of a policy.
    ///
    /// - Parameter programs: The ids of the plans that are asked for; nil for all. Those of allowances have the key of
    ///   the allowance after a dot.
    public convenience init(_ policy: CompiledPolicy, programs: Set<String>? = nil) {
        self.init(policy, programs, finding: [])
    }

    /// The plans of a policy, and named steps of any of its plans.
    ///
    /// - Parameters:
    ///   - programs: The ids of the plans that are asked for; nil for all.
    ///   - steps: The steps, which are the household's and whole hundredths of their unit.
    public convenience init(_ policy: CompiledPolicy, programs: Set<String>? = nil, steps: [BulkStep])
        throws(BulkStepProblem)
    {
        var found: [FoundStep] = []
        for step in steps { found.append(try FoundStep(step, in: policy)) }
        self.init(policy, programs, finding: found)
    }

    /// The plans of a policy; where a plan has sums of its own by how often, in fen, they are steps.
    ///
    /// - Parameter programs: The ids of the plans that are asked for; nil for all.
    public convenience init(withTotalsOf policy: CompiledPolicy, programs: Set<String>? = nil) {
        self.init(withTotalsOf: policy, programs, isOpen: false)
    }

    /// All plans of a policy, for a few households at a time; where a plan has sums of its own by how often, in fen, they
    /// are steps.
    ///
    /// Of few households each gives other facts. So its columns are made once, for whatever a batch gives.
    public convenience init(forFew policy: CompiledPolicy) { self.init(withTotalsOf: policy, nil, isOpen: true) }

    private convenience init(withTotalsOf policy: CompiledPolicy, _ programs: Set<String>?, isOpen: Bool) {
        var steps: [FoundStep] = []
        let totals = Self.plans(of: policy, programs).map { plan in
            var places: [PaymentPeriod: Int] = [:]
            for period in PaymentPeriod.allCases {
                guard let node = plan.totals[period],
                    let step = FoundStep(fenOf: node, period, in: policy.graph)
                else { continue }
                places[period] = steps.count
                steps.append(step)
            }
            return places
        }
        self.init(policy, programs, finding: steps, totals: totals, isOpen: isOpen)
    }

    private static func plans(of policy: CompiledPolicy, _ programs: Set<String>?) -> [ProgramPlan] {
        policy.plans.filter { programs?.contains($0.program) ?? true }
    }

    private init(
        _ policy: CompiledPolicy, _ programs: Set<String>?, finding steps: [FoundStep],
        totals: [[PaymentPeriod: Int]]? = nil, isOpen: Bool = false
    ) {
        plans = Self.plans(of: policy, programs)
        self.totals = totals ?? plans.map { _ in [:] }
        self.policy = policy
        self.steps = steps
        facts = policy.graph.facts(behind: plans.flatMap(\.bulkResults) + steps.map(\.node))
        open = isOpen ? BulkColumns(plans, steps, policy.graph, over: .open(policy.graph.schema)) : nil
    }

    /// Whether the columns of one batch are those of every other.
    var isOpen: Bool { open != nil }

    /// The columns for what a batch gives.
    func columns(over batch: FactBatch) -> BulkColumns {
        if let open { return open }
        let coverage = ColumnCoverage(of: batch, reading: facts)
        if let known = made.withLock({ $0[coverage] }) { return known }
        let columns = BulkColumns(plans, steps, policy.graph, over: coverage)
        made.withLock { made in
            if made.count >= Self.kept { made.removeAll() }
            made[coverage] = columns
        }
        return columns
    }
}

/// The columns of the plans and steps of a policy, in one program.
struct BulkColumns: Sendable {
    /// Which results of the program are a plan's.
    struct Plan: Sendable {
        /// Whether it is met.
        let eligible: Int
        /// In fen, for each of its benefits; nil for what is given in kind.
        let sums: [Int?]
    }

    /// The instructions; nil where columns compute nothing.
    let program: ColumnProgram?
    /// For each plan its results; nil where it is the evaluator's.
    let plans: [Plan?]
    /// The same for each step.
    let steps: [Int?]

    init(_ plans: [ProgramPlan], _ steps: [FoundStep], _ graph: Graph, over coverage: ColumnCoverage) {
        let all = Wanted(plans: Array(plans.indices), steps: Array(steps.indices))
        func columns(_ wanted: Wanted) -> BulkColumns? { BulkColumns(wanted, plans, steps, graph, coverage) }
        if let together = columns(all) {
            self = together
            return
        }
        // What each can be computed by itself.
        let alone = Wanted(
            plans: all.plans.filter { columns(Wanted(plans: [$0], steps: [])) != nil },
            steps: all.steps.filter { columns(Wanted(plans: [], steps: [$0])) != nil })
        self = columns(alone) ?? BulkColumns(plans.count, steps.count)
    }

    /// Which plans and steps columns are to compute.
    private struct Wanted {
        let plans: [Int]
        let steps: [Int]
    }

    private init(_ plans: Int, _ steps: Int) {
        program = nil
        self.plans = Array(repeating: nil, count: plans)
        self.steps = Array(repeating: nil, count: steps)
    }

    private init?(
        _ wanted: Wanted, _ plans: [ProgramPlan], _ steps: [FoundStep], _ graph: Graph, _ coverage: ColumnCoverage
    ) {
        var results: [ColumnResult] = []
        func add(_ result: ColumnResult) -> Int {
            results.append(result)
            return results.count - 1
        }
        var planned = [Plan?](repeating: nil, count: plans.count)
        for place in wanted.plans {
            let plan = plans[place]
            let eligible = add(ColumnResult(plan.eligible))
            var sums = [Int?](repeating: nil, count: plan.benefits.count)
            for number in plan.moneyBenefits {
                let benefit = plan.benefits[number]
                guard let perFen = Rational(100).divided(by: benefit.period.unit.size),
                    Self.fits(graph[benefit.amount].highest, benefit.period)
                else { return nil }
                sums[number] = add(ColumnResult(benefit.amount, perUnit: perFen, where: plan.eligible))
            }
            planned[place] = Plan(eligible: eligible, sums: sums)
        }
        var found = [Int?](repeating: nil, count: steps.count)
        for place in wanted.steps {
            let step = steps[place]
            found[place] = add(
                step.isNumber ? ColumnResult(step.node, perUnit: step.perUnit) : ColumnResult(step.node))
        }
        guard !results.isEmpty, let program = ColumnProgram(graph, wanted: results, over: coverage) else { return nil }
        (self.program, self.plans, self.steps) = (program, planned, found)
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
