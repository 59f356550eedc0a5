import AssistanceCore
import AssistanceExpressions

/// One item: for whom, under which condition, how much, and how it is paid.
extension PolicyContext {
    /// An item as it is written; nil where it has no id or says nothing to give.
    func item(_ mapping: MappingReader, _ entry: TermEntry, _ form: ItemForm, _ settings: ListSettings) -> PlannedItem?
    {
        mapping.allowOnly(form.itemKeys, what: "an item")
        guard let id = mapping.text("id", required: true) else { return nil }
        let label = itemLabel(mapping, id)
        let list = mapping["each"].flatMap(list)
        let owner: FactOwner = list ?? (mapping["for"] != nil ? .member : .household)
        let applies = applies(mapping, owner, form)
        let key = entry.key + "." + id
        guard let what = amount(mapping, of: id, key, label, owner, form, settings) else { return nil }
        var amount = rounded(
            what.node, mapping["rounding"] ?? (form.unit == nil ? settings["rounding"] : nil), what.unit)
        if let most = mapping["at-most"] {
            let limit = cell(most, ValueForm(builder[amount].kind, of: owner, unit: what.unit), base: nil)
            amount = make(at: most) { () throws(GraphError) in try builder.minimum(amount, limit) }
        }
        if form.unit == nil { amount = payable(amount, what) }
        let origin = itemOrigin(mapping, entry)
        var paid = make(at: what.place) { () throws(GraphError) in
            try builder.select(applies, amount, builder.constant(.zero, builder[amount].kind))
        }
        var receives = applies
        if let list {
            // What is given of each entry comes to one sum of whoever the list belongs to.
            let all = builder.truth(true)
            paid = make(at: what.place) { () throws(GraphError) in
                try builder.aggregate(.sum, over: list, paid, where: all)
            }
            receives = make(at: what.place) { () throws(GraphError) in
                try builder.aggregate(.any, over: list, applies, where: all)
            }
        }
        let named = builder.named(id, .step, label, unit: what.unit, origin: origin, paid)
        return PlannedItem(
            id: id, label: label, owner: list?.parent ?? owner, applies: receives, amount: named, unit: what.unit,
            period: what.period,
            gift: what.gift, group: mapping.text("group") ?? "",
            payers: (mapping["payers"] ?? settings["payers"]).map(payers) ?? form.payers,
            lasts: lasts(mapping, key, label, form, settings), origin: origin, paid: named)
    }

    /// The list of whose entries an item is (`each: loss`): of plots, losses, obligors or bills.
    private func list(_ node: YAMLNode) -> FactOwner? {
        let lists = FactOwner.allCases.filter { $0 != .household && $0 != .member }
        if let list = lists.first(where: { $0.word == node.text }) { return list }
        if !node.cut {
            findings.report(
                node.error(
                    .badValue, "'each' is one of \(lists.map(\.word).joined(separator: ", "))",
                    suggestion: node.text.flatMap { closestName(to: $0, among: lists.map(\.word)) }))
        }
        return nil
    }

    /// To whom an item applies: the household, or each member or entry of whom any of the words is true.
    private func applies(_ mapping: MappingReader, _ owner: FactOwner, _ form: ItemForm) -> NodeID {
        var applies = form.base(of: owner)
        func require(_ condition: NodeID, at node: YAMLNode) {
            applies = make(at: node) { () throws(GraphError) in try builder.and(applies, condition) }
        }
        if let who = mapping["for"] { require(words(who, of: owner), at: who) }
        if let when = mapping["when"] { require(condition(when, of: owner), at: when) }
        return applies
    }

    func itemLabel(_ mapping: MappingReader, _ id: String) -> Label {
        Label(mapping.text("label") ?? id, mapping.text("label_en") ?? id.spaced)
    }

