import AssistanceCore
import AssistanceExpressions

/// Conditions, words, ranges, items and checks.
extension PolicyContext {
    /// A yes/no expression.
    func condition(_ node: YAMLNode, of owner: FactOwner) -> NodeID {
        let value = expression(node, of: owner)
        let kind = builder[value].kind
        guard kind != .bool, kind != .poison else { return value }
        findings.report(node.error(.typeMismatch, "a condition is yes/no and this is \(kind.name)"))
        return builder.poison
    }

    /// One word or several, any of which must hold; `anyone` always does.
    func words(_ node: YAMLNode, of owner: FactOwner) -> NodeID {
        var result = builder.truth(false)
        for item in node.items ?? [node] {
            if item.text == "anyone" { return builder.truth(true) }
            let word = condition(item, of: owner)
            result = make(at: item) { () throws(GraphError) in try builder.or(result, word) }
        }
        return result
    }

    /// Whether a subject lies in the range of a declared term, which may differ by row. Nil where the term says `none`.
    public func range(_ section: SectionDeclaration, _ path: String, of subject: NodeID, id: String, _ reason: Label)
        -> Condition?
    {
        guard let term = section[path], case .range(let unit) = term.shape else { return nil }
        let key = section.key + "." + path
        guard let entry = inForce(key).first else {
            guard term.unfilled != .optional else { return nil }
            return Condition(id: id, holds: unfilled(key, .bool, label: term.label), reason: reason, origin: nil)
        }
        if entry.node.text == "none" { return nil }
        let form = ValueForm(.quantity(unit), of: term.owner, unit: unit)
        let origin = entry.origin(ruleText(entry.node))
        guard entry.node.entries != nil else {
            return single(entry.node, nil, subject, form, term, id: id, reason, origin)
        }
        guard let mapping = MappingReader(entry.node, what: "'\(key)'", findings) else { return nil }
        mapping.allowOnly(
            ["is", "rows", "pick", "rounding", "from", "until", "published", "source", "corrects", "unknown", "label"],
            what: "'\(key)'")
        if mapping["unknown"] != nil {
            return Condition(id: id, holds: unfilled(key, .bool, label: term.label), reason: reason, origin: origin)
        }
        if let inside = mapping["is"] {
            return single(inside, mapping["rounding"], subject, form, term, id: id, reason, origin)
        }
        let rows = mapping["rows"]?.items ?? []
        if rows.count > 1, mapping["pick"]?.text != "first" {
            let place = mapping["pick"] ?? entry.node
            findings.report(place.error(.badValue, "the first row that applies gives the range; say 'pick: first'"))
        }
        var holds = builder.truth(false)
        for item in rows.reversed() {
            guard let row = MappingReader(item, what: "a row", findings) else { continue }
            row.allowOnly(["for", "when", "is"], what: "a row")
            guard let inside = row["is"] else {
                findings.report(item.error(.missingKey, "the row has no range; write 'is:'"))
                continue
            }
            guard let ends = bounds(inside, form) else { continue }
            var applies = builder.truth(true)
            if let who = row["for"] { applies = words(who, of: form.owner) }
            if let when = row["when"] {
                let condition = condition(when, of: form.owner)
                applies = make(at: when) { () throws(GraphError) in try builder.and(applies, condition) }
            }
            let matches = isInside(subject, ends, at: inside)
            holds = make(at: item) { () throws(GraphError) in try builder.select(applies, matches, holds) }
        }
        let named = builder.named(path, .step, term.label, unit: .none, origin: origin, holds)
        return Condition(id: id, holds: named, reason: reason, origin: origin)
    }

