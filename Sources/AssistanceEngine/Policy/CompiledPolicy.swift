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

    init(_ context: PolicyContext, _ programs: [any AssistanceProgram]) {
        area = context.area
        date = context.date
        stage = context.stage
        plans = programs.map { $0.plan(in: context) }
        graph = context.builder.finished()
        gapLabels = context.gapLabels
    }
}
