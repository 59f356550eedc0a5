import AssistanceCore
import AssistancePolicy

/// The conditions of projects, decided with the policy's words and standings: each is a standing of the household, with
/// what it lacks where it cannot be decided.
///
/// It comes after all programmes and pays nothing.
struct ProjectConditions: AssistanceProgram {
    static let id = "matching"
    var id: String { Self.id }
    let label = Label("供需对接条件", "conditions of projects")
    /// It has no terms of its own, and is offered wherever policy has words.
    let section = SectionDeclaration("define", Label("用语", "words"), [])
    let reads: [String]
    private let projects: [SocialProject]

    /// - Parameter programs: all that are known; what they tell can be asked for.
    init(_ projects: [SocialProject], among programs: [any AssistanceProgram]) {
        self.projects = projects
        reads = programs.map(\.id)
    }

    func plans(in context: PolicyContext) -> [ProgramPlan] {
        var plan = ProgramPlan(
            program: id, label: label, eligible: context.truth(false).node, routes: [], benefits: [])
        plan.standings = projects.compactMap { project in
            project.condition.map { node in
                PlannedStanding(
                    id: project.id, label: project.label, holds: context.condition(node, of: .household), layer: nil,
                    months: nil, checks: CheckList())
            }
        }
        return [plan]
    }
}