    private func single(
        _ node: YAMLNode, _ rounding: YAMLNode?, _ subject: NodeID, _ form: ValueForm, _ term: TermDeclaration,
        id: String, _ reason: Label, _ origin: Origin
    ) -> Condition {
        guard let ends = bounds(node, form) else {
            return Condition(id: id, holds: builder.poison, reason: reason, origin: origin)
        }
        let lower = ends.lower.map { Bound(node: rounded($0.node, rounding, form.unit), inclusive: $0.inclusive) }
        let upper = ends.upper.map { Bound(node: rounded($0.node, rounding, form.unit), inclusive: $0.inclusive) }
        let inside = isInside(subject, (lower, upper), at: node)
        return Condition(
            id: id, holds: builder.named(term.path, .step, term.label, unit: .none, origin: origin, inside),
            reason: reason, origin: origin,
            sides: upper.map { (subject, $0.node) }, unit: form.unit ?? .yuanPerMonth)
    }

    // MARK: Lists that lower files amend

    /// The elements of a list after all amendments, with the entries they come from; nil where the term says `none`.
    ///
    /// A lower file replaces an element of the same id, appends a new one, and takes away what `remove` names.
    private func amended(_ key: String, list listKey: String, purpose: String?) -> [(node: YAMLNode, entry: TermEntry)]?
    {
        var elements: [(node: YAMLNode, entry: TermEntry)] = []
        var isNone = false
        for entry in inForce(key).reversed() {
            if let purposes = entry.node["purpose"].map({ $0.items ?? [$0] })?.compactMap(\.text), let purpose,
                !purposes.contains(purpose)
            {
                continue
            }
            if entry.node.text == "none" {
                (elements, isNone) = ([], true)
                continue
            }
            isNone = false
            if entry.node["replaces"]?.text == "all" { elements = [] }
            for removed in entry.node["remove"]?.items ?? [] {
                let count = elements.count
                elements.removeAll { identity($0.node) == removed.text }
                if elements.count == count { reportUnlessEverListed(removed, in: key, list: listKey) }
            }
            for item in entry.node.items ?? entry.node[listKey]?.items ?? [] where !item.holdsCut {
                let id = identity(item)
                if let id, let place = elements.firstIndex(where: { identity($0.node) == id }) {
                    if elements[place].entry.node === entry.node {
                        findings.report(item.error(.duplicateIdentifier, "the id '\(id)' stands twice in this list"))
                    }
                    elements[place] = (item, entry)
                } else {
                    elements.append((item, entry))
                }
            }
        }
        return isNone ? nil : elements
    }

    /// What `remove` names has to be in the list on some day, if not on this.
    private func reportUnlessEverListed(_ removed: YAMLNode, in key: String, list listKey: String) {
        let history = library.history(of: key)
        let nodes = chain.flatMap { history[$0] ?? [] }.map(\.node)
        let ids = nodes.flatMap { $0.items ?? $0[listKey]?.items ?? [] }.compactMap(identity)
        guard let text = removed.text, !ids.contains(text) else { return }
        findings.report(
            removed.error(
                .unknownName, "there is no '\(text)' to remove", suggestion: closestName(to: text, among: ids)))
    }

    private func identity(_ node: YAMLNode) -> String? { node["id"]?.text ?? node["code"]?.text ?? node.text }

    private func serves(_ purpose: String?, _ mapping: MappingReader) -> Bool {
        guard let node = mapping["purpose"] else { return true }
        guard let purpose else { return false }
        return (node.items ?? [node]).contains { $0.text == purpose }
    }

