import AssistanceCore

/// Reads what an entry says of a department:
/// `{label: 公安机关, kinds: [{id: vehicles, label: 机动车登记, facts: household.vehicles}]}`.
struct DepartmentReader {
    private let entry: TermEntry
    private let reader: TermReader
    private let schema: FactSchema
    private let findings: Findings

    init(_ entry: TermEntry, _ reader: TermReader, _ schema: FactSchema) {
        (self.entry, self.reader, self.schema) = (entry, reader, schema)
        findings = reader.findings
    }

    /// The department of an id; nil where it cannot be read.
    func department(_ id: String) -> Department? {
        let what = "'\(entry.key)'"
        guard let mapping = MappingReader(entry.node, what: what, findings) else { return nil }
        mapping.allowOnly(CaseSections.entryKeys + ["label", "label_en", "kinds", "note"], what: what)
        let label = mapping.text("label", required: true)
        guard let list = mapping["kinds"], list.items?.isEmpty != true else {
            findings.report(
                entry.node.error(
                    .missingKey,
                    "the key 'kinds' is missing: a list such as [{id: vehicles, label: 机动车登记, facts: household.vehicles}]"
                ))
            return nil
        }
        guard let items = list.items else {
            if !list.cut { findings.report(list.error(.wrongShape, "'kinds' is a list here, not \(list.kindName)")) }
            return nil
        }
        var kinds: [Department.Kind] = []
        for item in findings.checked(items) {
            guard let kind = kind(item) else { continue }
            if kinds.contains(where: { $0.id == kind.id }) {
                findings.report(item.error(.duplicateIdentifier, "the kind '\(kind.id)' stands twice in \(what)"))
            }
            kinds.append(kind)
        }
        return label.map { Department(id: id, label: Label($0, mapping.text("label_en") ?? $0), kinds: kinds) }
    }

    private func kind(_ node: YAMLNode) -> Department.Kind? {
        guard let mapping = MappingReader(node, what: "a kind of data", findings) else { return nil }
        mapping.allowOnly(["id", "label", "label_en", "facts", "source", "note"], what: "a kind of data")
        let source = mapping.text("source").flatMap { text in mapping["source"].flatMap { reader.citation(text, $0) } }
        let (id, label) = (mapping.text("id", required: true), mapping.text("label", required: true))
        guard let named = mapping["facts"], named.items?.isEmpty != true else {
            findings.report(
                node.error(
                    .missingKey, "the key 'facts' is missing: the facts that it can confirm, as in household.vehicles"))
            return nil
        }
        var facts: [Fact] = []
        for item in findings.checked(named.items ?? [named]) {
            guard let fact = fact(item) else { continue }
            if facts.contains(fact) {
                findings.report(item.error(.duplicateIdentifier, "'\(fact.name)' stands twice here"))
            }
            facts.append(fact)
        }
        guard let id, let label else { return nil }
        return Department.Kind(
            id: id, label: Label(label, mapping.text("label_en") ?? label), facts: facts,
            citation: source ?? entry.citation)
    }

    private func fact(_ node: YAMLNode) -> Fact? {
        guard let name = node.text else {
            if !node.cut { findings.report(node.error(.wrongShape, "a fact is named here, not \(node.kindName)")) }
            return nil
        }
        if node.cut { return nil }
        do throws(ValueFlaw) {
            let fact = schema.facts[try schema.place(named: name)]
            if fact.owner == .household || fact.owner == .member { return fact }
            findings.report(
                node.error(
                    .badValue, "'\(name)' cannot be verified: only facts of households and members are compared"))
        } catch {
            findings.report(node.error(error.code, error.message, suggestion: error.suggestion))
        }
        return nil
    }
}
