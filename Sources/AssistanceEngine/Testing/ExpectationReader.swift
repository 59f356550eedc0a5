import AssistanceCore
import AssistancePolicy

/// Reads the `expect` of a case. What it cannot read it reports.
final class ExpectationReader {
    private static let keys = [
        "program", "status", "route", "routes", "total", "yearly", "once", "benefits", "parts", "gifts", "payers",
        "reductions", "instalments", "from", "until", "reasons", "missing", "missing_includes", "violations", "manual",
        "standings", "layers", "standing_months", "members_counted", "members_paid",
        "review_class", "review_months", "weakest_source", "window", "settlements", "needs", "priority", "steps",
    ]

    private let findings: Findings
    private var expectations: [Expectation] = []

    private init(_ findings: Findings) { self.findings = findings }

    /// The programme and the expectations of a case.
    static func read(_ mapping: MappingReader, _ findings: Findings) -> (program: YAMLNode?, [Expectation]) {
        guard let node = mapping["expect"] else {
            findings.report(mapping.node.error(.missingKey, "the key 'expect' is missing: what must be decided"))
            return (nil, [])
        }
        guard node.text != PolicyCases.toFillIn else {
            let message = "write what must be decided about this case, such as {status: eligible, total: 100}"
            findings.report(node.error(.toFillIn, message))
            return (nil, [])
        }
        guard let expect = MappingReader(node, what: "'expect'", findings) else { return (nil, []) }
        expect.allowOnly(keys, what: "'expect'")
        let reader = ExpectationReader(findings)
        for entry in node.entries ?? [] {
            if let key = entry.key.text, !entry.value.cut { reader.read(key, entry.value) }
        }
        if !(node.entries ?? []).contains(where: { $0.key.text != "program" }) {
            findings.report(node.error(.missingKey, "'expect' says nothing; write at least a 'status'"))
        }
        return (expect["program"], reader.expectations)
    }

