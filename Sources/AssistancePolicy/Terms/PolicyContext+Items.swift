import AssistanceCore
import AssistanceExpressions

/// Items: named benefits or deductions, each with its own condition.
extension PolicyContext {
    /// The items of a declared list of one unit; nil where the term is unfilled or `none`.
    ///
    /// - Parameters:
    ///   - recipients: the members who may receive.
    ///   - share: what the person has already, which `raise-to` raises.
    public func items(
        _ section: SectionDeclaration, _ path: String, purpose: String? = nil, recipients: NodeID, share: NodeID
    ) -> ItemList? {
        guard let term = section[path], case .items(let unit) = term.shape else { return nil }
        let form = ItemForm(
            key: section.key + "." + path, unit: unit, recipients: recipients, household: builder.truth(true),
            entries: [:], share: share, starts: nil, payers: [])
        let zero = self.zero(unit).node
        if let gap = unknownList(form.key, .quantity(unit), term.label) {
            return ItemList(items: [], perMember: zero, household: gap)
        }
        guard let list = list(form, purpose: purpose) else { return nil }
        let settings = list.settings
        func sum(_ sums: [PaymentPeriod: NodeID]) -> NodeID {
            rounded(sums.values.first ?? zero, settings["rounding"], unit)
        }
        return ItemList(items: list.items, perMember: sum(list.perMember), household: sum(list.household))
    }

    /// The benefits of a declared list, each with a unit of its own and paid in whole fen. None where the term says so
    /// or is optional; a gap where a place that needs it does not fill it.
    ///
    /// - Parameters:
    ///   - recipients: the members who may receive.
    ///   - household: whether the household may receive what belongs to it.
    ///   - entries: of which entries of a list something may be given, where not of all.
    ///   - starts: the first day of what has an end and no beginning of its own.
    ///   - payers: who bears what names no payers of its own.
    public func benefits(
        _ section: SectionDeclaration, _ path: String, recipients: NodeID, household: NodeID,
        entries: [FactOwner: NodeID] = [:], starts: CalendarDate?, payers: [PlannedPayer]
    ) -> BenefitList {
        guard let term = section[path], case .benefits = term.shape else { return BenefitList() }
        let form = ItemForm(
            key: section.key + "." + path, unit: nil, recipients: recipients, household: household,
            entries: entries, share: nil, starts: starts, payers: payers)
        if inForce(form.key).isEmpty, term.unfilled != .optional {
            return BenefitList(gap: unfilled(form.key, .bool, label: term.label))
        }
        if let gap = unknownList(form.key, .bool, term.label) { return BenefitList(gap: gap) }
        guard let list = list(form, purpose: nil) else { return BenefitList() }
        return BenefitList(items: list.items, perMember: list.perMember, household: list.household)
    }

    /// Items and what they come to, by how often.
    private struct StackedList {
        let settings: ListSettings
        let items: [PlannedItem]
        let perMember: [PaymentPeriod: NodeID]
        let household: [PaymentPeriod: NodeID]
    }

    private func list(_ form: ItemForm, purpose: String?) -> StackedList? {
        guard let elements = amended(form.key, list: "items", purpose: purpose), !elements.isEmpty else { return nil }
        let settings = ListSettings(serving(purpose, inForce(form.key)), allowing: form.listKeys, findings)
        let planned = elements.compactMap { node, entry -> PlannedItem? in
            guard let mapping = MappingReader(node, what: "an item", findings) else { return nil }
            if purpose == nil, mapping["purpose"] != nil { return nil }
            return item(mapping, entry, form, settings)
        }
        if planned.isEmpty { return nil }
        let stacking = self.stacking(settings, count: planned.count)
        let limit = limit(of: planned, form, settings)
        let members = stacked(planned.filter { $0.owner != .household }, stacking, upto: limit, at: settings.place)
        let own = stacked(planned.filter { $0.owner == .household }, stacking, upto: limit, at: settings.place)
        let paid = Dictionary((members.items + own.items).map { ($0.id, $0) }) { first, _ in first }
        return StackedList(
            settings: settings, items: planned.map { paid[$0.id] ?? $0 }, perMember: members.sums, household: own.sums)
    }

    private func stacking(_ settings: ListSettings, count: Int) -> Stacking {
        guard let node = settings["stacking"] else {
            if count > 1, let place = settings.place {
                findings.report(
                    place.error(.missingStacking, "two items or more need 'stacking: highest', 'sum' or 'first'"))
            }
            return .sum
        }
        if let stacking = node.text.flatMap(Stacking.init) { return stacking }
        if node.cut { return .sum }
        findings.report(
            node.error(
                .badValue, "'stacking' is highest, sum or first",
                suggestion: node.text.flatMap { closestName(to: $0, among: Stacking.allCases.map(\.rawValue)) }))
        return .sum
    }

