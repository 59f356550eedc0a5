import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

// What officers decided (裁量).
extension Assessor {
    /// What was decided outside the bounds of policy, where the decision rests on it. It changes no sum.
    func violations(_ plan: ProgramPlan) -> [Reason] {
        guard !policy.decisions.isEmpty else { return [] }
        let deciding = Set(nodes(deciding: plan))
        return policy.decisions.filter { deciding.contains($0.node) }.flatMap { planned in
            (0..<evaluator.rowCount(policy.graph[planned.node].scope)).compactMap { violation(planned, row: $0) }
        }
    }

    private func violation(_ planned: PlannedDecision, row: Int) -> Reason? {
        let node = policy.graph[planned.node]
        guard case .between(let least, let most, let fact, let ends) = node.operation else { return nil }
        let decision = planned.decision
        let (low, high) = (
            evaluator.value(least, at: node.scope, row: row), evaluator.value(most, at: node.scope, row: row)
        )
        let decided = evaluator.value(fact, at: node.scope, row: row)
        guard let sum = decided.known, decided.isInside(low, high, ends) == false else { return nil }
        let unit = decision.unit
        let found = ValueText.withUnit(ValueText.amount(sum, unit), unit)
        let (from, upto) = (ValueText.amount(low.lowest, unit), ValueText.amount(high.highest, unit))
        // A range without a most ends where the fact does.
        let isOpen = high.highest == policy.graph[fact].highest
        let range = ValueText.withUnit(isOpen ? "不低于 " + from : from + " 至 " + upto, unit).chinese
        let english = ValueText.withUnit(isOpen ? "of at least " + from : from + " to " + upto, unit).english
        let open = [ends.least ? from : nil, ends.most ? upto : nil].compactMap { $0 }
        let without = open.isEmpty ? "" : "(不含 \(open.joined(separator: "、")))"
        let excluding = open.isEmpty ? "" : " (without \(open.joined(separator: " and ")))"
        let label = Label(
            "\(decision.label.chinese):经办人员确定的 \(found.chinese) 超出规定范围 \(range)\(without)",
            "\(decision.label.english): the decided \(found.english) lies outside the range \(english)\(excluding)")
        let isOfMember = node.scope == .member
        return Reason(
            id: decision.name,
            label: isOfMember ? label : names.label(node.scope, evaluator.batchRow(node.scope, row), label),
            citation: decision.origin.citation,
            place: "\(decision.origin.file):\(decision.origin.position.line)", distance: nil, comparison: nil,
            member: isOfMember ? row : nil)
    }
}
