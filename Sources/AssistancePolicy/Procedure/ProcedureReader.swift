import AssistanceCore

/// Reads what an entry says of a step of cases: `{by: clerk, level: township, within: 5 working days after apply}`, or
/// several such rows; and the papers of a programme.
struct ProcedureReader {
    private let entry: TermEntry
    private let reader: TermReader
    private let findings: Findings

    init(_ entry: TermEntry, _ reader: TermReader) {
        self.entry = entry
        self.reader = reader
        findings = reader.findings
    }

    // MARK: Steps

    /// The keys of a row.
    static let ruleKeys = ["for", "up-to", "relatives", "by", "level", "within", "lasts", "effect", "apart", "note"]

    /// What is said of a step, in the order of the rows; those that cannot be read are left out.
    func rules(of step: CaseStep) -> [Procedure.Rule] {
        let what = "'\(entry.key)'"
        guard let mapping = MappingReader(entry.node, what: what, findings) else { return [] }
        guard let rows = mapping["rows"] else {
            mapping.allowOnly(CaseSections.entryKeys + Self.ruleKeys, what: what)
            return rule(mapping, step, entry.citation).map { [$0] } ?? []
        }
        mapping.allowOnly(CaseSections.entryKeys + ["rows", "note"], what: what)
        guard let items = rows.items else {
            if !rows.cut {
                findings.report(rows.error(.wrongShape, "'rows' is a list here, not \(rows.kindName)"))
            }
            return []
        }
        var rules: [(rule: Procedure.Rule, line: Int)] = []
        for item in findings.checked(items) {
            guard let row = MappingReader(item, what: "a row", findings) else { continue }
            row.allowOnly(Self.ruleKeys + ["source"], what: "a row of \(what)")
            let citation = row.text("source").flatMap { text in row["source"].flatMap { reader.citation(text, $0) } }
            guard let rule = rule(row, step, citation ?? entry.citation) else { continue }
            if let earlier = rules.first(where: { $0.rule.covers(rule) }) {
                var finding = item.error(
                    .unreachableRow, "the row in line \(earlier.line) takes everything that this row could take")
                finding.severity = .warning
                findings.report(finding)
            }
            rules.append((rule, item.position.line))
        }
        return rules.map(\.rule)
    }

    private func rule(_ row: MappingReader, _ step: CaseStep, _ citation: Citation?) -> Procedure.Rule? {
        let roles = names(row["by"], "by", among: CaseRole.self)
        let level = name(row["level"], "level", among: DivisionLevel.allCases.map { ($0.word, $0) })
        let rule = Procedure.Rule(
            step: step, programs: programs(row["for"]), upTo: sum(row["up-to"]), roles: Set(roles),
            level: level ?? .nation, limit: row["within"].flatMap(limit),
            lasts: row["lasts"].flatMap { lasting($0, step) },
            effect: row["effect"].flatMap { effect in
                name(effect, "effect", among: GrantEffect.allCases.map { ($0.rawValue, $0) })
            },
            isForRelatives: isForRelatives(row["relatives"]), apart: apart(row["apart"], step), citation: citation,
            place: "\(row.node.file.name):\(row.node.position.line):\(row.node.position.column)")
        for key in ["by", "level"] where row[key] == nil {
            let whose = key == "by" ? "in which capacity it is done" : "at which level the office stands"
            let all = key == "by" ? CaseRole.allCases.map(\.rawValue) : DivisionLevel.allCases.map(\.word)
            findings.report(
                row.node.error(
                    .missingKey, "the key '\(key)' is missing: \(whose), one of \(all.joined(separator: ", "))"))
        }
        return roles.isEmpty || level == nil ? nil : rule
    }

    // MARK: Values

    private func isForRelatives(_ node: YAMLNode?) -> Bool {
        guard let node, !node.cut else { return false }
        if node.text != "yes" {
            findings.report(
                node.error(
                    .badValue,
                    "'relatives' is yes, where the row is for cases in which a member is a close relative of staff"))
        }
        return true
    }

    private func apart(_ node: YAMLNode?, _ step: CaseStep) -> Set<CaseStep> {
        let steps = names(node, "apart", among: CaseStep.self)
        if let node, steps.contains(step) {
            findings.report(node.error(.badValue, "'apart' names other steps than \(step.rawValue) itself"))
        }
        return Set(steps)
    }

    /// `2000 yuan`
    private func sum(_ node: YAMLNode?) -> Money? {
        guard let node, !node.cut else { return nil }
        let parts = (node.text ?? "").split(separator: " ").map(String.init)
        if parts.count == 2, parts[1] == "yuan", let sum = Money(yuanText: parts[0]), sum.fen > 0 { return sum }
        findings.report(node.error(.badValue, "'up-to' is a sum such as 2000 yuan"))
        // What cannot be read holds for no sum rather than for all.
        return .zero
    }

