import AssistanceCore
import AssistanceExpressions

/// Conditions, words and ranges.
extension PolicyContext {
    /// A yes/no expression; where it is none, that is a finding at its place.
    public func condition(_ node: YAMLNode, of owner: FactOwner) -> NodeID {
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
            [
                "is", "rows", "pick", "rounding", "from", "until", "published", "source", "follows", "corrects",
                "unknown", "label", "label_en", "note", "purpose",
            ],
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
}
