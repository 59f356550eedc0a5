import AssistanceCore

/// The lengths of what policy files say in words: labels, reasons and remarks, which results and letters repeat.
enum TextLimits {
    /// The most bytes of a name of something, which stands in cells of tables.
    static let label = 200
    /// The most bytes of a sentence.
    static let sentence = 1_000

    /// The most bytes of a text below a key; nil where it is no text for people.
    private static func limit(of key: String) -> Int? {
        switch key {
        case "label", "label_en": label
        case "reason", "reason_en", "manual", "manual_en", "note", "unknown", "title", "number", "issuer", "address":
            sentence
        default: nil
        }
    }

    /// Reports every text of a file that is too long.
    static func check(_ root: YAMLNode, _ findings: Findings) {
        var open = [root]
        while let node = open.popLast() {
            open += node.items ?? []
            for entry in node.entries ?? [] {
                open.append(entry.value)
                guard let key = entry.key.text, let limit = limit(of: key), let count = entry.value.text?.utf8.count,
                    count > limit
                else { continue }
                findings.report(
                    entry.value.error(.tooLarge, "'\(key)' has at most \(limit) bytes, and this one \(count)"))
            }
        }
    }
}
