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

    private func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    // MARK: Steps

    private var graph: Graph { assessor.policy.graph }

    /// The step of a name; else the figure, else the word.
    private func step(named name: String) -> NamedStep? {
        let named = graph.steps.filter { $0.name == name }
        // Programmes may have steps of one name; the one that is asked comes first.
        let own = graph.nodes(behind: plan.results)
        let all = named.filter { own.contains($0.node) } + named.filter { !own.contains($0.node) }
        return all.first { $0.role == .step } ?? all.first { $0.role == .figure } ?? all.first
    }

    /// Compares the value of a named step with what a case expects of it.
    func compareStep(_ name: String, _ node: YAMLNode) -> Comparison {
        guard let step = step(named: name) else {
            return .unknown(what: "step", name: name, known: unique(graph.steps.map(\.name)))
        }
        let scope = graph[step.node].scope
        guard scope != .household else { return compare(step, row: 0, node) }
        guard let items = node.items else {
            return .unfit("'\(name)' belongs to each \(scope.label.english): write a list with a value for each")
        }
        let rows = assessor.evaluator.rowCount(scope)
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
        let value = assessor.evaluator.value(step.node, row: row)
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
        let value = assessor.evaluator.value(step.node, row: row)
        guard let known = value.known else {
            guard case .number = graph[step.node].kind else { return "unknown" }
            let lacking = assessor.evaluator.lacking(value).isEmpty ? "" : "unknown, "
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
