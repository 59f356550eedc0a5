import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// The plans of all programmes for one area, day and stage, in one graph.
///
/// Immutable; may be shared between threads.
public struct CompiledPolicy: Sendable {
    /// For which area.
    public let area: DivisionCode
    /// On which day.
    public let date: CalendarDate
    /// For which stage.
    public let stage: Stage
    /// What is computed.
    public let graph: Graph
    /// The plans in the order of the programmes.
    public let plans: [ProgramPlan]
    /// What the terms are called that policy leaves unfilled.
    public let gapLabels: [String: Label]
    /// The documents that what is computed rests on.
    public let documents: [PolicyDocument]

    init(_ context: PolicyContext, _ programs: [any AssistanceProgram]) {
        area = context.area
        date = context.date
        stage = context.stage
        plans = programs.map { $0.plan(in: context) }
        graph = context.builder.finished()
        gapLabels = context.gapLabels
        documents = CompiledPolicy.documents(behind: plans, in: graph)
    }

    /// The status of the weakest document.
    public var weakestSource: SourceStatus? { documents.map(\.status).min() }

    /// The documents of every named rule that a result depends on.
    private static func documents(behind plans: [ProgramPlan], in graph: Graph) -> [PolicyDocument] {
        var found: Set<PolicyDocument> = []
        var results: [NodeID] = []
        for plan in plans {
            results += [plan.eligible] + plan.benefits.map(\.amount) + plan.standings.map(\.holds)
            for condition in plan.routes.flatMap(\.checks.conditions) + plan.standings.flatMap(\.checks.conditions) {
                if let document = condition.origin?.citation?.document { found.insert(document) }
            }
        }
        for id in graph.nodes(behind: results) {
            if case .named(let place, _) = graph[id].operation,
                let document = graph.steps[place].origin?.citation?.document
            {
                found.insert(document)
            }
        }
        return found.sorted { ($0.status, $0.id) < ($1.status, $1.id) }
    }
}
