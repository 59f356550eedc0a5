import AssistanceCore

/// Reads codes: `{code: forest, label: 护林员, label_en: forest ranger, standard: "05"}`.
struct CodeReader {
    /// Those there were and those read.
    private(set) var codes: [Code]
    /// Whether a mistake has been reported.
    private(set) var isBroken = false
    private let findings: Findings

    init(_ list: CodeList, _ findings: Findings) {
        codes = list.codes
        self.findings = findings
    }

    /// Adds a code.
    ///
    /// - Parameter national: the codes it may count like; nil in a list of a place's own, whose codes are like no others.
    mutating func read(_ node: YAMLNode, among national: [String]? = nil) {
        guard let mapping = MappingReader(node, what: "a code", findings) else { return isBroken = true }
        let keys = ["code", "label", "label_en", "standard"] + (national == nil ? [] : ["like"])
        mapping.allowOnly(keys, what: "a code")
        guard let name = mapping.text("code", required: true) else { return isBroken = true }
        let label = mapping.text("label", required: true)
        let like = national.flatMap { self.like(mapping, among: $0) }
        if national != nil, like == nil { isBroken = true }
        let standard = (mapping["standard"].map { $0.items ?? [$0] } ?? []).compactMap(\.text)
        guard codes.count < CodeList.limit else {
            if !isFull {
                report(node, .tooLarge, "a list has at most \(CodeList.limit) codes, the nation's among them")
            }
            return isFull = true
        }
        guard Self.isValid(name) else {
            let rule = "a code begins with a letter and goes on with letters, digits, - and _"
            return report(mapping["code"] ?? node, .badValue, rule)
        }
        for text in [name] + standard {
            guard let other = codes.first(where: { $0.name == text || $0.standard.contains(text) }) else { continue }
            return report(
                mapping[text == name ? "code" : "standard"] ?? node, .takenName,
                "'\(text)' is the code '\(other.name)' (\(other.label.chinese)) already")
        }
        codes.append(
            Code(name, label ?? name, mapping.text("label_en") ?? label ?? name, standard: standard, like: like))
    }

    private var isFull = false

    private mutating func like(_ mapping: MappingReader, among national: [String]) -> String? {
        guard let name = mapping.text("like", required: true) else { return nil }
        if national.contains(name) { return name }
        report(
            mapping["like"] ?? mapping.node, .unknownCode,
            "'\(name)' is not one of \(national.joined(separator: ", "))",
            suggestion: closestName(to: name, among: national))
        return nil
    }

    private mutating func report(
        _ node: YAMLNode, _ code: DiagnosticCode, _ message: String, suggestion: String? = nil
    ) {
        isBroken = true
        findings.report(node.error(code, message, suggestion: suggestion))
    }

    private static func isValid(_ name: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
    }
}
