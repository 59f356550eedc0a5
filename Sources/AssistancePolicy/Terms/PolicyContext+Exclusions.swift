import AssistanceCore
import AssistanceExpressions

/// A row of the exclusions (待遇互斥): which of several benefits is kept, or what of one is left beside others.
public struct ExclusionRow {
    /// What becomes of benefits that somebody would have together.
    public enum Rule {
        /// The named one is kept, and the others fall away.
        case keep(YAMLNode)
        /// The highest is kept (就高).
        case higher
        /// All are kept (可同时享受).
        case both
        /// The first is paid less the others (差额发放).
        case difference
    }

    /// The id, by which lower files change it.
    public let id: String
    /// What it is called; nil where the row gives itself no name.
    public let label: Label?
    /// The names of the benefits or programmes, each where it is written.
    public let among: [YAMLNode]
    /// What becomes of them.
    public let rule: Rule
    /// Where it stands.
    public let origin: Origin
    /// Where errors about the row as a whole are reported.
    public let place: YAMLNode
}

extension PolicyContext {
    /// The rows of exclusions in force, after all amendments.
    public func exclusions(_ section: SectionDeclaration) -> [ExclusionRow] {
        let elements = amended(section.key, list: "rows", purpose: nil) ?? []
        guard isWithinLimit(elements) else { return [] }
        return elements.compactMap { node, entry in
            guard let mapping = MappingReader(node, what: "an exclusion", findings) else { return nil }
            return exclusion(mapping, entry)
        }
    }

    /// Whether an id stands, or stood, in a list of any file that has been loaded.
    public func isEverListed(_ id: String, in key: String) -> Bool {
        library.history(of: key).values.joined().contains { entry in
            (entry.node.items ?? entry.node["items"]?.items ?? []).contains { $0["id"]?.text == id }
        }
    }

    private func exclusion(_ mapping: MappingReader, _ entry: TermEntry) -> ExclusionRow? {
        mapping.allowOnly(["id", "among", "keep", "pay", "label", "label_en", "note", "source"], what: "an exclusion")
        guard let id = mapping.text("id", required: true) else { return nil }
        guard let among = mapping["among"] else {
            findings.report(
                mapping.node.error(.missingKey, "the exclusion '\(id)' needs 'among:' with the names of benefits"))
            return nil
        }
        if among.cut { return nil }
        guard let names = among.items, names.count > 1, names.allSatisfy({ $0.text != nil }) else {
            findings.report(
                among.error(
                    .badValue, "an exclusion is among two benefits or more, as in [low-income.base, allowances.orphan]")
            )
            return nil
        }
        guard let rule = rule(of: mapping, id, names) else { return nil }
        let own = mapping.text("label")
        let stands = itemOrigin(mapping, entry)
        let text = ["among", "keep", "pay"].compactMap { key in mapping[key].map { key + ": " + ruleText($0) } }
        return ExclusionRow(
            id: id, label: own.map { Label($0, mapping.text("label_en") ?? $0) }, among: names, rule: rule,
            origin: Origin(
                file: stands.file, position: stands.position, citation: stands.citation,
                text: text.joined(separator: ", ")), place: mapping.node)
    }

    private func rule(of mapping: MappingReader, _ id: String, _ names: [YAMLNode]) -> ExclusionRow.Rule? {
        switch (mapping["keep"], mapping["pay"]) {
        case (let keep?, nil):
            let known = names.compactMap(\.text)
            switch keep.text {
            case "higher": return .higher
            case "both": return .both
            case let name? where known.contains(name): return .keep(keep)
            default:
                if keep.cut { return nil }
                findings.report(
                    keep.error(
                        .unknownName, "'keep' is higher, both, or one of \(known.joined(separator: ", "))",
                        suggestion: keep.text.flatMap { closestName(to: $0, among: known + ["higher", "both"]) }))
                return nil
            }
        case (nil, let pay?):
            if pay.text == "difference" { return .difference }
            if !pay.cut { findings.report(pay.error(.badValue, "'pay' is difference: the first less the others")) }
            return nil
        default:
            findings.report(
                mapping.node.error(
                    .missingKey, "the exclusion '\(id)' has one of 'keep:' and 'pay:'"))
            return nil
        }
    }
}