    private func read(_ key: String, _ node: YAMLNode) {
        switch key {
        case "status":
            name(key, node, among: Status.allCases.map(\.rawValue)) { $0.decision.status.rawValue }
        case "route":
            name(key, node) { outcome in
                (
                    outcome.decision.routes.first { $0.isTaken }?.id ?? "none",
                    outcome.decision.routes.map(\.id) + ["none"]
                )
            }
        case "routes": truths(key, node, "route") { outcome in outcome.decision.routes.map { ($0.id, $0.status) } }
        case "standings":
            truths(key, node, "standing") { outcome in outcome.decision.standings.map { ($0.id, $0.status) } }
        case "layers":
            named(key, node) { name, value, outcome in
                guard let standing = outcome.decision.standings.first(where: { $0.id == name }) else {
                    return .unknown(what: "standing", name: name, known: outcome.decision.standings.map(\.id))
                }
                if let codes = value.items {
                    let found = outcome.assessment.members.indices.map { member in
                        let codes = standing.layers.filter { $0.member == member }.map(\.code)
                        return codes.isEmpty ? "unknown" : codes.joined(separator: " ")
                    }
                    return Self.same(codes.map { $0.text ?? "" }.joined(separator: ", "), found.joined(separator: ", "))
                }
                guard let text = value.text else { return .unfit("one value is expected here, a list, or none") }
                return Self.same(text, standing.layer ?? "none")
            }
        case "total": sum(key, node) { $0.decision.monthly }
        case "benefits":
            named(key, node, check: expectedSum) { [self] name, value, outcome in
                guard outcome.benefitNames.contains(name) else {
                    return .unknown(what: "benefit", name: name, known: outcome.benefitNames)
                }
                let found = outcome.decision.benefits.first { $0.id == name }?.amount ?? MoneyRange(.zero, .zero)
                return expectedSum(value).map { Self.compare($0, found) } ?? .met
            }
        case "yearly": sum(key, node) { $0.decision.total(.yearly) }
        case "once": sum(key, node) { $0.decision.total(.once) }
        case "parts": readParts(node)
        case "gifts": readGifts(node)
        case "payers": readPayers(node)
        case "reductions": readReductions(node)
        case "instalments": readInstalments(node)
        case "reasons": readReasons(node)
        case "missing": set(key, node) { ($0.decision.missing.map(\.path), nil) }
        case "missing_includes":
            list(key, node) { wanted, outcome in
                let found = outcome.decision.missing.map(\.path)
                return wanted.allSatisfy(found.contains)
                    ? .met : .differs(expected: Self.text(wanted) + " among others", found: Self.text(found))
            }
        case "violations": set(key, node) { ($0.decision.violations.map(\.id), $0.decisionNames) }
        case "manual": set(key, node) { ($0.decision.manual.map(\.id), $0.manualNames) }
        case "members_counted": count(key, node) { $0.decision.membersCounted }
        case "members_paid": count(key, node) { $0.decision.membersPaid }
        case "review_class": name(key, node) { ($0.decision.review?.classCode ?? "none", nil) }
        case "review_months": count(key, node) { $0.decision.review?.months }
        case "standing_months":
            named(key, node) { name, value, outcome in
                guard let standing = outcome.decision.standings.first(where: { $0.id == name }) else {
                    return .unknown(what: "standing", name: name, known: outcome.decision.standings.map(\.id))
                }
                guard let text = value.text else { return .unfit("one value is expected here, or none") }
                return Self.same(text, standing.months.map(String.init) ?? "none")
            }
        case "weakest_source":
            name(key, node, among: SourceStatus.allCases.map(\.rawValue) + ["none"]) {
                $0.assessment.weakestSource?.rawValue ?? "none"
            }
        case "from": day(key, node) { $0.decision.benefits.lazy.compactMap(\.from).first }
        case "until": day(key, node) { $0.decision.benefits.lazy.compactMap(\.until).first }
        case "window": readWindow(node)
        case "settlements": readSettlements(node)
        case "needs":
            list(key, node) { wanted, outcome in
                let found = outcome.decision.needs.map { need in
                    ([need.code]
                        + [need.member.map { "of \($0)" }, need.amount.map { $0.known?.text ?? Self.text($0) }]
                        .compactMap { $0 })
                        .joined(separator: " ")
                }
                return Self.same(Self.text(wanted), Self.text(found))
            }
        case "priority": count(key, node) { $0.decision.priority }
        case "steps":
            named(key, node) { name, value, outcome in outcome.compareStep(name, value) }
        default: break
        }
    }

    // MARK: Forms

    func add(_ name: String, _ node: YAMLNode, _ compare: @escaping (PolicyTestOutcome) -> Comparison) {
        expectations.append(Expectation(name: name, node: node, compare: compare))
    }

    func wrong(_ node: YAMLNode, _ message: String, suggestion: String? = nil) {
        findings.report(node.error(.badValue, message, suggestion: suggestion))
    }

    /// A name out of a fixed list.
    private func name(
        _ key: String, _ node: YAMLNode, among known: [String], _ found: @escaping (PolicyTestOutcome) -> String
    ) {
        guard let text = node.text, known.contains(text) else {
            return wrong(
                node, "'\(key)' is \(known.joined(separator: ", "))",
                suggestion: node.text.flatMap { closestName(to: $0, among: known) })
        }
        add(key, node) { Self.same(text, found($0)) }
    }

    /// A name out of what the plan has; nil where any may stand.
    private func name(
        _ key: String, _ node: YAMLNode, _ found: @escaping (PolicyTestOutcome) -> (String, known: [String]?)
    ) {
        guard let text = node.text else { return wrong(node, "'\(key)' is one name") }
        add(key, node) { outcome in
            let (name, known) = found(outcome)
            if let known, !known.contains(text) { return .unknown(what: key, name: text, known: known) }
            return Self.same(text, name)
        }
    }

