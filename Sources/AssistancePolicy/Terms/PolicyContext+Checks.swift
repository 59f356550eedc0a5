import AssistanceCore
import AssistanceExpressions

/// Checks: conditions that must all hold.
extension PolicyContext {
    /// The conditions of a declared list of checks, for a purpose.
    ///
    /// A list that nothing fills is what its declaration says: nothing where optional, else a condition that is unknown.
    /// A list that says `unknown` has one such condition besides those that it writes.
    public func checks(_ section: SectionDeclaration, _ path: String, purpose: String? = nil) -> CheckList {
        var result = CheckList()
        guard let term = section[path] else { return result }
        let key = section.key + "." + path
        let nearest = inForce(key).first
        let reason = nearest?.node["unknown"]
        if reason != nil || (nearest == nil && term.unfilled != .optional) {
            if let reason { explainGap(key, reason) }
            result.conditions.append(
                Condition(
                    id: path, holds: unfilled(key, .bool, label: term.label), reason: term.label,
                    origin: nearest.map { $0.origin(ruleText($0.node)) }))
        }
        for (node, entry) in amended(key, list: "checks", purpose: purpose) ?? [] {
            guard let mapping = MappingReader(node, what: "a check", findings) else { continue }
            // A list that nobody asks for a purpose has nothing for one.
            if purpose == nil, mapping["purpose"] != nil { continue }
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
                    sides: mapping["unless"] == nil ? comparison(rule) : nil, unit: unit(ofComparison: rule)))
        }
        return result
    }

    /// The unit in which the sides of a comparison are shown; none where it is no comparison of quantities.
    public func unit(ofComparison node: NodeID) -> Unit { comparison(node).map { unit(of: $0.left) } ?? .none }

    /// The sides of a comparison of quantities: left must not exceed right.
    public func comparison(_ node: NodeID) -> (left: NodeID, right: NodeID)? {
        switch builder[node].operation {
        case .less(let a, let b), .lessOrEqual(let a, let b):
            if case .number(let kind) = builder[a].kind, kind.flavour == .quantity { return (a, b) }
            return nil
        default: return nil
        }
    }
}
