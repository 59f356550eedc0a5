import AssistanceCore
import AssistanceExpressions

/// What an item gives: its value, and what its unit tells.
struct ItemAmount {
    let node: NodeID
    let unit: Unit
    let period: PaymentPeriod
    /// What is given instead of money.
    var gift: PlannedGift?
    /// Where it is written.
    let place: YAMLNode
}

/// `add`, `raise-to`, `give` and `lend`.
extension PolicyContext {
    /// What an item gives by its one of `add`, `raise-to`, `give` and `lend`; nil where it says none or several of them.
    func amount(
        _ mapping: MappingReader, of id: String, _ key: String, _ label: Label, _ owner: FactOwner, _ form: ItemForm,
        _ settings: ListSettings
    ) -> ItemAmount? {
        let ways = ["add", "raise-to", "give", "lend"].compactMap { way in mapping[way].map { (way, $0) } }
        guard let (way, node) = ways.first, ways.count == 1 else {
            let other = form.unit == nil ? "give" : "raise-to"
            findings.report(mapping.node.error(.missingKey, "the item '\(id)' has one of 'add:' and '\(other):'"))
            return nil
        }
        if form.unit != nil, way == "give" || way == "lend" {
            let what = way == "give" ? "nothing in kind" : "no loan"
            findings.report(node.error(.notSupported, "'\(form.key)' is a sum of money, and \(what) is part of it"))
            return nil
        }
        if way == "give" { return gift(node, key, label, owner) }
        var value = ValueForm(form.unit.map { .quantity($0) }, of: owner, unit: form.unit)
        var unit: YAMLNode?
        if form.unit == nil, let reader = mapping["unit"] != nil ? mapping : settings.reader(of: "unit") {
            value = withUnit(of: reader, value)
            unit = reader["unit"]
        }
        guard let sum = sum(node, value, key: key, label, period: unit ?? node) else { return nil }
        if way == "add" { return sum }
        if way == "lend" {
            // 贷款须偿还: it is shown beside the money, and never added to it.
            let credit = PlannedGift(Label("贷款额度(须偿还)", "loan at most, to be repaid"), unit: sum.unit)
            return ItemAmount(node: sum.node, unit: sum.unit, period: sum.period, gift: credit, place: node)
        }
        guard let share = form.share else {
            findings.report(
                node.error(.notSupported, "nobody has anything here that could be raised; write 'add:' with the sum"))
            return nil
        }
        let lacking = make(at: node) { () throws(GraphError) in
            try builder.maximum(
                builder.constant(.zero, builder[sum.node].kind), builder.subtract(sum.node, share))
        }
        return ItemAmount(node: lacking, unit: sum.unit, period: sum.period, place: node)
    }

    /// A sum of money: a literal, an expression or a table; its unit says how often it is paid.
    ///
    /// - Parameter period: where its unit is written, if not in the value itself.
    func sum(_ node: YAMLNode, _ form: ValueForm, key: String = "", _ label: Label? = nil, period place: YAMLNode)
        -> ItemAmount?
    {
        if let reason = node["unknown"] {
            let unit = form.unit ?? .yuan
            let gap = gap(key, .quantity(unit), label ?? Label(key, key), reason)
            return ItemAmount(node: gap, unit: unit, period: PaymentPeriod(of: unit), place: node)
        }
        let value =
            node.entries == nil ? cell(node, form, base: nil) : inlineTable(node, key, label ?? Label(key, key), form)
        let kind = builder[value].kind
        if kind == .poison {
            return ItemAmount(node: value, unit: form.unit ?? .yuan, period: .once, place: node)
        }
        guard case .number(let number) = kind else {
            findings.report(node.error(.typeMismatch, "a sum of money is expected here, not \(kind.name)"))
            return nil
        }
        switch number.dimension {
        case Unit.yuan.dimension: return ItemAmount(node: value, unit: .yuan, period: .once, place: node)
        case Unit.yuanPerMonth.dimension:
            let isYearly = (form.unit ?? rate(in: place, of: form.owner))?.size == Unit.yuanPerYear.size
            return ItemAmount(
                node: value, unit: isYearly ? .yuanPerYear : .yuanPerMonth, period: isYearly ? .yearly : .monthly,
                place: node)
        case .none where number.flavour != .quantity:
            findings.report(
                node.error(.bareNumber, "a bare number; write its unit, as in '\(node.text ?? "500") yuan/month'"))
        default:
            let found = number.dimension == .none ? "a share" : "in \(number.dimension)"
            let isDaily = number.dimension.yuan == 1 && number.dimension.day == -1
            findings.report(
                node.error(
                    .unitMismatch,
                    "a benefit is a sum in yuan, yuan/month or yuan/year, and this is \(found)"
                        + (isDaily ? "; multiply it by the days" : "")))
        }
        return nil
    }

    /// The rate of money over time that a value is written in: that of its `unit:`, else of the first such sum, figure
    /// or fact that it names.
    private func rate(in node: YAMLNode, of owner: FactOwner) -> Unit? {
        let texts = [node["unit"], node["is"], node["of"], node["within"], node].compactMap { $0?.text }
        let rows = (node["rows"]?.items ?? []).compactMap { ($0["is"] ?? $0["within"])?.text }
        return (texts + rows).lazy.compactMap { text in
            Unit(text) ?? self.unit(in: text, of: owner, measuring: Unit.yuanPerMonth.dimension)
        }.first
    }

