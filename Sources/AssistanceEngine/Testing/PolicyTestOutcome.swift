import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// What the policy decided about the household of a case, as far as a case can ask.
struct PolicyTestOutcome {
    let assessment: Assessment
    /// The programme that is asked.
    let decision: Determination
    private let plan: ProgramPlan
    private let assessor: Assessor

    /// The outcome for a programme; nil where it is not in the run.
    init?(_ assessment: Assessment, program: String, _ assessor: Assessor) {
        guard let decision = assessment.determinations.first(where: { $0.program == program }),
            let plan = assessor.policy.plans.first(where: { $0.program == program })
        else { return nil }
        self.assessment = assessment
        self.decision = decision
        self.plan = plan
        self.assessor = assessor
    }

    /// The benefits that the plan can pay.
    var benefitNames: [String] { plan.benefits.map(\.id) }

    /// The conditions that can fail.
    var conditionNames: [String] { unique(plan.routes.flatMap(\.checks.conditions).map(\.id)) }

    /// What can be left to people.
    var manualNames: [String] { unique(plan.routes.flatMap(\.checks.manual).map(\.id)) }

    /// What is left to officers.
    var decisionNames: [String] { unique(assessor.policy.decisions.map(\.decision.name)) }

    private func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    // MARK: Steps

    private var graph: Graph { assessor.policy.graph }

    /// The step of a name; else the figure, else the word. Programmes may have steps of one name; the one that is asked
    /// comes first.
    private func step(named name: String) -> NamedStep? {
        assessor.policy.step(named: name, of: plan) ?? NamedStep.first(of: graph.steps.filter { $0.name == name })
    }

    /// Compares the value of a named step with what a case expects of it.
    func compareStep(_ name: String, _ node: YAMLNode) -> Comparison {
        guard let step = step(named: name) else {
            return .unknown(what: "step", name: name, known: unique(graph.steps.map(\.name)))
        }
        return StepComparison(graph: graph, evaluator: assessor.evaluator).compare(step, node)
    }
}
