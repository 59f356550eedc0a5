import AssistanceCore
import AssistanceEngine
import AssistanceExpressions
import AssistancePolicy

/// Decides one household with other sums of one fact, and finds where its decisions turn.
struct SweepSampler {
    /// What is decided with one sum.
    struct Sample {
        let support: [IncomeSweep.Support]
        /// Of each comparison that decisions rest on whether it holds, for each row: nil where that is not known.
        let turns: [[Bool?]]
    }

    private let policy: CompiledPolicy
    private let batch: FactBatch
    private let household: Int
    private let fact: Int
    private let row: Int
    /// The comparisons of numbers that any result rests on.
    private let comparisons: [NodeID]

    init(_ policy: CompiledPolicy, _ batch: FactBatch, household: Int, fact: Int, row: Int) {
        self.policy = policy
        self.batch = batch
        self.household = household
        self.fact = fact
        self.row = row
        let graph = policy.graph
        comparisons = graph.nodes(behind: policy.plans.flatMap { [$0.eligible] + $0.benefits.map(\.amount) }).sorted()
            .filter { id in
                switch graph[id].operation {
                case .less(let a, _), .lessOrEqual(let a, _), .equal(let a, _):
                    if case .number = graph[a].kind { true } else { false }
                default: false
                }
            }
    }

    /// What is decided with a sum as it is stored; nil where no file may state that.
    func sample(_ stored: Int64) -> Sample? {
        guard let evaluator = evaluator(stored) else { return nil }
        return Sample(
            support: policy.plans.map { Self.support(of: $0, evaluator) },
            turns: comparisons.map { id in
                (0..<evaluator.rowCount(policy.graph[id].scope)).map { evaluator.value(id, row: $0).truth }
            })
    }

    private func evaluator(_ stored: Int64) -> Evaluator? {
        var batch = batch
        guard batch.set(fact, row: row, to: stored) else { return nil }
        let evaluator = Evaluator(policy.graph, over: batch, isTracing: false)
        evaluator.evaluate(household: household)
        return evaluator
    }

    private static func support(of plan: ProgramPlan, _ evaluator: Evaluator) -> IncomeSweep.Support {
        let status = Assessor.status(evaluator.value(plan.eligible))
        if status == .ineligible { return IncomeSweep.Support(status: status, least: 0, most: 0) }
        var (least, most): (Int64, Int64?) = (0, 0)
        for period in PaymentPeriod.allCases {
            let amounts = plan.benefits.filter { $0.gift == nil && $0.period == period }.map(\.amount)
            let times: Int64 = period == .monthly ? 12 : 1
            // What a plan knows of all of them together is known better than each.
            for amount in plan.totals[period].map({ [$0] }) ?? amounts {
                let sum = Assessor.money(evaluator.value(amount), period)
                least += sum.least.fen * times
                most = sum.most.fen < Assessor.unlimited ? most.map { $0 + sum.most.fen * times } : nil
            }
        }
        return IncomeSweep.Support(
            status: status, least: status == .eligible ? least : 0, most: status == .eligible ? most : nil)
    }

    // MARK: Cliffs

    /// The neighbouring sums between two at which a condition turns, in the order of rising.
    func turns(
        between a: (stored: Int64, sample: Sample), and b: (stored: Int64, sample: Sample)
    ) -> [(before: (stored: Int64, sample: Sample), after: (stored: Int64, sample: Sample))] {
        // What does not turn between the two has no cliff there; halves are few, for each has a turn.
        guard a.sample.turns != b.sample.turns else { return [] }
        guard b.stored - a.stored > 1 else { return [(a, b)] }
        let middle = a.stored + (b.stored - a.stored) / 2
        guard let sample = sample(middle) else { return [] }
        return turns(between: a, and: (middle, sample)) + turns(between: (middle, sample), and: b)
    }

    /// The cliff between two sums that are next to each other; nil where the household loses no more than it earns.
    func cliff(
        _ a: (stored: Int64, sample: Sample), _ b: (stored: Int64, sample: Sample)
    ) -> IncomeSweep.Cliff? {
        let earned = b.stored - a.stored
        var losses: [Int: Int64] = [:]
        // What one programme takes another may give, at either end of what officers decide.
        var (least, most): (Int64, Int64) = (0, 0)
        for (place, (old, new)) in zip(a.sample.support, b.sample.support).enumerated() {
            let ends = (old.least - new.least, old.most.flatMap { old in new.most.map { old - $0 } } ?? 0)
            (least, most) = (least + ends.0, most + ends.1)
            if max(ends.0, ends.1) > earned { losses[place] = max(ends.0, ends.1) }
        }
        guard !losses.isEmpty, max(least, most) > earned else { return nil }
        return IncomeSweep.Cliff(
            last: a.stored, losses: losses,
            causes: causes(of: turned(a.sample, b.sample), a.stored, b.stored, losses.keys.sorted()))
    }

    /// The comparisons that turn between two sums.
    func turned(_ a: Sample, _ b: Sample) -> Set<NodeID> {
        Set(comparisons.indices.filter { a.turns[$0] != b.turns[$0] }.map { comparisons[$0] })
    }

    /// The rules that turned: of the named ones around a comparison that turned the innermost, where they changed
    /// themselves and what some plans give rests on them.
    func causes(
        of turned: Set<NodeID>, _ a: Int64, _ b: Int64, _ plans: [Int]
    ) -> [IncomeSweep.Cause] {
        guard let (old, new) = evaluator(a).flatMap({ old in evaluator(b).map { (old, $0) } }) else { return [] }
        let graph = policy.graph
        let results = plans.flatMap { [policy.plans[$0].eligible] + policy.plans[$0].benefits.map(\.amount) }
        let behind = graph.nodes(behind: results)
        var found: [IncomeSweep.Cause] = []
        // Operands stand before what uses them, so the innermost name comes first.
        var open = turned.intersection(behind)
        for id in behind.sorted() where !open.isEmpty {
            guard case .named(let place, _) = graph[id].operation, let origin = graph.steps[place].origin,
                isChanged(id, old, new)
            else { continue }
            let explained = open.intersection(graph.nodes(behind: [id]))
            guard !explained.isEmpty else { continue }
            open.subtract(explained)
            let step = graph.steps[place]
            let cause = IncomeSweep.Cause(
                label: step.label, rule: origin.text, citation: origin.citation,
                place: "\(origin.file):\(origin.position.line)")
            if !found.contains(cause) { found.append(cause) }
        }
        return found
    }

    /// Whether a node has another value in any row.
    private func isChanged(_ id: NodeID, _ old: Evaluator, _ new: Evaluator) -> Bool {
        (0..<old.rowCount(policy.graph[id].scope)).contains { row in
            let (x, y) = (old.value(id, row: row), new.value(id, row: row))
            return x.lowest != y.lowest || x.highest != y.highest
        }
    }
}