    /// The unit of the first quantity or name of a dimension in a text.
    private func unit(in text: String, of owner: FactOwner, measuring dimension: Dimension) -> Unit? {
        var open: [Syntax] = []
        if let syntax = try? Parser.parse(text) {
            open = [syntax]
        } else if let range = try? Parser.parseRange(text) {
            open = [range.upper, range.lower].compactMap { $0?.bound }
        }
        while let next = open.popLast() {
            var unit: Unit?
            switch next.kind {
            case .quantity(_, let written): unit = Unit(written.description)
            case .identifier, .member:
                let named = try? ExpressionCompiler(into: builder, names: scope(owner)).node(next)
                unit = named.map { builder.namedStep($0)?.unit ?? self.unit(of: $0) }
            default: open += next.children.reversed()
            }
            if let unit, unit.dimension == dimension { return unit }
        }
        return nil
    }

    /// A value whose form is a table. Where no row matches it is not known; it is never zero by silence.
    func inlineTable(_ node: YAMLNode, _ key: String, _ label: Label, _ form: ValueForm) -> NodeID {
        guard let mapping = MappingReader(node, what: "'\(key)'", findings) else { return builder.poison }
        mapping.allowOnly(
            ["unit", "rows", "of", "across", "pick", "bands", "rounding", "within", "decided"], what: "'\(key)'")
        let inner = withUnit(of: mapping, form)
        if let range = mapping["within"] {
            let value = within(range, inner)
            return rounded(value, mapping["rounding"], inner.unit ?? unit(of: value))
        }
        // Without a unit of its own the table is of the kind of its rows.
        let result = table(mapping, key, inner) { [self] form in
            gapNames[key] = label
            return builder.gap(key, form.kind ?? .ratio)
        }
        return rounded(result, mapping["rounding"], inner.unit ?? unit(of: result))
    }

    // MARK: In kind

    /// `500 kg of coal`, or `{is: 500 kg, thing: coal, label: 煤}`, or `{service: escort, label: 陪同就医}`.
    private func gift(_ node: YAMLNode, _ key: String, _ label: Label, _ owner: FactOwner) -> ItemAmount? {
        if node.cut { return nil }
        let form = ValueForm(nil, of: owner, unit: nil)
        guard node.entries != nil, let mapping = MappingReader(node, what: "'give'", findings) else {
            guard let text = node.text, let (amount, thing) = Self.parts(ofGift: text) else {
                findings.report(
                    node.error(
                        .badValue,
                        "'give' is a quantity and a thing, as in '500 kg of coal', or a service, as in {service: escort}"
                    ))
                return nil
            }
            let quantity = YAMLNode(.scalar(text: amount, plain: true), at: node.position, in: node.file)
            return given(cell(quantity, form, base: nil), Label(thing, thing), owner, written: quantity)
        }
        mapping.allowOnly(["is", "thing", "service", "label", "label_en"], what: "'give'")
        guard (mapping["thing"] == nil) != (mapping["service"] == nil),
            let name = mapping.text("thing") ?? mapping.text("service")
        else {
            findings.report(node.error(.missingKey, "'give' names a 'thing:' or a 'service:'"))
            return nil
        }
        let thing = Label(mapping.text("label") ?? name, mapping.text("label_en") ?? name.spaced)
        guard let amount = mapping["is"] else {
            guard mapping["service"] != nil else {
                findings.report(node.error(.missingKey, "'give' says no quantity; write 'is: 500 kg'"))
                return nil
            }
            let once = make(at: node) { () throws(GraphError) in try builder.constant(.one, .integer) }
            return given(once, thing, owner, written: node)
        }
        let value = amount.entries == nil ? cell(amount, form, base: nil) : inlineTable(amount, key, label, form)
        return given(value, thing, owner, written: amount)
    }

    /// `500 kg` and `coal`.
    private static func parts(ofGift text: String) -> (amount: String, thing: String)? {
        let words = text.split(separator: " ").map(String.init)
        guard let place = words.lastIndex(of: "of"), place > 0, place < words.count - 1 else { return nil }
        return (words[..<place].joined(separator: " "), words[(place + 1)...].joined(separator: " "))
    }

    private func given(_ value: NodeID, _ thing: Label, _ owner: FactOwner, written node: YAMLNode) -> ItemAmount? {
        guard case .number(let number) = builder[value].kind else {
            if builder[value].kind != .poison {
                findings.report(
                    node.error(.typeMismatch, "a quantity is expected here, not \(builder[value].kind.name)"))
            }
            return nil
        }
        guard number.dimension.yuan == 0 else {
            findings.report(node.error(.unitMismatch, "money is not given in kind; write 'add:'"))
            return nil
        }
        let unit =
            number.dimension == .none
            ? .none
            : node.text.flatMap { self.unit(in: $0, of: owner, measuring: number.dimension) } ?? self.unit(of: value)
        var period = PaymentPeriod.once
        if number.dimension.month < 0 { period = unit.size.denominator % 12 == 0 ? .yearly : .monthly }
        return ItemAmount(node: value, unit: unit, period: period, gift: PlannedGift(thing, unit: unit), place: node)
    }
}
