import AssistanceCore

/// Reads what an entry says of a step of cases: `{by: clerk, level: township, within: 5 working days after apply}`, or
/// several such rows; and the papers of a programme.
struct ProcedureReader {
    private let entry: TermEntry
    private let rows: RuleRows
    private let findings: Findings

    init(_ entry: TermEntry, _ reader: TermReader) {
        self.entry = entry
        rows = RuleRows(entry, reader)
        findings = reader.findings
    }

    // MARK: Steps

    /// The keys of a row.
    static let ruleKeys = ["for", "up-to", "relatives", "by", "level", "within", "lasts", "effect", "apart", "note"]

    /// What is said of a step, in the order of the rows; those that cannot be read are left out.
    func rules(of step: CaseStep) -> [Procedure.Rule] {
        rows.rules(Self.ruleKeys, { rule($0, step, $1) }, covers: { $0.covers($1) })
    }

    private func rule(_ row: MappingReader, _ step: CaseStep, _ citation: Citation?) -> Procedure.Rule? {
        let (roles, level) = (rows.roles(of: row), rows.level(of: row))
        let rule = Procedure.Rule(
            step: step, programs: rows.programs(row["for"]), upTo: rows.sum(row["up-to"]), roles: Set(roles),
            level: level ?? .nation, limits: limits(row["within"]),
            lasts: row["lasts"].flatMap { lasting($0, step) },
            effect: row["effect"].flatMap { effect in
                rows.name(effect, "effect", among: GrantEffect.allCases.map { ($0.rawValue, $0) })
            },
            isForRelatives: isForRelatives(row["relatives"]), apart: apart(row["apart"], step), citation: citation,
            place: row.place)
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
        let steps = rows.names(node, "apart", among: CaseStep.self)
        if let node, steps.contains(step) {
            findings.report(node.error(.badValue, "'apart' names other steps than \(step.rawValue) itself"))
        }
        return Set(steps)
    }

    /// One time or several, each after another step.
    private func limits(_ node: YAMLNode?) -> [TimeLimit] {
        var limits: [TimeLimit] = []
        for item in findings.checked(node.map { $0.items ?? [$0] } ?? []) {
            guard let limit = limit(item) else { continue }
            if limits.contains(where: { $0.after == limit.after }) {
                findings.report(
                    item.error(
                        .duplicateIdentifier,
                        "'within' has a time after \(limit.after.rawValue) already; write the one that holds"))
            }
            limits.append(limit)
        }
        return limits
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

    // MARK: Papers

    /// The papers of a programme: `[{id: identity, label: 居民身份证, label_en: identity card}]`.
    func papers(of program: String) -> [Procedure.Paper] {
        if program != Procedure.common { rows.checkProgram(program, entry.node) }
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

extension Procedure.Rule {
    /// Whether it fits wherever another does.
    fileprivate func covers(_ other: Procedure.Rule) -> Bool {
        RuleRows.covers((programs, upTo), (other.programs, other.upTo)) && (!isForRelatives || other.isForRelatives)
    }
}
