import AssistanceCore
import AssistanceExpressions

/// Layers (分段支付): payments of which each works on what the one before left.
extension PolicyContext {
    private static let columns = ["threshold", "rate", "cap", "base-cap"]
    private static let layerKeys =
        columns + [
            "id", "label", "label_en", "payer", "for", "when", "of", "per", "paid", "settled", "unit", "rounding",
            "rows", "pick", "unknown", "source", "purpose",
        ]

    /// The layers of a declared list, on an amount; nil where the term is unfilled or `none`.
    ///
    /// Each pays `min(cap, rate × (min(remaining, base-cap) − threshold))`, never below zero and never more than
    /// remains; what its own cap cuts off goes on to the next.
    ///
    /// - Parameter recipients: Whom the programme's own layers are for; those of other payers are for anyone.
    public func layers(
        _ section: SectionDeclaration, _ path: String, purpose: String? = nil, on start: NodeID,
        for recipients: NodeID? = nil
    ) -> LayerList? {
        guard let term = section[path], case .layers(let unit) = term.shape else { return nil }
        let key = section.key + "." + path
        guard let elements = amended(key, list: "layers", purpose: purpose), !elements.isEmpty else { return nil }
        let nearest = inForce(key).first { $0.node.entries != nil }
        if let unknown = nearest?.node["unknown"] {
            findings.report(
                unknown.error(.unknownKey, "say of which layer nothing is known, as in {id: aid, unknown: 未见公布}"))
        }
        gapNames[key] = term.label
        var form = ValueForm(.quantity(unit), of: term.owner, unit: unit)
        form.key = key
        return layers(
            elements, shared: nearest?.node["shared"], rounding: nearest?.node["rounding"], form, on: start,
            for: recipients)
    }

    /// The layers of a word: `of:` what the first works on. The word is what all of them pay.
    func layers(_ mapping: MappingReader, _ entry: TermEntry, _ form: ValueForm) -> NodeID {
        guard let base = mapping["of"] else {
            findings.report(mapping.node.error(.missingKey, "layers need 'of:', the amount that the first works on"))
            return builder.poison
        }
        let start = expression(base, of: form.owner)
        guard case .number = builder[start].kind, let items = mapping["layers"]?.items else {
            if let list = mapping["layers"], list.items == nil, !list.cut {
                findings.report(list.error(.wrongShape, "'layers' is a list such as [{id: aid, rate: 70%}]"))
            }
            return builder.poison
        }
        var inner = form
        inner.kind = builder[start].kind
        inner.unit =
            form.unit ?? items.lazy.compactMap { $0["unit"]?.text.flatMap { Unit($0) } }.first ?? unit(of: start)
        let list = layers(
            items.map { ($0, entry) }, shared: mapping["shared"], rounding: mapping["rounding"], inner, on: start)
        return list.paid
    }

    private func layers(
        _ elements: [(node: YAMLNode, entry: TermEntry)], shared: YAMLNode?, rounding: YAMLNode?, _ form: ValueForm,
        on start: NodeID, for recipients: NodeID? = nil
    ) -> LayerList {
        let unit = form.unit ?? self.unit(of: start)
        let limits = sharedCaps(shared, form, known: elements.compactMap { $0.node["id"]?.text })
        var list: [PlannedLayer] = []
        var (remaining, paid) = (start, zero(unit).node)
        /// What the layers of each shared cap are due so far.
        var due = limits.map { _ in zero(unit).node }
        for (node, entry) in elements {
            guard let mapping = MappingReader(node, what: "a layer", findings) else { continue }
            mapping.allowOnly(Self.layerKeys, what: "a layer")
            guard let id = mapping.text("id", required: true) else { continue }
            let payer = mapping.text("payer")
            let before = remaining
            var amount = naming("remaining", before) { self.amount(mapping, id, form, before, rounding) }
            if let recipients, PlannedLayer.isOwn(payer) {
                amount = make(at: node) { () throws(GraphError) in
                    try builder.select(recipients, amount, builder.constant(.zero, builder[amount].kind))
                }
            }
            for (place, limit) in limits.enumerated() where limit.ids.contains(id) {
                amount = make(at: limit.node) { () throws(GraphError) in
                    try builder.minimum(
                        amount, builder.maximum(zero(unit).node, builder.subtract(limit.cap, due[place])))
                }
                due[place] = make(at: limit.node) { () throws(GraphError) in try builder.add(due[place], amount) }
            }
            amount = make(at: node) { () throws(GraphError) in
                try builder.minimum(amount, builder.maximum(zero(unit).node, before))
            }
            let label = itemLabel(mapping, id)
            let origin = itemOrigin(mapping, entry)
            let now = builder.named(
                id, .step, label, unit: unit, origin: origin, rule: RuleText.line(node), self.now(mapping, amount, form)
            )
            // Of what is only known within bounds no less than nothing is left either.
            remaining = make(at: node) { () throws(GraphError) in
                try builder.maximum(zero(unit).node, builder.subtract(before, amount))
            }
            paid = make(at: node) { () throws(GraphError) in try builder.add(paid, now) }
            list.append(
                PlannedLayer(
                    id: id, label: label, payer: payer, due: amount, paid: now, remaining: remaining, origin: origin))
        }
        let rest = builder.named("remaining", .step, Label("剩余", "remaining"), unit: unit, origin: nil, remaining)
        return LayerList(layers: list, paid: paid, remaining: rest)
    }