    /// `at-most` of a list: what one recipient receives by it, in all.
    private func limit(of items: [PlannedItem], _ form: ItemForm, _ settings: ListSettings) -> AmountLimit? {
        guard let node = settings["at-most"] else { return nil }
        let owner: FactOwner = items.contains { $0.owner == .household } ? .household : .member
        return limit(node, of: items, ValueForm(form.unit.map { .quantity($0) }, of: owner, unit: form.unit))
    }

    /// A limit of what items come to; it has to be of the kind of one of them, and cuts those of its kind.
    private func limit(_ node: YAMLNode, of items: [PlannedItem], _ form: ValueForm) -> AmountLimit? {
        guard let sum = sum(node, form, period: node) else { return nil }
        let isPaid = form.unit == nil
        let amounts = items.filter { $0.gift == nil }
        guard amounts.contains(where: { $0.unit.dimension == sum.unit.dimension }) else {
            let units = Set(amounts.map(\.unit.text)).sorted().joined(separator: " and ")
            findings.report(
                node.error(
                    .unitMismatch,
                    "the limit is in \(sum.unit.text), and what it limits in \(units.isEmpty ? "kind" : units)"))
            return nil
        }
        let limit = isPaid ? rounded(sum.node, "down to fen", sum.unit) : sum.node
        return AmountLimit(node: limit, unit: sum.unit, place: node)
    }

    /// The limit of a declared term of what items come to; nil where nothing fills it, or it says `none`.
    public func limit(_ section: SectionDeclaration, _ path: String, of items: [PlannedItem]) -> AmountLimit? {
        let key = section.key + "." + path
        guard let entry = inForce(key).first, entry.node.text != "none", !items.isEmpty else { return nil }
        return limit(entry.node["is"] ?? entry.node, of: items, ValueForm(nil, of: .household, unit: nil))
    }

    /// The gap of a list of which the nearest entry says that it is not known; nil where it is.
    private func unknownList(_ key: String, _ kind: NodeKind, _ label: Label) -> NodeID? {
        inForce(key).first?.node["unknown"].map { gap(key, kind, label, $0) }
    }

    /// Stands for what policy says that it does not know, and why.
    func gap(_ key: String, _ kind: NodeKind, _ label: Label, _ reason: YAMLNode) -> NodeID {
        explainGap(key, reason)
        return unfilled(key, kind, label: label)
    }
}

/// How the items of one list are read: whose they are, and what they may be.
struct ItemForm {
    let key: String
    /// The unit of every sum; nil where each item has its own, and is paid.
    let unit: Unit?
    /// The members who may receive.
    let recipients: NodeID
    /// Whether the household may.
    let household: NodeID
    /// The entries of lists of which something may be given; all of those that are not named.
    let entries: [FactOwner: NodeID]
    /// What `raise-to` raises; nil where there is nothing to be raised.
    let share: NodeID?
    /// The first day of what has an end and no beginning of its own.
    let starts: CalendarDate?
    /// Who bears what names no payers of its own.
    let payers: [PlannedPayer]

    private var isPaid: Bool { unit == nil }

    /// What an item or a list of benefits may say of how it is paid.
    private static let payment = ["unit", "payers", "months", "starts"]

    /// To whom, or of which entry, something may be given at all.
    func base(of owner: FactOwner) -> NodeID {
        switch owner {
        case .household: household
        case .member: recipients
        default: entries[owner] ?? base(of: owner.parent ?? .household)
        }
    }

    /// The keys of an item.
    var itemKeys: [String] {
        [
            "id", "label", "label_en", "each", "for", "when", "add", "raise-to", "give", "lend", "at-most",
            "rounding", "group", "purpose", "source",
        ] + (isPaid ? Self.payment : [])
    }

    /// The keys of a list.
    var listKeys: [String] {
        [
            "items", "stacking", "rounding", "at-most", "remove", "replaces", "unknown", "purpose", "label",
            "label_en", "note", "from", "until", "published", "source", "follows", "corrects",
        ] + (isPaid ? Self.payment : [])
    }
}

/// What a list says once for all of its items: each key as the nearest entry that writes it says.
struct ListSettings {
    private let readers: [MappingReader]
    /// The nearest entry that is more than a list.
    var place: YAMLNode? { readers.first?.node }

    /// The settings of entries, the nearest first; what is above one that replaces all is not heard.
    init(_ entries: [TermEntry], allowing keys: [String], _ findings: Findings) {
        var readers: [MappingReader] = []
        for entry in entries where entry.node.entries != nil {
            guard let reader = MappingReader(entry.node, what: "'\(entry.key)'", findings) else { continue }
            reader.allowOnly(keys, what: "'\(entry.key)'")
            readers.append(reader)
            if entry.node["replaces"]?.text == "all" { break }
        }
        self.readers = readers
    }

    /// The node of a key.
    subscript(key: String) -> YAMLNode? { reader(of: key)?[key] }

    /// The entry that says a key.
    func reader(of key: String) -> MappingReader? { readers.first { $0[key] != nil } }
}