    /// `30 working days after accept`, `30 working days after accept extendable to 45`
    private func limit(_ node: YAMLNode) -> TimeLimit? {
        if node.cut { return nil }
        let words = (node.text ?? "").split(separator: " ").map(String.init)
        guard let place = words.firstIndex(of: "after"), words.indices.contains(place + 1),
            let (count, unit) = Self.time(words[..<place])
        else {
            findings.report(
                node.error(
                    .badValue,
                    "'within' is a time such as 30 working days after accept, and where it can be longer 30 working days after accept extendable to 45"
                ))
            return nil
        }
        guard let after = step(words[place + 1], node) else { return nil }
        let rest = Array(words[(place + 2)...])
        let longer = rest.count == 3 && rest.prefix(2) == ["extendable", "to"] ? Int(rest[2]) : nil
        guard rest.isEmpty || longer != nil,
            let limit = TimeLimit(count: count, unit: unit, after: after, extendable: longer)
        else {
            findings.report(
                node.error(
                    .badValue,
                    "a time is at most \(TimeLimit.most) \(unit.rawValue), and longer where it is extended, as in 30 working days after accept extendable to 45"
                ))
            return nil
        }
        return limit
    }

    /// `7 days`
    private func lasting(_ node: YAMLNode, _ step: CaseStep) -> TimeLimit? {
        if node.cut { return nil }
        let words = (node.text ?? "").split(separator: " ").map(String.init)
        if let (count, unit) = Self.time(words[...]), let limit = TimeLimit(count: count, unit: unit, after: step) {
            return limit
        }
        findings.report(
            node.error(.badValue, "'lasts' is a time of at most \(TimeLimit.most) units, such as 7 days or 12 months"))
        return nil
    }

    private static func time(_ words: ArraySlice<String>) -> (Int, TimeLimit.Unit)? {
        guard let count = words.first.flatMap(Int.init),
            let unit = TimeLimit.Unit(rawValue: words.dropFirst().joined(separator: " "))
        else { return nil }
        return (count, unit)
    }

    private func step(_ text: String, _ node: YAMLNode) -> CaseStep? {
        if let step = CaseStep(rawValue: text) { return step }
        let steps = CaseStep.allCases.map(\.rawValue)
        findings.report(
            node.error(
                .unknownCode, "'\(text)' is no step of a case", suggestion: closestName(to: text, among: steps)))
        return nil
    }

    private func names<Name: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode?, _ key: String, among type: Name.Type
    ) -> [Name] {
        findings.checked(node.map { $0.items ?? [$0] } ?? []).compactMap { item in
            name(item, key, among: Name.allCases.map { ($0.rawValue, $0) })
        }
    }

    private func name<Value>(_ node: YAMLNode?, _ key: String, among all: [(name: String, value: Value)]) -> Value? {
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
    private func programs(_ node: YAMLNode?) -> [String] {
        findings.checked(node.map { $0.items ?? [$0] } ?? []).map { item in
            checkProgram(item.text ?? "", item)
            return item.text ?? ""
        }
    }

    private func checkProgram(_ name: String, _ node: YAMLNode) {
        if node.cut { return }
        let others = PolicyLibrary.caseSections.map(\.key)
        let known = reader.sections.map(\.key).filter { !others.contains($0) }
        // An allowance of a place's own making is a programme below its section: allowances.orphan.
        guard !known.contains(name), !known.contains(where: { name.hasPrefix($0 + ".") }) else { return }
        findings.report(
            node.error(
                .unknownName, "'\(name)' is no programme", suggestion: closestName(to: name, among: known)))
    }

    // MARK: Papers

    /// The papers of a programme: `[{id: identity, label: 居民身份证, label_en: identity card}]`.
    func papers(of program: String) -> [Procedure.Paper] {
        if program != Procedure.common { checkProgram(program, entry.node) }
        let what = "'\(entry.key)'"
        var list = entry.node
        if list.entries != nil, let mapping = MappingReader(list, what: what, findings) {
            mapping.allowOnly(CaseSections.entryKeys + ["is", "note"], what: what)
            list = mapping["is"] ?? list
        }
        guard let items = list.items else {
            if !list.cut {
                findings.report(
                    list.error(.wrongShape, "\(what) is a list such as [{id: identity, label: 居民身份证}]"))
            }
            return []
        }
        var papers: [Procedure.Paper] = []
        for item in findings.checked(items) {
            guard let mapping = MappingReader(item, what: "a paper", findings) else { continue }
            mapping.allowOnly(["id", "label", "label_en", "note"], what: "a paper")
            guard let id = mapping.text("id", required: true), let label = mapping.text("label", required: true) else {
                continue
            }
            if papers.contains(where: { $0.id == id }) {
                findings.report(
                    item.error(.duplicateIdentifier, "the paper '\(id)' stands twice in \(what)"))
            }
            papers.append(
                Procedure.Paper(
                    id: id, label: Label(label, mapping.text("label_en") ?? label), citation: entry.citation))
        }
        return papers
    }
}

extension CaseSections {
    /// What every entry may say of itself.
    static let entryKeys = ["from", "until", "published", "source", "follows", "corrects"]
}

extension Procedure.Rule {
    /// Whether it fits wherever another does.
    fileprivate func covers(_ other: Procedure.Rule) -> Bool {
        let coversPrograms = programs.isEmpty || !other.programs.isEmpty && other.programs.allSatisfy(isFor)
        let coversSums = upTo.map { limit in other.upTo.map { $0 <= limit } ?? false } ?? true
        return coversPrograms && coversSums && (!isForRelatives || other.isForRelatives)
    }
}
