import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Makes the explanation of a decision: the named steps, figures, words and facts it rests on, as a tree.
struct Explainer {
    private let assessor: Assessor
    private var graph: Graph { assessor.policy.graph }
    private var evaluator: Evaluator { assessor.evaluator }

    init(_ assessor: Assessor) { self.assessor = assessor }

    /// The steps of a plan: who counts and the income, the conditions that matter, the sums.
    func steps(_ plan: ProgramPlan, _ routes: [RouteDecision]) -> [ExplainedStep] {
        var shown: Set<NodeID> = []
        var roots = plan.trail
        let matters = routes.first { $0.isTaken } ?? routes.first
        if let route = plan.routes.first(where: { $0.id == matters?.id }) {
            roots.insert(route.taken, at: min(1, roots.count))
        }
        let isClosed = evaluator.value(plan.eligible).truth == false
        roots += plan.standings.map(\.holds).filter { isClosed || evaluator.value($0).truth != false }
        roots += plan.remarks
        return roots.flatMap { inputs(of: $0, &shown) }
    }

    /// The nearest named nodes and facts at and below a node. Of a figure, other figures: its row says the rest.
    private func inputs(of id: NodeID, withFacts: Bool = true, _ shown: inout Set<NodeID>) -> [ExplainedStep] {
        var found: [ExplainedStep] = []
        var seen: Set<NodeID> = []
        var open = [id]
        while let current = open.popLast() {
            guard seen.insert(current).inserted else { continue }
            if !withFacts, case .fact = graph[current].operation { continue }
            if let step = self.step(current, &shown) {
                found.append(step)
            } else {
                open += evaluator.deciding(current).reversed()
            }
        }
        return found
    }

    private func step(_ id: NodeID, _ shown: inout Set<NodeID>) -> ExplainedStep? {
        let node = graph[id]
        switch node.operation {
        case .named(let place, let inner):
            let name = graph.steps[place]
            let isRepeated = !shown.insert(id).inserted
            return ExplainedStep(
                name: name.name, kind: kind(name.role), label: name.label, owner: node.scope,
                values: values(id, node, name.unit),
                rule: name.rule, citation: name.origin?.citation,
                place: name.origin.map { "\($0.file):\($0.position.line)" },
                inputs: isRepeated ? [] : inputs(of: inner, withFacts: name.role != .figure, &shown),
                isRepeated: isRepeated)
        case .fact(let place), .stated(let place):
            let fact = graph.schema.facts[place]
            let isRepeated = !shown.insert(id).inserted
            return ExplainedStep(
                name: fact.key, kind: .fact, label: fact.label, owner: node.scope,
                values: factValues(id, node, fact, place), rule: nil,
                citation: nil, place: nil, inputs: [], isRepeated: isRepeated)
        case .gap(let place):
            let name = graph.gaps[place]
            return ExplainedStep(
                name: name, kind: .term, label: assessor.policy.gapLabels[name] ?? Label(name, name),
                values: [StepValue(row: nil, text: Label("政策未规定", "not filled by policy"))], rule: nil, citation: nil,
                place: nil, inputs: [], isRepeated: false)
        default: return nil
        }
    }

    private func kind(_ role: NamedStep.Role) -> ExplainedStep.Kind {
        switch role {
        case .step: .step
        case .figure: .figure
        case .word: .word
        }
    }

    private func values(_ id: NodeID, _ node: Node, _ unit: Unit) -> [StepValue] {
        (0..<evaluator.rowCount(node.scope)).map { row in
            let value = evaluator.value(id, row: row)
            return StepValue(
                row: node.scope == .household ? nil : row,
                text: ValueText.text(value, node.kind, unit, isWide: isWide(value, node)),
                exact: ValueText.exact(value, node.kind, unit, isWide: isWide(value, node)))
        }
    }

    private func factValues(_ id: NodeID, _ node: Node, _ fact: Fact, _ place: Int) -> [StepValue] {
        let unit: Unit = if case .amount(let unit, _) = fact.type { unit } else { .none }
        return (0..<evaluator.rowCount(node.scope)).map { row in
            let value = evaluator.value(id, row: row)
            let reference = FactReference(place: place, row: evaluator.batchRow(node.scope, row))
            return StepValue(
                row: node.scope == .household ? nil : row,
                text: ValueText.text(value, node.kind, unit, isWide: isWide(value, node)),
                exact: ValueText.exact(value, node.kind, unit, isWide: isWide(value, node)),
                isStatedNone: assessor.batch.statedNone.contains(reference))
        }
    }

    /// Whether an open value could be anything that the schema allows: then it is called unknown, not a range.
    private func isWide(_ value: Value, _ node: Node) -> Bool {
        !value.isKnown && (value.highest > Rational(10_000_000) || value.highest == node.highest)
    }
}
