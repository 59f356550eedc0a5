import AssistanceCore
import AssistanceExpressions

/// Lists that lower files amend by the ids of their elements.
extension PolicyContext {
    /// The most elements of a list, all amendments together: they are weighed against each other.
    static let listLimit = 500

    /// The elements of a list after all amendments, with the entries they come from; nil where the term says `none`.
    ///
    /// A lower file replaces an element of the same id, appends a new one, and takes away what `remove` names.
    func amended(_ key: String, list listKey: String, purpose: String?) -> [(node: YAMLNode, entry: TermEntry)]? {
        var elements: [(node: YAMLNode, entry: TermEntry)] = []
        var isNone = false
        for entry in serving(purpose, inForce(key)).reversed() {
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
            reportMisnamed(entry.node, listKey)
            for item in entry.node.items ?? entry.node[listKey]?.items ?? [] where !item.holdsCut {
                let id = identity(item)
                // What is for other purposes leaves what is for this one as it is.
                if let purpose, item["purpose"] != nil, !isFor(purpose, item) { continue }
                if let id, let place = elements.firstIndex(where: { identity($0.node) == id }) {
                    let known = elements[place]
                    if known.entry.node === entry.node {
                        // In one list, what names the purpose goes before what serves all.
                        if known.node["purpose"] != nil, item["purpose"] == nil { continue }
                        if (known.node["purpose"] != nil) == (item["purpose"] != nil) {
                            findings.report(
                                item.error(.duplicateIdentifier, "the id '\(id)' stands twice in this list"))
                        }
                    }
                    elements[place] = (item, entry)
                } else if elements.count == Self.listLimit {
                    findings.report(item.error(.tooLarge, "a list has at most \(Self.listLimit) elements"))
                    break
                } else {
                    elements.append((item, entry))
                }
            }
        }
        return isNone ? nil : elements
    }

    /// A list under the name of another kind of list would be none at all.
    private func reportMisnamed(_ node: YAMLNode, _ listKey: String) {
        for entry in node.entries ?? [] where entry.key.text != listKey {
            guard let name = entry.key.text, ["checks", "items", "layers", "codes"].contains(name) else { continue }
            findings.report(
                entry.key.error(
                    .unknownKey, "a list of \(listKey) has no '\(name)'; write its elements under '\(listKey):'"))
        }
    }

    /// The entries that serve a purpose: those that name it, and those that name none.
    func serving(_ purpose: String?, _ entries: [TermEntry]) -> [TermEntry] {
        guard let purpose else { return entries }
        return entries.filter { entry in
            guard let named = entry.node["purpose"] else { return true }
            return (named.items ?? [named]).contains { $0.text == purpose }
        }
    }

    /// What `remove` names has to be in the list on some day, if not on this.
    func reportUnlessEverListed(_ removed: YAMLNode, in key: String, list listKey: String) {
        let history = library.history(of: key)
        let nodes = chain.flatMap { history[$0] ?? [] }.map(\.node)
        let ids = nodes.flatMap { $0.items ?? $0[listKey]?.items ?? [] }.compactMap(identity)
        guard let text = removed.text, !ids.contains(text) else { return }
        findings.report(
            removed.error(
                .unknownName, "there is no '\(text)' to remove", suggestion: closestName(to: text, among: ids)))
    }

    func identity(_ node: YAMLNode) -> String? { node["id"]?.text ?? node["code"]?.text ?? node.text }

    /// Whether an element that names its purposes is for one of them.
    private func isFor(_ purpose: String, _ element: YAMLNode) -> Bool {
        guard let node = element["purpose"] else { return false }
        return (node.items ?? [node]).contains { $0.text == purpose }
    }

    func itemOrigin(_ mapping: MappingReader, _ entry: TermEntry) -> Origin {
        var citation = entry.citation
        if let source = mapping.text("source"), let own = self.citation(source, mapping["source"] ?? mapping.node) {
            citation = own
        }
        let rule =
            (mapping["that"] ?? mapping["add"] ?? mapping["raise-to"] ?? mapping["give"]
            ?? mapping["lend"]).map(ruleText) ?? ""
        return Origin(file: mapping.node.file.name, position: mapping.node.position, citation: citation, text: rule)
    }

    private func citation(_ text: String, _ node: YAMLNode) -> Citation? {
        let reader = TermReader(areas: library.areas, documents: library.documents, sections: [], findings)
        let citation = reader.citation(text, node)
        return citation
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
}

extension YAMLNode {
    /// Whether a value directly below was cut by a mistake already reported.
    fileprivate var holdsCut: Bool { cut || (entries ?? []).contains { $0.value.cut } }
}
