import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Compares the value of a named step with what a test writes, exactly.
struct StepComparison {
    let graph: Graph
    let evaluator: Evaluator

    /// Compares a step with one value, or with a list of one for each member where it belongs to each.
    func compare(_ step: NamedStep, _ node: YAMLNode) -> Comparison {
        let scope = graph[step.node].scope
        guard scope != .household else { return compare(step, row: 0, node) }
        guard let items = node.items else {
            return .unfit("'\(step.name)' belongs to each \(scope.label.english): write a list with a value for each")
        }
        let rows = evaluator.rowCount(scope)
        guard items.count == rows else {
            return .differs(expected: "\(items.count) values", found: "\(rows) rows of \(scope.label.english)")
        }
        var wanted: [String] = []
        var found: [String] = []
        var isMet = true
        for (row, item) in items.enumerated() {
            switch compare(step, row: row, item) {
            case .met:
                wanted.append(text(step, row: row))
            case .differs(let expected, _):
                wanted.append(expected)
                isMet = false
            case let other: return other
            }
            found.append(text(step, row: row))
        }
        return isMet ? .met : .differs(expected: ExpectationReader.text(wanted), found: ExpectationReader.text(found))
    }

    private func compare(_ step: NamedStep, row: Int, _ node: YAMLNode) -> Comparison {
        let value = evaluator.value(step.node, row: row)
        if node.text == "unknown" {
            return value.isKnown ? .differs(expected: "unknown", found: text(step, row: row)) : .met
        }
        switch graph[step.node].kind {
        case .number: return compareNumber(step, value, row: row, node)
        case .bool:
            guard let text = node.text, ["true", "false"].contains(text) else {
                return .unfit("'\(step.name)' is true, false or unknown")
            }
            return ExpectationReader.same(text, self.text(step, row: row))
        case .code(let list):
            guard let text = node.text, list.codes.contains(where: { $0.name == text }) else {
                return .unfit("'\(step.name)' is one of \(list.codes.map(\.name).joined(separator: ", "))")
            }
            return ExpectationReader.same(text, self.text(step, row: row))
        case .codes:
            guard let names = node.items?.compactMap(\.text) else { return .unfit("'\(step.name)' is a list of codes") }
            return ExpectationReader.same(names.sorted().joined(separator: " "), text(step, row: row))
        case .date, .poison: return ExpectationReader.same(node.text ?? "", text(step, row: row))
        }
    }

    private func compareNumber(_ step: NamedStep, _ value: Value, row: Int, _ node: YAMLNode) -> Comparison {
        let ends = node.text.map { [$0] } ?? [node["from"]?.text, node["upto"]?.text].compactMap { $0 }
        let amounts = ends.compactMap(ExpectedAmount.init)
        let values = amounts.compactMap { $0.value(in: step.unit) }
        guard !amounts.isEmpty, amounts.count == ends.count, node.text != nil || ends.count == 2 else {
            return .unfit("a number is expected here, such as 631.33 or 1000/3, or {from: 0, upto: 100}, or unknown")
        }
        guard values.count == amounts.count, let least = values.first, let most = values.last else {
            return .unfit("'\(step.name)' is measured in \(step.unit.text.isEmpty ? "plain numbers" : step.unit.text)")
        }
        if value.lowest == least && value.highest == most { return .met }
        let expected =
            values.count == 1
            ? number(least, step.unit) : "from \(number(least, step.unit)) upto \(number(most, step.unit))"
        return .differs(expected: expected, found: text(step, row: row))
    }

    /// The value of a step, exact, in the unit it is shown in.
    private func text(_ step: NamedStep, row: Int) -> String {
        let value = evaluator.value(step.node, row: row)
        guard let known = value.known else {
            guard case .number = graph[step.node].kind else { return "unknown" }
            let lacking = evaluator.lacking(value).isEmpty ? "" : "unknown, "
            return lacking + "from \(number(value.lowest, step.unit)) upto \(number(value.highest, step.unit))"
        }
        switch graph[step.node].kind {
        case .number: return number(known, step.unit)
        case .bool: return known.isZero ? "false" : "true"
        case .code(let list): return Int(exactly: known.reduced.numerator).flatMap { list[$0]?.name } ?? "unknown"
        case .codes(let list):
            let bits = UInt64(exactly: known.reduced.numerator) ?? 0
            return list.codes.enumerated().filter { bits & (1 << UInt64($0.offset)) != 0 }.map(\.element.name).sorted()
                .joined(separator: " ")
        case .date: return Int(exactly: known.reduced.numerator).flatMap { CalendarDate(days: $0) }?.iso ?? "unknown"
        case .poison: return "nothing"
        }
    }

    /// `1000/3 (≈333.33) yuan/month`
    private func number(_ value: Rational, _ unit: Unit) -> String {
        guard let inUnit = value.divided(by: unit.size)?.reduced else { return "?" }
        let suffix = unit.text.isEmpty ? "" : " " + unit.text
        if let text = inUnit.decimalText(maximumPlaces: 6) { return text + suffix }
        return "\(inUnit.numerator)/\(inUnit.denominator) (\(ValueText.amount(value, unit)))" + suffix
    }
}