    /// The conditions of a declared list of checks, for a purpose.
    ///
    /// A list that nothing fills is what its declaration says: nothing where optional, else a condition that is unknown.
    public func checks(_ section: SectionDeclaration, _ path: String, purpose: String? = nil) -> CheckList {
        var result = CheckList()
        guard let term = section[path] else { return result }
        let key = section.key + "." + path
        if inForce(key).isEmpty {
            if term.unfilled != .optional {
                result.conditions.append(
                    Condition(id: path, holds: unfilled(key, .bool, label: term.label), reason: term.label, origin: nil)
                )
            }
            return result
        }
        for (node, entry) in amended(key, list: "checks", purpose: purpose) ?? [] {
            guard let mapping = MappingReader(node, what: "a check", findings), serves(purpose, mapping) else {
                continue
            }
            mapping.allowOnly(
                [
                    "id", "label", "label_en", "that", "unless", "reason", "reason_en", "manual", "manual_en", "when",
                    "purpose", "source",
                ],
                what: "a check")
            guard let id = mapping.text("id", required: true) else { continue }
            let origin = itemOrigin(mapping, entry)
            if let text = mapping.text("manual") {
                result.manual.append(
                    ManualCheck(
                        id: id, text: Label(text, mapping.text("manual_en") ?? text),
                        applies: mapping["when"].map { condition($0, of: term.owner) }, origin: origin))
                continue
            }
            guard let that = mapping["that"] else {
                findings.report(
                    node.error(.missingKey, "the check '\(id)' needs 'that:' with a condition or 'manual:' with a text")
                )
                continue
            }
            let rule = condition(that, of: term.owner)
            var holds = rule
            if let unless = mapping["unless"] {
                let waiver = condition(unless, of: term.owner)
                holds = make(at: unless) { () throws(GraphError) in try builder.or(rule, waiver) }
            }
            let text = mapping.text("reason") ?? ruleText(that)
            let reason = Label(text, mapping.text("reason_en") ?? text)
            let name =
                mapping.text("label").map { Label($0, mapping.text("label_en") ?? $0) }
                ?? Label("无“\(reason.chinese)”情形", "not so: \(reason.english)")
            result.conditions.append(
                Condition(
                    id: id, holds: builder.named(id, .step, name, unit: .none, origin: origin, holds), reason: reason,
                    origin: origin,
                    sides: mapping["unless"] == nil ? comparison(rule) : nil,
                    unit: comparison(rule).map { unit(of: $0.left) } ?? .none))
        }
        return result
    }

    /// The sides of a comparison of quantities: left must not exceed right.
    private func comparison(_ node: NodeID) -> (left: NodeID, right: NodeID)? {
        switch builder[node].operation {
        case .less(let a, let b), .lessOrEqual(let a, let b):
            if case .number(let kind) = builder[a].kind, kind.flavour == .quantity { return (a, b) }
            return nil
        default: return nil
        }
    }

    private func itemOrigin(_ mapping: MappingReader, _ entry: TermEntry) -> Origin {
        var citation = entry.citation
        if let source = mapping.text("source"), let own = self.citation(source, mapping["source"] ?? mapping.node) {
            citation = own
        }
        let rule = (mapping["that"] ?? mapping["add"] ?? mapping["raise-to"]).map(ruleText) ?? ""
        return Origin(file: mapping.node.file.name, position: mapping.node.position, citation: citation, text: rule)
    }

    private func citation(_ text: String, _ node: YAMLNode) -> Citation? {
        let reader = TermReader(areas: library.areas, documents: library.documents, sections: [], findings)
        let citation = reader.citation(text, node)
        return citation
    }

    /// How items for one recipient go together.
    private enum Stacking: String, CaseIterable { case highest, sum, first }

    /// The items of a declared list, for those for whom `within` holds; nil where the term is unfilled or `none`.
    ///
    /// - Parameters:
    ///   - recipients: the members who may receive.
    ///   - share: what the person has already, which `raise-to` raises.
    public func items(
        _ section: SectionDeclaration, _ path: String, purpose: String? = nil, recipients: NodeID, share: NodeID
    ) -> ItemList? {
        guard let term = section[path], case .items(let unit) = term.shape else { return nil }
        let key = section.key + "." + path
        guard let elements = amended(key, list: "items", purpose: purpose), !elements.isEmpty else { return nil }
        let nearest = inForce(key).first { $0.node.entries != nil }
        var planned: [PlannedItem] = []
        for (node, entry) in elements {
            guard let mapping = MappingReader(node, what: "an item", findings), serves(purpose, mapping) else {
                continue
            }
            if let item = item(mapping, entry, unit, recipients: recipients, share: share) { planned.append(item) }
        }
        if planned.isEmpty { return nil }
        let stacking = self.stacking(nearest?.node, count: planned.count)
        let zero = make(at: nearest?.node) { () throws(GraphError) in try builder.constant(.zero, .quantity(unit)) }
        var perMember = stacked(planned.filter { $0.owner != .household }, stacking, zero)
        var household = stacked(planned.filter { $0.owner == .household }, stacking, zero)
        perMember = rounded(perMember, nearest?.node["rounding"], unit)
        household = rounded(household, nearest?.node["rounding"], unit)
        return ItemList(items: planned, perMember: perMember, household: household)
    }