    /// A mapping from names, each an expectation of its own.
    func named(
        _ key: String, _ node: YAMLNode, check: ((YAMLNode) -> Any?)? = nil,
        _ compare: @escaping (String, YAMLNode, PolicyTestOutcome) -> Comparison
    ) {
        guard let entries = node.entries else {
            return wrong(node, "'\(key)' is a mapping from names to what is expected")
        }
        for entry in entries {
            guard let name = entry.key.text, !entry.value.cut else { continue }
            if let check, check(entry.value) == nil { continue }
            add("\(key).\(name)", entry.value) { compare(name, entry.value, $0) }
        }
    }

    private func truths(
        _ key: String, _ node: YAMLNode, _ what: String, _ found: @escaping (PolicyTestOutcome) -> [(String, Status)]
    ) {
        named(key, node, check: truth) { [self] name, value, outcome in
            let all = found(outcome)
            guard let status = all.first(where: { $0.0 == name })?.1 else {
                return .unknown(what: what, name: name, known: all.map(\.0))
            }
            return Self.same(truth(value) ?? "", Self.truth(status))
        }
    }

    private func truth(_ node: YAMLNode) -> String? {
        if let text = node.text, ["true", "false", "unknown"].contains(text) { return text }
        wrong(node, "true, false or unknown is expected here")
        return nil
    }

    private static func truth(_ status: Status) -> String {
        switch status {
        case .eligible: "true"
        case .ineligible: "false"
        case .undetermined: "unknown"
        }
    }

    private func count(_ key: String, _ node: YAMLNode, _ found: @escaping (PolicyTestOutcome) -> Int?) {
        guard let text = node.text, text == "unknown" || Int(text).map({ $0 >= 0 }) == true else {
            return wrong(node, "'\(key)' is a whole number, or unknown")
        }
        add(key, node) { Self.same(text, found($0).map(String.init) ?? "unknown") }
    }

    private func day(_ key: String, _ node: YAMLNode, _ found: @escaping (PolicyTestOutcome) -> CalendarDate?) {
        guard let text = node.text, text == "none" || CalendarDate(iso: text) != nil else {
            return wrong(node, "'\(key)' is a day written as 2021-07-01, or none")
        }
        add(key, node) { Self.same(text, found($0)?.iso ?? "none") }
    }

    /// A list of names, in any order.
    private func list(
        _ key: String, _ node: YAMLNode, _ compare: @escaping ([String], PolicyTestOutcome) -> Comparison
    ) {
        guard let items = node.items ?? (node.text == "none" ? [] : nil), items.allSatisfy({ $0.text != nil }) else {
            return wrong(node, "'\(key)' is a list of names such as [income, money], or none")
        }
        add(key, node) { compare(items.compactMap(\.text), $0) }
    }

    private func set(
        _ key: String, _ node: YAMLNode, _ found: @escaping (PolicyTestOutcome) -> (found: [String], known: [String]?)
    ) {
        list(key, node) { wanted, outcome in
            let (names, known) = found(outcome)
            if let known, let name = wanted.first(where: { !known.contains($0) }) {
                return .unknown(what: key, name: name, known: known)
            }
            return Set(wanted) == Set(names) ? .met : .differs(expected: Self.text(wanted), found: Self.text(names))
        }
    }

    // MARK: Sums

    enum ExpectedSum {
        case unknown
        case range(MoneyRange)
        /// Nothing is the most.
        case atLeast(Money)
    }

    private func sum(_ key: String, _ node: YAMLNode, _ found: @escaping (PolicyTestOutcome) -> MoneyRange) {
        guard let wanted = expectedSum(node) else { return }
        add(key, node) { Self.compare(wanted, found($0)) }
    }

