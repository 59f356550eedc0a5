import AssistanceCore

/// Reads a `documents.yaml`: the documents that policy rests on (政策文件).
enum DocumentReader {
    private static let keys = ["title", "number", "issuer", "date", "published", "address", "status", "note"]

    static func read(_ root: YAMLNode, _ findings: Findings) -> [(document: PolicyDocument, key: YAMLNode)] {
        guard let mapping = MappingReader(root, what: "documents.yaml", findings) else { return [] }
        mapping.allowOnly(["documents"], what: "documents.yaml")
        guard let list = mapping["documents"], let entries = list.entries else {
            findings.report(
                root.error(.missingKey, "the key 'documents' is missing: a mapping from short ids to documents"))
            return []
        }
        TextLimits.check(list, findings)
        return entries.compactMap { entry in
            if findings.isFull(at: entry.key) { return nil }
            return entry.key.text.flatMap { document($0, entry.value, findings) }.map { ($0, entry.key) }
        }
    }

    private static func document(_ id: String, _ node: YAMLNode, _ findings: Findings) -> PolicyDocument? {
        guard let mapping = MappingReader(node, what: "a document", findings) else { return nil }
        mapping.allowOnly(keys, what: "a document")
        let title = mapping.text("title", required: true)
        let statusText = mapping.text("status", required: true)
        let status = statusText.flatMap(SourceStatus.init(rawValue:))
        if let statusText, status == nil {
            findings.report(
                (mapping["status"] ?? node).error(
                    .badValue, "a status is official, reported or illustrative",
                    suggestion: closestName(to: statusText, among: SourceStatus.allCases.map(\.rawValue))))
        }
        let document = PolicyDocument(
            id: id, title: title ?? id, number: mapping.text("number"), issuer: mapping.text("issuer"),
            date: mapping.date("date"), published: mapping.date("published"), address: mapping.text("address"),
            status: status ?? .illustrative, note: mapping.text("note"))
        return document
    }
}