    /// Layers that together pay no more than a cap.
    private struct SharedCap {
        let ids: [String]
        let cap: NodeID
        let node: YAMLNode
    }

    private func sharedCaps(_ node: YAMLNode?, _ form: ValueForm, known: [String]) -> [SharedCap] {
        (node?.items ?? node.map { [$0] } ?? []).compactMap { item in
            guard let mapping = MappingReader(item, what: "a shared cap", findings) else { return nil }
            mapping.allowOnly(["layers", "cap", "unit", "source", "note"], what: "a shared cap")
            guard let cap = mapping["cap"], let names = mapping["layers"]?.items else {
                findings.report(
                    item.error(
                        .missingKey, "a shared cap names its layers, as in {layers: [aid, more], cap: 50000 yuan/year}")
                )
                return nil
            }
            for name in names where name.text.map(known.contains) != true {
                findings.report(
                    name.error(
                        .unknownName, "there is no layer '\(name.text ?? name.kindName)'",
                        suggestion: name.text.flatMap { closestName(to: $0, among: known) }))
            }
            return SharedCap(
                ids: names.compactMap(\.text), cap: cell(cap, withUnit(of: mapping, form), base: nil), node: item)
        }
    }

    // MARK: One layer

    /// What a layer is due in all: what the fact that settles it says, else what it computes.
    private func amount(
        _ mapping: MappingReader, _ id: String, _ form: ValueForm, _ remaining: NodeID, _ rounding: YAMLNode?
    ) -> NodeID {
        let inner = withUnit(of: mapping, form)
        let settled = mapping["settled"].flatMap { fact($0, of: form.owner) }
        if mapping["settled"] != nil, settled == nil { return builder.poison }
        if let reason = mapping["unknown"] { return unknown(reason, id, mapping, form) }
        guard mapping["rows"] != nil || mapping["rate"] != nil else {
            if let settled, let node = mapping["settled"] { return fitted(self.node(of: settled), inner, node) }
            findings.report(
                mapping.node.error(
                    .missingKey, "the layer '\(id)' pays nothing: write 'rate:' or 'rows:', or 'settled:' with a fact"))
            return builder.poison
        }
        var amount = computed(mapping, id, inner, remaining)
        if let rule = mapping["rounding"] ?? rounding {
            amount = rounded(amount, rule, inner.unit)
        } else {
            amount = rounded(amount, "nearest fen", inner.unit ?? .yuan)
        }
        for key in ["for", "when"] {
            guard let node = mapping[key] else { continue }
            let applies = key == "for" ? words(node, of: form.owner) : condition(node, of: form.owner)
            amount = make(at: node) { () throws(GraphError) in
                try builder.select(applies, amount, builder.constant(.zero, builder[amount].kind))
            }
        }
        switch settled {
        case .place(let place)?:
            return make(at: mapping["settled"]) { () throws(GraphError) in try builder.settled(place, otherwise: amount)
            }
        case .given(let node)?: return node
        case nil: return amount
        }
    }

    /// Stands for what a layer pays of which policy does not know how much, and why.
    private func unknown(_ reason: YAMLNode, _ id: String, _ mapping: MappingReader, _ form: ValueForm) -> NodeID {
        let key = form.key + "." + id
        gapNames[key] = itemLabel(mapping, id)
        explainGap(key, reason)
        return builder.gap(key, form.kind ?? .ratio)
    }

    /// What a fact is: its place in the schema, or what a test has given it.
    private enum NamedFact {
        case place(Int)
        case given(NodeID)
    }

    private func node(of fact: NamedFact) -> NodeID {
        switch fact {
        case .place(let place): builder.fact(place)
        case .given(let node): node
        }
    }

    /// The fact that a text names, with or without its owner: `member.basic_paid`.
    private func fact(_ node: YAMLNode, of owner: FactOwner) -> NamedFact? {
        guard let text = node.text else {
            if !node.cut { findings.report(node.error(.wrongShape, "the name of a fact is expected here")) }
            return nil
        }
        if let given = takeGiven(text) { return .given(given) }
        var known: [String] = []
        var next: FactOwner? = owner
        while let owner = next {
            let key = text.hasPrefix(owner.word + ".") ? String(text.dropFirst(owner.word.count + 1)) : text
            if let place = builder.schema.place(owner, key) { return .place(place) }
            known += builder.schema.keys(of: owner).flatMap { [$0, owner.word + "." + $0] }
            next = owner.parent
        }
        findings.report(
            node.error(
                .unknownName, "there is no fact '\(text)' of \(owner.word)",
                suggestion: closestName(to: text, among: known)))
        return nil
    }

