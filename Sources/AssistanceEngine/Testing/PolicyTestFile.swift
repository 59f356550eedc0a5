import AssistanceCore
import AssistancePolicy

/// One case of a policy test: a household on a day, and what the policy must decide about it.
struct PolicyTestCase {
    /// The sentence that says what the case shows.
    let name: String
    /// Where the case stands.
    let node: YAMLNode
    /// The day of application, and where it is written.
    let date: CalendarDate
    let dateNode: YAMLNode
    /// What had been published by a day; nil for all that is known.
    let knownOn: CalendarDate?
    let stage: Stage
    /// The household, with all defaults.
    let household: YAMLNode
    /// The programme that is asked; nil for the first.
    let program: YAMLNode?
    /// The programmes of the run; nil for the one that is asked alone.
    let programs: YAMLNode?
    let expectations: [Expectation]
    /// The term that is asked instead of a programme.
    let term: TermTest?
}

/// A file of policy tests (政策测试), as it is read and linted.
struct PolicyTestFile {
    /// The path as it was asked for.
    let path: String
    /// Where the policy stands, where the file says so.
    private(set) var policy: YAMLNode?
    private(set) var cases: [PolicyTestCase] = []

    private static let fileKeys = [
        "policy", "about", "program", "programs", "date", "known_on", "stage", "defaults", "member_defaults", "cases",
    ]
    private static let caseKeys = [
        "name", "source", "note", "programs", "date", "known_on", "stage", "household", "term", "given", "expect",
    ]

    /// Reads a file; every mistake goes to the findings.
    init(path: String, bytes: [UInt8], _ findings: Findings) {
        self.path = path
        let (root, problems) = YAMLReader.read(bytes, file: path)
        findings.report(problems)
        guard let root, let file = MappingReader(root, what: "a policy test file", findings) else { return }
        file.allowOnly(Self.fileKeys, what: "a policy test file")
        policy = file["policy"]
        for key in ["defaults", "member_defaults"] {
            guard let node = file[key], node.entries == nil, !node.cut else { continue }
            findings.report(node.error(.wrongShape, "'\(key)' is a mapping of facts here, not \(node.kindName)"))
        }
        guard let list = file["cases"] else {
            findings.report(root.error(.missingKey, "the key 'cases' is missing: the list of cases"))
            return
        }
        guard let items = list.items, !items.isEmpty else {
            if !list.cut { findings.report(list.error(.wrongShape, "'cases' is a list of at least one case")) }
            return
        }
        var names: [String: SourcePosition] = [:]
        for item in items {
            if let one = Self.readCase(item, in: file, findings) { cases.append(one) }
            guard let name = item["name"]?.text else { continue }
            if let first = names[name] {
                findings.report(
                    item.error(.duplicateIdentifier, "the case in line \(first.line) has the same name"))
            }
            names[name] = names[name] ?? item.position
        }
    }

    private static func readCase(_ node: YAMLNode, in file: MappingReader, _ findings: Findings) -> PolicyTestCase? {
        guard let mapping = MappingReader(node, what: "a case", findings) else { return nil }
        mapping.allowOnly(caseKeys, what: "a case")
        let name = mapping.text("name", required: true)
        _ = (mapping.text("source"), mapping.text("note"))
        let date = mapping["date"] == nil ? file.date("date") : mapping.date("date")
        let dateNode = mapping["date"] ?? file["date"]
        if dateNode == nil {
            findings.report(
                node.error(.missingKey, "the key 'date' is missing: the day of application, here or at the top"))
        }
        let knownOn = mapping["known_on"] == nil ? file.date("known_on") : mapping.date("known_on")
        let stage = self.stage(mapping["stage"] == nil ? file : mapping, findings)
        let household = mapping["household"]
        if let household {
            if household.entries == nil, !household.cut {
                findings.report(
                    household.error(.wrongShape, "'household' is a mapping of facts, not \(household.kindName)"))
            }
        } else if mapping["term"] == nil {
            findings.report(node.error(.missingKey, "the key 'household' is missing: the facts of the household"))
        }
        let term = mapping["term"].flatMap { TermTest($0, mapping, findings) }
        let (program, expectations) =
            mapping["term"] == nil ? ExpectationReader.read(mapping, findings) : (nil, [])
        // A term is asked of no household unless the case gives one.
        let facts = household ?? YAMLNode(.mapping([]), at: node.position, in: node.file)
        guard let name, let date, let dateNode, facts.entries != nil, term != nil || !expectations.isEmpty,
            term != nil || household != nil
        else { return nil }
        return PolicyTestCase(
            name: name, node: node, date: date, dateNode: dateNode, knownOn: knownOn, stage: stage,
            household: facts.household(file["defaults"], members: file["member_defaults"]),
            program: program ?? file["program"], programs: mapping["programs"] ?? file["programs"],
            expectations: expectations, term: term)
    }

    private static func stage(_ mapping: MappingReader, _ findings: Findings) -> Stage {
        guard let text = mapping.text("stage") else { return .application }
        if let stage = Stage(rawValue: text) { return stage }
        findings.report(
            (mapping["stage"] ?? mapping.node).error(
                .badValue, "a stage is application or review",
                suggestion: closestName(to: text, among: Stage.allCases.map(\.rawValue))))
        return .application
    }
}
