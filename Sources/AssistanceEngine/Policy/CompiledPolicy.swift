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
    /// What is left to officers, one for each place in the graph.
    let decisions: [PlannedDecision]
    /// The documents that named rules rest on, the weakest first.
    let documents: [PolicyDocument]
    /// For each name of the graph its document's place there.
    let documentOfStep: [Int?]

    init(_ context: PolicyContext, _ programs: [any AssistanceProgram]) {
        area = context.area
        date = context.date
        stage = context.stage
        plans = programs.map { $0.plan(in: context) }
        graph = context.builder.finished()
        gapLabels = context.gapLabels
        var met: Set<NodeID> = []
        decisions = context.decisions.filter { met.insert($0.node).inserted }
        let cited = graph.steps.map { $0.origin?.citation?.document }
        documents = Set(cited.compactMap { $0 }).sorted { ($0.status, $0.id) < ($1.status, $1.id) }
        var places: [String: Int] = [:]
        for (place, document) in documents.enumerated() { places[document.id] = place }
        documentOfStep = cited.map { $0.flatMap { places[$0.id] } }
    }
}