    /// What the columns of the matching row make of the amount.
    private func computed(_ mapping: MappingReader, _ id: String, _ form: ValueForm, _ remaining: NodeID) -> NodeID {
        let base = mapping["of"].map { fitted(expression($0, of: form.owner), form, $0) } ?? remaining
        guard let items = mapping["rows"]?.items else { return payment(mapping, base, form) }
        var bands = Bands()
        let rows = items.compactMap { item -> TableRow? in
            guard let row = MappingReader(item, what: "a row", findings) else { return nil }
            return self.row(row, form, skipping: Self.columns, &bands) {
                row["unknown"].map { unknown($0, id, mapping, form) } ?? payment(row, base, form)
            }
        }
        if rows.isEmpty { return builder.poison }
        return value(of: rows, mapping, form) { [self] _ in
            let key = form.key + "." + id
            gapNames[key] = itemLabel(mapping, id)
            return builder.gap(key, form.kind ?? .ratio)
        }
    }

    /// `min(cap, rate × (min(base, base-cap) − threshold))`, not below zero.
    private func payment(_ row: MappingReader, _ base: NodeID, _ form: ValueForm) -> NodeID {
        for key in ["is", "within"] where row[key] != nil {
            findings.report(
                (row[key] ?? row.node).error(.unknownKey, "a layer has no '\(key)'; write 'rate:' and 'cap:'"))
            return builder.poison
        }
        guard let rate = row["rate"] else {
            findings.report(row.node.error(.missingKey, "the layer has no rate here; write 'rate:', 0% for none"))
            return builder.poison
        }
        let (most, threshold, cap) = (
            row["base-cap"].map { cell($0, form, base: nil) }, row["threshold"].map { cell($0, form, base: nil) },
            row["cap"].map { cell($0, form, base: nil) }
        )
        let payable = make(at: row.node) { () throws(GraphError) in
            var payable = base
            if let most { payable = try builder.minimum(payable, most) }
            if let threshold { payable = try builder.subtract(payable, threshold) }
            return try builder.maximum(builder.constant(.zero, builder[base].kind), payable)
        }
        let share = naming("payable", payable) { self.share(rate, of: payable, form) }
        guard let cap else { return share }
        return make(at: row["cap"]) { () throws(GraphError) in try builder.minimum(share, cap) }
    }

    /// A rate of what is payable, or rates by its bands.
    private func share(_ rate: YAMLNode, of payable: NodeID, _ form: ValueForm) -> NodeID {
        guard rate.entries != nil, rate["within"] == nil else {
            if rate.entries != nil {
                MappingReader(rate, what: "'rate'", findings)?.allowOnly(["within", "decided"], what: "'rate'")
            }
            let form = ValueForm(.ratio, of: form.owner, unit: nil)
            let ratio = rate["within"].map { within($0, form) } ?? cell(rate, form, base: nil)
            if case .number(let kind) = builder[ratio].kind, kind.flavour != .quantity {
                findings.report(rate.error(.bareNumber, "a rate is a share such as 70%"))
                return builder.poison
            }
            return make(at: rate) { () throws(GraphError) in try builder.multiply(payable, ratio) }
        }
        guard let mapping = MappingReader(rate, what: "'rate'", findings) else { return builder.poison }
        mapping.allowOnly(["bands", "rows"], what: "'rate'")
        for row in mapping["rows"]?.items ?? [] where row["payable"] == nil && row.entries != nil {
            findings.report(
                row.error(
                    .missingKey, "the bands of a layer are of 'payable', as in {payable: upto 50000 yuan, is: 60%}"))
            return builder.poison
        }
        guard let items = mapping["rows"]?.items, !items.isEmpty else {
            findings.report(rate.error(.missingKey, "a rate by bands has 'bands: marginal' and 'rows:'"))
            return builder.poison
        }
        return marginal(mapping, items, base: nil, form) { form in gap(form) }
    }

    /// What is paid now: of a year's total what has not been paid before.
    private func now(_ mapping: MappingReader, _ amount: NodeID, _ form: ValueForm) -> NodeID {
        let isStay = mapping["per"]?.text == "stay"
        if let per = mapping["per"], per.text != "year", per.text != "stay", !per.cut {
            findings.report(per.error(.badValue, "'per' is year or stay"))
        }
        guard let node = mapping["paid"] else { return amount }
        guard !isStay else {
            findings.report(node.error(.badValue, "what was paid before counts against the year's total, not per stay"))
            return builder.poison
        }
        guard let fact = fact(node, of: form.owner) else { return builder.poison }
        let before = self.node(of: fact)
        return make(at: node) { () throws(GraphError) in
            try builder.maximum(builder.constant(.zero, builder[amount].kind), builder.subtract(amount, before))
        }
    }
}