    /// `3639`, `unknown`, `{from: 0, upto: 100}`, or `{from: 5000}` where nothing is the most.
    func expectedSum(_ node: YAMLNode) -> ExpectedSum? {
        if node.text == "unknown" { return .unknown }
        if let sum = node.text.flatMap(Money.init(yuanText:)) { return .range(MoneyRange(sum, sum)) }
        if node.entries?.count == 2, let from = node["from"]?.text.flatMap(Money.init(yuanText:)),
            let upto = node["upto"]?.text.flatMap(Money.init(yuanText:))
        {
            return .range(MoneyRange(from, upto))
        }
        if node.entries?.count == 1, let from = node["from"]?.text.flatMap(Money.init(yuanText:)) {
            return .atLeast(from)
        }
        wrong(node, "a sum in yuan is expected here, such as 3639 or 25.82, or {from: 0, upto: 100}, or unknown")
        return nil
    }

    static func compare(_ wanted: ExpectedSum, _ found: MoneyRange) -> Comparison {
        switch wanted {
        case .unknown: found.known == nil ? .met : .differs(expected: "unknown", found: Self.text(found))
        case .range(let wanted): wanted == found ? .met : .differs(expected: Self.text(wanted), found: Self.text(found))
        case .atLeast(let least):
            found.isUnbounded && found.least == least
                ? .met : .differs(expected: "from \(least.grouped)", found: Self.text(found))
        }
    }

    /// `[income, {id: money, by: 2000 yuan}]`: the failed conditions, and by how much.
    private func readReasons(_ node: YAMLNode) {
        guard let items = node.items ?? (node.text == "none" ? [] : nil),
            items.allSatisfy({ $0.text != nil || $0["id"]?.text != nil })
        else {
            return wrong(node, "'reasons' is a list of the ids of conditions such as [income], or none")
        }
        add("reasons", node) { outcome in
            let wanted = items.compactMap { $0.text ?? $0["id"]?.text }
            if let name = wanted.first(where: { !outcome.conditionNames.contains($0) }) {
                return .unknown(what: "condition", name: name, known: outcome.conditionNames)
            }
            let found = outcome.decision.reasons.map(\.id)
            return Set(wanted) == Set(found) ? .met : .differs(expected: Self.text(wanted), found: Self.text(found))
        }
        for item in items {
            guard let by = item["by"] else { continue }
            guard let amount = by.text.flatMap(ExpectedAmount.init), let unit = amount.unit,
                let value = amount.value(in: unit)
            else {
                wrong(by, "'by' is a number with its unit, such as 50 yuan/month")
                continue
            }
            let id = item["id"]?.text ?? ""
            add("reasons.\(id).by", by) { outcome in
                guard let reason = outcome.decision.reasons.first(where: { $0.id == id }) else { return .met }
                return Self.same(ValueText.amount(value, unit) + " " + unit.text, reason.distance?.english ?? "none")
            }
        }
    }

    private func readWindow(_ node: YAMLNode) {
        guard let from = node["from"]?.text, let until = node["until"]?.text, node.entries?.count == 2,
            CalendarDate(iso: from) != nil, CalendarDate(iso: until) != nil
        else {
            return wrong(node, "'window' is {from: 2022-06-01, until: 2023-06-01}; 'until' is the day after the last")
        }
        add("window", node) { outcome in
            Self.same(
                "\(from) until \(until)",
                outcome.decision.window.map { "\($0.from.iso) until \($0.until?.iso ?? "open")" } ?? "none")
        }
    }

    // MARK: Words of the diff

    static func same(_ expected: String, _ found: String) -> Comparison {
        expected == found ? .met : .differs(expected: expected, found: found)
    }

    static func text(_ names: [String]) -> String { names.isEmpty ? "none" : "[" + names.joined(separator: ", ") + "]" }

    static func text(_ sum: MoneyRange) -> String {
        if sum.isUnbounded { return "from \(sum.least.grouped)" }
        return sum.known.map(\.grouped) ?? "from \(sum.least.grouped) upto \(sum.most.grouped)"
    }
}
