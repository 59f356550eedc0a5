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

    /// A named step whose inputs are being looked for; nil for the root.
    private struct Search {
        let step: (id: NodeID, name: NamedStep)?
        var open: [NodeID]
        var seen: Set<NodeID> = []
        var found: [ExplainedStep] = []
    }

    /// The nearest named nodes and facts at and below a node. Of a figure, other figures: its row says the rest.
    ///
    /// With a stack of its own: how deep policy nests is not ours to trust.
    private func inputs(of root: NodeID, _ shown: inout Set<NodeID>) -> [ExplainedStep] {
        var search = Search(step: nil, open: [root])
        var outer: [Search] = []
        while true {
            guard let current = search.open.popLast() else {
                guard let step = search.step, var next = outer.popLast() else { return search.found }
                next.found.append(named(step.id, step.name, inputs: search.found, isRepeated: false))
                search = next
                continue
            }
            guard search.seen.insert(current).inserted else { continue }
            switch graph[current].operation {
            case .named(let place, let inner):
                let name = graph.steps[place]
                if shown.insert(current).inserted {
                    outer.append(search)
                    search = Search(step: (current, name), open: [inner])
                } else {
                    search.found.append(named(current, name, inputs: [], isRepeated: true))
                }
            case .fact where search.step?.name.role == .figure: continue
            case .fact(let place), .stated(let place): search.found.append(stated(current, place, &shown))
            case .gap(let place): search.found.append(gap(graph.gaps[place]))
            default: search.open += evaluator.deciding(current).reversed()
            }
        }
    }

    private func named(_ id: NodeID, _ name: NamedStep, inputs: [ExplainedStep], isRepeated: Bool) -> ExplainedStep {
        let node = graph[id]
        return ExplainedStep(
            name: name.name, kind: kind(name.role), label: name.label, owner: node.scope,
            values: values(id, node, name.unit), rule: name.rule, citation: name.origin?.citation,
            place: name.origin.map { "\($0.file):\($0.position.line)" }, inputs: inputs, isRepeated: isRepeated)
    }

    private func stated(_ id: NodeID, _ place: Int, _ shown: inout Set<NodeID>) -> ExplainedStep {
        let fact = graph.schema.facts[place]
        let node = graph[id]
        return ExplainedStep(
            name: fact.key, kind: .fact, label: fact.label, owner: node.scope,
            values: factValues(id, node, fact, place), rule: nil, citation: nil, place: nil, inputs: [],
            isRepeated: !shown.insert(id).inserted)
    }

    private func gap(_ name: String) -> ExplainedStep {
        ExplainedStep(
            name: name, kind: .term, label: assessor.policy.gapLabels[name] ?? Label(name, name),
            values: [StepValue(row: nil, text: Label("政策未规定", "not filled by policy"))], rule: nil, citation: nil,
            place: nil, inputs: [], isRepeated: false)
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
            return StepValue(
                row: node.scope == .household ? nil : row,
                text: ValueText.text(value, node.kind, unit, isWide: isWide(value, node)),
                exact: ValueText.exact(value, node.kind, unit, isWide: isWide(value, node)),
                isStatedNone: assessor.batch.isStatedNone(place, row: evaluator.batchRow(node.scope, row)))
        }
    }

    /// Whether an open value could be anything that the schema allows: then it is called unknown, not a range.
    private func isWide(_ value: Value, _ node: Node) -> Bool {
        !value.isKnown && (value.highest > Rational(10_000_000) || value.highest == node.highest)
    }
}
