import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// A case about one term of policy: what a figure, a word or a term of a section yields, with names given to it.
struct TermTest {
    /// The term: `basic`, `define.subsidy`, `low-income.cap`.
    let key: YAMLNode
    /// What stands for the names that the term uses.
    let given: [YAMLNode.Entry]
    private let value: YAMLNode?
    private let missing: YAMLNode?
    private let steps: [YAMLNode.Entry]

    /// Reads a case's `term`, `given` and `expect`; reports what is wrong.
    init?(_ key: YAMLNode, _ mapping: MappingReader, _ findings: Findings) {
        guard key.text?.isEmpty == false else {
            if !key.cut { findings.report(key.error(.wrongShape, "'term' is the name of a figure, word or term")) }
            return nil
        }
        if let given = mapping["given"], given.entries == nil, !given.cut {
            findings.report(given.error(.wrongShape, "'given' is a mapping from names to values"))
            return nil
        }
        guard let node = mapping["expect"] else {
            findings.report(mapping.node.error(.missingKey, "the key 'expect' is missing: the value of the term"))
            return nil
        }
        guard let expect = MappingReader(node, what: "'expect'", findings) else { return nil }
        expect.allowOnly(["value", "missing", "steps"], what: "'expect' of a term")
        guard ["value", "missing", "steps"].contains(where: { expect[$0] != nil }) else {
            findings.report(node.error(.missingKey, "'expect' of a term says its 'value'"))
            return nil
        }
        self.key = key
        given = mapping["given"]?.entries ?? []
        (value, missing, steps) = (expect["value"], expect["missing"], expect["steps"]?.entries ?? [])
    }

    /// What differs from what the case expects; nothing where it passes. Mistakes of the case go to the findings.
    func run(in context: PolicyContext, over batch: FactBatch, _ findings: Findings) -> [String] {
        let name = key.text ?? ""
        for entry in given where !give(entry, to: context, findings) { return ["the case has errors"] }
        guard let node = context.term(name) else {
            let isKnown = context.termKeys.contains(name)
            findings.report(
                key.error(
                    .unknownName,
                    isKnown
                        ? "'\(name)' is not one value, or nothing fills it here"
                        : "there is no figure, word or term '\(name)'",
                    suggestion: isKnown ? nil : closestName(to: name, among: context.termKeys)))
            return ["the case has errors"]
        }
        if context.findings.hasErrors { return ["the term cannot be computed from what is given"] }
        if let unused = given.first(where: { $0.key.text.map(context.unusedGiven.contains) ?? false }) {
            findings.report(unused.key.error(.unknownName, "the term does not use '\(unused.key.text ?? "")'"))
            return ["the case has errors"]
        }
        let graph = context.builder.finished()
        guard case .named(let place, _) = graph[node].operation else { return ["the term has no value"] }
        let asked = steps.map { entry in graph.steps.last { $0.name == entry.key.text } }
        let evaluator = Evaluator(graph, over: batch, for: [node] + asked.compactMap { $0?.node })
        evaluator.evaluate(household: 0)
        let comparison = StepComparison(graph: graph, evaluator: evaluator)
        var lines: [String] = []
        func compare(_ label: String, _ step: NamedStep, _ wanted: YAMLNode) {
            switch comparison.compare(step, wanted) {
            case .differs(let expected, let found): lines.append("\(label): expected \(expected), found \(found)")
            case .unfit(let message):
                findings.report(wanted.error(.badValue, message))
                lines.append("\(label): written in the wrong form")
            case .met, .unknown: break
            }
        }
        if let value { compare("value", graph.steps[place], value) }
        for (entry, step) in zip(steps, asked) {
            let label = "steps.\(entry.key.text ?? "")"
            if let step {
                compare(label, step, entry.value)
            } else {
                let known = graph.steps.map(\.name)
                findings.report(
                    entry.key.error(
                        .unknownName, "there is no step '\(entry.key.text ?? "")' here",
                        suggestion: entry.key.text.flatMap { closestName(to: $0, among: known) }))
                lines.append("\(label): there is no such step")
            }
        }
        if let missing {
            let names = RowNames(batch)
            let rows = 0..<evaluator.rowCount(graph[node].scope)
            let found = Set(rows.flatMap { evaluator.lacking(evaluator.value(node, row: $0)) }.compactMap(names.path))
            let wanted = Set((missing.items ?? []).compactMap(\.text))
            if wanted != found {
                lines.append(
                    "missing: expected \(ExpectationReader.text(wanted.sorted())), found \(ExpectationReader.text(found.sorted()))"
                )
            }
        }
        return lines
    }

    /// Gives a name its value: yes/no, a day, an amount, a share, a count, or a code.
    private func give(_ entry: YAMLNode.Entry, to context: PolicyContext, _ findings: Findings) -> Bool {
        guard let name = entry.key.text, let text = entry.value.text else {
            if !entry.value.cut {
                findings.report(entry.value.error(.wrongShape, "a value is expected here, not \(entry.value.kindName)"))
            }
            return false
        }
        do throws(GraphError) {
            if text == "true" || text == "false" {
                context.give(name, context.builder.truth(text == "true"))
            } else if let day = CalendarDate(iso: text) {
                context.give(name, context.builder.day(day))
            } else if let amount = ExpectedAmount(text) {
                let unit = amount.unit ?? .none
                guard let value = amount.value(in: unit) else {
                    throw GraphError(.literalRange, "the number is too large")
                }
                let isCount = unit.dimension == .none && value.isInteger && !text.hasSuffix("%")
                context.give(name, try context.builder.constant(value, isCount ? .integer : .quantity(unit)))
            } else {
                try context.give(name, code: text, in: key.text ?? "")
            }
            return true
        } catch {
            findings.report(entry.value.error(error.code, error.message))
            return false
        }
    }
}
