import AssistanceCore
import AssistancePolicy

// What each benefit consists of: parts, things, payers, instalments.
extension ExpectationReader {
    /// `{base: [847.67, 847.66]}`: each member's part.
    func readParts(_ node: YAMLNode) {
        benefit("parts", node) { value, benefit, outcome in
            guard let wanted = value.items?.map({ $0.text.flatMap(Money.init(yuanText:)) }), !wanted.contains(nil)
            else {
                return .unfit("the parts are a list of sums in yuan, one for each member")
            }
            let parts = benefit?.parts ?? []
            let found = outcome.assessment.members.indices.map { place in
                parts.first { $0.member == place }?.amount ?? .zero
            }
            return Self.same(Self.text(wanted.compactMap { $0?.grouped }), Self.text(found.map(\.grouped)))
        }
    }

    /// `{coal: 500 kg, escort: 1}`: the quantity of what is given in kind; 0 for nothing.
    func readGifts(_ node: YAMLNode) {
        benefit("gifts", node) { value, benefit, _ in
            let ends = value.text.map { [$0] } ?? [value["from"]?.text, value["upto"]?.text].compactMap { $0 }
            let amounts = ends.compactMap(ExpectedAmount.init)
            guard amounts.count == ends.count, value.text != nil || ends.count == 2, let first = amounts.first else {
                return .unfit("a quantity is expected here, such as 500 kg, or {from: 0 kg, upto: 500 kg}")
            }
            let unit = benefit?.gift?.unit ?? first.unit ?? .none
            let wanted = amounts.compactMap { $0.value(in: unit) }
            guard let least = wanted.first, let most = wanted.last, wanted.count == amounts.count else {
                return .unfit("it is measured in \(unit.text.isEmpty ? "plain numbers" : unit.text)")
            }
            return Self.same(
                Self.text(least, most, unit),
                Self.text(benefit?.gift?.least ?? .zero, benefit?.gift?.most ?? .zero, unit))
        }
    }

    private static func text(_ least: Rational, _ most: Rational, _ unit: Unit) -> String {
        let (low, high) = (ValueText.exact(least, unit), ValueText.exact(most, unit))
        return (low == high ? low : "from \(low) upto \(high)") + (unit.text.isEmpty ? "" : " " + unit.text)
    }

    /// `{network: {household: 650, treasury: 325}}`: what each payer bears.
    func readPayers(_ node: YAMLNode) {
        benefit("payers", node) { value, benefit, _ in
            var wanted: [String] = []
            for entry in value.entries ?? [] {
                guard let payer = entry.key.text, let sum = entry.value.text.flatMap(Money.init(yuanText:)) else {
                    return .unfit("the payers are their names with sums in yuan")
                }
                wanted.append("\(payer) \(sum.grouped)")
            }
            if wanted.isEmpty, value.text != "none" {
                return .unfit("the payers are such as {household: 650, treasury: 325}, or none")
            }
            return Self.same(
                Self.text(wanted), Self.text((benefit?.payers ?? []).map { "\($0.payer) \($0.amount.grouped)" }))
        }
    }

    /// `{nursing: {higher: 100}}`: what each exclusion takes from each benefit; `none` for no benefit at all.
    func readReductions(_ node: YAMLNode) {
        if node.text == "none" {
            add("reductions", node) { outcome in
                let reduced = outcome.decision.benefits.filter { !$0.reductions.isEmpty }.map(\.id)
                return Self.same("none", Self.text(reduced))
            }
            return
        }
        benefit("reductions", node) { value, benefit, _ in
            let wanted = (value.entries ?? []).map { ($0.key.text ?? "", $0.value.text.flatMap(Money.init(yuanText:))) }
            guard !wanted.isEmpty, !wanted.contains(where: { $0.1 == nil }) else {
                return .unfit("what exclusions take is their ids with sums in yuan, such as {nursing: 100}")
            }
            return Self.same(
                Self.text(wanted.map { "\($0.0) \($0.1?.grouped ?? "")" }),
                Self.text((benefit?.reductions ?? []).map { "\($0.id) \($0.amount.grouped)" }))
        }
    }

    /// `{basic: {count: 12, each: 83.33, last: 83.37}}`: how it is paid out.
    func readInstalments(_ node: YAMLNode) {
        benefit("instalments", node) { value, benefit, _ in
            if value.text == "none" { return Self.same("none", Self.text(benefit?.instalments)) }
            guard let count = value["count"]?.text.flatMap(Int.init),
                let each = value["each"]?.text.flatMap(Money.init(yuanText:)),
                (value.entries ?? []).allSatisfy({ ["count", "each", "first", "last"].contains($0.key.text ?? "") })
            else {
                return .unfit(
                    "instalments are such as {count: 12, each: 83.33, last: 83.37}, also with 'first', or none")
            }
            let wanted = Instalments(
                first: value["first"]?.text.flatMap(Money.init(yuanText:)), each: each, count: count,
                last: value["last"]?.text.flatMap(Money.init(yuanText:)))
            return Self.same(Self.text(wanted), Self.text(benefit?.instalments))
        }
    }

    /// `[{scope: 135000, basic: 68828, remaining: 8703.06}]`: who pays what of the cost of each member who has any.
    func readSettlements(_ node: YAMLNode) {
        guard let items = node.items ?? (node.text == "none" ? [] : nil), items.allSatisfy({ $0.entries != nil }) else {
            return wrong(node, "'settlements' is a list such as [{scope: 900, aid: 700, remaining: 200}], or none")
        }
        add("settlements", node) { outcome in
            Self.same(String(items.count), String(outcome.decision.settlements.count))
        }
        for (place, item) in items.enumerated() {
            named("settlements[\(place)]", item, check: expectedSum) { [self] name, value, outcome in
                guard outcome.decision.settlements.indices.contains(place), let wanted = expectedSum(value) else {
                    return .met
                }
                let settlement = outcome.decision.settlements[place]
                let sums =
                    [("scope", settlement.scope)] + settlement.parts.map { ($0.id, $0.amount) }
                    + [("remaining", settlement.remaining)]
                guard let found = sums.first(where: { $0.0 == name }) else {
                    return .unknown(what: "sum", name: name, known: sums.map(\.0))
                }
                return Self.compare(wanted, found.1)
            }
        }
    }

    private static func text(_ instalments: Instalments?) -> String {
        guard let instalments else { return "none" }
        let first = instalments.first.map { "first \($0.grouped), " } ?? ""
        let last = instalments.last.map { ", last \($0.grouped)" } ?? ""
        return first + "\(instalments.count) of \(instalments.each.grouped)" + last
    }

    /// An expectation of each benefit that is named; of one that is not paid nil is compared.
    private func benefit(
        _ key: String, _ node: YAMLNode,
        _ compare: @escaping (YAMLNode, Benefit?, PolicyTestOutcome) -> Comparison
    ) {
        named(key, node) { name, value, outcome in
            guard outcome.benefitNames.contains(name) else {
                return .unknown(what: "benefit", name: name, known: outcome.benefitNames)
            }
            return compare(value, outcome.decision.benefits.first { $0.id == name }, outcome)
        }
    }
}
