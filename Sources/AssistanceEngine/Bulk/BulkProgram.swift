import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// A policy made ready for bulk: the programs of columns of its plans. It is made once and run over any number of batches.
///
/// Immutable; may be shared between threads.
public struct BulkProgram: Sendable {
    /// The plans that are decided, in the order of the policy.
    public let plans: [ProgramPlan]
    let policy: CompiledPolicy
    let passes: [(program: ColumnProgram, parts: [(plan: Int, first: Int)], isUpper: Bool)]

    /// The programs of a policy.
    ///
    /// - Parameter programs: The ids of the plans that are asked for; nil for all. Those of allowances have the key of
    ///   the allowance after a dot.
    public init(_ policy: CompiledPolicy, programs: Set<String>? = nil) {
        plans = policy.plans.filter { programs?.contains($0.program) ?? true }
        self.policy = policy
        passes = Self.passes(plans, policy.graph)
    }

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
}

extension ProgramPlan {
    /// What bulk computes of a plan: whether it is met, and the sum of each benefit in money.
    var bulkResults: [NodeID] { [eligible] + benefits.filter { $0.gift == nil }.map(\.amount) }
}