    private func item(_ mapping: MappingReader, _ entry: TermEntry, _ unit: Unit, recipients: NodeID, share: NodeID)
        -> PlannedItem?
    {
        mapping.allowOnly(
            ["id", "label", "label_en", "for", "when", "add", "raise-to", "at-most", "rounding", "purpose", "source"],
            what: "an item")
        guard let id = mapping.text("id", required: true) else { return nil }
        let owner: FactOwner = mapping["for"] != nil ? .member : .household
        var applies = owner == .household ? builder.truth(true) : recipients
        func require(_ condition: NodeID, at node: YAMLNode) {
            applies = make(at: node) { () throws(GraphError) in try builder.and(applies, condition) }
        }
        if let who = mapping["for"] { require(words(who, of: .member), at: who) }
        if let when = mapping["when"] { require(condition(when, of: owner), at: when) }
        let form = ValueForm(.quantity(unit), of: owner, unit: unit)
        var amount: NodeID
        let place: YAMLNode
        switch (mapping["add"], mapping["raise-to"]) {
        case (let add?, nil):
            place = add
            amount =
                add.entries == nil
                ? cell(add, form, base: nil) : inlineTable(add, entry.key + "." + id, itemLabel(mapping, id), form)
        case (nil, let target?):
            place = target
            let goal = cell(target, form, base: nil)
            amount = make(at: target) { () throws(GraphError) in
                try builder.maximum(builder.constant(.zero, .quantity(unit)), builder.subtract(goal, share))
            }
        default:
            findings.report(mapping.node.error(.missingKey, "the item '\(id)' has one of 'add:' and 'raise-to:'"))
            return nil
        }
        amount = rounded(amount, mapping["rounding"], unit)
        if let most = mapping["at-most"] {
            let limit = cell(most, form, base: nil)
            amount = make(at: most) { () throws(GraphError) in try builder.minimum(amount, limit) }
        }
        let label = itemLabel(mapping, id)
        let origin = itemOrigin(mapping, entry)
        let paid = make(at: place) { () throws(GraphError) in
            try builder.select(applies, amount, builder.constant(.zero, .quantity(unit)))
        }
        return PlannedItem(
            id: id, label: label, owner: owner, applies: applies,
            amount: builder.named(id, .step, label, unit: unit, origin: origin, paid), origin: origin)
    }

    private func itemLabel(_ mapping: MappingReader, _ id: String) -> Label {
        Label(mapping.text("label") ?? id, mapping.text("label_en") ?? id.spaced)
    }

    /// An item whose sum is a table. Where no row matches the sum is not known; it is never zero by silence.
    private func inlineTable(_ node: YAMLNode, _ key: String, _ label: Label, _ form: ValueForm) -> NodeID {
        guard let mapping = MappingReader(node, what: "'\(key)'", findings) else { return builder.poison }
        mapping.allowOnly(["unit", "rows", "of", "across", "pick", "rounding", "within", "decided"], what: "'\(key)'")
        let inner = withUnit(of: mapping, form)
        if let range = mapping["within"] { return rounded(within(range, inner), mapping["rounding"], inner.unit) }
        let result = table(mapping, key, inner) { [self] _ in
            gapLabels[key] = label
            return builder.gap(key, form.kind ?? .ratio)
        }
        return rounded(result, mapping["rounding"], inner.unit)
    }

    private func stacking(_ node: YAMLNode?, count: Int) -> Stacking {
        guard let node, let text = node["stacking"]?.text else {
            if count > 1, let node {
                findings.report(
                    node.error(.missingStacking, "two items or more need 'stacking: highest', 'sum' or 'first'"))
            }
            return .sum
        }
        if let stacking = Stacking(rawValue: text) { return stacking }
        findings.report(
            (node["stacking"] ?? node).error(
                .badValue, "'stacking' is highest, sum or first",
                suggestion: closestName(to: text, among: Stacking.allCases.map(\.rawValue))))
        return .sum
    }

