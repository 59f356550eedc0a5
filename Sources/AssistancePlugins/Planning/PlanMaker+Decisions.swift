import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import CJiuzhu

/// What is decided: steps, conditions, sums, and what others are told.
extension PlanMaker {
    /// A step with a name.
    func step(
        _ name: UnsafePointer<CChar>?, _ chinese: UnsafePointer<CChar>?, _ english: UnsafePointer<CChar>?,
        _ unit: UnsafePointer<CChar>?, _ rule: UnsafePointer<CChar>?, _ value: jzp_node
    ) -> jzp_node {
        guard let name = self.name(name, "the name given to step", with: "_"), take(name, "step"),
            let label = label(chinese, english, "the step '\(name)'")
        else { return JZP_UNKNOWN }
        var shown = Unit.none
        if unit != nil {
            guard let given = self.unit(unit, "the unit of the step '\(name)'") else { return JZP_UNKNOWN }
            shown = given
        }
        var written: String?
        if rule != nil {
            guard let given = text(rule, "the rule of the step '\(name)'") else { return JZP_UNKNOWN }
            written = given
        }
        return make("the step '\(name)'", [value], isStep: true) { (nodes) throws(GraphError) in
            guard let value = nodes.first else { return builder.poison }
            if case .number(let kind) = builder[value].kind, kind.dimension != shown.dimension {
                throw GraphError(.unitMismatch, "its value is \(kind.name), and its unit '\(shown.text)'")
            }
            return context.step(name, label, shown, rule: written, context.formula(value)).node
        }
    }

    /// A condition of the household or of its members.
    func check(
        _ id: UnsafePointer<CChar>?, _ holds: jzp_node, _ chinese: UnsafePointer<CChar>?,
        _ english: UnsafePointer<CChar>?
    ) {
        guard let id = name(id, "the id given to check", with: "-"), take(id, "check"),
            let reason = label(chinese, english, "the check '\(id)'"), let node = node(holds, for: "check")
        else { return }
        switch builder[node].kind {
        case .bool, .poison: break
        case let other: return mistake("the check '\(id)' is \(other.name), and a condition was expected")
        }
        guard isOfHouseholdOrMember(node) else {
            return mistake("the check '\(id)' is about each \(builder[node].scope.word); put it together with over")
        }
        checks.add(
            Condition(
                id: id, holds: node, reason: reason, origin: nil, sides: context.comparison(node),
                unit: context.unit(ofComparison: node)))
    }

    /// The conditions of a term.
    func checks(_ path: UnsafePointer<CChar>?) {
        let term = declaration(path, "checks") { shape in
            if case .checks = shape { true } else { false }
        }
        guard let term, take(term.path, "list of check") else { return }
        checks.add(context.checks(program.section, term.path))
    }

    /// A sum for each member or for the household.
    func benefit(
        _ id: UnsafePointer<CChar>?, _ chinese: UnsafePointer<CChar>?, _ english: UnsafePointer<CChar>?,
        _ period: Int32, _ amount: jzp_node
    ) {
        guard let id = name(id, "the id given to benefit", with: "-"), take(id, "benefit"),
            let label = label(chinese, english, "the benefit '\(id)'"), let node = node(amount, for: "benefit")
        else { return }
        let periods: [Int32: PaymentPeriod] = [JZP_MONTHLY: .monthly, JZP_YEARLY: .yearly, JZP_ONCE: .once]
        guard let period = periods[period] else {
            return mistake("the benefit '\(id)' has the period \(period), which is none")
        }
        let made = builder[node]
        switch made.kind {
        case .number(let kind) where kind.dimension == period.unit.dimension: break
        case .poison: break
        case let other:
            return mistake(
                "the benefit '\(id)' is \(other.name), and paid \(period.rawValue) it has to be \(period.unit.dimension)"
            )
        }
        guard isOfHouseholdOrMember(node) else {
            return mistake("the benefit '\(id)' is about each \(made.scope.word); sum it with over")
        }
        guard made.kind == .poison || !made.lowest.isNegative else {
            return mistake(
                "the benefit '\(id)' may be less than zero by the range of its facts and terms; take the greatest of it and zero"
            )
        }
        benefits.append(Payment(id: id, label: label, period: period, amount: node))
    }

    /// What the terms of the generic programme say.
    func generic() {
        guard program.isGeneric else { return mistake("generic was called without JZP_GENERIC_TERMS") }
        asksForGeneric = true
    }

    /// What those that read this programme are told.
    func tell(_ name: UnsafePointer<CChar>?, _ value: jzp_node) {
        guard let name = text(name, "the name given to tell"), let node = node(value, for: "tell") else { return }
        guard let standing = program.standings.first(where: { $0.name == name }) else {
            return mistake("it tells '\(name)', which it does not declare")
        }
        guard take(name, "told standing") else { return }
        let made = builder[node]
        switch (made.kind, standing.unit) {
        case (.poison, _), (.bool, nil): break
        case (.number(let kind), let unit?) where kind.dimension == unit.dimension: break
        default:
            return mistake(
                "the standing '\(name)' is \(made.kind.name), and \(standing.unit.map(\.text) ?? "yes/no") was declared"
            )
        }
        guard standing.owner.isWithin(made.scope) else {
            return mistake(
                "the standing '\(name)' is of the \(standing.owner.word), and its value of each \(made.scope.word)")
        }
        told[name] = node
    }

    /// What keeps the programme from being decided.
    func error(_ message: UnsafePointer<CChar>?) {
        if let said = text(message, "the message given to error") { mistake(said) }
    }

    private func isOfHouseholdOrMember(_ node: NodeID) -> Bool {
        let scope = builder[node].scope
        return scope == .household || scope == .member
    }
}