    /// What is paid is never below zero, and whole fen.
    private func payable(_ amount: NodeID, _ what: ItemAmount) -> NodeID {
        var result = amount
        if builder[amount].kind != .poison, builder[amount].lowest.isNegative {
            result = make(at: what.place) { () throws(GraphError) in
                try builder.maximum(result, builder.constant(.zero, builder[result].kind))
            }
        }
        return what.gift == nil ? rounded(result, "nearest fen", what.unit) : result
    }

    /// The first day and the months of an item, where it or its list says them.
    private func lasts(
        _ mapping: MappingReader, _ key: String, _ label: Label, _ form: ItemForm, _ settings: ListSettings
    ) -> PlannedPeriod? {
        let months = (mapping["months"] ?? settings["months"]).map { node in
            let months = ValueForm(.quantity(.month), of: .household, unit: .month)
            return node.entries == nil
                ? cell(node, months, base: nil) : inlineTable(node, key + ".months", label, months)
        }
        let starts = (mapping["starts"] ?? settings["starts"]).flatMap(firstDay)
        guard months != nil || starts != nil else { return nil }
        return PlannedPeriod(from: starts ?? form.starts ?? date.firstOfNextMonth ?? date, months: months)
    }

    /// Who bears a sum, and which share of it (资金分担); the shares make the whole.
    func payers(_ node: YAMLNode) -> [PlannedPayer] {
        guard let items = node.items else {
            if !node.cut {
                findings.report(
                    node.error(.wrongShape, "'payers' is a list such as [{who: household, share: 50%}, …]"))
            }
            return []
        }
        var payers: [PlannedPayer] = []
        for item in items {
            guard let mapping = MappingReader(item, what: "a payer", findings) else { return [] }
            mapping.allowOnly(["who", "share", "label", "label_en"], what: "a payer")
            guard let who = mapping.text("who", required: true), let share = share(of: mapping) else { return [] }
            if payers.contains(where: { $0.id == who }) {
                findings.report(item.error(.duplicateIdentifier, "the payer '\(who)' stands twice in this list"))
                return []
            }
            let usual = Self.usualPayers[who]
            let chinese = mapping.text("label") ?? usual?.chinese ?? who
            let english = mapping.text("label_en") ?? usual?.english ?? who
            payers.append(PlannedPayer(id: who, label: Label(chinese, english), share: share))
        }
        let sum = payers.reduce(Rational?.some(.zero)) { sum, payer in sum?.adding(payer.share) }
        guard let sum, sum == .one else {
            let percent = sum?.multiplied(by: Rational(100))?.reduced
            let text = percent.map { $0.decimalText(maximumPlaces: 6) ?? $0.description } ?? "?"
            findings.report(node.error(.sharesNotWhole, "the shares of the payers make \(text)%, not 100%"))
            return []
        }
        return payers
    }

    /// Payers that every place has, for those that give them no name of their own.
    private static let usualPayers = [
        "household": Label("家庭", "the household"), "treasury": Label("财政", "the treasury"),
        "insurance": Label("医疗保险基金", "the insurance fund"),
    ]

    /// `1/3` by itself is a share; within an expression it would be a division of whole numbers.
    private func fraction(_ node: YAMLNode) -> Rational? {
        guard let text = node.text, let syntax = try? Parser.parse(text),
            case .binary(.divide, let above, let below) = syntax.kind, case .integer(let part) = above.kind,
            case .integer(let whole) = below.kind, part > 0, part <= whole
        else { return nil }
        return Rational(part, over: whole)
    }

    private func share(of mapping: MappingReader) -> Rational? {
        guard let node = mapping["share"] else {
            findings.report(mapping.node.error(.missingKey, "the payer has no share; write 'share: 50%'"))
            return nil
        }
        if let share = fraction(node) { return share }
        let value = expression(node, of: .household)
        if builder[value].kind == .poison { return nil }
        guard case .number(let kind) = builder[value].kind, kind.dimension == .none,
            let share = builder.constantValue(value), share > .zero, share <= .one
        else {
            findings.report(node.error(.badValue, "a share is a part of the sum, as in 50% or 1/3"))
            return nil
        }
        return share
    }
}
