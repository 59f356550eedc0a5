import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

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
    /// The standings of programmes that are not in the run, which count as no where nobody states them.
    public let assumed: [StandingDeclaration]
    /// What the terms are called that policy leaves unfilled.
    public let gapLabels: [String: Label]
    /// The plugins whose programmes are in the run, each once.
    public let plugins: [PluginIdentity]
    /// What is left to officers, one for each place in the graph.
    let decisions: [PlannedDecision]
    /// The documents that named rules rest on, the weakest first.
    let documents: [PolicyDocument]
    /// For each name of the graph its document's place there.
    let documentOfStep: [Int?]

    /// The plans of the programmes that the area offers on the day.
    ///
    /// - Parameters:
    ///   - programs: All that are known, in the order of the results.
    ///   - run: The ids of those that are asked for; nil for all.
    init(_ context: PolicyContext, _ programs: [any AssistanceProgram], run: Set<String>? = nil) {
        area = context.area
        date = context.date
        stage = context.stage
        let running = programs.filter { run?.contains($0.id) ?? true && context.isOffered($0.section) }
        var met: Set<PluginIdentity> = []
        plugins = running.compactMap(\.plugin).filter { met.insert($0).inserted }
        for program in programs {
            context.declare(program, isInRun: running.contains { $0.id == program.id })
        }
        var plans: [String: [ProgramPlan]] = [:]
        for program in Self.ordered(running) { plans[program.id] = context.plans(program) }
        var settled = running.flatMap { plans[$0.id] ?? [] }
        Exclusions.settle(&settled, among: programs, in: context)
        self.plans = settled
        assumed = context.assumed
        graph = context.builder.finished()
        gapLabels = context.gapLabels
        var left: Set<NodeID> = []
        decisions = context.decisions.filter { left.insert($0.node).inserted }
        let cited = graph.steps.map { $0.origin?.citation?.document }
        documents = Set(cited.compactMap { $0 }).sorted { ($0.status, $0.id) < ($1.status, $1.id) }
        var places: [String: Int] = [:]
        for (place, document) in documents.enumerated() { places[document.id] = place }
        documentOfStep = cited.map { $0.flatMap { places[$0.id] } }
    }

    /// The facts that it reads, of whatever programme.
    public var readFacts: Set<Fact> {
        Set(
            graph.nodes.compactMap { node in
                switch node.operation {
                case .fact(let place), .stated(let place): graph.schema.facts[place]
                default: nil
                }
            })
    }

    /// Programmes in an order in which each comes after those it reads, otherwise as they were given.
    ///
    /// Programmes that read each other in a circle stay as they were given; policy that names a standing decided later
    /// then has an unknown name.
    private static func ordered(_ programs: [any AssistanceProgram]) -> [any AssistanceProgram] {
        var waiting = programs
        var result: [any AssistanceProgram] = []
        while let next = waiting.firstIndex(where: { program in
            !waiting.contains { $0.id != program.id && program.reads.contains($0.id) }
        }) {
            result.append(waiting.remove(at: next))
        }
        return result + waiting
    }
}
