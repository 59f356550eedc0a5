import AssistanceCore

/// Reads what an entry says of who may do something: `{by: clerk, level: township}`, or several such rows below `rows`.
struct RuleRows {
    private let entry: TermEntry
    private let reader: TermReader
    private let findings: Findings

    init(_ entry: TermEntry, _ reader: TermReader) {
        self.entry = entry
        self.reader = reader
        findings = reader.findings
    }

    /// The rules in the order of their rows; those that cannot be read are left out.
    ///
    /// - Parameters:
    ///   - keys: The keys of a row.
    ///   - rule: Reads a row that rests on an article.
    ///   - covers: Whether a rule fits wherever another does, so that the other is never met.
    func rules<Rule>(
        _ keys: [String], _ rule: (MappingReader, Citation?) -> Rule?, covers: (Rule, Rule) -> Bool
    ) -> [Rule] {
        let what = "'\(entry.key)'"
        guard let mapping = MappingReader(entry.node, what: what, findings) else { return [] }
        guard let rows = mapping["rows"] else {
            mapping.allowOnly(CaseSections.entryKeys + keys, what: what)
            return rule(mapping, entry.citation).map { [$0] } ?? []
        }
        mapping.allowOnly(CaseSections.entryKeys + ["rows", "note"], what: what)
        guard let items = rows.items else {
            if !rows.cut {
                findings.report(rows.error(.wrongShape, "'rows' is a list here, not \(rows.kindName)"))
            }
            return []
        }
        var rules: [(rule: Rule, line: Int)] = []
        for item in findings.checked(items) {
            guard let row = MappingReader(item, what: "a row", findings) else { continue }
            row.allowOnly(keys + ["source"], what: "a row of \(what)")
            let citation = row.text("source").flatMap { text in row["source"].flatMap { reader.citation(text, $0) } }
            guard let rule = rule(row, citation ?? entry.citation) else { continue }
            if let earlier = rules.first(where: { covers($0.rule, rule) }) {
                var finding = item.error(
                    .unreachableRow, "the row in line \(earlier.line) takes everything that this row could take")
                finding.severity = .warning
                findings.report(finding)
            }
            rules.append((rule, item.position.line))
        }
        return rules.map(\.rule)
    }

    /// What a rule says of programmes, empty where it is for all, and of sums.
    typealias Scope = (programs: [String], upTo: Money?)

    /// Whether one scope takes everything that another could take.
    static func covers(_ scope: Scope, _ other: Scope) -> Bool {
        let coversPrograms =
            scope.programs.isEmpty
            || !other.programs.isEmpty
                && other.programs.allSatisfy { Procedure.names(of: $0).contains(where: scope.programs.contains) }
        return coversPrograms && scope.upTo.map { limit in other.upTo.map { $0 <= limit } ?? false } ?? true
    }

    // MARK: Values

    /// In which capacity it is done.
    func roles(of row: MappingReader) -> [CaseRole] {
        require("by", of: row, "in which capacity it is done", CaseRole.allCases.map(\.rawValue))
        return names(row["by"], "by", among: CaseRole.self)
    }

    /// At which level the office stands.
    func level(of row: MappingReader) -> DivisionLevel? {
        requireLevel(of: row)
        return level(row["level"])
    }

    /// At which levels the office may stand.
    func levels(of row: MappingReader) -> [DivisionLevel] {
        requireLevel(of: row)
        return items(row["level"]).compactMap(level)
    }

    private func level(_ node: YAMLNode?) -> DivisionLevel? {
        name(node, "level", among: DivisionLevel.allCases.map { ($0.word, $0) })
    }

    private func requireLevel(of row: MappingReader) {
        require("level", of: row, "at which level the office stands", DivisionLevel.allCases.map(\.word))
    }

    private func require(_ key: String, of row: MappingReader, _ what: String, _ all: [String]) {
        guard row[key] == nil else { return }
        findings.report(
            row.node.error(
                .missingKey, "the key '\(key)' is missing: \(what), one of \(all.joined(separator: ", "))"))
    }

    /// `2000 yuan`
    func sum(_ node: YAMLNode?) -> Money? {
        guard let node, !node.cut else { return nil }
        let parts = (node.text ?? "").split(separator: " ").map(String.init)
        if parts.count == 2, parts[1] == "yuan", let sum = Money(yuanText: parts[0]), sum.fen > 0 { return sum }
        findings.report(node.error(.badValue, "'up-to' is a sum such as 2000 yuan"))
        // What cannot be read holds for no sum rather than for all.
        return .zero
    }

    /// One name, or a list of them.
    func names<Name: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode?, _ key: String, among type: Name.Type
    ) -> [Name] {
        items(node).compactMap { item in name(item, key, among: Name.allCases.map { ($0.rawValue, $0) }) }
    }

    /// One of some names.
    func name<Value>(_ node: YAMLNode?, _ key: String, among all: [(name: String, value: Value)]) -> Value? {
        guard let node, !node.cut else { return nil }
        if let found = all.first(where: { $0.name == node.text }) { return found.value }
        let names = all.map(\.name)
        findings.report(
            node.error(
                .unknownCode, "'\(key)' is one of \(names.joined(separator: ", "))",
                suggestion: node.text.flatMap { closestName(to: $0, among: names) }))
        return nil
    }

    /// The programmes of a row. One that cannot be read stays, so that the row does not become one for all.
    func programs(_ node: YAMLNode?) -> [String] {
        items(node).map { item in
            checkProgram(item.text ?? "", item)
            return item.text ?? ""
        }
    }

    /// Reports a programme that is none.
    func checkProgram(_ name: String, _ node: YAMLNode) {
        if node.cut { return }
        let others = PolicyLibrary.caseSections.map(\.key)
        let known = reader.sections.map(\.key).filter { !others.contains($0) }
        // An allowance of a place's own making is a programme below its section: allowances.orphan.
        guard !known.contains(name), !known.contains(where: { name.hasPrefix($0 + ".") }) else { return }
        findings.report(
            node.error(
                .unknownName, "'\(name)' is no programme", suggestion: closestName(to: name, among: known)))
    }

    private func items(_ node: YAMLNode?) -> [YAMLNode] { findings.checked(node.map { $0.items ?? [$0] } ?? []) }
}

extension CaseSections {
    /// What every entry may say of itself.
    static let entryKeys = ["from", "until", "published", "source", "follows", "corrects"]
}

extension MappingReader {
    /// `Policies/china/procedure.yaml:12:5`
    var place: String { "\(node.file.name):\(node.position.line):\(node.position.column)" }
}