    private func stacked(_ items: [PlannedItem], _ stacking: Stacking, _ zero: NodeID) -> NodeID {
        var result = zero
        switch stacking {
        case .sum:
            for item in items {
                result = make(at: nil) { () throws(GraphError) in try builder.add(result, item.amount) }
            }
        case .highest:
            for item in items {
                result = make(at: nil) { () throws(GraphError) in try builder.maximum(result, item.amount) }
            }
        case .first:
            for item in items.reversed() {
                result = make(at: nil) { () throws(GraphError) in
                    try builder.select(item.applies, item.amount, result)
                }
            }
        }
        return result
    }

    /// The income codes of a declared list in force, such as those that do not count.
    public func incomeCodes(_ section: SectionDeclaration, _ path: String, purpose: String? = nil) -> [(
        code: String, origin: Origin
    )] {
        let key = section.key + "." + path
        var codes: [(String, Origin)] = []
        for (node, entry) in amended(key, list: "codes", purpose: purpose) ?? [] {
            guard let name = identity(node) else { continue }
            guard builder.schema.place(.member, "income." + name) != nil else {
                let known = builder.schema.group(.member, "income")?.fields.map(\.name) ?? []
                findings.report(
                    node.error(
                        .unknownCode, "there is no income code '\(name)'",
                        suggestion: closestName(to: name, among: known)))
                continue
            }
            let origin: Origin
            if node.entries != nil, let mapping = MappingReader(node, what: "an income code", findings) {
                mapping.allowOnly(["code", "from", "until", "source", "purpose"], what: "an income code")
                guard serves(purpose, mapping) else { continue }
                let (from, until) = (mapping.date("from"), mapping.date("until"))
                origin = itemOrigin(mapping, entry)
                if let from, date < from { continue }
                if let until, date >= until { continue }
            } else {
                origin = entry.origin(name)
            }
            codes.append((name, origin))
        }
        return codes
    }

    /// The nearest entry's plain text, for codes such as `next month`; nil where unfilled.
    public func text(_ section: SectionDeclaration, _ path: String) -> (text: String, node: YAMLNode)? {
        guard let entry = inForce(section.key + "." + path).first else { return nil }
        let node = entry.node["is"] ?? entry.node
        return node.text.map { ($0, node) }
    }

    /// The nearest `none` or offer of a route or standing: true where it is offered.
    public func isOffered(_ section: SectionDeclaration, _ path: String) -> Bool {
        guard let entry = inForce(section.key + "." + path).first else { return false }
        return entry.node.text != "none"
    }

    /// Applies the rounding of a declared term, or the given one where it is unfilled.
    public func rounded(_ value: NodeID, _ section: SectionDeclaration, _ path: String, _ unit: Unit, otherwise: String)
        -> NodeID
    {
        if let entry = inForce(section.key + "." + path).first {
            return rounded(value, entry.node["is"] ?? entry.node, unit)
        }
        return rounded(value, otherwise, unit)
    }

    /// Rounds a value by a rule of the nation's own.
    public func rounded(_ value: NodeID, _ rule: String, _ unit: Unit) -> NodeID {
        rounded(
            value,
            YAMLNode(
                .scalar(text: rule, plain: true), at: SourcePosition(line: 1, column: 1),
                in: YAMLFile(name: "(programme)")), unit)
    }

    /// The words of a declared term: whether any holds. Unknown where nothing fills it.
    public func words(_ section: SectionDeclaration, _ path: String) -> Formula {
        let key = section.key + "." + path
        guard let term = section[path], let entry = inForce(key).first else {
            return formula(unfilled(key, .bool, label: section[path]?.label ?? section.label, owner: .member))
        }
        return formula(words(entry.node["is"] ?? entry.node, of: term.owner))
    }
}

extension YAMLNode {
    /// Whether a value directly below was cut by a mistake already reported.
    fileprivate var holdsCut: Bool { cut || (entries ?? []).contains { $0.value.cut } }
}
