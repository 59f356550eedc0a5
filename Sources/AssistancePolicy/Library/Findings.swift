import AssistanceCore

/// Collects the findings of a run, each once. Not safe to share between threads.
public final class Findings {
    /// After so many nobody reads more, and those who read policy stop.
    private static let limit = 2_000
    private var isCut = false
    private var seen: [Mistake: Diagnostic] = [:]

    /// What makes two findings the same, whatever names were near when each was found.
    private struct Mistake: Hashable {
        let code: DiagnosticCode
        let file: String
        let position: SourcePosition
        let message: String
    }

    /// No findings yet.
    public init() {}

    /// Adds a finding that is not there yet.
    public func report(_ finding: Diagnostic) {
        let mistake = Mistake(
            code: finding.code, file: finding.file, position: finding.position, message: finding.message)
        guard let known = seen[mistake] else { return seen[mistake] = finding }
        // Of several suggestions the same one is given, in whatever order they come.
        if let suggestion = finding.suggestion, known.suggestion.map({ suggestion < $0 }) ?? true {
            seen[mistake] = finding
        }
    }

    /// Adds findings that are not there yet.
    public func report(_ findings: some Sequence<Diagnostic>) {
        for finding in findings { report(finding) }
    }

    /// Whether there are so many findings that nothing more should be read. Says so, at the first place that is left out.
    func isFull(at node: YAMLNode) -> Bool {
        guard seen.count >= Self.limit else { return false }
        if !isCut {
            report(node.error(.tooLarge, "there are more than \(Self.limit) findings; from here on nothing is read"))
        }
        isCut = true
        return true
    }

    /// All findings, by file and line.
    public var sorted: [Diagnostic] {
        seen.values.sorted {
            ($0.file, $0.position, $0.code.rawValue, $0.message) < ($1.file, $1.position, $1.code.rawValue, $1.message)
        }
    }

    /// Whether anything is wrong, not merely doubtful.
    public var hasErrors: Bool { seen.values.contains { $0.severity == .error } }
}

/// Decodes one mapping of a policy file, reporting every mistake and going on.
///
/// Where a node was cut by a mistake already reported, nothing more is said about it.
public struct MappingReader {
    /// The mapping.
    public let node: YAMLNode
    /// Where mistakes go.
    public let findings: Findings
    private let values: [String: YAMLNode]

    /// A reader of a mapping; reports and answers nil where the node is not one.
    public init?(_ node: YAMLNode, what: String, _ findings: Findings) {
        guard let entries = node.entries else {
            if !node.cut { findings.report(node.error(.wrongShape, "\(what) is a mapping here, not \(node.kindName)")) }
            return nil
        }
        self.node = node
        self.findings = findings
        values = Dictionary(entries.compactMap { entry in entry.key.text.map { ($0, entry.value) } }) { first, _ in
            first
        }
    }

    /// The node of a key.
    public subscript(key: String) -> YAMLNode? { values[key] }

    /// Reports the keys that are not among these.
    public func allowOnly(_ keys: [String], what: String) {
        for entry in node.entries ?? [] {
            guard let key = entry.key.text, !keys.contains(key) else { continue }
            if findings.isFull(at: entry.key) { return }
            findings.report(
                entry.key.error(
                    .unknownKey, "\(what) has no key '\(key)'", suggestion: closestName(to: key, among: keys)))
        }
    }

    /// The text of a key; reports where it is missing and required, or not a text.
    public func text(_ key: String, required: Bool = false) -> String? {
        guard let value = values[key] else {
            if required { findings.report(node.error(.missingKey, "the key '\(key)' is missing")) }
            return nil
        }
        guard let text = value.text, !value.isPlainNull else {
            if !value.cut {
                findings.report(
                    value.error(
                        .wrongShape, "'\(key)' is a text here, not \(value.isPlainNull ? "empty" : value.kindName)"))
            }
            return nil
        }
        return value.cut ? nil : text
    }

    /// The date of a key.
    public func date(_ key: String) -> CalendarDate? {
        guard let text = text(key) else { return nil }
        guard let date = CalendarDate(iso: text) else {
            findings.report(
                values[key]?.error(.badValue, "'\(key)' is a day written as 2021-07-01") ?? node.error(.badValue, key))
            return nil
        }
        return date
    }
}
