import AssistanceCore
import AssistancePolicy

/// A decision that was made earlier, as `AssessmentJSON` wrote it (已作出的结论).
public struct RecordedAssessment: Sendable {
    /// The id of the household, where it had one.
    public let id: String?
    /// Where the household stands in the record.
    public let position: SourcePosition
    /// The stage for which it was made.
    public let stage: Stage
    /// What it was made with.
    public let receipt: Receipt
    /// The ids of the programmes that decided.
    let programs: Set<String>
    /// Whether its steps were recorded.
    let isExplained: Bool
    /// What was decided, value by value.
    let decisions: DecisionValues

    /// Reads the text that `AssessmentJSON` wrote. All mistakes go to `findings`; with an error nothing may be replayed.
    public static func read(_ bytes: [UInt8], file: String, _ findings: Findings) -> [RecordedAssessment] {
        var limits = JSONLimits()
        // Steps stand within steps, two levels of JSON each.
        limits.depth = 256
        var reader = RecordReader(tokens: JSONScanner(bytes, file: file, limits: limits), file: file, findings)
        do throws(Diagnostic) {
            return try reader.read()
        } catch {
            findings.report(error)
            return []
        }
    }

    fileprivate init(
        id: String?, position: SourcePosition, stage: Stage, receipt: Receipt, area: String, programs: JSONNode
    ) {
        self.id = id
        self.position = position
        self.stage = stage
        self.receipt = receipt
        self.programs = Set(programs.items?.compactMap { $0["program"]?.text } ?? [])
        isExplained = programs.items?.contains { $0["steps"] != nil } ?? false
        decisions = DecisionValues(area: area, programs: programs)
    }
}

/// Reads a record household by household, so that a long one is never held whole.
private struct RecordReader {
    private var tokens: JSONScanner
    private let file: String
    private let findings: Findings

    init(tokens: JSONScanner, file: String, _ findings: Findings) {
        self.tokens = tokens
        self.file = file
        self.findings = findings
    }

    mutating func read() throws(Diagnostic) -> [RecordedAssessment] {
        let first = try tokens.next()
        guard first.kind == .beginObject else {
            throw wrong(.wrongType, first.position, "the JSON that 'jiuzhu assess --format json' prints was expected")
        }
        var records: [RecordedAssessment]?
        while true {
            let token = try tokens.next()
            guard case .key(let key) = token.kind else { break }
            let value = try tokens.next()
            if key == "households", value.kind == .beginArray {
                records = try readHouseholds()
                continue
            }
            let node = try JSONNode.read(value, &tokens)
            if key == "schema", case .number("\(AssessmentJSON.version)") = node.content { continue }
            if key == "schema" {
                throw wrong(.schemaVersion, node.position, "schema \(AssessmentJSON.version) was expected")
            }
        }
        // Whatever follows the one value is a mistake of the text.
        _ = try tokens.next()
        guard let records else {
            throw wrong(.missingKey, first.position, "the list 'households' is missing: this is no result of 'assess'")
        }
        return records
    }

    private mutating func readHouseholds() throws(Diagnostic) -> [RecordedAssessment] {
        var records: [RecordedAssessment] = []
        while true {
            let token = try tokens.next()
            if token.kind == .endArray { return records }
            let node = try JSONNode.read(token, &tokens)
            if let record = record(node, at: records.count) { records.append(record) }
        }
    }

    private func wrong(_ code: DiagnosticCode, _ position: SourcePosition, _ message: String) -> Diagnostic {
        Diagnostic(code, file: file, at: position, message)
    }

    // MARK: One household

    private func record(_ node: JSONNode, at place: Int) -> RecordedAssessment? {
        let path = "households[\(place)]"
        guard case .object = node.content else {
            findings.report(wrong(.wrongType, node.position, "\(path): an object was expected"))
            return nil
        }
        guard let receipt = child("receipt", of: node, path), let area = child("area", of: node, path),
            let programs = child("programs", of: node, path)
        else { return nil }
        if programs.items == nil {
            findings.report(wrong(.wrongType, programs.position, "\(path).programs: a list was expected"))
        }
        let stage = value("stage", of: node, path, "application or review", Stage.init(rawValue:))
        let code = value("code", of: area, path + ".area", "a division code", DivisionCode.init)
        let engine = value("engine", of: receipt, path + ".receipt", "a version") { $0 }
        let policy = value("policy_digest", of: receipt, path + ".receipt", "a SHA-256") { $0 }
        let facts = value("facts_digest", of: receipt, path + ".receipt", "a SHA-256") { $0 }
        let date = value("date", of: receipt, path + ".receipt", "a day", CalendarDate.init(iso:))
        let hasKnownOn = receipt["known_on"].map { !$0.isNull } ?? false
        guard let plugins = plugins(of: receipt, path + ".receipt") else { return nil }
        let knownOn = hasKnownOn ? value("known_on", of: receipt, path + ".receipt", "a day", CalendarDate.init) : nil
        guard let stage, let code, let engine, let policy, let facts, let date, hasKnownOn == (knownOn != nil),
            programs.items != nil
        else { return nil }
        return RecordedAssessment(
            id: node["id"]?.text, position: node.position, stage: stage,
            receipt: Receipt(
                engine: engine, policyDigest: policy, factsDigest: facts, date: date, knownOn: knownOn,
                plugins: plugins),
            area: code.text, programs: programs)
    }

    /// The plugins of a receipt; none where it is older than plugins are. Nil where they are wrong, which is reported.
    private func plugins(of receipt: JSONNode, _ path: String) -> [PluginIdentity]? {
        guard let list = receipt["plugins"] else { return [] }
        guard let items = list.items else {
            findings.report(wrong(.wrongType, list.position, "\(path).plugins: a list was expected"))
            return nil
        }
        var plugins: [PluginIdentity] = []
        for (place, item) in items.enumerated() {
            let path = "\(path).plugins[\(place)]"
            guard case .object = item.content else {
                findings.report(wrong(.wrongType, item.position, "\(path): an object was expected"))
                return nil
            }
            let name = value("name", of: item, path, "a name") { $0 }
            let version = value("version", of: item, path, "a version") { $0 }
            let digest = value("sha256", of: item, path, "a SHA-256") { $0 }
            guard let name, let version, let digest else { return nil }
            plugins.append(PluginIdentity(name: name, version: version, sha256: digest))
        }
        return plugins
    }

    private func child(_ key: String, of node: JSONNode, _ path: String) -> JSONNode? {
        if let child = node[key] { return child }
        findings.report(wrong(.missingKey, node.position, "\(path): the key '\(key)' is missing"))
        return nil
    }

    /// The value of a text; reports where there is none or it is not what was expected.
    private func value<Value>(
        _ key: String, of node: JSONNode, _ path: String, _ expected: String, _ read: (String) -> Value?
    ) -> Value? {
        guard let child = child(key, of: node, path) else { return nil }
        if let value = child.text.flatMap(read) { return value }
        findings.report(wrong(.wrongType, child.position, "\(path).\(key): \(expected) was expected"))
        return nil
    }
}
