import AssistanceCore

// The explanation: the steps as a tree.
extension AssessmentText {
    /// A step that is still to be written, and the lines that lead to it.
    private struct Pending {
        let step: ExplainedStep
        let stem: String
        let isLast: Bool
    }

    /// The steps with their rules and sources. Walks with a list of its own: how deep policy nests is not ours to trust.
    func steps(_ roots: [ExplainedStep]) -> [String] {
        guard !roots.isEmpty else { return [] }
        var lines = ["", "  " + say("计算过程", "how it was computed")]
        var open = pending(roots, stem: "  ")
        while let next = open.popLast() {
            let inner = next.stem + (next.isLast ? "   " : "│  ")
            lines.append(next.stem + (next.isLast ? "└─ " : "├─ ") + head(of: next.step))
            let margin = inner + (next.step.inputs.isEmpty ? "   " : "│  ")
            let details = next.step.isRepeated ? [] : self.details(of: next.step)
            lines += details.flatMap { detail in
                let parts = TextLayout.wrapped(detail, to: max(48, TextLayout.lineWidth - TextLayout.width(margin)))
                return parts.prefix(1).map { margin + $0 } + parts.dropFirst().map { margin + "  " + $0 }
            }
            open += pending(next.step.inputs, stem: inner)
        }
        return lines
    }

    /// Steps in the order in which a stack gives them back.
    private func pending(_ steps: [ExplainedStep], stem: String) -> [Pending] {
        steps.enumerated().reversed().map { Pending(step: $1, stem: stem, isLast: $0 == steps.count - 1) }
    }

    private func head(of step: ExplainedStep) -> String {
        let values = self.values(of: step)
        let name = step.label.text(in: language) + (values.isEmpty ? "" : say(":", ": ") + values)
        return step.isRepeated ? name + say("(见上)", " (see above)") : name
    }

    /// The values: the household's own, or each member's, those that are equal together.
    private func values(of step: ExplainedStep) -> String {
        var groups: [(value: String, rows: [Int])] = []
        for value in step.values {
            let text = value.isStatedNone ? say("申报为无", "stated none") : value.text.text(in: language)
            guard let row = value.row else { return text }
            if let known = groups.firstIndex(where: { $0.value == text }) {
                groups[known].rows.append(row)
            } else {
                groups.append((text, [row]))
            }
        }
        let owner = step.owner.label.text(in: language)
        if step.values.isEmpty, step.owner != .household { return say("无\(owner)", "no \(owner)") }
        if let only = groups.first, groups.count == 1, only.rows.count > 1 {
            return say("各\(owner)均为 \(only.value)", "\(only.value) for each \(owner)")
        }
        return groups.map { group in
            let rows = group.rows.map { String($0 + 1) }.joined(separator: say("、", ", "))
            return say("\(owner)\(rows) \(group.value)", "\(owner) \(rows) \(group.value)")
        }.joined(separator: say(";", "; "))
    }

    private func details(of step: ExplainedStep) -> [String] {
        var lines: [String] = []
        // A figure is its own rule.
        if let rule = step.rule, rule != step.name { lines.append(say("规则 ", "rule ") + rule) }
        if let source = source(step.citation, step.place) { lines.append(source) }
        return lines
    }
}
